//! Splitting again when part has passed.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;
use yardstick::target::cascade::{Bound, Cascade, Node};
use yardstick::{ErrorKind, Mode, Rational};

use super::model::{Spec, poured, quantum, tree};
use super::{big, cascade, integer, leaves, rational, team};

fn some(amount: i64) -> Option<Rational> {
    Some(amount.into())
}

fn quarters() -> Cascade {
    cascade(Node::new("year").children(["Q1", "Q2", "Q3", "Q4"].map(Node::new)))
}

#[test]
fn by_hand() {
    let split = quarters().split_rest(100, &[some(13), some(30), None, None]).unwrap();
    assert_eq!(leaves(&split), ["13", "30", "29", "28"]);
    assert_eq!((split.root().amount(), split.surplus()), (100.into(), 0.into()));
    assert_eq!(split.at(["year", "Q3"]).unwrap().share(), rational("28.5"));
    assert_eq!(split.at(["year", "Q1"]).unwrap().share(), 13.into());
    // A quarter below zero leaves more than the whole.
    let split = quarters().split_rest(100, &[some(-20), None, None, None]).unwrap();
    assert_eq!(leaves(&split), ["-20", "40", "40", "40"]);
    // What was reached need be no multiple of the quantum, if the rest is one.
    let actuals = [Some(rational("12.5")), Some(rational("7.5")), None, None];
    let split = quarters().split_rest(100, &actuals).unwrap();
    assert_eq!(leaves(&split), ["25/2", "15/2", "40", "40"]);
    let error = quarters().split_rest(100, &[Some(rational("12.5")), None, None, None]);
    assert_eq!(
        error.unwrap_err().to_string(),
        "what is left of 100 after 25/2, 175/2, is no multiple of the quantum 1; round what has passed or take a finer quantum"
    );
}

/// A month of which a third is left weighs a third of its weight.
#[test]
fn what_is_left_of_a_node_weighs_that_much() {
    let month = |name: &str, days: u32| {
        Node::new(name).weight(days).children((0..days).map(|day| Node::new(day.to_string())))
    };
    let cascade = cascade(Node::new("all").child(month("one", 6)).child(month("two", 4)));
    let mut actuals = vec![some(10); 4];
    actuals.extend(vec![None; 6]);
    let split = cascade.split_rest(100, &actuals).unwrap();
    // 60 are left: two days of the first, four of the second.
    assert_eq!(leaves(&split), ["10"; 10]);
    assert_eq!(split.at(["all", "one"]).unwrap().amount(), 60.into());
    assert_eq!(split.at(["all", "one"]).unwrap().share(), 60.into());
}

#[test]
fn more_than_the_total_has_passed() {
    let split = quarters().split_rest(100, &[some(70), some(50), None, None]).unwrap();
    assert_eq!(leaves(&split), ["70", "50", "0", "0"]);
    assert_eq!((split.root().amount(), split.surplus()), (120.into(), 20.into()));
    assert_eq!(split.total(), &100.into());
    // All is over: the surplus is what was missed or gained.
    let split = quarters().split_rest(100, &[some(20), some(20), some(20), some(25)]).unwrap();
    assert_eq!((split.root().amount(), split.surplus()), (85.into(), (-15).into()));
    // What remains stands at its floors.
    let year = Node::new("year").children([
        Node::new("Q1"),
        Node::new("Q2").floor(rational("4.5")),
        Node::new("Q3"),
    ]);
    let split = cascade(year.clone()).split_rest(100, &[some(98), None, None]).unwrap();
    assert_eq!(
        (leaves(&split), split.surplus()),
        (vec!["98".into(), "5".into(), "0".into()], 3.into())
    );
    assert_eq!(split.at(["year", "Q2"]).unwrap().bound(), Some(Bound::Floor));
    let split = cascade(year).split_rest(100, &[some(130), None, None]).unwrap();
    assert_eq!(
        (leaves(&split), split.surplus()),
        (vec!["130".into(), "5".into(), "0".into()], 35.into())
    );
    // And at its ceilings, or where it weighs nothing.
    let year = Node::new("year").children([
        Node::new("Q1"),
        Node::new("Q2").ceiling(30),
        Node::new("Q3").weight(0),
    ]);
    let split = cascade(year).split_rest(100, &[some(50), None, None]).unwrap();
    assert_eq!(
        (leaves(&split), split.surplus()),
        (vec!["50".into(), "30".into(), "0".into()], (-20).into())
    );
    // A negative total is the mirror image.
    let split = quarters().split_rest(-100, &[some(-70), some(-50), None, None]).unwrap();
    assert_eq!((split.root().amount(), split.surplus()), ((-120).into(), (-20).into()));
    let split = quarters().split_rest(-100, &[some(-13), some(-30), None, None]).unwrap();
    assert_eq!(leaves(&split), ["-13", "-30", "-29", "-28"]);
    let split = quarters().split_rest(0, &[some(5), None, None, None]).unwrap();
    assert_eq!((leaves(&split)[1].as_str(), split.surplus()), ("0", 5.into()));
}

