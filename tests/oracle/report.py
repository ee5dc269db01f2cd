"""The report of a model over facts, without the library.

    python3 tests/oracle/report.py MODEL.json FACTS.csv AS_OF

Prints the report as JSON, in the documented order. Written from the documentation of the crate
alone (`model::document`, `model::report` and the items that they name), for Python 3.11 and later,
standard library only. Numbers are integers and `fractions.Fraction`; there is no float and no
`decimal` in it.

A finding's `message` is prose and left out. Definitions of the catalog that the models use
stand in the table CATALOG, as read from the catalog's source by hand. The document is taken to be
valid: problems of a document are the library's to tell, and not looked at here.
"""

import csv
import datetime
import itertools
import json
import re
import sys
from fractions import Fraction

ONE_DAY = datetime.timedelta(days=1)

# --------------------------------------------------------------------------- values

# A reason that stands earlier wins where several meet.
REASONS = [
    "missing",
    "not_additive",
    "inconsistent",
    "unbounded_good",
    "unbounded_bad",
    "unbounded",
    "no_base",
    "capacity",
]
CAPACITY_BITS = 16_384
PRINTED_BITS = 4_096
DECIMAL_LIMIT = 1 << 96


def reasons_of(rows):
    """How many values of a table are undefined, by reason."""
    values = [value for row in rows for value in row["values"] if "undefined" in value]
    counts = {reason: sum(value["undefined"] == reason for value in values) for reason in REASONS}
    return {reason: count for reason, count in counts.items() if count}


class Undefined:
    """A value that is not there, and why."""

    def __init__(self, reason):
        self.rank = REASONS.index(reason)

    @property
    def reason(self):
        return REASONS[self.rank]


MISSING = Undefined("missing")
NOT_ADDITIVE = Undefined("not_additive")
NO_BASE = Undefined("no_base")


def defined(value):
    return not isinstance(value, Undefined)


def bits(number):
    return max(abs(number.numerator).bit_length(), number.denominator.bit_length())


def worst(values):
    """The reason that stands first among values of which at least one is undefined."""
    return min((v for v in values if not defined(v)), key=lambda v: v.rank)


def lift(function, *values):
    """Applies a function to numbers; undefined where one of them is."""
    if all(map(defined, values)):
        return function(*values)
    return worst(values)


def bounded(value):
    """A step of a formula: a number beyond the limit on size is undefined."""
    if defined(value) and bits(value) > CAPACITY_BITS:
        return Undefined("capacity")
    return value


# What n/0 means for a positive n; a negative one is the opposite.
OPPOSITE = {
    "unbounded": "unbounded",
    "unbounded_good": "unbounded_bad",
    "unbounded_bad": "unbounded_good",
    "inconsistent": "inconsistent",
}


def quotient(upper, lower, over_zero="unbounded"):
    def divide(n, d):
        if d != 0:
            return n / d
        if n == 0:
            return NO_BASE
        return Undefined(over_zero if n > 0 else OPPOSITE[over_zero])

    return lift(divide, upper, lower)


def read_number(text):
    """An integer, or text: a decimal or a fraction of two of them."""
    if isinstance(text, bool) or not isinstance(text, (int, str)):
        raise ValueError(f"{text!r} is no exact number")
    upper, _, lower = str(text).partition("/")
    return Fraction(upper) / Fraction(lower or 1)


# --------------------------------------------------------------------------- digits


def to_steps(value, mode):
    """A fraction to an integer by one of the ten modes; None where `exact` refuses."""
    low = value.numerator // value.denominator
    if low == value:
        return low
    if mode == "exact":
        return None
    high = low + 1
    inner, outer = (low, high) if value > 0 else (high, low)
    always = {"ceil": high, "floor": low, "expand": outer, "trunc": inner}
    if mode in always:
        return always[mode]
    below, above = value - low, high - value
    if below != above:
        return low if below < above else high
    ties = {
        "half_ceil": high,
        "half_floor": low,
        "half_expand": outer,
        "half_trunc": inner,
        "half_even": low if low % 2 == 0 else high,
    }
    return ties[mode]


class Display:
    SIGNS = {"plain": (1, ""), "percent": (100, "%"), "per_mille": (1000, "‰")}

    def __init__(self, scale, mode, style="plain", step=None, grouped=False):
        self.scale, self.mode, self.style, self.grouped = scale, mode, style, grouped
        self.step = step if step is not None else Fraction(1, 10**scale)

    def percent(self):
        """The same rounding, as a percentage."""
        return Display(self.scale, self.mode, "percent", self.step)

    def show(self, value):
        """The text; None where the digits do not fit."""
        factor, sign = self.SIGNS[self.style]
        steps = to_steps(value * factor / self.step, self.mode)
        if steps is None:
            return None
        places = steps * self.step * 10**self.scale
        assert places.denominator == 1
        places = int(places)
        if abs(places) >= DECIMAL_LIMIT:
            return None
        digits = str(abs(places)).rjust(self.scale + 1, "0")
        whole = digits[: len(digits) - self.scale]
        part = digits[len(digits) - self.scale :]
        if self.grouped:
            head = len(whole) % 3
            groups = [whole[:head]] if head else []
            groups += [whole[i : i + 3] for i in range(head, len(whole), 3)]
            whole = ",".join(groups)
        text = whole + ("." + part if part else "")
        return ("-" if places < 0 else "") + text + sign


def read_display(node, base):
    """A display of the document; only scale and mode are taken from the model's."""
    step = node.get("step")
    return Display(
        node.get("scale", base.scale if base else None),
        node.get("mode", base.mode if base else None),
        node.get("as") or "plain",
        None if step is None else read_number(step),
        bool(node.get("grouped")),
    )


# --------------------------------------------------------------------------- units

SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
TIMES = [*SECONDS, "month", "quarter", "year"]


class Unit:
    """A product of bases with exponents, as a dictionary."""

    def __init__(self, bases):
        self.bases = {base: e for base, e in bases.items() if e}

    @classmethod
    def read(cls, text):
        bases, sign = {}, 1
        for part in re.split(r"([*/])", text.replace(" ", "")):
            if part in "*/":
                sign = 1 if part == "*" else -1
            elif part != "1":
                name, _, exponent = part.partition("^")
                bases[name] = bases.get(name, 0) + sign * int(exponent or 1)
        return cls(bases)

    @property
    def clock(self):
        """The one base that converts, if there is one."""
        return next((base for base in self.bases if base in SECONDS), None)

    def times(self, other, sign=1):
        """The unit of a product (of a quotient for sign -1), and the factor that goes with it."""
        bases, factor = dict(self.bases), Fraction(1)
        for base, exponent in other.bases.items():
            exponent *= sign
            if base in SECONDS and self.clock:
                factor *= Fraction(SECONDS[base], SECONDS[self.clock]) ** exponent
                base = self.clock
            bases[base] = bases.get(base, 0) + exponent
        return Unit(bases), factor

    def power(self, exponent):
        return Unit({base: e * exponent for base, e in self.bases.items()})

    def factor_to(self, other):
        """What turns a number in this unit into one in the other."""
        if self.bases == other.bases:
            return Fraction(1)
        here, there = self.clock, other.clock
        assert here and there, f"{self} and {other} count different things"
        exponent = self.bases[here]
        plain = {base: e for base, e in self.bases.items() if base != here}
        assert {**plain, there: exponent} == other.bases, f"{self} and {other}"
        return Fraction(SECONDS[here], SECONDS[there]) ** exponent

    def __str__(self):
        def place(base):
            if base in TIMES:
                return 2, TIMES.index(base), base
            return (0 if base.isupper() else 1), 0, base

        def factor(base):
            exponent = abs(self.bases[base])
            return base if exponent == 1 else f"{base}^{exponent}"

        order = sorted(self.bases, key=place)
        upper = "*".join(factor(base) for base in order if self.bases[base] > 0)
        lower = "".join("/" + factor(base) for base in order if self.bases[base] < 0)
        return (upper or "1") + lower


# --------------------------------------------------------------------------- calendar


class Period:
    """Days from `first` to `last`, both included."""

    def __init__(self, first, last):
        self.first, self.last = first, last

    @property
    def days(self):
        return (self.last - self.first).days + 1

    def __iter__(self):
        return (self.first + i * ONE_DAY for i in range(self.days))

    def __contains__(self, day):
        return self.first <= day <= self.last

    def until(self, day):
        return Period(self.first, min(self.last, day)) if self.first <= day else None

    def preceding(self):
        return Period(self.first - self.days * ONE_DAY, self.first - ONE_DAY)


