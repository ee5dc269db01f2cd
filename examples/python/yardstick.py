"""Yardstick from Python, over its C interface and with the standard library only (CPython 3.9+).

    cargo rustc --lib --release --features capi --crate-type cdylib

    import yardstick as ys
    with ys.Model(document) as model:
        with model.facts(days, {"country": ["DE", "FR"], "revenue": ys.Integers(cents, scale=2)}) as facts:
            print(model.evaluate(facts, "2011-12-09").json()["targets"])

The library is the file that `load(path)` was given, else that of the variable YARDSTICK_LIBRARY,
else the one in target/release beside this folder.

Exact numbers are int, decimal.Decimal and fractions.Fraction; a float is refused. Everything that
goes wrong in the library is an `Error` with its place. What is open is closed by `with`, by `close()`,
or when nobody holds it any more. A model, facts or report may be used by several threads at once; a
builder, and what is being closed, by one.

To add a function of include/yardstick.h: a line in FUNCTIONS, and a method that calls `_call` (for
those with a status), `_text` (for those that write text into a buffer) or `_get` (for all others). A
new handle is a class over `_Handle` with the name of the function that frees it.
"""

import array
import ctypes
import datetime
import decimal
import enum
import fractions
import json
import numbers
import os
import pathlib
import sys
import weakref
from ctypes import POINTER, c_bool, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p

ABI_VERSION = 1
_EPOCH = datetime.date(1970, 1, 1).toordinal()


# ---- The interface -------------------------------------------------------------------------------

class _Int128(ctypes.Structure):
    _fields_ = [("lo", c_uint64), ("hi", c_int64)]


class _Decimal(ctypes.Structure):
    _fields_ = [("mantissa", _Int128), ("scale", c_int32), ("reserved", c_uint32)]


class _Options(ctypes.Structure):
    """A struct that begins with its size."""

    def __init__(self, **fields):
        super().__init__(ctypes.sizeof(self), **fields)


class _Rounding(_Options):
    _fields_ = [("struct_size", c_size_t), ("scale", c_int32), ("mode", c_int32), ("step", _Decimal)]


class _TextColumn(_Options):
    _fields_ = [("struct_size", c_size_t), ("data", c_char_p), ("data_length", c_size_t),
                ("offsets", c_void_p), ("large_offsets", c_void_p), ("count", c_size_t),
                ("validity", c_void_p)]


class _NumberColumn(_Options):
    """ys_integer_column and ys_wide_column: only what `values` points to differs."""

    _fields_ = [("struct_size", c_size_t), ("values", c_void_p), ("count", c_size_t),
                ("stride", c_size_t), ("validity", c_void_p), ("scale", c_int32),
                ("reserved", c_uint32)]


_PLACE, _STATUS, _SIZES = POINTER(c_void_p), c_int32, POINTER(c_size_t)
_IN, _NAME, _OUT = [c_char_p, c_size_t], [c_void_p, c_char_p, c_size_t], [c_char_p, c_size_t, _SIZES, _PLACE]

