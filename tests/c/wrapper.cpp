// The C++ wrapper: owners, both forms of each call, errors and columns.

#include "yardstick.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <list>
#include <thread>

#define CHECK(condition) check(static_cast<bool>(condition), #condition, __LINE__)

static void check(bool good, const char *what, int line) {
    if (!good) {
        std::fprintf(stderr, "wrapper.cpp:%d: not so: %s\n", line, what);
        std::exit(EXIT_FAILURE);
    }
}

// A call that throws, and its other form that returns the same error.
template <class Throws, class Returns>
static ys::error fails(ys_status status, Throws throws, Returns returns, int line) {
    const auto returned = returns();
    check(!returned && !returned.has_value(), "an error is returned", line);
    check(returned.error().status() == status, returned.error().what(), line);
    try {
        static_cast<void>(throws());
    } catch (const std::exception &thrown) {
        const auto *error = dynamic_cast<const ys::error *>(&thrown);
        check(error != nullptr && error->message() == returned.error().message(), thrown.what(), line);
        return *error;
    }
    check(false, "an error is thrown", line);
    std::abort();
}

#define FAILS(status, throws, returns)                                                             \
    fails((status), [&]() -> decltype(auto) { return throws; },                                    \
          [&]() -> decltype(auto) { return returns; }, __LINE__)

static constexpr std::string_view MODEL = R"({
    "yardstick": 1, "name": "sample", "display": {"scale": 2, "mode": "half_even"},
    "dimensions": ["country"],
    "measures": [{"name": "revenue", "unit": "EUR"},
                 {"name": "orders", "unit": "order", "missing": "unknown"}],
    "kpis": [{"name": "aov", "formula": "revenue / orders"}],
    "queries": [{"name": "values", "metrics": ["revenue", "orders", "aov"], "by": ["country"]}]})";

static const std::vector<ys::day> DAYS = {15309, 15309, 15310, 15311};
static const std::vector<std::int64_t> CENTS = {1999, 500, 2050, -100};
static const std::array<std::int64_t, 4> ORDERS = {1, 1, 2, 0};
static constexpr ys::day AS_OF = 15311;

// What owns is moved, and never copied.
template <class Owner>
static constexpr bool owns = std::is_nothrow_move_constructible_v<Owner> &&
                             std::is_nothrow_move_assignable_v<Owner> &&
                             !std::is_copy_constructible_v<Owner> && !std::is_copy_assignable_v<Owner>;
static_assert(owns<ys::model> && owns<ys::facts> && owns<ys::facts_builder>, "");
static_assert(owns<ys::report> && owns<ys::value>, "");
static_assert(std::is_nothrow_copy_constructible_v<ys::error>, "it is thrown");
// What would be gone before it is read is not borrowed.
static_assert(!std::is_constructible_v<ys::span<ys::day>, std::vector<ys::day>>, "");
static_assert(std::is_constructible_v<ys::span<ys::day>, const std::vector<ys::day> &>, "");
static_assert(!std::is_constructible_v<ys::span<std::int64_t>, const std::vector<ys::day> &>, "");
static_assert(std::is_trivially_copyable_v<ys::decimal> && sizeof(ys::decimal) == 24, "");

