//! Formulas: a tree that prints itself and has a value over big fractions, and a reader that keeps
//! operands and operators on two stacks; the library descends recursively.

use std::cell::Cell;
use std::ops::Range;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, Zero};
use yardstick::{ErrorKind, Formula, Rational, Reason, Unit, Value};

use super::text::{Read, read};

/// The most bits above or below the line of a value in a formula.
const MOST_BITS: u64 = 16_384;
const MOST_BYTES: usize = 4_096;
const MOST_OPERATIONS: usize = 256;
/// The formula itself counts as one.
const MOST_NESTING: usize = 64;

/// Functions with the least and the most arguments.
pub(crate) const FUNCTIONS: [(&str, usize, usize); 5] = [
    ("min", 2, usize::MAX),
    ("max", 2, usize::MAX),
    ("abs", 1, 1),
    ("prior", 1, 1),
    ("if_undefined", 2, 2),
];

pub(crate) type Maybe = Result<BigRational, Reason>;

/// Why an evaluation gives no number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Stop {
    Undefined(Reason),
    /// The formula cannot be evaluated at all.
    Refused(ErrorKind),
    /// The model was told not to reckon for so long; this says nothing about the library.
    TooLong,
}

pub(crate) type Outcome = Result<BigRational, Stop>;

/// What a tree is evaluated with.
pub(crate) struct Scope<'a> {
    /// The value of a name, `frame` periods back.
    pub(crate) name: &'a dyn Fn(&str, usize) -> Outcome,
    /// What n/0 is, by whether n is negative.
    pub(crate) over: &'a dyn Fn(bool) -> Reason,
    /// Whether `prior` has a meaning.
    pub(crate) periods: bool,
    /// How much work is left, in squares of the bits of what has to be reduced.
    pub(crate) work: &'a Cell<u64>,
}

pub(crate) fn number(value: i64) -> BigRational {
    BigRational::from_integer(value.into())
}

fn big(value: &Rational) -> BigRational {
    value.to_string().parse().unwrap()
}

/// A value of the library as one of the model.
pub(crate) fn seen(value: &Value) -> Maybe {
    match value {
        Value::Defined(value) => Ok(big(value)),
        Value::Undefined(reason) => Err(*reason),
    }
}

/// A formula as the tests build it.
#[derive(Debug, Clone)]
pub(crate) enum Tree {
    /// A number by its text.
    Number(String),
    Name(String),
    Minus(Box<Tree>),
    Two(char, Box<Tree>, Box<Tree>),
    Power(Box<Tree>, i32),
    Call(&'static str, Vec<Tree>),
}

impl Tree {
    /// How tightly it binds: 1 sum, 2 product, 3 sign, 4 power, 5 anything in one piece.
    fn strength(&self) -> u32 {
        match self {
            Self::Two('+' | '-', ..) => 1,
            Self::Two(..) => 2,
            Self::Minus(_) => 3,
            Self::Power(..) => 4,
            _ => 5,
        }
    }

    /// The text where something of at least `due` must stand. `style` makes spaces and needless
    /// parentheses, a bit for each node.
    fn text(&self, due: u32, style: &mut u64) -> String {
        *style = style.rotate_right(3);
        let (space, wrap) = (*style & 1 == 1, *style & 6 == 6);
        let text = match self {
            Self::Number(text) => text.clone(),
            Self::Name(name) => name.clone(),
            Self::Minus(inner) => format!("-{}", inner.text(3, style)),
            Self::Two(operator, left, right) => {
                // Both kinds of operator take the left first: a - (b - c) needs its parentheses.
                let own = self.strength();
                let (left, right) = (left.text(own, style), right.text(own + 1, style));
                let blank = if space { " " } else { "" };
                format!("{left}{blank}{operator}{blank}{right}")
            }
            Self::Power(base, exponent) => format!("{}^{exponent}", base.text(5, style)),
            Self::Call(name, arguments) => {
                let arguments: Vec<_> = arguments.iter().map(|a| a.text(1, style)).collect();
                format!("{name}({})", arguments.join(if space { " ,  " } else { "," }))
            }
        };
        if self.strength() < due || wrap { format!("({text})") } else { text }
    }