# name: (result, arguments), as in include/yardstick.h. Handles are c_void_p.
FUNCTIONS = {
    "ys_abi_version": (c_uint32, []),
    "ys_version": (c_char_p, []),
    "ys_status_name": (c_char_p, [c_int32]),
    "ys_error_status": (_STATUS, [c_void_p]),
    "ys_error_message": (c_char_p, [c_void_p]),
    "ys_error_detail": (c_char_p, [c_void_p]),
    "ys_error_path": (c_char_p, [c_void_p]),
    "ys_error_column": (c_char_p, [c_void_p]),
    "ys_error_row": (c_bool, [c_void_p, _SIZES]),
    "ys_error_span": (c_bool, [c_void_p, _SIZES, _SIZES]),
    "ys_error_problem_count": (c_size_t, [c_void_p]),
    "ys_error_problem": (c_void_p, [c_void_p, c_size_t]),
    "ys_error_free": (None, [c_void_p]),
    "ys_decimal_parse": (_STATUS, [*_IN, POINTER(_Decimal), _PLACE]),
    "ys_decimal_format": (_STATUS, [POINTER(_Decimal), *_OUT]),
    "ys_decimal_round": (_STATUS, [POINTER(_Decimal), POINTER(_Rounding), POINTER(_Decimal), _PLACE]),
    "ys_value_free": (None, [c_void_p]),
    "ys_value_reason": (c_int32, [c_void_p]),
    "ys_value_round": (_STATUS, [c_void_p, POINTER(_Rounding), POINTER(_Decimal), _PLACE]),
    "ys_value_text": (_STATUS, [c_void_p, *_OUT]),
    "ys_date_parse": (_STATUS, [*_IN, POINTER(c_int32), _PLACE]),
    "ys_date_format": (_STATUS, [c_int32, *_OUT]),
    "ys_model_from_json": (_STATUS, [*_IN, _PLACE, _PLACE]),
    "ys_model_dimension_count": (c_size_t, [c_void_p]),
    "ys_model_dimension_name": (c_char_p, [c_void_p, c_size_t]),
    "ys_model_measure_count": (c_size_t, [c_void_p]),
    "ys_model_measure_name": (c_char_p, [c_void_p, c_size_t]),
    "ys_model_evaluate": (_STATUS, [c_void_p, c_void_p, c_int32, _PLACE, _PLACE]),
    "ys_model_free": (None, [c_void_p]),
    "ys_facts_builder_new": (_STATUS, [c_void_p, _PLACE, _PLACE]),
    "ys_facts_builder_set_days": (_STATUS, [c_void_p, c_void_p, c_size_t, _PLACE]),
    "ys_facts_builder_add_dimension": (_STATUS, [*_NAME, POINTER(_TextColumn), _PLACE]),
    "ys_facts_builder_add_dimension_codes":
        (_STATUS, [*_NAME, c_void_p, c_size_t, POINTER(_TextColumn), _PLACE]),
    "ys_facts_builder_add_integers": (_STATUS, [*_NAME, POINTER(_NumberColumn), _PLACE]),
    "ys_facts_builder_add_wide": (_STATUS, [*_NAME, POINTER(_NumberColumn), _PLACE]),
    "ys_facts_builder_add_text": (_STATUS, [*_NAME, POINTER(_TextColumn), _PLACE]),
    "ys_facts_build": (_STATUS, [c_void_p, _PLACE, _PLACE]),
    "ys_facts_builder_free": (None, [c_void_p]),
    "ys_facts_row_count": (c_size_t, [c_void_p]),
    "ys_facts_free": (None, [c_void_p]),
    "ys_report_json": (_STATUS, [c_void_p, *_OUT]),
    "ys_report_query_count": (c_size_t, [c_void_p]),
    "ys_report_funnel_count": (c_size_t, [c_void_p]),
    "ys_report_target_count": (c_size_t, [c_void_p]),
    "ys_report_finding_count": (c_size_t, [c_void_p]),
    "ys_report_free": (None, [c_void_p]),
}

_loaded = None


def load(path=None):
    """Loads the library, from a path or from where it is looked for. Only the first time counts; it
    happens by itself where it was not asked for."""
    global _loaded
    if _loaded is None:
        names = {"darwin": "libyardstick.dylib", "win32": "yardstick.dll"}
        root = pathlib.Path(__file__).resolve().parents[2]
        built = root / "target/release" / names.get(sys.platform, "libyardstick.so")
        path = os.fspath(path or os.environ.get("YARDSTICK_LIBRARY") or built)
        library = ctypes.CDLL(path)
        for function, (result, arguments) in FUNCTIONS.items():
            if hasattr(library, function):  # an older library of the same ABI may lack one
                getattr(library, function).restype = result
                getattr(library, function).argtypes = arguments
        found = library.ys_abi_version()
        if found != ABI_VERSION:
            raise ImportError(f"{path} has version {found} of the interface, not {ABI_VERSION}")
        _loaded = library
    return _loaded


def _native(arguments):
    return [value.pointer if isinstance(value, _Handle) else value for value in arguments]


def _get(name, *arguments):
    """Calls a function that cannot fail. Text becomes str."""
    result = getattr(load(), name)(*_native(arguments))
    return result.decode() if isinstance(result, bytes) else result


def _call(name, *arguments):
    """Calls a function whose last argument is an error, and raises it."""
    error = c_void_p()
    if getattr(load(), name)(*_native(arguments), ctypes.byref(error)) != 0:
        try:
            raise Error(error)
        finally:
            load().ys_error_free(error)


def _text(name, *arguments):
    """Calls a function that writes text into a buffer: once for its size, once for the text."""
    needed = c_size_t()
    _call(name, *arguments, None, 0, ctypes.byref(needed))
    buffer = ctypes.create_string_buffer(needed.value)
    _call(name, *arguments, buffer, needed, None)
    return buffer.value


