//! Splits over segments: the parts sum to the change, and agree with formulas written differently.

use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use yardstick::explain::{
    Amount, Change, ChangeMode, Contributions, Convention, Presence, PriceVolumeMix, Product,
    RateMix, RatioSegment, Sales, Shares, Sums,
};
use yardstick::{ErrorKind, Funnel, Owner, Rational, Reason, Value};

use super::{any_convention, any_number, big, defined, exact, known, total};

type Row = [Rational; 4];

/// Numerator and denominator before, then after.
fn any_rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    let row = [any_number(), any_number(), any_number(), any_number()];
    prop::collection::vec(row, 0..most)
}

fn name(i: usize) -> String {
    format!("segment {i}")
}

fn segment(key: String, [n0, d0, n1, d1]: &Row) -> RatioSegment {
    RatioSegment::new([key], Sums::new(n0.clone(), d0.clone()), Sums::new(n1.clone(), d1.clone()))
}

fn rate_mix(rows: &[Row], convention: Convention) -> RateMix {
    let segments = rows.iter().enumerate().map(|(i, row)| segment(name(i), row));
    RateMix::of(segments, convention).unwrap()
}

fn product(key: String, [a, q, b, r]: &Row, cost: &Row) -> Product {
    let sales = |quantity: &Rational, revenue: &Rational, cost: &Rational| {
        Sales::new(quantity.clone(), revenue.clone()).cost(cost.clone())
    };
    Product::new([key], sales(q, a, &cost[0]), sales(r, b, &cost[1]))
}

fn zeros(row: &[Rational; 4]) -> [bool; 4] {
    [0, 1, 2, 3].map(|i| row[i].is_zero())
}

