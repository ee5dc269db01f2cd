//! Scores of surveys, against a plain list of responses.

use std::path::Path;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;
use serde_json::Value as Json;
use yardstick::kpi::catalog;
use yardstick::statistics::{Confidence, wilson};
use yardstick::survey::Scale;
use yardstick::{
    Ces, Column, Csat, ErrorKind, Formula, Nps, Rational, Reason, Rounding, Scores, Value,
};

const SCALES: [Scale; 3] = [Scale::ZERO_TO_TEN, Scale::ONE_TO_FIVE, Scale::ONE_TO_SEVEN];

fn exact(value: &Value) -> Result<BigRational, Reason> {
    match value {
        Value::Defined(value) => Ok(value.to_string().parse().unwrap()),
        Value::Undefined(reason) => Err(*reason),
    }
}

/// `part / whole` of counts.
fn over(part: i64, whole: usize) -> Result<BigRational, Reason> {
    match whole {
        0 => Err(Reason::NoBase),
        _ => Ok(BigRational::new(part.into(), whole.into())),
    }
}

fn any_responses() -> impl Strategy<Value = (Scale, Vec<i64>)> {
    prop::sample::select(SCALES.to_vec()).prop_flat_map(|scale| {
        let score = i64::from(scale.lowest())..=i64::from(scale.highest());
        (Just(scale), prop::collection::vec(score, 0..40))
    })
}

fn scores(scale: Scale, responses: &[i64]) -> Scores {
    Scores::from_responses(scale, &Column::integers(responses)).unwrap()
}

fn pairs(responses: &[i64]) -> impl Iterator<Item = (i32, u64)> {
    responses.iter().map(|score| (i32::try_from(*score).unwrap(), 1))
}

