"""A model and facts in, a report out: the main job in Python, with the same bytes as in C and Rust.

    cargo rustc --lib --release --features capi --crate-type cdylib
    python3 examples/python/scorecard.py MODEL.json FACTS.csv --as-of YYYY-MM-DD

Without arguments it reads examples/data/shop. The facts have a header with `date` and the dimensions
and measures of the model, in any order; cells have no quotes, and an empty cell of a measure is a
missing value. Columns that the model does not have are left out.
"""

import pathlib
import sys

import yardstick as ys

SHOP = pathlib.Path(__file__).resolve().parents[1] / "data/shop"


def read_table(path):
    """The columns by name, and the line in the file of each row."""
    lines = [line.rstrip("\r\n").split(",") for line in read(path).decode().split("\n")]
    header, rows, numbers = lines[0], [], []
    for number, cells in enumerate(lines[1:], start=2):
        if cells == [""]:
            continue
        if len(cells) != len(header):
            sys.exit(f"{path}: line {number} has not the {len(header)} cells of the header")
        rows.append(cells)
        numbers.append(number)
    columns = {name: [row[i] for row in rows] for i, name in enumerate(header)}
    if "date" not in columns:
        sys.exit(f'{path}: the header has no column "date"; add one of YYYY-MM-DD')
    return columns, numbers


def read(path):
    try:
        return pathlib.Path(path).read_bytes()
    except OSError:
        sys.exit(f"{path}: cannot be read")


def fail(place, error, lines=()):
    """Ends with each problem and its place, that of facts as a line of their file."""
    for problem in error.problems or [error]:
        if problem.row is not None and problem.row < len(lines):
            column = "" if problem.column is None else f', column "{problem.column}"'
            print(f"{place}: line {lines[problem.row]}{column}: {problem.detail}", file=sys.stderr)
        else:
            print(f"{place}: {problem.message}", file=sys.stderr)
    sys.exit(1)


def days_of(path, column, lines):
    days = []
    for text, line in zip(column, lines):
        try:
            days.append(ys.day_number(text))
        except ys.Error as error:
            sys.exit(f'{path}: line {line}, column "date": {error.message}')
    return days


def facts_of(path, model):
    table, lines = read_table(path)
    days = days_of(path, table["date"], lines)
    columns = {name: table[name] for name in model.dimensions if name in table}
    for name in model.measures:
        if name in table:
            # Text is read as strictly as any number here; nothing goes by way of a float.
            columns[name] = ys.Texts(cell or None for cell in table[name])
    try:
        return model.facts(days, columns)
    except ys.Error as error:
        fail(path, error, lines)


def scorecard(model_path, facts_path, as_of):
    try:
        day = ys.day_number(as_of)
    except ys.Error as error:
        fail("--as-of", error)
    try:
        model = ys.Model(read(model_path))
    except ys.Error as error:
        fail(model_path, error)
    with model, facts_of(facts_path, model) as facts:
        try:
            with model.evaluate(facts, day) as report:
                sys.stdout.buffer.write(report.text)
        except ys.Error as error:
            fail("evaluation", error)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        scorecard(SHOP / "model.json", SHOP / "facts.csv", "2011-12-09")
    elif len(sys.argv) == 5 and sys.argv[3] == "--as-of":
        scorecard(sys.argv[1], sys.argv[2], sys.argv[4])
    else:
        sys.exit("usage: scorecard.py [MODEL.json FACTS.csv --as-of YYYY-MM-DD]")
