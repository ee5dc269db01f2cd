"""Cases of a total split in proportion to weights."""

from fractions import Fraction

from cases import Cases, Random, text
from exact import MOST, written

METHODS = ["largest_remainder", "cumulative_half_even"]


def collected():
    cases, random = Cases("allocate"), Random(20250304)

    def split(total, weights, scale, step=None):
        for method in METHODS:
            case = {"op": "allocate", "total": total, "weights": [str(w) for w in weights]}
            case.update(scale=scale, method=method)
            if step is not None:
                case["step"] = step
            cases.collect(case, method)

    def weight():
        return random.pick(
            [
                lambda: str(random.between(0, 9)),
                lambda: str(random.between(1, 10**6)),
                lambda: written(random.between(0, 10**6), 2),
                lambda: f"{random.between(0, 20)}/{random.between(1, 20)}",
            ]
        )()

    for _ in range(45):
        scale = random.between(0, 6)
        total = written(random.between(-(10**6), 10**7), scale)
        weights = [weight() for _ in range(random.between(1, 12))]
        split(total, weights if any(map(Fraction, weights)) else ["1"], scale)
    for step, scale in [("0.05", 2), ("5", 0), ("0.25", 2), ("1000", 0), ("3", 1)]:
        for _ in range(5):
            total = text(Fraction(step) * random.between(-300, 3000))
            split(total, [weight() for _ in range(5)] + ["1"], scale, step)
    # Equal remainders go to the lowest index.
    for count in (2, 3, 6, 7, 11):
        split("100.00", ["1"] * count, 2)
        split("-100.00", ["1"] * count, 2)
        split("1", ["0.5"] * count, 0)
        split("0.00", ["2"] * count, 2)
    split("1000.01", ["1/7", "2/7", "4/7"], 2)
    split("10", ["3", "3", "3", "1"], 0)
    split("5", ["1", "2", "1", "2", "1"], 0)
    # Zero weights get nothing; one weight gets all; all below zero are shares like any other.
    split("10.00", ["0", "1", "0", "2", "0"], 2)
    split("0.01", ["0", "0", "7"], 2)
    split("7", ["-1", "-2", "-4"], 0)
    split("-0.07", ["-1", "-2", "0"], 2)
    # Few quanta over many weights, and weights far apart.
    split("3", [str(random.between(1, 9)) for _ in range(40)], 0)
    split("1000000.00", ["1e-28", "1", "1e28"], 2)
    split("1", ["1e-300", "1e300"], 28)
    # The edge of 96 bits.
    split(str(MOST), ["1", "1"], 0)
    split(f"-{MOST}", ["1", "2", "3"], 0)
    split(str(MOST), ["0", "1"], 0)
    split("7.9228162514264337593543950335", ["1", "2", "4"], 28)
    split(str(2 * MOST), ["1", "1"], 0)
    # What is refused.
    for total in ("10.00", "0.00"):
        split(total, ["0", "0.00"], 2)
        split(total, [], 2)
        split(total, ["1", "-2"], 2)
        split(total, ["3", "0", "-1"], 2)
    split("10.005", ["1", "1"], 2)
    split("0.12", ["1", "1"], 2, "0.05")
    split("1/3", ["1", "2"], 28)
    split(str(MOST + 1), ["0", "1"], 0)
    split(str(-MOST - 1), ["5"], 0)
    split("1", ["1"], 29)
    return cases
