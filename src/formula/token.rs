//! A formula's text as tokens.

use std::ops::Range;

use crate::error::{Error, ErrorKind};
use crate::number::Rational;
use crate::unit::Unit;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A number, and the unit behind it in brackets.
    Number(Rational, Option<Unit>),
    Name(String),
    /// `kpi.name`, without the `kpi.`.
    KpiName(String),
    /// One of `+ - * / ^ ( ) ,`.
    Symbol(char),
}

/// Cuts a formula into tokens, each with its place.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Error> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        let token = match byte {
            b' ' | b'\t' | b'\n' | b'\r' => {
                at += 1;
                continue;
            }
            b'+' | b'-' | b'*' | b'/' | b'^' | b'(' | b')' | b',' => {
                at += 1;
                Token::Symbol(char::from(*byte))
            }
            b'0'..=b'9' | b'.' => {
                at = end_of_number(bytes, at);
                let number = text[start..at]
                    .parse()
                    .map_err(|error: Error| place(error, text, start..at))?;
                let (unit, end) = unit_behind(text, at)?;
                at = end;
                Token::Number(number, unit)
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                at = end_of_name(bytes, at);
                if &text[start..at] == "kpi" && bytes.get(at) == Some(&b'.') {
                    let name = at + 1;
                    at = end_of_name(bytes, name);
                    if at == name {
                        let message =
                            format!("a KPI's name is due behind \"kpi.\" at {name} in \"{text}\"");
                        return Err(Error::new(ErrorKind::Syntax, message).in_text(text, start..at));
                    }
                    Token::KpiName(text[name..at].to_owned())
                } else {
                    Token::Name(text[start..at].to_owned())
                }
            }
            _ => {
                let found = text[at..].chars().next().unwrap_or(' ');
                let message = format!(
                    "unexpected '{found}' at {at} in \"{text}\"; a formula has numbers, names, + - * / ^ ( ) and functions"
                );
                return Err(
                    Error::new(ErrorKind::Syntax, message).in_text(text, at..at + found.len_utf8())
                );
            }
        };
        tokens.push((token, start..at));
    }
    Ok(tokens)
}

/// Digits and points, and an exponent where digits follow it.
fn end_of_number(bytes: &[u8], mut at: usize) -> usize {
    let run = |from: usize| {
        from + bytes[from..].iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count()
    };
    at = run(at);
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        if bytes.get(at + 1 + sign).is_some_and(u8::is_ascii_digit) {
            at = run(at + 1 + sign);
        }
    }
    at
}

fn end_of_name(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count()
}

/// `[unit]` behind a number, if it is there; and where it ends.
fn unit_behind(text: &str, at: usize) -> Result<(Option<Unit>, usize), Error> {
    let rest = text[at..].trim_start_matches(' ');
    let open = text.len() - rest.len();
    let Some(inside) = rest.strip_prefix('[') else {
        return Ok((None, at));
    };
    let Some(length) = inside.find(']') else {
        let message = format!(
            "the '[' at {open} in \"{text}\" is not closed; write a unit like 12 [month/year]"
        );
        return Err(Error::new(ErrorKind::Syntax, message).in_text(text, open..open + 1));
    };
    let span = open + 1..open + 1 + length;
    let unit = inside[..length].parse().map_err(|error: Error| place(error, text, span))?;
    Ok((Some(unit), open + length + 2))
}

/// An error of a part of the text as one of the whole text.
fn place(error: Error, text: &str, span: Range<usize>) -> Error {
    let (start, end) = (span.start, span.end);
    let message = format!("{} (at {start}..{end} in \"{text}\")", error.message());
    Error::new(error.kind(), message).in_text(text, span)
}
