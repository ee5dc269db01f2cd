"""The module, its examples' parts and the cases of numbers that it can ask.

    YARDSTICK_LIBRARY=target/debug/libyardstick.so python3 -m unittest discover examples/python
"""

import array
import datetime
import gc
import json
import os
import pathlib
import re
import threading
import unittest
from decimal import Decimal
from fractions import Fraction

import yardstick as ys

try:
    import numpy
except ImportError:
    numpy = None

try:
    import pyarrow
except ImportError:
    pyarrow = None

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = {
    "yardstick": 1, "name": "sample", "display": {"scale": 2, "mode": "half_even"},
    "dimensions": ["country"],
    "measures": [{"name": "revenue", "unit": "EUR"},
                 {"name": "orders", "unit": "order", "missing": "unknown"}],
    "kpis": [{"name": "aov", "formula": "revenue / orders"}],
    "queries": [{"name": "values", "metrics": ["revenue", "orders", "aov"], "by": ["country"]}],
}
DAYS = ["2011-12-01", "2011-12-01", "2011-12-02", "2011-12-03"]
COUNTRIES = ["DE", "FR", "DE", "DE"]
CENTS = [1999, 500, 2050, -100]
ORDERS = [1, 1, 2, 0]


def report(revenue=None, orders=ORDERS, days=DAYS, country=COUNTRIES):
    """The report of the sample with other columns."""
    revenue = ys.Integers(CENTS, 2) if revenue is None else revenue
    columns = {"country": country, "revenue": revenue, "orders": orders}
    with ys.Model(MODEL) as model, model.facts(days, columns) as facts:
        return model.evaluate(facts, "2011-12-03").text


def sales(text):
    rows = json.loads(text)["queries"][0]["rows"]
    return {row["key"][0]: row["values"] for row in rows}


class Interface(unittest.TestCase):
    def test_functions_are_those_of_the_header(self):
        header = (ROOT / "include/yardstick.h").read_text()
        code = "".join(line for line in header.splitlines(True) if not line.startswith(("//", "#")))
        declared = dict(re.findall(r"\b(ys_\w+)\(([^)]*)\);", code))
        for name, (_, arguments) in ys.FUNCTIONS.items():
            wanted = 0 if declared[name] == "void" else declared[name].count(",") + 1
            self.assertEqual(len(arguments), wanted, name)
        print(f"python: {len(ys.FUNCTIONS)} of the {len(declared)} functions of the header")

    def test_it_is_loaded_once(self):
        self.assertRegex(ys.version(), r"^\d+\.\d+\.\d+$")
        self.assertIs(ys.load("/nowhere"), ys.load())

    def test_statuses_have_the_names_of_the_library(self):
        for status in ys.Status:
            self.assertEqual(ys._get("ys_status_name", status), status.name.lower())
        header = (ROOT / "include/yardstick.h").read_text()
        for mode in ys.Mode:
            self.assertTrue(f"#define YS_MODE_{mode.name} {mode.value}\n" in header, mode)
        for code, reason in enumerate(ys.Value.REASONS):
            self.assertTrue(f"#define YS_REASON_{(reason or 'none').upper()} {code}\n" in header, reason)


class Errors(unittest.TestCase):
    def test_the_place_in_a_text(self):
        with self.assertRaises(ys.Error) as caught:
            ys.parse_decimal("1,234.50")
        error = caught.exception
        self.assertEqual((error.status, error.name), (ys.Status.SYNTAX, "syntax"))
        self.assertEqual(error.span, (1, 2))
        self.assertIn("unexpected ','", str(error))
        self.assertEqual(error.message, error.detail)
        self.assertEqual((error.path, error.column, error.row, error.problems), (None, None, None, []))

    def test_the_places_in_a_document(self):
        document = dict(MODEL, kpis=[{"name": "aov", "formula": "revenues / orders"},
                                     {"name": "odd", "formula": "revenue + orders"}])
        with self.assertRaises(ys.Error) as caught:
            ys.Model(document)
        error = caught.exception
        self.assertEqual(error.status, ys.Status.INVALID)
        unknown, unit = [problem for problem in error.problems if problem.path.startswith("kpis")]
        self.assertEqual((unknown.status, unit.status), (ys.Status.UNKNOWN, ys.Status.UNIT))
        self.assertTrue(unknown.path.startswith("kpis[0]"))
        self.assertIn('did you mean "revenue"?', unknown.detail)
        self.assertIn(unknown.message, error.message)
        for text in ("{", "", b"\xff"):
            with self.assertRaises(ys.Error) as caught:
                ys.Model(text)
            self.assertEqual(caught.exception.status, ys.Status.SYNTAX)

    def test_the_places_in_facts(self):
        with self.assertRaises(ys.Error) as caught:
            report(revenue=["1", "2", "3x", "4"], orders=[1, 1, 1])
        places = {(p.status, p.row, p.column) for p in caught.exception.problems}
        self.assertIn((ys.Status.SYNTAX, 2, "revenue"), places)
        self.assertIn(ys.Status.SHAPE, {status for status, _, _ in places})
        with self.assertRaises(ys.Error) as caught:
            report(country=["DE", None, "DE", "DE"])
        error = caught.exception
        self.assertEqual((error.status, error.row, error.column), (ys.Status.MISSING, 1, "country"))
        with self.assertRaises(ys.Error) as caught:
            report(days=["2011-12-01"] * 4)
        self.assertEqual((caught.exception.status, caught.exception.row), (ys.Status.DUPLICATE, 2))


