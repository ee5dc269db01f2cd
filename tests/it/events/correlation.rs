//! How an event goes with success, against whole numbers and against cases of others.

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use serde_json::Value as Json;
use yardstick::events::Correlation;
use yardstick::number::Sense;
use yardstick::{ErrorKind, Rational, Reason, Value};

fn big(value: &Rational) -> BigRational {
    value.to_string().parse().unwrap()
}

proptest! {
    #[test]
    fn it_is_the_formula(
        counts in prop::array::uniform4(prop_oneof![0_u64..4, any::<u64>()]),
        prior in (0_i64..3, 1_i64..4),
    ) {
        let [s, f, more_s, more_f] = counts;
        let (all_s, all_f) = (s.saturating_add(more_s), f.saturating_add(more_f));
        let correlation = Correlation::new(all_s, all_f, s, f).unwrap();
        let p = BigRational::new(prior.0.into(), prior.1.into());
        let prior = Rational::new(prior.0, prior.1).unwrap();
        let of = |count: u64| BigRational::from(BigInt::from(count));
        let over = (of(f) + &p) * (of(all_s - s) + &p);
        let above = (of(s) + &p) * (of(all_f - f) + &p);
        let zero = BigRational::from(BigInt::from(0));
        match correlation.odds_ratio(&prior).unwrap() {
            Value::Defined(ratio) => prop_assert_eq!(big(&ratio), above / over),
            Value::Undefined(Reason::NoBase) => prop_assert!(over == zero && above == zero),
            Value::Undefined(reason) => {
                prop_assert_eq!(reason, Reason::Unbounded(Sense::Neutral));
                prop_assert!(over == zero && above != zero);
            }
        }
        for (rate, won, lost) in [
            (correlation.rate_with(), s, f),
            (correlation.rate_without(), all_s - s, all_f - f),
        ] {
            match rate {
                Value::Defined(rate) => prop_assert_eq!(big(&rate), of(won) / (of(won) + of(lost))),
                Value::Undefined(reason) => {
                    prop_assert_eq!((reason, won, lost), (Reason::NoBase, 0, 0));
                }
            }
        }
    }
}

#[test]
fn more_than_there_are_are_refused() {
    for (successes, failures, message) in [
        (6, 0, "6 successes that have it, of 5; give no more of them than there are successes"),
        (5, 8, "8 failures that have it, of 7; give no more of them than there are failures"),
    ] {
        let error = Correlation::new(5, 7, successes, failures).unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Domain, message));
    }
    let correlation = Correlation::new(5, 7, 5, 0).unwrap();
    assert_eq!((correlation.successes(), correlation.failures()), (5, 7));
    assert_eq!((correlation.successes_with(), correlation.failures_with()), (5, 0));
    let error = correlation.odds_ratio(&Rational::from(-1)).unwrap_err();
    assert_eq!(error.to_string(), "a prior of -1; give 0, or more to be cautious");
    assert_eq!(error.kind(), ErrorKind::Domain);
}

#[test]
fn cases_of_post_hog() {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        println!("YARDSTICK_SHARED is not set: 0 cases of correlation ran");
        return;
    };
    let path = std::path::Path::new(&shared).join("oracle/funnel/posthog_correlation.json");
    let cases: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = cases["cases"].as_array().unwrap();
    for case in cases {
        let of = |name: &str| case["input"][name].as_u64().unwrap();
        let correlation = Correlation::new(of("S"), of("F"), of("s"), of("f")).unwrap();
        let prior = Rational::from(case["params"]["prior"].as_i64().unwrap());
        let wanted: BigRational = case["expect"]["odds_ratio"].as_str().unwrap().parse().unwrap();
        let ratio = correlation.odds_ratio(&prior).unwrap().defined().unwrap();
        assert_eq!(big(&ratio), wanted, "{}", case["id"]);
        let success = case["expect"]["type"] == "success";
        assert_eq!(ratio > Rational::ONE, success, "{}", case["id"]);
    }
    println!("cases of correlation: {} equal", cases.len());
    assert_eq!(cases.len(), 4);
}
