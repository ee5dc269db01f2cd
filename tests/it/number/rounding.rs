//! Every mode, scale and step against the model, precedence of errors, and the way to decimals.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use proptest::prelude::*;
use yardstick::number::plain;
use yardstick::{Decimal, ErrorKind, Mode, Rational, Rounding};

use super::model::{self, Fraction, fraction, near_tie, rational, rounded, ten_to, value_of};

/// Compares at every scale and in every mode.
fn check_everywhere(x: &Fraction) -> Result<(), TestCaseError> {
    let (value, exact) = (x.library(), x.model());
    for scale in 0..=Rounding::MAX_SCALE {
        for mode in Mode::ALL {
            prop_assert_eq!(
                rounded(&value, Rounding::new(scale, mode)),
                model::round(&exact, scale, &BigInt::one(), mode),
                "{:?} in mode {} at scale {}",
                value,
                mode,
                scale
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_mode_and_scale_for_any_fraction(x in fraction()) {
        check_everywhere(&x)?;
    }

    #[test]
    fn every_mode_and_scale_beside_a_tie(x in near_tie()) {
        check_everywhere(&x)?;
    }
}

proptest! {
    #[test]
    fn every_mode_for_any_step(
        x in prop_oneof![fraction(), near_tie()],
        scale in 0_u32..=28,
        units in prop_oneof![1_u128..200, 1_u128..1 << 96, Just((1 << 96) - 1)],
    ) {
        let step = Rational::from_scaled(units as i128, scale as u8);
        for mode in Mode::ALL {
            let rounding = Rounding::new(scale, mode).with_step(step.clone()).unwrap();
            prop_assert_eq!(rounding.step_units(), units);
            prop_assert_eq!(
                rounded(&x.library(), rounding),
                model::round(&x.model(), scale, &units.into(), mode),
                "{:?} in mode {} at scale {} by {}", x, mode, scale, step
            );
        }
    }

    /// Values that lie half way between two steps, where a step is any number of units.
    #[test]
    fn ties_between_steps(k in -40_i64..40, units in 1_u64..1000, scale in 0_u32..6) {
        let x = Fraction { num: BigInt::from(k) * units, den: ten_to(scale) * 2 };
        let step = Rational::from_scaled(units.into(), scale as u8);
        for mode in Mode::ALL {
            let rounding = Rounding::new(scale, mode).with_step(step.clone()).unwrap();
            prop_assert_eq!(
                rounded(&x.library(), rounding),
                model::round(&x.model(), scale, &units.into(), mode)
            );
        }
    }

    /// Rounding what is already round changes nothing, in any mode.
    #[test]
    fn rounding_is_idempotent(x in fraction(), scale in 0_u32..=28) {
        for mode in Mode::ALL {
            let rounding = Rounding::new(scale, mode);
            if let Ok(once) = x.library().round(rounding) {
                let twice = Rational::from(once).round(rounding).unwrap();
                prop_assert_eq!((once.mantissa(), once.scale()), (twice.mantissa(), twice.scale()));
                let exactly = Rational::from(once).round(Rounding::exact(scale)).unwrap();
                prop_assert_eq!(once.mantissa(), exactly.mantissa());
            }
        }
    }

    /// Negation exchanges floor and ceil, their halves too, and leaves the other modes alone.
    #[test]
    fn modes_mirror_each_other(x in near_tie(), scale in 0_u32..=28) {
        let mirrored = |mode| match mode {
            Mode::Ceil => Mode::Floor,
            Mode::Floor => Mode::Ceil,
            Mode::HalfCeil => Mode::HalfFloor,
            Mode::HalfFloor => Mode::HalfCeil,
            other => other,
        };
        let value = x.library();
        for mode in Mode::ALL.into_iter().filter(|mode| *mode != Mode::Exact) {
            let there = rounded(&value, Rounding::new(scale, mode));
            let back = rounded(&-&value, Rounding::new(scale, mirrored(mode)));
            prop_assert_eq!(there, back.map(|mantissa| -mantissa));
        }
    }

    /// The shortest decimal of the value where there is one. The model looks for it scale by scale.
    #[test]
    fn to_decimal_is_exact_and_shortest_or_refused(
        x in prop_oneof![
            fraction(),
            (model::integer(), 0_u32..40).prop_map(|(num, scale)| Fraction { num, den: ten_to(scale) }),
            (model::integer(), 0_u32..40).prop_map(|(num, twos)| Fraction { num, den: BigInt::one() << twos }),
        ],
    ) {
        let exact = x.model();
        let shortest = (0..=28).find(|scale| (&exact * ten_to(*scale)).is_integer());
        let fits = |mantissa: &BigInt| mantissa.abs() <= model::most();
        let expected = match shortest {
            Some(scale) if fits(&(&exact * ten_to(scale)).to_integer()) => Ok(scale),
            Some(_) => Err(ErrorKind::Overflow),
            None if fits(&exact.floor().to_integer()) => Err(ErrorKind::Inexact),
            None => Err(ErrorKind::Overflow),
        };
        match x.library().to_decimal() {
            Ok(decimal) => {
                prop_assert_eq!(Ok(decimal.scale()), expected);
                prop_assert_eq!(value_of(&decimal), exact);
            }
            Err(error) => prop_assert_eq!(Err(error.kind()), expected, "{:?}", x),
        }
    }

    #[test]
    fn a_scale_past_28_is_outside_the_domain(x in fraction(), scale in 29_u32.., mode in 0_usize..10) {
        let rounding = Rounding::new(scale, Mode::ALL[mode]);
        prop_assert_eq!(x.library().round(rounding).unwrap_err().kind(), ErrorKind::Domain);
        prop_assert_eq!(rounding.with_step(Rational::ONE).unwrap_err().kind(), ErrorKind::Domain);
    }

    /// A step is accepted where it is a whole number of units above zero that fits 96 bits. What is
    /// none is told before what does not fit.
    #[test]
    fn steps_are_judged_exactly(x in fraction(), scale in 0_u32..=28) {
        let units = x.model() * BigRational::from(ten_to(scale));
        let expected = if !units.is_positive() || !units.is_integer() {
            Err(ErrorKind::Domain)
        } else if units.to_integer() > model::most() {
            Err(ErrorKind::Overflow)
        } else {
            Ok(units.to_integer())
        };
        let step = Rounding::floor(scale).with_step(x.library());
        prop_assert_eq!(
            step.map(|r| BigInt::from(r.step_units())).map_err(|error| error.kind()),
            expected
        );
    }
}

/// The table in the documentation of `Mode`, cell by cell.
#[test]
fn the_ten_modes_at_a_glance() {
    let values = ["2.5", "3.5", "-2.5", "2.1", "-2.1"];
    let table: [(Mode, [&str; 5]); 9] = [
        (Mode::Ceil, ["3", "4", "-2", "3", "-2"]),
        (Mode::Floor, ["2", "3", "-3", "2", "-3"]),
        (Mode::Expand, ["3", "4", "-3", "3", "-3"]),
        (Mode::Trunc, ["2", "3", "-2", "2", "-2"]),
        (Mode::HalfCeil, ["3", "4", "-2", "2", "-2"]),
        (Mode::HalfFloor, ["2", "3", "-3", "2", "-2"]),
        (Mode::HalfExpand, ["3", "4", "-3", "2", "-2"]),
        (Mode::HalfTrunc, ["2", "3", "-2", "2", "-2"]),
        (Mode::HalfEven, ["2", "4", "-2", "2", "-2"]),
    ];
    for (mode, row) in table {
        let shown = values.map(|x| plain(&rational(x).round(Rounding::new(0, mode)).unwrap()));
        assert_eq!(shown, row, "{mode}");
    }
    for x in values {
        let error = rational(x).round(Rounding::exact(0)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Inexact);
    }
}

#[test]
fn constructors_names_and_parsing_of_modes_agree() {
    type Made = (fn(u32) -> Rounding, Mode, &'static str);
    let made: [Made; 10] = [
        (Rounding::ceil, Mode::Ceil, "ceil"),
        (Rounding::floor, Mode::Floor, "floor"),
        (Rounding::expand, Mode::Expand, "expand"),
        (Rounding::trunc, Mode::Trunc, "trunc"),
        (Rounding::half_ceil, Mode::HalfCeil, "half_ceil"),
        (Rounding::half_floor, Mode::HalfFloor, "half_floor"),
        (Rounding::half_expand, Mode::HalfExpand, "half_expand"),
        (Rounding::half_trunc, Mode::HalfTrunc, "half_trunc"),
        (Rounding::half_even, Mode::HalfEven, "half_even"),
        (Rounding::exact, Mode::Exact, "exact"),
    ];
    assert_eq!(made.map(|(_, mode, _)| mode), Mode::ALL);
    for (constructor, mode, name) in made {
        assert_eq!(constructor(3), Rounding::new(3, mode));
        assert_eq!((mode.name(), mode.to_string().as_str()), (name, name));
        assert_eq!(name.parse::<Mode>().unwrap(), mode);
    }
    let rounding = Rounding::half_even(4);
    assert_eq!((rounding.scale(), rounding.mode(), rounding.step_units()), (4, Mode::HalfEven, 1));
    for wrong in ["", "HALF_EVEN", "half even", " ceil", "bankers"] {
        assert_eq!(wrong.parse::<Mode>().unwrap_err().kind(), ErrorKind::Unknown);
    }
    assert_eq!(
        "half_evn".parse::<Mode>().unwrap_err().to_string(),
        "unknown rounding mode \"half_evn\"; did you mean \"half_even\"?"
    );
}

/// Where a value neither fits nor is exact, it does not fit: the next digit to the left comes first.
#[test]
fn overflow_comes_before_inexact() {
    let kind = |x: &str, rounding: Rounding| rational(x).round(rounding).unwrap_err().kind();
    let edge = "79228162514264337593543950335";
    assert!(rational(edge).round(Rounding::exact(0)).is_ok());
    assert_eq!(kind(&format!("{edge}.4"), Rounding::exact(0)), ErrorKind::Inexact);
    assert_eq!(kind(&format!("-{edge}.4"), Rounding::exact(0)), ErrorKind::Overflow);
    assert_eq!(kind(&format!("{edge}.4"), Rounding::exact(1)), ErrorKind::Overflow);
    assert_eq!(kind(&format!("{edge}.4"), Rounding::ceil(0)), ErrorKind::Overflow);
    assert_eq!(kind(&format!("{edge}.5"), Rounding::half_even(0)), ErrorKind::Overflow);
    assert_eq!(kind("79228162514264337593543950336.5", Rounding::exact(0)), ErrorKind::Overflow);
    assert_eq!(kind("1e400/3", Rounding::exact(0)), ErrorKind::Overflow);
    assert_eq!(kind("1e4000", Rounding::trunc(28)), ErrorKind::Overflow);
    for rounding in [Rounding::floor(0), Rounding::trunc(0), Rounding::half_trunc(0)] {
        let result = rational(&format!("{edge}.5")).round(rounding).unwrap();
        assert_eq!(plain(&result), edge);
    }
}

#[test]
fn a_result_has_exactly_the_scale_and_no_negative_zero() {
    for (x, rounding, expected) in [
        ("5", Rounding::half_even(3), "5.000"),
        ("-0.001", Rounding::half_even(2), "0.00"),
        ("-0.001", Rounding::ceil(0), "0"),
        ("-1/3", Rounding::trunc(0), "0"),
        ("-1/2", Rounding::half_even(0), "0"),
        ("0", Rounding::exact(28), "0.0000000000000000000000000000"),
        ("120", Rounding::exact(0), "120"),
    ] {
        let decimal = rational(x).round(rounding).unwrap();
        assert_eq!(plain(&decimal), expected);
        assert!(!decimal.is_sign_negative() || !decimal.mantissa().is_zero());
    }
}

/// Values with and without a finite expansion, on both sides of what a decimal holds.
#[test]
fn to_decimal_by_hand() {
    for (x, expected) in [
        ("3/8", "0.375"),
        ("-7/5", "-1.4"),
        ("1.500", "1.5"),
        ("100", "100"),
        ("1/1024", "0.0009765625"),
        ("1e-28", "0.0000000000000000000000000001"),
    ] {
        assert_eq!(plain(&rational(x).to_decimal().unwrap()), expected);
    }
    for (x, kind) in [
        ("1/3", ErrorKind::Inexact),
        ("100/3", ErrorKind::Inexact),
        ("1e-29", ErrorKind::Inexact),
        ("1e29", ErrorKind::Overflow),
        ("79228162514264337593543950335.4", ErrorKind::Overflow),
        ("1e30/3", ErrorKind::Overflow),
    ] {
        assert_eq!(rational(x).to_decimal().unwrap_err().kind(), kind, "{x}");
    }
    assert_eq!(rational("1e-28").to_decimal().unwrap(), Decimal::from_i128_with_scale(1, 28));
}

#[test]
fn texts_of_the_errors() {
    let text = |x: &str, rounding: Rounding| rational(x).round(rounding).unwrap_err().to_string();
    assert_eq!(
        text("1e27", Rounding::half_even(2)),
        "the rounded value does not fit 96 bits at scale 2; ask for a smaller scale"
    );
    assert_eq!(
        text("1/3", Rounding::exact(2)),
        "the value does not fit scale 2 and the mode is exact; name a rounding mode or raise the scale"
    );
    assert_eq!(
        text("0.03", Rounding::exact(2).with_step(rational("0.05")).unwrap()),
        "the value does not fit scale 2 in steps of 5 units of the last place and the mode is \
         exact; name a rounding mode or raise the scale"
    );
    assert_eq!(
        text("1", Rounding::ceil(29)),
        "scale 29 of a rounding is above 28, the most that a decimal can have"
    );
    let step = |x: &str| Rounding::ceil(2).with_step(rational(x)).unwrap_err().to_string();
    assert!(step("1e4096").len() < 200);
    assert_eq!(step("0"), "rounding step \"0\" is not above zero");
    assert_eq!(
        step("0.005"),
        "rounding step \"1/200\" has more decimals than the scale 2; raise the scale"
    );
    assert_eq!(
        step("1e27"),
        "rounding step \"1000000000000000000000000000\" does not fit 96 bits at the scale"
    );
    assert_eq!(
        rational("1/3").checked_div(&Rational::ZERO).unwrap_err().to_string(),
        "1/3 divided by zero"
    );
}
