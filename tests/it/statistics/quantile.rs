use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;
use yardstick::statistics::{QuantileType, Quantiles};
use yardstick::{Column, ErrorKind, Rational, Reason, Value};

use super::model::{Cells, cells, count, text};

fn fraction(a: i64, b: i64) -> BigRational {
    BigRational::new(a.into(), b.into())
}

fn of(cells: &Cells) -> Quantiles {
    cells.with_column(true, |column| Quantiles::of(&column).unwrap())
}

/// The model goes by what the types mean, not by n p + m: the first three invert the steps of the
/// distribution function, the others put number k at a height and draw straight lines between them.
/// The numbers are in order.
fn model(numbers: &[BigRational], p: &BigRational, kind: QuantileType) -> Option<BigRational> {
    let n = numbers.len();
    let first_at = |reached: &dyn Fn(BigRational) -> bool| {
        (1..=n).find(|k| reached(count(*k) / count(n))).unwrap_or(n)
    };
    let height = |k: usize| {
        let (k, n) = (count(k), count(n));
        match kind {
            QuantileType::InterpolatedInverseCdf => k / n,
            QuantileType::Hazen => (k - fraction(1, 2)) / n,
            QuantileType::Weibull => k / (n + fraction(1, 1)),
            QuantileType::Linear => (k - fraction(1, 1)) / (n - fraction(1, 1)),
            QuantileType::MedianUnbiased => (k - fraction(1, 3)) / (n + fraction(1, 3)),
            QuantileType::NormalUnbiased => (k - fraction(3, 8)) / (n + fraction(1, 4)),
            _ => panic!("a step"),
        }
    };
    let last = numbers.last()?.clone();
    Some(match kind {
        QuantileType::InverseCdf => numbers[first_at(&|height| height >= *p) - 1].clone(),
        QuantileType::AveragedInverseCdf => {
            let reached = first_at(&|height| height >= *p);
            let passed = first_at(&|height| height > *p);
            (&numbers[reached - 1] + &numbers[passed - 1]) / count(2)
        }
        QuantileType::NearestEven => {
            let place = p * count(n);
            let distance = |k: usize| {
                let away = count(k) - &place;
                if away < BigRational::zero() { -away } else { away }
            };
            let order =
                |a: &usize, b: &usize| distance(*a).cmp(&distance(*b)).then((a % 2).cmp(&(b % 2)));
            // The place before the first is even and may be the nearest.
            let nearest = (0..=n).min_by(order)?;
            numbers[nearest.max(1) - 1].clone()
        }
        _ if n == 1 => last,
        _ if *p <= height(1) => numbers[0].clone(),
        _ => match (1..n).find(|k| *p <= height(k + 1)) {
            None => last,
            Some(k) => {
                let share = (p - height(k)) / (height(k + 1) - height(k));
                &numbers[k - 1] + share * (&numbers[k] - &numbers[k - 1])
            }
        },
    })
}

