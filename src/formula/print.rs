//! A tree as text again, with the parentheses that it needs and no others.

use std::fmt::Write;

use super::parse::REPORTED;
use super::tree::{Kind, Node, Operator};

/// How tightly a part binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Sum,
    Product,
    Sign,
    Power,
    Whole,
}

fn strength(node: &Node) -> Strength {
    match &node.kind {
        Kind::Binary(Operator::Add | Operator::Subtract, ..) => Strength::Sum,
        Kind::Binary(..) => Strength::Product,
        Kind::Negate(_) => Strength::Sign,
        Kind::Power(..) => Strength::Power,
        _ => Strength::Whole,
    }
}

/// The text of a part; numbers as they stand in `source`.
pub(super) fn print(node: &Node, source: &str) -> String {
    let mut text = String::new();
    write(node, Strength::Sum, source, &mut text);
    text
}

/// Writes a part where something of at least the strength `due` must stand.
fn write(node: &Node, due: Strength, source: &str, text: &mut String) {
    let wrapped = strength(node) < due;
    if wrapped {
        text.push('(');
    }
    match &node.kind {
        // Its place is that of the parentheses around it, where there are some, and so may hold two
        // signs that are none.
        Kind::Number(..) => {
            let around = |c: char| matches!(c, '(' | ')' | '-') || c.is_whitespace();
            text.push_str(source[node.span.clone()].trim_matches(around));
        }
        Kind::Name(name) => text.push_str(name),
        Kind::KpiName(name) => {
            text.push_str("kpi.");
            text.push_str(name);
        }
        Kind::Negate(inner) => {
            text.push('-');
            write(inner, Strength::Power, source, text);
        }
        Kind::Binary(operator, left, right) => {
            // Both kinds of operator take the left first: a - (b - c) needs its parentheses.
            let (own, above) = match strength(node) {
                Strength::Sum => (Strength::Sum, Strength::Product),
                _ => (Strength::Product, Strength::Sign),
            };
            write(left, own, source, text);
            let _ = write!(text, " {} ", operator.symbol());
            write(right, above, source, text);
        }
        Kind::Power(base, exponent) => {
            write(base, Strength::Whole, source, text);
            let _ = write!(text, "^{exponent}");
        }
        Kind::Call(function, arguments) => {
            text.push_str(function.name());
            for (i, argument) in arguments.iter().enumerate() {
                text.push_str(if i == 0 { "(" } else { ", " });
                write(argument, Strength::Sum, source, text);
            }
            text.push(')');
        }
        Kind::Over(window, inner) => {
            let _ = write!(text, "{}(", window.name());
            write(inner, Strength::Sum, source, text);
            let _ = write!(text, "{window})");
        }
        Kind::Reported(inner) => {
            let _ = write!(text, "{REPORTED}(");
            write(inner, Strength::Sum, source, text);
            text.push(')');
        }
    }
    if wrapped {
        text.push(')');
    }
}
