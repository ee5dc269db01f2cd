//! What is refused, and in which words.

use yardstick::target::cascade::{Bound, Cascade, Node, RatioCascade};
use yardstick::{Calendar, ErrorKind, Grain, Mode, Rational};

use super::{cascade, rational, team, text_of};

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let root = Node::new("company").over_assign(0, Mode::Exact).children([
        Node::new("north").weight(-1).children([Node::new(""), Node::new("x"), Node::new("x")]),
        Node::new("south").floor(-1).ceiling(-2).over_assign(2, Mode::Ceil),
        Node::new("west").floor(5).ceiling(rational("4.5")).denominator(3),
        Node::new("east").children(["a", "b"].map(|name| Node::new(name).weight(0))),
        Node::new("centre").floor(rational("1.2")).ceiling(rational("1.8")),
    ]);
    let error = Cascade::new(root, 1).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert_eq!(
        error.to_string(),
        "11 problems in the cascade
  children[0].weight: weight -1 of \"company > north\" is below zero; give zero or more
  children[0].children[2].name: \"company > north > x\" is there twice among its siblings; rename one
  children[0].children[0].name: an empty name; give it one
  children[3].children: the weights of the children of \"company > east\" are all zero; give one above zero
  over_assignment.factor: factor 0 of \"company\" is not above zero; 1 hands down what the node got
  children[1].over_assignment: \"company > south\" has no children to hand down to; remove the over-assignment
  children[1].floor: floor -1 of \"company > south\" is below zero; give zero or more
  children[1].ceiling: ceiling -2 of \"company > south\" is below zero; give zero or more
  children[2].denominator: \"company > west\" has a denominator, which an amount does not look at; remove it, or cascade a ratio
  children[2].floor: floor 5 of \"company > west\" is above its ceiling 9/2; swap them or change one
  children[4].floor: no multiple of the quantum 1 lies between floor 6/5 and ceiling 9/5 of \"company > centre\"; widen them"
    );
    assert_eq!(
        text_of(Cascade::new(Node::new("all"), -1)),
        "1 problem in the cascade\n  quantum: quantum -1 is not above zero; give one above"
    );
}

#[test]
fn bounds_that_cannot_be_kept_name_the_node_and_both_numbers() {
    let members = || [Node::new("ann").floor(8), Node::new("ben").floor(4).ceiling(6)];
    let refused = |root: Node| text_of(Cascade::new(root, 1));
    assert_eq!(
        refused(Node::new("all").child(team(members()).ceiling(11))),
        "1 problem in the cascade\n  children[0]: \"all > team\" must get at least 12 (the floors below it) and at most 11 (its ceiling); lower a floor or raise a ceiling"
    );
    let [ann, ben] = members();
    assert_eq!(
        refused(team([ann.ceiling(9), ben]).floor(20)),
        "1 problem in the cascade\n  \"team\" must get at least 20 (its floor) and at most 15 (the ceilings below it); lower a floor or raise a ceiling"
    );
    // Three times anything is no 4.
    let four = || Node::new("ann").floor(4).ceiling(4);
    assert_eq!(
        refused(team([four()]).over_assign(3, Mode::Floor)),
        "1 problem in the cascade\n  \"team\" must get at least 2 (the floors below it) and at most 1 (the ceilings below it); lower a floor or raise a ceiling"
    );
    // A node that weighs nothing takes its floor and no more.
    let idle = Node::new("idle").weight(0).floor(1).child(Node::new("a").weight(0));
    assert_eq!(
        refused(Node::new("all").child(idle).child(Node::new("b"))),
        "1 problem in the cascade\n  children[0]: \"all > idle\" must get at least 1 (its floor) and at most 0 (the ceilings below it); lower a floor or raise a ceiling"
    );
    let bound = cascade(team(members()).ceiling(40));
    assert_eq!(
        text_of(bound.split(11)),
        "total 11 is below 12, what the floors of \"team\" and below it need; raise the total or lower a floor"
    );
    assert_eq!(
        text_of(bound.split(41)),
        "total 41 is above 40, what the ceilings of \"team\" and below it take; lower the total or raise a ceiling"
    );
    assert_eq!(
        text_of(bound.split(-20)),
        "floors and ceilings are for amounts from zero on, and this one is below; remove them or split the magnitude"
    );
    assert!(bound.split(12).is_ok() && bound.split(40).is_ok());
}

#[test]
fn amounts_that_cannot_be_split() {
    let cascade = Cascade::new(team([Node::new("ann")]), rational("0.01")).unwrap();
    let error = cascade.split(rational("1.005")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Domain);
    assert_eq!(
        error.to_string(),
        "total 201/200 is no multiple of the quantum 1/100; round the total first"
    );
    let error = cascade.split(1_i128 << 96).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Capacity);
    assert_eq!(
        error.to_string(),
        "7922816251426433759354395033600 quanta are beyond 96 bits; take a larger quantum"
    );
    let floor = Rational::from(2).checked_pow(97).unwrap();
    assert_eq!(
        text_of(Cascade::new(team([Node::new("ann").floor(floor)]), 1)),
        "1 problem in the cascade\n  children[0].floor: floor of \"team > ann\" is beyond 96 bits of quanta; take a larger quantum"
    );
    // So large a ceiling never binds.
    let ceiling = Rational::from(2).checked_pow(97).unwrap();
    let free = Cascade::new(team([Node::new("ann").ceiling(ceiling)]), 1).unwrap();
    assert_eq!(free.split(5).unwrap().root().bound(), None);
}