class Numbers(unittest.TestCase):
    def test_decimals_keep_their_digits(self):
        for text in ("0", "1.50", "-1234.50", "0.0000000000000000000000000001",
                     "79228162514264337593543950335", "-7.9228162514264337593543950335"):
            value = ys.parse_decimal(text)
            self.assertEqual(value.as_tuple(), Decimal(text).as_tuple())
            self.assertEqual(ys.format_decimal(value), text)
        self.assertEqual(ys.format_decimal(Decimal("15e2")), "1500")
        self.assertEqual(ys.format_decimal(Decimal("-0.00")), "0.00")
        self.assertEqual(ys.format_decimal(Fraction(-7, 40)), "-0.175")
        self.assertEqual(ys.format_decimal(-3), "-3")

    def test_what_is_not_exact_is_refused(self):
        for value in (0.5, True, None, 1j, b"1"):
            with self.assertRaises(TypeError):
                ys.format_decimal(value)
        with self.assertRaises(ValueError):
            ys.format_decimal(Fraction(1, 3))
        for value, status in ((Decimal("nan"), ys.Status.SYNTAX), (1 << 96, ys.Status.OVERFLOW),
                              (Decimal("1e-30"), ys.Status.INEXACT), (" 1", ys.Status.SYNTAX)):
            with self.assertRaises(ys.Error) as caught:
                ys.format_decimal(value)
            self.assertEqual(caught.exception.status, status)

    def test_rounding_is_said(self):
        half = ys.round_decimal(Decimal("1016.365"), 2, ys.Mode.HALF_EXPAND)
        self.assertEqual(str(half), "1016.37")
        nickel = ys.round_decimal("0.37", 2, ys.Mode.HALF_EVEN, step=Decimal("0.05"))
        self.assertEqual(str(nickel), "0.35")
        for scale, mode, status in ((1, ys.Mode.EXACT, ys.Status.INEXACT), (29, 1, ys.Status.DOMAIN),
                                    (-1, 1, ys.Status.DOMAIN), (1, 0, ys.Status.INVALID_ARGUMENT)):
            with self.assertRaises(ys.Error) as caught:
                ys.round_decimal("2.55", scale, mode)
            self.assertEqual(caught.exception.status, status)
        with self.assertRaises(OverflowError):
            ys.round_decimal("2.55", (1 << 32) + 1, ys.Mode.CEIL)

    def test_days(self):
        day = datetime.date(2011, 12, 9)
        self.assertEqual(ys.day_number(day), ys.day_number("2011-12-09"))
        self.assertEqual(ys.day_text(day), "2011-12-09")
        self.assertEqual(ys.day_number("1970-01-01"), 0)
        for text, status in (("2011-02-29", ys.Status.DATE), ("9.12.2011", ys.Status.SYNTAX)):
            with self.assertRaises(ys.Error) as caught:
                ys.day_number(text)
            self.assertEqual(caught.exception.status, status)
        with self.assertRaises(ys.Error):
            ys.day_text((1 << 31) - 1)
        with self.assertRaises(OverflowError):
            ys.day_text(1 << 32)

    def test_numbers_of_a_report(self):
        self.assertEqual(ys.exact({"fraction": "-7/20", "text": "-0.35"}), Fraction(-7, 20))
        with self.assertRaises(ys.Undefined) as caught:
            ys.exact({"undefined": "no_base"})
        self.assertEqual(caught.exception.reason, "no_base")
        with self.assertRaises(OverflowError):
            ys.exact({"fraction": None, "bits": 5000, "text": "1"})

    def test_no_value_is_missing(self):
        self.assertEqual(ys._get("ys_value_reason", None), ys.Value.REASONS.index("missing"))
        ys._get("ys_value_free", None)

    def test_cases_of_rounding(self):
        files = [ROOT / "tests/oracle/number.jsonl"]
        cases = [json.loads(line) for line in files[0].read_text().splitlines()]
        shared = os.environ.get("YARDSTICK_SHARED")
        for path in sorted(pathlib.Path(shared or "/nowhere").glob("oracle/number/*round*.json")):
            cases += json.loads(path.read_text())["cases"]
            files.append(path)
        asked = 0
        for case in cases:
            if case["op"] not in ("round", "round_step"):
                continue
            value, *step = case["args"]
            try:
                found = ys.round_decimal(value, case["scale"], ys.Mode[case["mode"].upper()], *step)
            except ys.Error as error:
                self.assertIn("error", case, f"{case}: {error}")
            else:
                self.assertEqual(ys.format_decimal(found), case.get("expect"), case)
            asked += 1
        self.assertGreater(asked, 100)
        print(f"python: {asked} cases of rounding from {len(files)} files")