    pub(crate) fn printed(&self, mut style: u64) -> String {
        self.text(1, &mut style)
    }

    pub(crate) fn formula(&self, style: u64) -> Formula {
        self.printed(style).parse().unwrap()
    }

    /// The value, with `name(name, frame)` for names and `over(negative)` for n/0.
    pub(crate) fn value(
        &self,
        frame: usize,
        name: &dyn Fn(&str, usize) -> Maybe,
        over: &dyn Fn(bool) -> Reason,
    ) -> Maybe {
        let name = |text: &str, frame| name(text, frame).map_err(Stop::Undefined);
        let work = Cell::new(u64::MAX);
        let scope = Scope { name: &name, over, periods: true, work: &work };
        match self.outcome(frame, &scope) {
            Err(Stop::Undefined(reason)) => Err(reason),
            outcome => Ok(outcome.unwrap()),
        }
    }

    /// The value, an undefined one, or none. Whatever can be refused is, before anything is
    /// undefined; arguments are looked at from left to right.
    pub(crate) fn outcome(&self, frame: usize, scope: &Scope<'_>) -> Outcome {
        let of = |tree: &Self| tree.outcome(frame, scope);
        match self {
            Self::Number(text) => bounded(literal(text)),
            Self::Name(text) => {
                spend(scope.work, 0)?;
                bounded((scope.name)(text, frame)?)
            }
            Self::Minus(inner) => of(inner).map(|value| number(0) - value),
            Self::Two(operator, left, right) => {
                let (a, b) = both(of(left), of(right))?;
                let ((n, d), (m, e)) = ((a.numer(), a.denom()), (b.numer(), b.denom()));
                let (num, den) = match operator {
                    '+' => (n * e + m * d, d * e),
                    '-' => (n * e - m * d, d * e),
                    '*' => (n * m, d * e),
                    _ if !b.is_zero() => (n * e, d * m),
                    _ if a.is_zero() => return Err(Stop::Undefined(Reason::NoBase)),
                    _ => return Err(Stop::Undefined((scope.over)(a.is_negative()))),
                };
                let shorter = num.bits().min(den.bits());
                spend(scope.work, shorter * shorter)?;
                bounded(reduced(&num, &den))
            }
            Self::Power(base, exponent) => {
                let base = of(base)?;
                match exponent {
                    ..0 if base.is_zero() => Err(Stop::Undefined((scope.over)(false))),
                    ..0 => power(base.recip(), exponent.unsigned_abs()),
                    _ => power(base, exponent.unsigned_abs()),
                }
            }
            Self::Call("prior", _) if !scope.periods => Err(Stop::Refused(ErrorKind::Domain)),
            Self::Call("prior", arguments) => arguments[0].outcome(frame + 1, scope),
            Self::Call("if_undefined", arguments) => match (of(&arguments[0]), of(&arguments[1])) {
                (Err(Stop::Undefined(_)), second) => second,
                (Ok(_), Err(stop @ (Stop::Refused(_) | Stop::TooLong))) => Err(stop),
                (first, _) => first,
            },
            Self::Call("abs", arguments) => of(&arguments[0]).map(|value| value.abs()),
            Self::Call(function, arguments) => {
                let mut best = of(&arguments[0]);
                for argument in &arguments[1..] {
                    best = both(best, of(argument)).map(|(a, b)| {
                        let difference = a.numer() * b.denom() - b.numer() * a.denom();
                        match *function {
                            "min" if difference.is_positive() => b,
                            "max" if difference.is_negative() => b,
                            _ => a,
                        }
                    });
                }
                best
            }
        }
    }

    /// Calls `visit` with each name and how many `prior` stand around it.
    pub(crate) fn names<'a>(&'a self, frame: usize, visit: &mut dyn FnMut(&'a str, usize)) {
        match self {
            Self::Number(_) => {}
            Self::Name(name) => visit(name, frame),
            Self::Minus(inner) | Self::Power(inner, _) => inner.names(frame, visit),
            Self::Two(_, left, right) => {
                left.names(frame, visit);
                right.names(frame, visit);
            }
            Self::Call(function, arguments) => {
                let frame = frame + usize::from(*function == "prior");
                arguments.iter().for_each(|argument| argument.names(frame, visit));
            }
        }
    }

