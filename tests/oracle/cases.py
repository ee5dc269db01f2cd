"""What the generators of cases share: random numbers, collected cases, and hard cases.

Random arguments never come near a place where rounding changes. A hard case is made backwards: from
a value on such a place (half way between two results, or on a result) to the argument, which is
then cut to some digits, downwards and upwards. The two results must differ.
"""

import json
from fractions import Fraction

from answer import answer
from exact import MODES, written

HALVES = MODES[4:9]
DIRECTED = MODES[:4]


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

    def mode(self):
        return self.pick(MODES)


def text(value):
    """A fraction as a decimal where it is one, with an exponent where zeros would fill it."""
    value = Fraction(value)
    places, below = 0, value.denominator
    for prime in (2, 5):
        times = 0
        while below % prime == 0:
            below //= prime
            times += 1
        places = max(places, times)
    if below != 1:
        return str(value)
    units = value.numerator * 10**places // value.denominator
    digits = str(abs(units))
    if places > len(digits) + 8:
        return f"{units}e-{places}"
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros > 30:
        return f"{units // 10**zeros}e{zeros}"
    return written(units, places)


def cents(random, most=10**8):
    return written(random.between(-most // 10, most), 2)


def decimal(random):
    """A decimal of up to 96 bits."""
    units = random.bits(random.between(1, 96))
    return written(-units if random.below(3) == 0 else units, random.between(0, 28))


def floor(value, factor):
    return value * factor // 1 if isinstance(value, Fraction) else value.floor(factor)


class Cases:
    """Cases of one file, each with an id, and none twice."""

    def __init__(self, family):
        self.family, self.lines, self.counts, self.seen = family, [], {}, set()

    def collect(self, case, label=None):
        """Adds a case with what it comes to, and returns that."""
        key = json.dumps(case, sort_keys=True)
        got = answer(case)
        if key not in self.seen:
            self.seen.add(key)
            op = None if case["op"] == self.family else case["op"]
            name = "/".join(filter(None, (self.family, op, label)))
            self.counts[name] = self.counts.get(name, 0) + 1
            line = {"id": f"{name}/{self.counts[name]}", **case}
            line.update({"expect": got["result"]} if "result" in got else got)
            self.lines.append(line)
        return got

    def add(self, op, args, scale, mode, step=None, label=None):
        case = {"op": op, "args": [str(arg) for arg in args], "scale": scale, "mode": mode}
        if step is not None:
            case["step"] = step
        return self.collect(case, label)

    def straddle(self, op, args, at, digits, scale, mode, step=None, label=None):
        """Cases beside `at`, an argument whose result is a place where rounding changes.

        `args` makes the arguments out of the text that stands for `at`. A fraction that has no more
        than `digits` places is a case itself; anything else is cut to `digits` digits.
        """
        unit = Fraction(1, 10**digits)
        if isinstance(at, Fraction) and at % unit == 0:
            places = [at - unit, at, at + unit]
        else:
            finest, length = digits - 20, 0
            while length < digits:
                finest += max(digits - length, 1)
                length = len(str(abs(floor(at, Fraction(10) ** finest))))
            unit = Fraction(10) ** (length - digits - finest)
            down = floor(at, 1 / unit) * unit
            places = [down - unit, at, at + unit] if down == at else [down, down + unit]
        got = [self.add(op, args(text(place)), scale, mode, step, label) for place in places]
        if mode != "exact":
            assert got[0] != got[-1], (op, args(text(places[0])), scale, mode, got)

    def written(self):
        """The file: JSON Lines."""
        return "".join(json.dumps(line) + "\n" for line in self.lines)


def place(random, scale, most_bits=90, step=None):
    """A mode, a positive value where its results change, and how many digits that has."""
    bits = random.between(1, most_bits)
    units = random.bits(bits) + 1
    unit = Fraction(1, 10**scale) if step is None else Fraction(step)
    if random.below(3):
        return random.pick(HALVES), Fraction(2 * units + 1, 2) * unit, len(str(units))
    return random.pick(DIRECTED), units * unit, len(str(units))


def digits_for(random, needed):
    """How many digits an argument gets: mostly what a caller has, sometimes far more."""
    chance = random.below(40)
    usual = 200 if chance == 0 else 60 if chance < 4 else random.between(20, 28)
    return max(usual, needed + random.between(8, 12))
