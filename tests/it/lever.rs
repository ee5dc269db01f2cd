//! Levers, against products on big fractions and exhaustive search over splits.

use num_rational::BigRational;
use num_traits::{One, Zero};
use proptest::prelude::*;
use yardstick::target::{BudgetSplit, Curve, LeverKind, Levers, LeversBuilder, Plan, StuckReason};
use yardstick::{ErrorKind, Owner, Rational, Reason, Sense, Value};

const OWNERS: [Owner; 3] = [Owner::Marketing, Owner::Both, Owner::Sales];

fn name(stage: usize) -> String {
    format!("stage {stage}")
}

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

fn big(value: &Rational) -> BigRational {
    value.to_string().parse().unwrap()
}

fn exact(value: &Value) -> BigRational {
    big(&value.clone().defined().unwrap())
}

fn ratio(num: i64, den: i64) -> BigRational {
    BigRational::new(num.into(), den.into())
}

fn number(number: i64) -> Value {
    Value::Defined(Rational::from(number))
}

/// Levers of a volume, rates and a value per entity, with owners by stage.
fn builder(volume: &Rational, rates: &[Rational], value: Option<Rational>) -> LeversBuilder {
    let mut plan = Plan::builder().stage(name(0), OWNERS[0]);
    for (i, rate) in rates.iter().enumerate() {
        plan = plan.stage(name(i + 1), OWNERS[(i + 1) % 3]).rate(name(i + 1), rate.clone());
    }
    let plan = match value {
        Some(value) => plan.value(value),
        None => plan,
    };
    Levers::builder(&plan.build().unwrap(), volume.clone())
}

fn any_number() -> impl Strategy<Value = Rational> {
    prop_oneof![
        4 => (0_i64..30, 1_i64..30).prop_map(|(n, d)| Rational::new(n, d).unwrap()),
        1 => Just(Rational::ZERO),
        1 => (1_i64.., 1_i64..).prop_map(|(n, d)| Rational::new(n, d).unwrap()),
    ]
}

/// A concave curve: a factor at zero, often zero, and pieces in falling order of slope, some flat.
fn any_curve() -> impl Strategy<Value = Vec<(i64, Rational)>> {
    let start = prop_oneof![2 => Just(0_i64), 3 => 1_i64..6];
    (start, prop::collection::vec((1_i64..5, 0_i64..5), 0..4), 1_i64..4).prop_map(
        |(start, mut pieces, den)| {
            pieces.sort_by_key(|(_, slope)| -slope);
            let mut points = vec![(0, Rational::new(start, den).unwrap())];
            let (mut budget, mut factor) = (0, start);
            for (length, slope) in pieces {
                budget += length;
                factor += slope * length;
                points.push((budget, Rational::new(factor, den).unwrap()));
            }
            points
        },
    )
}

fn curve(points: &[(i64, Rational)]) -> Curve {
    Curve::new(points.iter().map(|(budget, factor)| ((*budget).into(), factor.clone()))).unwrap()
}

/// A point on a curve, found by walking along it.
fn along(points: &[(i64, Rational)], spent: &BigRational) -> BigRational {
    let mut at = big(&points[0].1);
    for pair in points.windows(2) {
        let (from, to) = (ratio(pair[0].0, 1), ratio(pair[1].0, 1));
        if spent > &from {
            let way = spent.clone().min(to.clone()) - &from;
            at = big(&pair[0].1) + way * (big(&pair[1].1) - big(&pair[0].1)) / (to - from);
        }
    }
    at
}

/// All ways of giving up to so many quanta to so many levers.
fn ways(levers: usize, quanta: i64) -> Vec<Vec<i64>> {
    match levers {
        0 => vec![Vec::new()],
        _ => (0..=quanta)
            .flat_map(|first| {
                ways(levers - 1, quanta - first).into_iter().map(move |mut rest| {
                    rest.insert(0, first);
                    rest
                })
            })
            .collect(),
    }
}

fn spends(split: &BudgetSplit) -> Vec<Rational> {
    split.levers.iter().map(|lever| lever.spend.clone()).collect()
}