class Columns(unittest.TestCase):
    def test_every_kind_gives_the_same_bytes(self):
        wanted = report()
        self.assertEqual([n["fraction"] for n in sales(wanted)["DE"]], ["3949/100", "3", "3949/300"])
        stored = array.array("q", CENTS)
        apart = array.array("q", [n for cents in CENTS for n in (cents, 7)])
        wide = b"".join(cents.to_bytes(16, "little", signed=True) for cents in CENTS)
        for revenue in (
            ys.Integers(stored, 2), ys.Integers(memoryview(stored).toreadonly(), 2),
            ys.Integers(memoryview(apart)[::2], 2), ys.Integers(iter(CENTS), 2),
            ys.Integers(stored, 2, validity=b"\xff"), ys.Wide(CENTS, 2), ys.Wide(wide, 2),
            ys.Wide(memoryview(b"x" + wide)[1:], 2), ys.Wide([c * 10**20 for c in CENTS], 22),
            [Decimal(cents) / 100 for cents in CENTS], [Fraction(cents, 100) for cents in CENTS],
            [f"{cents}e-2" for cents in CENTS], ys.Texts(["19.99", "5", "20.50", "-1.00"]),
        ):
            self.assertEqual(report(revenue=revenue), wanted)
        numbers = list(map(ys.day_number, DAYS))
        for days in (numbers, array.array("i", numbers), [datetime.date.fromisoformat(d) for d in DAYS]):
            self.assertEqual(report(days=days), wanted)
        for codes in ([0, 1, 0, 0], array.array("I", [0, 1, 0, 0])):
            self.assertEqual(report(country=ys.Codes(codes, ["DE", "FR"])), wanted)
        self.assertEqual(report(orders=array.array("q", ORDERS)), wanted)

    @unittest.skipIf(numpy is None, "no NumPy here")
    def test_numpy_gives_the_same_bytes(self):
        cents = numpy.array(CENTS, dtype=numpy.int64)
        pairs = numpy.array([CENTS, ORDERS], dtype=numpy.int64).T
        days = numpy.array(DAYS, dtype="datetime64[D]").astype(numpy.int32)
        wanted = report()
        self.assertEqual(report(revenue=ys.Integers(cents, 2), days=days), wanted)
        self.assertEqual(report(revenue=ys.Integers(pairs[:, 0], 2), orders=pairs[:, 1]), wanted)
        self.assertEqual(ys.Integers(cents).column.values, cents.ctypes.data)

    @unittest.skipIf(pyarrow is None, "no pyarrow here")
    def test_pyarrow_gives_the_same_bytes(self):
        amounts = pyarrow.array([Decimal(cents) / 100 for cents in CENTS], pyarrow.decimal128(20, 2))
        validity, data = amounts.buffers()
        wide = ys.Wide(memoryview(data)[:16 * len(amounts)], 2, validity)
        self.assertEqual(wide.column.values, data.address)
        _, days = pyarrow.array(DAYS).cast(pyarrow.date32()).buffers()
        self.assertEqual(report(revenue=wide, days=memoryview(days).cast("i")[:4]), report())
        orders = [1, 1, None, 0]
        validity, data = pyarrow.array(orders, pyarrow.int64()).buffers()
        column = ys.Integers(memoryview(data).cast("q")[:4], validity=validity)
        self.assertEqual(report(orders=column), report(orders=orders))

    def test_empty_cells(self):
        wanted = report(orders=[1, 1, None, 0])
        self.assertEqual(sales(wanted)["DE"][1], {"undefined": "missing"})
        self.assertEqual(report(orders=ys.Integers([1, 1, None, 0])), wanted)
        self.assertEqual(report(orders=ys.Wide([1, 1, None, 0])), wanted)
        holes = array.array("q", [1, 1, 99, 0])
        self.assertEqual(report(orders=ys.Integers(holes, validity=bytes([0b1011]))), wanted)
        with self.assertRaises(ValueError):
            ys.Integers([1] * 9, validity=b"\xff")

    def test_buffers_are_borrowed_and_not_copied(self):
        cents = array.array("q", CENTS)
        column = ys.Integers(cents, 2)
        self.assertEqual(column.column.values, cents.buffer_info()[0])
        self.assertEqual(column.column.stride, 0)
        with ys.Model(MODEL) as model:
            facts = model.facts(DAYS, {"country": COUNTRIES, "revenue": column, "orders": ORDERS})
            self.assertEqual(len(facts), 4)
        del column
        gc.collect()
        with self.assertRaises(BufferError):
            cents.append(1)
        facts.close()
        cents.append(1)

    def test_buffers_of_another_kind_are_refused(self):
        for values in (array.array("i", [1]), array.array("d", [1.0]), b"12345678", array.array("Q", [1])):
            with self.assertRaises(TypeError):
                ys.Integers(values)
        for days in (array.array("q", [1]), array.array("I", [1])):
            with self.assertRaises(TypeError):
                report(days=days)
        stored = array.array("q", range(8))
        for values in (memoryview(stored)[::-1], memoryview(stored).cast("B").cast("q", [2, 4])):
            with self.assertRaises(ValueError):
                ys.Integers(values)
        with self.assertRaises(ValueError):
            report(days=memoryview(array.array("i", range(8)))[::2])
        with self.assertRaises(ValueError):
            ys.Wide(b"123")
        with self.assertRaises(OverflowError):
            ys.Wide([1 << 127])
        with self.assertRaises(OverflowError):
            ys.Integers([1 << 63])
        with self.assertRaises(OverflowError):
            ys.Integers([1], scale=1 << 32)
        with self.assertRaises(TypeError):
            report(revenue=[1.5, 1, 1, 1])


