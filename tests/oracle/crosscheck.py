"""Irrational results a third time, with Python's `decimal` at 420 digits.

It works with floating point, so it cannot prove a rounding; but where it disagrees with `answer.py`,
one of the two is wrong.
"""

import decimal
from decimal import Decimal
from fractions import Fraction

from exact import Refused, mantissa, written

DIGITS = 420
MARGIN = Fraction(1, 10 ** (DIGITS - 60))


def number(text):
    value = Fraction(text)
    return Decimal(value.numerator) / Decimal(value.denominator)


def power(base, exponent):
    if base == 0:
        return Decimal(0) if exponent else Decimal(1)
    if exponent == exponent.to_integral_value() and abs(exponent) < 10**6:
        return base**exponent
    return (base.ln() * exponent).exp()


def root(x, degree):
    return power(x, 1 / degree) if x >= 0 else -power(-x, 1 / degree)


def deviation(numbers, fewer):
    n = len(numbers)
    mean = sum(numbers) / n
    return (sum((x - mean) ** 2 for x in numbers) / (n - fewer)).sqrt()


def wilson(sign):
    return lambda k, n, z: (
        (k + z * z / 2 + sign * z * (z * z / 4 + k * (n - k) / n).sqrt()) / (n + z * z)
    )


def wald(sign):
    return lambda k, n, z: k / n + sign * z * (k / n * (1 - k / n) / n).sqrt()


def agresti_coull(sign):
    return lambda k, n, z: wald(sign)(k + z * z / 2, n + z * z, z)


OPERATIONS = {
    "sqrt": lambda x: x.sqrt(),
    "root": root,
    "exp": lambda x: x.exp(),
    "ln": lambda x: x.ln(),
    "log10": lambda x: x.log10(),
    "power": power,
    "cagr_n": lambda begin, end, n: power(end / begin, 1 / n) - 1,
    "cagr_days": lambda begin, end, days: power(end / begin, 365 / days) - 1,
    "decay2": lambda elapsed, half_life: power(Decimal(2), -elapsed / half_life),
    "stddev_sample": lambda *all: deviation(all, 1),
    "stddev_population": lambda *all: deviation(all, 0),
    "wilson_lo": wilson(-1),
    "wilson_hi": wilson(1),
    "wald_lo": wald(-1),
    "wald_hi": wald(1),
    "agresti_coull_lo": agresti_coull(-1),
    "agresti_coull_hi": agresti_coull(1),
}


def outcomes(case):
    """What a narrow interval about the result rounds to: its ends, and an edge that lies in it."""
    try:
        value = OPERATIONS[case["op"]](*map(number, case["args"]))
    except decimal.Overflow:
        return {"overflow"}
    if abs(value) > 10**60:
        return {"overflow"}
    value = Fraction(value) if abs(value) > Decimal(10) ** -DIGITS else Fraction(0)
    width = MARGIN * max(1, abs(value))
    units = Fraction(case.get("step", Fraction(1, 10 ** case["scale"]))) * 10 ** case["scale"]
    ends = [value - width, value + width]
    halves = Fraction(2 * 10 ** case["scale"], units.numerator)
    edge = round(value * halves) / halves
    if abs(edge - value) <= width:
        ends.append(edge)
    results = set()
    for end in ends:
        try:
            rounded = mantissa(end, case["scale"], case["mode"], units.numerator)
            results.add(written(rounded, case["scale"]))
        except Refused as refused:
            results.add(str(refused))
    return results


def disagreements(lines):
    """The ids of cases that round otherwise here, and how many were asked."""
    context = decimal.getcontext()
    context.prec, context.Emax, context.Emin = DIGITS, 10**15, -(10**15)
    wrong, asked = [], 0
    for case in lines:
        if case["op"] not in OPERATIONS or case.get("error") in ("domain", "division_by_zero"):
            continue
        asked += 1
        if case.get("expect", case.get("error")) not in outcomes(case):
            wrong.append(case["id"])
    return wrong, asked