    /// How deep `prior` stands inside `prior`, whatever stands in it.
    pub(crate) fn frames(&self) -> usize {
        match self {
            Self::Number(_) | Self::Name(_) => 0,
            Self::Minus(inner) | Self::Power(inner, _) => inner.frames(),
            Self::Two(_, left, right) => left.frames().max(right.frames()),
            Self::Call(function, arguments) => {
                let deepest = arguments.iter().map(Self::frames).max().unwrap_or(0);
                deepest + usize::from(*function == "prior")
            }
        }
    }
}

fn bits(value: &BigRational) -> u64 {
    value.numer().bits().max(value.denom().bits())
}

/// Reduced, as the fractions of the model always are.
fn bounded(value: BigRational) -> Outcome {
    match bits(&value) > MOST_BITS {
        true => Err(Stop::Undefined(Reason::Capacity)),
        false => Ok(value),
    }
}

/// A fraction, reduced without its whole part: most are long on one side only.
fn reduced(num: &BigInt, den: &BigInt) -> BigRational {
    let rest = BigRational::new(num % den, den.clone());
    BigRational::new_raw(num / den * rest.denom() + rest.numer(), rest.denom().clone())
}

/// Counts work, and something for each step however small.
fn spend(work: &Cell<u64>, products: u64) -> Result<(), Stop> {
    work.set(work.get().checked_sub(products + 1_024).ok_or(Stop::TooLong)?);
    Ok(())
}

/// One factor at a time, until it is too large: a power of a reduced fraction is reduced, and grows
/// with its exponent or not at all.
fn power(base: BigRational, exponent: u32) -> Outcome {
    if bits(&base) == 1 {
        return Ok(Pow::pow(base, exponent));
    }
    let (mut num, mut den) = (BigInt::one(), BigInt::one());
    for _ in 0..exponent {
        num *= base.numer();
        den *= base.denom();
        if num.bits().max(den.bits()) > MOST_BITS {
            return Err(Stop::Undefined(Reason::Capacity));
        }
    }
    Ok(BigRational::new_raw(num, den))
}

fn literal(text: &str) -> BigRational {
    match read(text, false) {
        Read::Number(value) => value,
        other => panic!("{text} is no number: {other:?}"),
    }
}

/// Which reason is told where several meet, the first first.
fn rank(reason: Reason) -> usize {
    let order = [
        "missing",
        "not_additive",
        "inconsistent",
        "unbounded_good",
        "unbounded_bad",
        "unbounded",
        "no_base",
        "capacity",
    ];
    order.iter().position(|name| *name == reason.name()).unwrap()
}

/// Two values, or why there are not: a refusal of the first, of the second, else the reason that
/// comes first.
fn both(a: Outcome, b: Outcome) -> Result<(BigRational, BigRational), Stop> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(Stop::Undefined(a)), Err(Stop::Undefined(b))) => {
            Err(Stop::Undefined(if rank(b) < rank(a) { b } else { a }))
        }
        (Err(stop @ (Stop::Refused(_) | Stop::TooLong)), _)
        | (_, Err(stop @ (Stop::Refused(_) | Stop::TooLong)))
        | (Err(stop), _)
        | (_, Err(stop)) => Err(stop),
    }
}

/// What is wrong with a text and where.
#[derive(Debug, PartialEq)]
pub(crate) struct Fault {
    pub(crate) kind: ErrorKind,
    /// `None` for a text that is too long to be looked at.
    pub(crate) span: Option<Range<usize>>,
}

fn fault<T>(kind: ErrorKind, span: Range<usize>) -> Result<T, Fault> {
    Err(Fault { kind, span: Some(span) })
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// A number and whether a unit stands behind it.
    Number(String, bool),
    Name(String),
    Kpi(String),
    Symbol(char),
    End,
}

/// What waits for an operand on its right, or for its closing parenthesis.
enum Waiting {
    Binary(char),
    Minus,
    Open,
    /// A function, where its name starts, and how many operands lay below.
    Call(usize, usize, usize),
}