#[test]
fn trees_that_are_too_large() {
    let mut deep = Node::new("leaf");
    for level in 0..100_000 {
        deep = Node::new(level.to_string()).child(deep);
    }
    assert_eq!(
        text_of(Cascade::new(deep, 1)),
        "1 problem in the cascade\n  a tree of more than 64 levels; cascade its branches one by one"
    );
    let wide =
        |count: usize| Node::new("all").children((0..count).map(|i| Node::new(i.to_string())));
    assert_eq!(
        text_of(Cascade::new(wide(1 << 20), 1)),
        "1 problem in the cascade\n  a tree of more than 1048576 nodes; cascade its branches one by one"
    );
    assert_eq!(cascade(wide((1 << 20) - 1)).nodes(), 1 << 20);
    // An endless supply of children is not waited for.
    let endless = (0_u64..).map(|i| Node::new(i.to_string()));
    assert!(Cascade::new(Node::new("all").children(endless), 1).is_err());
    // A thousand problems are enough.
    let wrong = (0..5_000).map(|i| Node::new(i.to_string()).weight(-1));
    let error = Cascade::new(Node::new("all").children(wrong), 1).unwrap_err();
    assert_eq!(error.problems().len(), 1_000);
    // Weights without a common measure to speak of.
    let primes =
        (3_u32..).step_by(2).filter(|n| (3..).take_while(|d| d * d <= *n).all(|d| n % d != 0));
    let unlike =
        primes.take(1_500).map(|p| Node::new(p.to_string()).weight(Rational::new(1, p).unwrap()));
    let error = Cascade::new(Node::new("all").children(unlike), 1).unwrap_err();
    assert_eq!(
        error.problems()[0].to_string(),
        "children: weights that exceed 16384 bits as integers without a common divisor; give them fewer different denominators below \"all\""
    );
    assert_eq!(error.problems()[0].kind(), ErrorKind::Capacity);
}

#[test]
fn paths_that_lead_nowhere() {
    let split = cascade(Node::new("company").child(team([Node::new("ann"), Node::new("ben")])));
    let split = split.split(10).unwrap();
    let told = |path: &[&str]| text_of(split.at(path.iter().copied()));
    assert_eq!(told(&[]), "an empty path; begin with the name of the root");
    assert_eq!(told(&["compny"]), "unknown node \"compny\"; did you mean \"company\"?");
    assert_eq!(
        told(&["company", "team", "anne"]),
        "unknown node \"anne\" below \"company > team\"; did you mean \"ann\"?"
    );
    assert_eq!(
        told(&["company", "team", "ann", "x"]),
        "no node \"x\" below \"company > team > ann\", which is a leaf"
    );
    assert_eq!("floor".parse::<Bound>().unwrap(), Bound::Floor);
    assert_eq!(text_of("flor".parse::<Bound>()), "unknown bound \"flor\"; did you mean \"floor\"?");
}

/// Sums of fractions that share no denominator end in an error, not in ever more digits.
#[test]
fn fractions_that_grow_without_end() {
    let unlike = |i: u64| Rational::new(1, i * 184_467_440_737_095 + 1).unwrap();
    let many = || (0..20_000).map(unlike);
    let root = || Node::new("all").children((0..20_000).map(|i| Node::new(i.to_string())));
    let told = |error: yardstick::Error| {
        let first = error.problems().first().unwrap_or(&error).clone();
        assert_eq!(first.kind(), ErrorKind::Capacity);
        first.to_string()
    };
    let flat = cascade(root());
    assert_eq!(
        told(flat.roll_up(&many().collect::<Vec<_>>()).unwrap_err()),
        "the amounts below \"all\" sum to more than 16384 bits; give them fewer different denominators"
    );
    let actuals: Vec<_> = many().map(Some).collect();
    assert_eq!(flat.split_rest(1, &actuals).unwrap_err().kind(), ErrorKind::Capacity);
    let ratios = many().enumerate().map(|(i, d)| Node::new(i.to_string()).denominator(d));
    assert_eq!(
        told(RatioCascade::new(Node::new("all").children(ratios)).unwrap_err()),
        "children: the denominators below \"all\" sum to more than 16384 bits; give them fewer digits"
    );
    let first = "2024-01-01".parse::<yardstick::Date>().unwrap();
    let days = yardstick::Period::inclusive(first, first.plus_days(19_999).unwrap()).unwrap();
    let weights: Vec<_> = many().collect();
    let tree = Node::over_days("all", days, &[Grain::Day], Calendar::default(), &weights);
    let text = told(tree.unwrap_err());
    assert!(
        text.ends_with("the sum of weights up to here exceeds 16384 bits; give them fewer different denominators"),
        "{text}"
    );
    // What is left of a deep tree of unlike weights.
    let mut deep = Node::new("leaf");
    for level in 0_i32..60 {
        let unlike = Rational::from(3 + 2 * level).checked_pow(-200).unwrap();
        deep = Node::new(level.to_string()).child(deep).child(Node::new("other").weight(unlike));
    }
    let deep = cascade(deep);
    let mut actuals = vec![None; deep.leaves().count()];
    actuals[1] = Some(Rational::ONE);
    let text = told(deep.split_rest(10, &actuals).unwrap_err());
    assert!(text.starts_with("the weights of what is left below \"59 > 58 > "), "{text}");
}
