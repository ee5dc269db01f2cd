//! The field laws, order, equality and hashing, and every operation against the model.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, Zero};
use proptest::prelude::*;
use yardstick::{Decimal, ErrorKind, Rational};

use super::model::{Fraction, fraction, integer, rational, ten_to};

fn hash(x: &Rational) -> u64 {
    let mut hasher = DefaultHasher::new();
    x.hash(&mut hasher);
    hasher.finish()
}

proptest! {
    #[test]
    fn every_operation_agrees_with_the_model(a in fraction(), b in fraction()) {
        let (x, y, mx, my) = (a.library(), b.library(), a.model(), b.model());
        prop_assert_eq!((&x + &y).to_string(), (&mx + &my).to_string());
        prop_assert_eq!((&x - &y).to_string(), (&mx - &my).to_string());
        prop_assert_eq!((&x * &y).to_string(), (&mx * &my).to_string());
        prop_assert_eq!((-&x).to_string(), (-&mx).to_string());
        prop_assert_eq!(x.abs().to_string(), mx.abs().to_string());
        prop_assert_eq!(x.floor().to_string(), mx.floor().to_string());
        prop_assert_eq!(x.ceil().to_string(), mx.ceil().to_string());
        prop_assert_eq!(x.cmp(&y), mx.cmp(&my));
        prop_assert_eq!(x == y, mx == my);
        prop_assert_eq!(
            (x.is_zero(), x.is_negative(), x.is_positive(), x.is_integer()),
            (mx.is_zero(), mx.is_negative(), mx.is_positive(), mx.is_integer())
        );
        match (x.checked_div(&y), my.is_zero()) {
            (Ok(quotient), false) => {
                prop_assert_eq!(quotient.to_string(), (&mx / &my).to_string());
            }
            (Err(error), true) => prop_assert_eq!(error.kind(), ErrorKind::DivisionByZero),
            (result, _) => prop_assert!(false, "{:?}", result),
        }
    }

    /// Operators by value, by reference and in place are one operation.
    #[test]
    fn operators_agree_in_all_their_forms(a in fraction(), b in fraction()) {
        let (x, y) = (a.library(), b.library());
        let (sum, difference, product) = (&x + &y, &x - &y, &x * &y);
        prop_assert_eq!(&(x.clone() + y.clone()), &sum);
        prop_assert_eq!(&(x.clone() + &y), &sum);
        prop_assert_eq!(&(&x + y.clone()), &sum);
        prop_assert_eq!(&(x.clone() - y.clone()), &difference);
        prop_assert_eq!(&(x.clone() * y.clone()), &product);
        prop_assert_eq!(-x.clone(), -&x);
        let mut z = x.clone();
        z += &y;
        prop_assert_eq!(&z, &sum);
        z -= y.clone();
        prop_assert_eq!(&z, &x);
        z -= &y;
        prop_assert_eq!(&z, &difference);
        z = x.clone();
        z *= y.clone();
        prop_assert_eq!(&z, &product);
    }

    #[test]
    fn a_commutative_field(a in fraction(), b in fraction(), c in fraction()) {
        let (a, b, c) = (a.library(), b.library(), c.library());
        prop_assert_eq!(&a + &b, &b + &a);
        prop_assert_eq!(&a * &b, &b * &a);
        prop_assert_eq!(&(&a + &b) + &c, &a + &(&b + &c));
        prop_assert_eq!(&(&a * &b) * &c, &a * &(&b * &c));
        prop_assert_eq!(&a * &(&b + &c), &(&a * &b) + &(&a * &c));
        prop_assert_eq!(&a + &Rational::ZERO, a.clone());
        prop_assert_eq!(&a * &Rational::ONE, a.clone());
        prop_assert_eq!(&a + &(-&a), Rational::ZERO);
        prop_assert_eq!(&(&a - &b) + &b, a.clone());
        if !b.is_zero() {
            let inverse = Rational::ONE.checked_div(&b).unwrap();
            prop_assert_eq!(&b * &inverse, Rational::ONE);
            prop_assert_eq!(a.checked_div(&b).unwrap(), &a * &inverse);
        }
    }

    #[test]
    fn order_is_total_and_goes_with_the_field(a in fraction(), b in fraction(), c in fraction()) {
        let (a, b, c) = (a.library(), b.library(), c.library());
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.partial_cmp(&b), Some(a.cmp(&b)));
        prop_assert_eq!(a.cmp(&b), (&a + &c).cmp(&(&b + &c)));
        if c.is_positive() {
            prop_assert_eq!(a.cmp(&b), (&a * &c).cmp(&(&b * &c)));
        }
        let mut sorted = [a, b, c];
        sorted.sort();
        prop_assert!(sorted[0] <= sorted[1] && sorted[1] <= sorted[2] && sorted[0] <= sorted[2]);
    }

    /// One value reached by different ways has one hash, one text and one place in a set.
    #[test]
    fn equality_and_hash_go_by_value(a in fraction(), b in fraction(), k in 1_i64..) {
        let x = a.library();
        let k = BigInt::from(k);
        let longer = Fraction { num: &a.num * &k, den: &a.den * -&k }.library();
        let ways = [x.clone(), -&longer, &(&x + &b.library()) - &b.library()];
        for way in &ways {
            prop_assert_eq!(way, &x);
            prop_assert_eq!(hash(way), hash(&x));
            prop_assert_eq!(way.to_string(), x.to_string());
            prop_assert_eq!(format!("{way:?}"), x.to_string());
        }
        prop_assert_eq!(ways.into_iter().collect::<HashSet<_>>().len(), 1);
    }

    #[test]
    fn display_and_from_str_are_inverse(a in fraction()) {
        let x = a.library();
        prop_assert_eq!(x.to_string(), a.model().to_string());
        prop_assert_eq!(rational(&x.to_string()), x);
    }

    #[test]
    fn a_sum_is_the_same_in_any_order_and_partition(
        (parts, shuffled) in prop::collection::vec(fraction(), 0..8)
            .prop_flat_map(|parts| (Just(parts.clone()), Just(parts).prop_shuffle())),
        at in any::<prop::sample::Index>(),
    ) {
        let expected: BigRational = parts.iter().map(Fraction::model).sum();
        let parts: Vec<_> = parts.iter().map(Fraction::library).collect();
        let shuffled: Vec<_> = shuffled.iter().map(Fraction::library).collect();
        let (left, right) = parts.split_at(at.index(parts.len() + 1));
        let halves = left.iter().sum::<Rational>() + right.iter().sum::<Rational>();
        prop_assert_eq!(shuffled.iter().sum::<Rational>().to_string(), expected.to_string());
        prop_assert_eq!(halves.to_string(), expected.to_string());
        prop_assert_eq!(parts.into_iter().sum::<Rational>().to_string(), expected.to_string());
    }

    #[test]
    fn powers_agree_with_the_model(a in fraction(), n in -24_i32..=24) {
        let (x, m) = (a.library(), a.model());
        if m.is_zero() && n < 0 {
            prop_assert_eq!(x.checked_pow(n).unwrap_err().kind(), ErrorKind::DivisionByZero);
        } else {
            prop_assert_eq!(x.checked_pow(n).unwrap().to_string(), Pow::pow(&m, n).to_string());
        }
    }

    #[test]
    fn columns_and_decimals_enter_exactly(mantissa: i128, places in 0_u32..=255, scale in 0_u32..=28) {
        let model = BigRational::new(mantissa.into(), ten_to(places));
        prop_assert_eq!(Rational::from_scaled(mantissa, places as u8).to_string(), model.to_string());
        let mantissa = mantissa >> 32;
        let decimal = Decimal::try_from_i128_with_scale(mantissa, scale).unwrap();
        let model = BigRational::new(mantissa.into(), ten_to(scale)).to_string();
        prop_assert_eq!(Rational::from(decimal).to_string(), model.clone());
        prop_assert_eq!(Rational::from(&decimal).to_string(), model);
    }

    #[test]
    fn integers_of_every_width_enter_exactly(a: u128, b: i128, c in integer()) {
        prop_assert_eq!(Rational::from(a).to_string(), a.to_string());
        prop_assert_eq!(Rational::from(b).to_string(), b.to_string());
        prop_assert_eq!(Rational::from(a as u64).to_string(), (a as u64).to_string());
        prop_assert_eq!(Rational::from(b as i64).to_string(), (b as i64).to_string());
        prop_assert_eq!(Rational::from(a as u8).to_string(), (a as u8).to_string());
        prop_assert_eq!(Rational::from(b as i16).to_string(), (b as i16).to_string());
        prop_assert_eq!(rational(&c.to_string()).to_string(), c.to_string());
    }
}