def version():
    """The version of the library, such as 0.1.0."""
    return _get("ys_version")


# ---- Errors --------------------------------------------------------------------------------------

class Status(enum.IntEnum):
    """What kind of error it is; a number never gets another meaning."""

    DIVISION_BY_ZERO = 1
    DOMAIN = 2
    OVERFLOW = 3
    INEXACT = 4
    CAPACITY = 5
    SYNTAX = 6
    TYPE = 7
    UNKNOWN = 8
    DUPLICATE = 9
    CYCLE = 10
    UNIT = 11
    DATE = 12
    MISSING = 13
    SHAPE = 14
    INVALID = 15
    PANIC = 100
    NULL_ARGUMENT = 101
    INVALID_ARGUMENT = 102
    BUFFER_TOO_SMALL = 103


class Error(Exception):
    """What went wrong, and where.

    status: a Status, or an int that this module does not know. name: the status as a word.
    message: all of it, with its place and problems, for a person. detail: the same without them.
    path: where in the document, column and row (from 0): where in the facts, span: which bytes of a
    text; each None where there is none. problems: a list of Errors where there were several.
    """

    def __init__(self, pointer):
        row, first, end = c_size_t(), c_size_t(), c_size_t()
        status = _get("ys_error_status", pointer)
        self.status = Status(status) if status in Status._value2member_map_ else status
        self.name = _get("ys_status_name", status)
        self.message = _get("ys_error_message", pointer)
        self.detail = _get("ys_error_detail", pointer)
        self.path = _get("ys_error_path", pointer)
        self.column = _get("ys_error_column", pointer)
        self.row = row.value if _get("ys_error_row", pointer, ctypes.byref(row)) else None
        known = _get("ys_error_span", pointer, ctypes.byref(first), ctypes.byref(end))
        self.span = (first.value, end.value) if known else None
        count = _get("ys_error_problem_count", pointer)
        self.problems = [Error(_get("ys_error_problem", pointer, i)) for i in range(count)]
        super().__init__(self.message)


# ---- Numbers and days ----------------------------------------------------------------------------

class Mode(enum.IntEnum):
    """How digits are cut; include/yardstick.h says what each does."""

    CEIL = 1
    FLOOR = 2
    EXPAND = 3
    TRUNC = 4
    HALF_CEIL = 5
    HALF_FLOOR = 6
    HALF_EXPAND = 7
    HALF_TRUNC = 8
    HALF_EVEN = 9
    EXACT = 10


def _digits(value):
    """A number as text that says just the same."""
    if isinstance(value, str):
        return value
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        return str(int(value))  # NumPy's, too
    if isinstance(value, decimal.Decimal):
        return str(value)
    if not isinstance(value, fractions.Fraction):
        raise TypeError(f"{value!r} is no exact number; give an int, Decimal, Fraction or text")
    # The least power of ten that the denominator divides: none where it has other primes.
    scale, rest = 0, value.denominator
    for prime in (2, 5):
        times = 0
        while rest % prime == 0:
            rest, times = rest // prime, times + 1
        scale = max(scale, times)
    if rest != 1:
        raise ValueError(f"{value} has no end as a decimal; round it first")
    return f"{value.numerator * 10**scale // value.denominator}e-{scale}"


def _bytes(text):
    data = text.encode()
    return data, len(data)


def _decimal(value):
    result = _Decimal()
    _call("ys_decimal_parse", *_bytes(_digits(value)), ctypes.byref(result))
    return result


def _python(value):
    mantissa = (value.mantissa.hi << 64) + value.mantissa.lo
    digits = tuple(map(int, str(abs(mantissa))))
    # From its parts, so that no context rounds it.
    return decimal.Decimal((int(mantissa < 0), digits, -value.scale))


def parse_decimal(text):
    """Reads a decimal strictly, and keeps its digits: no spaces, no separators, at most 28 decimals
    and 96 bits."""
    return _python(_decimal(text))


def format_decimal(value):
    """Writes a number as plain digits with exactly its scale, without exponent."""
    return _text("ys_decimal_format", ctypes.byref(_decimal(value))).decode()


def _int32(value):
    """An int that surely arrives as it is: ctypes would cut it."""
    if not -(1 << 31) <= value < 1 << 31:
        raise OverflowError(f"{value} has more than 32 bits")
    return value