fn evaluate(formula: &str, measures: Vec<(&'static str, Rational)>) -> Value {
    formula.parse::<Formula>().unwrap().evaluate(measures).unwrap()
}

proptest! {
    #[test]
    fn scores_count_responses((scale, responses) in any_responses()) {
        let scores = scores(scale, &responses);
        let n = responses.len();
        let many = |test: &dyn Fn(i64) -> bool| responses.iter().filter(|score| test(**score)).count();
        prop_assert_eq!(scores.responses(), n as u64);
        prop_assert_eq!(exact(&scores.mean()), over(responses.iter().sum(), n));
        prop_assert_eq!(scores.total_score(), Rational::from(responses.iter().sum::<i64>()));
        for score in -2..=12 {
            let count = many(&|other| other == i64::from(score));
            prop_assert_eq!(scores.count(score), count as u64);
            let share = scores.share_within(score..=score);
            prop_assert_eq!(exact(&share), over(count as i64, n));
        }
        prop_assert_eq!(scores.counts().map(|(_, count)| count).sum::<u64>(), n as u64);
        prop_assert!(scores.counts().all(|(score, count)| scale.contains(score) && count > 0));
        // However the responses are given.
        prop_assert_eq!(&Scores::from_counts(scale, pairs(&responses)).unwrap(), &scores);
        let tenths: Vec<i64> = responses.iter().map(|score| score * 10).collect();
        prop_assert_eq!(&Scores::from_responses(scale, &Column::scaled(&tenths, 1)).unwrap(), &scores);
    }

    #[test]
    fn nps_counts_points_of_plus_and_minus_one(responses in prop::collection::vec(0_i64..=10, 0..60)) {
        let nps = scores(Scale::ZERO_TO_TEN, &responses).nps().unwrap();
        let n = responses.len();
        let points: Vec<i64> = responses.iter().map(|score| match score {
            9 | 10 => 1,
            7 | 8 => 0,
            _ => -1,
        }).collect();
        let sum: i64 = points.iter().sum();
        prop_assert_eq!(exact(&nps.score()), over(100 * sum, n));
        prop_assert_eq!(nps.responses(), Rational::from(n as u64));
        prop_assert_eq!(&nps.score(), &evaluate(catalog::find("nps").unwrap().formula, nps.measures()));
        let shares = [nps.promoter_share(), nps.passive_share(), nps.detractor_share()];
        for (share, point) in shares.iter().zip([1, 0, -1]) {
            let count = points.iter().filter(|other| **other == point).count() as i64;
            prop_assert_eq!(exact(share), over(count, n));
        }
        if let Value::Defined(score) = nps.score() {
            let hundred = Rational::from(100);
            prop_assert!(score <= hundred && score >= -hundred);
            prop_assert_eq!(shares.into_iter().map(|share| share.defined().unwrap()).sum::<Rational>(), Rational::ONE);
        }

        // The squared distances from the mean, by hand; the root in integers of 12 places.
        let mean = BigRational::new(sum.into(), (n.max(1)).into());
        let squares: BigRational = points.iter()
            .map(|point| BigRational::from_integer((*point).into()) - &mean)
            .map(|distance| &distance * &distance)
            .fold(BigRational::zero(), |sum, square| sum + square);
        let error = nps.standard_error().round(Rounding::floor(6)).unwrap();
        match n {
            0 => prop_assert_eq!(error, Value::Undefined(Reason::NoBase)),
            _ => {
                let scaled = squares * BigRational::from_integer(BigInt::from(10).pow(16))
                    / BigRational::from_integer(BigInt::from(n * n));
                let root = scaled.floor().to_integer().sqrt();
                prop_assert_eq!(BigInt::from(error.defined().unwrap().mantissa()), root);
            }
        }
    }

    #[test]
    fn parts_merge_to_the_whole_in_any_order((scale, responses) in any_responses(), cut in 0_usize..40) {
        let (first, second) = responses.split_at(cut.min(responses.len()));
        for (first, second) in [(first, second), (second, first)] {
            let mut merged = scores(scale, first);
            merged.merge(&scores(scale, second)).unwrap();
            prop_assert_eq!(&merged, &scores(scale, &responses));
        }
        let reversed: Vec<i64> = responses.iter().rev().copied().collect();
        prop_assert_eq!(scores(scale, &reversed), scores(scale, &responses));
    }

    #[test]
    fn boxes_and_agreement_are_counts_from_a_score_up((scale, responses) in any_responses(), boxes in 1_u32..5) {
        let scores = scores(scale, &responses);
        let from = |least: i64| responses.iter().filter(|score| **score >= least).count();
        let n = responses.len();
        let highest = i64::from(scale.highest());
        let made = scale.highest() - scale.lowest();
        if i64::from(boxes) <= i64::from(made) {
            let csat = scores.csat_top(boxes).unwrap();
            let satisfied = from(highest - i64::from(boxes) + 1);
            prop_assert_eq!(csat.satisfied, satisfied as u64);
            prop_assert_eq!(exact(&csat.share()), over(satisfied as i64, n));
            prop_assert_eq!(csat.mean(), scores.mean());
            prop_assert_eq!(evaluate(catalog::find("csat").unwrap().formula, csat.measures()), csat.share());
        }
        prop_assert_eq!(scores.csat().unwrap(), scores.csat_top(2).unwrap());
        for least in scale.lowest()..=scale.highest() {
            let ces = scores.ces_from(least).unwrap();
            prop_assert_eq!(ces.agree, from(i64::from(least)) as u64);
            prop_assert_eq!(exact(&ces.share()), over(ces.agree as i64, n));
            prop_assert_eq!(evaluate("total_score / responses", ces.measures()), ces.mean());
            prop_assert_eq!(evaluate(catalog::find("ces_agree").unwrap().formula, ces.measures()), ces.share());
        }
    }

    #[test]
    fn bounds_are_wilson_s((scale, responses) in any_responses()) {
        let scores = scores(scale, &responses);
        let z = Confidence::Percent95.z();
        let csat = scores.csat().unwrap();
        let bounds = csat.bounds(&z).unwrap();
        match responses.len() {
            0 => prop_assert_eq!(bounds, Value::Undefined(Reason::NoBase)),
            n => prop_assert_eq!(bounds, Value::Defined(wilson(csat.satisfied, n as u64, &z).unwrap())),
        }
        let within = scale.highest() - 1..=scale.highest();
        prop_assert_eq!(scores.bounds_within(within, &z).unwrap(), csat.bounds(&z).unwrap());
    }
}

#[test]
fn no_responses_are_no_score() {
    let none = Scores::new(Scale::ZERO_TO_TEN);
    let nps = none.nps().unwrap();
    let z = Rational::from(2);
    for value in [nps.score(), nps.promoter_share(), none.mean(), none.share_within(0..=10)] {
        assert_eq!(value, Value::Undefined(Reason::NoBase));
    }
    assert_eq!(nps.standard_error(), Value::Undefined(Reason::NoBase));
    assert_eq!(nps.bounds(&z).unwrap(), Value::Undefined(Reason::NoBase));
    assert_eq!(none.response_rate(10), Value::Defined(Rational::ZERO));
    assert_eq!(none.response_rate(0), Value::Undefined(Reason::NoBase));
    // As many promoters as detractors are a score of 0, which is one.
    assert_eq!(Nps::new(20, 10, 20).score(), Value::Defined(Rational::ZERO));
    let one = Scores::from_counts(Scale::ONE_TO_FIVE, [(3, 1)]).unwrap();
    assert_eq!(one.response_rate(0), Value::Undefined(Reason::Inconsistent));
    // An empty cell is no response.
    let column = Column::optional_text(&[Some("5"), None, Some("3.0")]);
    assert_eq!(Scores::from_responses(Scale::ONE_TO_FIVE, &column).unwrap().responses(), 2);
}

#[test]
fn bounds_of_nps_can_reach_beyond_the_scale_and_have_no_width_in_unison() {
    let bounds = Nps::new(2, 0, 1).bounds(&Rational::from(2)).unwrap().defined().unwrap();
    // 100/3 ± 200 sqrt((1 - 1/9) / 3), which is 33.33333 ± 108.86621
    assert_eq!(bounds.lower.round(Rounding::half_even(3)).unwrap().to_string(), "-75.533");
    assert_eq!(bounds.upper.round(Rounding::half_even(3)).unwrap().to_string(), "142.200");
    let bounds = Nps::new(0, 0, 7).bounds(&Rational::from(2)).unwrap().defined().unwrap();
    for bound in [bounds.lower, bounds.upper] {
        assert_eq!(bound.round(Rounding::exact(0)).unwrap().to_string(), "-100");
    }
}

/// Published figures: those of the KPI, the counts behind it, and the exact value.
#[test]
fn published_scores() {
    let nps = |promoters, passives, detractors| Nps::new(promoters, passives, detractors).score();
    // <https://academy.practicalcsm.com/faq-items/net-promoter-score-nps/>
    assert_eq!(nps(73, 15, 12), Rational::from(61).into());
    // <https://cidian.kuaisou.com/how+is+csat+score+calculated>
    assert_eq!(nps(70, 10, 20), Rational::from(50).into());
    // <https://annualreport2018.dela.nl/begrippenlijst/net-promotor-score>
    assert_eq!(nps(30, 50, 20), Rational::from(10).into());
    // <https://github.com/PostHog/posthog/issues/8190>: 0 is a score, and was not drawn.
    assert_eq!(nps(20, 10, 20), Rational::ZERO.into());
    // <https://help.simplesat.io/en/articles/5626051-what-is-ces-customer-effort-score>: 80 %
    let ces = ces_of(8, 10);
    assert_eq!(ces.share(), Rational::new(4, 5).unwrap().into());
    // <https://calculator.academy/customer-effort-score-ces-calculator/>: 4, 5, 6, 7 and 7; it adds
    // them up to 24 and prints 4.8, they are 29.
    let ces = scores(Scale::ONE_TO_SEVEN, &[4, 5, 6, 7, 7]).ces().unwrap();
    assert_eq!(ces.mean(), Rational::new(29, 5).unwrap().into());
    // <https://support.cys.group/support/solutions/articles/3000095528-customer-effort-score-5-point-to-average>:
    // 190, 240, 110, 330 and 140 are 1010 responses with 3020 points; it takes 1000 with 2820, 2.82.
    let counts = [(1, 190), (2, 240), (3, 110), (4, 330), (5, 140)];
    let mean = Scores::from_counts(Scale::ONE_TO_FIVE, counts).unwrap().mean();
    assert_eq!(mean, Rational::new(302, 101).unwrap().into());
}

/// So many who agree of so many on 1 to 7.
fn ces_of(agree: u64, responses: u64) -> Ces {
    let counts = [(7, agree), (2, responses - agree)];
    Scores::from_counts(Scale::ONE_TO_SEVEN, counts).unwrap().ces().unwrap()
}

fn csat_of(satisfied: u64, responses: u64) -> Csat {
    let counts = [(4, satisfied), (3, responses - satisfied)];
    Scores::from_counts(Scale::ONE_TO_FIVE, counts).unwrap().csat().unwrap()
}

/// The examples of the shared folder on surveys; a mean is of scores that add up to its total.
#[test]
fn shared_examples_of_surveys() {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        println!("YARDSTICK_SHARED is not set: 0 examples of surveys ran");
        return;
    };
    let path = Path::new(&shared).join("oracle/kpi/worked_examples.json");
    let examples: Json = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let (mut ran, mut pinned) = (0, 0);
    for example in examples["examples"].as_array().unwrap() {
        let input =
            |name: &str| -> u64 { example["inputs"][name].as_str().unwrap().parse().unwrap() };
        let (value, measures) = match example["kpi"].as_str().unwrap() {
            "nps" => {
                let nps = Nps::new(input("promoters"), input("passives"), input("detractors"));
                (nps.score(), nps.measures())
            }
            "csat" => {
                let csat = csat_of(input("satisfied"), input("responses"));
                (csat.share(), csat.measures())
            }
            "ces_agree" => {
                let ces = ces_of(input("agree"), input("responses"));
                (ces.share(), ces.measures())
            }
            "ces_mean" => {
                // As many of the next higher whole score as the remainder has.
                let (total, n) = (input("total_score"), input("responses"));
                let (low, rest) = (i32::try_from(total / n).unwrap(), total % n);
                let counts = [(low, n - rest), (low + 1, rest)];
                let scores = Scores::from_counts(Scale::ONE_TO_SEVEN, counts).unwrap();
                (scores.mean(), scores.ces().unwrap().measures())
            }
            _ => continue,
        };
        // The measures have the catalog's names, which say what is counted.
        for (name, text) in example["inputs"].as_object().unwrap() {
            let name = match name.as_str() {
                "satisfied" => "satisfied_responses",
                "agree" => "agree_responses",
                name => name,
            };
            let found = measures.iter().find(|(known, _)| *known == name).unwrap();
            assert_eq!(found.1, text.as_str().unwrap().parse().unwrap(), "{name}");
        }
        let of = &example["exact"];
        let expected = format!("{}/{}", of["num"].as_str().unwrap(), of["den"].as_str().unwrap());
        assert_eq!(value, Value::Defined(expected.parse().unwrap()), "{}", example["id"]);
        let factor = if example["published_display"] == "percent" { 100 } else { 1 };
        let places = u32::try_from(example["published_decimals"].as_u64().unwrap()).unwrap();
        let shown = value.map(|value| value * Rational::from(factor));
        let shown = shown.round(Rounding::half_expand(places)).unwrap().to_string();
        let is_printed = shown == example["published"].as_str().unwrap();
        assert_eq!(is_printed, example["usable_as_test"] == true, "{}: {shown}", example["id"]);
        ran += 1;
        pinned += u32::from(!is_printed);
    }
    println!("{ran} examples of surveys ran, {pinned} of them wrong where they are printed");
    assert_eq!((ran, pinned), (9, 2));
}