/// The ends of i128 have no room for a sign change, so each of these passes through wide integers
/// and comes back.
#[test]
fn the_ends_of_128_bits() {
    let least = Rational::from(i128::MIN);
    let beyond = -&least;
    assert_eq!(beyond.to_string(), "170141183460469231731687303715884105728");
    assert_eq!(-&beyond, least);
    assert_eq!(hash(&-&beyond), hash(&least));
    assert_eq!(least.abs(), beyond);
    assert_eq!(&beyond - &Rational::ONE, Rational::from(i128::MAX));
    assert_eq!(Rational::new(i128::MIN, -1).unwrap(), beyond);
    assert_eq!(Rational::new(i128::MIN, i128::MIN).unwrap(), Rational::ONE);
    assert_eq!(&least * &Rational::from(-1), beyond);
    assert_eq!(Rational::from(u128::MAX) - Rational::from(u128::MAX), Rational::ZERO);
    let smallest = Rational::ONE.checked_div(&Rational::from(u128::MAX)).unwrap();
    assert_eq!(&smallest * &Rational::from(u128::MAX), Rational::ONE);
    assert!(smallest.is_positive() && smallest < Rational::new(1, i128::MAX).unwrap());
}

#[test]
fn powers_of_the_special_bases() {
    for exponent in [i32::MIN, -1, 1, i32::MAX] {
        let even = exponent % 2 == 0;
        assert_eq!(Rational::ONE.checked_pow(exponent).unwrap(), Rational::ONE);
        let sign = if even { Rational::ONE } else { -Rational::ONE };
        assert_eq!((-Rational::ONE).checked_pow(exponent).unwrap(), sign);
    }
    assert_eq!(Rational::ZERO.checked_pow(0).unwrap(), Rational::ONE);
    assert_eq!(Rational::ZERO.checked_pow(i32::MAX).unwrap(), Rational::ZERO);
    let error = Rational::ZERO.checked_pow(i32::MIN).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DivisionByZero);
}

