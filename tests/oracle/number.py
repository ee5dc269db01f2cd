"""Cases with rational results: arithmetic, roundings, steps, and the edges of 96 and 128 bits.

`python3 number.py` prints them.
"""

import sys
from fractions import Fraction

sys.dont_write_bytecode = True
from cases import Cases, Random, cents, decimal, text  # noqa: E402
from exact import MODES, MOST, written  # noqa: E402


def wide(random):
    """A fraction whose parts have between 129 and 500 bits."""
    above = random.bits(random.between(129, 500)) | 1 << 128
    below = random.bits(random.between(129, 500)) | 1 << 128
    return f"{'-' if random.below(2) else ''}{above}/{below}"


def expressions(add, random):
    # Amounts over counts, over budgets and over each other.
    for _ in range(100):
        count, tenths = str(random.between(1, 5000)), written(random.between(1, 999), 1)
        below = random.pick([count, tenths, "200.00", cents(random, 10**6)])
        add("quotient", [cents(random), below], random.pick([0, 2, 4, 6]), random.mode())
    # Quotients of whatever fits a decimal.
    for _ in range(60):
        args = [decimal(random), decimal(random)]
        add("quotient", args, random.between(0, 28), random.mode())
    for _ in range(40):
        args = [random.pick([cents, decimal])(random) for _ in range(random.between(2, 9))]
        add("sum", args, random.between(0, 20), random.mode())
    for _ in range(20):
        count = random.between(2, 30)
        args = [f"{random.between(-9, 9)}/{random.between(1, 60)}" for _ in range(count)]
        add("sum", args, random.between(0, 20), random.mode())
    for _ in range(30):
        args = [decimal(random), decimal(random)]
        add("difference", args, random.between(0, 12), random.mode())
    for _ in range(40):
        args = [random.pick([cents, decimal])(random) for _ in range(random.between(2, 4))]
        add("product", args, random.between(0, 12), random.mode())
    for _ in range(20):
        args = [f"1.{random.between(0, 999):03}", str(random.between(-40, 40))]
        add("power", args, random.between(0, 20), random.mode())
    # Value of a customer, share of a month, conversion from end to end, change on the month before.
    for _ in range(20):
        lost = random.between(1, 60)
        start = lost + random.between(0, 600)
        margin = written(random.between(1, 99), 2)
        chain = [cents(random, 10**7), "/", str(start), "*", margin, "/", f"{lost}/{start}"]
        add("chain", chain, 2, random.mode())
        days = random.pick([28, 29, 30, 31])
        chain = [str(random.between(1, days)), "/", str(days), "*", cents(random, 10**5)]
        add("chain", chain, 2, random.mode())
        steps = sorted((random.between(1, 5000) for _ in range(4)), reverse=True)
        chain = ["100"]
        for before, after in zip(steps, steps[1:]):
            chain += ["*", f"{after}/{before}"]
        add("chain", chain, random.between(0, 3), random.mode())
        before = cents(random, 10**6)
        chain = [cents(random, 10**6), "-", before, "/", before, "*", "100"]
        add("chain", chain, 1, random.mode())
    # Ties and their neighbours, in every mode.
    beside = ["2.4999999999999999999999999999", "-2.50000000000000000000000000001"]
    for value in ["0.5", "1.5", "-0.5", "-1.5", *beside]:
        for mode in MODES:
            add("value", [value], 0, mode)
    for _ in range(5):
        scale = random.between(1, 27)
        units = random.bits(random.between(1, 80)) * 2 + 1
        for mode in MODES:
            add("quotient", [written(units, scale), "2"], scale, mode)
    # The edge of 96 bits, in every mode.
    for value in [f"{MOST}.5", f"-{MOST}.4", f"-{MOST}"]:
        for mode in MODES:
            add("value", [value], 0, mode)
    for scale in (1, 14, 28):
        edge = Fraction(MOST, 10**scale)
        add("value", [str(edge)], scale, "exact")
        for mode in ("ceil", "floor", "half_even", "exact"):
            add("value", [str(edge + Fraction(1, 10**scale * 2))], scale, mode)
    # Operands past 128 bits, by themselves and so that they cancel.
    for _ in range(15):
        add("value", [wide(random)], random.between(0, 28), random.mode())
        add("quotient", [wide(random), wide(random)], random.between(0, 9), random.mode())
        add("product", [wide(random), wide(random)], random.between(0, 9), random.mode())
        a, b = wide(random), decimal(random)
        add("chain", [a, "+", b, "-", a], 28, random.mode())
    # Steps, half of the cases between two of them.
    for step, scale in [("0.05", 2), ("0.25", 2), ("10", 0), ("0.003", 3), ("250", 2), ("7", 1)]:
        for mode in MODES:
            value = Fraction(step) * (random.between(-50, 50) * 2 + 1) / 2
            add("value", [str(value)], scale, mode, step)
            args = [cents(random, 10**5), str(random.between(1, 99))]
            add("quotient", args, scale, mode, step)
    add("value", [str(MOST)], 0, "ceil", "10")
    add("value", [str(MOST)], 0, "exact", "10")
    add("value", [f"-{MOST}"], 0, "exact", "10")
    # Nothing below the line, and a scale that does not exist.
    for above in ("0", "1", "-0.01"):
        add("quotient", [above, "0.00"], 2, "half_even")
    add("power", ["0", "-1"], 0, "exact")
    add("power", ["0", "0"], 0, "exact")
    add("chain", ["5", "/", "0", "*", "0"], 29, "ceil")
    add("value", ["1"], 29, "ceil")



