use num_traits::Zero;
use proptest::prelude::*;
use yardstick::statistics::WeightedMean;
use yardstick::{Column, Decimal, ErrorKind, Rational, Reason, Sense, Value};

use super::model::{Cells, cells, sum, text};

fn of(values: &Cells, weights: &Cells) -> WeightedMean {
    values.with_column(true, |values| {
        weights.with_column(false, |weights| WeightedMean::of(&values, &weights).unwrap())
    })
}

/// Two columns as long as the shorter one.
fn pair() -> impl Strategy<Value = (Cells, Cells)> {
    (cells(), cells()).prop_map(|(mut a, mut b)| {
        let rows = a.values.len().min(b.values.len());
        a.values.truncate(rows);
        b.values.truncate(rows);
        (a, b)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_weighted_mean_agrees_with_the_model((values, weights) in pair()) {
        let rows = values.cells().into_iter().zip(weights.cells());
        let (products, total): (Vec<_>, Vec<_>) =
            rows.filter_map(|(x, w)| Some((x? * w.clone()?, w?))).unzip();
        let (products, total) = (sum(&products), sum(&total));
        let mean = of(&values, &weights);
        prop_assert_eq!(mean.sum().to_string(), products.to_string());
        prop_assert_eq!(mean.weight().to_string(), total.to_string());
        let expected = (!total.is_zero()).then(|| (products / total).to_string());
        prop_assert_eq!(text(mean.mean()), expected);
    }

    #[test]
    fn any_partition_merges_to_the_same((values, weights) in pair(), at in any::<prop::sample::Index>()) {
        let at = at.index(values.values.len() + 1);
        let ([a, b], [v, w]) = (values.split(at), weights.split(at));
        let (left, right) = (of(&a, &v), of(&b, &w));
        for (mut first, second) in [(left.clone(), &right), (right.clone(), &left)] {
            first.merge(second);
            prop_assert_eq!(first, of(&values, &weights));
        }
    }
}

#[test]
fn one_by_one_is_as_all_at_once() {
    let (scores, votes) = ([45_i64, -30, 12], [1_i64, 3, 25]);
    let whole = WeightedMean::of(&Column::scaled(&scores, 1), &Column::scaled(&votes, 2)).unwrap();
    let mut pushed = WeightedMean::default();
    for (score, votes) in scores.iter().zip(votes) {
        pushed.push(Decimal::new(*score, 1), Decimal::new(votes, 2));
    }
    assert_eq!(pushed, whole);
    assert_eq!(whole.mean(), Rational::new(255, 290).unwrap().into());
}

#[test]
fn a_total_of_zero_says_why_there_is_no_mean() {
    let mean = |values: &[i64], weights: &[i64]| {
        WeightedMean::of(&Column::integers(values), &Column::integers(weights)).unwrap().mean()
    };
    let unbounded = Value::Undefined(Reason::Unbounded(Sense::Neutral));
    assert_eq!(mean(&[], &[]), Value::Undefined(Reason::NoBase));
    assert_eq!(mean(&[5, 7], &[0, 0]), Value::Undefined(Reason::NoBase));
    assert_eq!(mean(&[5, 5], &[2, -2]), Value::Undefined(Reason::NoBase));
    assert_eq!(mean(&[5, 7], &[2, -2]), unbounded);
    // A sale of 10 and its refund leave what was sold beside them.
    assert_eq!(mean(&[10, 4, 10], &[3, 2, -3]), Rational::from(4).into());
}

#[test]
fn columns_that_do_not_go_together_are_refused() {
    let (two, three) = (Column::integers(&[1, 2]), Column::integers(&[1, 2, 3]));
    let error = WeightedMean::of(&two, &three).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Shape);
    assert_eq!(error.to_string(), "3 weights for 2 values; give one for each row");
    let wrong = Column::scaled(&[1, 2], 39);
    let error = WeightedMean::of(&two, &wrong).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Domain);
    assert!(error.to_string().starts_with("the weights: scale 39"));
    let error = WeightedMean::of(&wrong, &two).unwrap_err();
    assert!(error.to_string().starts_with("the values: scale 39"));
}
