//! Shapley values, against the mean over all orders, and by their axioms.

use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;
use yardstick::explain::{Driver, DriverShares};
use yardstick::{ErrorKind, Formula, Funnel, Owner, Rational, Reason, Value};

use super::{any_number, big, defined, exact, known, total};

const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];

const FORMULAS: [&str; 8] = [
    "a * b * c * d * e",
    "a * b / c",
    "a / b * c / (d / e)",
    "a + b - c * d + 0 * e",
    "max(a, b) * (c - d)",
    "if_undefined(a / b, c) * d",
    "(a + b + c) / (d + e)",
    "a^2 * b - abs(c)",
];

fn orders(players: usize) -> Vec<Vec<usize>> {
    if players == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(players - 1);
    let insert = |order: &Vec<usize>| -> Vec<Vec<usize>> {
        let places = 0..=order.len();
        let with = |place| {
            let mut order = order.clone();
            order.insert(place, players - 1);
            order
        };
        places.map(with).collect()
    };
    shorter.iter().flat_map(insert).collect()
}

fn shares(formula: &str, before: &[Rational], after: &[Rational]) -> DriverShares {
    let values = NAMES.iter().zip(before.iter().zip(after));
    let drivers = values.map(|(name, (a, b))| Driver::new(*name, a.clone(), b.clone()));
    DriverShares::of(&formula.parse().unwrap(), drivers).unwrap()
}