static void numbers() {
    const ys::decimal price = ys::decimal::parse("1016.365");
    CHECK(price.str() == "1016.365" && price.scale == 3);
    CHECK(price.round({2, ys::mode::half_expand}).str() == "1016.37");
    CHECK(price.round(ys::rounding(2, ys::mode::half_even)).try_str().value() == "1016.36");
    const ys::rounding nickel(2, ys::mode::half_even, ys::decimal(5, 2));
    CHECK(ys::decimal(37, 2).try_round(nickel).value().str() == "0.35");
    CHECK(ys::decimal().str() == "0" && ys::decimal(-5, 1).str() == "-0.5");
    CHECK(ys::decimal(ys::int128(-1, 0), 0).str() == "-18446744073709551616");

    CHECK(ys::int128(-3) < ys::int128(2) && ys::int128(2) != ys::int128(1, 2));
#ifdef __SIZEOF_INT128__
    const ys::int128 wide(-7, 9);
    CHECK(ys::int128::of(wide.to_native()) == wide);
    CHECK(ys::int128::of(-1) == ys::int128(-1));
#endif

    const ys::error error = FAILS(YS_SYNTAX, ys::decimal::parse("1,5"), ys::decimal::try_parse("1,5"));
    CHECK(error.name() == "syntax" && error.what() == error.message());
    CHECK(error.span() && error.span()->first == 1 && error.span()->second == 2);
    CHECK(!error.path() && !error.column() && !error.row() && error.problems().empty());
    CHECK(error.detail() == error.message());
    FAILS(YS_SYNTAX, ys::decimal::parse({}), ys::decimal::try_parse({}));
    FAILS(YS_INEXACT, price.round({2, ys::mode::exact}), price.try_round({2, ys::mode::exact}));
    const ys::decimal none(1, 29);
    FAILS(YS_DOMAIN, none.str(), none.try_str());
    const auto mode = static_cast<ys::mode>(11);
    FAILS(YS_INVALID_ARGUMENT, price.round({2, mode}), price.try_round({2, mode}));

    CHECK(ys::parse_day("2011-12-03") == AS_OF && ys::format_day(AS_OF) == "2011-12-03");
    FAILS(YS_DATE, ys::parse_day("2011-02-29"), ys::try_parse_day("2011-02-29"));
    FAILS(YS_DATE, ys::format_day(INT32_MAX), ys::try_format_day(INT32_MAX));

    const ys::value value(nullptr);
    CHECK(value.reason() == YS_REASON_MISSING && !value.is_defined());
    FAILS(YS_NULL_ARGUMENT, value.str(), value.try_str());
    FAILS(YS_NULL_ARGUMENT, value.round(nickel), value.try_round(nickel));
    CHECK(value.view().get() == nullptr);
    CHECK(ys::is_compatible() && !ys::version().empty());
}

static void results() {
    ys::result<ys::decimal> parsed = ys::decimal::try_parse("1.50");
    CHECK(parsed && parsed.has_value() && (*parsed).scale == 2 && parsed->str() == "1.50");
    const ys::result<std::string> text = parsed->try_str();
    CHECK(*text == "1.50" && text->size() == 4 && text.value() == "1.50");
    ys::result<ys::model> model = ys::model::try_from_json(MODEL);
    const ys::model moved = *std::move(model);
    CHECK(moved.get() != nullptr);
    const ys::result<void> fine;
    CHECK(fine && fine.has_value());
    fine.value();
}

static void errors_of_a_document() {
    static constexpr std::string_view text = R"({
        "yardstick": 1, "name": "x", "display": {"scale": 2, "mode": "half_even"},
        "measures": [{"name": "orders", "unit": "order"}, {"name": "revenue", "unit": "EUR"}],
        "kpis": [{"name": "aov", "formula": "revenues / orders"},
                 {"name": "odd", "formula": "revenue + orders"}]})";
    std::vector<ys::error> problems;
    {
        const ys::error error =
            FAILS(YS_INVALID, ys::model::from_json(text), ys::model::try_from_json(text));
        problems = error.problems();
        CHECK(problems.size() == 2 && error.get() != nullptr);
        CHECK(error.message().find(problems[1].message()) != std::string_view::npos);
    }
    // They outlive the error that they are of.
    CHECK(problems[0].status() == YS_UNKNOWN && problems[1].status() == YS_UNIT);
    CHECK(problems[0].path() && problems[0].path()->substr(0, 7) == "kpis[0]");
    CHECK(problems[0].detail().find("did you mean \"revenue\"?") != std::string_view::npos);
    FAILS(YS_SYNTAX, ys::model::from_json("{"), ys::model::try_from_json("{"));
}

static ys::facts_builder begun(const ys::model &model) {
    ys::facts_builder builder(model);
    builder.days(DAYS).integers("orders", ORDERS);
    return builder;
}

