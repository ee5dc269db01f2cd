//! The series behind exp and ln, in fixed point, with the bounds of their errors.
//!
//! All numbers here are integers that stand for fractions of `2^W`; all are rounded down, so that
//! each result is a lower bound of the true one, and `width` bounds how far above it the true one
//! may lie. "One" below is one unit, `2^-W`.
//!
//! # Inverse hyperbolic tangents of unit fractions
//!
//! `atanh(1/n) = sum of 1 / ((2i+1) n^(2i+1))`. With `p_0 = floor(2^W / n)` and
//! `p_i = floor(p_(i-1) / n^2)`, each `p_i` is `floor(2^W / n^(2i+1))` exactly, since floors of integer
//! quotients nest; and so is each term `floor(p_i / (2i+1))`. A term is low by less than one. The
//! sum ends at the first `p_i` that is zero, where what is left out is below
//! `(1 + n^-2 + n^-4 + ...) / (2i+1) < 1`. **Low by less than the number of terms plus one.**
//!
//! `ln 2 = 14 atanh(1/31) + 10 atanh(1/49) + 6 atanh(1/161)` because
//! `(16/15)^7 (25/24)^5 (81/80)^3 = 2` and `2 atanh(1/31) = ln(16/15)` and so on; and
//! `ln 10 = 46 atanh(1/31) + 34 atanh(1/49) + 20 atanh(1/161)` in the same way.
//!
//! # Exp from 0 to 1
//!
//! `exp(x) = exp(x / 2^j)^(2^j)` for some `j` of at least 1, so that `y = x / 2^j` is at most 1/2, and
//! it is an exact number at `W` bits. The terms `t_i = y^i / i!` are computed as
//! `T_i = floor(T_(i-1) y / i)`. If `T_(i-1)` is low by less than `d`, `T_i` is low by less than
//! `d y / i + 1 <= d / 2 + 1`, and so each term is low by less than 2. The sum ends at the first term
//! that is zero; the true one is below 2 there, and what follows is at most a quarter of what
//! precedes, so that less than 3 is left out. **The sum of n terms is low by less than 2 n + 3.**
//!
//! Squaring: a value `v` below 1.65 (the root of e) that is low by `d` becomes low by at most
//! `2 v d + 1 < 4 d + 1`. After `j` squarings, **low by less than `4^j (2 n + 4)`.** The working
//! precision has `2 j` bits and some more for it.
//!
//! # Ln from 1 to 2
//!
//! `ln(m) = 2^j ln(r)` with `r` the j-th repeated square root of `m`, for some `j` of at least 1. `m` is
//! low by less than one; a square root that is rounded down is low by `d / 2 + 1` where its argument
//! was low by `d`, since no value is below 1. So `r` is low by less than 2, and `ln(r)` with it, as
//! its slope is at most 1.
//!
//! `ln(r) = 2 atanh(t)`, `t = (r - 1) / (r + 1)`, at most 0.172 for `r` below the root of 2. `t` is low by
//! less than one, `t^2` then by less than 2, and the powers `p_i = floor(p_(i-1) t^2)` by less than
//! `0.03 d + 2 * 0.172 + 1`, where `d` is that of the power before: less than 2. A term
//! `floor(p_i / (2i+1))` is low by less than 3, and what is left out after the first power that is
//! zero, where the true one is below 2, is less than `2 (1 + 0.03 + ...) < 3`. The sum of n terms is low by
//! less than `3 n + 3`, and `ln(m)` **by less than `2^j (6 n + 8)`.**

use dashu_int::UBig;
use dashu_int::ops::BitTest;

use super::super::root::integer_root;
use super::interval::Interval;

/// ln 2 at `w` bits.
pub(super) fn ln_2(w: usize) -> Interval {
    inverse_tangents(w, [14, 10, 6])
}

/// ln 10 at `w` bits.
pub(super) fn ln_10(w: usize) -> Interval {
    inverse_tangents(w, [46, 34, 20])
}

fn inverse_tangents(w: usize, times: [u32; 3]) -> Interval {
    let guard = w.bit_len() + 8;
    let mut low = UBig::ZERO;
    let mut width = UBig::ZERO;
    for (times, n) in times.into_iter().zip([31_u32, 49, 161]) {
        let (mut sum, mut terms) = (UBig::ZERO, 0_u32);
        let mut power = (UBig::ONE << (w + guard)) / n;
        while !power.is_zero() {
            sum += &power / (2 * terms + 1);
            power /= n * n;
            terms += 1;
        }
        low += sum * times;
        width += UBig::from(terms + 1) * times;
    }
    Interval::new(low, width).coarser(guard)
}

