//! What the unit of a KPI claims, held against numbers: in a money ten times smaller every amount
//! of it is ten times as much. Where a base unit is rescaled by k, in facts and literals, a KPI that
//! is accepted scales by k to the power in which its unit holds that base; and a sum that is refused
//! scales by no power.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use yardstick::{
    Calendar, Column, Date, ErrorKind, Facts, Kpi, KpiSet, Measure, Period, Query, Rational,
    Schema, Unit, Value,
};

/// Two currencies, two counted things, time of a fixed length, months.
const BASES: usize = 6;
/// In what time of a fixed length is counted.
const TIMES: [&str; 3] = ["hour", "day", "minute"];
const MEASURES: usize = 5;
/// What makes whole numbers of all that is rescaled.
const MOST: i32 = 2;

type Exponents = [i32; BASES];

fn unit(exponents: Exponents, time: usize) -> Unit {
    let names = ["EUR", "USD", "lead", "order", TIMES[time % 3], "month"];
    names.iter().zip(exponents).fold(Unit::one(), |unit, (name, exponent)| {
        let base = name.parse::<Unit>().unwrap().power(exponent).unwrap();
        unit.times(&base).unwrap().0
    })
}

/// In what powers a unit holds the bases.
fn exponents(unit: &Unit) -> Exponents {
    let fixed = TIMES.iter().map(|time| unit.exponent_of(time)).sum();
    let [eur, usd, lead, order, month] =
        ["EUR", "USD", "lead", "order", "month"].map(|base| unit.exponent_of(base));
    [eur, usd, lead, order, fixed, month]
}

fn combined(a: Exponents, b: Exponents, sign: i32) -> Exponents {
    std::array::from_fn(|i| a[i] + sign * b[i])
}

/// A formula. Its sums are of like units by construction.
#[derive(Debug, Clone)]
enum Tree {
    Measure(usize),
    Literal(u32, Exponents, usize),
    Minus(Box<Tree>),
    Abs(Box<Tree>),
    Power(Box<Tree>, i32),
    Two(char, Box<Tree>, Box<Tree>),
    /// Two of one unit, by an operator or function: a part, and a measure that a literal brings to
    /// the unit of the part, in a time of its own.
    Alike(&'static str, Box<Tree>, usize, u32, usize),
}

/// Measures: their units, and hundredths of their values.
type Measures = Vec<(Exponents, usize, i64)>;

/// A base that is rescaled, and by how much.
#[derive(Debug, Clone, Copy)]
struct Scale {
    base: usize,
    k: u32,
}

impl Tree {
    fn exponents(&self, measures: &Measures) -> Exponents {
        let of = |tree: &Self| tree.exponents(measures);
        match self {
            Self::Measure(index) => measures[*index].0,
            Self::Literal(_, exponents, _) => *exponents,
            Self::Minus(inner) | Self::Abs(inner) | Self::Alike(_, inner, ..) => of(inner),
            Self::Power(inner, exponent) => of(inner).map(|own| own * exponent),
            Self::Two('*', a, b) => combined(of(a), of(b), 1),
            Self::Two(_, a, b) => combined(of(a), of(b), -1),
        }
    }