def _rounding(scale, mode, step):
    return _Rounding(scale=_int32(scale), mode=_int32(mode), step=_decimal(step or 0))


def round_decimal(value, scale, mode, step=None):
    """Rounds a number once, to exactly `scale` decimals and a multiple of `step`. There is no default
    mode."""
    result = _Decimal()
    how = _rounding(scale, mode, step)
    _call("ys_decimal_round", ctypes.byref(_decimal(value)), ctypes.byref(how), ctypes.byref(result))
    return _python(result)


def day_number(day):
    """Days since 1970-01-01 of a datetime.date, a text YYYY-MM-DD or such a number."""
    if isinstance(day, int):
        return _int32(day)
    if isinstance(day, datetime.date):
        return day.toordinal() - _EPOCH
    result = c_int32()
    _call("ys_date_parse", *_bytes(day), ctypes.byref(result))
    return result.value


def day_text(day):
    """Such a day as YYYY-MM-DD."""
    return _text("ys_date_format", day_number(day)).decode()


class Undefined(ValueError):
    """An undefined number was asked for its fraction; `reason` is a word such as no_base."""

    def __init__(self, reason):
        self.reason = reason
        super().__init__(f"undefined: {reason}")


def exact(number):
    """The Fraction of a number of a report, such as {"fraction": "7/20", "text": "0.35"}."""
    if "undefined" in number:
        raise Undefined(number["undefined"])
    if number["fraction"] is None:
        raise OverflowError(f"a fraction of {number['bits']} bits is not in the report")
    return fractions.Fraction(number["fraction"])


# ---- Handles -------------------------------------------------------------------------------------

def _release(free, pointer, kept):
    getattr(load(), free)(pointer)
    kept.clear()  # and not before


class _Handle:
    """Something that is freed once. `kept` lives as long: the memory that it borrows."""

    _free = ""

    def __init__(self, pointer, kept=()):
        self._pointer = pointer
        self._kept = list(kept)
        self._finalizer = weakref.finalize(self, _release, self._free, pointer, self._kept)

    @property
    def pointer(self):
        """What C calls it by."""
        if not self._finalizer.alive:
            raise ValueError(f"{type(self).__name__} is closed")
        return self._pointer

    @classmethod
    def _new(cls, name, *arguments):
        pointer = c_void_p()
        _call(name, *arguments, ctypes.byref(pointer))
        return pointer

    def close(self):
        """Frees it, and what it borrows; a second time does nothing."""
        self._finalizer()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Value(_Handle):
    """An exact number of any size, or undefined with a reason. Made by functions that give values."""

    _free = "ys_value_free"
    REASONS = (None, "missing", "not_additive", "inconsistent", "unbounded_good", "unbounded_bad",
               "unbounded", "no_base", "capacity")

    @property
    def reason(self):
        """Why it is undefined, as a word; None where it is defined."""
        return self.REASONS[_get("ys_value_reason", self)]

    def round(self, scale, mode, step=None):
        """It as a Decimal, rounded once."""
        result, how = _Decimal(), _rounding(scale, mode, step)
        _call("ys_value_round", self, ctypes.byref(how), ctypes.byref(result))
        return _python(result)

    def fraction(self):
        """It as a Fraction; raises Undefined with its reason."""
        if self.reason is not None:
            raise Undefined(self.reason)
        return fractions.Fraction(str(self))

    def __str__(self):
        return _text("ys_value_text", self).decode()


class Model(_Handle):
    """Measures, KPIs, queries, funnels and targets, from a document as JSON text or as a dict."""

    _free = "ys_model_free"

    def __init__(self, document):
        text = document if isinstance(document, (str, bytes)) else json.dumps(document)
        data = text if isinstance(text, bytes) else text.encode()
        super().__init__(self._new("ys_model_from_json", data, len(data)))

    def _names(self, what):
        count = _get(f"ys_model_{what}_count", self)
        return [_get(f"ys_model_{what}_name", self, i) for i in range(count)]

    @property
    def dimensions(self):
        """The names of the dimensions that facts have."""
        return self._names("dimension")

    @property
    def measures(self):
        """The names of the measures that facts have."""
        return self._names("measure")

    def facts(self, days, columns):
        """Facts from days and columns by name; see FactsBuilder for what they may be."""
        with FactsBuilder(self) as builder:
            builder.days(days)
            dimensions = set(self.dimensions)
            for name, values in columns.items():
                (builder.dimension if name in dimensions else builder.measure)(name, values)
            return builder.build()

    def evaluate(self, facts, as_of):
        """The report as of the end of a day: a datetime.date, YYYY-MM-DD or days since 1970-01-01."""
        return Report(self._new("ys_model_evaluate", self, facts, day_number(as_of)))


