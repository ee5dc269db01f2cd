//! The tree of a formula.

use std::fmt;
use std::ops::Range;

use crate::calendar::{Grain, Span};
use crate::number::Rational;
use crate::unit::Unit;

/// A part of a formula and where it stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// A number; without a unit it is pure, and a bare 0 fits any unit.
    Number(Rational, Option<Unit>),
    /// A measure, or else a KPI.
    Name(String),
    /// A KPI.
    KpiName(String),
    Negate(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    Power(Box<Node>, i32),
    Call(Function, Vec<Node>),
    /// The same over another period.
    Over(Window, Box<Node>),
    /// The same in the reporting currency.
    Reported(Box<Node>),
}

impl Node {
    /// The parts that a part is made of, from left to right.
    pub(crate) fn children(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Number(..) | Kind::Name(_) | Kind::KpiName(_) => Vec::new(),
            Kind::Negate(inner)
            | Kind::Power(inner, _)
            | Kind::Over(_, inner)
            | Kind::Reported(inner) => vec![inner],
            Kind::Binary(_, left, right) => vec![left, right],
            Kind::Call(_, arguments) => arguments.iter().collect(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Operator {
    pub(crate) const fn symbol(self) -> char {
        match self {
            Self::Add => '+',
            Self::Subtract => '-',
            Self::Multiply => '*',
            Self::Divide => '/',
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Min,
    Max,
    Abs,
    IfUndefined,
}

impl Function {
    pub(crate) const ALL: [Self; 4] = [Self::Min, Self::Max, Self::Abs, Self::IfUndefined];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
            Self::Abs => "abs",
            Self::IfUndefined => "if_undefined",
        }
    }

    /// The least and the most arguments.
    pub(super) const fn arity(self) -> (usize, usize) {
        match self {
            Self::Min | Self::Max => (2, usize::MAX),
            Self::Abs => (1, 1),
            Self::IfUndefined => (2, 2),
        }
    }
}

/// Another period than the one asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Window {
    /// The comparison period.
    Prior,
    /// The same a span earlier.
    Ago(Span),
    /// The span that ends with it.
    Trailing(Span),
    /// From the first day of the bucket in which it ends.
    ToDate(Grain),
    /// From the first day of the facts.
    SinceStart,
    /// A period with a name.
    Baseline(String),
}

impl Window {
    pub(crate) const NAMES: [&'static str; 6] =
        ["prior", "ago", "trailing", "to_date", "since_start", "baseline"];

    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Prior => "prior",
            Self::Ago(_) => "ago",
            Self::Trailing(_) => "trailing",
            Self::ToDate(_) => "to_date",
            Self::SinceStart => "since_start",
            Self::Baseline(_) => "baseline",
        }
    }

    /// Whether it adds up to a day, rather than look at another time.
    pub(crate) const fn is_cumulative(&self) -> bool {
        matches!(self, Self::Trailing(_) | Self::ToDate(_) | Self::SinceStart)
    }
}

impl fmt::Display for Window {
    /// The second argument, with its comma.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prior | Self::SinceStart => Ok(()),
            Self::Ago(span) | Self::Trailing(span) => write!(f, ", {span}"),
            Self::ToDate(grain) => write!(f, ", {grain}"),
            Self::Baseline(name) => write!(f, ", {name}"),
        }
    }
}