def parse_day(text):
    return datetime.date.fromisoformat(text)


class Calendar:
    def __init__(self, year_begins=1):
        self.begins = year_begins

    def months(self, year, skip, count):
        """`count` months from month `skip` (from 0) of a year of this calendar."""

        def first_of(months):
            return datetime.date(months // 12, months % 12 + 1, 1)

        start = year * 12 + self.begins - 1 + skip
        if self.begins > 1:
            start -= 12  # the year has the number of the one in which it ends
        return Period(first_of(start), first_of(start + count) - ONE_DAY)

    def bucket(self, day, grain):
        """Name and days of the bucket that a day lies in."""
        if grain == "day":
            return day.isoformat(), Period(day, day)
        if grain == "week":
            year, week, weekday = day.isocalendar()
            monday = day - (weekday - 1) * ONE_DAY
            return f"{year:04}-W{week:02}", Period(monday, monday + 6 * ONE_DAY)
        if grain == "month":
            count = day.year * 12 + day.month - 1
            first = datetime.date(day.year, day.month, 1)
            after = datetime.date((count + 1) // 12, (count + 1) % 12 + 1, 1)
            return f"{day.year:04}-{day.month:02}", Period(first, after - ONE_DAY)
        late = self.begins > 1 and day.month >= self.begins
        year, month = day.year + late, (day.month - self.begins) % 12
        name = f"{'FY' if self.begins > 1 else ''}{year:04}"
        if grain == "quarter":
            return f"{name}-Q{month // 3 + 1}", self.months(year, month // 3 * 3, 3)
        return name, self.months(year, 0, 12)

    def cut(self, period, grain):
        """Name, days in the period, and all days of each bucket."""
        day = period.first
        while day <= period.last:
            name, whole = self.bucket(day, grain)
            yield name, Period(max(day, whole.first), min(period.last, whole.last)), whole
            day = whole.last + ONE_DAY

    def period(self, node):
        if isinstance(node, dict):
            return Period(parse_day(node["first"]), parse_day(node["last"]))
        if match := re.fullmatch(r"(\d{4})-W(\d\d)", node):
            monday = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return Period(monday, monday + 6 * ONE_DAY)
        if match := re.fullmatch(r"(\d{4})-(\d\d)", node):
            return self.bucket(datetime.date(int(match[1]), int(match[2]), 1), "month")[1]
        if match := re.fullmatch(r"(?:FY)?(\d{4})(?:-Q([1-4]))?", node):
            quarter = int(match[2] or 0)
            if quarter:
                return self.months(int(match[1]), quarter * 3 - 3, 3)
            return self.months(int(match[1]), 0, 12)
        day = parse_day(node)
        return Period(day, day)


# --------------------------------------------------------------------------- facts

KINDS = {
    "flow": ("sum", "sum", "zero"),
    "stock": ("last", "sum", "carry"),
    # A count of different things never adds up.
    "distinct": ("distinct", "distinct", "zero"),
}


class Measure:
    def __init__(self, node, base):
        kind = KINDS[node.get("kind") or "flow"]
        self.name = node["name"]
        self.unit = Unit.read(node["unit"])
        self.over_time = node.get("over_time") or kind[0]
        self.across = node.get("across") or kind[1]
        self.missing = node.get("missing") or kind[2]
        display = node.get("display")
        self.display = None if display is None else read_display(display, base)

    @property
    def adds_over_time(self):
        """Whether the value of a period is the sum of the values of its parts."""
        return (
            self.over_time == "sum" and self.across in ("sum", "none") and self.missing != "carry"
        )


# A combination of dimension values that has no value yet.
ABSENT = object()


class Facts:
    def __init__(self, text, dimensions, measures):
        self.measures = {measure.name: measure for measure in measures}
        self.dimensions = dimensions
        # For each combination and measure the days that have a cell, in order.
        self.leaves = {}
        # The first day of each combination.
        self.begun = {}
        days = []
        rows = csv.DictReader(text)
        for row in rows:
            day = parse_day(row["date"])
            days.append(day)
            key = tuple(row[name] for name in dimensions)
            leaf = self.leaves.setdefault(key, {})
            self.begun[key] = min(day, self.begun.get(key, day))
            for measure in measures:
                cells = leaf.setdefault(measure.name, {})
                if row[measure.name] != "":
                    cells[day] = read_number(row[measure.name])
        for leaf in self.leaves.values():
            for name, cells in leaf.items():
                leaf[name] = dict(sorted(cells.items()))
        self.days = sorted(days)
        self.period = Period(min(days), max(days))

    def period_until(self, as_of):
        """From the first day with a row to the last up to a day; None where there is none."""
        known = [day for day in self.days if day <= as_of]
        return Period(known[0], known[-1]) if known else None

    def groups(self, by, where, as_of):
        """Keys in alphabetical order, each with the combinations that it takes.

        A combination that occurs only after the day of the report is not there yet.
        """
        taken = {}
        if not by:
            taken[()] = []
        for key in self.leaves:
            if self.begun[key] > as_of:
                continue
            values = dict(zip(self.dimensions, key))
            if all(values[name] in allowed for name, allowed in where.items()):
                taken.setdefault(tuple(values[name] for name in by), []).append(key)
        return sorted(taken.items())

    def total(self, name, leaves, period):
        """A measure of some combinations over a period; of none of its days it is unknown."""
        measure = self.measures[name]
        if period is None:
            return MISSING
        if measure.over_time == "distinct":
            if len(leaves) > 1 or period.days != 1:
                return NOT_ADDITIVE
            if not leaves:
                return MISSING
            empty = Fraction(0) if measure.missing == "zero" else MISSING
            return self.leaves[leaves[0]][name].get(period.first, empty)
        values = [self.over_days(measure, self.leaves[leaf][name], period) for leaf in leaves]
        values = [value for value in values if value is not ABSENT]
        if measure.across == "none" and len(values) > 1:
            return NOT_ADDITIVE
        if not all(map(defined, values)):
            return worst(values)
        if not values:
            # An empty total is nothing for what happens, and unknown for what stands.
            return Fraction(0) if measure.missing == "zero" and measure.across == "sum" else MISSING
        return {"sum": sum, "none": sum, "min": min, "max": max}[measure.across](values)

    @staticmethod
    def over_days(measure, cells, period):
        """The days of one combination, made dense and reduced."""
        if measure.over_time == "sum" and measure.missing == "zero":
            return sum((v for day, v in cells.items() if day in period), Fraction(0))

        def on(day):
            if day in cells:
                return cells[day]
            if measure.missing == "zero":
                return Fraction(0)
            if measure.missing == "unknown":
                return MISSING
            known = [d for d in cells if d < day]
            return cells[known[-1]] if known else ABSENT

        if measure.over_time == "first":
            return on(period.first)
        if measure.over_time == "last":
            return on(period.last)
        # A combination counts from its first observation on.
        dense = [value for value in map(on, period) if value is not ABSENT]
        if not dense:
            return ABSENT
        if not all(map(defined, dense)):
            return worst(dense)
        return {"sum": sum, "min": min, "max": max}[measure.over_time](dense)


class Scope:
    """What a formula is evaluated for: combinations, and a period for each depth of `prior`."""

    def __init__(self, facts, leaves, frame):
        self.facts, self.leaves, self.frame = facts, leaves, frame
        self.known = {}

    def measure(self, name, depth):
        place = name, depth
        if place not in self.known:
            self.known[place] = self.facts.total(name, self.leaves, self.frame(depth))
        return self.known[place]


# --------------------------------------------------------------------------- formulas


class Node:
    """A compiled part: its unit (None for a bare 0, which fits any), value and shape.

    The shape says how it behaves when a period is cut: ("constant", c), ("flow",),
    ("stock",) for what stands at a level, ("ratio", upper, lower), or ("other",).
    """

    def __init__(self, unit, value, shape=("other",)):
        self.unit, self.value, self.shape = unit, value, shape

    def kind(self):
        return self.shape[0]


PURE = Unit({})
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(?:\[(?P<unit>[^\]]*)\])?"
    r"|(?P<kpi>kpi\s*\.\s*[A-Za-z_]\w*)|(?P<name>[A-Za-z_]\w*)|(?P<sign>[-+*/^(),]))"
)
BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "negate": 3}


def constant(number, unit=PURE):
    return Node(unit, lambda scope, depth: number, ("constant", number))


def apply(function, *nodes):
    """A closure that applies a function of values to the values of nodes."""
    return lambda scope, depth: bounded(function(*(n.value(scope, depth) for n in nodes)))


