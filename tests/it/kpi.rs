//! Formulas, KPI sets and queries, against evaluation of trees over big fractions.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use num_rational::BigRational;
use num_traits::Pow;
use proptest::prelude::*;
use yardstick::{
    Across, Calendar, Column, Date, Direction, ErrorKind, Facts, Formula, Grain, Kpi, KpiSet,
    Measure, MissingDay, OverTime, Period, Query, Rational, Reason, Schema, Sense, Table, Unit,
    Value, ZeroBase,
};

use crate::reference::formula::{Maybe, Tree, number, seen};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn day(number: i32) -> Date {
    Date::from_number(number).unwrap()
}

fn period(first: i32, last: i32) -> Period {
    Period::inclusive(day(first), day(last)).unwrap()
}

fn unit(text: &str) -> Unit {
    text.parse().unwrap()
}

/// Random trees over names; `prior` among the functions if wanted.
fn any_tree(names: Vec<String>, prior: bool) -> impl Strategy<Value = Tree> {
    let numbers = ["0", "0", "1", "2", "3.50", "0.001", "1000", "7"];
    let leaf = prop_oneof![
        1 => prop::sample::select(numbers.to_vec()).prop_map(|text| Tree::Number(text.to_owned())),
        3 => prop::sample::select(names).prop_map(Tree::Name),
    ];
    leaf.prop_recursive(5, 24, 3, move |inner| {
        let two =
            (prop::sample::select(vec!['+', '-', '*', '/', '/']), inner.clone(), inner.clone());
        let call =
            (prop::sample::select(vec!["min", "max"]), prop::collection::vec(inner.clone(), 2..4));
        let pair = (inner.clone(), inner.clone());
        let single = prop::sample::select(if prior { vec!["abs", "prior"] } else { vec!["abs"] });
        prop_oneof![
            6 => two.prop_map(|(sign, a, b)| Tree::Two(sign, Box::new(a), Box::new(b))),
            1 => inner.clone().prop_map(|inner| Tree::Minus(Box::new(inner))),
            1 => (inner.clone(), -3..=3).prop_map(|(base, n)| Tree::Power(Box::new(base), n)),
            1 => call.prop_map(|(name, arguments)| Tree::Call(name, arguments)),
            1 => pair.prop_map(|(a, b)| Tree::Call("if_undefined", vec![a, b])),
            2 => (single, inner).prop_map(|(name, a)| Tree::Call(name, vec![a])),
        ]
    })
}

fn named(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_formula_is_what_its_tree_gives(
        tree in any_tree(named(&["a", "b_2", "_c", "kpi.d"]), false),
        values in prop::array::uniform4((-20..20_i64, 1..4_i64)),
        style in any::<u64>(),
    ) {
        let names = ["a", "b_2", "_c", "kpi.d"];
        let formula = tree.formula(style);
        let given = names.iter().zip(values);
        let found = formula
            .evaluate(given.map(|(name, (n, d))| (*name, Rational::new(n, d).unwrap())))
            .unwrap();
        let value = |name: &str, _| {
            let (n, d) = values[names.iter().position(|known| *known == name).unwrap()];
            Ok(BigRational::new(n.into(), d.into()))
        };
        let expected = tree.value(0, &value, &|_| Reason::Unbounded(Sense::Neutral));
        prop_assert_eq!(seen(&found), expected, "{}", formula);
        // The same again, printed in another way.
        let again = tree.formula(!style);
        prop_assert_eq!(formula.names(), again.names());
    }

    #[test]
    fn no_text_breaks_the_reader(text in "[-a-c0-9.+*/^(),\\[\\] é]{0,24}") {
        if let Ok(formula) = text.parse::<Formula>() {
            let one = |name| (name, Rational::from(2));
            let _ = formula.evaluate(["a", "b", "c"].map(one));
        }
    }
}

const KEYS: [&str; 3] = ["DE", "FR", "AT"];

/// One row of facts about two flows, a stock, an unknown and a distinct measure; 1 is their unit.
type Line = (i32, usize, [Option<i64>; 5]);

const MEASURES: [&str; 5] = ["a", "b", "stock", "unsure", "visitors"];

fn pure_measures() -> Vec<Measure> {
    let one = Unit::one;
    vec![
        Measure::flow("a", one()),
        Measure::flow("b", one()),
        Measure::stock("stock", one()),
        Measure::flow("unsure", one()).missing(MissingDay::Unknown).across(Across::Max),
        Measure::distinct("visitors", one()),
    ]
}

fn any_lines() -> impl Strategy<Value = Vec<Line>> {
    let cell = || prop::option::weighted(0.8, -3..6_i64);
    let cells = prop::array::uniform5(cell());
    let line = (0..6_i32, 0..KEYS.len(), cells);
    prop::collection::vec(line, 1..14).prop_map(|lines| {
        let mut known = BTreeSet::new();
        lines.into_iter().filter(|(day, key, _)| known.insert((*day, *key))).collect()
    })
}

/// A measure over the days of a period for some keys, by loops over days.
fn total(lines: &[Line], measure: usize, keys: &[usize], first: i32, last: i32) -> Maybe {
    let mut cells: BTreeMap<(usize, i32), i64> = BTreeMap::new();
    for (day, key, values) in lines {
        if let Some(value) = values[measure] {
            cells.insert((*key, *day), value);
        }
    }
    let keys: Vec<_> = keys.iter().filter(|key| lines.iter().any(|line| line.1 == **key)).collect();
    let mut leaves = Vec::new();
    for key in keys {
        let mut sum = 0;
        match MEASURES[measure] {
            "a" | "b" | "visitors" => {
                for day in first..=last {
                    sum += cells.get(&(*key, day)).unwrap_or(&0);
                }
            }
            "stock" => {
                let known: Vec<_> =
                    (-100..=last).filter_map(|day| cells.get(&(*key, day))).collect();
                match known.last() {
                    Some(value) => sum = **value,
                    None => continue,
                }
            }
            _ => {
                for day in first..=last {
                    sum += cells.get(&(*key, day)).ok_or(Reason::Missing)?;
                }
            }
        }
        leaves.push(sum);
    }
    match (MEASURES[measure], leaves.len()) {
        ("visitors", _) if first < last => Err(Reason::NotAdditive),
        ("a" | "b", _) => Ok(number(leaves.iter().sum())),
        (_, 0) => Err(Reason::Missing),
        ("visitors", 2..) => Err(Reason::NotAdditive),
        ("unsure", _) => Ok(number(*leaves.iter().max().unwrap())),
        _ => Ok(number(leaves.iter().sum())),
    }
}