proptest! {
    #[test]
    fn effects_are_differences_of_products(
        volume in any_number(),
        rates in prop::collection::vec(any_number(), 1..6),
        value in prop::option::of(any_number()),
        bound in any_number(),
    ) {
        let builder = builder(&volume, &rates, value.clone()).at_most(name(1), bound.clone());
        let levers = builder.build().unwrap();
        let effects = levers.effects();
        let factors: Vec<BigRational> =
            std::iter::once(&volume).chain(&rates).chain(&value).map(big).collect();
        let product = |factors: &[BigRational]| factors.iter().product::<BigRational>();
        let result = product(&factors);
        prop_assert_eq!(exact(&effects.result), result.clone());
        prop_assert_eq!(levers.result(), effects.result.clone());
        prop_assert_eq!(effects.levers.len(), factors.len());
        let changed = |change: &dyn Fn(usize, &BigRational) -> BigRational| {
            let then: Vec<_> = factors.iter().enumerate().map(|(i, f)| change(i, f)).collect();
            product(&then) - &result
        };
        let (point, percent) = (ratio(1, 100), ratio(101, 100));
        let is_rate = |i: usize| i > 0 && i <= rates.len();
        let owner = |i: usize| OWNERS[i.min(rates.len()) % 3];
        for (at, lever) in effects.levers.iter().enumerate() {
            prop_assert_eq!((lever.stage, lever.owner), (at.min(rates.len()), owner(at)));
            let kind = match at {
                0 => LeverKind::Volume,
                at if is_rate(at) => LeverKind::Rate,
                _ => LeverKind::Value,
            };
            prop_assert_eq!(lever.kind, kind);
            prop_assert_eq!(exact(&lever.now), factors[at].clone());
            let one = changed(&|i, f| if i == at { f * &percent } else { f.clone() });
            prop_assert_eq!(exact(&lever.percent.change), one);
            prop_assert_eq!(lever.point.is_some(), is_rate(at));
            let beyond = |then: BigRational| at == 1 && then > big(&bound);
            prop_assert_eq!(lever.percent.exceeds, beyond(&factors[at] * &percent));
            if let Some(effect) = &lever.point {
                let one = changed(&|i, f| if i == at { f + &point } else { f.clone() });
                prop_assert_eq!(exact(&effect.change), one);
                prop_assert_eq!(effect.exceeds, beyond(&factors[at] + &point));
            }
            prop_assert!(lever.quantum.is_none());
        }
        let mut seen: Vec<Owner> = Vec::new();
        for effect in &effects.owners {
            seen.push(effect.owner);
            let mine = |i: usize| owner(i) == effect.owner;
            let all = changed(&|i, f| if mine(i) { f * &percent } else { f.clone() });
            prop_assert_eq!(exact(&effect.percent.change), all);
            let rates_of = (0..factors.len()).any(|i| mine(i) && is_rate(i));
            prop_assert_eq!(effect.point.is_some(), rates_of);
            if let Some(points) = &effect.point {
                let all = changed(&|i, f| match mine(i) && is_rate(i) {
                    true => f + &point,
                    false => f.clone(),
                });
                prop_assert_eq!(exact(&points.change), all);
                prop_assert_eq!(
                    points.exceeds,
                    mine(1) && &factors[1] + &point > big(&bound)
                );
            }
        }
        let mut owners = OWNERS.to_vec();
        owners.truncate(rates.len() + 1);
        prop_assert_eq!(seen, owners);
    }

    #[test]
    fn a_curve_is_straight_between_its_points(points in any_curve(), spent in 0_i64..80) {
        let spent = Rational::new(spent, 4).unwrap();
        prop_assert_eq!(big(&curve(&points).at(&spent)), along(&points, &big(&spent)));
    }

    #[test]
    fn no_split_yields_more(
        curves in prop::collection::vec(any_curve(), 1..4),
        fixed in any_number(),
        quanta in 0_i64..7,
        quantum in (1_i64..7, 1_i64..4),
    ) {
        // The first stage, and those at which money can be spent behind it.
        let rates = vec![Rational::ONE; curves.len()];
        let mut builder = builder(&fixed, &rates, None);
        for (i, points) in curves.iter().enumerate() {
            builder = builder.curve(name(i + 1), curve(points));
        }
        let step = Rational::new(quantum.0, quantum.1).unwrap();
        let levers = builder.build().unwrap();
        let split = levers.split(&step * Rational::from(quanta), step.clone()).unwrap();
        let result = |way: &[i64]| {
            let factors = curves.iter().zip(way);
            let factor = |(points, quanta): (&Vec<_>, &i64)| {
                along(points, &(big(&step) * ratio(*quanta, 1)))
            };
            factors.map(factor).product::<BigRational>() * big(&fixed)
        };
        let all = ways(curves.len(), quanta);
        let best = all.iter().map(|way| result(way)).max().unwrap();
        prop_assert_eq!(exact(&split.after), best.clone());
        prop_assert_eq!(exact(&split.before), result(&vec![0; curves.len()]));
        prop_assert_eq!(exact(&split.gain), &best - result(&vec![0; curves.len()]));
        prop_assert_eq!(split.stuck.is_some(), best.is_zero());
        // All is given out or left, in whole quanta, and nothing is spent in vain.
        let spent: Rational = spends(&split).iter().sum();
        prop_assert_eq!(spent + &split.unspent, &step * Rational::from(quanta));
        for owner in &split.owners {
            let mine = split.levers.iter().filter(|lever| lever.owner == owner.owner);
            prop_assert_eq!(&owner.spend, &mine.map(|lever| &lever.spend).sum::<Rational>());
        }
        let spent: Rational = split.owners.iter().map(|owner| &owner.spend).sum();
        prop_assert_eq!(spent + &split.unspent, &step * Rational::from(quanta));
        let given: Vec<i64> = spends(&split)
            .iter()
            .map(|spend| spend.checked_div(&step).unwrap().to_string().parse().unwrap())
            .collect();
        for lever in 0..curves.len() {
            if given[lever] > 0 {
                let mut less = given.clone();
                less[lever] -= 1;
                prop_assert!(result(&less) < best);
            }
        }
        // Quantum by quantum, looking at every lever each time; of equals the first.
        let mut greedy = vec![0_i64; curves.len()];
        for _ in 0..if split.stuck.is_some() { 0 } else { quanta } {
            let worth = |lever: usize| {
                let at = |quanta: i64| along(&curves[lever], &(big(&step) * ratio(quanta, 1)));
                let (before, after) = (at(greedy[lever]), at(greedy[lever] + 1));
                match before.is_zero() {
                    true if after.is_zero() => ratio(1, 1),
                    // Above any ratio that such curves have.
                    true => ratio(1 << 40, 1),
                    false => after / before,
                }
            };
            let mut first = 0;
            for lever in 1..curves.len() {
                if worth(lever) > worth(first) {
                    first = lever;
                }
            }
            if worth(first) <= BigRational::one() {
                break;
            }
            greedy[first] += 1;
        }
        prop_assert_eq!(&given, &greedy);
        for (i, lever) in split.levers.iter().enumerate() {
            let at = |quanta: i64| along(&curves[i], &(big(&step) * ratio(quanta, 1)));
            prop_assert_eq!(big(&lever.before), at(0));
            prop_assert_eq!(big(&lever.after), at(given[i]));
            match (at(given[i]).is_zero(), at(given[i] + 1).is_zero()) {
                (true, true) => prop_assert_eq!(&lever.next_ratio, &Value::Undefined(Reason::NoBase)),
                (true, false) => prop_assert_eq!(
                    &lever.next_ratio, &Value::Undefined(Reason::Unbounded(Sense::Good))
                ),
                _ => prop_assert_eq!(exact(&lever.next_ratio), at(given[i] + 1) / at(given[i])),
            }
        }
    }
}