def scaled(node, factor, unit):
    """A node times a constant, in a unit."""
    if factor == 1:
        return Node(unit, node.value, node.shape)
    value = apply(lambda v: lift(lambda x: x * factor, v), node)
    if node.kind() == "constant":
        return Node(unit, value, ("constant", node.shape[1] * factor))
    if node.kind() == "ratio":
        if factor == 0:
            return Node(unit, value)
        upper, lower = node.shape[1:]
        return Node(unit, value, ("ratio", scaled(upper, factor, upper.unit), lower))
    return Node(unit, value, node.shape)


def to_unit(node, unit):
    """The node in a unit that it can be converted to."""
    if node.unit is None or unit is None:
        return Node(unit or node.unit, node.value, node.shape)
    return scaled(node, node.unit.factor_to(unit), unit)


def alike(nodes):
    """Nodes brought to the unit of the first that has one."""
    unit = next((node.unit for node in nodes if node.unit is not None), None)
    return [to_unit(node, unit) for node in nodes], unit


def add(a, b, sign):
    (a, b), unit = alike([a, b])
    value = apply(lambda x, y: lift(lambda p, q: p + sign * q, x, y), a, b)
    kinds = {a.kind(), b.kind()}
    shape = ("other",)
    if kinds in ({"flow"}, {"stock"}):
        shape = a.shape
    elif kinds == {"constant"}:
        shape = ("constant", a.shape[1] + sign * b.shape[1])
    return Node(unit, value, shape)


def multiply(a, b):
    if a.unit is None or b.unit is None:
        # Zero times anything is a zero that fits any unit.
        unit, factor = None, Fraction(1)
    else:
        unit, factor = a.unit.times(b.unit)
    for one, other in ((a, b), (b, a)):
        if one.kind() == "constant":
            return scaled(other, one.shape[1] * factor, unit)
    return Node(unit, apply(lambda x, y: lift(lambda p, q: p * q * factor, x, y), a, b))


def divide(a, b, over_zero):
    unit, factor = None, Fraction(1)
    if a.unit is not None:
        unit, factor = a.unit.times(b.unit or PURE, -1)
    value = apply(
        lambda x, y: lift(lambda p: p * factor, quotient(x, y, over_zero)),
        a,
        b,
    )
    shape = ("other",)
    if b.kind() == "constant" and b.shape[1] != 0:
        shape = scaled(a, factor / b.shape[1], unit).shape
    elif a.kind() == b.kind() == "flow":
        shape = ("ratio", scaled(a, factor, a.unit), b)
    return Node(unit, value, shape)


def power(a, exponent, over_zero):
    def raised(x):
        if x == 0 and exponent < 0:
            return quotient(Fraction(1), Fraction(0), over_zero)
        return x**exponent

    value = apply(lambda v: lift(raised, v), a)
    unit = (a.unit or PURE).power(exponent)
    shape = ("other",)
    if a.kind() == "constant" and (a.shape[1] != 0 or exponent >= 0):
        shape = ("constant", a.shape[1] ** exponent)
    elif exponent == 1:
        shape = a.shape
    return Node(unit, value, shape)


def call(name, nodes):
    if name == "prior":
        (a,) = nodes
        shape = a.shape if a.kind() == "constant" else ("other",)
        return Node(a.unit, lambda scope, depth: a.value(scope, depth + 1), shape)
    nodes, unit = alike(nodes)
    if name == "if_undefined":
        value = apply(lambda x, y: x if defined(x) else y, *nodes)
    else:
        function = {"min": min, "max": max, "abs": abs}[name]
        value = apply(lambda *values: lift(lambda *v: function(*v), *values), *nodes)
    if all(node.kind() == "constant" for node in nodes):
        # Constants need no scope.
        return Node(unit, value, ("constant", value(None, 0)))
    return Node(unit, value)


def compile_formula(text, resolve, over_zero):
    """A formula into a node, by two stacks: operands, and operators that wait for their right side.

    `resolve` gives the node of a name; `over_zero` says what n/0 means.
    """
    operands, waiting, counts = [], [], []
    tokens, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        assert match, f"{text!r} at {at}"
        tokens.append(match)
        at = match.end()

    def reduce():
        operator = waiting.pop()
        if operator == "negate":
            a = operands.pop()
            operands.append(scaled(a, Fraction(-1), a.unit))
            return
        b, a = operands.pop(), operands.pop()
        if operator in "+-":
            operands.append(add(a, b, 1 if operator == "+" else -1))
        elif operator == "*":
            operands.append(multiply(a, b))
        else:
            operands.append(divide(a, b, over_zero))

    def close():
        """Reduces back to the open parenthesis."""
        while waiting[-1] != "(":
            reduce()

    operand_next = True
    index = 0
    while index < len(tokens):
        token = tokens[index]
        sign = token["sign"]
        following = tokens[index + 1]["sign"] if index + 1 < len(tokens) else None
        if token["number"]:
            number = Fraction(token["number"])
            unit = None if number == 0 else PURE
            operands.append(constant(number, Unit.read(token["unit"]) if token["unit"] else unit))
            operand_next = False
        elif token["name"] and following == "(":
            waiting += [token["name"], "("]
            counts.append(1)
            operand_next = True
            index += 1
        elif token["name"] or token["kpi"]:
            operands.append(resolve(re.sub(r"\s", "", token["name"] or token["kpi"])))
            operand_next = False
        elif sign == "(":
            waiting += ["", "("]
            counts.append(1)
        elif sign == ",":
            close()
            counts[-1] += 1
            operand_next = True
        elif sign == ")":
            close()
            waiting.pop()
            function, count = waiting.pop(), counts.pop()
            if function:
                operands[-count:] = [call(function, operands[-count:])]
            operand_next = False
        elif sign == "^":
            # Binds tightest, and its right side is an integer: applied at once.
            negative = following == "-"
            index += 1 + negative
            exponent = int(tokens[index]["number"])
            operands.append(power(operands.pop(), -exponent if negative else exponent, over_zero))
            operand_next = False
        elif operand_next:
            assert sign == "-", f"{text!r}: {sign}"
            waiting.append("negate")
        else:
            binding = BINDING[sign]
            while waiting and BINDING.get(waiting[-1], 0) >= binding:
                reduce()
            waiting.append(sign)
            operand_next = True
        index += 1
    while waiting:
        reduce()
    (result,) = operands
    return result


# --------------------------------------------------------------------------- KPIs

# Definitions of the catalog, as far as they are needed: formula over inputs, direction, what n/0
# means, how it is shown, bounds.
CATALOG = {
    "aov": {
        "formula": "revenue / orders",
        "inputs": ["revenue", "orders"],
        "direction": "higher",
        "zero": "inconsistent",
        "as": "plain",
        "bounds": (None, None),
    },
    "cost_per_lead": {
        "formula": "spend / leads",
        "inputs": ["spend", "leads"],
        "direction": "lower",
        "zero": "unbounded_bad",
        "as": "plain",
        "bounds": (None, None),
    },
    "win_rate": {
        "formula": "deals_won / (deals_won + deals_lost)",
        "inputs": ["deals_won", "deals_lost"],
        "direction": "higher",
        "zero": "inconsistent",
        "as": "percent",
        "bounds": (Fraction(0), Fraction(1)),
    },
}
ALIASES = {"cpl": "cost_per_lead"}


class Kpi:
    def __init__(self, node, base):
        self.name = node["name"]
        self.formula = node.get("formula")
        direction, zero, self.bounds = None, None, (None, None)
        self.display = None
        if self.formula is None:
            entry = CATALOG[ALIASES.get(node["catalog"], node["catalog"])]
            direction, zero, self.bounds = entry["direction"], entry["zero"], entry["bounds"]
            if entry["as"] != "plain":
                self.display = Display(base.scale, base.mode, entry["as"], base.step)
            given = node.get("inputs") or {}
            names = {name: given.get(name, name) for name in entry["inputs"]}
            self.formula = re.sub(r"[a-z_]+", lambda m: names[m[0]], entry["formula"])
        direction = node.get("direction") or direction
        zero = node.get("zero_denominator") or zero
        by_direction = {"higher": "unbounded_good", "lower": "unbounded_bad"}
        self.over_zero = zero or by_direction.get(direction, "unbounded")
        if node.get("bounds") is not None:
            ends = (node["bounds"].get(end) for end in ("low", "high"))
            self.bounds = tuple(None if end is None else read_number(end) for end in ends)
        self.unit = Unit.read(node["unit"]) if node.get("unit") else None
        if node.get("display") is not None:
            self.display = read_display(node["display"], base)
        self.node = None


