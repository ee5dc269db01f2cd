use proptest::prelude::*;
use yardstick::statistics::{Confidence, Interval, agresti_coull, wald, wilson};
use yardstick::{Decimal, ErrorKind, Rational, Rounding};

const SCALE: u32 = 14;

fn rounded(interval: &Interval, rounding: Rounding) -> [Rational; 2] {
    [&interval.lower, &interval.upper].map(|bound| bound.round(rounding).unwrap().into())
}

fn text(interval: &Interval, scale: u32) -> [String; 2] {
    let rounding = Rounding::half_even(scale);
    [&interval.lower, &interval.upper].map(|bound| bound.round(rounding).unwrap().to_string())
}

fn over(a: &Rational, b: &Rational) -> Rational {
    a.checked_div(b).unwrap()
}

/// Whether a rounded bound is where `inside` ends: it holds half a unit towards the middle, unless
/// that is beyond the middle, and not half a unit away from it.
fn ends_at(
    bounds: [Rational; 2],
    middle: &Rational,
    inside: impl Fn(&Rational) -> Option<bool>,
) -> bool {
    let half = Rational::from_scaled(5, SCALE as u8 + 1);
    let [lower, upper] = bounds;
    let holds = |x: Rational, beyond: bool| beyond || inside(&x) != Some(false);
    let fails = |x: Rational| inside(&x) != Some(true);
    let (lower_in, upper_in) = (&lower + &half, &upper - &half);
    let (low_beyond, high_beyond) = (lower_in >= *middle, upper_in <= *middle);
    holds(lower_in, low_beyond)
        && fails(lower - &half)
        && holds(upper_in, high_beyond)
        && fails(upper + &half)
}

/// Strictly inside, strictly outside, or on the edge.
fn side(distance: &Rational, allowed: &Rational) -> Option<bool> {
    (distance != allowed).then(|| distance < allowed)
}

prop_compose! {
    fn trial()(n in prop_oneof![1_u64..40, 1_u64..2_000_000])(
        k in prop_oneof![0..=n, Just(0), Just(n)], n in Just(n), z in 1_i64..500,
    ) -> (u64, u64, Rational) {
        (k, n, Rational::from_scaled(z.into(), 2))
    }
}

proptest! {
    /// Wilson's bounds are the rates x with (p - x)^2 = z^2 x (1 - x)/n.
    #[test]
    fn wilson_solves_the_score_equation((k, n, z) in trial()) {
        let p = Rational::new(k, n).unwrap();
        let inside = |x: &Rational| {
            let away = &p - x;
            side(&(&away * &away), &over(&(&z * &z * x * (Rational::ONE - x)), &n.into()))
        };
        let interval = wilson(k, n, &z).unwrap();
        prop_assert!(ends_at(rounded(&interval, Rounding::half_even(SCALE)), &p, inside));
        let [lower, upper] = rounded(&interval, Rounding::expand(SCALE));
        prop_assert!(!lower.is_negative() && upper <= Rational::ONE);
    }

    /// Wald's are those with (p - x)^2 = z^2 p (1 - p)/n, and Agresti and Coull's the same for other
    /// counts.
    #[test]
    fn wald_and_agresti_coull_solve_theirs((k, n, z) in trial()) {
        let square = &z * &z;
        let adjusted = (
            Rational::from(k) + over(&square, &2.into()), Rational::from(n) + &square,
        );
        for ((k, n), interval) in [
            ((Rational::from(k), Rational::from(n)), wald(k, n, &z).unwrap()),
            (adjusted, agresti_coull(k, n, &z).unwrap()),
        ] {
            let p = over(&k, &n);
            let allowed = over(&(&square * &p * (Rational::ONE - &p)), &n);
            let inside = |x: &Rational| side(&((&p - x) * (&p - x)), &allowed);
            prop_assert!(ends_at(rounded(&interval, Rounding::half_even(SCALE)), &p, inside));
        }
    }

    /// Failures are bounded by what is left of one.
    #[test]
    fn successes_and_failures_mirror_each_other((k, n, z) in trial()) {
        for interval in [wilson, wald, agresti_coull] {
            let rounding = Rounding::half_even(SCALE);
            let [lower, upper] = rounded(&interval(k, n, &z).unwrap(), rounding);
            let mirrored = rounded(&interval(n - k, n, &z).unwrap(), rounding);
            prop_assert_eq!([Rational::ONE - upper, Rational::ONE - lower], mirrored);
        }
    }

    /// Where none or all succeeded, Wilson's bound is 0 or 1, in every mode and at every scale.
    #[test]
    fn wilson_ends_exactly_at_zero_and_one(n in 1_u64.., digits in 0_i128.., places in 0_u8..=38) {
        let z = Rational::from_scaled(digits, places);
        let rounding = Rounding::exact(28);
        prop_assert_eq!(wilson(n, n, &z).unwrap().upper.round(rounding).unwrap(), Decimal::ONE);
        prop_assert!(wilson(0, n, &z).unwrap().lower.round(rounding).unwrap().is_zero());
    }
}

/// Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17
/// (1998), table I, methods 3 (Wilson) and 1 (Wald, of which the bounds below 0 are not printed).
#[test]
fn published_intervals() {
    let z = Confidence::Percent95.z();
    for (k, n, score, simple) in [
        (81, 263, ["0.2553", "0.3662"], ["0.2522", "0.3638"]),
        (15, 148, ["0.0624", "0.1605"], ["0.0527", "0.1500"]),
        (0, 20, ["0.0000", "0.1611"], ["0.0000", "0.0000"]),
        (1, 29, ["0.0061", "0.1718"], ["-0.0319", "0.1009"]),
    ] {
        assert_eq!(text(&wilson(k, n, &z).unwrap(), 4), score);
        assert_eq!(text(&wald(k, n, &z).unwrap(), 4), simple);
    }
}

/// 18 of 20 at 95 %: the figures that R's `binom` and statsmodels agree on to twelve digits, in
/// twenty.
#[test]
fn eighteen_of_twenty() {
    let z = Confidence::Percent95.z();
    let score = ["0.69896635477151270263", "0.97213351878623178765"];
    assert_eq!(text(&wilson(18, 20, &z).unwrap(), 20), score);
    let simple = ["0.76852161891351275536", "1.03147838108648724464"];
    assert_eq!(text(&wald(18, 20, &z).unwrap(), 20), simple);
    let adjusted = ["0.68675611255960750971", "0.98434376099813698057"];
    assert_eq!(text(&agresti_coull(18, 20, &z).unwrap(), 20), adjusted);
    let score = ["0.69896179358820663860", "0.97213410601584678063"];
    assert_eq!(text(&wilson(18, 20, &"1.96".parse().unwrap()).unwrap(), 20), score);
}

#[test]
fn a_z_of_zero_gives_the_share_itself() {
    for interval in [wilson, wald, agresti_coull] {
        let interval = interval(1, 8, &Rational::ZERO).unwrap();
        assert_eq!(
            rounded(&interval, Rounding::exact(3)),
            ["0.125"; 2].map(|x| x.parse().unwrap())
        );
    }
}

#[test]
fn the_largest_counts_are_no_trouble() {
    let z = Confidence::Percent99Point9.z();
    let interval = wilson(u64::MAX - 1, u64::MAX, &z).unwrap();
    let [lower, upper] = rounded(&interval, Rounding::half_even(28));
    assert!(lower < upper && upper < Rational::ONE);
}

#[test]
fn what_cannot_be_is_refused() {
    let one = Rational::ONE;
    for interval in [wilson, wald, agresti_coull] {
        let refused = |k, n, z: &Rational| {
            let error = interval(k, n, z).unwrap_err();
            (error.kind(), error.to_string())
        };
        // Of several, the division comes first.
        let (kind, text) = refused(5, 0, &-&one);
        assert_eq!(
            (kind, &*text),
            (ErrorKind::DivisionByZero, "a proportion of 0 trials; give at least one")
        );
        let (kind, text) = refused(5, 4, &one);
        assert_eq!(kind, ErrorKind::Domain);
        assert_eq!(text, "5 successes in 4 trials; there cannot be more than trials");
        let (kind, text) = refused(4, 5, &-&one);
        assert_eq!(kind, ErrorKind::Domain);
        assert_eq!(text, "a z of \"-1\", which is below zero; give its magnitude");
    }
}