/// A curve from texts, with budgets in hundreds.
fn line(factors: &[&str]) -> Curve {
    let points = factors.iter().enumerate();
    Curve::new(points.map(|(i, factor)| (Rational::from(i as u64 * 100), rational(factor))))
        .unwrap()
}

#[test]
fn the_question_which_of_marketing_and_sales_matters_more() {
    let plan = Plan::builder()
        .stage("visit", Owner::Marketing)
        .stage("lead", Owner::Marketing)
        .stage("opportunity", Owner::Sales)
        .stage("deal", Owner::Sales)
        .rate("lead", rational("0.05"))
        .rate("opportunity", rational("0.40"))
        .rate("deal", rational("0.25"))
        .value(rational("1000"))
        .build()
        .unwrap();
    let effects = Levers::builder(&plan, Rational::from(20_000)).build().unwrap().effects();
    // 20,000 * 5 % * 40 % * 25 % * 1000
    assert_eq!(effects.result, number(100_000));
    let points: Vec<_> = effects.levers.iter().filter_map(|l| l.point.as_ref()).collect();
    let points: Vec<_> = points.iter().map(|point| point.change.to_string()).collect();
    assert_eq!(points, ["20000", "2500", "4000"]);
    let [marketing, sales] = &effects.owners[..] else { panic!("{effects:?}") };
    // 6 % of visits against 41 % of leads and 26 % of opportunities.
    assert_eq!(marketing.point.as_ref().unwrap().change, number(20_000));
    assert_eq!(sales.point.as_ref().unwrap().change, number(6_600));
    // Two factors against three.
    assert_eq!(marketing.percent.change, Value::Defined(rational("2010")));
    assert_eq!(sales.percent.change, Value::Defined(rational("3030.1")));
}

