"""Reads the header as cffi does and calls the library by it: read.py HEADER LIBRARY [COMPILER].

The header goes through the preprocessor with empty system headers, whose types cffi knows by itself.
What that drops, the constants, is taken from the header's `#define`s.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import cffi

header, library = sys.argv[1:3]
compiler = sys.argv[3] if len(sys.argv) > 3 else "cc"
with tempfile.TemporaryDirectory() as empty:
    for name in ("stdbool.h", "stddef.h", "stdint.h"):
        pathlib.Path(empty, name).touch()
    declarations = subprocess.run(
        [compiler, "-E", "-P", "-nostdinc", "-I", empty, header],
        check=True, capture_output=True, text=True,
    ).stdout
constants = re.findall(r"^#define (YS_\w+) (-?\d+)$", pathlib.Path(header).read_text(), re.M)

ffi = cffi.FFI()
ffi.cdef(declarations + "".join(f"\n#define {name} {value}" for name, value in constants))
ys = ffi.dlopen(library)

functions = re.findall(r"\b(ys_\w+)\(", declarations)
for name in functions:
    getattr(ys, name)
assert ys.ys_abi_version() == ys.YS_ABI_VERSION
assert ffi.sizeof("ys_decimal") == 24
error = ffi.new("ys_error **")
value = ffi.new("ys_decimal *")
assert ys.ys_decimal_parse(b"-12.50", 6, value, error) == ys.YS_OK
assert (value.mantissa.lo, value.mantissa.hi, value.scale) == (2**64 - 1250, -1, 2)
assert ys.ys_decimal_parse(b"1,5", 3, value, error) == ys.YS_SYNTAX
assert ffi.string(ys.ys_error_message(error[0]))
ys.ys_error_free(error[0])
print(f"{len(functions)} functions and {len(constants)} constants")
