//! Patterns from text, and back.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::Pattern;
use super::parts::{BITS, Part, Problem, Span, Step, TimeComparison, checked};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::events::length::Length;
use crate::funnel::TimeUnit;

const PART: &str = "a step such as (?1), any event (.) or a time such as (?t<=10)";

impl FromStr for Pattern {
    type Err = Error;

    /// Reads a pattern as [`Pattern`] says.
    fn from_str(text: &str) -> Result<Self, Error> {
        let mut reader = Reader { text, at: 0 };
        let (mut parts, mut spans) = (Vec::new(), Vec::new());
        reader.spaces();
        while reader.peek().is_some() {
            let start = reader.at;
            parts.push(reader.part()?);
            spans.push(start..reader.at);
            reader.spaces();
        }
        let parts = checked(&parts).map_err(|Problem { part, kind, message }| match part {
            Some(part) => {
                let span = spans.get(part).cloned().unwrap_or(0..text.len());
                let at = span.start;
                Error::new(kind, format!("at {at} in \"{text}\": {message}")).in_text(text, span)
            }
            None => Error::new(kind, format!("\"{text}\" {message}")).in_text(text, 0..text.len()),
        })?;
        Ok(Self { parts })
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take(&mut self, symbol: &str) -> bool {
        let found = self.rest().starts_with(symbol);
        self.at += if found { symbol.len() } else { 0 };
        found
    }

    /// As many characters as are such.
    fn run(&mut self, is: impl Fn(char) -> bool) -> Range<usize> {
        let rest = self.rest();
        let length = rest.find(|c| !is(c)).unwrap_or(rest.len());
        let start = self.at;
        self.at += length;
        start..self.at
    }

    fn unexpected(&self, due: &str) -> Error {
        let (text, at) = (self.text, self.at);
        let (message, span) = match self.peek() {
            Some(found) => {
                let message =
                    format!("unexpected \"{found}\" at {at} in \"{text}\", where {due} is due");
                (message, at..at + found.len_utf8())
            }
            None => (format!("\"{text}\" ends where {due} is due"), at..at),
        };
        Error::new(ErrorKind::Syntax, message).in_text(text, span)
    }

    fn wrong(&self, kind: ErrorKind, span: Range<usize>, message: &str) -> Error {
        let (text, at) = (self.text, span.start);
        Error::new(kind, format!("at {at} in \"{text}\": {message}")).in_text(text, span)
    }

    fn due(&mut self, symbol: &str, due: &str) -> Result<(), Error> {
        match self.take(symbol) {
            true => Ok(()),
            false => Err(self.unexpected(due)),
        }
    }

    fn part(&mut self) -> Result<Part, Error> {
        if self.take(".") {
            return self.repeated(None);
        }
        self.due("(", PART)?;
        self.due("?", "? after (: a step such as (?1) or a time such as (?t<=10)")?;
        match self.take("t") {
            true => self.time(),
            false => {
                let start = self.at;
                let number: u32 = self.number("the number of a step, from 1, or t for a time")?;
                let bit = number.checked_sub(1).filter(|bit| *bit < BITS).ok_or_else(|| {
                    let message = format!("there is no step {number}; steps are 1 to {BITS}");
                    self.wrong(ErrorKind::Domain, start..self.at, &message)
                })?;
                self.due(")", "\")\" after the step")?;
                self.repeated(Some(bit))
            }
        }
    }

    fn number<N: FromStr>(&mut self, due: &str) -> Result<N, Error> {
        let span = self.run(|c| c.is_ascii_digit());
        match self.text.get(span.clone()) {
            None | Some("") => Err(self.unexpected(due)),
            Some(digits) => digits.parse().map_err(|_| {
                self.wrong(ErrorKind::Overflow, span, "too large a number; give a smaller one")
            }),
        }
    }

    /// How often a step comes.
    fn repeated(&mut self, bit: Option<u32>) -> Result<Part, Error> {
        let (least, most) = match () {
            () if self.take("*") => (0, None),
            () if self.take("+") => (1, None),
            () if self.take("?") => (0, Some(1)),
            () if self.take("{") => self.times()?,
            () => (1, Some(1)),
        };
        Ok(Part::Step(Step { bit, least, most }))
    }

    fn times(&mut self) -> Result<(u32, Option<u32>), Error> {
        const DUE: &str = "\"}\" after how often, as in {3}, {2,5} or {2,}";
        self.spaces();
        let least = self.number("how often, as in {3}, {2,5} or {2,}")?;
        self.spaces();
        let most = match self.take(",") {
            false => Some(least),
            true => {
                self.spaces();
                let more = self.peek().is_some_and(|c| c.is_ascii_digit());
                if more { Some(self.number(DUE)?) } else { None }
            }
        };
        self.spaces();
        self.due("}", DUE)?;
        Ok((least, most))
    }

    fn time(&mut self) -> Result<Part, Error> {
        self.spaces();
        let start = self.at;
        let span = self.run(|c| "<>=!".contains(c));
        let symbol = self.text.get(span.clone()).unwrap_or_default();
        let found = TimeComparison::ALL.into_iter().find(|other| other.name() == symbol);
        let Some(comparison) = found else {
            self.at = start;
            return Err(match symbol {
                "" => self.unexpected("one of <=, <, >=, > and =="),
                _ => {
                    let message = format!("no comparison \"{symbol}\"; give <=, <, >=, > or ==");
                    self.wrong(ErrorKind::Syntax, span, &message)
                }
            });
        };
        self.spaces();
        let amount = self.number("a length of time")?;
        self.spaces();
        let span = self.run(|c| c.is_alphabetic());
        let length = match self.text.get(span.clone()).unwrap_or_default() {
            "" => Span::Own(amount),
            name => Span::Given(Length::new(amount, self.unit(name, span)?)),
        };
        self.spaces();
        self.due(")", "\")\" after the time, or its unit")?;
        Ok(Part::Time(comparison, length))
    }

    fn unit(&self, name: &str, span: Range<usize>) -> Result<TimeUnit, Error> {
        let one = name.strip_suffix('s').unwrap_or(name);
        let found = TimeUnit::ALL.into_iter().find(|unit| unit.name() == one);
        found.ok_or_else(|| {
            let remedy = did_you_mean(one, TimeUnit::ALL.map(TimeUnit::name));
            self.wrong(ErrorKind::Unknown, span, &format!("unknown unit \"{name}\"; {remedy}"))
        })
    }
}

impl fmt::Display for Pattern {
    /// As it is read, without what says nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                Part::Anything => f.write_str(".*")?,
                Part::Time(comparison, Span::Own(length)) => write!(f, "(?t{comparison}{length})")?,
                Part::Time(comparison, Span::Given(length)) => {
                    let plural = if length.amount() == 1 { "" } else { "s" };
                    write!(f, "(?t{comparison}{} {}{plural})", length.amount(), length.unit())?;
                }
                Part::Step(Step { bit, least, most }) => {
                    match bit {
                        Some(bit) => write!(f, "(?{})", bit + 1)?,
                        None => f.write_str(".")?,
                    }
                    match (least, most) {
                        (1, Some(1)) => {}
                        (0, Some(1)) => f.write_str("?")?,
                        (0, None) => f.write_str("*")?,
                        (1, None) => f.write_str("+")?,
                        (least, None) => write!(f, "{{{least},}}")?,
                        (least, Some(most)) if least == most => write!(f, "{{{least}}}")?,
                        (least, Some(most)) => write!(f, "{{{least},{most}}}")?,
                    }
                }
            }
        }
        Ok(())
    }
}
