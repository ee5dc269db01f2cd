//! One amount down a tree, in cents.

use std::hint::black_box;
use std::ops::Range;

use yardstick::Rational;
use yardstick::number::allocate;
use yardstick::target::cascade::{Cascade, Node, Split};

use crate::harness::{Group, Numbers};

/// In cents.
const TOTAL: i64 = 98_765_432_109;

/// The same tree twice: as the library has it, and as columns of floats.
pub(crate) struct Tree {
    name: &'static str,
    name_from_scratch: &'static str,
    fans: Vec<usize>,
    weights: Vec<u64>,
    cascade: Cascade,
    floats: Floats,
}

/// Nodes level by level, so that children stand side by side.
struct Floats {
    weights: Vec<f64>,
    children: Vec<Range<usize>>,
}

impl Floats {
    /// What each node gets, in money: largest remainder at each node, ties to the first.
    fn split(&self, total: f64, quantum: f64) -> Vec<f64> {
        let mut quanta = vec![0.0; self.weights.len()];
        quanta[0] = (total / quantum).round();
        let mut rests: Vec<(f64, usize)> = Vec::new();
        for node in 0..self.weights.len() {
            let children = self.children[node].clone();
            if children.is_empty() {
                continue;
            }
            let amount = quanta[node];
            let sum: f64 = self.weights[children.clone()].iter().sum();
            let mut left = amount;
            rests.clear();
            for child in children {
                let share = amount * self.weights[child] / sum;
                let floor = share.floor();
                quanta[child] = floor;
                left -= floor;
                rests.push((share - floor, child));
            }
            let left = (left as usize).min(rests.len());
            if left > 0 {
                let order =
                    |a: &(f64, usize), b: &(f64, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
                rests.select_nth_unstable_by(left - 1, order);
                for (_, child) in &rests[..left] {
                    quanta[*child] += 1.0;
                }
            }
        }
        quanta.iter_mut().for_each(|amount| *amount *= quantum);
        quanta
    }
}

impl Tree {
    /// Every node of a level has as many children as `fans` says of that level.
    pub(crate) fn new([name, name_from_scratch]: [&'static str; 2], fans: &[usize]) -> Self {
        let mut numbers = Numbers(7);
        let (mut weights, mut children) = (vec![1], Vec::new());
        let mut level = 0..1;
        for fan in fans {
            for _ in level.clone() {
                children.push(weights.len()..weights.len() + fan);
                weights.extend((0..*fan).map(|_| numbers.below(10_000) + 1));
            }
            level = level.end..weights.len();
        }
        children.resize(weights.len(), 0..0);
        let floats =
            Floats { weights: weights.iter().map(|weight| *weight as f64).collect(), children };
        let root = node(&floats, &weights, 0);
        let cascade = Cascade::new(root, Rational::from_scaled(1, 2)).expect("a right tree");
        Self { name, name_from_scratch, fans: fans.to_vec(), weights, cascade, floats }
    }

    fn split(&self) -> Split {
        self.cascade.split(Rational::from_scaled(TOTAL.into(), 2)).expect("a split")
    }

    /// That both do the same: sums hold, and no leaf is more than a cent apart.
    pub(crate) fn agrees(&self) {
        let split = self.split();
        let floats = self.floats.split(TOTAL as f64 / 100.0, 0.01);
        let leaves = self.weights.len() - self.fans.iter().product::<usize>()..self.weights.len();
        let sum: Rational = split.leaves().map(|leaf| leaf.amount()).sum();
        assert_eq!(sum, Rational::from_scaled(TOTAL.into(), 2));
        let mut apart = 0;
        for (leaf, float) in split.leaves().zip(&floats[leaves]) {
            let cents = leaf.amount() * Rational::from(100);
            let difference = cents - Rational::from((float * 100.0).round() as i64);
            assert!(difference.abs() <= Rational::from(2), "{:?}", leaf.path());
            apart += usize::from(!difference.is_zero());
        }
        println!("{}: {apart} leaves on which floats differ by a cent or two", self.name);
    }

    pub(crate) fn group(&self) -> Group<'_> {
        let total = TOTAL as f64 / 100.0;
        let mut group = Group::new(self.name)
            .with("floats by hand", move || self.floats.split(total, 0.01))
            .with("cascade", || self.split())
            .with("cascade, every amount read", || {
                let split = self.split();
                split.nodes().filter(|node| black_box(node.amount()).is_positive()).count()
            });
        if self.fans.len() == 1 {
            group = group.with("allocate", || {
                let total = Rational::from_scaled(TOTAL.into(), 2);
                let weights = self.weights[1..].iter().copied();
                allocate(total, weights, Rational::from_scaled(1, 2)).expect("parts")
            });
        }
        group
    }

    /// The tree built from scratch as well: nodes with names, and for the library all checks.
    pub(crate) fn group_from_scratch(&self) -> Group<'_> {
        let total = TOTAL as f64 / 100.0;
        Group::new(self.name_from_scratch)
            .with("floats by hand", move || {
                let root = Branch::of(&self.floats, 0);
                let mut amounts = Vec::new();
                root.split((total / 0.01).round(), 0.01, &mut amounts);
                (root, amounts)
            })
            .with("cascade", || {
                let root = node(&self.floats, &self.weights, 0);
                let cascade = Cascade::new(root, Rational::from_scaled(1, 2)).expect("a tree");
                cascade.split(Rational::from_scaled(TOTAL.into(), 2)).expect("a split")
            })
    }
}

/// A tree of nodes, as one would write it for floats.
struct Branch {
    #[allow(dead_code, reason = "part of what is built")]
    name: String,
    weight: f64,
    children: Vec<Branch>,
}

impl Branch {
    fn of(floats: &Floats, id: usize) -> Self {
        let children = floats.children[id].clone().map(|child| Self::of(floats, child)).collect();
        Self { name: format!("n{id}"), weight: floats.weights[id], children }
    }

    fn split(&self, quanta: f64, quantum: f64, amounts: &mut Vec<f64>) {
        amounts.push(quanta * quantum);
        let sum: f64 = self.children.iter().map(|child| child.weight).sum();
        let shares = self.children.iter().map(|child| quanta * child.weight / sum);
        let mut parts: Vec<f64> = shares.clone().map(f64::floor).collect();
        let mut rests: Vec<(f64, usize)> =
            shares.zip(&parts).map(|(share, part)| share - part).zip(0..).collect();
        let left = (quanta - parts.iter().sum::<f64>()) as usize;
        if left > 0 && left <= rests.len() {
            let order =
                |a: &(f64, usize), b: &(f64, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
            rests.select_nth_unstable_by(left - 1, order);
            rests[..left].iter().for_each(|(_, part)| parts[*part] += 1.0);
        }
        for (child, part) in self.children.iter().zip(parts) {
            child.split(part, quantum, amounts);
        }
    }
}

fn node(floats: &Floats, weights: &[u64], id: usize) -> Node {
    let children = floats.children[id].clone();
    Node::new(format!("n{id}"))
        .weight(weights[id])
        .children(children.map(|child| node(floats, weights, child)))
}
