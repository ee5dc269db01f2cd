//! Floors and ceilings: against freezing, against all splits there are, and which amounts are taken.

use num_rational::BigRational;
use proptest::prelude::*;
use yardstick::Rational;
use yardstick::target::cascade::{Bound, Cascade, Node};

use super::model::{Spec, exact_shares, quantum, tree, within_one};
use super::{big, cascade, integer, leaves, rational, team};

/// Amounts that are tried.
const MOST: i64 = 400;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A tree is refused where nothing can be given to it; otherwise just those amounts are taken that
    /// every node below can live with, and then all of it is as the model has it.
    #[test]
    fn bounds_agree_with_freezing(
        spec in tree(true, false),
        quantum in quantum(),
        at in any::<prop::sample::Index>(),
    ) {
        agrees(&spec, &quantum, at)?;
    }

    #[test]
    fn bounds_count_through_over_assignment(
        spec in tree(true, true),
        at in any::<prop::sample::Index>(),
    ) {
        agrees(&spec, &Rational::ONE, at)?;
    }

    /// Of all whole splits within the bounds none is nearer to the exact shares.
    #[test]
    fn no_split_is_nearer(
        specs in prop::collection::vec((1_u64..6, 0_i64..4, prop::option::of(0_i64..5)), 1..5),
        quanta in 0_i64..16,
    ) {
        let ranges: Vec<(i64, i64)> = specs
            .iter()
            .map(|(_, low, more)| (*low, more.map_or(1_000, |more| low + more)))
            .collect();
        let child = |(i, (weight, ..)): (usize, &(u64, i64, Option<i64>))| {
            let node = Node::new(i.to_string()).weight(*weight).floor(ranges[i].0);
            if ranges[i].1 < 1_000 { node.ceiling(ranges[i].1) } else { node }
        };
        let split = Cascade::new(Node::new("all").children(specs.iter().enumerate().map(child)), 1)
            .unwrap()
            .split(quanta);
        let all = whole_splits(quanta, &ranges);
        let Ok(split) = split else {
            prop_assert!(all.is_empty());
            return Ok(());
        };
        let weights: Vec<_> = specs.iter().map(|(weight, ..)| integer(*weight as i64)).collect();
        let shares = exact_shares(quanta, &weights, &ranges);
        let distance = |parts: &[i64]| -> (BigRational, BigRational) {
            let apart = parts.iter().zip(&shares).map(|(part, share)| integer(*part) - share);
            let squares: Vec<BigRational> = apart.map(|apart| &apart * &apart).collect();
            (squares.iter().max().unwrap().clone(), squares.iter().sum())
        };
        let parts: Vec<i64> =
            split.leaves().map(|leaf| leaf.amount().to_string().parse().unwrap()).collect();
        prop_assert!(all.contains(&parts));
        let nearest = all.iter().map(|parts| distance(parts).1).min().unwrap();
        prop_assert_eq!(distance(&parts).1, nearest);
        let least_maximum = all.iter().map(|parts| distance(parts).0).min().unwrap();
        prop_assert_eq!(distance(&parts).0, least_maximum);
    }
}

fn whole_splits(total: i64, ranges: &[(i64, i64)]) -> Vec<Vec<i64>> {
    let Some(((low, high), rest)) = ranges.split_first() else {
        return if total == 0 { vec![Vec::new()] } else { Vec::new() };
    };
    (*low..=total.min(*high))
        .flat_map(|part| {
            whole_splits(total - part, rest).into_iter().map(move |mut parts| {
                parts.insert(0, part);
                parts
            })
        })
        .collect()
}

fn agrees(spec: &Spec, quantum: &Rational, at: prop::sample::Index) -> Result<(), TestCaseError> {
    let cascade = Cascade::new(spec.node("root", quantum), quantum);
    let range = spec.range();
    prop_assert_eq!(cascade.is_ok(), range.is_some());
    let (Ok(cascade), Some((low, high))) = (cascade, range) else { return Ok(()) };
    let quanta = at.index(MOST as usize + 1) as i64;
    let split = cascade.split(Rational::from(quanta) * quantum);
    let taken = (low..=high.unwrap_or(MOST)).contains(&quanta);
    prop_assert_eq!(split.is_ok(), taken, "{} of {:?}", quanta, range);
    let Ok(split) = split else { return Ok(()) };
    let mut expected = Vec::new();
    spec.expected(quanta, &mut expected);
    let parts: Vec<_> = split.nodes().map(|node| big(&node.amount()) / big(quantum)).collect();
    let expected: Vec<_> = expected.into_iter().map(integer).collect();
    prop_assert_eq!(parts, expected);
    for node in split.nodes() {
        if node.is_leaf() {
            continue;
        }
        let sum: Rational = node.children().map(|child| child.amount()).sum();
        prop_assert_eq!(sum, node.handed_down());
        // Where no sibling is bound, each is within one quantum of its share.
        if node.children().all(|child| child.bound().is_none()) {
            for child in node.children() {
                let (part, share) = (big(&child.amount()), big(&child.share()));
                prop_assert!(within_one(&(part / big(quantum)), &(share / big(quantum))));
            }
        }
    }
    Ok(())
}

