//! Formulas: whether and where a text is refused, and what it is worth, on its own and as KPIs.

use std::cell::Cell;

use num_rational::BigRational;
use yardstick::{
    Calendar, Column, Date, Direction, ErrorKind, Facts, Formula, Kpi, KpiSet, Measure, Period,
    Query, Rational, Reason, Schema, Sense, Unit, ZeroBase,
};

use super::Bytes;
use crate::reference::formula::{FUNCTIONS, Outcome, Scope, Stop, Tree, parse, seen};

/// How long the model may reckon, in squares of bits: one reduction at the limit on size, or many more
/// of shorter numbers.
const WORK: u64 = 1 << 28;
/// How deep `prior` may stand.
const MOST_PRIOR: usize = 7;

/// What formulas are made of, and what looks like it.
const WORDS: [&str; 56] = [
    "a",
    "b_2",
    "_c",
    "kpi.d",
    "e",
    "kpi.",
    "kpi",
    "min(",
    "max(",
    "abs(",
    "prior(",
    "if_undefined(",
    "min",
    "mix(",
    "a",
    "_c",
    "0",
    "1",
    "2",
    "3.5",
    "0.001",
    "1e4096",
    "1e-9",
    ".",
    "1e",
    "1e4097",
    "(",
    ")",
    "(",
    ")",
    ")",
    ")",
    "+",
    "-",
    "*",
    "/",
    "+",
    "-",
    "*",
    "/",
    "^2",
    "^-1",
    "^",
    "^1000",
    "^1001",
    "^0.5",
    ",",
    ",",
    ",",
    " ",
    "\t",
    "[1]",
    " [EUR]",
    "[",
    "%",
    "é",
];
const NUMBERS: [&str; 14] = [
    "0",
    "0",
    "1",
    "2",
    "3.50",
    "0.001",
    "1000",
    "7",
    "1e10",
    "1E-9",
    "1e4096",
    "3e-400",
    "123456789012345678901234567890.5",
    "99999999999999999999",
];

pub(crate) fn check(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    match bytes.byte() % 4 {
        0 => {
            let values = values(&mut bytes);
            let text = bytes.text(&WORDS);
            alone(&text, &values);
        }
        1 | 2 => {
            let values = values(&mut bytes);
            let names = ["a", "b_2", "_c", "kpi.d", "e"];
            let tree = tree(&mut bytes, &names, 6);
            let text = tree.printed(bytes.u64());
            alone(&text, &values);
        }
        _ => as_kpis(&mut bytes),
    }
}

