//! Cascades: laws as properties, a model written differently, known cases, and what is refused.

mod model;

mod bounds;
#[cfg(feature = "json")]
mod document;
mod errors;
mod known;
mod over;
mod properties;
mod ramp;
mod ratio;
mod rest;
mod time;

use num_rational::BigRational;
use yardstick::Rational;
use yardstick::target::cascade::{Cascade, Node, Split};

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

fn big(value: &Rational) -> BigRational {
    let text = value.to_string();
    let (num, den) = text.split_once('/').unwrap_or((&text, "1"));
    BigRational::new(num.parse().unwrap(), den.parse().unwrap())
}

fn integer(value: i64) -> BigRational {
    BigRational::from_integer(value.into())
}

/// What leaves get, as text.
fn leaves(split: &Split) -> Vec<String> {
    split.leaves().map(|leaf| leaf.amount().to_string()).collect()
}

/// A tree of two levels.
fn team<const N: usize>(members: [Node; N]) -> Node {
    Node::new("team").children(members)
}

fn cascade(root: Node) -> Cascade {
    Cascade::new(root, 1).unwrap()
}

fn text_of<T: std::fmt::Debug>(result: Result<T, yardstick::Error>) -> String {
    result.unwrap_err().to_string()
}
