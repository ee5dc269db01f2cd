//! The same written differently: recursive, in big fractions, floors and ceilings by freezing whatever
//! is violated most, rounding of over-assignment by hand, feasible amounts by trying all of them.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use yardstick::target::cascade::Node;
use yardstick::{Mode, Rational};

use super::integer;

/// A node; bounds in quanta.
#[derive(Debug, Clone)]
pub(super) struct Spec {
    pub(super) weight: (u64, u64),
    pub(super) floor: Option<i64>,
    pub(super) ceiling: Option<i64>,
    pub(super) over: Option<(i64, i64, Mode)>,
    pub(super) children: Vec<Spec>,
}

impl Spec {
    pub(super) fn node(&self, name: &str, quantum: &Rational) -> Node {
        let mut node = Node::new(name).weight(Rational::new(self.weight.0, self.weight.1).unwrap());
        if let Some(floor) = self.floor {
            node = node.floor(Rational::from(floor) * quantum);
        }
        if let Some(ceiling) = self.ceiling {
            node = node.ceiling(Rational::from(ceiling) * quantum);
        }
        if let Some((num, den, mode)) = self.over.filter(|_| !self.children.is_empty()) {
            node = node.over_assign(Rational::new(num, den).unwrap(), mode);
        }
        let child = |(i, child): (usize, &Spec)| child.node(&format!("n{i}"), quantum);
        node.children(self.children.iter().enumerate().map(child))
    }

    pub(super) fn weight(&self) -> BigRational {
        BigRational::new(self.weight.0.into(), self.weight.1.into())
    }

    fn handed(&self, amount: i64) -> i64 {
        match self.over {
            Some((num, den, mode)) => rounded(amount * num, den, mode),
            None => amount,
        }
    }

    /// The least and the most that it can be given, by itself and for all below it; the most may be
    /// anything. By trying one amount after the other.
    pub(super) fn range(&self) -> Option<(i64, Option<i64>)> {
        let (mut least, mut most) = (self.floor.unwrap_or(0), self.ceiling);
        if !self.children.is_empty() {
            let (mut low, mut high) = (0, Some(0));
            for child in &self.children {
                let (child_low, child_high) = child.range()?;
                low += child_low;
                let takes = if child.weight.0 == 0 { Some(child_low) } else { child_high };
                high = high.zip(takes).map(|(high, takes)| high + takes);
            }
            while self.handed(least) < low {
                least += 1;
            }
            if let Some(high) = high {
                let first_beyond = (0..).find(|amount| self.handed(*amount) > high).unwrap();
                most = Some(most.map_or(first_beyond - 1, |most| most.min(first_beyond - 1)));
            }
        }
        most.is_none_or(|most| least <= most).then_some((least, most))
    }

    /// What it and everything below it gets, as declared.
    pub(super) fn expected(&self, amount: i64, all: &mut Vec<i64>) {
        all.push(amount);
        if self.children.is_empty() {
            return;
        }
        let range = |child: &Spec| child.range().unwrap();
        let ranges: Vec<(i64, i64)> = self
            .children
            .iter()
            .map(|child| (range(child).0, range(child).1.unwrap_or(i64::MAX / 4)))
            .collect();
        let weights: Vec<BigRational> = self.children.iter().map(Spec::weight).collect();
        let parts = poured(self.handed(amount), &weights, &ranges);
        for (child, part) in self.children.iter().zip(parts) {
            child.expected(part, all);
        }
    }

    pub(super) fn size(&self) -> usize {
        1 + self.children.iter().map(Spec::size).sum::<usize>()
    }
}

/// `num / den` to a whole number, case by case.
fn rounded(num: i64, den: i64, mode: Mode) -> i64 {
    let (floor, rest) = (num.div_euclid(den), num.rem_euclid(den));
    if rest == 0 {
        return floor;
    }
    let up = match mode {
        Mode::Ceil => true,
        Mode::Floor => false,
        Mode::Expand => num > 0,
        Mode::Trunc => num < 0,
        _ if 2 * rest != den => 2 * rest > den,
        Mode::HalfCeil => true,
        Mode::HalfFloor => false,
        Mode::HalfExpand => num > 0,
        Mode::HalfTrunc => num < 0,
        Mode::HalfEven => floor % 2 != 0,
        Mode::Exact => panic!("no case is exact"),
    };
    floor + i64::from(up)
}