#[test]
fn a_score_off_the_scale_is_named() {
    let message = |scale, column: Column<'_>| {
        let error = Scores::from_responses(scale, &column).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Domain);
        error.to_string()
    };
    let stars = Scale::ONE_TO_FIVE;
    let remedy = "on a scale of 1 to 5; correct it, or declare another scale";
    for (column, score, row) in [
        (Column::integers(&[5, 1, 6]), "6", 2),
        (Column::integers(&[0]), "0", 0),
        (Column::scaled(&[400, 450], 2), "4.5", 1),
        (Column::wide(&[i128::MIN], 0), "-170141183460469231731687303715884105728", 0),
        (Column::integers(&[1 << 32 | 3]), "4294967299", 0),
    ] {
        assert_eq!(message(stars, column), format!("row {row}: a score of {score} {remedy}"));
    }
    // 10^-38 is no whole number either, and has no decimal.
    let tiny = message(stars, Column::wide(&[1], 38));
    assert_eq!(tiny, format!("row 0: a score of 1/1{} {remedy}", "0".repeat(38)));
    let error = Scores::from_responses(stars, &Column::text(&["5", "good"])).unwrap_err();
    assert_eq!((error.kind(), error.row()), (ErrorKind::Syntax, Some(1)));
    let error = Scores::from_counts(stars, [(5, 1), (-1, 0)]).unwrap_err();
    assert_eq!(error.to_string(), format!("row 1: a score of -1 {remedy}"));
}

