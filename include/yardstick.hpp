// Yardstick from C++17: the C interface of yardstick.h with owners, exceptions and columns.
//
// It is written by hand, needs nothing but the standard library, and adds no rule: what a function
// takes, gives and refuses stands at the function of yardstick.h that it is named after.
//
// Errors. Every function that can fail comes twice. `model::from_json(text)` throws ys::error;
// `model::try_from_json(text)` returns a ys::result, which holds what the other one returns, or the
// error. The second form throws nothing but std::bad_alloc. Without exceptions in the language the
// first form aborts.
//
// Ownership. model, facts_builder, facts, report and value own their handle: they can be moved, not
// copied, and free it at their end. One that was moved from is refused as NULL is. `get()` lends the
// handle to a function of yardstick.h that has no form here.
//
// Text goes in as std::string_view and comes out as std::string; a std::string_view that is returned
// lives as long as what it was asked of.
//
// Threads. `const` functions of an object may run in any number of threads at once, others alone.
//
// To add functions of yardstick.h: detail::call makes the call and an optional error, detail::made a
// result of an owner, detail::filled a result of a plain value, detail::written one of a text. The
// form that throws is the other one with `.value()`. A new owner is a class over detail::owner.

#ifndef YARDSTICK_HPP
#define YARDSTICK_HPP

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "yardstick.h"

namespace ys {

// ---- Errors --------------------------------------------------------------------------------------

// What went wrong, where, and what would be right. Copies share it. Texts live as long as any copy.
class error : public std::exception {
public:
    // Takes over an error that a call gave.
    explicit error(ys_error *raw) : raw_(raw, ys_error_free) {}

    // YS_SYNTAX and so on; for one of several problems its own.
    ys_status status() const noexcept { return ys_error_status(raw_.get()); }
    // The status as a word, such as `syntax`.
    std::string_view name() const noexcept { return ys_status_name(status()); }
    // All of it, with its place and its problems: what to show to a person.
    std::string_view message() const noexcept { return ys_error_message(raw_.get()); }
    // The same, NUL-terminated.
    const char *what() const noexcept override { return ys_error_message(raw_.get()); }
    // The message without place and problems.
    std::string_view detail() const noexcept { return ys_error_detail(raw_.get()); }
    // Where in a model document, for example `kpis[2].formula`.
    std::optional<std::string_view> path() const noexcept { return text(ys_error_path(raw_.get())); }
    // Which column of facts.
    std::optional<std::string_view> column() const noexcept {
        return text(ys_error_column(raw_.get()));
    }
    // Which row of facts, from 0.
    std::optional<std::size_t> row() const noexcept {
        std::size_t row = 0;
        return ys_error_row(raw_.get(), &row) ? std::optional<std::size_t>(row) : std::nullopt;
    }
    // Which bytes of the text that was read: from the first up to but without the second.
    std::optional<std::pair<std::size_t, std::size_t>> span() const noexcept {
        std::pair<std::size_t, std::size_t> span;
        if (!ys_error_span(raw_.get(), &span.first, &span.second)) {
            return std::nullopt;
        }
        return span;
    }
    // What a validation found, in the order of the document; none where the error is a single one.
    std::vector<error> problems() const {
        std::vector<error> problems;
        for (std::size_t i = 0; i < ys_error_problem_count(raw_.get()); i++) {
            // It belongs to this error, and so keeps it alive.
            problems.push_back(error(std::shared_ptr<const ys_error>(
                raw_, ys_error_problem(raw_.get(), i))));
        }
        return problems;
    }
    // Lends the handle.
    const ys_error *get() const noexcept { return raw_.get(); }

private:
    explicit error(std::shared_ptr<const ys_error> raw) : raw_(std::move(raw)) {}
    static std::optional<std::string_view> text(const char *text) noexcept {
        return text == nullptr ? std::nullopt : std::optional<std::string_view>(text);
    }

    std::shared_ptr<const ys_error> raw_;
};

namespace detail {

[[noreturn]] inline void raise(const error &error) {
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
    throw error;
#else
    static_cast<void>(error);
    std::abort();
#endif
}

} // namespace detail

// What a call gave, or why it gave nothing.
template <class T>
class [[nodiscard]] result {
public:
    result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    result(::ys::error error) : held_(std::in_place_index<1>, std::move(error)) {}