static const ys::texts &countries() {
    static const ys::texts countries = {"DE", "FR", "DE", "DE"};
    return countries;
}

static std::string finished(const ys::model &model, ys::facts_builder &builder) {
    const ys::facts facts = builder.build();
    CHECK(facts.row_count() == 4);
    return model.evaluate(facts, AS_OF).json();
}

static void columns_of_every_kind() {
    const ys::model model = ys::model::from_json(MODEL);
    CHECK(model.dimensions() == std::vector<std::string_view>{"country"});
    CHECK((model.measures() == std::vector<std::string_view>{"revenue", "orders"}));
    ys::facts_builder builder = begun(model);
    const std::string wanted =
        finished(model, builder.dimension("country", countries()).integers("revenue", CENTS, 2));
    CHECK(wanted.size() > 2 && wanted.substr(wanted.size() - 2) == "}\n");

    // Wide ones, of both types, and codes.
    const std::vector<ys::int128> wide(CENTS.begin(), CENTS.end());
    const std::uint32_t codes[] = {1, 0, 1, 1};
    builder = begun(model);
    builder.dimension_codes("country", codes, {"FR", "DE"}).wide("revenue", wide, 2);
    CHECK(finished(model, builder) == wanted);
    const ys_int128 plain[] = {wide[0], wide[1], wide[2], wide[3]};
    builder = begun(model);
    CHECK(builder.try_dimension_codes("country", {codes, 4}, {"FR", "DE"}));
    CHECK(builder.try_wide("revenue", plain, 2));
    CHECK(finished(model, builder) == wanted);

    // Text, from a list of strings, and names from a list of another type.
    const std::list<std::string> amounts = {"19.99", "5", "20.50", "-1"};
    const std::vector<const char *> names = {"DE", "FR", "DE", "DE"};
    builder = begun(model);
    builder.dimension("country", ys::texts(names)).text("revenue", ys::texts(amounts));
    CHECK(finished(model, builder) == wanted);

    // Values that are not side by side, text as Arrow has it.
    struct row {
        std::int64_t cents;
        char other[9];
    };
    const row rows[] = {{1999, ""}, {500, ""}, {2050, ""}, {-100, ""}};
    ys_integer_column apart = YS_INTEGER_COLUMN_INIT;
    apart.values = &rows[0].cents, apart.stride = sizeof(row), apart.count = 4, apart.scale = 2;
    const std::int32_t offsets[] = {0, 2, 4, 6, 8};
    ys_text_column arrow = YS_TEXT_COLUMN_INIT;
    arrow.data = "DEFRDEDE", arrow.data_length = 8, arrow.offsets = offsets, arrow.count = 4;
    builder = begun(model);
    builder.dimension("country", arrow).integers("revenue", apart);
    CHECK(finished(model, builder) == wanted);

    // What does not depend on each other may go in any order.
    builder = begun(model);
    builder.dimension("country", countries()).integers("revenue", CENTS, 2);
    ys::result<ys::facts> facts = builder.try_build();
    ys::result<ys::report> report = model.try_evaluate(*facts, AS_OF);
    { const ys::facts gone = *std::move(facts); }
    CHECK(report->try_json().value() == wanted);
    CHECK(report->query_count() == 1 && report->target_count() == 0 && report->funnel_count() == 0);
    CHECK(wanted.find(report->finding_count() == 0 ? "\"findings\": []" : "\"message\"") != std::string::npos);
}

