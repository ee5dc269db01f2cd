//! Splitting a total: laws as properties, the model that counts who comes before whom, known cases.

use std::collections::BTreeMap;
use std::path::Path;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use serde_json::Value as Json;
use yardstick::number::{allocate, allocate_cumulative};
use yardstick::{ErrorKind, Mode, Rational};

use super::model::{self, Fraction, rational};

fn model_of(value: &Rational) -> BigRational {
    let text = value.to_string();
    let (num, den) = text.split_once('/').unwrap_or((&text, "1"));
    BigRational::new(num.parse().unwrap(), den.parse().unwrap())
}

/// The exact shares, counted in quanta.
fn shares(quanta: &BigInt, weights: &[BigRational]) -> Vec<BigRational> {
    let sum: BigRational = weights.iter().sum();
    weights.iter().map(|weight| weight / &sum * BigRational::from(quanta.clone())).collect()
}

/// By counting, for each part, how many have a larger fraction or the same and a lower index; the
/// library sorts remainders.
fn largest_remainder(quanta: &BigInt, weights: &[BigRational]) -> Vec<BigInt> {
    let magnitudes = shares(&quanta.abs(), weights);
    let floors: Vec<BigInt> = magnitudes.iter().map(|share| share.floor().to_integer()).collect();
    let fractions: Vec<BigRational> = magnitudes.iter().map(|share| share.fract()).collect();
    let left = quanta.abs() - floors.iter().sum::<BigInt>();
    let part = |(i, floor): (usize, &BigInt)| {
        let before = (0..fractions.len())
            .filter(|j| fractions[*j] > fractions[i] || (fractions[*j] == fractions[i] && *j < i));
        let magnitude = floor + u8::from(BigInt::from(before.count()) < left);
        if quanta.is_negative() { -magnitude } else { magnitude }
    };
    floors.iter().enumerate().map(part).collect()
}

/// By rounding each running total between its two neighbours.
fn cumulative(
    quanta: &BigInt,
    weights: &[BigRational],
    mode: Mode,
) -> Result<Vec<BigInt>, ErrorKind> {
    let shares = shares(quanta, weights);
    let mut given = BigInt::zero();
    (0..shares.len())
        .map(|last| {
            let running: BigRational = shares[..=last].iter().sum();
            let rounded = model::round(&running, 0, &1.into(), mode)?;
            let part = &rounded - &given;
            given = rounded;
            Ok(part)
        })
        .collect()
}

#[derive(Debug, Clone)]
struct Case {
    quanta: i64,
    quantum: Fraction,
    weights: Vec<Fraction>,
}

impl Case {
    fn total(&self) -> Rational {
        Rational::from(self.quanta) * self.quantum.library()
    }

    fn weights(&self) -> Vec<Rational> {
        self.weights.iter().map(Fraction::library).collect()
    }

    fn model_weights(&self) -> Vec<BigRational> {
        self.weights.iter().map(Fraction::model).collect()
    }

    fn allocate(&self) -> Vec<Rational> {
        allocate(self.total(), self.weights(), self.quantum.library()).unwrap()
    }

    fn cumulative(&self, mode: Mode) -> Result<Vec<Rational>, ErrorKind> {
        allocate_cumulative(self.total(), self.weights(), self.quantum.library(), mode)
            .map_err(|error| error.kind())
    }

    /// Parts counted in quanta, each of which has to be an integer.
    fn in_quanta(&self, parts: &[Rational]) -> Vec<BigInt> {
        let count = |part| {
            let quanta = model_of(part) / self.quantum.model();
            assert!(quanta.is_integer(), "{part}");
            quanta.to_integer()
        };
        parts.iter().map(count).collect()
    }
}

fn over(num: impl Into<BigInt>, den: impl Into<BigInt>) -> Fraction {
    Fraction { num: num.into(), den: den.into() }
}

