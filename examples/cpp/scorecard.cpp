// A model and facts in, a report out: the main job in C++.
//
//     cargo rustc --lib --release --features capi --crate-type staticlib
//     c++ -std=c++17 -I include examples/cpp/scorecard.cpp target/release/libyardstick.a -lpthread -ldl -lm
//     ./a.out MODEL.json FACTS.csv --as-of YYYY-MM-DD
//
// Without arguments it reads examples/data/shop, seen from the folder of the library's source. The
// facts have a header with `date` and the dimensions and measures of the model, in any order; cells
// have no quotes, and an empty cell of a measure is a missing value. Columns that the model does not
// have are left out.

#include <algorithm>
#include <charconv>
#include <deque>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "yardstick.hpp"

namespace {

// What ends the program: a text to show, with its place.
struct complaint : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using cells = std::vector<std::string_view>;

struct table {
    cells header;
    std::vector<cells> rows;
    std::vector<std::size_t> lines; // the line in the file of each row

    std::optional<std::size_t> find(std::string_view name) const {
        const auto found = std::find(header.begin(), header.end(), name);
        return found == header.end()
                   ? std::nullopt
                   : std::optional<std::size_t>(static_cast<std::size_t>(found - header.begin()));
    }
};

std::string read_file(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw complaint(path + ": cannot be read");
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

cells split(std::string_view text, char at) {
    cells parts;
    for (;;) {
        const std::size_t end = text.find(at);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

// The cells are parts of the text.
table read_table(const std::string &path, std::string_view text) {
    table result;
    std::size_t number = 0;
    for (std::string_view line : split(text, '\n')) {
        number++;
        if (!line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        }
        if (number == 1) {
            result.header = split(line, ',');
        } else if (!line.empty()) {
            result.rows.push_back(split(line, ','));
            result.lines.push_back(number);
            if (result.rows.back().size() != result.header.size()) {
                throw complaint(path + ": line " + std::to_string(number) + " has not the " +
                                std::to_string(result.header.size()) + " cells of the header");
            }
        }
    }
    return result;
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

// An error with each of its problems and their places, that of facts as a line of their file.
complaint complaint_of(const std::string &path, const ys::error &error, const table *table = nullptr) {
    std::vector<ys::error> problems = error.problems();
    if (problems.empty()) {
        problems.push_back(error);
    }
    std::string text;
    for (const ys::error &problem : problems) {
        text += (text.empty() ? "" : "\n") + path + ": ";
        const auto row = problem.row();
        if (table != nullptr && row && *row < table->lines.size()) {
            const auto column = problem.column();
            text += "line " + std::to_string(table->lines[*row]) +
                    (column ? ", column " + quoted(*column) : "") + ": ";
            text += problem.detail();
        } else {
            text += problem.message();
        }
    }
    return complaint(text);
}

// What the facts borrow, until they are gone. A deque moves nothing that is in it.
struct borrowed {
    std::vector<ys::day> days;
    std::deque<std::vector<std::int64_t>> values;
    std::deque<std::vector<std::uint8_t>> validity;
};

std::vector<ys::day> days_of(const std::string &path, const table &table) {
    const auto column = table.find("date");
    if (!column) {
        throw complaint(path + ": the header has no column \"date\"; add one of YYYY-MM-DD");
    }
    std::vector<ys::day> days;
    for (std::size_t row = 0; row < table.rows.size(); row++) {
        const auto day = ys::try_parse_day(table.rows[row][*column]);
        if (!day) {
            throw complaint(path + ": line " + std::to_string(table.lines[row]) +
                            ", column \"date\": " + day.error().what());
        }
        days.push_back(*day);
    }
    return days;
}

// Whole numbers go in as integers and are borrowed, all others as text.
void add_measure(ys::facts_builder &builder, std::string_view name, const table &table,
                 std::size_t column, borrowed &memory) {
    std::vector<std::int64_t> values(table.rows.size());
    std::vector<std::uint8_t> validity(table.rows.size() / 8 + 1);
    ys::texts texts;
    bool whole = true;
    for (std::size_t row = 0; row < table.rows.size(); row++) {
        const std::string_view cell = table.rows[row][column];
        if (cell.empty()) {
            texts.add_empty();
            continue;
        }
        texts.add(cell);
        const char *end = cell.data() + cell.size();
        const auto read = std::from_chars(cell.data(), end, values[row]);
        whole = whole && read.ec == std::errc() && read.ptr == end;
        validity[row / 8] = static_cast<std::uint8_t>(validity[row / 8] | 1U << (row % 8));
    }
    if (!whole) {
        builder.text(name, texts);
        return;
    }
    memory.values.push_back(std::move(values));
    memory.validity.push_back(std::move(validity));
    builder.integers(name, memory.values.back(), 0, memory.validity.back());
}

ys::facts facts_of(const std::string &path, const ys::model &model, const table &table,
                   borrowed &memory) {
    memory.days = days_of(path, table);
    try {
        ys::facts_builder builder(model);
        builder.days(memory.days);
        for (const std::string_view name : model.dimensions()) {
            // A column that is absent is told by build, with all else.
            if (const auto column = table.find(name)) {
                ys::texts values;
                for (const cells &row : table.rows) {
                    values.add(row[*column]);
                }
                builder.dimension(name, values);
            }
        }
        for (const std::string_view name : model.measures()) {
            if (const auto column = table.find(name)) {
                add_measure(builder, name, table, *column, memory);
            }
        }
        return builder.build();
    } catch (const ys::error &error) {
        throw complaint_of(path, error, &table);
    }
}

// What a call gave; where it gave nothing, its error with the place that the caller knows.
template <class T>
T from(const std::string &place, ys::result<T> result) {
    if (!result) {
        throw complaint_of(place, result.error());
    }
    return *std::move(result);
}

void scorecard(const std::string &model_path, const std::string &facts_path, std::string_view as_of) {
    const ys::day day = from("--as-of", ys::try_parse_day(as_of));
    const std::string model_text = read_file(model_path);
    const std::string facts_text = read_file(facts_path);
    const ys::model model = from(model_path, ys::model::try_from_json(model_text));
    const table table = read_table(facts_path, facts_text);
    borrowed memory; // before the facts, and so gone after them
    const ys::facts facts = facts_of(facts_path, model, table, memory);
    std::cout << from("evaluation", model.try_evaluate(facts, day)).json();
}

} // namespace

int main(int count, char **arguments) {
    try {
        if (!ys::is_compatible()) {
            throw complaint("yardstick.h and the library have different versions of the interface");
        }
        if (count == 1) {
            scorecard("examples/data/shop/model.json", "examples/data/shop/facts.csv", "2011-12-09");
        } else if (count == 5 && std::string_view(arguments[3]) == "--as-of") {
            scorecard(arguments[1], arguments[2], arguments[4]);
        } else {
            throw complaint("usage: scorecard [MODEL.json FACTS.csv --as-of YYYY-MM-DD]");
        }
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return EXIT_FAILURE;
    }
    return std::cout.flush() ? EXIT_SUCCESS : EXIT_FAILURE;
}
