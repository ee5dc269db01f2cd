//! Intervals in fixed point.

use dashu_int::{IBig, UBig};

use super::super::Rational;

/// The numbers from `low / 2^w` to `(low + width) / 2^w`, for a precision `w` that whoever holds the
/// interval knows. Every operation gives an interval that holds the true result.
#[derive(Debug, Clone)]
pub(super) struct Interval {
    pub(super) low: IBig,
    pub(super) width: UBig,
}

impl Interval {
    pub(super) fn new(low: impl Into<IBig>, width: impl Into<UBig>) -> Self {
        Self { low: low.into(), width: width.into() }
    }

    /// `num / den` at `w` bits.
    pub(super) fn from_fraction(num: &IBig, den: &UBig, w: usize) -> Self {
        Self::new(floor_div(num << w, den), 1_u8)
    }

    pub(super) fn high(&self) -> IBig {
        &self.low + IBig::from(self.width.clone())
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        Self { low: &self.low + &other.low, width: &self.width + &other.width }
    }

    pub(super) fn times(&self, factor: &IBig) -> Self {
        let (_, magnitude) = factor.clone().into_parts();
        let end = if *factor < IBig::ZERO { self.high() } else { self.low.clone() };
        Self { low: end * factor, width: &self.width * magnitude }
    }

    /// `self * num / den`. Two floors, one at each end, move the ends by less than one.
    pub(super) fn times_fraction(&self, num: &IBig, den: &UBig) -> Self {
        let product = self.times(num);
        Self { low: floor_div(product.low, den), width: product.width / den + UBig::from(2_u8) }
    }

    /// The same interval at a precision lower by `bits`.
    pub(super) fn coarser(&self, bits: usize) -> Self {
        Self { low: &self.low >> bits, width: (&self.width >> bits) + UBig::from(2_u8) }
    }

    /// The floors of both ends times `factor`.
    pub(super) fn floors(&self, factor: &UBig, w: usize) -> (IBig, IBig) {
        ((&self.low * factor) >> w, (self.high() * factor) >> w)
    }
}

/// The floor of a quotient; `/` of big integers goes towards zero.
pub(super) fn floor_div(num: IBig, den: &UBig) -> IBig {
    use dashu_int::ops::DivRemEuclid;
    num.div_rem_euclid(IBig::from(den.clone())).0
}

/// A number above zero as `mantissa * 2^exponent`, with a mantissa from 1 to below 2 in fixed point
/// at `w` bits, rounded down.
pub(super) fn normalized(value: &Rational, w: usize) -> (UBig, i64) {
    use dashu_int::ops::BitTest;
    let (num, den) = value.parts();
    let (_, num) = num.into_parts();
    let mut exponent = num.bit_len() as i64 - den.bit_len() as i64;
    // Between 1/2 and 2 so far.
    let below_one = match exponent >= 0 {
        true => num < (&den << exponent as usize),
        false => den > &num << exponent.unsigned_abs() as usize,
    };
    exponent -= i64::from(below_one);
    let shift = w as i64 - exponent;
    let mantissa = match shift >= 0 {
        true => (num << shift as usize) / den,
        false => num / (den << shift.unsigned_abs() as usize),
    };
    (mantissa, exponent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_shift_to_the_right_goes_down() {
        assert_eq!(IBig::from(-3) >> 1, IBig::from(-2));
        assert_eq!(&IBig::from(-4) >> 1, IBig::from(-2));
    }

    proptest! {
        #[test]
        fn a_mantissa_is_from_one_to_below_two(num in 1_u64.., den in 1_u64.., w in 1_usize..200) {
            let value = Rational::from(num).checked_div(&Rational::from(den)).unwrap();
            let (mantissa, exponent) = normalized(&value, w);
            prop_assert!(UBig::ONE << w <= mantissa && mantissa < UBig::ONE << (w + 1));
            // mantissa * 2^exponent <= value * 2^w < (mantissa + 1) * 2^exponent
            let two = Rational::from(2).checked_pow(exponent as i32).unwrap();
            let scaled = value * Rational::from(2).checked_pow(w as i32).unwrap();
            let end = |m: UBig| Rational::from_integer(IBig::from(m)) * &two;
            prop_assert!(end(mantissa.clone()) <= scaled && scaled < end(mantissa + UBig::ONE));
        }

        #[test]
        fn a_product_with_a_fraction_holds_every_point(
            low: i32, width: u16, num: i32, den in 1_u32.., at in 0_u32..=16,
        ) {
            let interval = Interval::new(low, width);
            let product = interval.times_fraction(&IBig::from(num), &UBig::from(den));
            let point = Rational::from(low)
                + Rational::new(i128::from(width) * i128::from(at), 16).unwrap();
            let exact = point * Rational::new(num, den).unwrap();
            prop_assert!(Rational::from_integer(product.low.clone()) <= exact);
            prop_assert!(exact <= Rational::from_integer(product.high()));
        }
    }
}
