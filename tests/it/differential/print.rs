//! Formulas as text, read, written in one way, and read again; and spoilt texts, which are refused
//! at a place that can be shown.

use yardstick::{Error, ErrorKind, Formula, Rational, Value};

use super::Bytes;

/// What a part may be in one piece, with values for the names.
const WHOLES: [&str; 12] = [
    "a",
    "b_2",
    "_c",
    "kpi.d",
    "kpi",
    "prior",
    "0",
    "3.50",
    "1e-9",
    "12 [month/year]",
    "2[EUR]",
    "1 [1]",
];
/// Functions with the fewest and the most arguments that are made here.
const CALLS: [(&str, usize, usize); 8] = [
    ("min", 2, 4),
    ("max", 2, 4),
    ("abs", 1, 1),
    ("if_undefined", 2, 2),
    ("prior", 1, 1),
    ("since_start", 1, 1),
    ("reported", 1, 1),
    ("max", 2, 2),
];
/// Functions with what stands behind their argument, as it may be written and as it is.
const WINDOWS: [(&str, &str, &str); 8] = [
    ("ago", "1 year", "1 year"),
    ("ago", "1   years", "1 year"),
    ("ago", "3\tmonth", "3 months"),
    ("trailing", "7 days", "7 days"),
    ("trailing", "7 day", "7 days"),
    ("to_date", "month", "month"),
    ("to_date", " quarter", "quarter"),
    ("baseline", "last_season", "last_season"),
];
const WORDS: [&str; 40] = [
    "a",
    "b_2",
    "kpi.d",
    "kpi.",
    "1",
    "2.5",
    "1e9",
    ".",
    "[EUR]",
    "[moth]",
    " [month/year]",
    "[",
    "]",
    "(",
    ")",
    "(",
    ")",
    "+",
    "-",
    "*",
    "/",
    "^",
    "^2",
    "^-1",
    ",",
    ", 7 days",
    ", 1 yaer",
    ", month",
    ", mnth",
    "min(",
    "abs(",
    "prior(",
    "ago(",
    "trailing(",
    "to_date(",
    "baseline(",
    "since_start(",
    "reported(",
    "\n",
    "é",
];

