"""The operations of the conformance protocol, a second time: `python3 answer.py < cases > answers`.

Reads cases and writes answers as JSON Lines, like the example `conformance`. The generators of the
vectors take what they expect from here. The protocol is described in README.md.
"""

import json
import sys
from fractions import Fraction

sys.dont_write_bytecode = True
from enclose import exp_between, ln_between, quotient  # noqa: E402
from exact import Enclosed, MODES, MOST, Refused, Root, mantissa  # noqa: E402
from exact import perfect_root, surd, written  # noqa: E402

ONE = Fraction(1)


def refuse(condition, name):
    if condition:
        raise Refused(name)


def over(a, b):
    refuse(b == 0, "division_by_zero")
    return a / b


def whole(number):
    assert number.denominator == 1
    return number.numerator


# Rational results


def truncated(number):
    return Fraction(int(number))


def integer_power(base, exponent):
    refuse(base == 0 and exponent < 0, "division_by_zero")
    return base ** whole(exponent)


def product(numbers):
    result = ONE
    for number in numbers:
        result *= number
    return result


def funnel(stages):
    overall = Fraction(100)
    for before, after in zip(stages, stages[1:]):
        overall *= over(after, before)
    return overall


def chain(args):
    result = Fraction(args[0])
    for sign, arg in zip(args[1::2], args[2::2]):
        number = Fraction(arg)
        result = {
            "+": lambda: result + number,
            "-": lambda: result - number,
            "*": lambda: result * number,
            "/": lambda: over(result, number),
        }[sign]()
    return result


# Irrational results


def power(base, exponent):
    """`base ** exponent` for a rational exponent."""
    if exponent == 0:
        return ONE
    if base == 0:
        refuse(exponent < 0, "division_by_zero")
        return base
    p, q = exponent.numerator, exponent.denominator
    refuse(base < 0 and q > 1, "domain")
    if base == 1 or base == -1:
        return base**p if q == 1 else base
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    root = perfect_root(base, q) if base > 0 else base
    if root is not None and abs(p) * size < 200_000:
        return root**p
    assert base > 0
    if q <= 1000 and abs(p) * size < 60_000:
        return Root(Fraction(0), 1, base**p, q)

    # Irrational; or the denominator of a power too long to write, which is on no boundary either.
    def between(bits):
        low, high = ln_between(base, bits + 16)
        ends = sorted((low * exponent, high * exponent))
        return exp_between(*ends, bits)

    return Enclosed(between)


def less_one(value):
    if isinstance(value, Fraction):
        return value - 1
    if isinstance(value, Root):
        return Root(value.offset - 1, value.sign, value.radicand, value.degree)
    return Enclosed(lambda bits: tuple(end - 1 for end in value.between(bits)))


def growth(begin, end, years, periods):
    """`(end / begin) ** (years / periods) - 1`."""
    refuse(begin == 0 or periods == 0, "division_by_zero")
    ratio = end / begin
    refuse(ratio < 0, "domain")
    return less_one(power(ratio, years / periods))


def root(number, degree):
    refuse(degree == 0, "domain")
    if number < 0:
        refuse(degree % 2 == 0, "domain")
        positive = root(-number, degree)
        if isinstance(positive, Fraction):
            return -positive
        if isinstance(positive, Root):
            return Root(Fraction(0), -1, positive.radicand, degree)
        return Enclosed(lambda bits: tuple(-end for end in reversed(positive.between(bits))))
    if degree > 500:
        return power(number, ONE / degree)
    return surd(Fraction(0), 1, number, degree)


def exp(x):
    return Enclosed(lambda bits: exp_between(x, x, bits)) if x else ONE


def ln(y):
    refuse(y <= 0, "domain")
    return Enclosed(lambda bits: ln_between(y, bits)) if y != 1 else Fraction(0)


def log10(y):
    refuse(y <= 0, "domain")
    digits = len(str(max(y.numerator, y.denominator))) - 1
    for exponent in (digits, -digits):
        if y == Fraction(10) ** exponent:
            return Fraction(exponent)
    ten = Fraction(10)
    return Enclosed(lambda bits: quotient(ln_between(y, bits), ln_between(ten, bits)))


# Statistics


def mean(numbers):
    return over(sum(numbers, Fraction(0)), len(numbers))


def weighted_mean(pairs):
    weights = pairs[1::2]
    return over(sum(x * w for x, w in zip(pairs[::2], weights)), sum(weights, Fraction(0)))


def variance(numbers, fewer):
    """From the squared differences of all pairs, which needs no mean."""
    n = len(numbers)
    squares = sum((a - b) ** 2 for i, a in enumerate(numbers) for b in numbers[:i])
    return over(over(Fraction(squares), n), n - fewer)


def deviation(numbers, fewer):
    return surd(Fraction(0), 1, variance(numbers, fewer))


def quantile(kind, p, numbers):
    """The types of Hyndman and Fan (1996), as they number them."""
    refuse(not 0 <= p <= 1, "domain")
    n, ordered = len(numbers), sorted(numbers)
    refuse(n == 0, "division_by_zero")
    shift = {
        1: 0,
        2: 0,
        3: Fraction(-1, 2),
        4: 0,
        5: Fraction(1, 2),
        6: p,
        7: 1 - p,
        8: (p + 1) / 3,
        9: p / 4 + Fraction(3, 8),
    }[whole(kind)]
    place = n * p + shift
    j = place // 1
    part = place - j
    if kind == 1:
        part = ONE if part else 0
    elif kind == 2:
        part = ONE if part else Fraction(1, 2)
    elif kind == 3:
        part = 0 if part == 0 and j % 2 == 0 else ONE
    at = [ordered[min(max(i, 1), n) - 1] for i in (j, j + 1)]
    return at[0] + part * (at[1] - at[0])