class Handles(unittest.TestCase):
    def test_names_and_counts(self):
        with ys.Model(json.dumps(MODEL)) as model:
            self.assertEqual((model.dimensions, model.measures), (["country"], ["revenue", "orders"]))
            facts = model.facts(DAYS, {"country": COUNTRIES, "revenue": CENTS, "orders": ORDERS})
            made = model.evaluate(facts, datetime.date(2011, 12, 3))
        # Handles do not depend on each other.
        facts.close()
        self.assertEqual((made.queries, made.funnels, made.targets), (1, 0, 0))
        self.assertEqual(made.findings, len(made.json()["findings"]))
        self.assertTrue(made.text.endswith(b"}\n"))

    def test_what_is_closed_is_refused(self):
        model = ys.Model(MODEL)
        model.close()
        model.close()
        for use in (lambda: model.measures, lambda: model.facts([], {}), lambda: ys.FactsBuilder(model)):
            with self.assertRaises(ValueError):
                use()

    def test_a_builder_is_used_up(self):
        with ys.Model(MODEL) as model, ys.FactsBuilder(model) as builder:
            for use in (builder.build, builder.build, lambda: builder.days(DAYS)):
                with self.assertRaises(ys.Error) as caught:
                    use()
            self.assertEqual(caught.exception.status, ys.Status.INVALID_ARGUMENT)

    def test_eight_threads_share_model_and_facts(self):
        wanted, found = report(), []
        with ys.Model(MODEL) as model:
            with model.facts(DAYS, {"country": COUNTRIES, "revenue": ys.Integers(CENTS, 2),
                                    "orders": ORDERS}) as facts:
                def work():
                    for _ in range(20):
                        with model.evaluate(facts, "2011-12-03") as made:
                            found.append(made.text)
                threads = [threading.Thread(target=work) for _ in range(8)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
        self.assertEqual(found, [wanted] * 160)


if __name__ == "__main__":
    unittest.main()