proptest! {
    #[test]
    fn rate_and_mix_sum_to_the_change(rows in any_rows(6), convention in any_convention()) {
        let causes = rate_mix(&rows, convention);
        let change = exact(&causes.change.absolute());
        let column = |i: usize| total(rows.iter().map(|row| big(&row[i])));
        let rate = |n: BigRational, d: BigRational| match (n.is_zero(), d.is_zero()) {
            (true, true) => Err(Reason::NoBase),
            (false, true) => Err(Reason::Unbounded(yardstick::Sense::Neutral)),
            _ => Ok(n / d),
        };
        let (before, after) = (rate(column(0), column(1)), rate(column(2), column(3)));
        match (&before, &after) {
            (Ok(before), Ok(after)) => prop_assert_eq!(change, Ok(after - before)),
            (Err(a), Err(b)) => prop_assert_eq!(change, Err(*a.min(b))),
            (Err(reason), _) | (_, Err(reason)) => prop_assert_eq!(change, Err(*reason)),
        }
        let of = [&causes.rate, &causes.mix, &causes.new, &causes.lost, &causes.unrated];
        match exact(&causes.change.absolute()) {
            Ok(change) => {
                prop_assert_eq!(&total(of.map(known)), &change);
                let totals = causes.segments.iter().map(|segment| known(&segment.total));
                prop_assert_eq!(total(totals), change);
            }
            Err(reason) => {
                let reason = Value::Undefined(reason);
                prop_assert!(of.iter().all(|effect| **effect == reason));
                for segment in &causes.segments {
                    let effects = [&segment.rate, &segment.mix, &segment.unsplit, &segment.total];
                    prop_assert!(effects.iter().all(|effect| **effect == reason));
                }
                prop_assert!(!causes.reversal);
            }
        }
        for (row, segment) in rows.iter().zip(&causes.segments) {
            let presence = match zeros(row) {
                [false, true, ..] | [_, _, false, true] => Presence::Unrated,
                [true, true, true, true] => Presence::Absent,
                [true, true, ..] => Presence::New,
                [_, _, true, true] => Presence::Lost,
                _ => Presence::Both,
            };
            prop_assert_eq!(segment.presence, presence);
        }
    }

    /// Against deviations from the average: a segment's part in the overall rate is its excess
    /// numerator over what it would have at the average, and symmetric is the mean of the others.
    #[test]
    fn rate_and_mix_agree_with_excess_numerators(rows in any_rows(5)) {
        let old = rate_mix(&rows, Convention::OldWeights);
        let new = rate_mix(&rows, Convention::NewWeights);
        let both = rate_mix(&rows, Convention::Symmetric);
        let column = |i: usize| total(rows.iter().map(|row| big(&row[i])));
        let [n0, d0, n1, d1] = [0, 1, 2, 3].map(column);
        prop_assume!(!d0.is_zero() && !d1.is_zero());
        let two = BigRational::from_integer(2.into());
        for (i, row) in rows.iter().enumerate() {
            let [a0, b0, a1, b1] = [0, 1, 2, 3].map(|i| big(&row[i]));
            let excess = |average: &BigRational| {
                (&a1 - average * &b1) / &d1 - (&a0 - average * &b0) / &d0
            };
            prop_assert_eq!(known(&old.segments[i].total), excess(&(&n1 / &d1)));
            prop_assert_eq!(known(&new.segments[i].total), excess(&(&n0 / &d0)));
            if old.segments[i].presence == Presence::Both {
                // All denominators as before, with the rates of after; and the other way round.
                let counterfactual = &b0 * &a1 / &b1 / &d0;
                prop_assert_eq!(known(&old.segments[i].rate), &counterfactual - &a0 / &d0);
                let counterfactual = &b1 * &a0 / &b0 / &d1;
                prop_assert_eq!(known(&new.segments[i].rate), &a1 / &d1 - &counterfactual);
            }
            let mean = |of: &dyn Fn(&RateMix) -> BigRational| (of(&old) + of(&new)) / &two;
            prop_assert_eq!(known(&both.segments[i].rate), mean(&|m| known(&m.segments[i].rate)));
            prop_assert_eq!(known(&both.segments[i].mix), mean(&|m| known(&m.segments[i].mix)));
            let unsplit = mean(&|m| known(&m.segments[i].unsplit));
            prop_assert_eq!(known(&both.segments[i].unsplit), unsplit);
        }
    }

    /// The way back has the same effects with the other sign; one-sided conventions change sides.
    #[test]
    fn the_way_back_is_the_way_there(rows in any_rows(5), convention in any_convention()) {
        let back: Vec<Row> = rows.iter().cloned().map(|[a, b, c, d]| [c, d, a, b]).collect();
        let opposite = match convention {
            Convention::OldWeights => Convention::NewWeights,
            Convention::NewWeights => Convention::OldWeights,
            other => other,
        };
        let (there, back) = (rate_mix(&rows, convention), rate_mix(&back, opposite));
        prop_assert_eq!(exact(&there.rate), exact(&back.rate).map(|effect| -effect));
        prop_assert_eq!(exact(&there.mix), exact(&back.mix).map(|effect| -effect));
        prop_assert_eq!(exact(&there.new), exact(&back.lost).map(|effect| -effect));
        prop_assert_eq!(there.reversal, back.reversal);
    }

    #[test]
    fn order_and_names_of_segments_change_nothing_else(
        rows in any_rows(6), convention in any_convention(), turn in 0_usize..6,
    ) {
        let causes = rate_mix(&rows, convention);
        let renamed = |i: usize| format!("other {}", 9 - i);
        let mut turned: Vec<_> = rows.iter().enumerate().collect();
        let by = turn % rows.len().max(1);
        turned.rotate_left(by);
        let segments = turned.iter().map(|(i, row)| segment(renamed(*i), row));
        let mut other = RateMix::of(segments, convention).unwrap();
        other.segments.rotate_right(by);
        for (i, segment) in other.segments.iter_mut().enumerate() {
            prop_assert_eq!(&segment.key, &[renamed(i)]);
            segment.key = vec![name(i)];
        }
        prop_assert_eq!(&other, &causes);
        let keys = |causes: &RateMix| -> Vec<_> {
            causes.ranked().iter().map(|segment| segment.key.clone()).collect()
        };
        let mut reversed = causes.clone();
        reversed.segments.reverse();
        prop_assert_eq!(keys(&reversed), keys(&causes), "a ranking knows no order of rows");
    }

    #[test]
    fn price_volume_and_mix_sum_to_the_change(
        rows in any_rows(5), costs in prop::collection::vec(any_number(), 10),
        convention in any_convention(),
    ) {
        let cost = |i: usize| {
            [costs[2 * i].clone(), costs[2 * i + 1].clone(), Rational::ZERO, Rational::ZERO]
        };
        let products = rows.iter().enumerate().map(|(i, row)| product(name(i), row, &cost(i)));
        let causes = PriceVolumeMix::of(products, convention).unwrap();
        let margin = |i: usize, period: usize| big(&rows[i][2 * period]) - big(&cost(i)[period]);
        let change = total((0..rows.len()).map(|i| margin(i, 1) - margin(i, 0)));
        prop_assert_eq!(&known(&causes.change.absolute()), &change);
        let parts =
            [&causes.price, &causes.cost, &causes.volume, &causes.new, &causes.lost, &causes.unpriced];
        prop_assert_eq!(total(parts.map(known)), change);
        let volume = known(&causes.volume);
        if let (Ok(quantity), Ok(mix)) = (exact(&causes.quantity), exact(&causes.mix)) {
            prop_assert_eq!(&quantity + &mix, volume);
            let average = total(causes.products.iter().map(|p| known(&p.quantity_at_average)));
            prop_assert_eq!(average, quantity, "one total, however it is shared out");
        }
        for (i, product) in causes.products.iter().enumerate() {
            prop_assert_eq!(known(&product.total()), margin(i, 1) - margin(i, 0));
            if product.presence != Presence::Both {
                prop_assert_eq!(&product.volume, &defined("0"));
                continue;
            }
            let [_, q0, _, q1] = [0, 1, 2, 3].map(|k| big(&rows[i][k]));
            let prices = [0, 1].map(|k| big(&rows[i][2 * k]) / big(&rows[i][2 * k + 1]));
            let half = BigRational::new(1.into(), 2.into());
            let weight = match convention {
                Convention::OldWeights => q0.clone(),
                Convention::NewWeights => q1.clone(),
                _ => (&q0 + &q1) * half,
            };
            prop_assert_eq!(known(&product.price), weight * (&prices[1] - &prices[0]));
        }
    }

    #[test]
    fn contributions_sum_to_the_change(rows in prop::collection::vec([any_number(), any_number()], 0..6)) {
        let parts = rows.iter().enumerate().map(|(i, [a, b])| Amount::new([name(i)], a.clone(), b.clone()));
        let causes = Contributions::of(parts).unwrap();
        let change = total(rows.iter().map(|[a, b]| big(b) - big(a)));
        prop_assert_eq!(&known(&causes.change.absolute()), &change);
        prop_assert_eq!(total(causes.parts.iter().map(|p| known(&p.change.absolute()))), change.clone());
        if !rows.is_empty() && !known(&causes.change.before).is_zero() {
            let growth = total(causes.parts.iter().map(|part| known(&part.growth)));
            prop_assert_eq!(Ok(growth), exact(&causes.change.relative()));
            let shares = total(causes.parts.iter().map(|part| known(&part.share.before)));
            prop_assert_eq!(shares, BigRational::from_integer(1.into()));
        }
        let ranked = causes.ranked();
        for pair in ranked.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|part| known(&part.change.absolute()).abs());
            prop_assert!(a > b || (a == b && pair[0].key < pair[1].key));
        }
        let shares = Shares::of(rows.iter().enumerate().map(|(i, [_, b])| ([name(i)], b.clone()))).unwrap();
        prop_assert_eq!(&shares.total, &causes.change.after);
        let by_level: Vec<_> = causes.ranked_by_level().iter().map(|part| part.key.clone()).collect();
        let by_share: Vec<_> = shares.ranked().iter().map(|part| part.key.clone()).collect();
        prop_assert_eq!(by_level, by_share);
    }

    #[test]
    fn a_change_leads_back_to_what_it_became(before in any_number(), after in any_number()) {
        let (before, after) = (Value::Defined(before), Value::Defined(after));
        let change = Change::between(&before, &after);
        for mode in ChangeMode::ALL {
            match change.by(mode) {
                Value::Defined(by) => prop_assert_eq!(&mode.apply(&before, &by), &after),
                Value::Undefined(_) => prop_assert_eq!(&before, &defined("0")),
            }
        }
    }

    /// Funnels count a change in the same way.
    #[test]
    fn funnels_agree(counts in [1_i64..9, 0_i64..9, 1_i64..9, 0_i64..9]) {
        let funnel = |lead: i64, deal: i64| {
            let builder = Funnel::builder().stage("lead", Owner::Marketing, lead);
            builder.stage("deal", Owner::Sales, deal).build().unwrap()
        };
        let (before, after) = (funnel(counts[0], counts[1]), funnel(counts[2], counts[3]));
        let step = &after.compare(&before).unwrap().steps[0];
        let change = Change::between(&before.overall_rate(), &after.overall_rate());
        prop_assert_eq!(&step.points, &change.absolute());
        prop_assert_eq!(&step.relative, &change.relative());
    }
}

