"""Exponential and logarithm between two fractions, by continued fractions.

All terms of the two continued fractions are positive. So whatever is cut off is not negative, each
quotient of the rest is monotonic in it, and an interval from zero to infinity for what was cut off
narrows to one that encloses the value. No bound of a remainder is needed.

    tanh y    = y / (1 + y^2 / (3 + y^2 / (5 + y^2 / (7 + ...))))
    ln(1 + x) = x / (1 + 1x / (2 + 1x / (3 + 4x / (4 + 4x / (5 + 9x / (6 + 9x / (7 + ...)))))))
"""

from fractions import Fraction
from functools import lru_cache

from exact import Refused


def outward(low, high, bits):
    """The same interval with ends of about `bits` significant bits, and not narrower."""
    scale = bits - (low.numerator.bit_length() - low.denominator.bit_length())
    unit = Fraction(2) ** -scale
    return low // unit * unit, -(-high // unit) * unit


def continued_fraction(term, bits):
    """Two fractions less than `2 ** -bits` apart with `first / (1 + second / (...))` between them.

    `term(n)` is the numerator and the integer before the next one. It is evaluated from the tail, of
    which no more is said than that it is not negative.
    """
    fine = bits + 16
    count = 8
    while True:
        low, high = 0, None
        for n in range(count, 0, -1):
            numerator, integer = term(n)
            scaled, integer = numerator * (1 << 2 * fine), integer << fine
            above = -(-scaled // (integer + low))
            low = 0 if high is None else scaled // (integer + high)
            high = above
        if high - low < 1 << 16:
            return Fraction(low, 1 << fine), Fraction(high, 1 << fine)
        count *= 2


def tanh(y, bits):
    square = y * y
    return continued_fraction(lambda n: (y if n == 1 else square, 2 * n - 1), bits)


def log1p(x, bits):
    return continued_fraction(lambda n: (x if n == 1 else (n // 2) ** 2 * x, n), bits)


def exp_of_part(x, bits):
    """The exponential of a fraction from 0 to 1."""
    if not x:
        return Fraction(1), Fraction(1)
    low, high = tanh(x / 2, bits)
    return outward((1 + low) / (1 - low), (1 + high) / (1 - high), bits)


@lru_cache(maxsize=None)
def power_of_e(n, bits):
    low, high = exp_of_part(Fraction(1), bits + 16)
    return outward(low**n, high**n, bits) if n >= 0 else outward(high**n, low**n, bits)


def exp_down(x, bits):
    whole = x // 1
    return power_of_e(whole, bits)[0] * exp_of_part(x - whole, bits)[0]


def exp_up(x, bits):
    whole = x // 1
    return power_of_e(whole, bits)[1] * exp_of_part(x - whole, bits)[1]


def exp_between(low, high, bits):
    """The exponential of all that lies from `low` to `high`."""
    if low > 100:
        raise Refused("overflow")  # above 2^96 at any scale
    if high < -100:
        return Fraction(0), Fraction(1, 10**40)
    assert high - low < 1
    fine = Fraction(1, 1 << bits)
    return exp_down(low // fine * fine, bits), exp_up(-(-high // fine) * fine, bits)


@lru_cache(maxsize=None)
def ln_of_two(bits):
    return log1p(Fraction(1), bits)


@lru_cache(maxsize=8)
def ln_between(y, bits):
    """The natural logarithm of a positive fraction other than 1, to about `bits` bits of it."""
    # Close to 1 the logarithm is small, and its leading bits are far behind the point.
    distance = abs(y - 1)
    far = max(0, distance.denominator.bit_length() - distance.numerator.bit_length())
    fine = bits + far + 16
    if y < 1:
        low, high = ln_between(1 / y, bits)
        return -high, -low
    twos = y.numerator.bit_length() - y.denominator.bit_length()
    if Fraction(2) ** twos > y:
        twos -= 1
    rest = y / Fraction(2) ** twos - 1
    low, high = Fraction(0), Fraction(0)
    if rest:
        unit = Fraction(1, 1 << fine)
        down, up = rest // unit * unit, -(-rest // unit) * unit
        low = log1p(down, fine)[0] if down else Fraction(0)
        high = log1p(up, fine)[1]
    if twos:
        two = ln_of_two(fine + twos.bit_length())
        low, high = low + twos * two[0], high + twos * two[1]
    return low, high


def quotient(above, below):
    """An interval over an interval that is above zero."""
    return (
        above[0] / below[1 if above[0] > 0 else 0],
        above[1] / below[0 if above[1] > 0 else 1],
    )
