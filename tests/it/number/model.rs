//! Numbers for properties: of every width that has an edge, and beside ties. What they are held
//! against is the model in [`reference`](crate::reference).

use num_bigint::BigInt;
use num_traits::{One, Zero};
use proptest::prelude::*;

pub(super) use crate::reference::number::{
    Fraction, most, rational, round, rounded, ten_to, value_of,
};

/// Integers of every width that has an edge of its own: small ones, those next to a power of two
/// or ten, those next to the ends of i128 and of a decimal, and several hundred bits.
pub(super) fn integer() -> impl Strategy<Value = BigInt> {
    let near = || (-3_i32..=3).prop_map(BigInt::from);
    let magnitude = prop_oneof![
        4 => (0_i32..=1000).prop_map(BigInt::from),
        2 => any::<i64>().prop_map(BigInt::from),
        1 => any::<i128>().prop_map(BigInt::from),
        1 => near().prop_map(|k| BigInt::from(i128::MAX) + k),
        1 => near().prop_map(|k| most() + k),
        1 => (0_u32..140, near()).prop_map(|(bits, k)| (BigInt::one() << bits) + k),
        1 => (0_u32..45, near()).prop_map(|(power, k)| ten_to(power) + k),
        1 => prop::collection::vec(any::<u32>(), 3..16)
            .prop_map(|digits| BigInt::from_slice(num_bigint::Sign::Plus, &digits)),
    ];
    (magnitude, any::<bool>()).prop_map(|(x, negative)| if negative { -x } else { x })
}

/// Fractions over such integers, some with a factor that can be cancelled, and some over a power of
/// ten as decimals are.
pub(super) fn fraction() -> impl Strategy<Value = Fraction> {
    let any = integer().prop_map(|x| if x.is_zero() { BigInt::one() } else { x });
    let den = prop_oneof![2 => any, 1 => (0_u32..=40).prop_map(ten_to)];
    let factor = prop_oneof![3 => Just(BigInt::one()), 1 => (2_u64..).prop_map(BigInt::from)];
    (integer(), den, factor)
        .prop_map(|(num, den, factor)| Fraction { num: num * &factor, den: den * factor })
}

/// Values that lie on a representable number, half way between two, or a hair beside either, for a
/// scale up to 28 and some up to the largest mantissa.
pub(super) fn near_tie() -> impl Strategy<Value = Fraction> {
    let halves = prop_oneof![
        3 => (0_i64..2000).prop_map(BigInt::from),
        1 => any::<u64>().prop_map(BigInt::from),
        2 => (-6_i32..=6).prop_map(|k| most() * 2 + k),
    ];
    let hair = prop_oneof![Just(BigInt::zero()), Just(BigInt::one()), Just(-BigInt::one()),];
    let width = prop_oneof![2_u32..60, 60_u32..200];
    (halves, hair, width, 0_u32..=28, any::<bool>()).prop_map(
        |(halves, hair, width, scale, negative)| {
            let num = (halves << width) + hair;
            Fraction { num: if negative { -num } else { num }, den: (ten_to(scale) << width) * 2 }
        },
    )
}