#[test]
fn each_figure_has_its_scale() {
    let kind = |error: yardstick::Error| {
        assert_eq!(error.kind(), ErrorKind::Domain);
        error.to_string()
    };
    let stars = Scores::new(Scale::ONE_TO_FIVE);
    assert_eq!(
        kind(stars.nps().unwrap_err()),
        "NPS of scores of 1 to 5; it is asked on 0 to 10, and others have no promoters"
    );
    assert_eq!(
        kind(stars.ces().unwrap_err()),
        "CES of scores of 1 to 5, without the score at which agreement begins; give it to ces_from"
    );
    assert!(stars.ces_from(4).is_ok());
    for score in [0, 6] {
        assert!(
            kind(stars.ces_from(score).unwrap_err()).starts_with(&format!("a score of {score} "))
        );
    }
    for boxes in [0, 5, u32::MAX] {
        assert_eq!(
            kind(stars.csat_top(boxes).unwrap_err()),
            format!("the top {boxes} of a scale of 1 to 5; take at least 1 and at most 4")
        );
    }
    assert!(stars.csat_top(4).is_ok());
    let thumbs = Scores::from_counts(Scale::new(0, 1).unwrap(), [(1, 3), (0, 1)]).unwrap();
    assert!(thumbs.csat().is_err());
    assert_eq!(thumbs.csat_top(1).unwrap().share(), Rational::new(3, 4).unwrap().into());
    for (lowest, highest) in [(5, 5), (5, 1)] {
        assert_eq!(
            kind(Scale::new(lowest, highest).unwrap_err()),
            format!("a scale from {lowest} to {highest}; the highest score is above the lowest")
        );
    }
    // The widest scale there is.
    let widest = Scale::new(i32::MIN, i32::MAX).unwrap();
    let ends = Scores::from_counts(widest, [(i32::MIN, 1), (i32::MAX, 1)]).unwrap();
    assert_eq!(ends.mean(), Rational::new(-1, 2).unwrap().into());
    assert_eq!(ends.csat_top(u32::MAX).unwrap().satisfied, 1);
    for z in [
        Nps::new(1, 1, 1).bounds(&Rational::from(-1)),
        Nps::new(0, 0, 0).bounds(&Rational::from(-1)),
    ] {
        assert!(kind(z.unwrap_err()).contains("below zero"));
    }
    assert!(stars.bounds_within(1..=5, &Rational::from(-1)).is_err());
}

#[test]
fn what_cannot_be_merged_changes_nothing() {
    let mut stars = Scores::from_counts(Scale::ONE_TO_FIVE, [(5, 2)]).unwrap();
    let before = stars.clone();
    let error = stars.merge(&Scores::new(Scale::ONE_TO_SEVEN)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Shape);
    assert_eq!(
        error.to_string(),
        "scores of 1 to 5 merged with scores of 1 to 7; bring both to one scale"
    );
    let most = Scores::from_counts(Scale::ONE_TO_FIVE, [(4, u64::MAX - 1)]).unwrap();
    assert_eq!(stars.merge(&most).unwrap_err().kind(), ErrorKind::Overflow);
    assert_eq!(stars, before);
    let error = Scores::from_counts(Scale::ONE_TO_FIVE, [(4, u64::MAX), (5, 1)]).unwrap_err();
    assert_eq!((error.kind(), error.row()), (ErrorKind::Overflow, Some(1)));
    // Three groups as large as can be are no trouble.
    let nps = Nps::new(u64::MAX, u64::MAX, u64::MAX);
    assert_eq!(nps.score(), Rational::ZERO.into());
    assert_eq!(nps.responses(), Rational::from(3 * u128::from(u64::MAX)));
}