/// Fractions between 0 and 1, often those at which a step of few numbers begins.
fn level() -> impl Strategy<Value = (u32, u32)> {
    prop_oneof![
        (1_u32..24).prop_flat_map(|q| (0..=q, Just(q))),
        (1_u32..1_000_000).prop_flat_map(|q| (0..=q, Just(q))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn quantiles_agree_with_the_model(cells in cells(), (a, b) in level()) {
        let quantiles = of(&cells);
        let mut numbers = cells.numbers();
        numbers.sort();
        prop_assert_eq!(quantiles.len(), numbers.len());
        let (p, at) = (fraction(a.into(), b.into()), Rational::new(a, b).unwrap());
        for kind in QuantileType::ALL {
            let expected = model(&numbers, &p, kind).map(|x| x.to_string());
            prop_assert_eq!(text(quantiles.quantile(&at, kind).unwrap()), expected, "{}", kind);
        }
    }

    #[test]
    fn any_partition_and_order_merges_to_the_same(
        cells in cells(), at in any::<prop::sample::Index>(), (a, b) in level(),
    ) {
        let whole = of(&cells);
        let [left, right] = cells.split(at.index(cells.values.len() + 1)).map(|part| of(&part));
        let p = Rational::new(a, b).unwrap();
        for (mut first, second) in [(left.clone(), &right), (right.clone(), &left)] {
            first.merge(second);
            prop_assert_eq!(&first, &whole);
            for kind in QuantileType::ALL {
                prop_assert_eq!(first.quantile(&p, kind).unwrap(), whole.quantile(&p, kind).unwrap());
            }
        }
    }

    /// Scales that 64 bits hold together, and scales that they do not.
    #[test]
    fn states_of_different_scales_merge(
        a in prop::collection::vec(any::<i32>(), 0..9), b in prop::collection::vec(any::<i64>(), 0..9),
        scale in 0_u32..=38, other in 0_u32..=38, (p, q) in level(),
    ) {
        let wide = |values: Vec<i128>, scale| Cells { values, bits: None, scale };
        let a = wide(a.into_iter().map(i128::from).collect(), scale);
        let b = wide(b.into_iter().map(i128::from).collect(), other);
        let mut numbers: Vec<_> = a.numbers().into_iter().chain(b.numbers()).collect();
        numbers.sort();
        let (mut both, mut back) = (of(&a), of(&b));
        both.merge(&of(&b));
        back.merge(&of(&a));
        prop_assert_eq!(&both, &back);
        let kind = QuantileType::Linear;
        let expected = model(&numbers, &fraction(p.into(), q.into()), kind).map(|x| x.to_string());
        prop_assert_eq!(text(both.quantile(&Rational::new(p, q).unwrap(), kind).unwrap()), expected);
    }
}

/// What each type makes of 1, 2, 3, 4, as its documentation says, and of R's own example: the
/// quartiles and deciles of 1 to 10.
#[test]
fn known_answers() {
    let four = Quantiles::of(&Column::integers(&[3, 1, 4, 2])).unwrap();
    let ten = Quantiles::of(&Column::integers(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).unwrap();
    let rows = [
        (QuantileType::InverseCdf, ["2", "1", "3", "1"]),
        (QuantileType::AveragedInverseCdf, ["5/2", "3/2", "3", "3/2"]),
        (QuantileType::NearestEven, ["2", "1", "2", "1"]),
        (QuantileType::InterpolatedInverseCdf, ["2", "1", "5/2", "1"]),
        (QuantileType::Hazen, ["5/2", "3/2", "3", "3/2"]),
        (QuantileType::Weibull, ["5/2", "5/4", "11/4", "11/10"]),
        (QuantileType::Linear, ["5/2", "7/4", "13/4", "19/10"]),
        (QuantileType::MedianUnbiased, ["5/2", "17/12", "35/12", "41/30"]),
        (QuantileType::NormalUnbiased, ["5/2", "23/16", "47/16", "7/5"]),
    ];
    for (kind, [median, quartile, third, tenth]) in rows {
        let at = |quantiles: &Quantiles, p: &str| {
            text(quantiles.quantile(&p.parse().unwrap(), kind).unwrap()).unwrap()
        };
        assert_eq!(at(&four, "1/2"), median, "{kind}");
        assert_eq!(at(&four, "1/4"), quartile, "{kind}");
        assert_eq!(at(&ten, "1/4"), third, "{kind}");
        assert_eq!(at(&ten, "1/10"), tenth, "{kind}");
        assert_eq!(at(&ten, "0"), "1", "{kind}");
        assert_eq!(at(&ten, "1"), "10", "{kind}");
    }
}

#[test]
fn nothing_has_no_quantile_and_p_has_its_bounds() {
    let none = Quantiles::default();
    assert!(none.is_empty());
    let one = Quantiles::of(&Column::integers(&[7])).unwrap();
    for kind in QuantileType::ALL {
        assert_eq!(none.quantile(&Rational::ZERO, kind).unwrap(), Value::Undefined(Reason::NoBase));
        for p in ["0", "1/3", "1"] {
            let p = p.parse().unwrap();
            assert_eq!(one.quantile(&p, kind).unwrap(), Rational::from(7).into());
        }
        for p in ["-1/100", "1.01", "50"] {
            let error = one.quantile(&p.parse().unwrap(), kind).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Domain);
            // Of nothing as well: the question is wrong, whatever is asked.
            assert!(none.quantile(&p.parse().unwrap(), kind).is_err());
        }
    }
    let error = one.quantile(&Rational::from(50), QuantileType::Linear).unwrap_err();
    let text = "the quantile at \"50\"; give a number from 0 to 1, for a percent its hundredth";
    assert_eq!(error.to_string(), text);
    assert!(Quantiles::of(&Column::scaled(&[1], 39)).is_err());
}