/// A formula as it is made here.
#[derive(Debug, Clone)]
enum Part {
    Whole(&'static str),
    Minus(Box<Part>),
    Two(char, Box<Part>, Box<Part>),
    Power(Box<Part>, i32),
    /// With what stands behind the last argument, as written and as it is.
    Call(&'static str, Vec<Part>, Option<(&'static str, &'static str)>),
}

impl Part {
    fn made(bytes: &mut Bytes<'_>, depth: u32) -> Self {
        let whole = |bytes: &mut Bytes<'_>| Self::Whole(bytes.pick(&WHOLES));
        if depth == 0 || bytes.is_empty() {
            return whole(bytes);
        }
        let next = |bytes: &mut Bytes<'_>| Self::made(bytes, depth - 1);
        match bytes.byte() % 16 {
            0 | 1 => whole(bytes),
            // Two signs in a row are none.
            2 | 3 => match next(bytes) {
                Self::Minus(inner) => *inner,
                other => Self::Minus(Box::new(other)),
            },
            4 => {
                let exponent = i32::from(bytes.byte()) * 8 - 1_000;
                Self::Power(Box::new(next(bytes)), exponent.min(1_000))
            }
            5 => Self::Power(Box::new(next(bytes)), i32::from(bytes.byte() % 5) - 2),
            6 => {
                let (name, least, most) = bytes.pick(&CALLS);
                let count = least + bytes.below(most - least + 1);
                Self::Call(name, (0..count).map(|_| next(bytes)).collect(), None)
            }
            7 | 8 => {
                let (name, written, plain) = bytes.pick(&WINDOWS);
                Self::Call(name, vec![next(bytes)], Some((written, plain)))
            }
            sign => {
                let sign = ['+', '-', '*', '/'][usize::from(sign) % 4];
                Self::Two(sign, Box::new(next(bytes)), Box::new(next(bytes)))
            }
        }
    }

    /// With parentheses around all that is not in one piece, so that no rule of binding is asked;
    /// more of them, and blanks, where `style` says so.
    fn in_full(&self, style: &mut u64) -> String {
        *style = style.rotate_right(5);
        let blank = ["", " ", "\t", "\r\n "][(*style & 3) as usize];
        let again = *style & 28 == 28;
        let text = match self {
            Self::Whole(text) => (*text).to_owned(),
            Self::Minus(inner) => format!("(-{blank}{})", inner.in_full(style)),
            Self::Two(sign, left, right) => {
                format!("({}{blank}{sign}{blank}{})", left.in_full(style), right.in_full(style))
            }
            Self::Power(base, exponent) => format!("({}{blank}^{exponent})", base.in_full(style)),
            Self::Call(name, arguments, behind) => {
                let mut all: Vec<_> = arguments.iter().map(|part| part.in_full(style)).collect();
                all.extend(behind.map(|(written, _)| written.to_owned()));
                format!("{name}{blank}({blank}{})", all.join(&format!("{blank},{blank}")))
            }
        };
        if again { format!("({blank}{text}{blank})") } else { text }
    }

    /// In one way, with the parentheses that it takes to be read as this.
    fn plain(&self) -> String {
        let wrapped = |part: &Self, needs: bool| match needs {
            true => format!("({})", part.plain()),
            false => part.plain(),
        };
        let is_sum = |part: &Self| matches!(part, Self::Two('+' | '-', ..));
        let is_two = |part: &Self| matches!(part, Self::Two(..));
        match self {
            Self::Whole(text) => (*text).to_owned(),
            Self::Minus(inner) => format!("-{}", wrapped(inner, is_two(inner))),
            Self::Two(sign @ ('+' | '-'), left, right) => {
                format!("{} {sign} {}", left.plain(), wrapped(right, is_sum(right)))
            }
            Self::Two(sign, left, right) => {
                format!("{} {sign} {}", wrapped(left, is_sum(left)), wrapped(right, is_two(right)))
            }
            Self::Power(base, exponent) => {
                let whole = matches!(**base, Self::Whole(_) | Self::Call(..));
                format!("{}^{exponent}", wrapped(base, !whole))
            }
            Self::Call(name, arguments, behind) => {
                let mut all: Vec<_> = arguments.iter().map(Self::plain).collect();
                all.extend(behind.map(|(_, plain)| plain.to_owned()));
                format!("{name}({})", all.join(", "))
            }
        }
    }
}

pub(crate) fn check(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    if bytes.byte() % 3 == 0 {
        let text = bytes.text(&WORDS);
        match text.parse::<Formula>() {
            Ok(formula) => again(&formula),
            Err(error) => shown(&error, &text),
        }
        return;
    }
    let (mut style, spoilt, place) = (bytes.u64(), bytes.pick(&WORDS), bytes.byte());
    let part = Part::made(&mut bytes, 6);
    let text = part.in_full(&mut style);
    match text.parse::<Formula>() {
        Ok(formula) => {
            assert_eq!(formula.text(), text);
            assert_eq!(formula.normalized(), part.plain(), "{text:?}");
            again(&formula);
            spoil(&formula.normalized(), spoilt, place);
        }
        Err(error) => {
            // Parentheses and blanks make texts long and deep.
            assert_eq!(error.kind(), ErrorKind::Capacity, "{error}");
            shown(&error, &text);
        }
    }
}

/// A formula that was read is written, read, and written as before; it is worth the same, and no
/// parentheses of it can go.
fn again(formula: &Formula) {
    let text = formula.normalized();
    let read = text.parse::<Formula>();
    let read = match read {
        Ok(read) => read,
        // Blanks around operators make a long text longer.
        Err(error) if text.len() > 4_096 => {
            assert_eq!(error.kind(), ErrorKind::Capacity);
            return;
        }
        Err(error) => panic!("{formula} is written {text:?}, which is refused: {error}"),
    };
    assert_eq!(read.normalized(), text, "{formula}");
    assert_eq!(read.names(), formula.names(), "{formula}");
    for values in [[2, 3, -5, 7], [0, -1, 4, 0]] {
        assert_eq!(worth(&read, values), worth(formula, values), "{formula} as {text}");
    }
    let bytes = text.as_bytes();
    let mut open = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'(' => open.push(at),
            b')' => {
                let start = open.pop().unwrap();
                let behind_name = start > 0
                    && (bytes[start - 1].is_ascii_alphanumeric() || bytes[start - 1] == b'_');
                if !behind_name {
                    let fewer = [&text[..start], &text[start + 1..at], &text[at + 1..]].concat();
                    let same = fewer.parse::<Formula>().is_ok_and(|f| f.normalized() == text);
                    assert!(!same, "{text:?} has needless parentheses at {start}..{at}");
                }
            }
            _ => {}
        }
    }
}