/// Reads a formula.
pub(crate) fn parse(text: &str) -> Result<Tree, Fault> {
    if text.len() > MOST_BYTES {
        return Err(Fault { kind: ErrorKind::Capacity, span: None });
    }
    let tokens = tokens(text)?;
    let mut machine = Machine { operands: Vec::new(), waiting: Vec::new() };
    let (mut at, mut operations, mut nesting) = (0, 0, 1);
    let mut count = |span: &Range<usize>| {
        operations += 1;
        match operations > MOST_OPERATIONS {
            true => fault(ErrorKind::Capacity, span.end - 1..span.end),
            false => Ok(()),
        }
    };
    let deeper = |nesting: &mut usize, span: &Range<usize>| {
        *nesting += 1;
        match *nesting > MOST_NESTING {
            true => fault(ErrorKind::Capacity, span.clone()),
            false => Ok(()),
        }
    };
    loop {
        // An operand is due.
        let (token, span) = &tokens[at];
        at += 1;
        match token {
            Token::Symbol('-') => {
                // Two signs in a row are none.
                match machine.waiting.last() {
                    Some(Waiting::Minus) => drop(machine.waiting.pop()),
                    _ => machine.waiting.push(Waiting::Minus),
                }
                continue;
            }
            Token::Symbol('(') => {
                machine.waiting.push(Waiting::Open);
                deeper(&mut nesting, span)?;
                continue;
            }
            Token::Name(name) if tokens[at].0 == Token::Symbol('(') => {
                let known = FUNCTIONS.iter().position(|(known, ..)| known == name);
                let Some(function) = known else {
                    return fault(ErrorKind::Unknown, span.clone());
                };
                let open = &tokens[at].1;
                at += 1;
                count(open)?;
                deeper(&mut nesting, open)?;
                machine.waiting.push(Waiting::Call(function, span.start, machine.operands.len()));
                continue;
            }
            Token::Number(text, _) => machine.operands.push(Tree::Number(text.clone())),
            Token::Name(name) => machine.operands.push(Tree::Name(name.clone())),
            Token::Kpi(name) => machine.operands.push(Tree::Name(format!("kpi.{name}"))),
            _ => return fault(ErrorKind::Syntax, span.clone()),
        }
        // An operand was read: powers, closing parentheses, then an operator.
        let mut raised = false;
        loop {
            let (token, span) = &tokens[at];
            at += 1;
            match token {
                Token::Symbol('^') if !raised => {
                    at += machine.raise(&tokens[at..])?;
                    raised = true;
                }
                Token::Symbol(sign @ ('+' | '-' | '*' | '/')) => {
                    count(span)?;
                    machine.settle(if "+-".contains(*sign) { 1 } else { 2 });
                    machine.waiting.push(Waiting::Binary(*sign));
                    break;
                }
                Token::Symbol(',') => {
                    machine.settle(1);
                    match machine.waiting.last() {
                        Some(Waiting::Call(..)) => break,
                        _ => return fault(ErrorKind::Syntax, span.clone()),
                    }
                }
                Token::Symbol(')') => {
                    machine.settle(1);
                    match machine.waiting.pop() {
                        Some(Waiting::Open) => {}
                        Some(Waiting::Call(function, start, below)) => {
                            let (name, least, most) = FUNCTIONS[function];
                            let arguments = machine.operands.split_off(below);
                            if !(least..=most).contains(&arguments.len()) {
                                return fault(ErrorKind::Shape, start..span.end);
                            }
                            machine.operands.push(Tree::Call(name, arguments));
                        }
                        _ => return fault(ErrorKind::Syntax, span.clone()),
                    }
                    nesting -= 1;
                    raised = false;
                }
                Token::End => {
                    machine.settle(1);
                    return match (machine.waiting.is_empty(), machine.operands.pop()) {
                        (true, Some(tree)) => Ok(tree),
                        _ => fault(ErrorKind::Syntax, span.clone()),
                    };
                }
                _ => return fault(ErrorKind::Syntax, span.clone()),
            }
        }
    }
}

struct Machine {
    operands: Vec<Tree>,
    waiting: Vec<Waiting>,
}