/// A bound of a node counts for what has passed below it as well.
#[test]
fn bounds_count_for_the_whole_of_a_node() {
    let half = |name: &str| Node::new(name).children(["a", "b"].map(Node::new));
    let root = || Node::new("all").child(half("one").floor(60)).child(half("two"));
    let split = cascade(root()).split_rest(100, &[some(10), None, None, None]).unwrap();
    // By weight b of one would get 30.
    assert_eq!(leaves(&split), ["10", "50", "20", "20"]);
    let split = cascade(root()).split_rest(100, &[some(70), None, None, None]).unwrap();
    assert_eq!(leaves(&split), ["70", "10", "10", "10"]);
    // A ceiling that what has passed broke takes no more.
    let root = Node::new("all").child(half("one").ceiling(60)).child(half("two"));
    let split = cascade(root).split_rest(100, &[some(70), None, None, None]).unwrap();
    assert_eq!(leaves(&split), ["70", "0", "15", "15"]);
    assert_eq!(split.at(["all", "one"]).unwrap().bound(), Some(Bound::Ceiling));
    // The floor of a node that is over is past.
    let root = Node::new("all").child(half("one").floor(60)).child(half("two"));
    let split = cascade(root).split_rest(100, &[some(20), some(20), None, None]).unwrap();
    assert_eq!(leaves(&split), ["20", "20", "30", "30"]);
    // A floor below goes before a ceiling above that has been used up.
    let one = Node::new("one").ceiling(60).child(Node::new("a")).child(Node::new("b").floor(5));
    let root = Node::new("all").child(one).child(half("two"));
    let split = cascade(root).split_rest(100, &[some(65), None, None, None]).unwrap();
    assert_eq!(leaves(&split), ["65", "5", "15", "15"]);
}

#[test]
fn what_cannot_be_split_again() {
    let error = quarters().split_rest(100, &[None, None]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Shape);
    assert_eq!(error.to_string(), "2 amounts for 4 leaves; give one for each leaf");
    assert_eq!(
        quarters().roll_up(&[]).unwrap_err().to_string(),
        "0 amounts for 4 leaves; give one for each leaf"
    );
    let over = cascade(team([Node::new("ann")]).over_assign(2, Mode::Exact));
    assert_eq!(
        over.split_rest(10, &[None]).unwrap_err().to_string(),
        "\"team\" over-assigns, so what its leaves reach does not count towards the total; split the rest of a tree that does not"
    );
    let bound = cascade(team([Node::new("ann").floor(1)]));
    assert_eq!(bound.split_rest(-10, &[None]).unwrap_err().kind(), ErrorKind::Domain);
    let error = quarters().split_rest(1_i128 << 100, &[None, None, None, None]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Capacity);
}

/// How much of a node is left.
fn open(
    spec: &Spec,
    passed: &mut impl Iterator<Item = bool>,
) -> (BigRational, Vec<Vec<BigRational>>) {
    if spec.children.is_empty() {
        return (integer(i64::from(!passed.next().unwrap())), vec![Vec::new()]);
    }
    let sum: BigRational = spec.children.iter().map(Spec::weight).sum();
    let (mut weights, mut groups) = (Vec::new(), Vec::new());
    for child in &spec.children {
        let (left, below) = open(child, passed);
        weights.push(child.weight() * left);
        groups.extend(below);
    }
    let all: BigRational = weights.iter().sum();
    groups.insert(0, weights);
    (all / sum, groups)
}