class Metrics:
    """Measures and KPIs by name; a name means the measure first."""

    def __init__(self, measures, kpis, base):
        self.measures = {measure.name: measure for measure in measures}
        self.kpis = {kpi.name: kpi for kpi in kpis}
        self.base = base

    def kpi(self, name):
        """The KPI behind a name, if it is one."""
        if name.startswith("kpi."):
            return self.kpis[name[4:]]
        return None if name in self.measures else self.kpis[name]

    def node(self, name):
        kpi = self.kpi(name)
        if kpi is None:
            measure = self.measures[name]
            shape = ("flow",) if measure.adds_over_time else ("other",)
            if measure.over_time == "last":
                shape = ("stock",)
            return Node(measure.unit, lambda scope, depth: scope.measure(name, depth), shape)
        if kpi.node is None:
            node = compile_formula(kpi.formula, self.node, kpi.over_zero)
            kpi.node = to_unit(node, kpi.unit if kpi.unit is not None else node.unit or PURE)
        return kpi.node

    def display(self, name):
        owner = self.kpi(name) or self.measures[name]
        return owner.display or self.base

    def bounds(self, name):
        kpi = self.kpi(name)
        return kpi.bounds if kpi else (None, None)


# --------------------------------------------------------------------------- the report


def number(value, display):
    """A NUMBER of the report; None where there is none."""
    if value is None:
        return None
    if not defined(value):
        return {"undefined": value.reason}
    text = display.show(value)
    if bits(value) > PRINTED_BITS:
        return {"fraction": None, "bits": bits(value), "text": text}
    return {"fraction": str(value), "text": text}


def days_of(period):
    if period is None:
        return None
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def wheres(node):
    """Dimensions and values of each `where` of a query, funnel or target, its own one first."""
    yield from (node.get("where") or {}).items()
    for part in ("goal", "versions", "tiers"):
        yield from peers(node.get(part))


def peers(node):
    """Those of the baselines in a goal, or in a list of goals or tiers."""
    if isinstance(node, list):
        for each in node:
            yield from peers(each)
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from value.items() if name == "where" else peers(value)


class Evaluation:
    def __init__(self, document, facts_text, as_of):
        assert document["yardstick"] == 1
        self.document, self.as_of = document, as_of
        self.base = read_display(document["display"], None)
        self.rates = self.base.percent()
        self.calendar = Calendar((document.get("calendar") or {}).get("year_begins", 1))
        measures = [Measure(node, self.base) for node in document.get("measures") or []]
        kpis = [Kpi(node, self.base) for node in document.get("kpis") or []]
        self.metrics = Metrics(measures, kpis, self.base)
        self.facts = Facts(facts_text, document.get("dimensions") or [], measures)
        self.findings = []
        # The limits of the targets so far, by name, for those that start from them.
        self.limits = {}

    def find(self, kind, place):
        self.findings.append({"kind": kind, "place": place})

    def maybe_period(self, node):
        return None if node is None else self.calendar.period(node)

    def so_far(self, node):
        """A period up to the day of the report; None where there is none of it."""
        return None if node is None else self.calendar.period(node).until(self.as_of)

    def report(self):
        known = self.facts.period
        if known.last < self.as_of:
            self.find("facts_end_early", "facts")
        elif known.last > self.as_of:
            self.find("facts_go_on", "facts")
        for part, what in ("queries", "query"), ("funnels", "funnel"), ("targets", "target"):
            for node in self.document.get(part) or []:
                for name, values in wheres(node):
                    place = self.facts.dimensions.index(name)
                    seen = {key[place] for key in self.facts.leaves}
                    for _ in (value for value in values if value not in seen):
                        self.find("value_not_in_facts", f'{what} "{node["name"]}"')
        parts = {
            "queries": [self.query(node) for node in self.document.get("queries") or []],
            "funnels": [self.funnel(node) for node in self.document.get("funnels") or []],
            # No case has these: tests/it/factor.rs and tests/it/explain have models of their own.
            "factors": [],
            "explanations": [],
            "targets": [self.target(node) for node in self.document.get("targets") or []],
            # tests/it/planned.rs and tests/it/scorecard.rs have models of their own.
            "plans": [],
            "cascades": [self.cascade(node) for node in self.document.get("cascades") or []],
        }
        parts["agreements"] = [
            self.agreement(node, parts["targets"])
            for node in self.document.get("agreements") or []
        ]
        parts["scorecards"] = []
        return {
            "yardstick_report": 1,
            "model": self.document["name"],
            "as_of": self.as_of.isoformat(),
            "facts": {"rows": len(self.facts.days), **days_of(known)},
            **parts,
            "findings": self.findings,
        }

    # ----------------------------------------------------------------- queries

    def query(self, node):
        period, compare = self.periods(node)
        by, grain = node.get("by") or [], node.get("grain")
        names = node["metrics"]
        nodes = [self.metrics.node(name) for name in names]
        groups = self.facts.groups(by, node.get("where") or {}, self.as_of)

        rows = []
        if period is None:
            cuts = []
        elif grain:
            cuts = list(self.calendar.cut(period, grain))
        else:
            cuts = [(None, period, period)]
        outside = {metric: 0 for metric in names}
        for name, days, bucket in cuts:
            for key, leaves in groups:
                frame = self.frame(days, bucket, grain, "compare" in node, compare)
                scope = Scope(self.facts, leaves, frame)
                values = [n.value(scope, 0) for n in nodes]
                for metric, value in zip(names, values):
                    low, high = self.metrics.bounds(metric)
                    if defined(value) and (
                        (low is not None and value < low) or (high is not None and value > high)
                    ):
                        outside[metric] += 1
                rows.append(
                    {
                        "bucket": name,
                        "period": days_of(days),
                        "key": list(key),
                        "values": [
                            number(v, self.metrics.display(m)) for m, v in zip(names, values)
                        ],
                    }
                )
        # One for each value, metric by metric.
        for _ in range(sum(outside.values())):
            self.find("out_of_bounds", f'query "{node["name"]}"')
        return {
            "name": node["name"],
            "period": days_of(period),
            "dimensions": by,
            "metrics": [{"name": m, "unit": str(n.unit)} for m, n in zip(names, nodes)],
            "undefined": reasons_of(rows),
            "rows": rows,
        }

    def frame(self, days, bucket, grain, compares, compare):
        """The period for each depth of `prior`."""

        def at(depth):
            if depth == 0:
                return days
            if grain:
                whole = bucket
                for _ in range(depth):
                    whole = self.calendar.bucket(whole.first - ONE_DAY, grain)[1]
                return whole
            if depth == 1 and compares:
                return compare
            before = at(depth - 1)
            return before and before.preceding()

        return at

    def periods(self, node):
        """The days that a query or funnel looks at, and those that it compares with."""
        whole = self.maybe_period(node.get("period"))
        if whole is None:
            whole = self.facts.period_until(self.as_of)
        period = whole and whole.until(self.as_of)
        compare = self.maybe_period(node.get("compare"))
        if period is None or compare is None:
            return period, None
        return period, self.like_for_like(compare, period, whole)

    def like_for_like(self, compare, part, whole):
        """As many days of a comparison as have passed of a period that is not over yet."""
        if compare is not None and part.days < whole.days:
            compare = compare.until(compare.first + (part.days - 1) * ONE_DAY)
        return compare and compare.until(self.as_of)

    # ----------------------------------------------------------------- funnels

    def funnel(self, node):
        period, compare = self.periods(node)
        display = node.get("display")
        rates = self.rates if display is None else read_display(display, self.base)
        by, stages = node.get("by") or [], node["stages"]
        where = node.get("where") or {}
        segments = []
        if period is not None:
            groups = self.facts.groups([], where, self.as_of)
            groups += self.facts.groups(by, where, self.as_of) if by else []
            for key, leaves in groups:
                now = self.stages(stages, leaves, period)
                before = self.stages(stages, leaves, compare) if compare else None
                segments.append(self.segment(node, key, stages, now, before, rates))
        return {
            "name": node["name"],
            "basis": node["basis"],
            "period": days_of(period),
            "compared_with": days_of(compare),
            "dimensions": by,
            "segments": segments,
        }

    def stages(self, stages, leaves, period):
        """Count and value (or None) of each stage."""

        def total(name):
            return None if name is None else self.facts.total(name, leaves, period)

        return [(total(stage["count"]), total(stage.get("value"))) for stage in stages]

    def segment(self, node, key, stages, now, before, rates):
        def share(upper, lower):
            # What is counted above the line cannot exist without what is below.
            return quotient(upper, lower, "inconsistent")

        def steps(counts):
            return [share(b, a) for (a, _), (b, _) in itertools.pairwise(counts)]

        def lowest(values):
            """The first of the lowest, by its place; None where all are undefined."""
            known = [(value, i) for i, value in enumerate(values) if defined(value)]
            return min(known)[1] if known else None

        def name(index):
            return None if index is None else stages[index]["name"]

        counts = [count for count, _ in now]
        shown = [self.metrics.display(stage["count"]) for stage in stages]
        stage_rows, step_rows = [], []
        for stage, (count, value), display in zip(stages, now, shown):
            worth = self.metrics.display(stage["value"]) if value is not None else None
            each = None if value is None else share(value, count)
            stage_rows.append(
                {
                    "name": stage["name"],
                    "owner": stage["owner"],
                    "count": number(count, display),
                    "value": number(value, worth),
                    "value_per_entity": number(each, worth),
                }
            )
        for i, rate in enumerate(steps(now)):
            step_rows.append(
                {
                    "from": name(i),
                    "to": name(i + 1),
                    "rate": number(rate, rates),
                    "overall_rate": number(share(counts[i + 1], counts[0]), rates),
                    "drop_off": number(
                        lift(lambda a, b: a - b, counts[i], counts[i + 1]), shown[i]
                    ),
                    "drop_off_rate": number(lift(lambda r: 1 - r, rate), rates),
                }
            )
            if defined(counts[i]) and defined(counts[i + 1]) and counts[i + 1] > counts[i]:
                self.find("stage_exceeds", f'funnel "{node["name"]}"')
        owners = [stage["owner"] for stage in stages]
        hand_off = next(
            (
                i
                for i, (a, b) in enumerate(itertools.pairwise(owners))
                if a == "marketing" and b != "marketing"
            ),
            None,
        )
        overall = share(counts[-1], counts[0])
        comparison = None
        if before is not None:
            minus = lambda a, b: lift(lambda x, y: x - y, a, b)  # noqa: E731
            old = [count for count, _ in before]
            changes = []
            for rate, was in zip(steps(now), steps(before)):
                points = minus(rate, was)
                changes.append((points, quotient(points, was)))
            falls = [p if defined(p) and p < 0 else MISSING for p, _ in changes]
            comparison = {
                "counts": [number(minus(a, b), d) for a, b, d in zip(counts, old, shown)],
                "steps": [
                    {"points": number(p, rates), "relative": number(r, rates)} for p, r in changes
                ],
                "overall_points": number(minus(overall, share(old[-1], old[0])), rates),
                "worst_step": name(lowest(falls)),
            }
        return {
            "key": list(key),
            "stages": stage_rows,
            "steps": step_rows,
            "overall_rate": number(overall, rates),
            "hand_off": name(hand_off),
            "bottleneck": name(lowest(steps(now))),
            "comparison": comparison,
        }

    # -------------------------------------------------------------- agreements

    def agreement(self, node, targets):
        now = {target["name"]: target["current"] for target in targets}
        sides = {}
        for side in "marketing", "sales":
            promises = [
                {"target": name, "met": now[name]["met"], "state": now[name]["state"]}
                for name in node[side]
            ]
            broken = [promise["target"] for promise in promises if promise["met"] is False]
            unknown = any(promise["met"] is None for promise in promises)
            sides[side] = {
                "state": "broken" if broken else "undefined" if unknown else "kept",
                "first_broken": broken[0] if broken else None,
                "promises": promises,
            }
        broken = [side for side in sides if sides[side]["state"] == "broken"]
        kept = all(side["state"] == "kept" for side in sides.values())
        outcome = {0: "kept_by_both" if kept else "undefined", 2: "broken_by_both"}
        return {
            "name": node["name"],
            "outcome": outcome.get(len(broken)) or f"broken_by_{broken[0]}",
            **sides,
        }

    # ----------------------------------------------------------------- targets

    def target(self, node):
        return TargetEvaluation(self, node).report()

    def cascade(self, node):
        return CascadeEvaluation(self, node).report()


WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WORKING_DAYS = {name: 1 for name in WEEKDAYS[:5]}


class Weights:
    """How much each day of a period weighs."""

    def __init__(self, target, node):
        self.by_weekday, self.holidays, self.own = None, set(), False
        if node in (None, "even"):
            self.by_weekday = [Fraction(1)] * 7
        elif node == "working_days" or "holidays" in node or "weekdays" in node:
            node = {} if node == "working_days" else node
            named = node.get("weekdays", WORKING_DAYS)
            self.by_weekday = [read_number(named.get(name, 0)) for name in WEEKDAYS]
            self.holidays = set(map(parse_day, node.get("holidays") or []))
        period = target.period
        if self.by_weekday:
            days = [self.of(day) for day in period]
        elif "shape" in node:
            past = target.evaluation.calendar.period(node["shape"])
            metric = target.metric
            source = metric.shape[2] if metric.kind() == "ratio" else metric
            days = [target.value(source, Period(day, day)) for day in past]
        else:
            days = [read_number(each) for each in node["days"]]
        assert len(days) == period.days
        self.days = days
        plus = lambda a, b: lift(lambda x, y: x + y, a, b)  # noqa: E731
        self.sums = list(itertools.accumulate(days, plus))

    def of(self, day):
        """The weight of a day of any period; only where the calendar alone says it."""
        return Fraction(0) if day in self.holidays else self.by_weekday[day.weekday()]

    @property
    def total(self):
        """The weight of all days; without one above zero there is nothing to share by."""
        return lift(lambda t: t if t > 0 else NO_BASE, self.sums[-1])

    def share(self, gone):
        return lift(lambda w, t: w / t, self.sums[gone - 1], self.total)

    def after(self, gone):
        """The weight of the days after so many."""
        return lift(lambda t, w: t - w, self.total, self.sums[gone - 1])


class Goal:
    """One version of a goal, in numbers."""

    def __init__(self, target, node):
        ((self.kind, limit),) = node.items()
        # +1 where higher is better.
        self.sense = -1 if self.kind == "at_most" else 1
        self.low = self.high = self.baseline = None
        if self.kind == "range":
            ends = [limit["low"], limit["high"]]
            self.low, self.high = map(target.limit, ends)
        else:
            ends = [limit]
            self.limit = target.limit(limit)
            if self.kind == "at_least":
                self.low = self.limit
            else:
                self.high = self.limit
        changes = [end["baseline"] for end in ends if isinstance(end, dict)]
        if changes:
            self.baseline = target.baseline(changes[0])
        # Whether the metric's own value is the baseline, and in which days so far.
        self.has_own = bool(changes) and target.is_period(changes[0])
        self.own_period = target.evaluation.so_far(changes[0]) if self.has_own else None

    def gap(self, actual):
        if self.kind == "range":
            return lift(lambda a, low, high: min(a - low, high - a), actual, self.low, self.high)
        return lift(lambda a, t: self.sense * (a - t), actual, self.limit)

    def attainment(self, actual, mode, tolerance):
        if mode == "range":
            return lift(lambda gap: 1 - max(Fraction(0), -gap) / tolerance, self.gap(actual))
        if mode == "progress":
            return progress(actual, self.baseline, self.limit)

        def inverse(a, t):
            return NO_BASE if a < 0 else quotient(t, a, "unbounded_good")

        counted = {
            "ratio": lambda a, t: a / t,
            "lower_linear": lambda a, t: 2 - a / t,
            "lower_inverse": inverse,
        }
        return above_zero(actual, self.limit, counted[mode])


def above_zero(value, limit, counted):
    """An attainment that needs a limit above zero."""
    return lift(lambda a, t: counted(a, t) if t > 0 else NO_BASE, value, limit)


def progress(actual, start, end):
    """How much of a way was made."""
    return lift(
        lambda a, b, t: (a - b) / (t - b) if t != b else NO_BASE,
        actual,
        start,
        end,
    )