static void empty_cells() {
    const ys::model model = ys::model::from_json(MODEL);
    const std::array<std::uint8_t, 1> validity = {0x0b};
    ys::facts_builder builder(model);
    builder.days(DAYS).dimension("country", countries()).integers("revenue", CENTS, 2);
    builder.integers("orders", ORDERS, 0, validity);
    const std::string wanted = finished(model, builder);
    CHECK(wanted.find("\"undefined\": \"missing\"") != std::string::npos);

    const std::vector<std::optional<std::string>> orders = {"1", "1", std::nullopt, "0"};
    builder = ys::facts_builder(model);
    builder.days(DAYS).dimension("country", countries()).integers("revenue", CENTS, 2);
    builder.text("orders", ys::texts(orders));
    CHECK(finished(model, builder) == wanted);
    ys::texts added;
    added.add("1");
    added.add(std::string("1"));
    added.add_empty();
    added.add("0");
    CHECK(added.size() == 4);
    builder = ys::facts_builder(model);
    builder.days(DAYS).dimension("country", countries()).integers("revenue", CENTS, 2);
    builder.text("orders", added);
    CHECK(finished(model, builder) == wanted);

    // More rows than a byte has bits.
    ys::texts many;
    for (int i = 0; i < 20; i++) {
        many.add_empty();
    }
    const ys_text_column column = many.column();
    CHECK(many.size() == 20 && column.count == 20 && column.validity[2] == 0);
}

static void facts_that_are_refused() {
    const ys::model model = ys::model::from_json(MODEL);
    ys::facts_builder builder = begun(model);
    const ys::texts holes(std::vector<std::optional<std::string_view>>{"DE", std::nullopt, "DE", "DE"});
    const ys::error hole =
        FAILS(YS_MISSING, builder.dimension("country", holes), builder.try_dimension("country", holes));
    CHECK(hole.row() == std::size_t{1} && hole.column() == std::string_view("country"));
    FAILS(YS_DOMAIN, builder.integers("revenue", CENTS, -1), builder.try_integers("revenue", CENTS, -1));
    FAILS(YS_DOMAIN, builder.wide("revenue", {}, -1), builder.try_wide("revenue", {}, -1));
    FAILS(YS_SYNTAX, builder.text("\xff", holes), builder.try_text("\xff", holes));
    const ys::span<std::uint32_t> missing(nullptr, 1);
    FAILS(YS_NULL_ARGUMENT, builder.dimension_codes("country", missing, {"DE"}),
          builder.try_dimension_codes("country", missing, {"DE"}));

    // On an error the builder is as before.
    builder.dimension("country", countries()).text("revenue", ys::texts{"1", "2", "3x", "4"});
    const ys::result<ys::facts> built = builder.try_build();
    CHECK(!built && built.error().problems().size() == 1);
    const ys::error cell = built.error().problems()[0];
    CHECK(cell.row() == std::size_t{2} && cell.column() == std::string_view("revenue"));
    FAILS(YS_INVALID_ARGUMENT, builder.build(), builder.try_build());
    FAILS(YS_INVALID_ARGUMENT, builder.days(DAYS), builder.try_days(DAYS));

    // What was moved from is refused.
    const ys::facts_builder taken = std::move(builder);
    FAILS(YS_NULL_ARGUMENT, builder.build(), builder.try_build());
    ys::model other = ys::model::from_json(MODEL);
    const ys::model owner = std::move(other);
    FAILS(YS_NULL_ARGUMENT, ys::facts_builder(other), ys::facts_builder::try_begin(other));
    CHECK(other.measures().empty());

    builder = begun(owner);
    builder.dimension("country", countries()).integers("revenue", CENTS, 2);
    const ys::facts facts = builder.build();
    FAILS(YS_DATE, owner.evaluate(facts, INT32_MIN), owner.try_evaluate(facts, INT32_MIN));
    const ys::report none(nullptr);
    FAILS(YS_NULL_ARGUMENT, none.json(), none.try_json());
}

static void eight_threads() {
    const ys::model model = ys::model::from_json(MODEL);
    ys::facts_builder builder = begun(model);
    builder.dimension("country", countries()).integers("revenue", CENTS, 2);
    const ys::facts facts = builder.build();
    const std::string wanted = model.evaluate(facts, AS_OF).json();
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; i++) {
        threads.emplace_back([&] { CHECK(model.evaluate(facts, AS_OF).json() == wanted); });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
}

int main() {
    numbers();
    results();
    errors_of_a_document();
    columns_of_every_kind();
    empty_cells();
    facts_that_are_refused();
    eight_threads();
    return EXIT_SUCCESS;
}
