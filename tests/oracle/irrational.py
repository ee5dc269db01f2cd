"""Cases of roots, powers, exponentials, logarithms, growth and decay."""

from fractions import Fraction

from answer import exp, ln, log10, power
from cases import Cases, Random, cents, decimal, digits_for, place, text
from enclose import ln_between, quotient
from exact import MODES, MOST, Enclosed

SCALES = range(29)
STEPS = [("0.05", 2), ("0.25", 2), ("10", 0), ("0.003", 3), ("7", 1)]


def positive(random, most_bits=96):
    units = random.bits(random.between(1, most_bits)) + 1
    return Fraction(units, 10 ** random.between(0, 28))


def roots(cases, random):
    """Exact roots, half way between two results, and one unit of the last place beside."""
    for scale in SCALES:
        for degree in (2, random.between(3, 5), random.between(6, 40)):
            op = "sqrt" if degree == 2 and scale % 2 else "root"

            def args(number, op=op, degree=degree):
                return [number] if op == "sqrt" else [number, str(degree)]

            # Long roots of low degree, short ones of high degree.
            least_scale = min(scale, 160 // degree)
            mode, value, _ = place(random, least_scale, 90 if degree < 4 else 180 // degree + 2)
            exact = value**degree
            cases.straddle(
                op, args, exact, degree * (least_scale + 1), least_scale, mode, label="tie"
            )
            cases.add(op, args(text(exact)), least_scale, "exact", label="tie")
            cases.add(op, args(text(exact)), least_scale + 1, "exact", label="tie")
            mode, value, needed = place(random, scale, 60)
            if degree % 2:
                cases.add(op, args(text(-(value**degree))), least_scale, random.mode())
            # The same place cut to fewer digits than it has.
            near = value**degree
            unit = Fraction(1, 10 ** digits_for(random, needed + scale))
            down = near // unit * unit
            if near != down:
                for beside in (down, down + unit):
                    cases.add(op, args(text(beside)), scale, mode, label="near")
    for degree in (2, 3, 7, 19):
        for mode in MODES:
            cases.add("root", ["12.5", degree], random.between(0, 27), mode)
            if degree % 2:
                cases.add("root", ["-12.5", degree], random.between(0, 27), mode)
    for scale in SCALES:
        cases.add("sqrt", [text(positive(random))], scale, random.mode())
        fraction = f"{random.bits(60) + 1}/{random.bits(60) + 1}"
        cases.add("root", [fraction, random.between(2, 9)], scale, random.mode())
    for step, scale in STEPS:
        for mode in MODES:
            _, value, _ = place(random, scale, 12, step)
            cases.add("sqrt", [text(value**2)], scale, mode, step, "step")
            cases.add("root", [text(-(value**3)), 3], scale, mode, step, "step")
    # Perfect powers of fractions, and their neighbours.
    for base, degree in [("8/27", 3), ("16/81", 4), ("1/1024", 10), ("121/144", 2), ("1/32", 5)]:
        for beside in (0, Fraction(1, 10**30), Fraction(-1, 10**30)):
            args = [str(Fraction(base) + beside), degree]
            for mode in ("exact", "ceil", "floor"):
                cases.add("root", args, 5, mode, label="perfect")
    # Edges.
    for number in ("0", "0.00", "1", "1e-28", "1e-300", "1e300", "1e56", str(MOST)):
        for scale in (0, 14, 28):
            cases.add("sqrt", [number], scale, random.pick(["ceil", "floor", "exact"]))
            cases.add("root", [number, 5], scale, random.pick(["ceil", "trunc", "half_even"]))
            cases.add("root", [number, 1], scale, random.pick(["expand", "half_even", "exact"]))
    for beside in (-1, 0, 1):
        for mode in ("ceil", "floor", "half_even", "exact"):
            cases.add("sqrt", [MOST**2 + beside], 0, mode, label="edge")
            cases.add("root", [-(MOST**3) + beside, 3], 0, mode, label="edge")
            cases.add("sqrt", [(2 * MOST + 1) ** 2 // 4 + beside], 0, mode, label="edge")
    for number in ("1.000001", "2", "0.5", "1e300", "1e-300"):
        for degree in (100, 365, 1000):
            cases.add("root", [number, degree], random.between(0, 28), random.mode(), label="high")
    for number in ("-1", "-0.01", "-1e300"):
        cases.add("sqrt", [number], 2, "half_even")
        cases.add("root", [number, 4], 2, "exact")
        cases.add("root", [number, 0], 2, "ceil")
    cases.add("root", ["2", 0], 2, "floor")
    cases.add("root", ["0", 0], 2, "floor")
    cases.add("sqrt", ["2"], 29, "floor")


def exponentials(cases, random):
    for scale in list(SCALES) * 2:
        mode, value, needed = place(random, scale)
        digits = digits_for(random, needed)
        cases.straddle("exp", lambda x: [x], ln(value), digits, scale, mode, label="hard")
    for scale in SCALES:
        cases.add("exp", [text(Fraction(random.between(-900, 450), 10))], scale, random.mode())
        x = f"{random.between(-2000, 2000)}/{random.between(1, 400)}"
        cases.add("exp", [x], scale, random.mode())
        cases.add("exp", [decimal(random)], scale, random.mode())
        # Half of the last place, and the least result there is.
        for value, modes in [
            (Fraction(1, 2 * 10**scale), ("half_even", "half_expand")),
            (Fraction(1, 10**scale), ("floor", "ceil")),
        ]:
            if value < 1:
                at, digits, mode = ln(value), random.between(20, 40), random.pick(modes)
                cases.straddle("exp", lambda x: [x], at, digits, scale, mode, label="least")
        # The largest result.
        for value, mode in [] if scale % 4 else [
            (Fraction(MOST, 10**scale), "ceil"),
            (Fraction(2 * MOST + 1, 2 * 10**scale), "half_trunc"),
            (Fraction(MOST + 1, 10**scale), "floor"),
            (Fraction(MOST + 1, 10**scale), "exact"),
        ]:
            digits = random.between(40, 60)
            cases.straddle("exp", lambda x: [x], ln(value), digits, scale, mode, label="most")
    for step, scale in STEPS:
        for _ in range(3):
            mode, value, needed = place(random, scale, 40, step)
            digits = digits_for(random, needed)
            cases.straddle("exp", lambda x: [x], ln(value), digits, scale, mode, step, "step")
    for x in ("1e-28", "-1e-28", "1e-300", "-1e-300", "0.5", "-0.5", "1", "-1"):
        for mode in MODES:
            cases.add("exp", [x], random.between(0, 28), mode)
    for x in ("0", "0.00", "-0"):
        for scale in (0, 2, 28):
            cases.add("exp", [x], scale, "exact")
    for x in ("100", "1e30", "1e300", "67", "-67", "-100", "-1e30", "-1e300"):
        for mode in ("ceil", "floor", "half_expand", "exact"):
            cases.add("exp", [x], random.pick([0, 2, 28]), mode)
    cases.add("exp", ["1"], 29, "floor")


def logarithms(cases, random):
    for op, inverse, most in [
        ("ln", exp, 66),
        ("log10", lambda y: power(Fraction(10), y), 28),
    ]:
        for scale in list(SCALES) * 2:
            bits = min(90, (most * 10**scale).bit_length() - 1)
            mode, value, _ = place(random, scale, bits)
            if op == "log10" and value.denominator == 1:
                continue  # exact; below
            if random.below(2):
                # Towards zero is up, below zero.
                value = -value
            digits = digits_for(random, scale)
            cases.straddle(op, lambda x: [x], inverse(value), digits, scale, mode, label="hard")
        for scale in SCALES:
            cases.add(op, [text(positive(random))], scale, random.mode())
            x = f"{random.bits(200) + 1}/{random.bits(200) + 1}"
            cases.add(op, [x], scale, random.mode())
            # About 1, where the result is about zero.
            value = Fraction(random.pick([1, -1]), 2 * 10**scale)
            at, digits = inverse(value), scale + random.between(20, 40)
            mode = random.pick(["half_even", "half_expand"])
            cases.straddle(op, lambda x: [x], at, digits, scale, mode, label="least")
        for step, scale in STEPS:
            for _ in range(3):
                mode, value, _ = place(random, scale, 3, step)
                if op == "log10" and value.denominator == 1:
                    continue
                digits = digits_for(random, scale)
                cases.straddle(
                    op, lambda x: [x], inverse(value), digits, scale, mode, step, "step"
                )
        for x in ("2", "0.5", "1e-28", "1e-300", "1e300", "9e4000", "1/3", str(MOST)):
            for mode in MODES:
                cases.add(op, [x], random.between(0, 25), mode)
        for tiny in ("1e-28", "1e-100", "1e-300"):
            for beside in (Fraction(tiny), -Fraction(tiny)):
                for mode in ("ceil", "floor", "expand", "half_even", "exact"):
                    cases.add(op, [text(1 + beside)], random.pick([2, 28]), mode, label="about_1")
        for x in ("1", "1.000"):
            cases.add(op, [x], random.between(0, 28), "exact")
        for x in ("0", "0.00", "-1", "-1e-300", "-1/3"):
            for mode in ("half_even", "exact"):
                cases.add(op, [x], 2, mode)
        cases.add(op, ["2"], 29, "floor")
    for n in (-4096, -300, -28, -7, -1, 1, 2, 3, 28, 29, 300, 4096):
        cases.add("log10", [f"1e{n}"], random.between(0, 20), "exact", label="perfect")
        if abs(n) < 100:
            for beside in (Fraction(1, 10**30), Fraction(-1, 10**30)):
                x = text(Fraction(10) ** n * (1 + beside))
                for mode in ("floor", "ceil"):
                    cases.add("log10", [x], random.between(0, 25), mode, label="perfect")


EXPONENTS = (
    "1/2 2/3 3/2 5/7 7/12 1/12 12/5 -1/2 -5/3 -1/7 0.07 1.5 0.999 -2.25 2 3 -3 1/365 90/365 17/400"
).split()


def powers(cases, random):
    for scale in SCALES:
        for _ in range(2):
            exponent = random.pick(EXPONENTS)
            mode, value, needed = place(random, scale)
            if abs(Fraction(exponent)) < Fraction(1, 20):
                # About 1, or the base has thousands of digits.
                value += 1 - value // 1
                needed += scale
            at = power(value, 1 / Fraction(exponent))
            digits = digits_for(random, needed + 3)

            def args(base, exponent=exponent):
                return [base, exponent]

            cases.straddle("power", args, at, digits, scale, mode, label="hard")
        # The exponent is what is hard.
        for _ in range(2):
            base = Fraction(random.pick(["2", "10", "1.05", "0.9", "7/3", "1.0001", "123.45"]))
            mode, value, needed = place(random, scale)

            def args(exponent, base=str(base)):
                return [base, exponent]

            digits = digits_for(random, needed + 3)
            at = logarithm(value, base)
            cases.straddle("power", args, at, digits, scale, mode, label="exponent")
        base, exponent = positive(random, 60), random.pick(EXPONENTS)
        cases.add("power", [text(base), exponent], scale, random.mode())
        exponent = f"{random.between(-40, 40)}/{random.between(1, 40)}"
        cases.add("power", [text(Fraction(random.between(1, 9999), 100)), exponent], scale, "trunc")
        cases.add("power", [text(positive(random, 40)), exponent], scale, random.mode())
        exponent = text(Fraction(random.between(-999999, 999999), 10**6))
        cases.add("power", [text(Fraction(random.between(1, 9999), 100)), exponent], scale, "ceil")
    for step, scale in STEPS:
        mode, value, needed = place(random, scale, 40, step)
        at = power(value, Fraction(12, 7))
        cases.straddle(
            "power", lambda b: [b, "7/12"], at, digits_for(random, needed), scale, mode, step, "step"
        )
    # Rational results and their neighbours.
    perfect = [("8/27", "2/3"), ("8/27", "-2/3"), ("0.25", "1.5"), ("32", "0.2"), ("1/1024", "-0.3")]
    perfect += [("1.21", "-1/2"), ("0.0081", "0.75"), ("1e-28", "1/4"), ("1e28", "-3/4")]
    perfect += [("1048576", "0.05"), ("1.1576250", "2/3"), ("2.25", "3.5"), ("1e-300", "1/300")]
    for base, exponent in perfect:
        for mode in ("exact", "half_even", "expand"):
            cases.add("power", [base, exponent], 6, mode, label="perfect")
        for beside in (1 + Fraction(1, 10**32), 1 - Fraction(1, 10**32)):
            args = [text(Fraction(base) * beside), exponent]
            for mode in ("ceil", "floor"):
                cases.add("power", args, random.between(2, 20), mode, label="perfect")
    for exponent in ("0.5", "1.5", "-0.5"):
        for _ in range(4):
            scale = random.between(0, 8)
            _, value, _ = place(random, scale, 20)
            if exponent == "-0.5":
                value = 1 / value
            for mode in MODES[4:]:
                args = [text(value**2), exponent]
                cases.add("power", args, scale * 3 + 2 if exponent == "1.5" else scale, mode)
    for mode in MODES:
        cases.add("power", ["1.07", "7/12"], 4, mode)
        cases.add("power", ["0.93", "-7/12"], random.between(0, 28), mode)
        cases.add("power", ["2", "1e-28"], random.between(0, 28), mode)
        cases.add("power", ["2", "-1e-300"], random.between(0, 28), mode)
        cases.add("power", ["1e-300", "1/3000"], random.between(0, 28), mode)
    edges = [("0", "0"), ("0", "1/2"), ("0.00", "3"), ("5", "0"), ("-5", "0"), ("1", "1/3")]
    edges += [("1", "1e300"), ("1", "-1e300"), ("-1", "3"), ("-1", "-4"), ("-2", "3"), ("-2", "-3")]
    edges += [("-0.5", "2"), ("10", "28"), ("10", "29"), ("10", "-28"), ("10", "-29"), ("2", "96")]
    edges += [("2", "95.9999999999999999999999999999"), ("2", "1000"), ("0.5", "1000"), ("2", "-97")]
    edges += [("1e300", "1e300"), ("1e-300", "-1e300"), ("1e300", "-1e300"), ("0.999", "1e300")]
    edges += [("0", "-1"), ("0", "-1/2"), ("0.00", "-1e300"), ("-1", "1/3"), ("-8", "1/3")]
    edges += [("-8", "0.5"), ("-1e-300", "-0.1"), ("0.999999", "1000000"), ("1.000001", "2000000")]
    for base, exponent in edges:
        for mode in ("ceil", "floor", "half_even", "exact"):
            cases.add("power", [base, exponent], random.pick([0, 2]), mode, label="edge")
    cases.add("power", ["2", "1/2"], 29, "floor")


def logarithm(value, base):
    """The exponent that makes `value` out of `base`; for bases that are no powers themselves."""
    for n in range(-100, 101):
        if base**n == value:
            return Fraction(n)

    def between(bits):
        above, below = ln_between(value, bits), ln_between(base, bits)
        if below[1] < 0:
            above, below = (-above[1], -above[0]), (-below[1], -below[0])
        return quotient(above, below)

    return Enclosed(between)


def growths(cases, random):
    for scale in range(0, 13):
        for _ in range(3):
            # End values that make the growth a tie, and their neighbours.
            n = random.between(1, 24 // (scale + 1) + 1)
            mode, value, _ = place(random, scale, 3 * scale + 4)
            if random.below(3) == 0 and value < 1:
                value = -value
            begin = Fraction(random.between(1, 10**7), 100)
            end = begin * (1 + value) ** n
            places = n * (scale + 1) + 2

            def args(end, begin=text(begin), n=n):
                return [begin, end, str(n)]

            cases.straddle("cagr_n", args, end, places, scale, mode, label="tie")
            cases.add("cagr_n", args(text(end)), scale + 1, "exact", label="tie")
    for scale in SCALES:
        # The same cut to some digits: many periods, negative ones, and days.
        for op in ("cagr_n", "cagr_days"):
            mode, value, needed = place(random, scale, min(90, 3 * scale + 6))
            if random.below(3) == 0 and value < 1:
                value = -value
            begin = Fraction(random.between(1, 10**7), 100)
            if op == "cagr_n":
                periods = Fraction(random.pick([2, 3, 5, 7, 12, 30, 60, -1, -2, -12]))
            else:
                periods = Fraction(random.pick([1, 7, 28, 30, 90, 91, 364, 366, 730, 1000, -30]))
            years = 1 if op == "cagr_n" else 365
            at = times(power(1 + value, periods / years), begin)
            digits = digits_for(random, needed + scale)

            def args(end, begin=text(begin), periods=text(periods)):
                return [begin, end, periods]

            cases.straddle(op, args, at, digits, scale, mode, label="hard")
        begin, end = cents(random, 10**9), cents(random, 10**9)
        begin, end = begin.lstrip("-"), end.lstrip("-")
        cases.add("cagr_n", [begin, end, random.between(1, 40)], scale, random.mode())
        cases.add("cagr_days", [begin, end, random.between(1, 3000)], scale, random.mode())
        cases.add("cagr_days", [begin, end, random.pick([365, 730, 3650])], scale, random.mode())
    for op, periods in (("cagr_n", 3), ("cagr_n", 1), ("cagr_days", 1095), ("cagr_days", 365)):
        for mode in MODES:
            cases.add(op, ["1000", "1331", periods], 4, mode)
            cases.add(op, ["1000", "1331.00000000000000000000000001", periods], 1, mode)
            cases.add(op, ["-1000", "-999", periods], random.between(0, 20), mode)
            cases.add(op, ["0.0001", "1", periods], random.between(0, 12), mode)
    for op in ("cagr_n", "cagr_days"):
        edges = [("100", "0", 5), ("100", "0", 1), ("100", "100", 7), ("-5", "-5", 2)]
        edges += [("0", "100", 5), ("0", "0", 5), ("0", "-1", 0), ("1", "2", 0), ("0", "0", 0)]
        edges += [("1", "-2", 3), ("-1", "2", 2), ("1", "-2", 0), ("100", "0", -1), ("100", "0", -7)]
        edges += [("1", "2", -1), ("4", "1", -2), ("1", "1e-300", 1), ("1", "1e300", 1)]
        edges += [("1e-300", "1e300", 1000), ("1e300", "1e-300", 365), ("1", "1e28", 1)]
        for begin, end, periods in edges:
            for mode in ("ceil", "exact"):
                cases.add(op, [begin, end, periods], random.pick([0, 2, 6]), mode, label="edge")
        cases.add(op, ["1", "2", "3"], 29, "floor")


def times(value, factor):
    """A value times a fraction above zero."""
    if isinstance(value, Fraction):
        return value * factor

    def between(bits):
        unit = 1 << bits
        low = value.floor(Fraction(unit))
        return Fraction(low, unit) * factor, Fraction(low + 1, unit) * factor

    return Enclosed(between)


def decays(cases, random):
    for scale in list(SCALES) * 2:
        mode, value, needed = place(random, scale, min(90, scale * 10 // 3 + 1))
        half_life = Fraction(random.pick(["1", "7", "8", "30", "0.5", "5730", "2.7"]))
        at = times(logarithm(value, Fraction(1, 2)), half_life)
        digits = digits_for(random, needed)

        def args(elapsed, half_life=text(half_life)):
            return [elapsed, half_life]

        cases.straddle("decay2", args, at, digits, scale, mode, label="hard")
    for scale in SCALES:
        half_life = random.between(1, 30)
        cases.add("decay2", [random.between(0, 400), half_life], scale, random.mode())
        cases.add("decay2", [random.between(-100, 100), half_life], scale, random.mode())
        elapsed = text(Fraction(random.between(1, 10**7), 10**4))
        cases.add("decay2", [elapsed, text(Fraction(half_life, 8))], scale, random.mode())
        for elapsed in (half_life * random.between(0, 30), -half_life * random.between(0, 60)):
            cases.add("decay2", [elapsed, half_life], scale, random.mode(), label="whole")
            cases.add("decay2", [elapsed, half_life], scale, "exact", label="whole")
    for mode in MODES:
        for elapsed in ("0", "7", "21", "3.5", "7.0000000000000000000000000001", "-7", "1e-300"):
            cases.add("decay2", [elapsed, "7"], random.between(0, 28), mode)
        cases.add("decay2", ["11", "7"], 2, mode, "0.05", "step")
    for elapsed, half_life in [
        ("0", "0"), ("1", "0"), ("1", "-1"), ("-1", "-2"), ("1e300", "1"), ("-1e300", "1"),
        ("1", "1e300"), ("-1", "1e300"), ("1", "1e-300"), ("0", "1e-300"), ("97", "-1"), ("95", "-1"),
        ("96", "-1"), ("28", "1"), ("1e6", "1e3"), ("1/3", "1/7"),
    ]:  # fmt: skip
        for mode in ("ceil", "floor", "half_even", "exact"):
            cases.add("decay2", [elapsed, half_life], random.pick([0, 2, 28]), mode, label="edge")


def collected():
    cases, random = Cases("irrational"), Random(20250301)
    roots(cases, random)
    exponentials(cases, random)
    logarithms(cases, random)
    powers(cases, random)
    growths(cases, random)
    decays(cases, random)
    return cases