    fn text(&self, measures: &Measures, scale: Scale) -> String {
        let of = |tree: &Self| tree.text(measures, scale);
        match self {
            Self::Measure(index) => format!("m{index}"),
            Self::Literal(number, exponents, time) => {
                let (unit, Scale { base, k }) = (unit(*exponents, *time), scale);
                format!("({number} [{unit}] * {k}^{})", exponents[base])
            }
            Self::Minus(inner) => format!("(-{})", of(inner)),
            Self::Abs(inner) => format!("abs({})", of(inner)),
            Self::Power(inner, exponent) => format!("({})^{exponent}", of(inner)),
            Self::Two(sign, a, b) => format!("({} {sign} {})", of(a), of(b)),
            Self::Alike(how, a, index, number, time) => {
                let due = combined(a.exponents(measures), measures[*index].0, -1);
                let other = Self::Literal(*number, due, *time);
                let (a, b) = (of(a), format!("m{index} * {}", of(&other)));
                match *how {
                    "+" | "-" => format!("({a} {how} {b})"),
                    function => format!("{function}({a}, {b})"),
                }
            }
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let literal = (1..20_u32, any_exponents(), 0..3_usize);
    let leaf = prop_oneof![
        3 => (0..MEASURES).prop_map(Tree::Measure),
        1 => literal.prop_map(|(number, unit, time)| Tree::Literal(number, unit, time)),
        1 => (1..20_u32).prop_map(|number| Tree::Literal(number, [0; BASES], 0)),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        let part = inner.clone().prop_map(Box::new);
        let how = prop::sample::select(vec!["+", "-", "min", "max", "if_undefined"]);
        prop_oneof![
            1 => part.clone().prop_map(Tree::Minus),
            1 => part.clone().prop_map(Tree::Abs),
            1 => (part.clone(), -2..=3_i32).prop_map(|(part, n)| Tree::Power(part, n)),
            4 => (prop::sample::select(vec!['*', '/']), part.clone(), part.clone())
                .prop_map(|(sign, a, b)| Tree::Two(sign, a, b)),
            5 => (how, part, 0..MEASURES, 1..20_u32, 0..3_usize)
                .prop_map(|(how, a, index, number, time)| Tree::Alike(how, a, index, number, time)),
        ]
    })
}

fn any_exponents() -> impl Strategy<Value = Exponents> {
    // Most are 0, so that units meet.
    prop::array::uniform6(prop_oneof![4 => Just(0), 1 => Just(1), 1 => Just(-1), 1 => -MOST..=MOST])
}

fn measures() -> impl Strategy<Value = Measures> {
    let one = (any_exponents(), 0..3_usize, prop_oneof![9 => -500..500_i64, 1 => Just(0)]);
    prop::collection::vec(one, MEASURES)
}

/// The set with formulas as KPIs `k0`, `k1` and so on.
fn set(measures: &Measures, formulas: &[String]) -> Result<KpiSet, yardstick::Error> {
    let measures = measures.iter().enumerate();
    let measures =
        measures.map(|(i, (own, time, _))| Measure::flow(format!("m{i}"), unit(*own, *time)));
    let schema = Schema::new(Vec::<String>::new(), measures).unwrap();
    let kpis = formulas.iter().enumerate();
    KpiSet::new(schema, kpis.map(|(i, text)| Kpi::new(format!("k{i}"), text.parse().unwrap())))
}

/// The values of the KPIs where one base is rescaled in every measure.
fn values(set: &KpiSet, measures: &Measures, whole: u32, scale: Scale) -> Vec<Value> {
    let day = Date::new(2012, 2, 29).unwrap();
    let columns: Vec<[i64; 1]> = measures
        .iter()
        .map(|(own, _, hundredths)| {
            // Hundredths of a whole multiple, so that every power of k leaves a whole number.
            let power = |k: u32, n: i32| i64::from(k).pow(u32::try_from(n).unwrap());
            let factor = power(whole, MOST) * power(scale.k, MOST + own[scale.base]);
            [hundredths * factor / power(scale.k, MOST)]
        })
        .collect();
    let days = [day.number()];
    let mut facts = Facts::builder(set.schema()).day_numbers(&days);
    let names: Vec<String> = (0..MEASURES).map(|i| format!("m{i}")).collect();
    for (name, column) in names.iter().zip(&columns) {
        facts = facts.measure(name, Column::scaled(column, 2));
    }
    let metrics: Vec<String> = (0..set.kpis().len()).map(|i| format!("k{i}")).collect();
    let query = Query::of(metrics).within(Period::inclusive(day, day).unwrap());
    let table = query.run(set, &facts.build().unwrap(), Calendar::default()).unwrap();
    table.columns.iter().map(|column| column.values[0].clone()).collect()
}

fn power(k: u32, exponent: i32) -> Rational {
    Rational::from(i64::from(k)).checked_pow(exponent).unwrap()
}

/// How many cases came to what end.
#[derive(Debug, Default)]
struct Counts {
    /// Scaled as the unit says, for each base; and of those undefined, for the same reason each time.
    scaled: usize,
    undefined: usize,
    /// Refused for exponents beyond the limit alone.
    limit: usize,
    /// Sums of like units, of unlike ones, and unlike ones whose parts are zero or undefined.
    alike: usize,
    refused: usize,
    nothing: usize,
}

const NONE: Scale = Scale { base: 0, k: 1 };

fn scales_as_its_unit_says(tree: &Tree, measures: &Measures, k: u32, counts: &mut Counts) {
    let known = set(measures, &[tree.text(measures, NONE)]);
    let known = match known {
        Ok(known) => known,
        Err(error) => {
            // Exponents beyond the limit on units are the only reason to refuse.
            let message = error.problems()[0].message();
            counts.limit += 1;
            return assert!(message.contains("a unit past its limits"), "{error}");
        }
    };
    let derived = exponents(known.unit("k0").unwrap());
    assert_eq!(derived, tree.exponents(measures), "{tree:?}");
    let before = values(&known, measures, k, NONE).remove(0);
    for (base, exponent) in derived.into_iter().enumerate() {
        let scale = Scale { base, k };
        let rescaled = set(measures, &[tree.text(measures, scale)]).unwrap();
        let after = values(&rescaled, measures, k, scale).remove(0);
        let expected = before.clone().map(|value| value * power(k, exponent));
        assert_eq!(after, expected, "base {base} by {k}: {}", tree.text(measures, scale));
    }
    counts.scaled += 1;
    counts.undefined += usize::from(before.reason().is_some());
}

/// A sum is accepted where both scale alike in every base; else there is a base in which the sum of
/// the two values scales by no power at all.
fn adds_up_or_scales_by_no_power(a: &Tree, b: &Tree, measures: &Measures, counts: &mut Counts) {
    let texts = |scale| [a.text(measures, scale), b.text(measures, scale)];
    let Ok(both) = set(measures, &texts(NONE)) else {
        counts.limit += 1;
        return;
    };
    let [left, right] = ["k0", "k1"].map(|name| exponents(both.unit(name).unwrap()));
    let [one, other] = texts(NONE);
    let sum = set(measures, &[format!("{one} + {other}")]);
    let Some(base) = (0..BASES).find(|base| left[*base] != right[*base]) else {
        assert_eq!(exponents(sum.unwrap().unit("k0").unwrap()), left);
        counts.alike += 1;
        return;
    };
    let error = sum.unwrap_err();
    assert_eq!(error.problems()[0].kind(), ErrorKind::Unit, "{error}");
    // The sum of the two for three sizes of the base.
    let sums = [1, 2, 3].map(|k| {
        let scale = Scale { base, k };
        let rescaled = set(measures, &texts(scale)).unwrap();
        let values = values(&rescaled, measures, 6, scale);
        match &values[..] {
            [Value::Defined(a), Value::Defined(b)] if !a.is_zero() && !b.is_zero() => Some(a + b),
            _ => None,
        }
    });
    let [Some(once), Some(twice), Some(thrice)] = sums else {
        counts.nothing += 1;
        return;
    };
    // a k^m + b k^n = (a + b) k^p has besides k = 1 one solution at most, whatever p is.
    for p in -400..=400 {
        let scaled = |k| &once * power(k, p);
        assert!(twice != scaled(2) || thrice != scaled(3), "{one} + {other} scales by {p}");
    }
    counts.refused += 1;
}

/// Runs a property on so many inputs and tells what became of them.
fn over<S: Strategy>(cases: u32, inputs: S, property: impl Fn(S::Value, &mut Counts)) -> Counts {
    let counts = RefCell::new(Counts::default());
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    let run = TestRunner::new(config).run(&inputs, |input| {
        property(input, &mut counts.borrow_mut());
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
    let counts = counts.into_inner();
    println!("{cases} cases: {counts:?}");
    counts
}

#[test]
fn the_unit_says_how_a_kpi_scales() {
    let inputs = (tree(), measures(), 2..=7_u32);
    let counts = over(600, inputs, |(tree, measures, k), counts| {
        scales_as_its_unit_says(&tree, &measures, k, counts);
    });
    assert_eq!(counts.scaled + counts.limit, 600);
    assert!(counts.scaled - counts.undefined > 400, "{counts:?}");
}

#[test]
fn a_refused_sum_scales_by_no_power() {
    let counts = over(300, (tree(), tree(), measures()), |(a, b, measures), counts| {
        adds_up_or_scales_by_no_power(&a, &b, &measures, counts);
        let like = Tree::Alike("max", Box::new(a.clone()), 1, 3, 1);
        adds_up_or_scales_by_no_power(&a, &like, &measures, counts);
    });
    assert!(counts.refused > 150 && counts.alike > 200, "{counts:?}");
}
