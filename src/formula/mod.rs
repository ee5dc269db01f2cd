//! A formula: text, its tree, and its value on its own.
//!
//! `token` cuts the text, `parse` makes the tree that `tree` declares, `print` writes it again. What
//! a name stands for, and whether units go together, is for those who use a formula to say: measures
//! that are computed for each row, and KPIs.

mod parse;
mod print;
mod token;
mod tree;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use self::parse::REPORTED;
pub(crate) use self::tree::{Function, Kind, Node, Operator, Window};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::number::{CAPACITY_BITS, Rational, Reason, Sense, Value};

/// A formula over measures and KPIs.
///
/// Numbers (`0.45`, `12 [month/year]` with a unit), names of measures and KPIs (`kpi.name` where
/// both exist), `+ - * /`, `^` with an integer, parentheses, and functions. `*` and `/` bind more
/// than `+` and `-`, `^` more than a sign: `-x^2` is `-(x^2)`. Where units must be alike, the first
/// holds and other units of time are converted to it. A bare `0` fits any unit, and so does a
/// product with it.
///
/// | function | meaning |
/// |---|---|
/// | `min(a, b, ...)`, `max(a, b, ...)` | the smallest, the largest |
/// | `abs(a)` | without its sign |
/// | `if_undefined(a, b)` | `b` where `a` is undefined |
/// | `prior(a)` | `a` in the comparison period |
/// | `ago(a, 1 year)` | `a` a span earlier; see [`Period::back`](crate::Period::back) |
/// | `baseline(a, last_season)` | `a` in a period that the [`KpiSet`](crate::KpiSet) names |
/// | `trailing(a, 7 days)` | `a` over the span that ends with the last day; see [`Period::trailing`](crate::Period::trailing) |
/// | `to_date(a, month)` | `a` from the first day of the `day`, `week`, `month`, `quarter` or `year` of the last day, up to that day |
/// | `since_start(a)` | `a` from the first day of the facts up to the last day; missing before that |
/// | `reported(a)` | `a` in the reporting currency of the [`KpiSet`](crate::KpiSet) |
///
/// The functions of periods go in any order and depth, each starting from the period of the one
/// around it: `ago(trailing(a, 7 days), 1 year)` is the week that ends a year before. What they hold
/// may be any formula, and is computed from measures rolled up over that period: a trailing ratio is
/// the ratio of trailing sums.
///
/// Everything is exact. A quotient with a zero denominator is undefined, with its reason, and so is
/// whatever is computed from it; where several reasons meet, see [`Reason`]. A value beyond 16,384
/// bits is [`Reason::Capacity`]. A formula has at most 4,096 bytes, 256 operations and a nesting of 64.
///
/// ```
/// use yardstick::{Formula, Value};
///
/// let ltv: Formula = "revenue / customers * margin / (lost / opening)".parse()?;
/// let value = ltv.evaluate([
///     ("revenue", "40654.60".parse()?),
///     ("customers", 67.into()),
///     ("margin", "0.45".parse()?),
///     ("lost", 18.into()),
///     ("opening", 67.into()),
/// ])?;
/// assert_eq!(value, Value::Defined("203273/200".parse()?));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    text: String,
    root: Node,
}

impl Formula {
    /// The text as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same formula in one way of writing: blanks around operators and behind commas, no
    /// parentheses but those that it needs. It reads back as the same formula.
    ///
    /// ```
    /// use yardstick::Formula;
    ///
    /// let formula: Formula = "(spend)/( leads - (returned+lost) )".parse()?;
    /// assert_eq!(formula.normalized(), "spend / (leads - (returned + lost))");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[must_use]
    pub fn normalized(&self) -> String {
        print::print(&self.root, &self.text)
    }

    pub(crate) fn root(&self) -> &Node {
        &self.root
    }

    /// The names that the formula uses, in order of their first use; a KPI's as `kpi.name` where it
    /// is written so.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        fn collect(node: &Node, names: &mut Vec<String>) {
            let name = match &node.kind {
                Kind::Name(name) => name.clone(),
                Kind::KpiName(name) => format!("kpi.{name}"),
                _ => return node.children().iter().for_each(|child| collect(child, names)),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut names = Vec::new();
        collect(&self.root, &mut names);
        names
    }

    /// The same formula with other names, in its text too, so that an error shows the names that it
    /// is about; a name that `rename` does not know stays. All names are replaced at once.
    ///
    /// # Errors
    ///
    /// As for reading the new text.
    pub(crate) fn renamed(&self, rename: &dyn Fn(&str) -> Option<String>) -> Result<Self, Error> {
        /// Names and their places, in the order of the text.
        fn collect<'a>(node: &'a Node, names: &mut Vec<(&'a str, Range<usize>)>) {
            match &node.kind {
                Kind::Name(name) => names.push((name, node.span.clone())),
                _ => node.children().iter().for_each(|child| collect(child, names)),
            }
        }
        let mut names = Vec::new();
        collect(&self.root, &mut names);
        let (mut text, mut at) = (String::with_capacity(self.text.len()), 0);
        for (name, span) in names {
            if let Some(new) = rename(name) {
                text.push_str(&self.text[at..span.start]);
                text.push_str(&new);
                at = span.end;
            }
        }
        text.push_str(&self.text[at..]);
        text.parse()
    }