def trials(k, n, z):
    refuse(n == 0, "division_by_zero")
    refuse(not 0 <= k <= n or z < 0, "domain")


def wilson(sign):
    def bound(k, n, z):
        trials(k, n, z)
        below = 2 * (n + z * z)
        return surd(
            (2 * k + z * z) / below, sign, z * z * (z * z + 4 * k * (n - k) / n) / below**2
        )

    return bound


def wald(sign):
    def bound(k, n, z):
        trials(k, n, z)
        share = k / n
        return surd(share, sign, z * z * share * (1 - share) / n)

    return bound


def agresti_coull(sign):
    def bound(k, n, z):
        trials(k, n, z)
        more = n + z * z
        share = (k + z * z / 2) / more
        return surd(share, sign, z * z * share * (1 - share) / more)

    return bound


# Each operation, its arguments being fractions.
OPERATIONS = {
    "value": lambda a: a,
    "apply": lambda a: a,
    "plus": lambda a: a,
    "round": lambda a: a,
    "round_step": lambda a, _: a,
    "minus": lambda a: -a,
    "abs": abs,
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "difference": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "fma": lambda a, b, c: a * b + c,
    "divide": over,
    "ratio": over,
    "quotient": over,
    "divideint": lambda a, b: truncated(over(a, b)),
    "remainder": lambda a, b: a - b * truncated(over(a, b)),
    "compare": lambda a, b: Fraction((a > b) - (a < b)),
    "powi": integer_power,
    "sum": lambda *all: sum(all, Fraction(0)),
    "product": lambda *all: product(all),
    "prorate": lambda days, base, price: over(days, base) * price,
    "ltv": lambda revenue, customers, margin, lost, start: over(
        over(revenue, customers) * margin, over(lost, start)
    ),
    "funnel_overall_pct": lambda *stages: funnel(stages),
    "sqrt": lambda x: root(x, 2),
    "root": lambda x, degree: root(x, whole(degree)),
    "exp": exp,
    "ln": ln,
    "log10": log10,
    "power": power,
    "cagr_n": lambda begin, end, n: growth(begin, end, ONE, n),
    "cagr_days": lambda begin, end, days: growth(begin, end, Fraction(365), days),
    "decay2": lambda elapsed, half_life: power(Fraction(2), -over(elapsed, half_life)),
    "mean": lambda *all: mean(all),
    "weighted_mean": lambda *pairs: weighted_mean(pairs),
    "var_sample": lambda *all: variance(all, 1),
    "var_population": lambda *all: variance(all, 0),
    "stddev_sample": lambda *all: deviation(all, 1),
    "stddev_population": lambda *all: deviation(all, 0),
    "wilson_lo": wilson(-1),
    "wilson_hi": wilson(1),
    "wald_lo": wald(-1),
    "wald_hi": wald(1),
    "agresti_coull_lo": agresti_coull(-1),
    "agresti_coull_hi": agresti_coull(1),
    "quantile": lambda kind, p, *all: quantile(kind, p, all),
}


def evaluate(op, args):
    """The exact value of an operation on texts."""
    if op == "chain":
        return chain(args)
    return OPERATIONS[op](*map(Fraction, args))


def shares(total, weights, units, method):
    """The parts of a total in units of the last place, each a multiple of `units`."""
    everything = sum(weights, Fraction(0))
    quanta = total / units
    refuse(not any(weights) or min(weights) < 0 < max(weights), "domain")
    refuse(quanta.denominator != 1, "domain")
    sign = -1 if quanta < 0 else 1
    due = [abs(quanta) * weight / everything for weight in weights]
    if method == "largest_remainder":
        parts = [share.numerator // share.denominator for share in due]
        left = whole(abs(quanta)) - sum(parts)
        by_rest = sorted(range(len(due)), key=lambda i: (parts[i] - due[i], i))
        for i in by_rest[:left]:
            parts[i] += 1
    else:
        assert method == "cumulative_half_even"
        ends = [round(sum(due[: i + 1], Fraction(0))) for i in range(len(due))]
        parts = [end - start for start, end in zip([0, *ends], ends)]
    refuse(max(parts) * units > MOST, "overflow")
    return [sign * part * units for part in parts]


def units_of(step, scale):
    units = 1 if step is None else Fraction(step) * 10**scale
    assert units > 0
    return whole(Fraction(units))


def allocate(case):
    scale = case["scale"]
    refuse(scale > 28, "domain")
    total = Fraction(case["total"]) * 10**scale
    weights = [Fraction(weight) for weight in case["weights"]]
    units = units_of(case.get("step"), scale)

    def parts(method):
        return [written(part, scale) for part in shares(total, weights, units, method)]

    if "method" in case:
        return parts(case["method"])
    return {method: parts(method) for method in ("largest_remainder", "cumulative_half_even")}


def answer(case):
    """What a case comes to, or the name of an error."""
    op, scale = case["op"], case["scale"]
    try:
        if op == "allocate":
            return {"result": allocate(case)}
        args, step = case["args"], case.get("step")
        if op == "round_step":
            step = args[1]
        assert case["mode"] in MODES
        value = evaluate(op, args)
        units = units_of(step, scale) if scale <= 28 else 1
        return {"result": written(mantissa(value, scale, case["mode"], units), scale)}
    except Refused as refused:
        return {"error": str(refused)}


def main():
    sys.set_int_max_str_digits(0)
    for line in sys.stdin:
        case = json.loads(line)
        print(json.dumps({"id": case["id"], **answer(case)}))


if __name__ == "__main__":
    main()