#[test]
fn by_hand() {
    // 50, 30 and 20: ann's ceiling leaves 60 at 3 to 2.
    let members = || {
        [
            Node::new("ann").weight(5).ceiling(40),
            Node::new("ben").weight(3),
            Node::new("cem").weight(2),
        ]
    };
    let split = cascade(team(members())).split(100).unwrap();
    assert_eq!(leaves(&split), ["40", "36", "24"]);
    let bounds: Vec<_> = split.leaves().map(|leaf| leaf.bound()).collect();
    assert_eq!(bounds, [Some(Bound::Ceiling), None, None]);
    assert_eq!(split.root().bound(), None);

    // cem's floor takes 10 more, which leaves 70 at 5 to 3: 43.75 and 26.25.
    let [_, ben, cem] = members();
    let split = cascade(team([Node::new("ann").weight(5), ben, cem.floor(30)])).split(100).unwrap();
    assert_eq!(leaves(&split), ["44", "26", "30"]);
    assert_eq!(split.at(["team", "cem"]).unwrap().bound(), Some(Bound::Floor));

    // A bound that is broken only once another binds: 25 each; a ceiling of 10 makes 30 of them.
    let split = cascade(team([
        Node::new("ann").ceiling(10),
        Node::new("ben").ceiling(28),
        Node::new("cem"),
        Node::new("dan"),
    ]));
    let split = split.split(100).unwrap();
    assert_eq!(leaves(&split), ["10", "28", "31", "31"]);

    // A ceiling and a floor whose breaches cancel: both hold.
    let split =
        cascade(team([Node::new("ann").ceiling(20), Node::new("ben").floor(60), Node::new("cem")]));
    assert_eq!(leaves(&split.split(90).unwrap()), ["15", "60", "15"]);
    assert_eq!(leaves(&split.split(120).unwrap()), ["20", "60", "40"]);

    // A bound that the share just reaches does not bind.
    let split = cascade(team([Node::new("ann").floor(50).ceiling(50), Node::new("ben")]));
    let split = split.split(100).unwrap();
    assert!(split.leaves().all(|leaf| leaf.bound().is_none()));
}

#[test]
fn bounds_go_inwards_to_multiples_of_the_quantum() {
    let members = [Node::new("ann").floor(rational("60.1")), Node::new("ben")];
    let split = Cascade::new(team(members), 5).unwrap().split(100).unwrap();
    assert_eq!(leaves(&split), ["65", "35"]);
    let members = [Node::new("ann").ceiling(rational("44.9")), Node::new("ben")];
    let split = Cascade::new(team(members), 5).unwrap().split(100).unwrap();
    assert_eq!(leaves(&split), ["40", "60"]);
}

#[test]
fn floors_below_count_for_those_above() {
    // By weight north gets 50, but ann and ben need 70.
    let north =
        Node::new("north").child(Node::new("ann").floor(40)).child(Node::new("ben").floor(30));
    let split =
        cascade(Node::new("all").child(north).child(Node::new("south"))).split(100).unwrap();
    assert_eq!(leaves(&split), ["40", "30", "30"]);
    let north = split.at(["all", "north"]).unwrap();
    assert_eq!((north.bound(), north.share()), (Some(Bound::Floor), 50.into()));

    // And ceilings below, though the node has none itself.
    let north =
        Node::new("north").child(Node::new("ann").ceiling(10)).child(Node::new("ben").ceiling(5));
    let split =
        cascade(Node::new("all").child(north).child(Node::new("south"))).split(100).unwrap();
    assert_eq!(leaves(&split), ["10", "5", "85"]);
    assert_eq!(split.at(["all", "north"]).unwrap().bound(), Some(Bound::Ceiling));
}

#[test]
fn a_node_of_weight_zero_gets_its_floor_and_no_more() {
    let split = cascade(team([Node::new("ann").weight(0).floor(7).ceiling(50), Node::new("ben")]));
    let split = split.split(100).unwrap();
    assert_eq!(leaves(&split), ["7", "93"]);
    assert_eq!(split.at(["team", "ann"]).unwrap().bound(), Some(Bound::Floor));

    // Its children may all weigh nothing.
    let idle = Node::new("idle").weight(0);
    let idle = idle.children(["x", "y"].map(|name| Node::new(name).weight(0)));
    let split = cascade(team([idle.clone(), Node::new("ben")])).split(100).unwrap();
    assert_eq!(leaves(&split), ["0", "0", "100"]);
    let idle = idle.child(Node::new("z").weight(0).floor(3));
    let split = cascade(team([idle, Node::new("ben")])).split(100).unwrap();
    assert_eq!(leaves(&split), ["0", "0", "3", "97"]);
}

#[test]
fn a_floor_counts_before_over_assignment() {
    // At 11/10 the children's 22 need 20 here; 19 would hand down 20.9, rounded to 21.
    let members = [Node::new("ann").floor(12), Node::new("ben").floor(10)];
    let north = team(members).over_assign(rational("1.1"), yardstick::Mode::HalfEven);
    let root = Node::new("all").child(north).child(Node::new("rest"));
    let split = cascade(root).split(30).unwrap();
    assert_eq!(split.at(["all", "team"]).unwrap().amount(), 20.into());
    assert_eq!(leaves(&split), ["12", "10", "10"]);
}