/// The value for the names, or the kind of the error.
fn worth(formula: &Formula, [a, b, c, d]: [i64; 4]) -> Result<Value, ErrorKind> {
    let names = [("a", a), ("b_2", b), ("_c", c), ("kpi.d", d), ("kpi", 11), ("prior", -2)];
    let values = names.map(|(name, value)| (name, Rational::from(value)));
    formula.evaluate(values).map_err(|error| {
        shown(&error, formula.text());
        error.kind()
    })
}

/// Spoils a text at a place: something more, something less, something else, the end cut off.
fn spoil(text: &str, word: &str, place: u8) {
    let at = usize::from(place) % text.len();
    let (before, behind) = text.split_at(at);
    let rest = &behind[1..];
    for spoilt in [
        format!("{before}{word}{behind}"),
        format!("{before}{rest}"),
        format!("{before}{word}{rest}"),
        before.to_owned(),
        behind.to_owned(),
    ] {
        match spoilt.parse::<Formula>() {
            Ok(formula) => again(&formula),
            Err(error) => shown(&error, &spoilt),
        }
    }
}

/// The place is one of the text, and is drawn under it in a few short lines.
fn shown(error: &Error, text: &str) {
    let Some(span) = error.span() else {
        assert_eq!(error.kind(), ErrorKind::Capacity, "{error}");
        return assert!(text.len() > 4_096 && error.text().is_none(), "{error}");
    };
    assert_eq!(error.text(), Some(text));
    assert!(span.start <= span.end, "{span:?} of {text:?}");
    assert!(text.get(span.clone()).is_some(), "{span:?} of {text:?}");
    assert!(error.message().contains(text), "{error:#}");
    let drawn = error.to_string();
    if text.trim().is_empty() {
        return assert_eq!(drawn, error.message());
    }
    let lines: Vec<&str> = drawn.rsplitn(3, '\n').collect();
    let [carets, line, _] = lines[..] else { panic!("{drawn:?}") };
    let width = |line: &str| line.chars().count();
    assert!(width(line) <= 4 + 3 + 100 + 3 && width(carets) <= width(line) + 1, "{drawn}");
    let blanks = carets.len() - carets.trim_start_matches(' ').len();
    assert!(carets.len() > blanks && carets[blanks..].bytes().all(|b| b == b'^'), "{drawn}");
    // What stands above the carets is the place, where all of it can be seen.
    let place = &text[span];
    let blank = |c: char| c != ' ' && (c.is_control() || c.is_whitespace());
    if (1..=100).contains(&width(place)) && !place.contains(blank) {
        let above: String = line.chars().skip(blanks).take(carets.len() - blanks).collect();
        assert_eq!(above, place, "{drawn}");
    }
}