#[test]
fn every_kind_of_segment_has_its_effect() {
    let row = |numbers: [i64; 4]| numbers.map(Rational::from);
    // From 30/100 to 40/200.
    let rows = [
        row([10, 50, 20, 100]),
        row([0, 0, 10, 100]),
        row([15, 50, 0, 0]),
        row([5, 0, 10, 0]),
        row([0, 0, 0, 0]),
    ];
    let causes = rate_mix(&rows, Convention::NewWeights);
    let presences: Vec<_> = causes.segments.iter().map(|segment| segment.presence).collect();
    assert_eq!(
        presences,
        [Presence::Both, Presence::New, Presence::Lost, Presence::Unrated, Presence::Absent]
    );
    // The average is that of before, 30 %.
    assert_eq!(causes.segments[0].weight, Change::between(&defined("1/2"), &defined("1/2")));
    assert_eq!([&causes.rate, &causes.mix], [&defined("0"), &defined("0")]);
    assert_eq!(causes.new, defined("-0.1")); // half of the visits at 10 %
    assert_eq!(causes.lost, defined("0")); // half of them at 30 %
    assert_eq!(causes.unrated, defined("0")); // 5 of 100, then 10 of 200
    assert_eq!(causes.change.absolute(), defined("-0.1"));
}

#[test]
fn what_is_undefined_stays_undefined() {
    let none = RateMix::of([], Convention::default()).unwrap();
    assert_eq!(none.rate, Value::Undefined(Reason::NoBase));
    let missing = Value::Undefined(Reason::Missing);
    let mut segments = [
        segment("a".into(), &[1, 2, 3, 4].map(Rational::from)),
        segment("b".into(), &[0, 0, 3, 4].map(Rational::from)),
    ];
    segments[1].before.denominator = missing.clone();
    let causes = RateMix::of(segments, Convention::default()).unwrap();
    assert_eq!(causes.change.after, defined("3/4"));
    assert_eq!([&causes.rate, &causes.new, &causes.segments[0].total], [&missing; 3]);

    // Quantities that cancel have no mix; price and volume do not need one.
    let sales = Sales::at_price;
    let products = [
        Product::new(["sold"], sales(5, 2), sales(6, 3)),
        Product::new(["returned"], sales(-5, 2), sales(-4, 2)),
    ];
    let causes = PriceVolumeMix::of(products, Convention::NewWeights).unwrap();
    assert!(causes.quantity.is_undefined() && causes.mix.is_undefined());
    assert_eq!([causes.price, causes.volume], [defined("6"), defined("4")]);
}

#[test]
fn a_key_that_is_there_twice_is_refused() {
    let row = [1, 2, 3, 4].map(Rational::from);
    let twice = [segment("a".into(), &row), segment("a".into(), &row)];
    let error = RateMix::of(twice, Convention::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Duplicate);
    assert_eq!(error.to_string(), r#""a" is there twice; add its sums up, or rename one"#);
    let twice = [Amount::new(["a"], 1, 2), Amount::new(["a"], 1, 2)];
    assert_eq!(Contributions::of(twice).unwrap_err().kind(), ErrorKind::Duplicate);
    let product = || Product::new(["a"], Sales::none(), Sales::none());
    let error = PriceVolumeMix::of([product(), product()], Convention::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Duplicate);
    assert_eq!(Shares::of([(["a"], 1), (["a"], 2)]).unwrap_err().kind(), ErrorKind::Duplicate);
}
