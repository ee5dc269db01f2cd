//! Units as text: a strict reader that says what would be right.

use std::collections::BTreeMap;
use std::ops::Range;

use super::unit::{Base, MOST_EXPONENT, Time, Unit};
use crate::error::{Error, ErrorKind, did_you_mean};

/// The longest text of a unit, in bytes. Every unit prints shorter than this.
const MOST_BYTES: usize = 4_096;
/// The longest name, in bytes.
const MOST_NAME: usize = 64;

const CASE: &str = "a currency is three capitals, a counted thing lower case";
const NAMES: &str = "write a currency (EUR), a counted thing (order) or a unit of time (day)";

/// Reads `1`, or factors joined by `*` and `/`.
pub(super) fn unit(text: &str) -> Result<Unit, Error> {
    let length = text.len();
    if length > MOST_BYTES {
        return Err(Error::new(
            ErrorKind::Capacity,
            format!("a unit of {length} bytes; the most is {MOST_BYTES}"),
        ));
    }
    if text.is_empty() {
        return Err(refuse(text, 0..0, "it is empty; write 1 for a pure number"));
    }
    let mut reader = Reader { text, at: 0 };
    let mut exponents: BTreeMap<Base, i64> = BTreeMap::new();
    if !reader.leading_one() {
        let (base, exponent) = reader.factor()?;
        exponents.insert(base, exponent);
    }
    while let Some(sign) = reader.joint()? {
        let (base, exponent) = reader.factor()?;
        *exponents.entry(base).or_default() += sign * exponent;
    }
    Unit::from_exponents(exponents)
        .map_err(|error| error.within(format_args!("unit \"{text}\"")).at_span(0..length))
}

/// Reads the code of a currency.
pub(super) fn currency(code: &str) -> Result<Base, Error> {
    short(code, code, 0)?;
    if is_currency(code) {
        return Ok(Base::Currency(code.into()));
    }
    let upper = code.to_ascii_uppercase();
    let remedy = if is_currency(&upper) { upper.as_str() } else { "it like EUR" };
    Err(refuse(code, 0..code.len(), &format!("a currency is three capitals; write {remedy}")))
}

/// Reads the name of a counted thing.
pub(super) fn noun(name: &str) -> Result<Base, Error> {
    short(name, name, 0)?;
    let message = match singular(name) {
        Some(time) => {
            let time = time.name();
            format!("that is a unit of time, not a counted thing; use Unit::time(\"{time}\")")
        }
        None if is_noun(name) => return Ok(Base::Noun(name.into())),
        None => {
            let lower = name.to_ascii_lowercase();
            match is_noun(&lower) {
                true => format!("a counted thing is lower case; write {lower}"),
                false => "a counted thing starts with a letter and has only a to z, 0 to 9 and _; \
                          write it like new_customer"
                    .to_owned(),
            }
        }
    };
    Err(refuse(name, 0..name.len(), &message))
}

/// Reads the name of a unit of time.
pub(super) fn time(name: &str) -> Result<Base, Error> {
    short(name, name, 0)?;
    Time::ALL.into_iter().find(|time| time.name() == name).map(Base::Time).ok_or_else(|| {
        let remedy = did_you_mean(name, Time::ALL.iter().map(|time| time.name()));
        Error::new(ErrorKind::Unknown, format!("unknown unit of time \"{name}\"; {remedy}"))
            .at_span(0..name.len())
    })
}