/// Few and many parts; equal weights, so that there are ties; zeros; decimals, thirds, and unlike
/// denominators; all of one sign; totals of both signs, some so small that most get nothing.
fn case() -> impl Strategy<Value = Case> {
    let weight = || {
        prop_oneof![
            4 => (0_u32..6, Just(1_u32)).prop_map(|(num, den)| over(num, den)),
            2 => (0_u32..100_000, Just(100_u32)).prop_map(|(num, den)| over(num, den)),
            2 => (0_u64.., 1_u64..1000).prop_map(|(num, den)| over(num, den)),
            1 => (0_u128.., 1_u128..).prop_map(|(num, den)| over(num, den)),
        ]
    };
    let quanta = prop_oneof![3 => -30_i64..=30, 2 => -100_000_i64..=100_000, 1 => any::<i64>()];
    let quantum = prop::sample::select(vec![(1, 1), (1, 100), (25, 1), (1, 20), (2, 7)])
        .prop_map(|(num, den)| over(num, den));
    (quanta, quantum, prop::collection::vec(weight(), 1..14), any::<bool>())
        .prop_filter("a weight", |(.., weights, _)| weights.iter().any(|w| !w.num.is_zero()))
        .prop_map(|(quanta, quantum, weights, negative)| {
            let sign = if negative { -1 } else { 1 };
            let weights = weights.into_iter().map(|w| over(w.num * sign, w.den)).collect();
            Case { quanta, quantum, weights }
        })
}

