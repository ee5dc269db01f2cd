//! Over-assignment by hand.

use yardstick::target::cascade::{Cascade, Node};
use yardstick::{ErrorKind, Mode};

use super::{cascade, leaves, rational, team};

fn two(factor: &str, mode: Mode) -> Node {
    team([Node::new("ann"), Node::new("ben")]).over_assign(rational(factor), mode)
}

#[test]
fn amount_and_handed_down_are_told_apart() {
    // 75 times 1.1 is 82.5.
    for (mode, handed, parts) in [
        (Mode::Floor, 82, ["41", "41"]),
        (Mode::Ceil, 83, ["42", "41"]),
        (Mode::HalfEven, 82, ["41", "41"]),
        (Mode::HalfExpand, 83, ["42", "41"]),
    ] {
        let split = cascade(two("1.1", mode)).split(75).unwrap();
        let root = split.root();
        assert_eq!((root.amount(), root.handed_down()), (75.into(), handed.into()), "{mode}");
        assert_eq!(leaves(&split), parts);
        assert_eq!(split.roll_up()[0], handed.into());
    }
    // By its own sign: -82.5 up is -82.
    let split = cascade(two("1.1", Mode::Ceil)).split(-75).unwrap();
    assert_eq!((split.root().handed_down(), leaves(&split)), ((-82).into(), vec!["-41".into(); 2]));
    // A factor below one holds back, and one of 1 changes nothing.
    let split = cascade(two("0.9", Mode::Floor)).split(75).unwrap();
    assert_eq!(
        (split.root().handed_down(), leaves(&split)),
        (67.into(), vec!["34".into(), "33".into()])
    );
    let split = cascade(two("1", Mode::Exact)).split(75).unwrap();
    assert_eq!(split.root().handed_down(), 75.into());
}

#[test]
fn one_level_over_another() {
    let north = two("1.1", Mode::HalfEven);
    let root = Node::new("all").child(north).child(Node::new("south"));
    let root = root.over_assign(rational("6/5"), Mode::HalfEven);
    let split = cascade(root).split(100).unwrap();
    assert_eq!(split.root().handed_down(), 120.into());
    let team = split.at(["all", "team"]).unwrap();
    assert_eq!((team.amount(), team.handed_down()), (60.into(), 66.into()));
    assert_eq!(leaves(&split), ["33", "33", "60"]);
    // What leaves sum to is more than any node above them handed down.
    assert_eq!(split.roll_up()[..2], [126.into(), 66.into()]);
}

#[test]
fn what_cannot_be_handed_down() {
    let error = cascade(two("1.1", Mode::Exact)).split(75).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Inexact);
    assert_eq!(
        error.to_string(),
        "\"team\": what is handed down, 11/10 times the amount, is no multiple of the quantum and the mode is exact; name a rounding mode"
    );
    assert_eq!(leaves(&cascade(two("1.1", Mode::Exact)).split(70).unwrap()), ["39", "38"]);
    let mut deep = Node::new("leaf");
    for level in 0..60 {
        deep = Node::new(level.to_string()).child(deep).over_assign(1_000, Mode::Floor);
    }
    let error = Cascade::new(deep, 1).unwrap().split(1).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Capacity);
    assert!(error.message().ends_with(
        "what is handed down, 1000 times the amount, is beyond 96 bits of quanta; take a larger quantum"
    ));
}
