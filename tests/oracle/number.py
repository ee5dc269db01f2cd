"""Vectors for exact arithmetic rounded once, computed with Python's integers and fractions only.

Run it in this folder: `python3 number.py > number.jsonl`. The seed is fixed and the random numbers
are computed here, so that the output is the same with every version of Python.

Each line is a case: `op` applied to `args`, rounded to `scale` in `mode`, in multiples of `step`
where there is one, gives `expect` or the `error`. Arguments are decimals or fractions `p/q`.
"""

import json
import sys
from fractions import Fraction

MODES = (
    "ceil floor expand trunc half_ceil half_floor half_expand half_trunc half_even exact".split()
)
MOST = 2**96 - 1


class Random:
    """A multiplicative congruential generator modulo the Mersenne prime 2^61 - 1."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        value, range_ = 0, 1
        while range_ < n << 40:
            self.state = self.state * 437799614237992725 % (2**61 - 1)
            value, range_ = value << 32 | (self.state >> 16 & 0xFFFFFFFF), range_ << 32
        return value % n

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, items):
        return items[self.below(len(items))]

    def bits(self, n):
        return self.below(1 << n)


class Refused(Exception):
    pass


def mantissa(value, scale, mode, step=1):
    """The rounded value in units of the last place."""
    if scale > 28:
        raise Refused("domain")
    steps = value * 10**scale / step
    low = steps.numerator // steps.denominator
    part = steps - low
    half = Fraction(1, 2)
    up = {
        "ceil": part > 0,
        "floor": False,
        "expand": part > 0 and value > 0,
        "trunc": part > 0 and value < 0,
        "half_ceil": part >= half,
        "half_floor": part > half,
        "half_expand": part > half or part == half and value > 0,
        "half_trunc": part > half or part == half and value < 0,
        "half_even": part > half or part == half and low % 2 == 1,
        "exact": False,
    }[mode]
    result = (low + up) * step
    if abs(result) > MOST:
        raise Refused("overflow")
    if mode == "exact" and part:
        raise Refused("inexact")
    return result


def written(units, scale):
    """Units of the last place as plain digits."""
    digits = str(abs(units)).rjust(scale + 1, "0")
    point = len(digits) - scale
    text = digits[:point] + ("." + digits[point:] if scale else "")
    return "-" + text if units < 0 else text


def evaluate(op, args):
    numbers = [] if op == "chain" else [Fraction(arg) for arg in args]
    if op == "value":
        return numbers[0]
    if op == "sum":
        return sum(numbers, Fraction(0))
    if op == "difference":
        return numbers[0] - numbers[1]
    if op == "product":
        result = Fraction(1)
        for number in numbers:
            result *= number
        return result
    if op == "quotient":
        if not numbers[1]:
            raise Refused("division_by_zero")
        return numbers[0] / numbers[1]
    if op == "power":
        exponent = int(args[1])
        if not numbers[0] and exponent < 0:
            raise Refused("division_by_zero")
        return numbers[0] ** exponent
    assert op == "chain"
    result = Fraction(args[0])
    for sign, arg in zip(args[1::2], args[2::2]):
        number = Fraction(arg)
        if sign == "/" and not number:
            raise Refused("division_by_zero")
        result = {
            "+": lambda: result + number,
            "-": lambda: result - number,
            "*": lambda: result * number,
            "/": lambda: result / number,
        }[sign]()
    return result


def case(op, args, scale, mode, step=None):
    line = {"op": op, "args": args, "scale": scale, "mode": mode}
    if step is not None:
        line["step"] = step
    try:
        units = 1
        if step is not None:
            units = Fraction(step) * 10**scale
            assert units > 0 and units.denominator == 1
            units = units.numerator
        line["expect"] = written(mantissa(evaluate(op, args), scale, mode, units), scale)
    except Refused as refused:
        line["error"] = str(refused)
    return line


def cents(random, most=10**8):
    return written(random.between(-most // 10, most), 2)


def decimal(random):
    """A decimal of up to 96 bits."""
    units = random.bits(random.between(1, 96))
    return written(-units if random.below(3) == 0 else units, random.between(0, 28))


def wide(random):
    """A fraction whose parts have between 129 and 500 bits."""
    above = random.bits(random.between(129, 500)) | 1 << 128
    below = random.bits(random.between(129, 500)) | 1 << 128
    return f"{'-' if random.below(2) else ''}{above}/{below}"


def cases(random):
    def any_mode():
        return random.pick(MODES)

    # Amounts over counts, over budgets and over each other.
    for _ in range(100):
        count, tenths = str(random.between(1, 5000)), written(random.between(1, 999), 1)
        below = random.pick([count, tenths, "200.00", cents(random, 10**6)])
        yield case("quotient", [cents(random), below], random.pick([0, 2, 4, 6]), any_mode())
    # Quotients of whatever fits a decimal.
    for _ in range(60):
        args = [decimal(random), decimal(random)]
        yield case("quotient", args, random.between(0, 28), any_mode())
    for _ in range(40):
        args = [random.pick([cents, decimal])(random) for _ in range(random.between(2, 9))]
        yield case("sum", args, random.between(0, 20), any_mode())
    for _ in range(20):
        count = random.between(2, 30)
        args = [f"{random.between(-9, 9)}/{random.between(1, 60)}" for _ in range(count)]
        yield case("sum", args, random.between(0, 20), any_mode())
    for _ in range(30):
        args = [decimal(random), decimal(random)]
        yield case("difference", args, random.between(0, 12), any_mode())
    for _ in range(40):
        args = [random.pick([cents, decimal])(random) for _ in range(random.between(2, 4))]
        yield case("product", args, random.between(0, 12), any_mode())
    for _ in range(20):
        args = [f"1.{random.between(0, 999):03}", str(random.between(-40, 40))]
        yield case("power", args, random.between(0, 20), any_mode())
    # Value of a customer, share of a month, conversion from end to end, change on the month before.
    for _ in range(20):
        lost = random.between(1, 60)
        start = lost + random.between(0, 600)
        margin = written(random.between(1, 99), 2)
        chain = [cents(random, 10**7), "/", str(start), "*", margin, "/", f"{lost}/{start}"]
        yield case("chain", chain, 2, any_mode())
        days = random.pick([28, 29, 30, 31])
        chain = [str(random.between(1, days)), "/", str(days), "*", cents(random, 10**5)]
        yield case("chain", chain, 2, any_mode())
        steps = sorted((random.between(1, 5000) for _ in range(4)), reverse=True)
        chain = ["100"]
        for before, after in zip(steps, steps[1:]):
            chain += ["*", f"{after}/{before}"]
        yield case("chain", chain, random.between(0, 3), any_mode())
        before = cents(random, 10**6)
        chain = [cents(random, 10**6), "-", before, "/", before, "*", "100"]
        yield case("chain", chain, 1, any_mode())
    # Ties and their neighbours, in every mode.
    beside = ["2.4999999999999999999999999999", "-2.50000000000000000000000000001"]
    for value in ["0.5", "1.5", "-0.5", "-1.5", *beside]:
        for mode in MODES:
            yield case("value", [value], 0, mode)
    for _ in range(5):
        scale = random.between(1, 27)
        units = random.bits(random.between(1, 80)) * 2 + 1
        for mode in MODES:
            yield case("quotient", [written(units, scale), "2"], scale, mode)
    # The edge of 96 bits, in every mode.
    for value in [f"{MOST}.5", f"-{MOST}.4", f"-{MOST}"]:
        for mode in MODES:
            yield case("value", [value], 0, mode)
    for scale in (1, 14, 28):
        edge = Fraction(MOST, 10**scale)
        yield case("value", [str(edge)], scale, "exact")
        for mode in ("ceil", "floor", "half_even", "exact"):
            yield case("value", [str(edge + Fraction(1, 10**scale * 2))], scale, mode)
    # Operands past 128 bits, by themselves and so that they cancel.
    for _ in range(15):
        yield case("value", [wide(random)], random.between(0, 28), any_mode())
        yield case("quotient", [wide(random), wide(random)], random.between(0, 9), any_mode())
        yield case("product", [wide(random), wide(random)], random.between(0, 9), any_mode())
        a, b = wide(random), decimal(random)
        yield case("chain", [a, "+", b, "-", a], 28, any_mode())
    # Steps, half of the cases between two of them.
    for step, scale in [("0.05", 2), ("0.25", 2), ("10", 0), ("0.003", 3), ("250", 2), ("7", 1)]:
        for mode in MODES:
            value = Fraction(step) * (random.between(-50, 50) * 2 + 1) / 2
            yield case("value", [str(value)], scale, mode, step)
            args = [cents(random, 10**5), str(random.between(1, 99))]
            yield case("quotient", args, scale, mode, step)
    yield case("value", [str(MOST)], 0, "ceil", "10")
    yield case("value", [str(MOST)], 0, "exact", "10")
    yield case("value", [f"-{MOST}"], 0, "exact", "10")
    # Nothing below the line, and a scale that does not exist.
    for above in ("0", "1", "-0.01"):
        yield case("quotient", [above, "0.00"], 2, "half_even")
    yield case("power", ["0", "-1"], 0, "exact")
    yield case("power", ["0", "0"], 0, "exact")
    yield case("chain", ["5", "/", "0", "*", "0"], 29, "ceil")
    yield case("value", ["1"], 29, "ceil")


if __name__ == "__main__":
    for line in cases(Random(20240229)):
        json.dump(line, sys.stdout)
        sys.stdout.write("\n")