fn any_mode() -> impl Strategy<Value = Mode> {
    prop::sample::select(Mode::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn largest_remainder_agrees_with_the_model(case in case()) {
        let parts = case.allocate();
        let expected = largest_remainder(&case.quanta.into(), &case.model_weights());
        prop_assert_eq!(case.in_quanta(&parts), expected);
    }

    #[test]
    fn cumulative_rounding_agrees_with_the_model(case in case(), mode in any_mode()) {
        let parts = case.cumulative(mode).map(|parts| case.in_quanta(&parts));
        prop_assert_eq!(parts, cumulative(&case.quanta.into(), &case.model_weights(), mode));
    }

    /// Parts sum to the total, are within one quantum of their shares, and none has the other sign.
    #[test]
    fn what_is_split_is_conserved(case in case(), mode in any_mode()) {
        let shares = shares(&case.quanta.into(), &case.model_weights());
        let one = BigRational::from(BigInt::from(1));
        let conserved = |parts: &[Rational]| {
            assert_eq!(parts.iter().sum::<Rational>(), case.total());
            assert_eq!(parts.len(), shares.len());
            for (part, share) in case.in_quanta(parts).into_iter().zip(&shares) {
                assert!(part.is_zero() || part.is_negative() == (case.quanta < 0));
                assert!((BigRational::from(part) - share).abs() <= one);
            }
        };
        let parts = case.allocate();
        conserved(&parts);
        for (part, share) in case.in_quanta(&parts).into_iter().zip(&shares) {
            prop_assert!((BigRational::from(part) - share).abs() < one);
        }
        if let Ok(parts) = case.cumulative(mode) {
            conserved(&parts);
        } else {
            prop_assert_eq!(mode, Mode::Exact);
        }
    }

    /// A larger weight never gets less; of equal ones the first never does, nor gets two more.
    #[test]
    fn parts_are_in_the_order_of_their_weights(case in case()) {
        let weights: Vec<_> = case.model_weights().iter().map(|weight| weight.abs()).collect();
        let parts: Vec<_> =
            case.in_quanta(&case.allocate()).iter().map(|part| part.abs()).collect();
        for i in 0..parts.len() {
            for j in 0..parts.len() {
                if weights[i] > weights[j] {
                    prop_assert!(parts[i] >= parts[j]);
                }
                if weights[i] == weights[j] && i < j {
                    prop_assert!(parts[i] >= parts[j]);
                    prop_assert!(&parts[i] - &parts[j] <= BigInt::from(1));
                }
            }
        }
    }

    /// Whose weight grows gets no less of the same total.
    #[test]
    fn a_part_grows_with_its_weight(
        case in case(),
        at in any::<prop::sample::Index>(),
        more in 1_u64..100,
        below in 1_u64..50,
    ) {
        let at = at.index(case.weights.len());
        let before = case.allocate()[at].abs();
        let mut weights = case.weights();
        let negative = weights.iter().any(Rational::is_negative);
        let more = rational(&format!("{more}/{below}"));
        weights[at] += if negative { -more } else { more };
        let after = allocate(case.total(), weights, case.quantum.library()).unwrap();
        prop_assert!(after[at].abs() >= before);
    }

    #[test]
    fn only_the_ratios_of_weights_matter(
        case in case(),
        factor in model::fraction(),
        mode in any_mode(),
    ) {
        prop_assume!(!factor.num.is_zero());
        let factor = factor.library();
        let scaled = || case.weights().into_iter().map(|weight| weight * &factor);
        let parts = allocate(case.total(), scaled(), case.quantum.library()).unwrap();
        prop_assert_eq!(parts, case.allocate());
        let parts = allocate_cumulative(case.total(), scaled(), case.quantum.library(), mode);
        prop_assert_eq!(parts.map_err(|error| error.kind()), case.cumulative(mode));
    }

    /// Zero weights get nothing and change nothing; a negative total is the mirror image.
    #[test]
    fn zero_weights_and_negative_totals(case in case(), at in any::<prop::sample::Index>()) {
        let parts = case.allocate();
        let mut weights = case.weights();
        let at = at.index(weights.len() + 1);
        weights.insert(at, Rational::ZERO);
        let mut more = allocate(case.total(), weights, case.quantum.library()).unwrap();
        prop_assert!(more.remove(at).is_zero());
        prop_assert_eq!(&more, &parts);
        let mirrored = allocate(-case.total(), case.weights(), case.quantum.library()).unwrap();
        prop_assert_eq!(mirrored, parts.into_iter().map(|part| -part).collect::<Vec<_>>());
    }
}

fn parts(texts: &[&str]) -> Vec<Rational> {
    texts.iter().map(|text| rational(text)).collect()
}

#[test]
fn ties_go_to_the_first() {
    let cent = || rational("0.01");
    assert_eq!(allocate(100, [1, 1, 1], cent()).unwrap(), parts(&["33.34", "33.33", "33.33"]));
    assert_eq!(allocate(2, [1, 1, 1, 1], 1).unwrap(), parts(&["1", "1", "0", "0"]));
    assert_eq!(allocate(-2, [1, 1, 1, 1], 1).unwrap(), parts(&["-1", "-1", "0", "0"]));
    assert_eq!(allocate(1, [0, 1, 1], 1).unwrap(), parts(&["0", "1", "0"]));
    assert_eq!(allocate(0, [1, 2], 1).unwrap(), parts(&["0", "0"]));
    assert_eq!(allocate(75, [-1, -1], 25).unwrap(), parts(&["50", "25"]));
}

/// The running totals of 3 over six equal parts are 0.5, 1, 1.5, 2, 2.5 and 3.
#[test]
fn each_mode_by_hand() {
    for (mode, total, expected) in [
        (Mode::Ceil, 3, [1, 0, 1, 0, 1, 0]),
        (Mode::Floor, 3, [0, 1, 0, 1, 0, 1]),
        (Mode::Expand, 3, [1, 0, 1, 0, 1, 0]),
        (Mode::Trunc, 3, [0, 1, 0, 1, 0, 1]),
        (Mode::HalfCeil, 3, [1, 0, 1, 0, 1, 0]),
        (Mode::HalfFloor, 3, [0, 1, 0, 1, 0, 1]),
        (Mode::HalfExpand, 3, [1, 0, 1, 0, 1, 0]),
        (Mode::HalfTrunc, 3, [0, 1, 0, 1, 0, 1]),
        (Mode::HalfEven, 3, [0, 1, 1, 0, 0, 1]),
        // Below zero each mode is what it is there.
        (Mode::Ceil, -3, [0, -1, 0, -1, 0, -1]),
        (Mode::Floor, -3, [-1, 0, -1, 0, -1, 0]),
        (Mode::Expand, -3, [-1, 0, -1, 0, -1, 0]),
        (Mode::Trunc, -3, [0, -1, 0, -1, 0, -1]),
        (Mode::HalfEven, -3, [0, -1, -1, 0, 0, -1]),
        (Mode::Exact, 6, [1, 1, 1, 1, 1, 1]),
        (Mode::Exact, -12, [-2, -2, -2, -2, -2, -2]),
    ] {
        let given = allocate_cumulative(total, [1; 6], 1, mode).unwrap();
        assert_eq!(given, expected.map(Rational::from), "{mode} {total}");
    }
    let error = allocate_cumulative(4, [1, 1, 2, 4], 1, Mode::Exact).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the running total of part 0 (counted from 0) is no multiple of the quantum and the mode is \
         exact; name a rounding mode"
    );
    assert_eq!(error.kind(), ErrorKind::Inexact);
}

