"""Exact KPIs and targets from Python: read it from top to bottom, and run it.

    cargo rustc --lib --release --features capi --crate-type cdylib
    python3 examples/python/tutorial.py

It needs no package. Each part prints what stands beside it.
"""

import array
import datetime
from decimal import Decimal

import yardstick as ys

# 1. Why not floats?
#
# Binary floats cannot hold most prices, and a result that is rounded twice is wrong at the last
# digit. Here a number keeps its digits, and is rounded once, as you say: there is no default.

print(round(1.015, 2), "by floats")  # 1.01, though halves go up elsewhere
print(ys.round_decimal("1.015", 2, ys.Mode.HALF_EXPAND), "here")  # 1.02
print(ys.round_decimal("0.37", 2, ys.Mode.HALF_EVEN, step="0.05"), "in steps of 0.05")  # 0.35
try:
    ys.round_decimal(0.1 + 0.2, 2, ys.Mode.HALF_EVEN)
except TypeError as error:
    print("refused:", error)  # a float is never taken

# 2. A model says what the numbers mean.
#
# Measures add up; KPIs are formulas over them, evaluated after adding up, so a ratio is never an
# average of ratios. It is JSON, so it can live in a file beside your code.

MODEL = {
    "yardstick": 1,
    "name": "Holiday season",
    "display": {"scale": 2, "mode": "half_expand"},
    "dimensions": ["country"],
    "measures": [{"name": "revenue", "unit": "EUR"}, {"name": "orders", "unit": "order"}],
    "kpis": [{"name": "aov", "formula": "revenue / orders", "direction": "higher"}],
    "queries": [{"name": "by country", "metrics": ["revenue", "orders", "aov"], "by": ["country"]}],
    "targets": [{"name": "season", "metric": "revenue", "period": "2011-12",
                 "goal": {"at_least": "1000.00"}}],
}
model = ys.Model(MODEL)
print(model.dimensions, model.measures)  # ['country'] ['revenue', 'orders']

# 3. Facts are columns, one row for each day and combination of dimension values.
#
# `array.array`, NumPy arrays and everything else with a buffer of 64-bit integers are read where they
# are, without a copy: amounts as cents with scale 2. Lists of int, Decimal or Fraction work too.

days = [datetime.date(2011, 12, 1), datetime.date(2011, 12, 1), datetime.date(2011, 12, 2)]
cents = array.array("q", [199_99, 99_50, 320_50])
facts = model.facts(days, {
    "country": ["DE", "FR", "DE"],
    "revenue": ys.Integers(cents, scale=2),
    "orders": [7, 3, 12],
})
print(len(facts), "rows")  # 3 rows

# 4. The report has everything that the model asks for, as of a day.

report = model.evaluate(facts, "2011-12-02").json()
for row in report["queries"][0]["rows"]:
    revenue, orders, aov = row["values"]
    print(row["key"][0], revenue["text"], orders["text"], aov["text"])
    # DE 520.49 19.00 27.39
    # FR 99.50 3.00 33.17

# Each number is there as text, rounded once for people, and as an exact fraction to go on with.

aov = ys.exact(report["queries"][0]["rows"][0]["values"][2])
print(aov, "exactly;", aov * 19, "is the revenue of 19 orders again")  # 52049/1900, 52049/100

# 5. Targets are compared exactly: 99.996 % is not met, though it shows as 100.00 %.

season = report["targets"][0]["current"]
print("attained:", season["attainment"]["text"])  # 62.00%, of 619.99

# 6. What is wrong has a place: all of it at once, in a document and in the data.

try:
    ys.Model(dict(MODEL, kpis=[{"name": "aov", "formula": "revenu / orders"}]))
except ys.Error as error:
    for problem in error.problems:
        print(problem.name, "at", problem.path, "-", problem.detail)
try:
    model.facts(days, {"country": ["DE", "FR", "DE"], "revenue": ["1.5", "1,5", Decimal("2")],
                       "orders": [1, 2, 3]})
except ys.Error as error:
    for problem in error.problems:
        print(f"{problem.name} in row {problem.row} of {problem.column}")  # syntax in row 1 of revenue

# 7. Close what you are done with, or use `with`: from then on the columns are yours to change.

facts.close()
model.close()
cents.append(1_00)