    // Whether there is a value.
    explicit operator bool() const noexcept { return held_.index() == 0; }
    bool has_value() const noexcept { return held_.index() == 0; }

    // The value; throws the error where there is none.
    T &value() & { return check(), *std::get_if<0>(&held_); }
    const T &value() const & { return check(), *std::get_if<0>(&held_); }
    T value() && { return check(), std::move(*std::get_if<0>(&held_)); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    // The error; only where there is no value.
    const ::ys::error &error() const { return std::get<1>(held_); }

private:
    void check() const {
        if (held_.index() == 1) {
            detail::raise(error());
        }
    }

    std::variant<T, ::ys::error> held_;
};

// The same for a call that gives nothing but its success.
template <>
class [[nodiscard]] result<void> {
public:
    result() = default;
    result(::ys::error error) : held_(std::move(error)) {}
    result(std::optional<::ys::error> error) : held_(std::move(error)) {}

    explicit operator bool() const noexcept { return !held_; }
    bool has_value() const noexcept { return !held_; }
    // Throws the error where there is one.
    void value() const {
        if (held_) {
            detail::raise(*held_);
        }
    }
    // The error; only where there is one.
    const ::ys::error &error() const { return held_.value(); }

private:
    std::optional<::ys::error> held_;
};

namespace detail {

// Calls a function whose last argument is an error.
template <class Function, class... Arguments>
std::optional<error> call(Function function, Arguments... arguments) {
    ys_error *raw = nullptr;
    if (function(arguments..., &raw) == YS_OK) {
        return std::nullopt;
    }
    return error(raw);
}

// Calls a function that makes a handle, and gives its owner.
template <class Owner, class Function, class... Arguments>
result<Owner> made(Function function, Arguments... arguments) {
    typename Owner::raw *raw = nullptr;
    if (auto error = call(function, arguments..., &raw)) {
        return *std::move(error);
    }
    return Owner(raw);
}

// Calls a function that writes a small value; `T` may be derived from what C knows.
template <class T, class Raw = T, class Function, class... Arguments>
result<T> filled(Function function, Arguments... arguments) {
    Raw value{};
    if (auto error = call(function, arguments..., &value)) {
        return *std::move(error);
    }
    return T(value);
}

// Calls a function that writes text into a buffer.
template <class Function, class... Arguments>
result<std::string> written(Function function, Arguments... arguments) {
    std::size_t needed = 0;
    if (auto error = call(function, arguments..., static_cast<char *>(nullptr), std::size_t{0}, &needed)) {
        return *std::move(error);
    }
    std::string text(needed - 1, '\0'); // there is always room for a NUL after it
    if (auto error = call(function, arguments..., text.data(), needed, &needed)) {
        return *std::move(error);
    }
    return text;
}

// A handle that is freed once.
template <class Raw, void (*Free)(Raw *)>
class owner {
public:
    using raw = Raw;
    // Takes over a handle.
    explicit owner(Raw *handle) noexcept : raw_(handle) {}
    // Lends it.
    Raw *get() noexcept { return raw_.get(); }
    const Raw *get() const noexcept { return raw_.get(); }

private:
    struct deleter {
        void operator()(Raw *raw) const noexcept { Free(raw); }
    };
    std::unique_ptr<Raw, deleter> raw_;
};

} // namespace detail

// ---- Numbers and days ----------------------------------------------------------------------------

// How digits are cut; the constant of yardstick.h that has the same name says what each does.
enum class mode : std::int32_t {
    ceil = YS_MODE_CEIL,
    floor = YS_MODE_FLOOR,
    expand = YS_MODE_EXPAND,
    trunc = YS_MODE_TRUNC,
    half_ceil = YS_MODE_HALF_CEIL,
    half_floor = YS_MODE_HALF_FLOOR,
    half_expand = YS_MODE_HALF_EXPAND,
    half_trunc = YS_MODE_HALF_TRUNC,
    half_even = YS_MODE_HALF_EVEN,
    exact = YS_MODE_EXACT,
};

// A signed integer of 128 bits.
struct int128 : ys_int128 {
    constexpr int128() noexcept : ys_int128{0, 0} {}
    constexpr int128(ys_int128 raw) noexcept : ys_int128(raw) {}
    constexpr int128(std::int64_t value) noexcept
        : ys_int128{static_cast<std::uint64_t>(value), value < 0 ? -1 : 0} {}
    // `high * 2^64 + low`.
    constexpr int128(std::int64_t high, std::uint64_t low) noexcept : ys_int128{low, high} {}
#ifdef __SIZEOF_INT128__
    // The compiler's own.
    __extension__ using native = __int128;
    static constexpr int128 of(native value) noexcept {
        return int128(static_cast<std::int64_t>(value >> 64), static_cast<std::uint64_t>(value));
    }
    constexpr native to_native() const noexcept {
        return static_cast<native>(hi) * (static_cast<native>(1) << 64) + static_cast<native>(lo);
    }
#endif
    friend constexpr bool operator==(int128 a, int128 b) noexcept {
        return a.hi == b.hi && a.lo == b.lo;
    }
    friend constexpr bool operator!=(int128 a, int128 b) noexcept { return !(a == b); }
    friend constexpr bool operator<(int128 a, int128 b) noexcept {
        return a.hi != b.hi ? a.hi < b.hi : a.lo < b.lo;
    }
};
static_assert(sizeof(int128) == sizeof(ys_int128), "arrays of one are arrays of the other");

class rounding;

// A number with decimal digits, `mantissa / 10^scale`. 1.5 and 1.50 have different digits, so there
// is no `==`: compare what is rounded to one scale.
struct decimal : ys_decimal {
    constexpr decimal() noexcept : ys_decimal{{0, 0}, 0, 0} {}
    constexpr decimal(ys_decimal raw) noexcept : ys_decimal(raw) {}
    // `digits / 10^decimals`.
    constexpr decimal(int128 digits, std::int32_t decimals) noexcept
        : ys_decimal{digits, decimals, 0} {}

