//! Splits that others published, and trees that one can check by hand.

use std::path::Path;

use serde_json::Value as Json;
use yardstick::target::cascade::{Cascade, Node};
use yardstick::{Calendar, Grain, Rational};

use super::{cascade, leaves, rational, team};

/// Runs a published split as a tree of one level.
fn agrees(case: &Json) {
    let number = |value: &Json| rational(value.as_str().unwrap());
    let list = |name: &str| case[name].as_array().unwrap().iter().map(number).collect::<Vec<_>>();
    let parts = list("weights").into_iter().enumerate();
    let root =
        Node::new("all").children(parts.map(|(i, weight)| Node::new(i.to_string()).weight(weight)));
    let split = Cascade::new(root, number(&case["quantum"])).unwrap();
    let split = split.split(number(&case["total"])).unwrap();
    let parts: Vec<Rational> = split.leaves().map(|leaf| leaf.amount()).collect();
    assert_eq!(parts, list("published"), "{}", case["id"]);
    assert_eq!(split.roll_up()[0], number(&case["total"]));
}

#[test]
fn published_splits() {
    let document: Json =
        serde_json::from_str(include_str!("../../oracle/kpi/worked_allocation.json")).unwrap();
    let cases = document["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 6);
    for case in cases {
        agrees(case);
        assert!(case["source"].is_string() && case["url"].as_str().unwrap().starts_with("https"));
    }
}

/// The same in a shared folder, where `YARDSTICK_SHARED` names one.
#[test]
fn shared_published_splits() {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        println!("YARDSTICK_SHARED is not set: 0 shared published splits ran");
        return;
    };
    let path = Path::new(&shared).join("oracle/kpi/worked_examples.json");
    let document: Json = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let cases = document["allocation_examples"].as_array().unwrap();
    cases.iter().for_each(agrees);
    println!("shared published splits run: {}", cases.len());
    assert_eq!(cases.len(), 6);
}

#[test]
fn a_company_by_hand() {
    // 1,000,003 by 5, 3 and 2 is 500001.5, 300000.9 and 200000.6: the units that are left go to
    // .9 and .6.
    let region = |name: &str, weight: u32, people: u32| {
        let people = (1..=people).map(|i| Node::new(format!("{name}{i}")));
        Node::new(name).weight(weight).children(people)
    };
    let root =
        Node::new("company").children([region("n", 5, 3), region("s", 3, 2), region("w", 2, 2)]);
    let split = cascade(root).split(1_000_003).unwrap();
    let told: Vec<String> = split
        .nodes()
        .map(|node| format!("{}{} {}", ">".repeat(node.depth()), node.name(), node.amount()))
        .collect();
    assert_eq!(
        told,
        [
            "company 1000003",
            ">n 500001",
            ">>n1 166667",
            ">>n2 166667",
            ">>n3 166667",
            ">s 300001",
            ">>s1 150001",
            ">>s2 150000",
            ">w 200001",
            ">>w1 100001",
            ">>w2 100000",
        ]
    );
    let node = split.at(["company", "s", "s2"]).unwrap();
    assert_eq!(node.path(), ["company", "s", "s2"]);
    assert_eq!(node.share(), rational("150000.5"));
    assert_eq!(node.parent().unwrap().name(), "s");
    assert_eq!(node.parent().unwrap().parent().unwrap().children().len(), 3);
    assert!(split.root().parent().is_none());
    assert_eq!(split.root().share(), 1_000_003.into());
}

#[test]
fn edges() {
    // A root alone, zero, and a negative total.
    let alone = cascade(Node::new("all"));
    assert_eq!(leaves(&alone.split(7).unwrap()), ["7"]);
    assert_eq!(alone.roll_up(&[5.into()]).unwrap(), [Rational::from(5)]);
    let two = || team([Node::new("a"), Node::new("b").weight(2)]);
    assert_eq!(leaves(&cascade(two()).split(0).unwrap()), ["0", "0"]);
    assert_eq!(leaves(&cascade(two()).split(-10).unwrap()), ["-3", "-7"]);
    // The largest there may be, and weights that need big integers.
    let most = (1_i128 << 96) - 1;
    let split = cascade(two()).split(most).unwrap();
    assert_eq!(leaves(&split), [(most / 3).to_string(), (most / 3 * 2).to_string()]);
    let wide = Rational::from(3).checked_pow(400).unwrap();
    let root = team([Node::new("a").weight(&wide), Node::new("b").weight(&wide + &wide)]);
    assert_eq!(leaves(&cascade(root).split(most).unwrap()), leaves(&split));
    let root = team([Node::new("a").weight(&wide), Node::new("b")]);
    let split = cascade(root).split(5).unwrap();
    assert_eq!(leaves(&split), ["5", "0"]);
    let share = split.at(["team", "b"]).unwrap().share();
    assert_eq!(share, Rational::from(5).checked_div(&(wide + Rational::ONE)).unwrap());
}

#[test]
fn a_hundred_thousand_leaves_and_the_deepest_tree() {
    let leaf = |i: u32| Node::new(format!("leaf {i}")).weight(i % 997 + 1);
    let flat = cascade(Node::new("all").children((0..100_000).map(leaf)));
    let split = flat.split(123_456_789).unwrap();
    assert_eq!(split.roll_up()[0], 123_456_789.into());
    assert_eq!(split.at(["all", "leaf 99999"]).unwrap().depth(), 1);
    // The same with every leaf bound on both sides.
    let bound = |i: u32| leaf(i).floor(i % 1_500).ceiling(i % 1_500 + i % 7 * 400 + 200);
    let flat = cascade(Node::new("all").children((0..100_000).map(bound)));
    let split = flat.split(123_456_789).unwrap();
    assert_eq!(split.roll_up()[0], 123_456_789.into());

    let mut deep = Node::new("63");
    for level in (0..63).rev() {
        deep = Node::new(level.to_string()).child(deep);
    }
    let split = cascade(deep).split(5).unwrap();
    assert_eq!((split.nodes().len(), leaves(&split)), (64, vec!["5".to_owned()]));
    assert_eq!(split.nodes().last().unwrap().depth(), 63);

    let year = Calendar::default().period("2024").unwrap();
    let decade = yardstick::Period::inclusive(year.first(), "2033-12-31".parse().unwrap()).unwrap();
    let grains = [Grain::Year, Grain::Quarter, Grain::Month, Grain::Week, Grain::Day];
    let tree = Node::over_time("decade", decade, &grains, Calendar::default(), |_| Rational::ONE);
    let split = cascade(tree.unwrap()).split(1_000_000).unwrap();
    assert_eq!(split.leaves().count(), decade.days() as usize);
    assert_eq!(split.roll_up()[0], 1_000_000.into());
}