fn facts_of<'a>(lines: &[Line], schema: &Schema) -> Facts<'a> {
    let dates: Vec<_> = lines.iter().map(|line| day(line.0)).collect();
    let keys: Vec<_> = lines.iter().map(|line| KEYS[line.1]).collect();
    let mut builder = Facts::builder(schema).dates(&dates).dimension("country", &keys);
    for (i, measure) in MEASURES.iter().enumerate() {
        let texts: Vec<_> =
            lines.iter().map(|line| line.2[i].map(|value| value.to_string())).collect();
        builder = builder.measure(measure, Column::optional_text(&texts));
    }
    builder.build().unwrap()
}

/// What n/0 means for a KPI, as a table: by its zero base, else by its direction.
fn meaning(direction: Direction, zero: Option<ZeroBase>, negative: bool) -> Reason {
    let good = match (zero, direction) {
        (Some(ZeroBase::Inconsistent), _) => return Reason::Inconsistent,
        (Some(ZeroBase::Good), _) => true,
        (Some(ZeroBase::Bad), _) => false,
        (_, Direction::Higher) => true,
        (_, Direction::Lower) => false,
        _ => return Reason::Unbounded(Sense::Neutral),
    };
    Reason::Unbounded(if good == negative { Sense::Bad } else { Sense::Good })
}

fn any_meaning() -> impl Strategy<Value = (Direction, Option<ZeroBase>)> {
    let directions = vec![Direction::Higher, Direction::Lower, Direction::Neutral];
    let zero =
        vec![None, None, Some(ZeroBase::Good), Some(ZeroBase::Bad), Some(ZeroBase::Inconsistent)];
    (prop::sample::select(directions), prop::sample::select(zero))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// Three KPIs, each free to use those below it and what came before.
    #[test]
    fn a_kpi_of_a_roll_up_is_a_kpi_from_scratch(
        lines in any_lines(),
        low in any_tree(named(&MEASURES), false),
        middle in any_tree(named(&["a", "stock", "low", "kpi.b"]), true),
        high in any_tree(named(&["b", "visitors", "low", "middle", "unsure"]), true),
        meanings in prop::array::uniform4(any_meaning()),
        style in any::<u64>(),
        (first, more) in (-2..6_i32, 0..3_i32),
        compare in prop::option::of((-6..6_i32, 0..3_i32)),
        reversed in any::<bool>(),
    ) {
        // "b" is a measure and a KPI too; "kpi.b" says which.
        let other: Tree = Tree::Two('/', Box::new(Tree::Name("a".into())), Box::new(Tree::Name("b".into())));
        let trees = [("low", &low), ("b", &other), ("middle", &middle), ("high", &high)];
        let mut kpis: Vec<_> = trees
            .iter()
            .zip(meanings)
            .map(|((name, tree), (direction, zero))| {
                let kpi = Kpi::new(*name, tree.formula(style)).direction(direction);
                match zero {
                    Some(zero) => kpi.zero_base(zero),
                    None => kpi,
                }
            })
            .collect();
        if reversed {
            kpis.reverse();
        }
        let schema = Schema::new(["country"], pure_measures()).unwrap();
        let set = KpiSet::new(schema, kpis).unwrap();
        let facts = facts_of(&lines, set.schema());

        let (last, length) = (first + more, more + 1);
        let mut query = Query::of(["low", "kpi.b", "middle", "high"]).within(period(first, last));
        if let Some((start, more)) = compare {
            query = query.compare(period(start, start + more));
        }
        let run = |query: Query| query.run(&set, &facts, Calendar::default()).unwrap();
        // Period by frame: the one asked for, then back.
        let frame_days = |frame: usize| match (frame as i32, compare) {
            (0, _) => (first, last),
            (back, None) => (first - back * length, last - back * length),
            (back, Some((start, more))) => {
                let start = start - (back - 1) * (more + 1);
                (start, start + more)
            }
        };
        let expected = |keys: &[usize], metric: &str| {
            fn evaluate(
                metric: &str,
                frame: usize,
                trees: &[(&str, &Tree); 4],
                meanings: &[(Direction, Option<ZeroBase>); 4],
                base: &dyn Fn(usize, usize) -> Maybe,
            ) -> Maybe {
                if let Some(measure) = MEASURES.iter().position(|name| *name == metric) {
                    return base(measure, frame);
                }
                let bare = metric.strip_prefix("kpi.").unwrap_or(metric);
                let index = trees.iter().position(|(name, _)| *name == bare).unwrap();
                let (direction, zero) = meanings[index];
                trees[index].1.value(
                    frame,
                    &|name, frame| evaluate(name, frame, trees, meanings, base),
                    &|negative| meaning(direction, zero, negative),
                )
            }
            let base = |measure: usize, frame: usize| {
                let (first, last) = frame_days(frame);
                total(&lines, measure, keys, first, last)
            };
            evaluate(metric, 0, &trees, &meanings, &base)
        };

        let groups = run(query.clone().by("country"));
        let mut names: Vec<_> = lines.iter().map(|line| KEYS[line.1]).collect();
        names.sort_unstable();
        names.dedup();
        let found: Vec<_> = groups.rows.iter().map(|row| row.key[0].as_str()).collect();
        prop_assert_eq!(&found, &names);
        let sum = run(query.clone());
        for column in &groups.columns {
            let metric = column.metric.as_str();
            let all = sum.get(metric, None, &[]).unwrap();
            prop_assert_eq!(seen(all), expected(&[0, 1, 2], metric), "{}", metric);
            for (value, name) in column.values.iter().zip(&names) {
                let key = KEYS.iter().position(|key| key == name).unwrap();
                prop_assert_eq!(seen(value), expected(&[key], metric), "{} {}", metric, name);
                let single = run(query.clone().only("country", [*name]));
                prop_assert_eq!(single.get(metric, None, &[]), Some(value));
                let grouped = run(query.clone().by("country").only("country", [*name]));
                prop_assert_eq!(grouped.get(metric, None, &[name]), Some(value));
            }
            let two = run(query.clone().only("country", ["AT", "DE"]).only("country", KEYS));
            prop_assert_eq!(seen(two.get(metric, None, &[]).unwrap()), expected(&[0, 2], metric));
        }
    }

    #[test]
    fn a_kpi_is_its_formula_over_totals(
        lines in any_lines(), tree in any_tree(named(&["a", "b", "stock"]), false),
        style in any::<u64>(),
    ) {
        let schema = Schema::new(["country"], pure_measures()).unwrap();
        let set = KpiSet::new(schema, [Kpi::new("k", tree.formula(style))]).unwrap();
        let facts = facts_of(&lines, set.schema());
        let query = Query::of(["a", "b", "stock", "k"]).by("country").grain(Grain::Day);
        let table = query.run(&set, &facts, Calendar::default()).unwrap();
        for row in 0..table.rows.len() {
            let values: Vec<_> = table.columns.iter().map(|column| &column.values[row]).collect();
            let totals = ["a", "b", "stock"].into_iter().zip(&values);
            let totals: Option<Vec<_>> = totals
                .map(|(name, value)| Some((name, (*value).clone().defined()?)))
                .collect();
            if let Some(totals) = totals {
                prop_assert_eq!(&tree.formula(!style).evaluate(totals).unwrap(), values[3]);
            }
        }
    }
}