type Values = [(&'static str, Rational, BigRational); 4];

/// Values for four names, the last of them wide.
fn values(bytes: &mut Bytes<'_>) -> Values {
    let mut value = |name| {
        let (num, den) = (small(bytes.byte()), 1 + bytes.byte() % 4);
        let exact = BigRational::new(num.into(), den.into());
        (name, Rational::new(num, den).unwrap(), exact)
    };
    let [a, b, c] = ["a", "b_2", "_c"].map(&mut value);
    let (wide, exact) = bytes.number(2).unwrap_or_default();
    [a, b, c, ("kpi.d", wide, exact)]
}

/// A small number, zero a quarter of the time.
fn small(byte: u8) -> i8 {
    if byte % 4 == 0 { 0 } else { byte as i8 }
}

/// A tree of at most `depth`.
fn tree(bytes: &mut Bytes<'_>, names: &[&str], depth: u32) -> Tree {
    let name = |bytes: &mut Bytes<'_>| Tree::Name(bytes.pick(names).to_owned());
    if depth == 0 || bytes.is_empty() {
        return name(bytes);
    }
    let next = |bytes: &mut Bytes<'_>| tree(bytes, names, depth - 1);
    match bytes.byte() % 16 {
        0 | 1 => Tree::Number(bytes.pick(&NUMBERS).to_owned()),
        2 => {
            let whole: String = (0..1 + bytes.below(30)).map(|_| digit(bytes)).collect();
            let places: String = (0..1 + bytes.below(30)).map(|_| digit(bytes)).collect();
            match bytes.byte() % 16 {
                // About as large as a number may be.
                0 => Tree::Number(format!("{}e4096", "9".repeat(825 + bytes.below(20)))),
                1 => Tree::Number(format!("{}e-4096", "9".repeat(825 + bytes.below(20)))),
                _ => Tree::Number(format!("{whole}.{places}")),
            }
        }
        3 | 4 => name(bytes),
        5 => Tree::Minus(Box::new(next(bytes))),
        6 => {
            let exponent = match bytes.byte() {
                small @ 0..=199 => i32::from(small % 9) - 4,
                large => i32::from(large - 200) * 20,
            };
            Tree::Power(Box::new(next(bytes)), exponent)
        }
        7 | 8 => {
            let (function, least, most) = bytes.pick(&FUNCTIONS);
            let count = (least + bytes.below(3)).min(most);
            Tree::Call(function, (0..count).map(|_| next(bytes)).collect())
        }
        // A chain, at times long enough for the limits on operations and nesting.
        9 if depth > 2 => {
            let (how, count) = match bytes.byte() {
                long @ 224.. => (long, usize::from(bytes.byte()) + bytes.below(80)),
                how => (how, bytes.below(9)),
            };
            let part = tree(bytes, names, 2);
            (0..count).fold(part.clone(), |tree, _| match how % 8 {
                0..=3 => Tree::Two(sign(how), Box::new(tree), Box::new(part.clone())),
                4 | 5 => Tree::Two(sign(how), Box::new(part.clone()), Box::new(tree)),
                6 => Tree::Call("prior", vec![tree]),
                _ => Tree::Call("abs", vec![tree]),
            })
        }
        how => Tree::Two(sign(how), Box::new(next(bytes)), Box::new(next(bytes))),
    }
}

fn digit(bytes: &mut Bytes<'_>) -> char {
    char::from(b'0' + bytes.byte() % 10)
}

fn sign(how: u8) -> char {
    ['+', '-', '*', '/'][usize::from(how) % 4]
}

/// A formula without periods.
fn alone(text: &str, values: &Values) {
    let (formula, tree) = match (text.parse::<Formula>(), parse(text)) {
        (Ok(formula), Ok(tree)) => (formula, tree),
        (Err(error), Err(fault)) => {
            assert_eq!((error.kind(), error.span()), (fault.kind, fault.span), "{text:?}: {error}");
            return;
        }
        (found, expected) => panic!("{text:?} is {found:?} but {expected:?}"),
    };
    assert_eq!(formula.text(), text);
    let mut names = Vec::new();
    tree.names(0, &mut |name, _| {
        if !names.contains(&name) {
            names.push(name);
        }
    });
    assert_eq!(formula.names(), names, "{text:?}");
    let given = values.iter().map(|(name, value, _)| (*name, value.clone()));
    let found = formula.evaluate(given);
    let name = |name: &str, _| {
        let known = values.iter().find(|(known, ..)| *known == name);
        known.map(|(_, _, value)| value.clone()).ok_or(Stop::Refused(ErrorKind::Unknown))
    };
    let work = Cell::new(WORK);
    let over = |_| Reason::Unbounded(Sense::Neutral);
    let scope = Scope { name: &name, over: &over, periods: false, work: &work };
    let expected = tree.outcome(0, &scope);
    match found {
        Ok(value) => agree(seen(&value).map_err(Stop::Undefined), expected, text),
        Err(error) => agree(Err(Stop::Refused(error.kind())), expected, text),
    }
}

/// Where the model went on to the end, the library says the same.
fn agree(found: Outcome, expected: Outcome, text: &str) {
    if expected != Err(Stop::TooLong) {
        assert_eq!(found, expected, "{text:?}");
    }
}

const MEASURES: [&str; 3] = ["a", "b", "c"];
/// The name of a measure is also a KPI's.
const KPIS: [&str; 3] = ["low", "b", "high"];

/// What a KPI says of n/0, as a table of what it declares.
#[derive(Clone, Copy)]
struct Meaning {
    direction: Direction,
    zero: Option<ZeroBase>,
}

impl Meaning {
    fn over(self, negative: bool) -> Reason {
        let good = match (self.zero, self.direction) {
            (Some(ZeroBase::Inconsistent), _) => return Reason::Inconsistent,
            (Some(ZeroBase::Good), _) | (None, Direction::Higher) => true,
            (Some(ZeroBase::Bad), _) | (None, Direction::Lower) => false,
            _ => return Reason::Unbounded(Sense::Neutral),
        };
        Reason::Unbounded(if good == negative { Sense::Bad } else { Sense::Good })
    }
}

struct Known {
    trees: [Tree; 3],
    meanings: [Meaning; 3],
    /// Hundredths of each measure, today and on the days before.
    days: Vec<[i64; 3]>,
    work: Cell<u64>,
}

impl Known {
    fn value(&self, metric: &str, frame: usize) -> Outcome {
        if let Some(measure) = MEASURES.iter().position(|name| *name == metric) {
            return Ok(BigRational::new(self.days[frame][measure].into(), 100.into()));
        }
        let name = |name: &str, frame| self.value(name, frame);
        let kpi = kpi_of(metric);
        let over = |negative| self.meanings[kpi].over(negative);
        let scope = Scope { name: &name, over: &over, periods: true, work: &self.work };
        self.trees[kpi].outcome(frame, &scope)
    }

    /// How deep `prior` stands in a KPI, through the KPIs that it names.
    fn prior(&self, kpi: usize) -> usize {
        let mut deepest = self.trees[kpi].frames();
        self.trees[kpi].names(0, &mut |name, frame| {
            if !MEASURES.contains(&name) {
                deepest = deepest.max(frame + self.prior(kpi_of(name)));
            }
        });
        deepest
    }
}

fn kpi_of(name: &str) -> usize {
    let bare = name.strip_prefix("kpi.").unwrap_or(name);
    KPIS.iter().position(|known| *known == bare).unwrap()
}

/// Three KPIs, each over measures and those before it, on a day with days before it.
fn as_kpis(bytes: &mut Bytes<'_>) {
    let days: Vec<[i64; 3]> =
        (0..=MOST_PRIOR).map(|_| [(); 3].map(|()| i64::from(small(bytes.byte())))).collect();
    let directions = [Direction::Higher, Direction::Lower, Direction::Neutral];
    let zeros = [None, Some(ZeroBase::Good), Some(ZeroBase::Bad), Some(ZeroBase::Inconsistent)];
    let meanings =
        [(); 3].map(|()| Meaning { direction: bytes.pick(&directions), zero: bytes.pick(&zeros) });
    let mut earlier = |names: &[&str]| {
        let back = bytes.below(10).saturating_sub(5);
        (0..back).fold(tree(bytes, names, 4), |tree, _| Tree::Call("prior", vec![tree]))
    };
    let trees = [
        earlier(&["a", "b", "c"]),
        earlier(&["a", "low", "kpi.low", "c"]),
        earlier(&["kpi.b", "b", "low", "c"]),
    ];
    let style = bytes.u64();
    let texts = [0, 1, 2].map(|kpi: usize| trees[kpi].printed(style >> kpi));
    let known = Known { trees, meanings, days, work: Cell::new(WORK) };

    let mut kpis = Vec::new();
    for kpi in 0..3 {
        let Ok(formula) = texts[kpi].parse::<Formula>() else {
            // Too long, and said to be where a formula stands alone.
            return;
        };
        let Meaning { direction, zero } = known.meanings[kpi];
        let made = Kpi::new(KPIS[kpi], formula).direction(direction);
        kpis.push(zero.map_or(made.clone(), |zero| made.zero_base(zero)));
    }
    let measures = MEASURES.map(|name| Measure::flow(name, Unit::one()));
    let schema = Schema::new(Vec::<String>::new(), measures).unwrap();
    let too_deep = (0..3).any(|kpi| known.prior(kpi) > MOST_PRIOR);
    let set = match KpiSet::new(schema, kpis) {
        Ok(set) => set,
        Err(error) => {
            let kinds: Vec<_> = error.problems().iter().map(|problem| problem.kind()).collect();
            assert!(too_deep, "{texts:?}: {error}");
            assert!(kinds.iter().all(|kind| *kind == ErrorKind::Capacity), "{texts:?}: {error}");
            return;
        }
    };
    assert!(!too_deep, "{texts:?} goes back too far and was not refused");

    let today = Date::new(2011, 12, 7).unwrap();
    let numbers: Vec<i32> =
        (0..known.days.len()).map(|back| today.number() - back as i32).collect();
    let columns = [0, 1, 2]
        .map(|measure: usize| -> Vec<i64> { known.days.iter().map(|day| day[measure]).collect() });
    let mut facts = Facts::builder(set.schema()).day_numbers(&numbers);
    for (name, column) in MEASURES.iter().zip(&columns) {
        facts = facts.measure(name, Column::scaled(column, 2));
    }
    let facts = facts.build().unwrap();
    let metrics = ["low", "kpi.b", "high"];
    let query = Query::of(metrics).within(Period::inclusive(today, today).unwrap());
    // Too little for the limit on work, which is on all cells of a query together.
    let table = query.run(&set, &facts, Calendar::default()).unwrap();
    for (column, metric) in table.columns.iter().zip(metrics) {
        known.work.set(WORK);
        let found = seen(&column.values[0]).map_err(Stop::Undefined);
        agree(found, known.value(metric, 0), &format!("{metric} of {texts:?}"));
    }
}