impl Machine {
    /// Gives the last operand to all that wait for it and bind at least as much as `strength`.
    fn settle(&mut self, strength: u32) {
        loop {
            let binds = match self.waiting.last() {
                Some(Waiting::Minus) => 3,
                Some(Waiting::Binary('*' | '/')) => 2,
                Some(Waiting::Binary(_)) => 1,
                _ => 0,
            };
            if binds < strength {
                return;
            }
            let right = Box::new(self.operands.pop().unwrap());
            let tree = match self.waiting.pop() {
                Some(Waiting::Binary(sign)) => {
                    Tree::Two(sign, Box::new(self.operands.pop().unwrap()), right)
                }
                _ => Tree::Minus(right),
            };
            self.operands.push(tree);
        }
    }

    /// Raises the last operand to what stands behind `^`; how many tokens that is.
    fn raise(&mut self, tokens: &[(Token, Range<usize>)]) -> Result<usize, Fault> {
        let negative = tokens[0].0 == Token::Symbol('-');
        let (token, span) = &tokens[usize::from(negative)];
        let exponent = match token {
            Token::Number(text, false) => literal(text),
            _ => return fault(ErrorKind::Syntax, span.clone()),
        };
        if !exponent.is_integer() || exponent > number(1_000) {
            return fault(ErrorKind::Syntax, span.clone());
        }
        let magnitude = i32::try_from(exponent.to_integer()).unwrap();
        let base = Box::new(self.operands.pop().unwrap());
        self.operands.push(Tree::Power(base, if negative { -magnitude } else { magnitude }));
        Ok(1 + usize::from(negative))
    }
}

/// Where the first character stands that is none of those, or the end.
fn past(text: &str, from: usize, belongs: impl Fn(char) -> bool) -> usize {
    let mut end = from;
    while let Some(next) = text[end..].chars().next().filter(|next| belongs(*next)) {
        end += next.len_utf8();
    }
    end
}

/// The tokens of a text, with an end behind the last.
fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Fault> {
    let in_number = |c: char| c.is_ascii_digit() || c == '.';
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let start = at;
        let token = if " \t\r\n".contains(first) {
            at += 1;
            continue;
        } else if in_number(first) {
            at = past(text, at, in_number);
            let mut behind = text[at..].chars();
            if let Some('e' | 'E') = behind.next() {
                let mut digits = at + 1;
                if let Some('+' | '-') = behind.next() {
                    digits += 1;
                }
                let digit = text[digits..].starts_with(|c: char| c.is_ascii_digit());
                at = if digit { past(text, digits, in_number) } else { at };
            }
            let number = &text[start..at];
            match read(number, false) {
                Read::Number(_) => {}
                Read::Digits(_) | Read::Exponent(_) => {
                    return fault(ErrorKind::Capacity, start..at);
                }
                _ => return fault(ErrorKind::Syntax, start..at),
            }
            let open = past(text, at, |c| c == ' ');
            let has_unit = text[open..].starts_with('[');
            if has_unit {
                let close = past(text, open, |c| c != ']');
                if close == text.len() {
                    return fault(ErrorKind::Syntax, open..open + 1);
                }
                // Units are not what this is about: they are what the library takes for one.
                if let Err(error) = text[open + 1..close].parse::<Unit>() {
                    return fault(error.kind(), open + 1..close);
                }
                at = close + 1;
            }
            Token::Number(number.to_owned(), has_unit)
        } else if in_name(first) {
            at = past(text, at, in_name);
            if &text[start..at] == "kpi" && text[at..].starts_with('.') {
                let name = at + 1;
                at = past(text, name, in_name);
                if at == name {
                    return fault(ErrorKind::Syntax, start..at);
                }
                Token::Kpi(text[name..at].to_owned())
            } else {
                Token::Name(text[start..at].to_owned())
            }
        } else if "+-*/^(),".contains(first) {
            at += 1;
            Token::Symbol(first)
        } else {
            return fault(ErrorKind::Syntax, at..at + first.len_utf8());
        };
        tokens.push((token, start..at));
    }
    tokens.push((Token::End, at..at));
    Ok(tokens)
}