/// Measures in pairs of the same dimension: the second of a pair can stand for the first.
const PAIRS: [(&str, &str); 10] = [
    ("revenue", "EUR"),
    ("cost", "EUR"),
    ("orders", "order"),
    ("returns", "order"),
    ("hours", "hour"),
    ("days", "day"),
    ("rate", "EUR/hour"),
    ("wage", "EUR/week"),
    ("rent", "EUR^2/month"),
    ("fee", "EUR^2/month"),
];

fn sibling(tree: &Tree) -> Tree {
    match tree {
        Tree::Number(_) => tree.clone(),
        Tree::Name(name) => {
            let at = PAIRS.iter().position(|(known, _)| known == name).unwrap();
            Tree::Name(PAIRS[at ^ 1].0.to_owned())
        }
        Tree::Minus(inner) => Tree::Minus(Box::new(sibling(inner))),
        Tree::Two(sign, a, b) => Tree::Two(*sign, Box::new(sibling(a)), Box::new(sibling(b))),
        Tree::Power(base, n) => Tree::Power(Box::new(sibling(base)), *n),
        Tree::Call(name, arguments) => Tree::Call(name, arguments.iter().map(sibling).collect()),
    }
}

/// Trees that pass the check of units: what is added is a tree and its sibling.
fn any_sound_tree() -> impl Strategy<Value = Tree> {
    let names: Vec<_> = PAIRS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let leaf = prop::sample::select(names).prop_map(Tree::Name);
    leaf.prop_recursive(4, 16, 2, |inner| {
        let product = (prop::sample::select(vec!['*', '/', '/']), inner.clone(), inner.clone());
        let factor = prop::sample::select(vec!["1", "0.5", "12", "0"]);
        let sum = (prop::sample::select(vec!['+', '-']), inner.clone(), factor);
        let calls = vec!["min", "max", "if_undefined"];
        prop_oneof![
            4 => product.prop_map(|(sign, a, b)| Tree::Two(sign, Box::new(a), Box::new(b))),
            2 => sum.prop_map(|(sign, a, factor)| {
                let factor = Box::new(Tree::Number(factor.to_owned()));
                let other = Tree::Two('*', factor, Box::new(sibling(&a)));
                Tree::Two(sign, Box::new(a), Box::new(other))
            }),
            1 => (prop::sample::select(calls), inner.clone())
                .prop_map(|(name, a)| Tree::Call(name, vec![sibling(&a), a])),
            1 => (inner.clone(), -2..=3).prop_map(|(base, n)| Tree::Power(Box::new(base), n)),
            1 => inner.clone().prop_map(|inner| Tree::Minus(Box::new(inner))),
            1 => inner.prop_map(|inner| Tree::Call("abs", vec![inner])),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_kpi_scales_by_its_exponent_in_every_unit(
        tree in any_sound_tree(), style in any::<u64>(),
        values in prop::array::uniform10(-4..9_i64),
        factor in prop::sample::select(vec![2_i64, 5, 10]),
    ) {
        let measures = PAIRS.map(|(name, text)| Measure::flow(name, unit(text)));
        let schema = Schema::new(Vec::<String>::new(), measures).unwrap();
        let set = match KpiSet::new(schema, [Kpi::new("k", tree.formula(style))]) {
            Ok(set) => set,
            // An exponent past 64 is all that can be wrong.
            Err(error) => {
                prop_assert_eq!(error.problems()[0].kind(), ErrorKind::Capacity);
                return Ok(());
            }
        };
        // Each value times the factor to the power of its measure's exponent, as text: a negative
        // power of 2 is a power of 5 with as many decimals.
        let evaluate = |exponent: &dyn Fn(&Unit) -> i32| {
            let columns: Vec<[String; 1]> = PAIRS
                .iter()
                .zip(values)
                .map(|((_, text), value)| {
                    let own = exponent(&unit(text));
                    let base = if own < 0 { 10 / factor } else { factor };
                    let digits = value * base.pow(own.unsigned_abs());
                    [format!("{digits}e{}", own.min(0))]
                })
                .collect();
            let mut builder = Facts::builder(set.schema()).dates(&[date("2011-12-07")]);
            for ((name, _), column) in PAIRS.iter().zip(&columns) {
                builder = builder.measure(name, Column::text(column));
            }
            let facts = builder.build().unwrap();
            let table = Query::of(["k"]).run(&set, &facts, Calendar::default()).unwrap();
            seen(&table.columns[0].values[0])
        };
        let before = evaluate(&|_| 0);
        // Times that convert are one dimension.
        let times = ["second", "minute", "hour", "day", "week"];
        for bases in [&["EUR"][..], &["order"], &times, &["month"]] {
            let exponent = |unit: &Unit| bases.iter().map(|base| unit.exponent_of(base)).sum();
            let power = Pow::pow(number(factor), exponent(set.unit("k").unwrap()));
            prop_assert_eq!(evaluate(&exponent), before.clone().map(|value| value * power));
        }
    }
}

/// One day of facts without dimensions, each measure a whole number.
fn one_day(set: &KpiSet, values: &[(&str, i64)]) -> Facts<'static> {
    let mut builder = Facts::builder(set.schema()).dates(&[date("2011-12-07")]);
    for (name, value) in values {
        builder = builder.measure(name, Column::text(&[value.to_string()]));
    }
    builder.build().unwrap()
}

fn plain(measures: &[(&str, &str)], kpis: &[(&str, &str)]) -> Result<KpiSet, yardstick::Error> {
    let measures = measures.iter().map(|(name, text)| Measure::flow(*name, unit(text)));
    let schema = Schema::new(Vec::<String>::new(), measures).unwrap();
    KpiSet::new(schema, kpis.iter().map(|(name, text)| Kpi::new(*name, text.parse().unwrap())))
}

fn run(query: Query, set: &KpiSet, facts: &Facts<'_>) -> Table {
    query.run(set, facts, Calendar::default()).unwrap()
}

#[test]
fn hours_and_days_add_up() {
    let measures = [("call", "hour"), ("visit", "day"), ("deals", "deal")];
    let kpis = [
        ("effort", "call + visit"),
        ("other_way", "visit + call"),
        ("effort_per_deal", "(call + visit) / deals"),
        ("product", "visit * call"),
        ("share", "call / visit"),
        ("longest", "max(call, visit, 90 [minute])"),
        ("with_literal", "call - 1 [day]"),
    ];
    let set = plain(&measures, &kpis).unwrap();
    let facts = one_day(&set, &[("call", 6), ("visit", 2), ("deals", 4)]);
    let table = run(Query::of(kpis.map(|(name, _)| name)), &set, &facts);
    for (metric, text, value) in [
        ("effort", "hour", "54"),
        ("other_way", "day", "2.25"),
        ("effort_per_deal", "hour/deal", "13.5"),
        ("product", "day^2", "0.5"),
        ("share", "1", "0.125"),
        ("longest", "hour", "48"),
        ("with_literal", "hour", "-18"),
    ] {
        assert_eq!(set.unit(metric).unwrap(), &unit(text), "{metric}");
        let expected = Value::Defined(value.parse().unwrap());
        assert_eq!(table.get(metric, None, &[]), Some(&expected), "{metric}");
    }
    // A declared unit of time converts, also for those who use the KPI.
    let schema = set.schema().clone();
    let kpi = Kpi::new("effort", "call + visit".parse().unwrap()).unit(unit("week"));
    let twice = Kpi::new("twice", "2 * effort".parse().unwrap()).unit(unit("minute"));
    let set = KpiSet::new(schema, [twice, kpi]).unwrap();
    let table = run(Query::of(["effort", "twice"]), &set, &facts);
    let value = |metric| table.get(metric, None, &[]).unwrap().to_string();
    assert_eq!(value("effort"), "9/28");
    assert_eq!(value("twice"), "6480");
}

#[test]
fn prior_is_the_whole_bucket_before() {
    let set = plain(
        &[("sales", "EUR")],
        &[("growth", "sales / prior(sales) - 1"), ("before_last", "prior(prior(sales))")],
    )
    .unwrap();
    // One euro a day, from October to the end of the year.
    let (first, last) = (date("2011-10-01").number(), date("2011-12-31").number());
    let days: Vec<_> = (first..=last).collect();
    let ones = vec![1; days.len()];
    let facts = Facts::builder(set.schema())
        .day_numbers(&days)
        .measure("sales", Column::integers(&ones))
        .build()
        .unwrap();
    let part = Period::inclusive(date("2011-11-10"), date("2011-12-09")).unwrap();
    let query = Query::of(["sales", "growth", "before_last"]).within(part);
    let table = run(query.clone().grain(Grain::Month), &set, &facts);
    let texts = |table: &Table, row: usize| -> Vec<String> {
        table.columns.iter().map(|column| column.values[row].to_string()).collect()
    };
    assert_eq!(texts(&table, 0), ["21", "-10/31", "0"]);
    assert_eq!(texts(&table, 1), ["9", "-7/10", "31"]);
    // Without a grain: as many days right before, and before those.
    assert_eq!(texts(&run(query.clone(), &set, &facts), 0), ["30", "0", "10"]);
    let october = Calendar::default().period("2011-10").unwrap();
    let table = run(query.compare(october), &set, &facts);
    assert_eq!(texts(&table, 0), ["30", "-1/31", "0"]);
}

#[test]
fn a_chain_of_squares_ends_in_capacity_and_at_once() {
    let mut kpis = vec![("k0".to_owned(), "x + 1".to_owned())];
    for i in 1..2_000 {
        kpis.push((format!("k{i}"), format!("k{} * k{} + k{}", i - 1, i - 1, i - 1)));
    }
    let kpis: Vec<_> = kpis.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let start = Instant::now();
    let set = plain(&[("x", "1")], &kpis).unwrap();
    let facts = one_day(&set, &[("x", 6)]);
    let table = run(Query::of(["k3", "k60", "k1999"]), &set, &facts);
    let values: Vec<_> = table.columns.iter().map(|column| seen(&column.values[0])).collect();
    assert_eq!(values[0], Ok(number((7 * 8) * (7 * 8 + 1) * (7 * 8 * (7 * 8 + 1) + 1))));
    assert_eq!(values[1..], [Err(Reason::Capacity), Err(Reason::Capacity)]);
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn powers_up_to_the_capacity() {
    let of = |text: &str| text.parse::<Formula>().unwrap().evaluate([]).unwrap();
    // 2^(1022 * 16) has 16,353 bits; 2^(1024 * 16) has 16,385, one too many.
    assert!(!of("((2^1000*2^22)^4)^4").is_undefined());
    assert_eq!(of("((2^1000*2^24)^4)^4*2^0"), Value::Undefined(Reason::Capacity));
    assert_eq!(of("1/((2^1000*2^24)^4)^4"), Value::Undefined(Reason::Capacity));
    // Numbers count as what is computed from them: 10^4096 has 13,607 bits.
    let digits = "9".repeat(900);
    for text in ["{}e4096", "-{}e4096", "abs({}e4096)", "min(1, {}e4096)", "1e-4096/{}"] {
        let text = text.replace("{}", &digits);
        assert_eq!(of(&text), Value::Undefined(Reason::Capacity), "{text}");
    }
    let long: Rational = format!("{digits}e4096").parse().unwrap();
    let found = "if_undefined(a, 7)".parse::<Formula>().unwrap().evaluate([("a", long)]).unwrap();
    assert_eq!(found, Value::Defined(7.into()));
    // Judged on the reduced value.
    assert_eq!(of("(2^1000)^16/(2^1000)^16"), Value::Defined(Rational::ONE));
    assert_eq!(of("if_undefined((3^1000)^1000, 7)"), Value::Defined(7.into()));
}

#[test]
fn reasons_have_an_order_of_precedence() {
    let of = |text: &str| text.parse::<Formula>().unwrap().evaluate([]).unwrap().reason();
    let unbounded = Some(Reason::Unbounded(Sense::Neutral));
    assert_eq!(of("0/0"), Some(Reason::NoBase));
    assert_eq!(of("1/0"), unbounded);
    assert_eq!(of("0^-1"), unbounded);
    for sign in ["+", "-", "*", "/"] {
        assert_eq!(of(&format!("0/0 {sign} (1/0)")), unbounded);
        assert_eq!(of(&format!("1/0 {sign} (0/0)")), unbounded);
    }
    assert_eq!(of("0 * (0/0)"), Some(Reason::NoBase));
    assert_eq!(of("(0/0)^0"), Some(Reason::NoBase));
    assert_eq!(of("max(0/0, 1, 1/0)"), unbounded);
    assert_eq!(of("if_undefined(0/0, 1/0)"), unbounded);
    assert_eq!(of("0^0"), None);
}

/// The one-line text and the kind of an error.
#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, yardstick::Error>, kind: ErrorKind, text: &str) {
    let error = result.unwrap_err();
    assert_eq!(format!("{error:#}"), text);
    assert_eq!(error.kind(), kind);
}

/// The problems of an error with several, as one line each.
#[track_caller]
fn problems<T: std::fmt::Debug>(result: Result<T, yardstick::Error>, texts: &[&str]) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    let found: Vec<_> = error.problems().iter().map(|one| format!("{one:#}")).collect();
    assert_eq!(found, texts);
}

#[test]
fn formulas_that_cannot_be_read_say_where() {
    use ErrorKind::{Capacity, Shape, Syntax, Unknown};
    let long = format!("{}1", "1+".repeat(257));
    let deep = format!("{}1{}", "(".repeat(64), ")".repeat(64));
    for (text, kind, message, span) in [
        (
            "(a + b",
            Syntax,
            "\"(a + b\" ends where \")\" is due: the \"(\" at 0 is not closed",
            6..6,
        ),
        (
            "2 * max(a, b",
            Syntax,
            "\"2 * max(a, b\" ends where \",\" or \")\" is due: the \"(\" at 7 is not closed",
            12..12,
        ),
        ("(a b)", Syntax, "unexpected \"b\" at 3 in \"(a b)\", where \")\" is due", 3..4),
        ("a b", Syntax, "unexpected \"b\" at 2 in \"a b\", where an operator is due", 2..3),
        ("a)", Syntax, "unexpected \")\" at 1 in \"a)\", where an operator is due", 1..2),
        ("", Syntax, "\"\" ends where a number or a name is due", 0..0),
        ("a / ", Syntax, "\"a / \" ends where a number or a name is due", 4..4),
        (
            "a + * b",
            Syntax,
            "unexpected \"*\" at 4 in \"a + * b\", where a number or a name is due",
            4..5,
        ),
        (
            "a ^ b",
            Syntax,
            "unexpected \"b\" at 4 in \"a ^ b\", where an integer exponent of at most 1000 is due",
            4..5,
        ),
        (
            "a^1.5",
            Syntax,
            "unexpected \"1.5\" at 2 in \"a^1.5\", where an integer exponent of at most 1000 is due",
            2..5,
        ),
        (
            "a % b",
            Syntax,
            "unexpected '%' at 2 in \"a % b\"; a formula has numbers, names, + - * / ^ ( ) and functions",
            2..3,
        ),
        (
            "1.2.3 * a",
            Syntax,
            "\"1.2.3\" is not a number: unexpected '.' at 3; write digits with at most one point, \
             like -1234.50 (at 0..5 in \"1.2.3 * a\")",
            0..5,
        ),
        (
            "12 [month/year",
            Syntax,
            "the '[' at 3 in \"12 [month/year\" is not closed; write a unit like 12 [month/year]",
            3..4,
        ),
        ("kpi. + 1", Syntax, "a KPI's name is due behind \"kpi.\" at 4 in \"kpi. + 1\"", 0..4),
        (
            "1 + sqrt(a)",
            Unknown,
            "unknown function \"sqrt\" at 4..8 in \"1 + sqrt(a)\"; known are min, max, abs, \
             if_undefined, prior, ago, trailing, to_date, since_start, baseline, reported",
            4..8,
        ),
        (
            "mix(a, b)",
            Unknown,
            "unknown function \"mix\" at 0..3 in \"mix(a, b)\"; did you mean \"min\"?",
            0..3,
        ),
        ("abs(a, b)", Shape, "abs takes 1 argument and has 2 at 0..9 in \"abs(a, b)\"", 0..9),
        (
            "1 + min(a)",
            Shape,
            "min takes at least 2 arguments and has 1 at 4..10 in \"1 + min(a)\"",
            4..10,
        ),
        (
            "if_undefined(a)",
            Shape,
            "if_undefined takes 2 arguments and has 1 at 0..15 in \"if_undefined(a)\"",
            0..15,
        ),
        (
            "max()",
            Syntax,
            "unexpected \")\" at 4 in \"max()\", where a number or a name is due",
            4..5,
        ),
        (
            long.as_str(),
            Capacity,
            &format!(
                "more than 256 operations at 513 in \"{long}\"; define parts of the formula as KPIs \
                 of their own"
            ),
            513..514,
        ),
        (
            deep.as_str(),
            Capacity,
            &format!(
                "parentheses deeper than 64 at 63 in \"{deep}\"; define parts of the formula as \
                 KPIs of their own"
            ),
            63..64,
        ),
    ] {
        let error = text.parse::<Formula>().unwrap_err();
        assert_eq!((error.message(), error.kind()), (message, kind));
        assert_eq!(error.text(), Some(text));
        assert_eq!(error.span(), Some(span), "{text}");
    }
    refused(
        "1".repeat(5_000).parse::<Formula>(),
        Capacity,
        "a formula of 5000 bytes; the most is 4096, so define parts of it as KPIs of their own",
    );
    refused(
        "a / lead".parse::<Formula>().unwrap().evaluate([("a", 1.into()), ("leads", 2.into())]),
        Unknown,
        "unknown name \"lead\" at 4..8 in \"a / lead\"; did you mean \"leads\"?",
    );
    refused(
        "prior(a)".parse::<Formula>().unwrap().evaluate([("a", 1.into())]),
        ErrorKind::Domain,
        "prior at 0..8 in \"prior(a)\" needs periods; evaluate it as a KPI of a model",
    );
}

const SALES: [(&str, &str); 4] =
    [("revenue", "EUR"), ("imports", "USD"), ("orders", "order"), ("leads", "lead")];

#[test]
fn unknown_names_are_all_told() {
    problems(
        plain(
            &SALES,
            &[("aov", "revenu / order"), ("cpl", "aov / kpi.leads"), ("x", "1 + qqqqqq")],
        ),
        &[
            "kpis[0].formula: kpi \"aov\": unknown name \"revenu\" at 0..6 in \"revenu / order\"; \
             did you mean \"revenue\"?",
            "kpis[0].formula: kpi \"aov\": unknown name \"order\" at 9..14 in \"revenu / order\"; \
             did you mean \"orders\"?",
            "kpis[1].formula: kpi \"cpl\": unknown name \"kpi.leads\" at 6..15 in \"aov / \
             kpi.leads\"; did you mean \"leads\"?",
            "kpis[2].formula: kpi \"x\": unknown name \"qqqqqq\" at 4..10 in \"1 + qqqqqq\"; known \
             are revenue, imports, orders, leads, aov, cpl, x",
        ],
    );
}

#[test]
fn a_cycle_is_told_once() {
    problems(
        plain(&SALES, &[("a", "revenue + a")]),
        &["kpis[0].formula: kpi \"a\": depends on itself, a -> a; define one of them without the \
           others"],
    );
    problems(
        plain(&SALES, &[("user", "b"), ("a", "1 / b"), ("b", "a * 2"), ("fine", "orders")]),
        &[
            "kpis[1].formula: kpi \"a\": depends on itself, a -> b -> a; define one of them without \
           the others",
        ],
    );
    problems(
        plain(&SALES, &[("c", "kpi.a"), ("b", "c"), ("user", "a + b"), ("a", "prior(b)")]),
        &["kpis[0].formula: kpi \"c\": depends on itself, c -> a -> b -> c; define one of them \
           without the others"],
    );
    // A KPI with the name of a measure that it uses is no cycle.
    assert!(plain(&SALES, &[("revenue", "revenue * 2")]).is_ok());
    // Two cycles, and a mistake beside them.
    problems(
        plain(&SALES, &[("a", "b"), ("b", "a"), ("c", "d + unknown"), ("d", "c")]),
        &[
            "kpis[0].formula: kpi \"a\": depends on itself, a -> b -> a; define one of them without \
             the others",
            "kpis[2].formula: kpi \"c\": unknown name \"unknown\" at 4..11 in \"d + unknown\"; \
             known are revenue, imports, orders, leads, a, b, c, d",
            "kpis[2].formula: kpi \"c\": depends on itself, c -> d -> c; define one of them without \
             the others",
        ],
    );
    // A long one is cut short.
    let kpis: Vec<_> =
        (0..5_000).map(|i| (format!("k{i}"), format!("k{}", (i + 1) % 5_000))).collect();
    let kpis: Vec<_> = kpis.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    problems(
        plain(&[], &kpis),
        &[
            "kpis[0].formula: kpi \"k0\": depends on itself, k0 -> k1 -> k2 -> k3 -> k4 -> k5 -> k6 \
           -> k7 -> k8 -> k9 -> k10 -> k11 -> ... -> k0; define one of them without the others",
        ],
    );
}

#[test]
fn units_that_do_not_go_together_say_where() {
    let one = |text: &str| plain(&SALES, &[("k", text)]);
    for (text, message) in [
        (
            "1 + (revenue + imports) / orders",
            "cannot add EUR and USD at 4..23 in \"1 + (revenue + imports) / orders\"; multiply one \
             by a rate measure in EUR/USD",
        ),
        (
            "leads - orders",
            "cannot subtract lead and order at 0..14 in \"leads - orders\"; only like units add up; \
             a literal takes a unit as 12 [month/year]",
        ),
        (
            "revenue + 1",
            "cannot add EUR and 1 at 0..11 in \"revenue + 1\"; only like units add up; a literal \
             takes a unit as 12 [month/year]",
        ),
        (
            "min(leads, orders)",
            "cannot take the min of lead and order at 0..18 in \"min(leads, orders)\"; only like \
             units add up; a literal takes a unit as 12 [month/year]",
        ),
        (
            "if_undefined(leads, orders)",
            "cannot choose between lead and order at 0..27 in \"if_undefined(leads, orders)\"; only \
             like units add up; a literal takes a unit as 12 [month/year]",
        ),
        (
            "1 [month] + 1 [year]",
            "cannot add month and year at 0..20 in \"1 [month] + 1 [year]\"; only like units add up; \
             a literal takes a unit as 12 [month/year]",
        ),
        // A counted thing of a literal alone may be misspelt.
        (
            "1 [month] + 1 [moth]",
            "cannot add month and moth at 0..20 in \"1 [month] + 1 [moth]\"; no measure is in \
             \"moth\", did you mean \"month\"?",
        ),
        (
            "revenue / leads + 1 [EUR/laed]",
            "cannot add EUR/lead and EUR/laed at 0..30 in \"revenue / leads + 1 [EUR/laed]\"; no \
             measure is in \"laed\", did you mean \"lead\"?",
        ),
        (
            "leads + 1 [customer]",
            "cannot add lead and customer at 0..20 in \"leads + 1 [customer]\"; only like units \
             add up; a literal takes a unit as 12 [month/year]",
        ),
        (
            "2 * leads^65",
            "a unit past its limits at 4..12 in \"2 * leads^65\"; unit \"lead\" to the power 65: the \
             exponent 65 of lead is beyond 64, the most that a unit holds",
        ),
        (
            "leads^64 * leads",
            "a unit past its limits at 0..16 in \"leads^64 * leads\"; unit \"lead^64\" times \
             \"lead\": the exponent 65 of lead is beyond 64, the most that a unit holds",
        ),
    ] {
        problems(one(text), &[&format!("kpis[0].formula: kpi \"k\": {message}")]);
    }
    // A zero fits any unit.
    assert_eq!(one("revenue + 0").unwrap().unit("k").unwrap(), &unit("EUR"));
    assert_eq!(one("max(0, 0 * leads, imports)").unwrap().unit("k").unwrap(), &unit("USD"));

    let schema = one("orders").unwrap().schema().clone();
    let kpi = Kpi::new("aov", "revenue / orders".parse().unwrap()).unit(unit("EUR/customer"));
    problems(
        KpiSet::new(schema, [kpi, Kpi::new("twice", "aov * 2".parse().unwrap())]),
        &["kpis[0].unit: kpi \"aov\": declared unit EUR/customer, but \"revenue / orders\" gives \
           EUR/order; declare EUR/order or mend the formula"],
    );
}

#[test]
fn prior_is_counted_through_kpis() {
    let kpis: Vec<_> = (0..9)
        .map(|i| match i {
            0 => ("k0".to_owned(), "orders".to_owned()),
            _ => (format!("k{i}"), format!("1 * prior(k{})", i - 1)),
        })
        .collect();
    let kpis: Vec<_> = kpis.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert!(plain(&SALES, &kpis[..8]).is_ok());
    problems(
        plain(&SALES, &kpis),
        &[
            "kpis[8].formula: kpi \"k8\": periods nested deeper than 7, through kpi \"k7\" at 10..12 in \
           \"1 * prior(k7)\"; compare with fewer periods back",
        ],
    );
    let eight = format!("{}orders{}", "prior(".repeat(8), ")".repeat(8));
    let error = plain(&SALES, &[("k", &eight)]).unwrap_err();
    assert_eq!(error.problems()[0].span(), Some(42..55));
    assert_eq!(error.problems()[0].kind(), ErrorKind::Capacity);
    // Around measures and numbers as around KPIs.
    for inside in ["orders", "1"] {
        let nested = |count| format!("{}{inside}{}", "prior(".repeat(count), ")".repeat(count));
        let above = "prior(prior(low)) / 2";
        assert!(plain(&SALES, &[("low", &nested(5)), ("high", above)]).is_ok());
        problems(
            plain(&SALES, &[("low", &nested(6)), ("high", above)]),
            &[
                "kpis[1].formula: kpi \"high\": periods nested deeper than 7, through kpi \"low\" at \
               12..15 in \"prior(prior(low)) / 2\"; compare with fewer periods back",
            ],
        );
    }
}

#[test]
fn names_of_kpis_are_names_and_there_once() {
    problems(
        plain(&SALES, &[("a b", "orders"), ("c", "orders"), ("c", "leads")]),
        &[
            "kpis[0].name: \"a b\" is not a name; use letters, digits and _, and begin with a letter",
            "kpis[2].name: \"c\" is there twice, first at kpis[1]; rename or remove one",
        ],
    );
}

#[test]
fn a_query_that_cannot_be_answered_says_why() {
    let measures = || SALES.map(|(name, text)| Measure::flow(name, unit(text)));
    let kpi = || [Kpi::new("aov", "revenue / orders".parse().unwrap())];
    let schema = Schema::new(["country", "product"], measures()).unwrap();
    let set = KpiSet::new(schema, kpi()).unwrap();
    let facts_for = |schema: &Schema| {
        let mut builder = Facts::builder(schema).dates(&[date("2011-12-07")]);
        for name in schema.dimensions() {
            builder = builder.dimension(name, &["x"]);
        }
        for measure in schema.measures() {
            builder = builder.measure(measure.name(), Column::integers(&[1]));
        }
        builder.build().unwrap()
    };
    let facts = facts_for(set.schema());
    let run = |query: Query| query.run(&set, &facts, Calendar::default());
    problems(
        run(Query::of(["aov", "ao", "kpi.orders"])),
        &[
            "metrics[1]: unknown metric \"ao\"; did you mean \"aov\"?",
            "metrics[2]: unknown metric \"kpi.orders\"; did you mean \"orders\"?",
        ],
    );
    problems(
        run(Query::of(["aov"]).by("contry").by("product").by("product").only("prodct", ["x"])),
        &[
            "by[0]: unknown dimension \"contry\"; did you mean \"country\"?",
            "by[2]: dimension \"product\" is named twice; name it once",
            "where: unknown dimension \"prodct\"; did you mean \"product\"?",
        ],
    );
    problems(
        run(Query::of(["aov"]).grain(Grain::Month).compare(facts.period())),
        &["compare: a comparison period together with a grain; leave one out, since with a grain \
           prior means the bucket before"],
    );
    problems(run(Query::default()), &["metrics: no metrics; name at least one"]);
    refused(
        run(Query::of(["aov"; 2_000])
            .grain(Grain::Day)
            .within(Period::inclusive(Date::MIN, Date::MAX).unwrap())),
        ErrorKind::Capacity,
        "2002 metrics and measures for 1 groups and more than 8380 buckets of time; the most is 16777216 cells, \
         so take a coarser grain or fewer dimensions",
    );

    let mut other = measures();
    let other_set = |dimensions: [&str; 2], measures: Vec<Measure>| {
        KpiSet::new(Schema::new(dimensions, measures).unwrap(), []).unwrap()
    };
    let shape = |set: KpiSet, text: &str| {
        let facts = facts_for(set.schema());
        let result = Query::of(["aov"]).run(&self::set_again(), &facts, Calendar::default());
        refused(
            result,
            ErrorKind::Shape,
            &format!(
                "the facts were built for another schema, with {text}; build them with the schema \
                 of the KPIs"
            ),
        );
    };
    shape(
        other_set(["product", "country"], other.to_vec()),
        "dimensions (product, country) where (country, product) are due",
    );
    shape(other_set(["country", "product"], other[..3].to_vec()), "3 measures where 4 are due");
    other[3] = Measure::stock("leads", unit("lead"));
    shape(
        other_set(["country", "product"], other.to_vec()),
        "measure \"leads\" with another unit or rule",
    );
    other[3] = Measure::stock("deals", unit("deal"));
    shape(
        other_set(["country", "product"], other.to_vec()),
        "measure \"deals\" where \"leads\" is due",
    );
}

fn set_again() -> KpiSet {
    let measures = SALES.map(|(name, text)| Measure::flow(name, unit(text)));
    let schema = Schema::new(["country", "product"], measures).unwrap();
    KpiSet::new(schema, [Kpi::new("aov", "revenue / orders".parse().unwrap())]).unwrap()
}

#[test]
fn an_empty_total_is_zero_only_where_nothing_means_zero() {
    let measures = [
        Measure::flow("sum", unit("EUR")),
        Measure::flow("least", unit("EUR")).across(Across::Min),
        Measure::flow("last", unit("EUR")).over_time(OverTime::Last),
        Measure::stock("stock", unit("EUR")),
        Measure::flow("unknown", unit("EUR")).missing(MissingDay::Unknown),
        Measure::distinct("distinct", unit("visitor")),
    ];
    let names: Vec<_> = measures.iter().map(|measure| measure.name().to_owned()).collect();
    let set = KpiSet::new(Schema::new(["country"], measures).unwrap(), []).unwrap();
    let mut builder = Facts::builder(set.schema());
    builder = builder.dates(&[date("2011-12-07")]).dimension("country", &["DE"]);
    for name in &names {
        builder = builder.measure(name, Column::integers(&[1]));
    }
    let facts = builder.build().unwrap();
    let query = Query::of(names.clone()).only("country", ["nowhere"]);
    let table = run(query.clone(), &set, &facts);
    let texts: Vec<_> = table.columns.iter().map(|column| column.values[0].to_string()).collect();
    let missing = "undefined (missing)";
    assert_eq!(texts, ["0", missing, "0", missing, missing, missing]);
    assert!(run(query.by("country"), &set, &facts).rows.is_empty());
}

/// A balance of each of many customers on each of many days: refused before it is begun.
#[test]
fn a_roll_up_that_would_go_on_for_too_long_is_refused() {
    let schema = Schema::new(["customer"], [Measure::stock("balance", unit("EUR"))]).unwrap();
    let set = KpiSet::new(schema, []).unwrap();
    let names: Vec<String> = (0..40_000).map(|i| i.to_string()).collect();
    let days = vec![date("2011-12-01"); names.len()];
    let balances = vec![1_i64; names.len()];
    let facts = Facts::builder(set.schema())
        .dates(&days)
        .dimension("customer", &names)
        .measure("balance", Column::integers(&balances))
        .build()
        .unwrap();
    let years = Period::inclusive(date("2011-12-01"), date("2031-11-30")).unwrap();
    let query = Query::of(["balance"]).within(years);
    let calendar = Calendar::default();
    let error = query.clone().grain(Grain::Day).run(&set, &facts, calendar).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Capacity);
    assert_eq!(
        error.to_string(),
        "1 measures that do not simply add up, for 40000 combinations of dimension values and 7305 \
         periods; the most is 268435456 in all, so take a coarser grain or fewer combinations"
    );
    let table = query.grain(Grain::Year).run(&set, &facts, calendar).unwrap();
    assert_eq!(table.columns[0].values[0], Value::Defined(40_000.into()));
    let goal = yardstick::Goal::AtLeast(Rational::ONE.into());
    let target = yardstick::Target::new("t", "balance", years, goal);
    let error = target.assess(&set, &facts, Calendar::default(), date("2031-11-30")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Capacity);
}

/// Numbers that grow on each of the days of a century.
#[test]
fn numbers_that_grow_for_too_long_are_refused() {
    let mut kpis = vec![("k0".to_owned(), "x + 1/3".to_owned())];
    for i in 1..10 {
        kpis.push((format!("k{i}"), format!("k{} * k{} + 1 / (k{} + 1/7)", i - 1, i - 1, i - 1)));
    }
    let kpis: Vec<_> = kpis.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let set = plain(&[("x", "1")], &kpis).unwrap();
    let facts = one_day(&set, &[("x", 6)]);
    let century = Period::inclusive(date("2001-01-01"), date("2100-12-31")).unwrap();
    let query = Query::of(["k9"]).within(century);
    assert!(query.run(&set, &facts, Calendar::default()).is_ok());
    let error = query.grain(Grain::Day).run(&set, &facts, Calendar::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Capacity);
    assert_eq!(
        error.to_string(),
        "the numbers of 36524 cells grow too long to go on with; take fewer cells, or formulas \
         with smaller powers and fewer unlike denominators"
    );
}
