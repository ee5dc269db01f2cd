// The header alone: it needs nothing before it, in every C and C++ since C99 and C++11, and its
// structs are laid out as the documentation says.

#include "yardstick.h"
// Twice does no harm.
#include "yardstick.h"

#define HOLDS(name, condition) typedef char holds_##name[(condition) ? 1 : -1]

HOLDS(int128, sizeof(ys_int128) == 16);
HOLDS(int128_lo, offsetof(ys_int128, lo) == 0);
HOLDS(int128_hi, offsetof(ys_int128, hi) == 8);
HOLDS(decimal, sizeof(ys_decimal) == 24);
HOLDS(decimal_scale, offsetof(ys_decimal, scale) == 16);
HOLDS(decimal_reserved, offsetof(ys_decimal, reserved) == 20);
HOLDS(status, sizeof(ys_status) == 4);
HOLDS(rounding, offsetof(ys_rounding, struct_size) == 0);
HOLDS(text, offsetof(ys_text_column, struct_size) == 0);
HOLDS(integers, offsetof(ys_integer_column, struct_size) == 0);
HOLDS(wide, offsetof(ys_wide_column, struct_size) == 0);
HOLDS(ok, YS_OK == 0);

int main(void) {
    holds_int128 a = {0};
    holds_int128_lo b = {0};
    holds_int128_hi c = {0};
    holds_decimal d = {0};
    holds_decimal_scale e = {0};
    holds_decimal_reserved f = {0};
    holds_status g = {0};
    holds_rounding h = {0};
    holds_text i = {0};
    holds_integers j = {0};
    holds_wide k = {0};
    holds_ok l = {0};
    const ys_rounding rounding = YS_ROUNDING_INIT;
    const ys_text_column text = YS_TEXT_COLUMN_INIT;
    const ys_integer_column integers = YS_INTEGER_COLUMN_INIT;
    const ys_wide_column wide = YS_WIDE_COLUMN_INIT;
    const int zero = a[0] + b[0] + c[0] + d[0] + e[0] + f[0] + g[0] + h[0] + i[0] + j[0] + k[0] + l[0];
    const bool good = ys_abi_version() == YS_ABI_VERSION && ys_version()[0] != '\0' &&
                      rounding.struct_size == sizeof(rounding) && rounding.scale == -1 &&
                      rounding.mode == 0 && rounding.step.mantissa.lo == 0 &&
                      text.struct_size == sizeof(text) && text.validity == NULL &&
                      integers.struct_size == sizeof(integers) && integers.reserved == 0 &&
                      wide.struct_size == sizeof(wide) && wide.values == NULL;
    return good ? zero : 1;
}