#[test]
fn what_cannot_be_split() {
    let none: [Rational; 0] = [];
    let both = |total: &str, weights: &[&str], quantum: &str| {
        let one = allocate(rational(total), parts(weights), rational(quantum)).unwrap_err();
        for mode in Mode::ALL {
            let other =
                allocate_cumulative(rational(total), parts(weights), rational(quantum), mode);
            assert_eq!(other.unwrap_err(), one);
        }
        assert_eq!(one.kind(), ErrorKind::Domain);
        one.to_string()
    };
    assert_eq!(
        both("1.005", &["1"], "0.01"),
        "total 201/200 is no multiple of the quantum 1/100; round the total first"
    );
    assert_eq!(both("1", &["1"], "0"), "quantum 0 is not above zero");
    assert_eq!(both("1", &["1"], "-0.01"), "quantum -1/100 is not above zero");
    assert_eq!(both("1", &[], "1"), "a total cannot be split without weights; give at least one");
    assert_eq!(
        both("0", &["0", "0.00"], "1"),
        "a total cannot be split by weights that are all zero"
    );
    assert_eq!(
        both("1", &["0", "2", "1", "-0.5"], "1"),
        "weights 1 and 3 (counted from 0) are 2 and -1/2, of opposite sign"
    );
    assert_eq!(allocate(0, none, 1).unwrap_err().kind(), ErrorKind::Domain);
    // Opposite signs cannot cancel to a sum that is not zero.
    assert_eq!(allocate(1, [3, -1], 1).unwrap_err().kind(), ErrorKind::Domain);
}

/// Primes from 3 on, by trial division.
fn primes() -> impl Iterator<Item = u32> {
    (3..).step_by(2).filter(|n| (3..).step_by(2).take_while(|d| d * d <= *n).all(|d| n % d != 0))
}

/// What is too large is refused early, whatever the order and the scale of the weights; what is not
/// is split however many parts there are.
#[test]
fn capacity_is_a_matter_of_ratios_only() {
    let kind = |weights: Vec<Rational>| allocate(10, weights, 1).map_err(|error| error.kind());
    let unlike = |count: usize| -> Vec<Rational> {
        primes().take(count).map(|prime| Rational::new(1, prime).unwrap()).collect()
    };
    // The sum over the first 1,500 odd primes is of about 12,700 times 1.44 bits.
    assert_eq!(kind(unlike(1_500)), Err(ErrorKind::Capacity));
    assert_eq!(kind(unlike(1_500).into_iter().rev().collect()), Err(ErrorKind::Capacity));
    let parts = kind(unlike(1_000)).unwrap();
    assert_eq!(parts.iter().sum::<Rational>(), Rational::from(10));
    // A factor that denominators share counts once: here 2^20, in 800 of them.
    let shared = unlike(800).into_iter().map(|weight| weight * rational("1/1048576"));
    let parts_of_shared = kind(std::iter::once(Rational::ONE).chain(shared).collect()).unwrap();
    assert_eq!(parts_of_shared.iter().sum::<Rational>(), Rational::from(10));
    // A factor that is itself beyond the limit is no matter of ratios.
    let factor = Rational::from(3).checked_pow(9_000).unwrap();
    let scaled = |weights: Vec<Rational>, by: &Rational| -> Vec<Rational> {
        weights.into_iter().map(|weight| weight * by).collect()
    };
    let twice = &factor * &factor;
    assert_eq!(kind(scaled(unlike(1_000), &twice)), Ok(parts.clone()));
    let inverse = Rational::ONE.checked_div(&twice).unwrap();
    assert_eq!(kind(scaled(unlike(1_000), &inverse)), Ok(parts));
    assert_eq!(kind(scaled(unlike(1_500), &inverse)), Err(ErrorKind::Capacity));
    // A hundred thousand weights of unlike 64-bit denominators.
    let many = (0..100_000_u64).map(|i| Rational::new(1, i * 184_467_440_737_095 + 1).unwrap());
    assert_eq!(kind(many.collect()), Err(ErrorKind::Capacity));
    // And as many decimals with 28 places.
    let weights: Vec<_> = (0..100_000_u64)
        .map(|i| Rational::from_scaled(i128::from(i) * 0x9e37_79b9_7f4a_7c15 + 1, 28))
        .collect();
    let parts = allocate(rational("1234567.89"), weights, rational("0.01")).unwrap();
    assert_eq!(parts.iter().sum::<Rational>(), rational("1234567.89"));

    let wide = Rational::from(2).checked_pow(16_000).unwrap();
    let wider = &wide * &wide;
    assert_eq!(allocate(&wide, [1, 1], 1).unwrap()[0], &wide * rational("0.5"));
    assert_eq!(allocate(&wider, [1, 1], 1).unwrap_err().kind(), ErrorKind::Capacity);
    assert_eq!(allocate(&wider, [1, 1], &wider).unwrap_err().kind(), ErrorKind::Capacity);
    // The message does not print what nobody can read.
    let error = allocate(&wider + rational("0.5"), [1, 1], 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "total of 32002 bits is no multiple of the quantum 1; round the total first"
    );
}

