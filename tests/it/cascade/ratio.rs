//! Ratios down a tree by their denominators.

use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;
use yardstick::target::cascade::{Node, RatioCascade, RatioSplit};
use yardstick::{ErrorKind, Mode, Rational, Reason, Value};

use super::model::within_one;
use super::{big, integer, rational, team, text_of};

fn members(leads: &[(u64, u64)]) -> Node {
    let member = |(i, (weight, leads)): (usize, &(u64, u64))| {
        Node::new(i.to_string()).weight(*weight).denominator(*leads)
    };
    Node::new("team").children(leads.iter().enumerate().map(member))
}

fn ratios(split: &RatioSplit) -> Vec<String> {
    split.leaves().map(|leaf| leaf.ratio().to_string()).collect()
}

#[test]
fn by_hand() {
    // 10 % of 1,000 leads; the second is to be twice as good as the others.
    let cascade = RatioCascade::new(members(&[(1, 500), (2, 300), (1, 200)])).unwrap();
    let split = cascade.split(rational("0.1")).unwrap();
    // 100 deals by 500, 600 and 200.
    assert_eq!(ratios(&split), ["1/13", "2/13", "1/13"]);
    assert_eq!(split.root().ratio(), Value::Defined(rational("0.1")));
    let split = cascade.split_whole(rational("0.1"), 1).unwrap();
    let deals: Vec<String> = split.leaves().map(|leaf| leaf.numerator().to_string()).collect();
    assert_eq!(deals, ["39", "46", "15"]); // 38.46, 46.15, 15.38
    assert_eq!(ratios(&split), ["39/500", "23/150", "3/40"]);
    // With equal weights all have the ratio of the whole; below zero too.
    let cascade = RatioCascade::new(members(&[(3, 7), (3, 11)])).unwrap();
    assert_eq!(ratios(&cascade.split(rational("-1/3")).unwrap()), ["-1/3", "-1/3"]);
    let losses = cascade.split_whole(rational("-1/3"), 1).unwrap();
    assert_eq!(ratios(&losses), ["-2/7", "-4/11"]); // 2.33 and 3.67 of 6
    // A ratio above one, and a root alone.
    let alone = RatioCascade::new(Node::new("all").denominator(4)).unwrap();
    assert_eq!(alone.split(3).unwrap().root().numerator(), &12.into());
    let root = alone.split(3).unwrap();
    let root = root.root();
    assert_eq!(
        (root.name(), root.depth(), root.is_leaf(), root.path()),
        ("all", 0, true, vec!["all"])
    );
}

#[test]
fn without_a_denominator_there_is_no_ratio() {
    let cascade = RatioCascade::new(members(&[(1, 0), (1, 50)])).unwrap();
    for split in
        [cascade.split(rational("0.1")).unwrap(), cascade.split_whole(rational("0.1"), 1).unwrap()]
    {
        let idle = split.at(["team", "0"]).unwrap();
        assert_eq!(idle.numerator(), &Rational::ZERO);
        assert_eq!(idle.ratio(), Value::Undefined(Reason::NoBase));
        assert_eq!(split.at(["team", "1"]).unwrap().numerator(), &5.into());
    }
    let none = RatioCascade::new(members(&[(1, 0), (1, 0)])).unwrap();
    let split = none.split(rational("0.1")).unwrap();
    assert!(split.nodes().all(|node| node.ratio() == Value::Undefined(Reason::NoBase)));
}