fn any_values() -> impl Strategy<Value = Vec<Rational>> {
    prop::collection::vec(any_number(), 5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn shares_are_the_mean_over_all_orders(
        formula in prop::sample::select(FORMULAS.to_vec()),
        before in any_values(), after in any_values(),
    ) {
        let parsed: Formula = formula.parse().unwrap();
        let value = |values: &[Rational]| {
            exact(&parsed.evaluate(NAMES.into_iter().zip(values.iter().cloned())).unwrap())
        };
        let (mut sums, mut reason) = (vec![BigRational::zero(); 5], None::<Reason>);
        let orders = orders(5);
        for order in &orders {
            let mut values = before.clone();
            let mut last = value(&values);
            for driver in order {
                values[*driver] = after[*driver].clone();
                let next = value(&values);
                if let (Ok(last), Ok(next)) = (&last, &next) {
                    sums[*driver] += next - last;
                }
                for found in [&last, &next].into_iter().filter_map(|value| value.as_ref().err()) {
                    reason = Some(reason.map_or(*found, |reason| reason.min(*found)));
                }
                last = next;
            }
        }
        let causes = shares(formula, &before, &after);
        prop_assert_eq!(exact(&causes.change.before), value(&before));
        prop_assert_eq!(exact(&causes.change.after), value(&after));
        let count = BigRational::from_integer(orders.len().into());
        for (driver, sum) in causes.drivers.iter().zip(sums) {
            match reason {
                Some(reason) => prop_assert_eq!(&driver.effect, &Value::Undefined(reason)),
                None => prop_assert_eq!(exact(&driver.effect), Ok(sum / &count)),
            }
        }
        if reason.is_none() {
            let all = total(causes.drivers.iter().map(|driver| known(&driver.effect)));
            prop_assert_eq!(all, known(&causes.change.absolute()));
        }
    }

    #[test]
    fn the_axioms_hold(a in any_number(), b in any_number(), c in any_values()) {
        // Two that play the same part have the same effect, one that stands still or stands nowhere none.
        let before = [a.clone(), a.clone(), c[0].clone(), c[1].clone(), c[2].clone()];
        let after = [b.clone(), b.clone(), c[3].clone(), c[1].clone(), c[4].clone()];
        let causes = shares("(a * b + a + b) * c - d", &before, &after);
        let effects: Vec<_> = causes.drivers.iter().map(|driver| known(&driver.effect)).collect();
        prop_assert_eq!(&effects[0], &effects[1]);
        prop_assert!(effects[3].is_zero() && effects[4].is_zero());
        prop_assert_eq!(total(effects.clone()), known(&causes.change.absolute()));
        // The effects of a sum are the sums of the effects.
        let parts = ["(a * b + a + b) * c", "0 - d"].map(|formula| shares(formula, &before, &after));
        for (driver, effect) in effects.iter().enumerate() {
            let sum = total(parts.iter().map(|part| known(&part.drivers[driver].effect)));
            prop_assert_eq!(&sum, effect);
        }
    }

    #[test]
    fn order_and_names_of_drivers_change_nothing_else(before in any_values(), after in any_values()) {
        let here = shares("a * b / c - d * e", &before, &after);
        let reversed = |values: &[Rational]| -> Vec<_> { values.iter().rev().cloned().collect() };
        let mut there = shares("e * d / c - b * a", &reversed(&before), &reversed(&after));
        there.drivers.reverse();
        prop_assert_eq!(&here.change, &there.change);
        for (a, b) in here.drivers.iter().zip(&there.drivers) {
            prop_assert_eq!(&a.effect, &b.effect);
        }
    }

    #[test]
    fn funnels_split_what_comes_out_at_the_end(
        before in prop::collection::vec(0_i64..9, 4), after in prop::collection::vec(0_i64..9, 4),
    ) {
        let funnel = |counts: &[i64]| {
            let stages = NAMES.iter().zip(counts);
            let add = |builder: yardstick::FunnelBuilder, (name, count): (&&str, &i64)| {
                builder.stage(*name, Owner::Sales, *count)
            };
            stages.fold(Funnel::builder(), add).build().unwrap()
        };
        let causes = DriverShares::of_funnels(&funnel(&before), &funnel(&after)).unwrap();
        prop_assert_eq!(known(&causes.change.absolute()), big(&Rational::from(after[3] - before[3])));
        let rates = |counts: &[i64]| counts[..3].iter().all(|count| *count != 0);
        match rates(&before) && rates(&after) {
            true => {
                let all = total(causes.drivers.iter().map(|driver| known(&driver.effect)));
                prop_assert_eq!(all, known(&causes.change.absolute()));
            }
            false => prop_assert!(causes.drivers.iter().all(|driver| driver.effect.is_undefined())),
        }
    }
}

/// Each of LTV's four drivers, by hand: 600 * 0.5 / 0.25 = 1200 to 900 * 0.5 / 0.2 = 2250.
#[test]
fn drivers_of_a_lifetime_value() {
    let formula = "arpu * margin / churn".parse().unwrap();
    let rational = super::rational;
    let causes = DriverShares::of(
        &formula,
        [
            Driver::new("arpu", 600, 900),
            Driver::new("margin", rational("0.5"), rational("0.5")),
            Driver::new("churn", rational("0.25"), rational("0.2")),
        ],
    )
    .unwrap();
    let effects: Vec<_> = causes.drivers.iter().map(|driver| driver.effect.clone()).collect();
    // 600 or 750 for the revenue, 450 or 300 for the churn.
    assert_eq!(effects, [defined("675"), defined("0"), defined("375")]);
    let ranked: Vec<_> = causes.ranked().iter().map(|driver| driver.name.clone()).collect();
    assert_eq!(ranked, ["arpu", "churn", "margin"]);
}

#[test]
fn a_quotient_that_is_undefined_halfway_is_not_split() {
    // Deals came with the first leads: with deals alone there is no rate.
    let drivers = [Driver::new("a", 0, 5), Driver::new("b", 0, 10)];
    let causes = DriverShares::of(&"if_undefined(a / b, 0)".parse().unwrap(), drivers.clone());
    assert_eq!(
        causes.unwrap().drivers[1].effect,
        defined("1/4"),
        "half, as each waits for the other"
    );
    let causes = DriverShares::of(&"a / b".parse().unwrap(), drivers).unwrap();
    assert_eq!(causes.drivers[0].effect.reason(), causes.drivers[1].effect.reason());
    assert!(causes.drivers[0].effect.is_undefined());
    assert_eq!(causes.change.after, defined("1/2"));
}

#[test]
fn misuse_is_refused() {
    let drivers = |count: usize| {
        (0..count).map(|i| Driver::new(format!("d{i}"), i as u64, i as u64 + 1)).collect::<Vec<_>>()
    };
    let sum = |count: usize| -> Formula {
        let names: Vec<_> = (0..count).map(|i| format!("d{i}")).collect();
        names.join(" + ").parse().unwrap()
    };
    let kind = |result: Result<DriverShares, yardstick::Error>| result.unwrap_err().kind();
    let most = DriverShares::of(&sum(12), drivers(12)).unwrap();
    assert!(most.drivers.iter().all(|driver| driver.effect == defined("1")));
    assert_eq!(kind(DriverShares::of(&sum(13), drivers(13))), ErrorKind::Capacity);
    assert_eq!(kind(DriverShares::of(&sum(3), drivers(2))), ErrorKind::Unknown);
    let twice = [drivers(1), drivers(1)].concat();
    assert_eq!(kind(DriverShares::of(&sum(1), twice)), ErrorKind::Duplicate);
    let earlier = "d0 / prior(d0)".parse().unwrap();
    assert_eq!(kind(DriverShares::of(&earlier, drivers(1))), ErrorKind::Domain);
    let funnel = |last: &str| {
        let builder = Funnel::builder().stage("lead", Owner::Marketing, 5);
        builder.stage(last, Owner::Sales, 2).build().unwrap()
    };
    assert_eq!(kind(DriverShares::of_funnels(&funnel("deal"), &funnel("sale"))), ErrorKind::Shape);
}

/// 4,096 values with as many unlike denominators have none in common within the limit.
#[test]
fn numbers_that_grow_too_long_are_undefined_and_soon() {
    let drivers = (0..12_u32)
        .map(|i| Driver::new(format!("d{i}"), u64::from(i) + 1, (1_u64 << (30 + i)) + 1));
    let names: Vec<_> = (0..12).map(|i| format!("d{i}")).collect();
    let formula = format!("1 / ({})", names.join(" + ")).parse().unwrap();
    let causes = DriverShares::of(&formula, drivers).unwrap();
    assert!(!causes.change.absolute().is_undefined());
    for driver in &causes.drivers {
        assert_eq!(driver.effect, Value::Undefined(Reason::Capacity));
    }
}