#[test]
fn a_rate_at_its_bound_is_told_and_not_cut() {
    let builder = builder(&Rational::from(100), &[rational("0.995")], None);
    let effects = builder.at_most(name(1), 1).build().unwrap().effects();
    let point = effects.levers[1].point.as_ref().unwrap();
    assert_eq!((&point.change, point.exceeds), (&number(1), true));
    assert!(effects.levers[1].percent.exceeds);
    assert!(effects.owners[1].point.as_ref().unwrap().exceeds);
    assert!(!effects.levers[0].percent.exceeds);
}

#[test]
fn zeros_and_undefined_rates_have_effects_of_their_own() {
    let zero = builder(&Rational::from(100), &[Rational::ZERO, rational("0.5")], None);
    let effects = zero.build().unwrap().effects();
    assert_eq!(effects.levers[1].point.as_ref().unwrap().change, Value::Defined(rational("0.5")));
    assert_eq!(effects.levers[1].percent.change, number(0));
    assert_eq!(effects.levers[2].point.as_ref().unwrap().change, number(0));
    let plan = Plan::builder()
        .stage("a", Owner::Marketing)
        .stage("b", Owner::Sales)
        .rate("b", Value::Undefined(Reason::NoBase))
        .build()
        .unwrap();
    let effects = Levers::builder(&plan, Rational::from(100)).build().unwrap().effects();
    assert_eq!(effects.result, Value::Undefined(Reason::NoBase));
    // A point more than an unknown rate is worth what the others are.
    assert_eq!(effects.levers[1].point.as_ref().unwrap().change, number(1));
    assert_eq!(effects.levers[0].percent.change, Value::Undefined(Reason::NoBase));
    let split = Levers::builder(&plan, Rational::from(100))
        .curve("a", line(&["100", "150"]))
        .build()
        .unwrap()
        .split(100, 100)
        .unwrap();
    assert_eq!(spends(&split), [Rational::from(100)]);
    assert_eq!(split.gain, Value::Undefined(Reason::NoBase));
}

#[test]
fn a_quantum_of_budget_is_told_for_stages_with_a_curve() {
    let builder = builder(&Rational::from(1_000), &[rational("0.5"), rational("0.1")], None);
    let builder = builder.curve(name(2), line(&["0.2", "0.24"])).at_most(name(2), rational("0.21"));
    let effects = builder.quantum(50).build().unwrap().effects();
    assert_eq!(effects.result, number(100)); // 20 % of the curve, not the 10 % of the plan
    let quantum = effects.levers[2].quantum.as_ref().unwrap();
    assert_eq!((&quantum.change, quantum.exceeds), (&number(10), true));
    assert!(effects.levers[1].quantum.is_none());
    assert_eq!(effects.owners[2].quantum.as_ref(), Some(quantum));
    assert!(effects.owners[0].quantum.is_none());
}

#[test]
fn of_a_quantum_the_best_lever_of_an_owner_counts() {
    let plan = Plan::builder()
        .stage("visit", Owner::Marketing)
        .stage("lead", Owner::Marketing)
        .stage("deal", Owner::Sales)
        .rate("lead", rational("0.1"))
        .rate("deal", rational("0.5"))
        .build()
        .unwrap();
    let levers = Levers::builder(&plan, Rational::from(1_000))
        .curve("visit", line(&["1000", "1100"]))
        .curve("lead", line(&["0.1", "0.12"]))
        .quantum(100);
    let effects = levers.build().unwrap().effects();
    // 5 more deals by visits, 10 by leads.
    let change = |lever: usize| effects.levers[lever].quantum.as_ref().map(|q| q.change.clone());
    assert_eq!((change(0), change(1), change(2)), (Some(number(5)), Some(number(10)), None));
    let [marketing, sales] = &effects.owners[..] else { panic!("{effects:?}") };
    assert_eq!(marketing.quantum.as_ref().map(|q| &q.change), Some(&number(10)));
    assert_eq!(sales.quantum, None);
}