/// The cases of a shared folder, where `YARDSTICK_SHARED` names one.
#[test]
fn shared_cases() {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        println!("YARDSTICK_SHARED is not set: 0 shared cases of allocation ran");
        return;
    };
    let read = |path: &str| -> Vec<Json> {
        let text = std::fs::read(Path::new(&shared).join("oracle").join(path)).unwrap();
        let document: Json = serde_json::from_slice(&text).unwrap();
        document["cases"].as_array().unwrap().clone()
    };
    let numbers = |list: &Json| -> Vec<Rational> {
        list.as_array().unwrap().iter().map(|text| rational(text.as_str().unwrap())).collect()
    };
    let mut ran = BTreeMap::<&str, usize>::new();
    for case in read("number/gen_allocate.json") {
        let total = rational(case["total"].as_str().unwrap());
        let scale = i32::try_from(case["scale"].as_i64().unwrap()).unwrap();
        let quantum = Rational::from(10).checked_pow(-scale).unwrap();
        let weights = numbers(&case["weights"]);
        let parts = allocate(&total, &weights, &quantum).unwrap();
        assert_eq!(parts, numbers(&case["largest_remainder"]), "{case}");
        let parts = allocate_cumulative(&total, &weights, &quantum, Mode::HalfEven).unwrap();
        assert_eq!(parts, numbers(&case["cumulative_half_even"]), "{case}");
        *ran.entry("allocate: largest remainder and cumulative").or_default() += 1;
    }
    let exact = |case: &Json, prefix: &str| -> Vec<Rational> {
        let expected = case["expected"].as_array().unwrap().iter();
        let named = expected.filter(|entry| entry["name"].as_str().unwrap().starts_with(prefix));
        named.map(|entry| rational(entry["exact"].as_str().unwrap())).collect()
    };
    for case in read("stats/allocation.json") {
        if case["function"] != "allocate.largest_remainder" {
            continue;
        }
        let inputs = &case["inputs"];
        let total = rational(inputs["total"].as_str().unwrap());
        let scale = i32::try_from(inputs["scale"].as_i64().unwrap()).unwrap();
        let quantum = Rational::from(10).checked_pow(-scale).unwrap();
        let weights = match inputs["shares"].is_array() {
            true => numbers(&inputs["shares"]),
            // The shares of the Markov model of order one, which stand in a file of their own.
            false => {
                assert_eq!(inputs["shares"], "exact_o1 shares");
                let models = read("stats/attribution.json");
                let id = "channelattribution-10k-markov1-credit";
                exact(models.iter().find(|model| model["id"] == id).unwrap(), "credit:")
            }
        };
        assert_eq!(weights.len() as u64, inputs["n"].as_u64().unwrap());
        let mut expected = exact(&case, "");
        assert_eq!(expected.pop(), Some(total.clone()), "the last one is the sum");
        assert_eq!(allocate(&total, weights, quantum).unwrap(), expected, "{case}");
        *ran.entry("allocate.largest_remainder").or_default() += 1;
    }
    println!("shared cases of allocation run: {ran:?}");
    assert_eq!(ran["allocate.largest_remainder"], 3);
    assert!(ran["allocate: largest remainder and cumulative"] > 0);
}