    // ys_decimal_parse: strict, exact, keeps its digits.
    static result<decimal> try_parse(std::string_view text) {
        return detail::filled<decimal, ys_decimal>(ys_decimal_parse, text.data(), text.size());
    }
    static decimal parse(std::string_view text) { return try_parse(text).value(); }

    // ys_decimal_format: plain digits with exactly its scale.
    result<std::string> try_str() const {
        return detail::written(ys_decimal_format, static_cast<const ys_decimal *>(this));
    }
    std::string str() const { return try_str().value(); }

    // ys_decimal_round: once, to exactly the scale of `how`.
    inline result<decimal> try_round(const rounding &how) const;
    inline decimal round(const rounding &how) const;
};

// Where digits end and how they are cut. There is no default.
class rounding {
public:
    // `step`: a result is a multiple of it; zero for one unit of the last place.
    rounding(std::int32_t scale, mode mode, decimal step = {}) noexcept {
        raw_.scale = scale;
        raw_.mode = static_cast<std::int32_t>(mode);
        raw_.step = step;
    }
    // Lends it.
    const ys_rounding *get() const noexcept { return &raw_; }

private:
    ys_rounding raw_ = YS_ROUNDING_INIT;
};

inline result<decimal> decimal::try_round(const rounding &how) const {
    return detail::filled<decimal, ys_decimal>(
        ys_decimal_round, static_cast<const ys_decimal *>(this), how.get());
}
inline decimal decimal::round(const rounding &how) const { return try_round(how).value(); }

// A day, as days since 1970-01-01.
using day = std::int32_t;

// ys_date_parse: `YYYY-MM-DD`.
inline result<day> try_parse_day(std::string_view text) {
    return detail::filled<day>(ys_date_parse, text.data(), text.size());
}
inline day parse_day(std::string_view text) { return try_parse_day(text).value(); }

// ys_date_format: `YYYY-MM-DD`.
inline result<std::string> try_format_day(day value) { return detail::written(ys_date_format, value); }
inline std::string format_day(day value) { return try_format_day(value).value(); }

// An exact number of any size, or undefined with a reason, that belongs to something else.
class value_view {
public:
    explicit value_view(const ys_value *raw) noexcept : raw_(raw) {}
    // YS_REASON_NONE where it is defined.
    ys_reason reason() const noexcept { return ys_value_reason(raw_); }
    // Whether there is a number.
    bool is_defined() const noexcept { return reason() == YS_REASON_NONE; }
    // ys_value_round: once; an undefined one is an error.
    result<decimal> try_round(const rounding &how) const {
        return detail::filled<decimal, ys_decimal>(ys_value_round, raw_, how.get());
    }
    decimal round(const rounding &how) const { return try_round(how).value(); }
    // ys_value_text: `-7/20`, or its reason.
    result<std::string> try_str() const { return detail::written(ys_value_text, raw_); }
    std::string str() const { return try_str().value(); }
    // Lends it.
    const ys_value *get() const noexcept { return raw_; }

private:
    const ys_value *raw_;
};

// The same with an owner.
class value : public detail::owner<ys_value, ys_value_free> {
public:
    using owner::owner;
    // It without its owner; it must not outlive it.
    value_view view() const noexcept { return value_view(get()); }
    ys_reason reason() const noexcept { return view().reason(); }
    bool is_defined() const noexcept { return view().is_defined(); }
    result<decimal> try_round(const rounding &how) const { return view().try_round(how); }
    decimal round(const rounding &how) const { return view().round(how); }
    result<std::string> try_str() const { return view().try_str(); }
    std::string str() const { return view().str(); }
};

// The version of the library in use, such as `0.1.0`.
inline std::string_view version() noexcept { return ys_version(); }

// Whether the library in use has the interface that the header describes.
inline bool is_compatible() noexcept { return ys_abi_version() == YS_ABI_VERSION; }

// ---- Columns -------------------------------------------------------------------------------------

// Values side by side that something else owns: an array, a std::vector, a std::array, a std::span,
// or pointer and size. What would die at the end of the statement is not taken.
template <class T>
class span {
public:
    constexpr span() noexcept = default;
    constexpr span(const T *data, std::size_t size) noexcept : data_(data), size_(size) {}
    template <std::size_t N>
    constexpr span(const T (&values)[N]) noexcept : data_(values), size_(N) {}
    template <class Container,
              class Plain = std::remove_cv_t<std::remove_reference_t<Container>>,
              class = std::enable_if_t<
                  !std::is_same_v<Plain, span> && !std::is_array_v<Plain> &&
                  (std::is_lvalue_reference_v<Container> || std::is_trivially_copyable_v<Plain>) &&
                  std::is_convertible_v<decltype(std::declval<const Plain &>().data()), const T *> &&
                  sizeof(*std::declval<const Plain &>().data()) == sizeof(T)>>
    constexpr span(Container &&values) noexcept
        : data_(static_cast<const Plain &>(values).data()),
          size_(static_cast<const Plain &>(values).size()) {}