class FactsBuilder(_Handle):
    """Collects columns: days, and one for each dimension and measure of the model.

    An array.array, a memoryview, a NumPy array or whatever else has a buffer of the right integers is
    read where it is, without a copy, and cannot be resized until the facts are closed. It must not be
    written to either. Everything else is copied.

    A pyarrow array of one piece lends its buffers, here where it has no offset:

        validity, data = amounts.buffers()
        builder.measure("revenue", ys.Wide(memoryview(data)[:16 * len(amounts)], 2, validity))  # decimal128
        builder.measure("orders", ys.Integers(memoryview(data).cast("q")[:len(orders)]))  # int64
        builder.days(memoryview(data).cast("i")[:len(days)])  # date32
    """

    _free = "ys_facts_builder_free"

    def __init__(self, model):
        super().__init__(self._new("ys_facts_builder_new", model))

    def days(self, values):
        """The day of each row: a buffer of 32-bit days since 1970-01-01, or days as in day_number."""
        if not has_buffer(values):
            values = array.array("i", map(day_number, values))
        buffer = Buffer(values, "il", 4)
        _call("ys_facts_builder_set_days", self, buffer.address, buffer.count)
        self._kept.append(buffer)

    def dimension(self, name, values):
        """A text for each row, or Codes."""
        if isinstance(values, Codes):
            buffer, texts = Buffer(values.codes, "IL", 4), Texts(values.dictionary)
            _call("ys_facts_builder_add_dimension_codes", self, *_bytes(name), buffer.address,
                  buffer.count, ctypes.byref(texts.column))
            self._kept.append(buffer)
        else:
            texts = values if isinstance(values, Texts) else Texts(values)
            _call("ys_facts_builder_add_dimension", self, *_bytes(name), ctypes.byref(texts.column))

    def measure(self, name, values):
        """Integers, Wide or Texts; a buffer of 64-bit integers; or a list of exact numbers and None.
        None, and a bit that is not set, is empty."""
        if has_buffer(values):
            values = Integers(values)
        elif not isinstance(values, (Integers, Texts)):
            values = Texts(None if value is None else _digits(value) for value in values)
        _call(f"ys_facts_builder_add_{values.kind}", self, *_bytes(name), ctypes.byref(values.column))
        self._kept.extend(values.kept)

    def build(self):
        """Checks everything and makes Facts. The builder is used up, whether this succeeds or not."""
        return Facts(self._new("ys_facts_build", self), self._kept)


class Facts(_Handle):
    """Measures by day and dimension, checked. len() says how many rows."""

    _free = "ys_facts_free"

    def __len__(self):
        return _get("ys_facts_row_count", self)


class Report(_Handle):
    """What a model gives over facts."""

    _free = "ys_report_free"

    @property
    def text(self):
        """The report as JSON in UTF-8: the same bytes from every language."""
        return _text("ys_report_json", self)

    def json(self):
        """The report as a dict; `exact` makes Fractions of its numbers."""
        return json.loads(self.text)

    queries = property(lambda self: _get("ys_report_query_count", self), doc="How many queries it has.")
    funnels = property(lambda self: _get("ys_report_funnel_count", self), doc="How many funnels it has.")
    targets = property(lambda self: _get("ys_report_target_count", self), doc="How many targets it has.")
    findings = property(lambda self: _get("ys_report_finding_count", self), doc="How many findings it has.")


# ---- Columns -------------------------------------------------------------------------------------

class _View(ctypes.Structure):
    """CPython's Py_buffer."""

    _fields_ = [("buf", c_void_p), ("obj", c_void_p), ("len", ctypes.c_ssize_t),
                ("itemsize", ctypes.c_ssize_t), ("readonly", ctypes.c_int), ("ndim", ctypes.c_int),
                ("format", c_char_p), ("shape", POINTER(ctypes.c_ssize_t)),
                ("strides", POINTER(ctypes.c_ssize_t)), ("suboffsets", c_void_p), ("internal", c_void_p)]


_hold = ctypes.pythonapi.PyObject_GetBuffer
_hold.argtypes, _hold.restype = [ctypes.py_object, c_void_p, ctypes.c_int], ctypes.c_int
_let_go = ctypes.pythonapi.PyBuffer_Release
_let_go.argtypes, _let_go.restype = [c_void_p], None


