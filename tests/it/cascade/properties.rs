//! Laws that hold for any weights, total and quantum.

use num_traits::{Signed, Zero};
use proptest::prelude::*;
use yardstick::Rational;
use yardstick::number::allocate;
use yardstick::target::cascade::{Cascade, Node, Split};

use super::model::{Spec, quantum, tree, within_one};
use super::{big, integer};

/// At every node: children sum to what is handed down, and each is within one quantum of its share.
fn lawful(split: &Split) {
    let quantum = big(split.quantum());
    for node in split.nodes() {
        assert!((big(&node.amount()) / &quantum).is_integer());
        assert_eq!(node.depth() + 1, node.path().len());
        if node.is_leaf() {
            continue;
        }
        let sum: Rational = node.children().map(|child| child.amount()).sum();
        assert_eq!(sum, node.handed_down(), "{:?}", node.path());
        let shares: Rational = node.children().map(|child| child.share()).sum();
        assert_eq!(shares, node.handed_down());
        for child in node.children() {
            let (part, share) = (big(&child.amount()) / &quantum, big(&child.share()) / &quantum);
            assert!(within_one(&part, &share), "{:?}", child.path());
            // A share that is whole is given as it is.
            assert!(!share.is_integer() || part == share);
            assert_eq!(child.bound(), None);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn children_sum_to_their_parent_and_are_within_one_quantum(
        spec in tree(false, false),
        quantum in quantum(),
        quanta in prop_oneof![-50_i64..50, -1_000_000_i64..1_000_000, any::<i64>()],
    ) {
        let total = Rational::from(quanta) * &quantum;
        let cascade = Cascade::new(spec.node("root", &quantum), quantum).unwrap();
        let split = cascade.split(&total).unwrap();
        prop_assert_eq!(split.root().amount(), total.clone());
        prop_assert_eq!(split.nodes().len(), spec.size());
        prop_assert_eq!(cascade.nodes(), spec.size());
        lawful(&split);
        // Back up is the identity, from the split itself and from its leaves.
        let amounts: Vec<Rational> = split.nodes().map(|node| node.amount()).collect();
        prop_assert_eq!(split.roll_up(), amounts.clone());
        let leaves: Vec<Rational> = split.leaves().map(|leaf| leaf.amount()).collect();
        prop_assert_eq!(cascade.roll_up(&leaves).unwrap(), amounts.clone());
        // A negative total is the mirror image.
        let mirrored = cascade.split(-&total).unwrap();
        let mirrored: Vec<Rational> = mirrored.nodes().map(|node| -node.amount()).collect();
        prop_assert_eq!(mirrored, amounts);
        prop_assert!(split.surplus().is_zero());
    }

    #[test]
    fn over_assignment_is_rounded_once_and_told_apart(
        spec in tree(false, true),
        quantum in quantum(),
        quanta in -2_000_i64..2_000,
    ) {
        let cascade = Cascade::new(spec.node("root", &quantum), quantum.clone()).unwrap();
        let split = cascade.split(Rational::from(quanta) * &quantum).unwrap();
        lawful(&split);
        // Each node is what its leaves sum to, those below it that over-assign being leaves.
        let sums = split.roll_up();
        for (node, sum) in split.nodes().zip(&sums) {
            if node.children().all(|child| child.is_leaf()) {
                prop_assert_eq!(sum, &node.handed_down());
            }
        }
    }

    #[test]
    fn all_of_it_agrees_with_the_model(
        spec in tree(false, true),
        quantum in quantum(),
        quanta in -2_000_i64..2_000,
    ) {
        let cascade = Cascade::new(spec.node("root", &quantum), quantum.clone()).unwrap();
        let split = cascade.split(Rational::from(quanta) * &quantum).unwrap();
        let mut expected = Vec::new();
        match quanta < 0 {
            // By hand: what rounds up for a magnitude rounds down for its negative.
            true => mirrored(&spec).expected(-quanta, &mut expected),
            false => spec.expected(quanta, &mut expected),
        }
        let sign = if quanta < 0 { -1 } else { 1 };
        let quanta: Vec<_> =
            split.nodes().map(|node| big(&node.amount()) / big(&quantum)).collect();
        let expected: Vec<_> = expected.into_iter().map(|part| integer(part * sign)).collect();
        prop_assert_eq!(quanta, expected);
    }

    #[test]
    fn one_level_is_an_allocation(
        weights in prop::collection::vec(0_u64..1000, 1..30),
        quanta in any::<i64>(),
        quantum in quantum(),
    ) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let total = Rational::from(quanta) * &quantum;
        let nodes = weights.iter().enumerate();
        let nodes = nodes.map(|(i, weight)| Node::new(i.to_string()).weight(*weight));
        let cascade = Cascade::new(Node::new("all").children(nodes), &quantum).unwrap();
        let parts: Vec<Rational> =
            cascade.split(&total).unwrap().leaves().map(|leaf| leaf.amount()).collect();
        prop_assert_eq!(parts, allocate(total, weights, quantum).unwrap());
    }

    /// Whoever stands first wins a tie, and nothing else depends on the order.
    #[test]
    fn the_order_of_siblings_decides_ties_only(
        weights in prop::collection::vec(1_u64..8, 2..12),
        quanta in 0_i64..200,
        seed in any::<u64>(),
    ) {
        let child = |i: usize| Node::new(i.to_string()).weight(weights[i]);
        let declared: Vec<usize> = (0..weights.len()).collect();
        let mut shuffled = declared.clone();
        // A shuffle that the seed decides.
        shuffled.sort_by_key(|i| (*i as u64 + 1).wrapping_mul(seed | 1).rotate_left(29));
        let split = |order: &[usize]| {
            let root = Node::new("all").children(order.iter().map(|i| child(*i)));
            Cascade::new(root, 1).unwrap().split(quanta).unwrap()
        };
        let (one, other) = (split(&declared), split(&shuffled));
        let mut ties = Vec::new();
        let mut changes = integer(0);
        for i in &declared {
            let name = i.to_string();
            let (a, b) = (one.at(["all", &name]).unwrap(), other.at(["all", &name]).unwrap());
            prop_assert_eq!(a.share(), b.share());
            let change = big(&b.amount()) - big(&a.amount());
            if !change.is_zero() {
                prop_assert!(change.abs() == integer(1));
                ties.push(big(&a.share()).fract());
            }
            changes += change;
        }
        prop_assert!(changes.is_zero());
        prop_assert!(ties.iter().all(|rest| *rest == ties[0]));
    }
}

/// The same tree for the magnitude of a negative amount.
fn mirrored(spec: &Spec) -> Spec {
    use yardstick::Mode::{Ceil, Floor, HalfCeil, HalfFloor};
    let mirror = |mode| match mode {
        Ceil => Floor,
        Floor => Ceil,
        HalfCeil => HalfFloor,
        HalfFloor => HalfCeil,
        other => other,
    };
    Spec {
        over: spec.over.map(|(num, den, mode)| (num, den, mirror(mode))),
        children: spec.children.iter().map(mirrored).collect(),
        ..spec.clone()
    }
}