    constexpr const T *data() const noexcept { return data_; }
    // How many values there are.
    constexpr std::size_t size() const noexcept { return size_; }

private:
    const T *data_ = nullptr;
    std::size_t size_ = 0;
};

// Texts, one for each row, copied side by side: from anything that has a begin and an end and holds
// what converts to std::string_view, or std::optional of it where a row may be empty.
//
// Who has them as Arrow lays them out fills in a ys_text_column instead, and copies nothing.
class texts {
public:
    texts() = default;
    texts(std::initializer_list<std::string_view> values) { add_all(values); }
    template <class Range,
              class = std::enable_if_t<!std::is_same_v<std::decay_t<Range>, texts> &&
                                       !std::is_convertible_v<const Range &, std::string_view>>,
              class = decltype(std::begin(std::declval<const Range &>()))>
    explicit texts(const Range &values) {
        add_all(values);
    }

    // One more row.
    void add(std::string_view text) {
        data_.append(text);
        end_row(true);
    }
    // One more row, without a text.
    void add_empty() { end_row(false); }
    // How many rows there are.
    std::size_t size() const noexcept { return offsets_.size() - 1; }

    // As C knows it; it lives as long as this is not changed.
    ys_text_column column() const noexcept {
        ys_text_column column = YS_TEXT_COLUMN_INIT;
        column.data = data_.data();
        column.data_length = data_.size();
        column.large_offsets = offsets_.data();
        column.count = size();
        column.validity = complete_ ? nullptr : validity_.data();
        return column;
    }

private:
    template <class Range>
    void add_all(const Range &values) {
        for (const auto &value : values) {
            if constexpr (std::is_convertible_v<decltype(value), std::string_view>) {
                add(std::string_view(value));
            } else if (value) {
                add(std::string_view(*value));
            } else {
                add_empty();
            }
        }
    }
    void end_row(bool there) {
        const std::size_t row = size();
        if (row % 8 == 0) {
            validity_.push_back(0);
        }
        const unsigned bit = there ? 1U << (row % 8) : 0U;
        validity_.back() = static_cast<std::uint8_t>(validity_.back() | bit);
        complete_ = complete_ && there;
        offsets_.push_back(static_cast<std::int64_t>(data_.size()));
    }