class TargetEvaluation:
    def __init__(self, evaluation, node):
        self.evaluation, self.node = evaluation, node
        self.facts, self.metrics = evaluation.facts, evaluation.metrics
        self.period = evaluation.calendar.period(node["period"])
        self.leaves = self.rows(node.get("where"))
        # The first day of the period that has a row.
        self.begun = min((d for d in self.facts.days if d in self.period), default=None)
        self.metric = self.metrics.node(node["metric"])
        self.display = self.metrics.display(node["metric"])
        self.goals = [(self.period.first, Goal(self, node["goal"]))]
        for version in node.get("versions") or []:
            self.goals.append((parse_day(version["from"]), Goal(self, version["goal"])))
        first = self.goals[0][1]
        self.own_period = first.own_period
        self.has_own = first.has_own
        self.kind, self.sense = first.kind, first.sense
        self.tiers = [(t["name"], self.limit(t["limit"])) for t in node.get("tiers") or []]
        usual = {"at_least": "ratio", "at_most": "lower_linear", "range": "range"}
        self.mode = node.get("attainment") or usual[self.kind]
        tolerance = node.get("tolerance")
        self.tolerance = None if tolerance is None else read_number(tolerance)
        self.weights = Weights(self, node.get("weights"))
        self.seen = {}

    def rows(self, where):
        ((_, leaves),) = self.facts.groups([], where or {}, self.evaluation.as_of)
        return leaves

    @staticmethod
    def is_period(baseline):
        return not isinstance(baseline, dict) or "first" in baseline

    def value(self, node, period, leaves=None, within=False):
        """A node over a period; `prior` means the baseline (within the target's own period), or as
        many days right before."""

        def frame(depth):
            if depth == 0:
                return period
            if depth == 1 and within and self.has_own:
                return self.evaluation.like_for_like(self.own_period, period, self.period)
            before = frame(depth - 1)
            return before and before.preceding()

        return node.value(Scope(self.facts, self.leaves if leaves is None else leaves, frame), 0)

    def baseline(self, node):
        peer = not self.is_period(node)
        if peer and "value" in node:
            return read_number(node["value"])
        if peer and "target" in node:
            return self.evaluation.limits[node["target"]]
        period = self.evaluation.so_far(node["period"] if peer else node)
        leaves = self.rows(node.get("where")) if peer else self.leaves
        return MISSING if period is None else self.value(self.metric, period, leaves)

    def limit(self, limit):
        if not isinstance(limit, dict):
            return read_number(limit)
        by, mode = read_number(limit["change"]), limit["mode"]

        def change(b):
            if mode == "points":
                return b + by
            if b == 0:
                return NO_BASE
            return b * (1 + by) if mode == "relative" else b + abs(b) * by

        return lift(change, self.baseline(limit["baseline"]))

    def goal_on(self, day):
        """The goal in force; before the period the first one."""
        return [goal for first, goal in self.goals if first <= day or first is self.goals[0][0]][-1]

    # One day.

    def assess(self, day):
        if day not in self.seen:
            self.seen[day] = self.assess_anew(day)
        return self.seen[day]

    def assess_anew(self, day):
        goal, elapsed = self.goal_on(day), self.period.until(day)
        if elapsed is None:
            return self.row(day, goal, "not_started", MISSING, None, None)
        actual = self.value(self.metric, elapsed, within=True)
        gap = goal.gap(actual)
        last = day >= self.period.last
        pace = self.pace(goal, elapsed, actual)
        if self.begun is None or self.begun > day:
            state = "no_data"
        elif not defined(gap):
            state = "undefined"
        elif last:
            state = "met" if gap >= 0 else "missed"
        else:
            state = self.decided(goal, elapsed, actual, pace) or self.on_the_way(gap, pace)
        return self.row(day, goal, state, actual, pace, self.shown(pace))

    def decided(self, goal, elapsed, actual, pace):
        """Secured or unreachable while days remain, if it is either."""
        if pace and pace["kind"] == "ratio":
            return pace["remaining"] if pace["remaining"] in ("secured", "unreachable") else None
        if self.metric.kind() != "flow":
            return None
        daily = self.node.get("daily")
        if daily is None:
            low, high = self.metrics.bounds(self.node["metric"])
        else:
            ends = (daily.get(end) for end in ("low", "high"))
            low, high = (None if end is None else read_number(end) for end in ends)
        left = self.period.days - elapsed.days
        least = None if low is None else actual + low * left
        most = None if high is None else actual + high * left
        # What is not bounded is never on the safe side, and never out of reach.
        below = [goal.low is None or (least is not None and least >= goal.low)]
        above = [goal.high is None or (most is not None and most <= goal.high)]
        if all(below + above):
            return "secured"
        if goal.low is not None and most is not None and most < goal.low:
            return "unreachable"
        if goal.high is not None and least is not None and least > goal.high:
            return "unreachable"
        return None

    @staticmethod
    def on_the_way(gap, pace):
        kind = pace["kind"] if pace else None
        if kind == "budget":
            if not (defined(pace["over"]) and defined(pace["under"])):
                return "undefined"
            if pace["over"] > 0:
                return "over"
            return "under" if pace["under"] > 0 else "on_pace"
        if kind in ("flow", "stock"):
            gap = pace["gap"]
        if not defined(gap):
            return "undefined"
        return "ahead" if gap >= 0 else "behind"

    def row(self, day, goal, state, actual, pace, shown):
        gap = goal.gap(actual)
        attainment = goal.attainment(actual, self.mode, self.tolerance)
        return {
            "as_of": day.isoformat(),
            "state": state,
            "band": self.band(state, actual, attainment, pace),
            "tier": self.tier(state, actual),
            "actual": number(actual, self.display),
            "met": gap >= 0 if defined(gap) and state != "no_data" else None,
            "gap": number(gap, self.display),
            "attainment": number(attainment, self.evaluation.rates),
            "pace": shown,
        }

    def band(self, state, actual, attainment, pace):
        bands = self.node.get("bands")
        if not bands or state in ("not_started", "no_data", "undefined"):
            return None
        value = actual if bands["on"] == "actual" else attainment
        if bands["on"] == "pace" and pace and pace["kind"] != "ratio":
            value = pace["attainment"]
        if not defined(value):
            return None
        for band in bands["list"]:
            if band.get("from") is None or value >= read_number(band["from"]):
                return band["name"]
        return None

    def tier(self, state, actual):
        if state in ("not_started", "no_data") or not defined(actual):
            return None
        for name, limit in reversed(self.tiers):
            if defined(limit) and self.sense * (actual - limit) >= 0:
                return name
        return None

    # What is still to come.

    def pace(self, goal, elapsed, actual):
        kind = self.metric.kind()
        if kind == "flow":
            budget = self.node.get("budget")
            if goal.kind == "range":
                share = self.weights.share(elapsed.days)
                low, high = (lift(lambda t, s: t * s, t, share) for t in (goal.low, goal.high))
                if defined(share) and share < 0:
                    low, high = high, low
                return self.budget_pace(elapsed, actual, low, high, goal.high)
            if budget is not None:
                off = read_number(budget["tolerance"])
                share = self.weights.share(elapsed.days)
                ends = [
                    lift(lambda t, s, f=factor: t * s * f, goal.limit, share)
                    for factor in (1 - off, 1 + off)
                ]
                low, high = sorted(ends) if all(map(defined, ends)) else ends
                return self.budget_pace(elapsed, actual, low, high, goal.limit)
            return self.flow_pace(goal, elapsed, actual)
        if goal.kind == "range":
            return None
        if kind == "stock":
            return self.stock_pace(goal, elapsed, actual)
        return self.ratio_pace(goal, elapsed) if kind == "ratio" else None

    def time(self, elapsed):
        gone = elapsed.days
        return {
            "elapsed_days": gone,
            "remaining_days": self.period.days - gone,
            "share": self.weights.share(gone),
        }

    def required(self, missing, gone):
        """For each unit of weight that remains, for each day, and for the next day."""
        left, weights = self.period.days - gone, self.weights
        each_weight = lift(
            lambda m, w: m / w if w > 0 else NO_BASE, missing, weights.after(gone)
        )
        each_day = lift(lambda m: m / left, missing) if left else lift(lambda m: NO_BASE, missing)
        following = NO_BASE if not left else weights.days[gone]
        return each_weight, each_day, lift(lambda r, w: r * w, each_weight, following)

    def projected(self, done, gone):
        return quotient(done, self.weights.share(gone))

    def reached_on(self, way, done, gone):
        """The first day from this one on at whose end `done`, going on as so far, comes to the way."""
        if not (defined(way) and defined(done)):
            return None

        def day(count):
            return self.period.first + (count - 1) * ONE_DAY

        def there(value):
            return value >= way if way >= 0 else value <= way

        if there(done):
            return day(gone)
        weights = self.weights
        passed = weights.sums[gone - 1]
        if not defined(weights.total) or min(weights.days) < 0 or passed <= 0:
            return None
        days = range(gone + 1, self.period.days + 1)
        return next((day(n) for n in days if there(done * weights.sums[n - 1] / passed)), None)

    def flow_pace(self, goal, elapsed, actual):
        time, gone = self.time(elapsed), elapsed.days
        expected = lift(lambda t, s: t * s, goal.limit, time["share"])
        counted = {1: lambda a, e: a / e, -1: lambda a, e: 2 - a / e}[self.sense]
        missing = lift(lambda t, a: t - a, goal.limit, actual)
        each_weight, each_day, next_day = self.required(missing, gone)
        best = self.best_day(elapsed, weighed=True)
        return {
            "kind": "flow",
            **time,
            "expected": expected,
            "gap": lift(lambda a, e: self.sense * (a - e), actual, expected),
            "attainment": above_zero(actual, expected, counted),
            "required_per_day": each_day,
            "required_per_weight": each_weight,
            "required_next_day": next_day,
            "projection": self.projected(actual, gone),
            "reached_on": self.reached_on(goal.limit, actual, gone),
            "best_day": best,
            "beyond_best": self.is_beyond(each_weight, best),
        }

    def stock_pace(self, goal, elapsed, actual):
        time, gone = self.time(elapsed), elapsed.days
        start = goal.baseline
        if start is None:
            before = self.period.first - ONE_DAY
            start = self.value(self.metric, Period(before, before))
        minus = lambda a, b: lift(lambda x, y: x - y, a, b)  # noqa: E731
        expected = lift(lambda b, t, s: b + (t - b) * s, start, goal.limit, time["share"])
        each_weight, each_day, next_day = self.required(minus(goal.limit, actual), gone)
        done = minus(actual, start)
        projection = lift(lambda b, p: b + p, start, self.projected(done, gone))
        return {
            "kind": "stock",
            **time,
            "from": start,
            "expected": expected,
            "gap": lift(lambda a, e: self.sense * (a - e), actual, expected),
            "attainment": progress(actual, start, expected),
            "required_per_day": each_day,
            "required_per_weight": each_weight,
            "required_next_day": next_day,
            "projection": projection,
            "reached_on": self.reached_on(minus(goal.limit, start), done, gone),
        }

    def budget_pace(self, elapsed, actual, low, high, whole):
        """Between what was expected at least and at most by now; `whole` is what may be used."""
        time, gone = self.time(elapsed), elapsed.days
        planned = lift(lambda t, s: t * s, whole, time["share"])
        beyond = lambda a, b: lift(lambda x, y: max(Fraction(0), x - y), a, b)  # noqa: E731
        left = lift(lambda t, a: t - a, whole, actual)
        each_weight, each_day, next_day = self.required(left, gone)
        return {
            "kind": "budget",
            **time,
            "expected_low": low,
            "expected_high": high,
            "over": beyond(actual, high),
            "under": beyond(low, actual),
            "attainment": above_zero(actual, planned, lambda a, e: a / e),
            "left": left,
            "left_per_day": each_day,
            "left_per_weight": each_weight,
            "left_next_day": next_day,
            "projection": self.projected(actual, gone),
            "reached_on": self.reached_on(whole, actual, gone),
        }

    def ratio_pace(self, goal, elapsed):
        upper, lower = self.metric.shape[1:]
        n, d = self.value(upper, elapsed), self.value(lower, elapsed)
        volume = self.node.get("volume") or "projected"
        if isinstance(volume, dict):
            total = read_number(volume["expected"])
        elif volume == "baseline":
            total = self.value(lower, self.own_period) if self.own_period else MISSING
        else:
            total = self.projected(d, elapsed.days)
        remaining, required = None, None
        if all(map(defined, [n, d, total, goal.limit])):
            if total <= d or elapsed.days == self.period.days:
                remaining = "decided"
            else:
                required = (goal.limit * total - n) / (total - d)
                remaining = self.reach(required)
        best = self.best_day(elapsed, weighed=False)
        return {
            "kind": "ratio",
            "numerator": n,
            "denominator": d,
            "expected_volume": total,
            "remaining": remaining,
            "required": required,
            "best_day": best,
            "beyond_best": required is not None and self.is_beyond(required, best),
        }

    def reach(self, required):
        """Whether what is required lies within the metric's bounds."""
        low, high = self.metrics.bounds(self.node["metric"])
        if self.sense > 0:
            if high is not None and required > high:
                return "unreachable"
            if low is not None and required <= low:
                return "secured"
        else:
            if low is not None and required < low:
                return "unreachable"
            if high is not None and required >= high:
                return "secured"
        return "required"

    def best_day(self, elapsed, weighed):
        """The earliest best day of the baseline and of the days so far: day, value, rate."""
        weighs = {day: self.weights.days[i] for i, day in enumerate(elapsed)}
        if self.own_period and (self.weights.by_weekday or not weighed):
            for day in self.own_period.until(elapsed.last) or ():
                weighs[day] = self.weights.of(day) if self.weights.by_weekday else None
        found = None
        for day, weight in sorted(weighs.items()):
            value = self.value(self.metric, Period(day, day))
            rate = value
            if weighed:
                rate = lift(lambda v, w: v / w if w > 0 else MISSING, value, weight)
            if defined(rate) and (found is None or self.sense * (rate - found[2]) > 0):
                found = day, value, rate
        return found

    def is_beyond(self, required, best):
        return best is not None and defined(required) and self.sense * (required - best[2]) > 0

    def shown(self, pace):
        """The pace as the report writes it."""
        if pace is None:
            return None
        plain = self.evaluation.base
        displays = {name: self.evaluation.rates for name in ("share", "attainment")}
        displays |= {name: plain for name in ("numerator", "denominator", "expected_volume")}
        shown = {}
        for name, value in pace.items():
            if name == "best_day" and value is not None:
                day, brought, rate = value
                value = {
                    "day": day.isoformat(),
                    "value": number(brought, self.display),
                    "rate": number(rate, self.display),
                }
            elif isinstance(value, datetime.date):
                value = value.isoformat()
            elif isinstance(value, (Fraction, Undefined)):
                value = number(value, displays.get(name, self.display))
            shown[name] = value
        return shown

    def report(self):
        day = self.evaluation.as_of
        so_far = self.period.until(day)
        rows = [self.assess(each) for each in so_far or ()]
        goal = self.goal_on(day)
        if self.kind != "range":
            self.evaluation.limits[self.node["name"]] = goal.limit
        if day in self.period and len(rows) > 1:
            before, now = ([row[k] for k in ("state", "band", "tier")] for row in rows[-2:])
            if before != now:
                self.evaluation.find("state_changed", f'target "{self.node["name"]}"')
        return {
            "name": self.node["name"],
            "metric": self.node["metric"],
            "unit": str(self.metric.unit),
            "owner": self.node.get("owner"),
            "period": days_of(self.period),
            "goal": {
                "low": number(goal.low, self.display),
                "high": number(goal.high, self.display),
                "baseline": number(goal.baseline, self.display),
            },
            "tiers": [
                {"name": name, "limit": number(limit, self.display)} for name, limit in self.tiers
            ],
            "milestones": milestones(rows),
            # tests/it/smart.rs has models of its own.
            "smart": None,
            "current": rows[-1] if rows else self.assess(day),
            "days": rows,
        }