def operations(add, random):
    """Each operation of decimal arithmetic, and the metrics that are chains of them."""

    def number():
        return random.pick([cents, decimal])(random)

    for op, count in [
        ("value", 1), ("apply", 1), ("plus", 1), ("minus", 1), ("abs", 1), ("round", 1),
        ("add", 2), ("subtract", 2), ("multiply", 2), ("fma", 3), ("divide", 2), ("ratio", 2),
    ]:  # fmt: skip
        for _ in range(20):
            args = [number() for _ in range(count)]
            add(op, args, random.between(0, 28 if count == 1 else 12), random.mode())
        for mode in MODES:
            args = [written(random.between(-99, 99) * 10 + 5, random.between(1, 4)), "1", "0"]
            add(op, args[:count], 0, mode)
    for op in ("divideint", "remainder"):
        for _ in range(20):
            args = [number(), number()]
            add(op, args, 0 if op == "divideint" else random.between(0, 28), random.mode())
        for a, b in [("7", "2"), ("-7", "2"), ("7", "-2"), ("-7", "-2"), ("0.3", "0.1"), ("0", "-3")]:
            add(op, [a, b], 2, "exact")
    for _ in range(15):
        a = number()
        add("compare", [a, number()], 0, "exact")
        beside = text(Fraction(a) + Fraction(random.between(-1, 1), 10**29))
        add("compare", [a, beside], 0, "exact")
        add("compare", ["1/3", f"0.{'3' * random.between(1, 300)}"], 0, "exact")
    for _ in range(20):
        base = written(random.between(-9999, 9999), random.between(0, 4))
        add("powi", [base, random.between(-12, 30)], random.between(0, 20), random.mode())
    for base, exponent in [("0", "0"), ("0", "3.00"), ("-2", "3"), ("-2", "2.0"), ("10", "28"),
                           ("10", "29"), ("10", "-28"), ("-1", "-5"), ("1.1", "200")]:  # fmt: skip
        add("powi", [base, exponent], 0, random.mode())
        add("powi", [base, exponent], 28, "exact")
    for step, scale in [("0.05", 2), ("25", 0), ("0.125", 3), ("0.99", 2), ("30", 1)]:
        for mode in MODES:
            add("round_step", [cents(random, 10**5), step], scale, mode)
            half = Fraction(step) * (2 * random.between(-50, 50) + 1) / 2
            add("round_step", [text(half), step], scale, mode)
    for _ in range(25):
        lost = random.between(1, 60)
        start = lost + random.between(0, 600)
        margin = written(random.between(1, 99), 2)
        args = [cents(random, 10**7), random.between(1, 900), margin, lost, start]
        add("ltv", args, 2, random.mode())
        days = random.pick([28, 29, 30, 31])
        add("prorate", [random.between(1, days), days, cents(random, 10**5)], 2, random.mode())
        stages = sorted((random.between(1, 400) for _ in range(random.between(1, 6))), reverse=True)
        add("funnel_overall_pct", stages, random.between(0, 4), random.mode())
    add("ltv", ["40654.60", "67", "0.45", "18", "67"], 2, "half_expand")
    add("prorate", ["1", "30", "1.65"], 2, "half_expand")
    add("funnel_overall_pct", ["48", "46", "42"], 1, "floor")
    for op, args in [
        ("divide", ["1", "0"]), ("divide", ["0", "0"]), ("ratio", ["0.00", "0.0"]),
        ("divideint", ["1", "0"]), ("remainder", ["1", "0"]), ("powi", ["0", "-1"]),
        ("ltv", ["1", "0", "1", "1", "1"]), ("ltv", ["1", "1", "1", "0", "1"]),
        ("ltv", ["1", "1", "1", "1", "0"]), ("prorate", ["1", "0", "5"]),
        ("funnel_overall_pct", ["5", "0", "0"]), ("funnel_overall_pct", ["0", "0"]),
    ]:  # fmt: skip
        for mode in ("half_even", "exact"):
            add(op, args, 2, mode)


def collected():
    cases = Cases("number")
    expressions(cases.add, Random(20240229))
    operations(cases.add, Random(20250302))
    return cases


if __name__ == "__main__":
    sys.stdout.write(collected().written())