    /// The value for given numbers, without units: names are taken as they are, and a literal's unit
    /// is not looked at.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] for a name without a value, [`ErrorKind::Domain`] for `prior` and
    /// others, which need periods, and for `reported`, which needs rates.
    pub fn evaluate<'a>(
        &self,
        values: impl IntoIterator<Item = (&'a str, Rational)>,
    ) -> Result<Value, Error> {
        let values: Vec<(&str, Rational)> = values.into_iter().collect();
        self.value(&self.root, &values)
    }

    fn value(&self, node: &Node, values: &[(&str, Rational)]) -> Result<Value, Error> {
        let text = &self.text;
        let (start, end) = (node.span.start, node.span.end);
        let lookup = |name: &str| {
            let found = values.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| bounded(value.clone())).ok_or_else(|| {
                let remedy = did_you_mean(name, values.iter().map(|(known, _)| *known));
                let message =
                    format!("unknown name \"{name}\" at {start}..{end} in \"{text}\"; {remedy}");
                Error::new(ErrorKind::Unknown, message).in_text(text, node.span.clone())
            })
        };
        let unbounded = |_: bool| Reason::Unbounded(Sense::Neutral);
        Ok(match &node.kind {
            Kind::Number(number, _) => bounded(number.clone()),
            Kind::Name(name) => lookup(name)?,
            Kind::KpiName(name) => lookup(&format!("kpi.{name}"))?,
            Kind::Negate(inner) => self.value(inner, values)?.map(|value| -value),
            Kind::Power(inner, exponent) => {
                power(&self.value(inner, values)?, *exponent, unbounded)
            }
            Kind::Binary(operator, left, right) => {
                let (left, right) = (self.value(left, values)?, self.value(right, values)?);
                binary(*operator, &left, &right, unbounded)
            }
            Kind::Over(window, _) => {
                let name = window.name();
                let message = format!(
                    "{name} at {start}..{end} in \"{text}\" needs periods; evaluate it as a KPI of a model"
                );
                return Err(Error::new(ErrorKind::Domain, message).in_text(text, node.span.clone()));
            }
            Kind::Reported(_) => {
                let message = format!(
                    "{REPORTED} at {start}..{end} in \"{text}\" needs the rates of a model; evaluate it as a KPI of one"
                );
                return Err(Error::new(ErrorKind::Domain, message).in_text(text, node.span.clone()));
            }
            Kind::Call(function, arguments) => {
                let arguments = arguments.iter().map(|argument| self.value(argument, values));
                call(*function, arguments.collect::<Result<_, _>>()?)
            }
        })
    }
}

impl FromStr for Formula {
    type Err = Error;

    /// Reads a formula.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Syntax`], [`ErrorKind::Unknown`] for a function, [`ErrorKind::Capacity`]; with
    /// the place in the text.
    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(Self { text: text.to_owned(), root: parse::parse(text)? })
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A number within the limit on size, else undefined.
pub(crate) fn bounded(value: Rational) -> Value {
    match value.bits() > CAPACITY_BITS {
        true => Value::Undefined(Reason::Capacity),
        false => Value::Defined(value),
    }
}

fn flat(value: Value<Value>) -> Value {
    match value {
        Value::Defined(value) => value,
        Value::Undefined(reason) => Value::Undefined(reason),
    }
}

/// `unbounded` says what a non-zero numerator over zero means; its argument is whether the numerator
/// is negative.
pub(crate) fn binary(
    operator: Operator,
    left: &Value,
    right: &Value,
    unbounded: impl Fn(bool) -> Reason,
) -> Value {
    flat(left.as_ref().zip(right.as_ref(), |a, b| match operator {
        Operator::Add => bounded(a + b),
        Operator::Subtract => bounded(a - b),
        Operator::Multiply => bounded(a * b),
        Operator::Divide => match a.checked_div(b) {
            Ok(quotient) => bounded(quotient),
            Err(_) if a.is_zero() => Value::Undefined(Reason::NoBase),
            Err(_) => Value::Undefined(unbounded(a.is_negative())),
        },
    }))
}

pub(crate) fn power(base: &Value, exponent: i32, unbounded: impl Fn(bool) -> Reason) -> Value {
    flat(base.as_ref().map(|base| match base.checked_pow(exponent) {
        Ok(power) => Value::Defined(power),
        Err(error) if error.kind() == ErrorKind::DivisionByZero => {
            Value::Undefined(unbounded(false))
        }
        Err(_) => Value::Undefined(Reason::Capacity),
    }))
}

pub(crate) fn call(function: Function, arguments: Vec<Value>) -> Value {
    let mut arguments = arguments.into_iter();
    let first = arguments.next().unwrap_or(Value::Undefined(Reason::Missing));
    match function {
        Function::Min => arguments.fold(first, |a, b| a.zip(b, Ord::min)),
        Function::Max => arguments.fold(first, |a, b| a.zip(b, Ord::max)),
        Function::Abs => first.map(|value| value.abs()),
        Function::IfUndefined => match (first, arguments.next()) {
            (Value::Undefined(_), Some(other)) => other,
            (first, _) => first,
        },
    }
}