fn expected(
    spec: &Spec,
    left: i64,
    groups: &mut impl Iterator<Item = Vec<BigRational>>,
    all: &mut Vec<i64>,
) {
    all.push(left);
    let weights = groups.next().unwrap();
    let parts = match weights.iter().all(Zero::is_zero) {
        true => vec![0; weights.len()],
        false => poured(left, &weights, &vec![(0, i64::MAX / 4); weights.len()]),
    };
    for (child, part) in spec.children.iter().zip(parts) {
        expected(child, part, groups, all);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_rest_agrees_with_the_model(
        spec in tree(false, false),
        quantum in quantum(),
        quanta in 0_i64..5_000,
        actuals in prop::collection::vec(prop::option::of(-20_i64..60), 200),
    ) {
        let cascade = Cascade::new(spec.node("root", &quantum), quantum.clone()).unwrap();
        let count = cascade.leaves().count();
        let actuals = &actuals[..count];
        let given: Vec<_> =
            actuals.iter().map(|actual| actual.map(|a| Rational::from(a) * &quantum)).collect();
        let total = Rational::from(quanta) * &quantum;
        let split = cascade.split_rest(total.clone(), &given).unwrap();
        let passed: i64 = actuals.iter().flatten().sum();
        let (left, groups) = open(&spec, &mut actuals.iter().map(Option::is_some));
        let rest = if left.is_zero() { 0 } else { (quanta - passed).max(0) };
        let mut shares = Vec::new();
        expected(&spec, rest, &mut groups.into_iter(), &mut shares);
        // What has passed below each node, and its part of the rest.
        let known: Vec<_> = given.iter().map(|actual| actual.clone().unwrap_or_default()).collect();
        let sums = cascade.roll_up(&known).unwrap();
        for ((node, sum), share) in split.nodes().zip(&sums).zip(&shares) {
            prop_assert_eq!(node.amount(), sum + Rational::from(*share) * &quantum);
        }
        for (leaf, actual) in split.leaves().zip(&given) {
            if let Some(actual) = actual {
                prop_assert_eq!(&leaf.amount(), actual);
                // That of a root alone is the total.
                prop_assert!(leaf.depth() == 0 || &leaf.share() == actual);
            }
        }
        prop_assert_eq!(split.root().amount() - split.surplus(), total);
        let amounts: Vec<_> = split.nodes().map(|node| node.amount()).collect();
        prop_assert_eq!(split.roll_up(), amounts);
    }

    /// With bounds: nothing passed is a split; and whatever has passed, sums hold and leaves keep their
    /// bounds.
    #[test]
    fn bounds_never_break_sums(
        spec in tree(true, false),
        quanta in 0_i64..500,
        actuals in prop::collection::vec(prop::option::of(-20_i64..60), 200),
    ) {
        let Ok(cascade) = Cascade::new(spec.node("root", &Rational::ONE), 1) else { return Ok(()) };
        let count = cascade.leaves().count();
        let none = vec![None; count];
        let again = cascade.split_rest(quanta, &none).unwrap();
        match cascade.split(quanta) {
            Ok(split) => {
                prop_assert_eq!(leaves(&again), leaves(&split));
                prop_assert!(again.surplus().is_zero());
                let bounds = |split: &yardstick::target::cascade::Split| -> Vec<_> {
                    split.nodes().map(|node| node.bound()).collect()
                };
                prop_assert_eq!(bounds(&again), bounds(&split));
            }
            Err(_) => prop_assert!(!again.surplus().is_zero()),
        }
        let given: Vec<_> = actuals[..count].iter().map(|a| a.map(Rational::from)).collect();
        let split = cascade.split_rest(quanta, &given).unwrap();
        for node in split.nodes().filter(|node| !node.is_leaf()) {
            let sum: Rational = node.children().map(|child| child.amount()).sum();
            prop_assert_eq!(sum, node.amount());
        }
        prop_assert_eq!(split.root().amount() - split.surplus(), Rational::from(quanta));
        let mut bounds = Vec::new();
        leaf_bounds(&spec, &mut bounds);
        for ((leaf, actual), (low, high)) in split.leaves().zip(&given).zip(bounds) {
            match actual {
                Some(actual) => prop_assert_eq!(&leaf.amount(), actual),
                None => {
                    let amount = big(&leaf.amount());
                    prop_assert!(amount >= integer(low));
                    prop_assert!(amount <= BigRational::from_integer(BigInt::from(high)));
                }
            }
        }
    }
}

fn leaf_bounds(spec: &Spec, all: &mut Vec<(i64, i64)>) {
    if spec.children.is_empty() {
        all.push((spec.floor.unwrap_or(0), spec.ceiling.unwrap_or(i64::MAX)));
    }
    spec.children.iter().for_each(|child| leaf_bounds(child, all));
}
