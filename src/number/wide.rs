//! Integers past 128 bits: the few 256-bit steps that need no allocation. Everything wider is
//! `dashu-int`'s.

const LOW: u128 = u64::MAX as u128;

/// `a * b` where it fits. Most factors fit 64 bits, and then one instruction does it.
#[inline]
pub(super) fn checked_mul(a: u128, b: u128) -> Option<u128> {
    match (a | b) <= LOW {
        true => Some(u128::from(a as u64) * u128::from(b as u64)),
        false => a.checked_mul(b),
    }
}

/// `a * b` as high and low halves.
pub(super) fn mul(a: u128, b: u128) -> (u128, u128) {
    let ((a1, a0), (b1, b0)) = (halves(a), halves(b));
    let low = a0 * b0;
    let (cross, carry) = (a1 * b0).overflowing_add(a0 * b1);
    let (low, carry_low) = low.overflowing_add(cross << 64);
    let high = a1 * b1 + (cross >> 64) + (u128::from(carry) << 64) + u128::from(carry_low);
    (high, low)
}

/// Divides `high * 2^128 + low` by `divisor`, for `high < divisor`; quotient and remainder.
///
/// Two steps of Knuth's algorithm D with 64-bit digits (The Art of Computer Programming, 4.3.1).
pub(super) fn div(high: u128, low: u128, divisor: u128) -> (u128, u128) {
    debug_assert!(high < divisor);
    let shift = divisor.leading_zeros();
    let divisor = divisor << shift;
    let high = match shift {
        0 => high,
        _ => (high << shift) | (low >> (128 - shift)),
    };
    let (low1, low0) = halves(low << shift);
    let (q1, rest) = digit(high, low1, divisor);
    let (q0, rest) = digit(rest, low0, divisor);
    ((q1 << 64) | q0, rest >> shift)
}

/// One quotient digit: `(rest * 2^64 + next) / divisor`, for a divisor with its top bit set.
fn digit(rest: u128, next: u128, divisor: u128) -> (u128, u128) {
    let (d1, d0) = halves(divisor);
    let mut q = rest / d1;
    let mut r = rest % d1;
    while q > LOW || q * d0 > ((r << 64) | next) {
        q -= 1;
        r += d1;
        if r > LOW {
            break;
        }
    }
    let rest = (rest << 64).wrapping_add(next).wrapping_sub(q.wrapping_mul(divisor));
    (q, rest)
}

fn halves(x: u128) -> (u128, u128) {
    (x >> 64, x & LOW)
}

/// The greatest common divisor; `gcd(0, x) = x`.
pub(super) fn gcd(mut a: u128, mut b: u128) -> u128 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let shift = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    b >>= b.trailing_zeros();
    while a > LOW || b > LOW {
        if a == b {
            return a << shift;
        }
        if a < b {
            std::mem::swap(&mut a, &mut b);
        }
        a -= b;
        a >>= a.trailing_zeros();
    }
    let (mut a, mut b) = (a as u64, b as u64);
    while a != b {
        if a < b {
            std::mem::swap(&mut a, &mut b);
        }
        a -= b;
        a >>= a.trailing_zeros();
    }
    u128::from(a) << shift
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu_int::UBig;
    use proptest::prelude::*;

    fn big(high: u128, low: u128) -> UBig {
        (UBig::from(high) << 128) + UBig::from(low)
    }

    proptest! {
        #[test]
        fn product_and_quotient_agree_with_big_integers(
            a: u128, b: u128, low: u128, d in 1_u128.., shift in 0_u32..127,
        ) {
            let (h, l) = mul(a, b);
            prop_assert_eq!(big(h, l), UBig::from(a) * UBig::from(b));
            let d = (d >> shift).max(1);
            let high = a % d;
            let (q, r) = div(high, low, d);
            prop_assert!(r < d);
            prop_assert_eq!(UBig::from(q) * UBig::from(d) + UBig::from(r), big(high, low));
        }

        #[test]
        fn gcd_agrees_with_euclid(a: u128, b: u128, k in 0_u128..1000, shift in 0_u32..127) {
            let (a, b) = ((a >> shift).wrapping_mul(k), b >> (127 - shift));
            let (mut x, mut y) = (a, b);
            while y != 0 {
                (x, y) = (y, x % y);
            }
            prop_assert_eq!(gcd(a, b), x);
        }
    }

    #[test]
    fn quotient_digits_that_need_both_corrections() {
        let d = (1_u128 << 127) | LOW;
        for (high, low) in [(d - 1, u128::MAX), (d - 1, 0), ((1 << 127) - 1, u128::MAX)] {
            let (q, r) = div(high, low, d);
            assert_eq!(UBig::from(q) * UBig::from(d) + UBig::from(r), big(high, low));
        }
    }
}
