"""Cases of statistics: means, variances, deviations, quantiles and intervals of proportions."""

from fractions import Fraction

from answer import power, wald, wilson
from cases import Cases, Random, cents, decimal, digits_for, place, text
from exact import MODES, written
from irrational import times

HALF = Fraction(1, 2)


def values(random, most=12):
    kind = random.pick(["cents", "cents", "small", "wide"])
    return [
        {
            "cents": lambda: cents(random, 10**6),
            "small": lambda: str(random.between(-5, 20)),
            "wide": lambda: decimal(random),
        }[kind]()
        for _ in range(random.between(2, most))
    ]


def moments(cases, random):
    ops = ["mean", "var_sample", "var_population", "stddev_sample", "stddev_population"]
    for op in ops:
        for _ in range(30):
            cases.add(op, values(random), random.between(0, 12), random.mode())
        for mode in MODES:
            cases.add(op, ["1", "2", "3", "4"], random.between(0, 6), mode)
            cases.add(op, ["-0.05", "0.10", "0.15"], 2, mode)
        # Far from zero and close together, where sums of squares of floats cancel.
        near = [f"9007199254740993.{random.between(0, 9)}" for _ in range(5)]
        cases.add(op, near, 10, "half_even")
        cases.add(op, ["79228162514264337593543950335", "-79228162514264337593543950335"], 0, "trunc")
        cases.add(op, ["1e-28", "-1e-28"], 28, "ceil")
        cases.add(op, ["2.50"] * 7, 1, "exact")
        for count in (0, 1):
            for mode in ("half_even", "exact"):
                cases.add(op, ["4.20"] * count, 2, mode)
    # Two values a and b deviate by |a - b| / 2, and in a sample by |a - b| / sqrt(2).
    for scale in range(0, 25):
        mode, value, _ = place(random, scale, 50)
        first = Fraction(random.between(-(10**6), 10**6), 100)

        def args(second, first=text(first)):
            return [first, second]

        cases.straddle(
            "stddev_population", args, first + 2 * value, scale + 3, scale, mode, label="tie"
        )
        # A column holds 38 decimals.
        low = min(scale, 10)
        mode, value, _ = place(random, low, 50)
        difference, digits = times(power(Fraction(2), HALF), value), random.between(26, 28)
        cases.straddle(
            "stddev_sample", lambda x: ["0", x], difference, digits, low, mode, label="hard"
        )
        cases.add("stddev_sample", ["0", "3", "3", "6", "-3"], scale, random.mode())
        cases.add("var_sample", [text(2 * value), "0"], 2 * scale if scale < 14 else 2, mode)


def weighted(cases, random):
    for _ in range(40):
        args = []
        for value in values(random, 8):
            weight = [str(random.between(0, 50)), cents(random).lstrip("-"), "0.125", "0.5"]
            args += [value, random.pick(weight)]
        cases.add("weighted_mean", args, random.between(0, 12), random.mode())
    for mode in MODES:
        cases.add("weighted_mean", ["1", "1", "2", "3"], 1, mode)
        cases.add("weighted_mean", ["-0.005", "1", "99", "0"], 2, mode)
    for args in (["1", "0"], ["0", "0", "5", "0.00"], []):
        cases.add("weighted_mean", args, 2, "half_even")


def quantiles(cases, random):
    shares = ["0", "1", "0.5", "0.25", "0.75", "0.9", "0.95", "0.01", "0.999", "1/3", "2/3", "1/7"]
    for kind in range(1, 10):
        for _ in range(12):
            numbers = values(random, 11)
            p = random.pick([*shares, f"{random.between(0, len(numbers))}/{len(numbers)}"])
            cases.add("quantile", [kind, p, *numbers], random.between(0, 8), random.mode())
        for p in shares[:6]:
            cases.add("quantile", [kind, p, "4", "1", "3", "2"], 2, "exact")
        cases.add("quantile", [kind, "0.3", "7.77"], 2, "exact")
        for mode in MODES:
            cases.add("quantile", [kind, "0.4", "0.05", "0.15", "0.15", "0.22", "-0.3"], 1, mode)
        # On a jump, and beside it.
        for beside in (Fraction(0), Fraction(1, 10**25), Fraction(-1, 10**25)):
            for p in (HALF + beside, Fraction(3, 10) + beside, Fraction(1, 4) + beside):
                args = [kind, text(p), *range(10, 0, -1)]
                cases.add("quantile", args, 20, random.pick(["floor", "ceil"]))
        for p in ("-0.01", "1.0000000000000001"):
            cases.add("quantile", [kind, p, "1", "2"], 2, "half_even")


LEVELS = ["1", "1.28", "1.644854", "1.96", "1.959963984540054", "2", "2.5758293035489004", "3"]


def proportions(cases, random):
    kinds = {"wilson": wilson, "wald": wald, "agresti_coull": None}
    for kind, bound in kinds.items():
        for _ in range(20):
            n = random.pick([random.between(1, 40), random.between(1, 10**6)])
            k = random.pick([random.between(0, n), random.between(0, min(n, 5)), n])
            z = random.pick(LEVELS)
            scale = random.between(2, 28)
            for end in ("lo", "hi"):
                cases.add(f"{kind}_{end}", [k, n, z], scale, random.mode())
        for mode in MODES:
            for end in ("lo", "hi"):
                for args in (["30", "30", "2"], ["0", "30", "2"], ["18", "20", "1.96"]):
                    cases.add(f"{kind}_{end}", args, 6, mode)
        for end in ("lo", "hi"):
            op = f"{kind}_{end}"
            for args in (["7", "20", "0"], ["1", "2", "1"], ["50", "100", "1.5"], ["16", "25", "2"]):
                for mode in ("exact", "half_even"):
                    cases.add(op, args, 28, mode)
                    cases.add(op, args, 2, mode)
            cases.add(op, ["123456789012345678", "987654321098765432", "1.96"], 28, "half_even")
            cases.add(op, ["3", "10", "1e-28"], 28, random.mode())
            cases.add(op, ["3", "10", "1e28"], random.between(0, 28), random.mode())
            cases.add(op, ["3", "10", "19/10"], 12, random.mode())
            for args in (
                ["0", "0", "1.96"], ["1", "0", "1.96"], ["0", "0", "-1"], ["-1", "10", "1.96"],
                ["11", "10", "1.96"], ["5", "10", "-1.96"], ["5", "10", "-1e-28"],
            ):  # fmt: skip
                for mode in ("half_even", "exact"):
                    cases.add(op, args, 4, mode)
        if bound is None:
            continue
        # A level that puts the bound where rounding changes.
        for _ in range(25):
            scale = random.between(1, 18)
            n = random.between(2, 5000)
            k = random.between(1, n - 1)
            share = Fraction(k, n)
            mode, value, _ = place(random, scale, (10**scale).bit_length() - 1)
            if value >= 1 or value == share:
                continue
            end = "lo" if value < share else "hi"
            spread = value * (1 - value) if kind == "wilson" else share * (1 - share)
            at = times(power(n / spread, HALF), abs(value - share))
            digits = digits_for(random, 2 * scale + 6)

            def args(z, k=k, n=n):
                return [k, n, z]

            cases.straddle(f"{kind}_{end}", args, at, digits, scale, mode, label="hard")


def collected():
    cases, random = Cases("statistics"), Random(20250303)
    moments(cases, random)
    weighted(cases, random)
    quantiles(cases, random)
    proportions(cases, random)
    return cases