#[test]
fn ties_go_to_the_lever_declared_first() {
    let twice = |first: usize, second: usize| {
        builder(&Rational::ONE, &[Rational::ONE, Rational::ONE], None)
            .curve(name(first), line(&["1", "2", "3"]))
            .curve(name(second), line(&["1", "2", "3"]))
            .build()
            .unwrap()
            .split(300, 100)
            .unwrap()
    };
    // Both double, and then the first goes on.
    let split = twice(1, 2);
    assert_eq!(split.levers.iter().map(|l| l.stage).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(spends(&split), [200, 100].map(Rational::from));
    let split = twice(2, 1);
    assert_eq!(split.levers.iter().map(|l| l.stage).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(spends(&split), [200, 100].map(Rational::from));
    assert_eq!(split.levers[1].next_ratio, Value::Defined(rational("1.5")));
    assert_eq!(split.levers[0].next_ratio, number(1));
}

#[test]
fn zeros_come_first_and_what_helps_nothing_is_left() {
    let levers = |curves: &[&[&str]], rates: [&str; 3]| {
        let mut builder = builder(&Rational::from(10), &rates.map(rational), None);
        for (i, factors) in curves.iter().enumerate() {
            builder = builder.curve(name(i + 1), line(factors));
        }
        builder.build().unwrap()
    };
    let stuck = |split: &BudgetSplit| split.stuck.map(|stuck| (stuck.stage, stuck.reason));
    // The first lever would be better by any finite ratio, and the two at zero come first.
    let three: &[&[&str]] = &[&["1", "1000"], &["0", "0.1", "0.2"], &["0", "1"]];
    let split = levers(three, ["1"; 3]).split(200, 100).unwrap();
    assert_eq!(spends(&split), [0, 100, 100].map(Rational::from));
    assert_eq!((split.before, split.after, split.stuck), (number(0), number(1), None));
    let split = levers(three, ["1"; 3]).split(500, 100).unwrap();
    assert_eq!(spends(&split), [100, 200, 100].map(Rational::from));
    assert_eq!((split.unspent, split.after), (100.into(), number(2_000)));
    // Too little for both: nothing is spent.
    let split = levers(three, ["1"; 3]).split(100, 100).unwrap();
    assert_eq!(stuck(&split), Some((3, StuckReason::BudgetTooSmall)));
    assert_eq!((split.unspent, split.gain), (100.into(), number(0)));
    let split = levers(three, ["1"; 3]).split(0, 100).unwrap();
    assert_eq!(stuck(&split), Some((2, StuckReason::BudgetTooSmall)));
    // Money does not help, or cannot be spent there.
    let split = levers(&[&["1", "2"], &["0", "0"]], ["1"; 3]).split(500, 100).unwrap();
    assert_eq!(stuck(&split), Some((2, StuckReason::NotLifted)));
    assert_eq!(split.unspent, 500.into());
    let split = levers(&[&["1", "2"]], ["1", "1", "0"]).split(500, 100).unwrap();
    assert_eq!(stuck(&split), Some((3, StuckReason::NoLever)));
    // No levers at all.
    let split = levers(&[], ["1"; 3]).split(500, 100).unwrap();
    assert_eq!((split.unspent, split.after, split.stuck), (500.into(), number(10), None));
}

#[test]
fn what_an_entity_is_worth_does_not_turn_the_choice() {
    let lose = builder(&Rational::from(10), &[Rational::ONE], Some((-3).into()));
    let split = lose.curve(name(1), line(&["1", "2"])).build().unwrap().split(100, 100).unwrap();
    assert_eq!(spends(&split), [Rational::from(100)]);
    assert_eq!((split.before, split.after), (number(-30), number(-60)));
}

#[test]
fn problems_of_a_curve_are_told_at_once() {
    let text = |points: &[(&str, &str)]| {
        let points = points.iter().map(|(budget, factor)| (rational(budget), rational(factor)));
        Curve::new(points).unwrap_err().to_string()
    };
    assert_eq!(
        text(&[]),
        "1 problem in the curve\n  a curve without points; give at least the factor for a budget of 0"
    );
    assert_eq!(
        text(&[("10", "1"), ("10", "2"), ("20", "0.5"), ("30", "1.5")]),
        "4 problems in the curve\n  \
         [0]: the first budget is 10; begin with what a budget of 0 gives\n  \
         [1]: budget 10 is not above 10, the one before\n  \
         [2]: factor 1/2 is below 2, the one before; spending more must not harm\n  \
         [3]: the curve is steeper here than before; each piece has to bring no more for its money than the one before"
    );
    assert_eq!(
        text(&[("0", "-1"), ("-5", "2")]),
        "2 problems in the curve\n  \
         [0]: a factor of -1 is below zero; give zero or more\n  \
         [1]: a budget of -5 is below zero; give zero or more"
    );
    let long = (0..1_025_i64).map(|i| (Rational::from(i), Rational::ONE));
    assert!(Curve::new(long.clone().take(1_024)).is_ok());
    let error = Curve::new(long).unwrap_err();
    assert_eq!(
        error.to_string(),
        "1 problem in the curve\n  a curve of more than 1024 points; take fewer"
    );
}

#[test]
fn problems_of_levers_are_told_at_once() {
    let error = builder(&(-1).into(), &[Rational::ONE], None)
        .at_most("stage 7", 1)
        .at_most(name(1), -1)
        .curve(name(1), line(&["1"]))
        .curve(name(1), line(&["1"]))
        .curve("x", line(&["1"]))
        .quantum(0)
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "6 problems in the levers\n  \
         volume: a volume of -1 is below zero; give zero or more\n  \
         at_most.stage 7: unknown stage \"stage 7\"; did you mean \"stage 0\"?\n  \
         at_most.stage 1: a bound of -1 is below zero; give zero or more\n  \
         curves[1]: stage \"stage 1\" has two curves; keep one\n  \
         curves[2]: unknown stage \"x\"; known are stage 0, stage 1\n  \
         quantum: a quantum of 0 is not above zero; give the step in which money is spent"
    );
    let levers = builder(&Rational::ONE, &[Rational::ONE], None).build().unwrap();
    let error = |budget: &str, quantum: &str| {
        let error = levers.split(rational(budget), rational(quantum)).unwrap_err();
        (error.kind(), error.to_string())
    };
    assert_eq!(error("-1", "1").0, ErrorKind::Domain);
    assert_eq!(error("1", "0").0, ErrorKind::Domain);
    assert_eq!(
        error("10", "3").1,
        "a budget of 10 is no multiple of the quantum 3; round the budget first"
    );
}

#[test]
fn work_and_sizes_are_bounded() {
    let two = || {
        builder(&Rational::ONE, &[Rational::ONE, Rational::ONE], None)
            .curve(name(1), line(&["1", "2"]))
    };
    let fine = two().build().unwrap();
    assert!(fine.split(1_048_576, 1).is_ok());
    let error = fine.split(1_048_577, 1).unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (ErrorKind::Capacity, "a budget of more than 1048576 quanta; take a larger quantum")
    );
    assert_eq!(fine.split(rational("1e4000"), 1).unwrap_err().kind(), ErrorKind::Capacity);
    // Wide numbers are compared slowly, so there may be fewer quanta.
    let tiny = rational("1e-4000");
    let wide = Curve::new([(Rational::ZERO, tiny.clone()), (Rational::from(100), &tiny + &tiny)]);
    let wide = two().curve(name(2), wide.unwrap()).build().unwrap();
    let error = wide.split(1_000, 1).unwrap_err();
    assert_eq!(error.to_string(), "a budget of more than 96 quanta; take a larger quantum");
    let split = wide.split(96, 1).unwrap();
    assert_eq!(spends(&split), [48, 48].map(Rational::from));
    let rates = vec![tiny; 63];
    let effects = builder(&Rational::ONE, &rates, None).build().unwrap().effects();
    assert_eq!(effects.result, Value::Undefined(Reason::Capacity));
    assert_eq!(effects.levers[7].percent.change, Value::Undefined(Reason::Capacity));
}