    std::string data_;
    std::vector<std::int64_t> offsets_ = {0};
    std::vector<std::uint8_t> validity_;
    bool complete_ = true;
};

namespace detail {

// A number column over values side by side. `validity`: a bit for each, the lowest first, or none.
template <class Column, class T>
Column numbers(Column column, span<T> values, std::int32_t scale, span<std::uint8_t> validity) {
    column.values = values.data();
    column.count = values.size();
    column.scale = scale;
    column.validity = validity.data();
    return column;
}

} // namespace detail

// ---- Model, facts, report ------------------------------------------------------------------------

// What a model gives over facts.
class report : public detail::owner<ys_report, ys_report_free> {
public:
    using owner::owner;
    // ys_report_json: the same bytes from every language.
    result<std::string> try_json() const { return detail::written(ys_report_json, get()); }
    std::string json() const { return try_json().value(); }
    // How many queries, funnels, targets and findings it has.
    std::size_t query_count() const noexcept { return ys_report_query_count(get()); }
    std::size_t funnel_count() const noexcept { return ys_report_funnel_count(get()); }
    std::size_t target_count() const noexcept { return ys_report_target_count(get()); }
    std::size_t finding_count() const noexcept { return ys_report_finding_count(get()); }
};

// Measures by day and dimension, checked. It reads the borrowed columns as long as it lives.
class facts : public detail::owner<ys_facts, ys_facts_free> {
public:
    using owner::owner;
    // How many rows there are.
    std::size_t row_count() const noexcept { return ys_facts_row_count(get()); }
};

// Measures, KPIs, queries, funnels and targets, checked against each other.
class model : public detail::owner<ys_model, ys_model_free> {
public:
    using owner::owner;
    // ys_model_from_json: everything that is wrong is told at once, as problems with their paths.
    static result<model> try_from_json(std::string_view text) {
        return detail::made<model>(ys_model_from_json, text.data(), text.size());
    }
    static model from_json(std::string_view text) { return try_from_json(text).value(); }

    // The dimensions that facts have, in the order of the document.
    std::vector<std::string_view> dimensions() const {
        return names(ys_model_dimension_count(get()), ys_model_dimension_name);
    }
    // The measures that facts have, in the order of the document.
    std::vector<std::string_view> measures() const {
        return names(ys_model_measure_count(get()), ys_model_measure_name);
    }

    // ys_model_evaluate: everything in the model, as of the end of a day.
    result<report> try_evaluate(const facts &facts, day as_of) const {
        return detail::made<report>(ys_model_evaluate, get(), facts.get(), as_of);
    }
    report evaluate(const facts &facts, day as_of) const { return try_evaluate(facts, as_of).value(); }

private:
    std::vector<std::string_view> names(std::size_t count,
                                        const char *(*name)(const ys_model *, std::size_t)) const {
        std::vector<std::string_view> names;
        for (std::size_t i = 0; i < count; i++) {
            names.emplace_back(name(get(), i));
        }
        return names;
    }
};

// Collects the days and the columns of facts.
//
// Days, codes, integers, wide integers and validity are borrowed: they stay where they are, unchanged,
// until the builder is gone and, once it was built, until the facts are. Texts are copied.
class facts_builder : public detail::owner<ys_facts_builder, ys_facts_builder_free> {
public:
    using owner::owner;
    // ys_facts_builder_new: the model is read during the call only.
    explicit facts_builder(const model &model) : facts_builder(try_begin(model).value()) {}
    static result<facts_builder> try_begin(const model &model) {
        return detail::made<facts_builder>(ys_facts_builder_new, model.get());
    }