#[test]
fn what_is_no_ratio_cascade() {
    let root = Node::new("all").denominator(3).children([
        Node::new("a").denominator(-1),
        Node::new("b"),
        Node::new("c").denominator(1).floor(2).ceiling(3),
        team([Node::new("d").denominator(5)]).over_assign(2, Mode::Exact),
    ]);
    assert_eq!(
        text_of(RatioCascade::new(root)),
        "6 problems in the cascade
  denominator: \"all\" has a denominator and children; it is the sum of theirs, so remove it
  children[0].denominator: denominator -1 of \"all > a\" is below zero; give zero or more
  children[2].floor: floor of \"all > c\": a ratio takes none; remove it or cascade an amount
  children[2].ceiling: ceiling of \"all > c\": a ratio takes none; remove it or cascade an amount
  children[3].over_assignment: over_assignment of \"all > team\": a ratio takes none; remove it or cascade an amount
  children[1].denominator: \"all > b\" has no denominator; give what is expected of it"
    );
    assert_eq!(
        text_of(RatioCascade::new(members(&[(0, 5), (0, 6)]))),
        "1 problem in the cascade\n  children: the weights of the children of \"team\" are all zero; give one above zero"
    );
    let cascade = RatioCascade::new(members(&[(1, 50), (1, 53)])).unwrap();
    assert_eq!(
        text_of(cascade.split_whole(rational("0.1"), 1)),
        "ratio 1/10 of 103 is 103/10, no multiple of the quantum 1; round that and give it over the denominator as the ratio"
    );
    assert_eq!(text_of(cascade.split_whole(1, 0)), "quantum 0 is not above zero; give one above");
    let huge = Rational::from(2).checked_pow(200).unwrap();
    assert_eq!(cascade.split_whole(huge, 1).unwrap_err().kind(), ErrorKind::Capacity);
    // Fractions that grow from level to level end in an error, not in ever more digits.
    let mut deep = Node::new("leaf").denominator(1);
    for level in 0_u32..60 {
        let unlike =
            Rational::ONE.checked_div(&Rational::from(3 + 2 * level).checked_pow(200).unwrap());
        let other = Node::new("other").weight(unlike.unwrap()).denominator(1);
        deep = Node::new(level.to_string()).child(deep).child(other);
    }
    let error = RatioCascade::new(deep).unwrap().split(1).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Capacity);
    assert!(error.message().starts_with("the numerator of \"59 > 58 > "));
}

/// Two levels of teams.
fn company() -> impl Strategy<Value = Vec<Vec<(u64, u64)>>> {
    let member = (1_u64..5, prop_oneof![1 => Just(0_u64), 5 => 0_u64..300]);
    prop::collection::vec(prop::collection::vec(member, 1..5), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn numerators_over_denominators_are_the_ratio_at_every_level(
        company in company(),
        weights in prop::collection::vec(1_u64..5, 5),
        deals in -100_i64..100,
        whole in any::<bool>(),
    ) {
        let teams = company.iter().enumerate().map(|(i, team)| {
            let node = members(team);
            // Named by their place.
            Node::new(i.to_string()).weight(weights[i]).child(node)
        });
        let cascade = RatioCascade::new(Node::new("all").children(teams)).unwrap();
        let leads: u64 = company.iter().flatten().map(|(_, leads)| leads).sum();
        let ratio = match leads {
            0 => Rational::ONE,
            _ => Rational::new(deals, leads).unwrap(),
        };
        let split = match whole {
            true => cascade.split_whole(ratio.clone(), 1).unwrap(),
            false => cascade.split(ratio.clone()).unwrap(),
        };
        for depth in 0..4 {
            let level = || split.nodes().filter(|node| node.depth() == depth);
            let numerators: Rational = level().map(|node| node.numerator()).sum();
            let denominators: Rational = level().map(|node| node.denominator()).sum();
            prop_assert_eq!(denominators, Rational::from(leads));
            prop_assert_eq!(numerators, &ratio * Rational::from(leads));
        }
        // Each member by hand.
        let numerator = |path: &[&str]| big(split.at(path.iter().copied()).unwrap().numerator());
        for (i, team) in company.iter().enumerate() {
            let above = numerator(&["all", &i.to_string(), "team"]);
            let products: Vec<u64> = team.iter().map(|(weight, leads)| weight * leads).collect();
            let sum: u64 = products.iter().sum();
            for (j, product) in products.iter().enumerate() {
                let name = j.to_string();
                let part = numerator(&["all", &i.to_string(), "team", &name]);
                let share = match sum {
                    0 => BigRational::zero(),
                    _ => &above * integer(*product as i64) / integer(sum as i64),
                };
                match whole {
                    true => prop_assert!(part.is_integer() && within_one(&part, &share)),
                    false => prop_assert_eq!(part, share),
                }
            }
        }
    }
}