/// 2^16383 has 16,384 bits and is the last power of two that is let through, either way up.
#[test]
fn powers_are_refused_past_the_capacity_and_not_before() {
    let two = Rational::from(2);
    let half = Rational::new(1, 2).unwrap();
    for base in [&two, &half, &-&two] {
        assert!(base.checked_pow(16_383).is_ok());
        assert!(base.checked_pow(-16_383).is_ok());
        for exponent in [16_384, -16_384, i32::MAX, i32::MIN] {
            let error = base.checked_pow(exponent).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Capacity, "{base} to the power of {exponent}");
        }
    }
    // 3^10337 is the last power of three of 16,384 bits.
    assert!(Rational::from(3).checked_pow(10_337).is_ok());
    assert!(Rational::from(3).checked_pow(10_338).is_err());
    // The size is judged reduced: 6/3 is 2.
    assert!(Rational::new(6, 3).unwrap().checked_pow(16_383).is_ok());
    let error = two.checked_pow(70_000).unwrap_err();
    assert_eq!(error.to_string(), "a power with exponent 70000 exceeds 16384 bits");
}

#[test]
fn constants_and_default() {
    assert_eq!(Rational::default(), Rational::ZERO);
    assert_eq!(Rational::ONE.to_string(), BigInt::one().to_string());
    assert_eq!(Rational::new(0, -7).unwrap().to_string(), "0");
    assert_eq!(hash(&Rational::new(0, -7).unwrap()), hash(&Rational::ZERO));
}

#[test]
fn sizes_and_auto_traits() {
    fn everywhere<T: Send + Sync + Unpin + std::panic::UnwindSafe + 'static>() {}
    everywhere::<Rational>();
    everywhere::<yardstick::Rounding>();
    everywhere::<yardstick::Value>();
    everywhere::<yardstick::Error>();
    assert!(size_of::<Rational>() <= 48);
    assert_eq!(size_of::<yardstick::Error>(), size_of::<usize>());
    assert_eq!(size_of::<Option<yardstick::Error>>(), size_of::<usize>());
}
