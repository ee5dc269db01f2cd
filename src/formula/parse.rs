//! A formula's text as a tree.

use std::ops::Range;

use super::token::{Token, tokens};
use super::tree::{Function, Kind, Node, Operator, Window};
use crate::calendar::{Grain, Span, unit_named};
use crate::error::{Error, ErrorKind, did_you_mean, nearest};

/// What brings money to the reporting currency.
pub(super) const REPORTED: &str = "reported";
/// The longest text of a formula, in bytes.
const MOST_BYTES: usize = 4_096;
/// The deepest nesting of a formula.
const MOST_DEPTH: usize = 64;
/// The most operations in a formula. It bounds how high its tree is, and so the stack that reading
/// the tree takes: a sum of n parts is n high.
const MOST_OPERATIONS: usize = 256;

/// Reads a formula.
pub(super) fn parse(text: &str) -> Result<Node, Error> {
    if text.len() > MOST_BYTES {
        let bytes = text.len();
        let message = format!(
            "a formula of {bytes} bytes; the most is {MOST_BYTES}, so define parts of it as KPIs of their own"
        );
        return Err(Error::new(ErrorKind::Capacity, message));
    }
    let mut parser = Parser { text, tokens: tokens(text)?, next: 0, depth: 0, operations: 0 };
    let node = parser.sum()?;
    match parser.next < parser.tokens.len() {
        true => Err(parser.unexpected("an operator")),
        false => Ok(node),
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<(Token, Range<usize>)>,
    next: usize,
    depth: usize,
    operations: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    fn take(&mut self, symbol: char) -> bool {
        let found = self.peek() == Some(&Token::Symbol(symbol));
        self.next += usize::from(found);
        found
    }

    /// The place of the token before the next one.
    fn last_end(&self) -> usize {
        self.next.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(0, |(_, span)| span.end)
    }

    /// Takes the `)` for the `(` at `open`.
    fn close(&mut self, open: usize, due: &str) -> Result<(), Error> {
        match self.take(')') {
            true => Ok(()),
            false if self.next < self.tokens.len() => Err(self.unexpected(due)),
            false => {
                let (end, text) = (self.text.len(), self.text);
                let message = format!(
                    "\"{text}\" ends where {due} is due: the \"(\" at {open} is not closed"
                );
                Err(Error::new(ErrorKind::Syntax, message).in_text(text, end..end))
            }
        }
    }

    fn unexpected(&self, due: &str) -> Error {
        self.unexpected_with(due, "")
    }

    /// What stands where something else is due, with a remedy.
    fn unexpected_with(&self, due: &str, remedy: &str) -> Error {
        let text = self.text;
        match self.tokens.get(self.next) {
            Some((_, span)) => {
                let (found, at) = (&text[span.clone()], span.start);
                let message = format!(
                    "unexpected \"{found}\" at {at} in \"{text}\", where {due} is due{remedy}"
                );
                Error::new(ErrorKind::Syntax, message).in_text(text, span.clone())
            }
            None => {
                let end = text.len();
                let message = format!("\"{text}\" ends where {due} is due");
                Error::new(ErrorKind::Syntax, message).in_text(text, end..end)
            }
        }
    }

    /// Counts one more operation, the one before the next token.
    fn operation(&mut self) -> Result<(), Error> {
        self.operations += 1;
        match self.operations > MOST_OPERATIONS {
            true => Err(self.too_much(&format!("more than {MOST_OPERATIONS} operations"))),
            false => Ok(()),
        }
    }

    fn too_much(&self, what: &str) -> Error {
        let (at, text) = (self.last_end().saturating_sub(1), self.text);
        let message = format!(
            "{what} at {at} in \"{text}\"; define parts of the formula as KPIs of their own"
        );
        Error::new(ErrorKind::Capacity, message).in_text(text, at..at + 1)
    }

    fn binary(&self, operator: Operator, left: Node, right: Node) -> Node {
        let span = left.span.start..right.span.end;
        Node { kind: Kind::Binary(operator, Box::new(left), Box::new(right)), span }
    }

    /// `product (+|- product)*`
    fn sum(&mut self) -> Result<Node, Error> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(self.too_much(&format!("parentheses deeper than {MOST_DEPTH}")));
        }
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Some(Token::Symbol('+')) => Operator::Add,
                Some(Token::Symbol('-')) => Operator::Subtract,
                _ => break,
            };
            self.next += 1;
            self.operation()?;
            let right = self.product()?;
            left = self.binary(operator, left, right);
        }
        self.depth -= 1;
        Ok(left)
    }

    /// `signed (*|/ signed)*`
    fn product(&mut self) -> Result<Node, Error> {
        let mut left = self.signed()?;
        loop {
            let operator = match self.peek() {
                Some(Token::Symbol('*')) => Operator::Multiply,
                Some(Token::Symbol('/')) => Operator::Divide,
                _ => return Ok(left),
            };
            self.next += 1;
            self.operation()?;
            let right = self.signed()?;
            left = self.binary(operator, left, right);
        }
    }

    /// `-* power`: a sign binds less than a power, so `-x^2` is `-(x^2)`.
    fn signed(&mut self) -> Result<Node, Error> {
        let start = self.tokens.get(self.next).map_or(0, |(_, span)| span.start);
        let mut negative = false;
        while self.take('-') {
            negative = !negative;
        }
        let node = self.power()?;
        let span = start..node.span.end;
        Ok(match negative {
            true => Node { kind: Kind::Negate(Box::new(node)), span },
            false => node,
        })
    }

    /// `primary (^ integer)?`
    fn power(&mut self) -> Result<Node, Error> {
        let base = self.primary()?;
        if !self.take('^') {
            return Ok(base);
        }
        let negative = self.take('-');
        let exponent = match self.peek() {
            Some(Token::Number(number, None)) => number.to_string().parse::<i32>().ok(),
            _ => None,
        };
        let exponent = exponent
            .filter(|exponent| *exponent <= 1_000)
            .ok_or_else(|| self.unexpected("an integer exponent of at most 1000"))?;
        self.next += 1;
        let exponent = if negative { -exponent } else { exponent };
        let span = base.span.start..self.last_end();
        Ok(Node { kind: Kind::Power(Box::new(base), exponent), span })
    }

    fn primary(&mut self) -> Result<Node, Error> {
        let Some((token, span)) = self.tokens.get(self.next).cloned() else {
            return Err(self.unexpected("a number or a name"));
        };
        let kind = match token {
            Token::Number(number, unit) => Kind::Number(number, unit),
            Token::KpiName(name) => Kind::KpiName(name),
            Token::Name(name) => {
                self.next += 1;
                return match self.take('(') {
                    true => self.call(&name, span),
                    false => Ok(Node { kind: Kind::Name(name), span }),
                };
            }
            Token::Symbol('(') => {
                self.next += 1;
                let inside = self.sum()?;
                self.close(span.start, "\")\"")?;
                return Ok(Node { span: span.start..self.last_end(), ..inside });
            }
            Token::Symbol(_) => return Err(self.unexpected("a number or a name")),
        };
        self.next += 1;
        Ok(Node { kind, span })
    }

    /// The arguments behind `name (`.
    fn call(&mut self, name: &str, span: Range<usize>) -> Result<Node, Error> {
        let open = self.last_end() - 1;
        if name == REPORTED || Window::NAMES.contains(&name) {
            self.operation()?;
            return self.window(name, span, open);
        }
        let function = Function::ALL.into_iter().find(|function| function.name() == name);
        let Some(function) = function else {
            let functions = Function::ALL.iter().map(|function| function.name());
            let remedy = did_you_mean(name, functions.chain(Window::NAMES).chain([REPORTED]));
            let (start, end, text) = (span.start, span.end, self.text);
            let message =
                format!("unknown function \"{name}\" at {start}..{end} in \"{text}\"; {remedy}");
            return Err(Error::new(ErrorKind::Unknown, message).in_text(text, span));
        };
        self.operation()?;
        let mut arguments = vec![self.sum()?];
        while self.take(',') {
            arguments.push(self.sum()?);
        }
        self.close(open, "\",\" or \")\"")?;
        let span = span.start..self.last_end();
        let (least, most) = function.arity();
        let count = arguments.len();
        if count < least || count > most {
            let due = match (least, most) {
                (1, 1) => "1 argument".to_owned(),
                _ if least == most => format!("{least} arguments"),
                _ => format!("at least {least} arguments"),
            };
            return Err(self.miscounted(name, &due, count, span));
        }
        Ok(Node { kind: Kind::Call(function, arguments), span })
    }

    fn miscounted(&self, name: &str, due: &str, count: usize, span: Range<usize>) -> Error {
        let (start, end, text) = (span.start, span.end, self.text);
        let message = format!("{name} takes {due} and has {count} at {start}..{end} in \"{text}\"");
        Error::new(ErrorKind::Shape, message).in_text(text, span)
    }

    /// What is behind `prior(`, `ago(` and the like: something, and what the function asks for.
    fn window(&mut self, name: &str, span: Range<usize>, open: usize) -> Result<Node, Error> {
        let inner = Box::new(self.sum()?);
        let asks = !matches!(name, "prior" | "since_start" | REPORTED);
        if asks && !self.take(',') {
            // An argument too few is told as such.
            self.close(open, "\",\"")?;
            return Err(self.miscounted(name, "2 arguments", 1, span.start..self.last_end()));
        }
        let window = match name {
            "prior" => Some(Window::Prior),
            "since_start" => Some(Window::SinceStart),
            "ago" => Some(Window::Ago(self.length()?)),
            "trailing" => Some(Window::Trailing(self.length()?)),
            "to_date" => Some(Window::ToDate(self.bucket()?)),
            "baseline" => Some(Window::Baseline(self.label("the name of a baseline")?)),
            _ => None,
        };
        if self.peek() == Some(&Token::Symbol(',')) {
            let due = if asks { "2 arguments" } else { "1 argument" };
            let mut count = if asks { 2 } else { 1 };
            while self.take(',') {
                self.sum()?;
                count += 1;
            }
            self.close(open, "\",\" or \")\"")?;
            return Err(self.miscounted(name, due, count, span.start..self.last_end()));
        }
        self.close(open, "\")\"")?;
        let kind = match window {
            Some(window) => Kind::Over(window, inner),
            None => Kind::Reported(inner),
        };
        Ok(Node { kind, span: span.start..self.last_end() })
    }

    /// `7 days`
    fn length(&mut self) -> Result<Span, Error> {
        const DUE: &str = "a span of time such as 7 days or 1 year";
        let start = self.tokens.get(self.next).map_or(self.text.len(), |(_, span)| span.start);
        let count = match self.peek() {
            Some(Token::Number(number, None)) => number.to_string().parse::<u32>().ok(),
            _ => None,
        };
        let count = count.ok_or_else(|| self.unexpected(DUE))?;
        self.next += 1;
        let unit = match self.peek() {
            Some(Token::Name(name)) => unit_named(name),
            _ => None,
        };
        let unit = unit.ok_or_else(|| self.no_grain())?;
        self.next += 1;
        Span::new(count, unit).map_err(|error| {
            let (end, text) = (self.last_end(), self.text);
            let message = format!("{} (at {start}..{end} in \"{text}\")", error.message());
            Error::new(error.kind(), message).in_text(text, start..end)
        })
    }

    /// `month`
    fn bucket(&mut self) -> Result<Grain, Error> {
        let grain = match self.peek() {
            Some(Token::Name(name)) => name.parse().ok(),
            _ => None,
        };
        let grain = grain.ok_or_else(|| self.no_grain())?;
        self.next += 1;
        Ok(grain)
    }

    /// What to say where a day, a week or so is due, with the one that was meant if one is near.
    fn no_grain(&self) -> Error {
        let meant = match self.peek() {
            Some(Token::Name(name)) => nearest(name, Grain::ALL.map(Grain::name)),
            _ => None,
        };
        let remedy = meant.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
        self.unexpected_with("day, week, month, quarter or year", &remedy)
    }

    fn label(&mut self, due: &str) -> Result<String, Error> {
        match self.peek() {
            Some(Token::Name(name)) => {
                let name = name.clone();
                self.next += 1;
                Ok(name)
            }
            _ => Err(self.unexpected(due)),
        }
    }
}