    // ys_facts_builder_set_days: the day of each row. Borrowed.
    result<void> try_days(span<day> days) {
        return detail::call(ys_facts_builder_set_days, get(), days.data(), days.size());
    }
    facts_builder &days(span<day> days) { return then(try_days(days)); }

    // ys_facts_builder_add_dimension: a text for each row. Copied.
    result<void> try_dimension(std::string_view name, const ys_text_column &values) {
        return detail::call(ys_facts_builder_add_dimension, get(), name.data(), name.size(), &values);
    }
    facts_builder &dimension(std::string_view name, const ys_text_column &values) {
        return then(try_dimension(name, values));
    }
    result<void> try_dimension(std::string_view name, const texts &values) {
        return try_dimension(name, values.column());
    }
    facts_builder &dimension(std::string_view name, const texts &values) {
        return then(try_dimension(name, values));
    }

    // ys_facts_builder_add_dimension_codes: row `i` has the text `codes[i]` of the dictionary. The
    // codes are borrowed.
    result<void> try_dimension_codes(std::string_view name, span<std::uint32_t> codes,
                                     const texts &dictionary) {
        const ys_text_column column = dictionary.column();
        return detail::call(ys_facts_builder_add_dimension_codes, get(), name.data(), name.size(),
                            codes.data(), codes.size(), &column);
    }
    facts_builder &dimension_codes(std::string_view name, span<std::uint32_t> codes,
                                   const texts &dictionary) {
        return then(try_dimension_codes(name, codes, dictionary));
    }

    // ys_facts_builder_add_integers: 64-bit integers that share a scale. Borrowed. `validity` has a
    // bit for each row, the lowest first; without it every value is there. Values that are not side by
    // side go in as a ys_integer_column with a stride.
    result<void> try_integers(std::string_view name, const ys_integer_column &values) {
        return detail::call(ys_facts_builder_add_integers, get(), name.data(), name.size(), &values);
    }
    facts_builder &integers(std::string_view name, const ys_integer_column &values) {
        return then(try_integers(name, values));
    }
    result<void> try_integers(std::string_view name, span<std::int64_t> values, std::int32_t scale = 0,
                              span<std::uint8_t> validity = {}) {
        const ys_integer_column column = YS_INTEGER_COLUMN_INIT;
        return try_integers(name, detail::numbers(column, values, scale, validity));
    }
    facts_builder &integers(std::string_view name, span<std::int64_t> values, std::int32_t scale = 0,
                            span<std::uint8_t> validity = {}) {
        return then(try_integers(name, values, scale, validity));
    }

    // ys_facts_builder_add_wide: the same in 128 bits.
    result<void> try_wide(std::string_view name, const ys_wide_column &values) {
        return detail::call(ys_facts_builder_add_wide, get(), name.data(), name.size(), &values);
    }
    facts_builder &wide(std::string_view name, const ys_wide_column &values) {
        return then(try_wide(name, values));
    }
    result<void> try_wide(std::string_view name, span<ys_int128> values, std::int32_t scale = 0,
                          span<std::uint8_t> validity = {}) {
        const ys_wide_column column = YS_WIDE_COLUMN_INIT;
        return try_wide(name, detail::numbers(column, values, scale, validity));
    }
    facts_builder &wide(std::string_view name, span<ys_int128> values, std::int32_t scale = 0,
                        span<std::uint8_t> validity = {}) {
        return then(try_wide(name, values, scale, validity));
    }

    // ys_facts_builder_add_text: decimal text, read strictly. Copied.
    result<void> try_text(std::string_view name, const ys_text_column &values) {
        return detail::call(ys_facts_builder_add_text, get(), name.data(), name.size(), &values);
    }
    facts_builder &text(std::string_view name, const ys_text_column &values) {
        return then(try_text(name, values));
    }
    result<void> try_text(std::string_view name, const texts &values) {
        return try_text(name, values.column());
    }
    facts_builder &text(std::string_view name, const texts &values) {
        return then(try_text(name, values));
    }

    // ys_facts_build: checks all columns. The builder is used up, whether this succeeds or not.
    result<facts> try_build() { return detail::made<facts>(ys_facts_build, get()); }
    facts build() { return try_build().value(); }

private:
    facts_builder &then(const result<void> &step) {
        step.value();
        return *this;
    }
};

} // namespace ys

#endif