fn is_currency(name: &str) -> bool {
    name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_noun(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

/// The unit of time that is meant by its name or by its plural.
fn singular(name: &str) -> Option<Time> {
    let stem = name.strip_suffix('s').unwrap_or(name);
    Time::ALL.into_iter().find(|time| time.name() == stem)
}

/// Refuses a name that is too long, without repeating it.
fn short(name: &str, whole: &str, start: usize) -> Result<(), Error> {
    let length = name.len();
    if length <= MOST_NAME {
        return Ok(());
    }
    let place = if name.len() == whole.len() { String::new() } else { format!(" at {start}") };
    Err(Error::new(
        ErrorKind::Capacity,
        format!("a name of {length} bytes{place} in a unit; the most is {MOST_NAME}"),
    )
    .at_span(start..start + length))
}

/// Reads a name in a text, whatever it names.
fn base(whole: &str, span: Range<usize>) -> Result<Base, Error> {
    let name = &whole[span.clone()];
    short(name, whole, span.start)?;
    if is_currency(name) {
        return Ok(Base::Currency(name.into()));
    }
    if let Some(time) = singular(name) {
        let singular = time.name();
        return match name == singular {
            true => Ok(Base::Time(time)),
            false => {
                let message = format!("a unit of time is singular; write {singular}");
                Err(refuse(whole, span, &message))
            }
        };
    }
    if is_noun(name) {
        return Ok(Base::Noun(name.into()));
    }
    let lower = name.to_ascii_lowercase();
    let message = if name.bytes().all(|byte| byte.is_ascii_digit()) {
        "a unit has no number, except a 1 in front; leave it out".to_owned()
    } else if !is_noun(&lower) {
        "a name starts with a letter and has only a to z, 0 to 9 and _; write it like new_customer"
            .to_owned()
    } else if name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        format!("{CASE}; write {} or {lower}", name.to_ascii_uppercase())
    } else {
        format!("{CASE}; write {}", singular(&lower).map_or(&*lower, |time| time.name()))
    };
    Err(refuse(whole, span, &message))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Moves past the characters that `belongs` holds for and says where they are.
    fn run(&mut self, belongs: impl Fn(char) -> bool) -> Range<usize> {
        let rest = self.rest();
        let length = rest.find(|found| !belongs(found)).unwrap_or(rest.len());
        let start = self.at;
        self.at += length;
        start..self.at
    }

    fn spaces(&mut self) {
        self.run(|found| found == ' ');
    }

    /// Moves past `wanted` and the spaces around it, where it comes next.
    fn operator(&mut self, wanted: char) -> bool {
        let start = self.at;
        self.spaces();
        match self.rest().strip_prefix(wanted) {
            Some(_) => {
                self.at += wanted.len_utf8();
                self.spaces();
                true
            }
            None => {
                self.at = start;
                false
            }
        }
    }

    /// Moves past the `1` that a text may begin with.
    fn leading_one(&mut self) -> bool {
        let start = self.at;
        let word = self.run(in_name);
        let found = &self.text[word] == "1";
        if !found {
            self.at = start;
        }
        found
    }

    /// 1 for `*`, -1 for `/`, `None` at the end.
    fn joint(&mut self) -> Result<Option<i64>, Error> {
        if self.operator('*') {
            return Ok(Some(1));
        }
        if self.operator('/') {
            return Ok(Some(-1));
        }
        let start = self.at;
        self.spaces();
        match self.rest().is_empty() {
            true if start == self.at => Ok(None),
            true => {
                self.at = start;
                Err(self.unexpected("", "leave it out"))
            }
            false => Err(self.unexpected("", "join names with * or /")),
        }
    }

    /// A name and its exponent.
    fn factor(&mut self) -> Result<(Base, i64), Error> {
        let name = self.run(in_name);
        if name.is_empty() {
            return Err(self.unexpected("a name", NAMES));
        }
        let base = base(self.text, name.clone())?;
        if !self.operator('^') {
            return Ok((base, 1));
        }
        let start = self.at;
        let minus = self.rest().starts_with('-');
        self.at += usize::from(minus);
        let digits = self.run(|found| found.is_ascii_digit());
        if digits.is_empty() || self.rest().starts_with('.') {
            return Err(self.unexpected("an integer exponent", "write it like order^2"));
        }
        let magnitude = self.text[digits].parse().unwrap_or(i64::MAX);
        if magnitude > i64::from(MOST_EXPONENT) {
            let span = start..self.at;
            let (text, name) = (self.text, &self.text[name]);
            return Err(Error::new(
                ErrorKind::Capacity,
                format!("unit \"{text}\": the exponent of {name} at {start} is beyond {MOST_EXPONENT}, the most that a unit holds"),
            )
            .at_span(span));
        }
        Ok((base, if minus { -magnitude } else { magnitude }))
    }

    /// Refuses what comes next, where `due` was due.
    fn unexpected(&self, due: &str, remedy: &str) -> Error {
        let (text, at) = (self.text, self.at);
        let Some(found) = self.rest().chars().next() else {
            let message = format!("it ends where {due} is due; {remedy}");
            return refuse_at(text, at..at, &message);
        };
        let remedy = match found {
            '(' | ')' => "there are no parentheses, divide by each name, like EUR/customer/month",
            '%' | '‰' => "percent is how a number is shown, not what it counts, write 1",
            ' ' => "leave it out",
            _ => remedy,
        };
        let place = if due.is_empty() { String::new() } else { format!(" where {due} is due") };
        let message = format!("unexpected '{found}' at {at}{place}; {remedy}");
        refuse_at(text, at..at + found.len_utf8(), &message)
    }
}

fn in_name(found: char) -> bool {
    found.is_alphanumeric() || found == '_'
}

/// A refusal of the name at `span`, which is repeated where it is not the whole text.
fn refuse(whole: &str, span: Range<usize>, message: &str) -> Error {
    if span.len() == whole.len() {
        return refuse_at(whole, span, message);
    }
    let (name, Range { start, end }) = (&whole[span.clone()], span.clone());
    refuse_at(whole, span, &format!("\"{name}\" at {start}..{end}: {message}"))
}

fn refuse_at(whole: &str, span: Range<usize>, message: &str) -> Error {
    Error::new(ErrorKind::Syntax, format!("unit \"{whole}\": {message}")).at_span(span)
}