def has_buffer(values):
    """Whether something has a buffer of numbers; text and bytes are no columns of them."""
    try:
        memoryview(values)
    except TypeError:
        return False
    return True


class Buffer:
    """The memory of an object, held where it is: it may be read-only, and strided if that is allowed."""

    def __init__(self, values, formats, size, strided=False):
        self._view = _View()
        _hold(values, ctypes.byref(self._view), 0x1C)  # PyBUF_RECORDS_RO; raises by itself
        weakref.finalize(self, _let_go, ctypes.byref(self._view))
        view = self._view
        kind = (view.format or b"B").decode().lstrip("@=" + ("<" if sys.byteorder == "little" else ">"))
        if formats and (view.itemsize != size or kind not in tuple(formats)):
            raise TypeError(f"a column of {size}-byte integers ({'/'.join(formats)}) is due, not of {kind!r}")
        self.address = view.buf
        self.stride = view.strides[0] if view.ndim == 1 else 0
        self.count = view.len // size
        beside = view.ndim == 1 and (self.stride == view.itemsize or self.count < 2)
        if view.len % size or not (beside or strided and view.ndim == 1 and self.stride >= size):
            raise ValueError("a column has one dimension and its values lie side by side; make a copy")
        self.stride = 0 if beside else self.stride


def _bits(flags):
    """A validity bitmap as in Arrow; None where everything is there."""
    if all(flags):
        return None
    bits = bytearray((len(flags) + 7) // 8)
    for i, there in enumerate(flags):
        bits[i // 8] |= there << i % 8
    return bits


class Integers:
    """A measure as integers that share a scale: value i is values[i] / 10**scale.

    `values`: a buffer of 64-bit integers, or ints and None. `validity`: a buffer with a bit for each
    row, lowest first, as in Arrow.
    """

    kind, _formats, _size = "integers", "ql", 8

    def __init__(self, values, scale=0, validity=None):
        if not has_buffer(values):
            values = list(values)
            validity = validity if validity is not None else _bits([value is not None for value in values])
            values = self._pack([value or 0 for value in values])
        buffer = Buffer(values, self._formats, self._size, strided=True)
        self.kept = [buffer]
        if validity is not None:
            bits = Buffer(validity, "Bbc", 1)
            if bits.count * 8 < buffer.count:
                raise ValueError(f"validity has {bits.count * 8} bits for {buffer.count} rows")
            self.kept.append(bits)
        self.column = _NumberColumn(values=buffer.address, count=buffer.count, stride=buffer.stride,
                                    scale=_int32(scale),
                                    validity=None if validity is None else bits.address)

    @staticmethod
    def _pack(values):
        return array.array("q", values)


class Wide(Integers):
    """The same in 128 bits. A buffer is that of an Arrow decimal128 column: 16 bytes for each value."""

    kind, _formats, _size = "wide", "", 16

    @staticmethod
    def _pack(values):
        halves = array.array("Q")
        for value in values:
            if not -(1 << 127) <= value < 1 << 127:
                raise OverflowError(f"{value} has more than 128 bits")
            halves.extend((value & (1 << 64) - 1, value >> 64 & (1 << 64) - 1))
        return halves.tobytes()


class Texts:
    """Text for each row, or None where a measure is empty. It is copied."""

    kind, kept = "text", ()

    def __init__(self, values):
        cells = [None if value is None else value.encode() for value in values]
        self._data = b"".join(cell or b"" for cell in cells)
        self._offsets = array.array("q", [0])
        for cell in cells:
            self._offsets.append(self._offsets[-1] + len(cell or b""))
        bits = _bits([cell is not None for cell in cells])
        self._held = [Buffer(self._offsets, "ql", 8)] + ([Buffer(bits, "B", 1)] if bits else [])
        self.column = _TextColumn(data=self._data, data_length=len(self._data), count=len(cells),
                                  large_offsets=self._held[0].address,
                                  validity=self._held[1].address if bits else None)


class Codes:
    """A dimension as codes into a dictionary: row i has the text dictionary[codes[i]]. `codes`: a
    buffer of unsigned 32-bit integers, or ints."""

    def __init__(self, codes, dictionary):
        self.codes = codes if has_buffer(codes) else array.array("I", codes)
        self.dictionary = dictionary