/// `exp(x / 2^w)` for an `x` of at most `2^w`.
pub(super) fn exp(x: &UBig, w: usize) -> Interval {
    let halvings = w.isqrt() / 2 + 1;
    let guard = 2 * halvings + w.bit_len() + 4;
    let full = w + guard;
    let y = x << (guard - halvings);

    let mut term = UBig::ONE << full;
    let (mut sum, mut terms) = (UBig::ZERO, 0_u32);
    while !term.is_zero() {
        sum += &term;
        terms += 1;
        term = ((term * &y) >> full) / terms;
    }
    for _ in 0..halvings {
        sum = sum.sqr() >> full;
    }
    let width = UBig::from(2 * u64::from(terms) + 4) << (2 * halvings);
    Interval::new(sum, width).coarser(guard)
}

/// `ln(m)` at `w` bits, for `m` from 1 to below 2 rounded down at the precision that `mantissa` gives
/// it.
pub(super) fn ln(mantissa: impl Fn(usize) -> UBig, w: usize) -> Interval {
    let halvings = w.isqrt() / 3 + 1;
    let guard = halvings + w.bit_len() + 4;
    let full = w + guard;
    let one = UBig::ONE << full;

    let mut root = mantissa(full);
    for _ in 0..halvings {
        root = integer_root(&(root << full), 2).0;
    }
    let tangent = ((&root - &one) << full) / (root + one);
    let square = tangent.sqr() >> full;
    let mut power = tangent;
    let (mut sum, mut terms) = (UBig::ZERO, 0_u32);
    while !power.is_zero() {
        sum += &power / (2 * terms + 1);
        terms += 1;
        power = (power * &square) >> full;
    }
    let width = UBig::from(6 * u64::from(terms) + 8) << halvings;
    Interval::new(sum << (halvings + 1), width).coarser(guard)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu_int::IBig;
    use proptest::prelude::*;

    /// Whether a coarse interval and a fine one of the same number have something in common, and the
    /// coarse one is narrow.
    fn agree(coarse: &Interval, w: usize, fine: &Interval, finer: usize) {
        let up = finer - w;
        assert!(&coarse.low << up <= fine.high(), "{w}: low");
        assert!(fine.low <= coarse.high() << up, "{w}: high");
        assert!(coarse.width <= UBig::from(4_u8), "{w}: {}", coarse.width);
    }

    #[test]
    fn logarithms_of_two_and_ten() {
        // Sixty digits from the tables of OEIS A002162 and A002392.
        let known = [
            (
                ln_2 as fn(usize) -> Interval,
                "693147180559945309417232121458176568075500134360255254120680",
            ),
            (ln_10, "2302585092994045684017991454684364207601101488628772976033327"),
        ];
        for (ln, digits) in known {
            let power = UBig::from(10_u8).pow(60);
            let digits = UBig::from_str_radix(digits, 10).unwrap();
            for w in [1, 2, 3, 10, 64, 128, 190] {
                let interval = ln(w);
                let digits = IBig::from(&digits << w);
                assert!(&interval.low * &power <= digits && digits <= interval.high() * &power);
                agree(&interval, w, &ln(700), 700);
            }
        }
    }

    proptest! {
        #[test]
        fn exp_at_any_precision(x: u64, w in 1_usize..600) {
            let at = |w: usize| (UBig::from(x) << w) >> 64;
            // The coarse argument is below the fine one by less than one, and so is what it gives by
            // less than three.
            let mut coarse = exp(&at(w), w);
            coarse.width += UBig::from(3_u8);
            let fine = exp(&(at(1_000)), 1_000);
            prop_assert!(coarse.width <= UBig::from(7_u8));
            prop_assert!(&coarse.low << (1_000 - w) <= fine.high());
            prop_assert!(fine.low <= coarse.high() << (1_000 - w));
        }

        #[test]
        fn ln_at_any_precision(x: u64, w in 1_usize..600) {
            let mantissa = |w: usize| (UBig::ONE << w) + ((UBig::from(x) << w) >> 64);
            agree(&ln(mantissa, w), w, &ln(mantissa, 1_000), 1_000);
        }

        /// The two series know nothing of each other.
        #[test]
        fn exp_undoes_ln(x: u64) {
            let w = 400;
            let mantissa = |w: usize| (UBig::ONE << w) + ((UBig::from(x) << w) >> 64);
            let (_, low) = ln(mantissa, w).low.into_parts();
            let back = exp(&low, w);
            let exact = IBig::from(mantissa(w));
            // ln is low by at most 4, and exp has a slope of at most 2.
            prop_assert!(back.low <= exact && exact <= back.high() + IBig::from(8));
        }
    }
}