def milestones(rows):
    """The first days at whose end something held."""

    def first(holds):
        return next((row["as_of"] for row in rows if holds(row)), None)

    since = None
    for row in reversed(rows):
        if not row["met"]:
            break
        since = row["as_of"]
    return {
        "first_met": first(lambda row: row["met"]),
        "met_since": since,
        "secured": first(lambda row: row["state"] == "secured"),
        "beyond_best": first(lambda row: row["pace"] and row["pace"].get("beyond_best")),
        "unreachable": first(lambda row: row["state"] == "unreachable"),
    }


# --------------------------------------------------------------------------- cascades


class Branch:
    """A node of a cascade and those below it; amounts are counted in quanta."""

    def __init__(self, name, weight, children, node=None):
        self.name, self.weight, self.children = name, weight, children
        self.node = node or {}
        self.amount = self.bound = None

    @classmethod
    def read(cls, node, period):
        weight = read_number(node.get("weight", 1))
        if node.get("ramp") is not None:
            weight *= cls.mean_share(node["ramp"], period)
        children = [cls.read(child, period) for child in node.get("children") or []]
        return cls(node["name"], weight, children, node)

    @staticmethod
    def mean_share(ramp, period):
        def share(day):
            since = (day - parse_day(ramp["start"])).days
            reached = [step["share"] for step in ramp["steps"] if since >= step["after"]]
            return read_number(reached[-1]) if reached and since >= 0 else Fraction(0)

        return sum(map(share, period)) / period.days

    @classmethod
    def of_time(cls, name, period, grains, calendar, weight):
        if not grains:
            return cls(name, sum(map(weight, period)), [])
        cuts = calendar.cut(period, grains[0])
        parts = [cls.of_time(label, part, grains[1:], calendar, weight) for label, part, _ in cuts]
        return cls(name, sum(part.weight for part in parts), parts)

    def walk(self, above=()):
        path = (*above, self.name)
        yield path, self
        for child in self.children:
            yield from child.walk(path)

    def denominator(self):
        if self.children:
            return sum(child.denominator() for child in self.children)
        return read_number(self.node["denominator"])

    # Amounts.

    def hand_down(self, quanta):
        over = self.node.get("over_assignment")
        return to_steps(quanta * read_number(over["factor"]), over["mode"]) if over else quanta

    def limits(self, quantum):
        """The least and the most that the node can be given; None where it is anything."""
        low, high = 0, None
        if self.node.get("floor") is not None:
            low = to_steps(read_number(self.node["floor"]) / quantum, "ceil")
        if self.node.get("ceiling") is not None:
            high = to_steps(read_number(self.node["ceiling"]) / quantum, "floor")
        if self.children:
            below = [child.limits(quantum) for child in self.children]
            takes = [
                most if child.weight else least
                for child, (least, most) in zip(self.children, below)
            ]
            needed = sum(least for least, _ in below)
            while self.hand_down(low) < needed:
                low += 1
            if None not in takes:
                most = low
                while self.hand_down(most + 1) <= sum(takes):
                    most += 1
                high = most if high is None else min(high, most)
        return low, high

    def give(self, quanta, quantum):
        """Hands so many quanta down, and notes what binds."""
        self.amount, self.handed = quanta, self.hand_down(quanta)
        if not self.children:
            return
        limits = [child.limits(quantum) for child in self.children]
        free = sum(child.weight for child in self.children)
        level = self.level(limits, self.handed) if free else Fraction(0)
        shares = []
        for child, (low, high) in zip(self.children, limits):
            child.share = self.handed * child.weight / free if free else Fraction(0)
            share = level * child.weight
            child.bound = "floor" if share < low else None
            if high is not None and share > high:
                child.bound = "ceiling"
            shares.append(max(share, low) if high is None else min(max(share, low), high))
        parts = [share.numerator // share.denominator for share in map(Fraction, shares)]
        order = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
        for i in order[: self.handed - sum(parts)]:
            parts[i] += 1
        for child, part in zip(self.children, parts):
            child.give(part, quantum)

    def level(self, limits, total):
        """The number that weights are multiplied with so that all of the total is given."""

        def given(level):
            values = [max(level * child.weight, low) for child, (low, _) in self.with_(limits)]
            ends = [high for _, high in limits]
            return sum(v if end is None else min(v, end) for v, end in zip(values, ends))

        points = {Fraction(0)}
        for child, ends in self.with_(limits):
            if child.weight:
                points.update(end / child.weight for end in ends if end is not None)
        points = sorted(points)
        # Between two neighbours what is given grows evenly.
        low = max(point for point in points if given(point) <= total)
        if given(low) == total:
            return low
        above = [point for point in points if point > low]
        step = (above[0] if above else low + 1) - low
        return low + step * (total - given(low)) / (given(low + step) - given(low))

    def with_(self, limits):
        return zip(self.children, limits)

    # Ratios.

    def share_out(self, numerator, quantum):
        self.numerator = numerator
        weights = [child.weight * child.denominator() for child in self.children]
        whole = sum(weights)
        shares = [numerator * weight / whole if whole else Fraction(0) for weight in weights]
        if quantum is not None and shares:
            sign = -1 if numerator < 0 else 1
            parts = [to_steps(sign * share / quantum, "floor") for share in shares]
            lost = [sign * share / quantum - part for share, part in zip(shares, parts)]
            order = sorted(range(len(parts)), key=lambda i: (-lost[i], i))
            for i in order[: int(sign * numerator / quantum) - sum(parts)]:
                parts[i] += 1
            shares = [sign * part * quantum for part in parts]
        for child, share in zip(self.children, shares):
            child.share_out(share, quantum)


class CascadeEvaluation:
    def __init__(self, evaluation, node):
        self.node, self.plain = node, evaluation.base
        self.is_ratio = node.get("ratio") is not None
        period = evaluation.maybe_period(node.get("period"))
        self.display = self.plain.percent() if self.is_ratio else self.plain
        if node.get("display") is not None:
            self.display = read_display(node["display"], self.plain)
        self.total = read_number(node["ratio" if self.is_ratio else "amount"])
        given = node.get("quantum")
        self.quantum = None if given is None else read_number(given)
        if node.get("grains") is None:
            self.root = Branch.read(node["tree"], period)
        else:
            weight = self.weights(node.get("weights"), period)
            grains = node["grains"]
            self.root = Branch.of_time(node["name"], period, grains, evaluation.calendar, weight)

    @staticmethod
    def weights(weights, period):
        if weights is None:
            return lambda day: Fraction(1)
        if "days" in weights:
            return lambda day: read_number(weights["days"][(day - period.first).days])
        profile = weights.get("weekdays", WORKING_DAYS)
        off = {parse_day(day) for day in weights.get("holidays") or []}
        weight = lambda day: read_number(profile.get(WEEKDAYS[day.weekday()], 0))  # noqa: E731
        return lambda day: Fraction(0) if day in off else weight(day)

    def amounts(self):
        sign = -1 if self.total < 0 else 1
        quanta = self.total / self.quantum
        assert quanta.denominator == 1
        if sign < 0:
            # By its own sign: modes that look at it are turned round.
            turn = {"ceil": "floor", "floor": "ceil"}
            turn |= {f"half_{a}": f"half_{b}" for a, b in turn.items()}
            for _, branch in self.root.walk():
                over = branch.node.get("over_assignment")
                if over:
                    branch.node["over_assignment"] = {**over, "mode": turn.get(over["mode"], over["mode"])}
        self.root.give(int(abs(quanta)), self.quantum)
        self.root.share = abs(quanta)
        for path, branch in self.root.walk():
            unit = sign * self.quantum
            yield {
                "path": list(path),
                "depth": len(path) - 1,
                "amount": number(branch.amount * unit, self.display),
                "handed_down": number(branch.handed * unit, self.display),
                "share": number(branch.share * unit, self.display),
                "bound": branch.bound,
            }

    def ratios(self):
        self.root.share_out(self.total * self.root.denominator(), self.quantum)
        for path, branch in self.root.walk():
            denominator = branch.denominator()
            yield {
                "path": list(path),
                "depth": len(path) - 1,
                "numerator": number(branch.numerator, self.plain),
                "denominator": number(denominator, self.plain),
                "ratio": number(quotient(branch.numerator, denominator), self.display),
            }

    def report(self):
        shown = self.plain if self.is_ratio else self.display
        unit = self.node.get("unit")
        return {
            "name": self.node["name"],
            "unit": None if unit is None else str(Unit.read(unit)),
            "kind": "ratio" if self.is_ratio else "amount",
            "total": number(self.total, self.display),
            "quantum": number(self.quantum, shown),
            "nodes": list(self.ratios() if self.is_ratio else self.amounts()),
        }


# --------------------------------------------------------------------------- text


def write(value, indent=0, width=160):
    """JSON with what fits a line on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= width or not isinstance(value, (dict, list)) or not value:
        return flat
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        parts = [f"{write(k)}: {write(v, indent + 1, width)}" for k, v in value.items()]
        return "{\n" + ",\n".join(pad + part for part in parts) + "\n" + " " * indent + "}"
    parts = [write(v, indent + 1, width) for v in value]
    return "[\n" + ",\n".join(pad + part for part in parts) + "\n" + " " * indent + "]"


def refuse_float(text):
    raise ValueError(f"{text} is a float; write it as text")


def evaluate(model_path, facts_path, as_of):
    """The report as Python's dictionaries and lists."""
    with open(model_path, encoding="utf-8") as file:
        document = json.load(file, parse_float=refuse_float)
    with open(facts_path, encoding="utf-8", newline="") as file:
        return Evaluation(document, file, parse_day(as_of)).report()


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    # Fractions of 16,384 bits are longer than Python prints by itself.
    sys.set_int_max_str_digits(0)
    print(write(evaluate(*sys.argv[1:])))


if __name__ == "__main__":
    main()