/// Shares by weight within bounds: those that are not frozen share what is left; of those outside of
/// their bounds the ones below are frozen where they miss more than the others exceed, else the ones
/// above, and again.
pub(super) fn exact_shares(
    total: i64,
    weights: &[BigRational],
    ranges: &[(i64, i64)],
) -> Vec<BigRational> {
    let mut frozen: Vec<Option<BigRational>> = vec![None; weights.len()];
    loop {
        let fixed: BigRational = frozen.iter().flatten().sum();
        let open: BigRational =
            weights.iter().zip(&frozen).filter(|(_, f)| f.is_none()).map(|(w, _)| w).sum();
        let left = integer(total) - fixed;
        let share = |i: usize| match open.is_zero() {
            true => BigRational::zero(),
            false => &weights[i] / &open * &left,
        };
        let (mut misses, mut exceeds) = (BigRational::zero(), BigRational::zero());
        let mut outside = Vec::new();
        for i in (0..weights.len()).filter(|i| frozen[*i].is_none()) {
            let (low, high) = (integer(ranges[i].0), integer(ranges[i].1));
            if share(i) < low {
                misses += &low - share(i);
                outside.push((i, low, true));
            } else if share(i) > high {
                exceeds += share(i) - &high;
                outside.push((i, high, false));
            }
        }
        if outside.is_empty() {
            return (0..weights.len())
                .map(|i| frozen[i].clone().unwrap_or_else(|| share(i)))
                .collect();
        }
        for (i, bound, is_low) in outside {
            if misses == exceeds || is_low == (misses > exceeds) {
                frozen[i] = Some(bound);
            }
        }
    }
}

/// The shares made whole: largest remainder by counting who comes before whom.
pub(super) fn poured(total: i64, weights: &[BigRational], ranges: &[(i64, i64)]) -> Vec<i64> {
    let shares = exact_shares(total, weights, ranges);
    let floors: Vec<BigInt> = shares.iter().map(|share| share.floor().to_integer()).collect();
    let rests: Vec<BigRational> = shares.iter().map(|share| share - share.floor()).collect();
    let left = BigInt::from(total) - floors.iter().sum::<BigInt>();
    (0..shares.len())
        .map(|i| {
            let before = (0..rests.len())
                .filter(|j| rests[*j] > rests[i] || (rests[*j] == rests[i] && *j < i))
                .count();
            let one = u8::from(BigInt::from(before) < left && !rests[i].is_zero());
            i64::try_from(&floors[i] + one).unwrap()
        })
        .collect()
}

/// Weights of siblings: small ones with ties and zeros, decimals, fractions; not all zero.
fn weight() -> impl Strategy<Value = (u64, u64)> {
    prop_oneof![
        5 => (0_u64..6, Just(1)),
        2 => (0_u64..10_000, Just(100)),
        1 => (1_u64..50, 1_u64..50),
        1 => (1_u64.., 1_u64..),
    ]
}

fn some_weigh(mut children: Vec<Spec>) -> Vec<Spec> {
    if let Some(first) = children.first_mut().filter(|first| first.weight.0 == 0) {
        first.weight.0 = 1;
    }
    children
}

/// Trees of up to five levels; with floors and ceilings, with over-assignment, or without.
pub(super) fn tree(bounds: bool, over: bool) -> impl Strategy<Value = Spec> {
    let bound = move |most: i64| {
        prop::option::weighted(0.3, 0..most).prop_map(move |bound| bound.filter(|_| bounds))
    };
    let leaf = (weight(), bound(12), bound(40)).prop_map(|(weight, floor, more)| Spec {
        weight,
        floor,
        ceiling: more.map(|more| floor.unwrap_or(0) + more),
        over: None,
        children: Vec::new(),
    });
    leaf.prop_recursive(4, 40, 5, move |inner| {
        let factor = (1_i64..30, 1_i64..20, prop::sample::select(Mode::ALL[..9].to_vec()))
            .prop_filter("at most three times", |(num, den, _)| *num <= 3 * den);
        let over =
            prop::option::weighted(0.4, factor).prop_map(move |factor| factor.filter(|_| over));
        let children = prop::collection::vec(inner, 1..6).prop_map(some_weigh);
        (weight(), bound(40), bound(200), over, children).prop_map(
            |(weight, floor, more, over, children)| Spec {
                weight,
                floor,
                ceiling: more.map(|more| floor.unwrap_or(0) + more),
                over,
                children,
            },
        )
    })
}

pub(super) fn quantum() -> impl Strategy<Value = Rational> {
    prop::sample::select(vec!["1", "0.01", "25", "1/3", "0.05"])
        .prop_map(|text| text.parse().unwrap())
}

/// Whether two differ by less than one.
pub(super) fn within_one(a: &BigRational, b: &BigRational) -> bool {
    (a - b).abs() < integer(1)
}
