use num_bigint::BigInt;
use num_traits::One;
use proptest::prelude::*;
use yardstick::statistics::{self, Moments, Of};
use yardstick::{Column, Decimal, ErrorKind, Rational, Reason, Rounding, Value};

use super::model::{Cells, cells, count, distances, sum, text};

fn of(cells: &Cells) -> Moments {
    cells.with_column(true, |column| Moments::of(&column).unwrap())
}

fn merged<'a>(parts: impl IntoIterator<Item = &'a Moments>) -> Moments {
    let mut all = Moments::default();
    for part in parts {
        all.merge(part);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn moments_agree_with_the_model(cells in cells(), narrow: bool) {
        let numbers = cells.numbers();
        let n = numbers.len();
        let moments = cells.with_column(narrow, |column| Moments::of(&column).unwrap());
        prop_assert_eq!(moments.count().to_string(), n.to_string());
        prop_assert_eq!(moments.sum().to_string(), sum(&numbers).to_string());
        let squares: Vec<_> = numbers.iter().map(|x| x * x).collect();
        prop_assert_eq!(moments.sum_of_squares().to_string(), sum(&squares).to_string());
        prop_assert_eq!(text(moments.min()), numbers.iter().min().map(ToString::to_string));
        prop_assert_eq!(text(moments.max()), numbers.iter().max().map(ToString::to_string));

        let mean = (n > 0).then(|| (sum(&numbers) / count(n)).to_string());
        prop_assert_eq!(text(moments.mean()), mean);
        let population = distances(&numbers).map(|d| (d / count(n)).to_string());
        prop_assert_eq!(text(moments.variance(Of::Population)), population);
        let sample = distances(&numbers).filter(|_| n > 1).map(|d| (d / count(n - 1)).to_string());
        prop_assert_eq!(text(moments.variance(Of::Sample)), sample);
    }

    #[test]
    fn a_sum_agrees_with_the_model(cells in cells(), narrow: bool) {
        let total = cells.with_column(narrow, |column| statistics::sum(&column).unwrap());
        prop_assert_eq!(total.to_string(), sum(&cells.numbers()).to_string());
    }

    /// The parts in any order, of any sizes, with each in any grouping.
    #[test]
    fn any_partition_and_order_merges_to_the_same(
        cells in cells(), first in any::<prop::sample::Index>(), second in any::<prop::sample::Index>(),
    ) {
        let whole = of(&cells);
        let [left, right] = cells.split(first.index(cells.values.len() + 1));
        let [middle, right] = right.split(second.index(right.values.len() + 1));
        let [a, b, c] = [left, middle, right].map(|part| of(&part));
        for order in [[&a, &b, &c], [&c, &a, &b], [&b, &c, &a], [&c, &b, &a]] {
            prop_assert_eq!(&merged(order), &whole);
            prop_assert_eq!(&merged([order[0], &merged([order[1], order[2]])]), &whole);
        }
        let text = format!("{whole:?}");
        prop_assert_eq!(format!("{:?}", merged([&c, &b, &a])), text);
    }

    /// One by one, at scales that differ, is as all at once.
    #[test]
    fn pushing_is_merging(values in prop::collection::vec((any::<i64>(), 0_u32..=28), 0..12)) {
        let mut pushed = Moments::default();
        let mut parts = Vec::new();
        for (value, scale) in &values {
            pushed.push(Decimal::try_from_i128_with_scale((*value).into(), *scale).unwrap());
            parts.push(Moments::of(&Column::scaled(&[*value], *scale)).unwrap());
        }
        prop_assert_eq!(&merged(&parts), &pushed);
        parts.reverse();
        prop_assert_eq!(&merged(&parts), &pushed);
    }

    /// (r - ulp/2)^2 <= variance <= (r + ulp/2)^2, in integers.
    #[test]
    fn a_standard_deviation_is_the_root_of_its_variance(
        values in prop::collection::vec(-1_000_000_i64..1_000_000, 2..30), scale in 0_u32..12,
    ) {
        let moments = Moments::of(&Column::scaled(&values, 2)).unwrap();
        for kind in Of::ALL {
            let variance = moments.variance(kind).defined().unwrap();
            let deviation = moments.standard_deviation(kind).round(Rounding::half_even(scale));
            let deviation = Rational::from(deviation.unwrap().defined().unwrap());
            let half = Rational::from_scaled(5, scale as u8 + 1);
            let (lower, upper) = (&deviation - &half, &deviation + &half);
            prop_assert!(lower.is_negative() || &lower * &lower <= variance);
            prop_assert!(&upper * &upper >= variance);
        }
    }
}

/// The ends of both widths, filling whole blocks: every sum is the largest that there can be.
#[test]
fn columns_of_extremes_do_not_overflow() {
    let n = 5_000_usize;
    for value in [
        i64::MIN.into(),
        i64::MAX.into(),
        i128::MIN,
        i128::MAX,
        -(1 << 31),
        1 << 31,
        1 << 54,
        -(1 << 60),
    ] {
        let cells = Cells { values: vec![value; n], bits: None, scale: 38 };
        let (moments, numbers) = (of(&cells), cells.numbers());
        let each = numbers[0].clone();
        assert_eq!(moments.sum().to_string(), (&each * count(n)).to_string());
        assert_eq!(moments.sum_of_squares().to_string(), (&each * &each * count(n)).to_string());
        assert_eq!(text(moments.min()), Some(each.to_string()));
        assert_eq!(moments.min(), moments.max());
        assert_eq!(moments.mean(), moments.min());
        assert_eq!(moments.variance(Of::Sample), Rational::ZERO.into());
    }
}

/// Sixty-four times the same doubled: more rows than 64 bits count, and nothing gives way.
#[test]
fn merging_goes_on_past_any_count() {
    let mut moments = Moments::of(&Column::wide(&[i128::MIN, i128::MAX], 0)).unwrap();
    let once = moments.clone();
    for _ in 0..200 {
        let copy = moments.clone();
        moments.merge(&copy);
    }
    let times = BigInt::one() << 201_u32;
    assert_eq!(moments.count().to_string(), times.to_string());
    assert_eq!(moments.mean(), once.mean());
    assert_eq!(moments.variance(Of::Population), once.variance(Of::Population));
}

#[test]
fn what_there_is_nothing_for_is_undefined() {
    let none = Value::Undefined(Reason::NoBase);
    let empty_cells = [7_i64; 1_500];
    let bits = [0; 188];
    for moments in [
        Moments::default(),
        Moments::of(&Column::integers(&[])).unwrap(),
        Moments::of(&Column::integers(&empty_cells).with_validity(&bits)).unwrap(),
    ] {
        assert_eq!(moments, Moments::default());
        assert!(moments.count().is_zero() && moments.sum().is_zero());
        assert_eq!(
            [moments.min(), moments.max(), moments.mean()],
            [none.clone(), none.clone(), none.clone()]
        );
        for kind in Of::ALL {
            assert_eq!(moments.variance(kind), none);
            assert!(moments.standard_deviation(kind).is_undefined());
        }
    }
    let one = Moments::of(&Column::integers(&[7])).unwrap();
    assert_eq!(one.variance(Of::Sample), none);
    assert_eq!(one.variance(Of::Population), Rational::ZERO.into());
}

/// The certified values of the NIST Statistical Reference Datasets, univariate: NumAcc1 to NumAcc4,
/// on which sums of squares in floats break down.
#[test]
fn nist_reference_datasets() {
    let alternating = |middle: i64, n: usize| -> Vec<i64> {
        let ends = |i: usize| if i % 2 == 1 { -1 } else { 1 };
        std::iter::once(middle).chain((1..n).map(|i| middle + ends(i))).collect()
    };
    let check = |values: &[i64], scale: u32, mean: &str, deviation: &str| {
        let moments = Moments::of(&Column::scaled(values, scale)).unwrap();
        assert_eq!(moments.mean(), mean.parse::<Rational>().unwrap().into());
        let sample = moments.standard_deviation(Of::Sample).round(Rounding::exact(1)).unwrap();
        assert_eq!(sample.to_string(), deviation);
    };
    check(&[10_000_001, 10_000_003, 10_000_002], 0, "10000002", "1.0");
    check(&alternating(12, 1_001), 1, "1.2", "0.1");
    check(&alternating(10_000_002, 1_001), 1, "1000000.2", "0.1");
    check(&alternating(100_000_002, 1_001), 1, "10000000.2", "0.1");
}

#[test]
fn a_column_that_is_wrong_is_refused() {
    let short = Column::integers(&[1; 9]).with_validity(&[255]);
    let unreadable = Column::text(&["1", "one"]);
    for (column, kind) in [
        (short, ErrorKind::Shape),
        (Column::scaled(&[1], 39), ErrorKind::Domain),
        (unreadable, ErrorKind::Syntax),
    ] {
        let error = Moments::of(&column).unwrap_err();
        assert_eq!(error.kind(), kind);
        assert_eq!(statistics::sum(&column).unwrap_err(), error);
    }
    assert_eq!("sample".parse::<Of>().unwrap(), Of::Sample);
    assert_eq!("samples".parse::<Of>().unwrap_err().kind(), ErrorKind::Unknown);
}
