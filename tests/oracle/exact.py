"""Exact values, and the one rounding of each: Python's integers and fractions, and no float.

A value is a `Fraction`, or an irrational number that can say where it lies: `Root`, which compares
with a fraction exactly, or `Enclosed`, which narrows an interval until no boundary is left in it.
"""

from fractions import Fraction

MODES = (
    "ceil floor expand trunc half_ceil half_floor half_expand half_trunc half_even exact".split()
)
MOST = 2**96 - 1


class Refused(Exception):
    """The name of the error that an operation answers with."""


def mantissa(value, scale, mode, step=1):
    """The rounded value in units of the last place; `step` is in the same units."""
    if scale > 28:
        raise Refused("domain")
    units = Fraction(10**scale, step)
    if isinstance(value, Fraction):
        steps = value * units
        low = steps.numerator // steps.denominator
        rest = steps - low
        negative = value < 0
    else:
        halves = value.floor(2 * units)
        low, negative = halves >> 1, halves < 0
        rest = Fraction(3 if halves & 1 else 1, 4)  # above a half, or below: it is never on one
    half = Fraction(1, 2)
    up = {
        "ceil": rest > 0,
        "floor": False,
        "expand": rest > 0 and not negative,
        "trunc": rest > 0 and negative,
        "half_ceil": rest >= half,
        "half_floor": rest > half,
        "half_expand": rest > half or rest == half and not negative,
        "half_trunc": rest > half or rest == half and negative,
        "half_even": rest > half or rest == half and low % 2 == 1,
        "exact": False,
    }[mode]
    result = (low + up) * step
    if abs(result) > MOST:
        raise Refused("overflow")
    if mode == "exact" and rest:
        raise Refused("inexact")
    return result


def written(units, scale):
    """Units of the last place as plain digits."""
    digits = str(abs(units)).rjust(scale + 1, "0")
    point = len(digits) - scale
    text = digits[:point] + ("." + digits[point:] if scale else "")
    return "-" + text if units < 0 else text


def greatest(holds):
    """The greatest integer for which `holds` is true; it is true below that and false above."""
    if holds(0):
        low, high = 0, 1
        while holds(high):
            low, high = high, high * 2
    else:
        low, high = -1, 0
        while not holds(low):
            low, high = low * 2, low
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def integer_root(number, degree):
    """The greatest integer whose power is not above a number that is not negative."""
    if degree >= number.bit_length():
        return min(number, 1)
    return greatest(lambda root: root < 0 or root**degree <= number)


def perfect_root(value, degree):
    """The rational root of a fraction that is not negative, or None where it is irrational."""
    above = integer_root(value.numerator, degree)
    below = integer_root(value.denominator, degree)
    if above**degree == value.numerator and below**degree == value.denominator:
        return Fraction(above, below)
    return None


def leading_power(number, exponent, bits):
    """`(low, high, shift)` with `low << shift <= number ** exponent <= high << shift`."""
    low, high, shift = 1, 1, 0
    for bit in bin(exponent)[2:]:
        low, high, shift = low * low, high * high, 2 * shift
        if bit == "1":
            low, high = low * number, high * number
        excess = high.bit_length() - bits
        if excess > 0:
            low, high, shift = low >> excess, -(-high >> excess), shift + excess
    return low, high, shift


def power_is_below(base, exponent, limit):
    """Whether `base ** exponent < limit`, for positive fractions."""
    if exponent > 8:
        # The leading bits settle nearly all of them.
        bits = base.numerator.bit_length() + 64
        above = leading_power(base.numerator, exponent, bits)
        below = leading_power(base.denominator, exponent, bits)
        shift = above[2] - below[2]
        left, right = (shift, 0) if shift > 0 else (0, -shift)
        n, d = limit.numerator, limit.denominator
        if (above[1] * d) << left < (below[0] * n) << right:
            return True
        if (above[0] * d) << left > (below[1] * n) << right:
            return False
    return base**exponent < limit


class Root:
    """`offset + sign * radicand ** (1 / degree)`, which is irrational."""

    def __init__(self, offset, sign, radicand, degree):
        self.offset, self.sign, self.radicand, self.degree = offset, sign, radicand, degree

    def is_above(self, place):
        beyond = (place - self.offset) * self.sign
        root_is_above = beyond <= 0 or power_is_below(beyond, self.degree, self.radicand)
        return root_is_above == (self.sign > 0)

    def floor(self, factor):
        return greatest(lambda step: self.is_above(step / factor))


class Enclosed:
    """An irrational number: `between(bits)` gives a fraction below it and one above."""

    def __init__(self, between):
        self.between = between

    def floor(self, factor):
        bits = 160
        while True:
            low, high = self.between(bits)
            first = low * factor
            first = first.numerator // first.denominator
            last = high * factor
            if -(-last.numerator // last.denominator) - 1 == first:
                return first
            bits *= 2


def surd(offset, sign, radicand, degree=2):
    """`offset + sign * radicand ** (1 / degree)` for a radicand that is not negative."""
    root = perfect_root(radicand, degree)
    return Root(offset, sign, radicand, degree) if root is None else offset + sign * root
