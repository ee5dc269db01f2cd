//! Facts and their roll-up, against a model that walks every day of every combination.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;
use yardstick::{
    Across, Calendar, Column, Date, Decimal, ErrorKind, Facts, Grain, KpiSet, Measure, MissingDay,
    OverTime, Period, Query, Rational, Reason, Row, Schema, Table, Unit, Value,
};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn day(number: i32) -> Date {
    Date::from_number(number).unwrap()
}

fn unit(text: &str) -> Unit {
    text.parse().unwrap()
}

fn big(value: &Rational) -> BigRational {
    value.to_string().parse().unwrap()
}

const DIMENSIONS: [&str; 2] = ["country", "product"];
const VALUES: [&[&str]; 2] = [&["FR", "DE", "AT"], &["shirt", "hat"]];
const OVER_TIME: [OverTime; 5] =
    [OverTime::Sum, OverTime::First, OverTime::Last, OverTime::Min, OverTime::Max];
const ACROSS: [Across; 4] = [Across::Sum, Across::Min, Across::Max, Across::None];
const MISSING: [MissingDay; 3] = [MissingDay::Zero, MissingDay::Carry, MissingDay::Unknown];

/// Every combination of rules, and a distinct count for each rule for a missing day.
fn measures() -> Vec<Measure> {
    let mut measures = Vec::new();
    for missing in MISSING {
        for over in OVER_TIME {
            for across in ACROSS {
                let measure = Measure::flow(format!("{over}_{across}_{missing}"), unit("EUR"));
                measures.push(measure.over_time(over).across(across).missing(missing));
            }
        }
        let measure = Measure::distinct(format!("distinct_{missing}"), unit("visitor"));
        measures.push(measure.missing(missing));
    }
    measures
}

/// The rules of a measure as its name says them; `None` for a distinct one.
fn rules(name: &str) -> (Option<(OverTime, Across)>, MissingDay) {
    let parts: Vec<_> = name.split('_').collect();
    match parts[..] {
        ["distinct", missing] => (None, missing.parse().unwrap()),
        [over, across, missing] => {
            (Some((over.parse().unwrap(), across.parse().unwrap())), missing.parse().unwrap())
        }
        _ => panic!("{name}"),
    }
}

/// How many columns of numbers there are; measure `i` takes column `i % COLUMNS`.
const COLUMNS: usize = 3;

/// One row: day, index of a value for each dimension, a cell for each column.
type Line = (i32, [usize; 2], [Option<i128>; COLUMNS]);

#[derive(Debug, Clone)]
struct Data {
    lines: Vec<Line>,
    scales: [u32; COLUMNS],
}

/// A cell of the three columns: small, 64 bits, 128 bits.
fn any_cell(column: usize) -> impl Strategy<Value = Option<i128>> {
    let shift = [121, 64, 0][column];
    let edges = [i128::MIN, i128::MAX, 0, 1, -1];
    let value = prop_oneof![4 => any::<i128>(), 1 => prop::sample::select(edges.to_vec())];
    prop::option::weighted(0.7, value.prop_map(move |value| value >> shift))
}

fn any_data() -> impl Strategy<Value = Data> {
    let cells = (any_cell(0), any_cell(1), any_cell(2)).prop_map(|(a, b, c)| [a, b, c]);
    let line = (0..12_i32, 0..3_usize, 0..2_usize, cells);
    let lines = prop::collection::vec(line, 1..30);
    // Days around a turn of the year, close together or far apart.
    let spread = (15_300..15_360_i32, prop::sample::select(vec![1, 1, 2, 11]));
    (lines, spread, prop::array::uniform3(0..=38_u32)).prop_map(|(lines, (first, step), scales)| {
        let mut seen = BTreeSet::new();
        let lines = lines
            .into_iter()
            .map(|(slot, country, product, cells)| (first + slot * step, [country, product], cells))
            .filter(|(day, key, _)| seen.insert((*day, *key)))
            .collect();
        Data { lines, scales }
    })
}

/// `mantissa / 10^scale` as text.
fn decimal_text(mantissa: i128, scale: u32) -> String {
    let digits = format!("{:0>1$}", mantissa.unsigned_abs(), scale as usize + 1);
    let (whole, rest) = digits.split_at(digits.len() - scale as usize);
    let sign = if mantissa < 0 { "-" } else { "" };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// The forms in which a column of numbers can be given, all of the same numbers.
struct Forms {
    narrow: Option<Vec<i64>>,
    wide: Vec<i128>,
    texts: Vec<Option<String>>,
    validity: Vec<u8>,
    scale: u32,
}

impl Forms {
    fn new(data: &Data, column: usize) -> Self {
        let cells: Vec<_> = data.lines.iter().map(|line| line.2[column]).collect();
        // What stands in an empty cell plays no part.
        let wide: Vec<i128> = cells.iter().map(|cell| cell.unwrap_or(77)).collect();
        let mut validity = vec![0; cells.len() / 8 + 1];
        for (row, cell) in cells.iter().enumerate() {
            validity[row / 8] += u8::from(cell.is_some()) << (row % 8);
        }
        let scale = data.scales[column];
        Self {
            narrow: wide.iter().map(|value| i64::try_from(*value).ok()).collect(),
            texts: cells.iter().map(|cell| cell.map(|value| decimal_text(value, scale))).collect(),
            wide,
            validity,
            scale,
        }
    }

    fn column(&self, form: usize) -> Column<'_> {
        let full: Option<Vec<&String>> = self.texts.iter().map(Option::as_ref).collect();
        match (form % 3, &self.narrow, full) {
            (0, Some(narrow), None) => {
                Column::scaled(narrow, self.scale).with_validity(&self.validity)
            }
            (0, Some(narrow), Some(_)) => Column::scaled(narrow, self.scale),
            (1, _, Some(texts)) => Column::text(&texts),
            (1, _, None) => Column::optional_text(&self.texts),
            _ => Column::wide(&self.wide, self.scale).with_validity(&self.validity),
        }
    }
}

/// A set without KPIs, for queries of measures.
fn set_of(measures: Vec<Measure>) -> KpiSet {
    KpiSet::new(Schema::new(DIMENSIONS, measures).unwrap(), []).unwrap()
}

/// Runs `query` over facts in which measure `i` has its numbers in form `i / COLUMNS + form`.
fn ask(data: &Data, set: &KpiSet, form: usize, query: &Query, calendar: Calendar) -> Table {
    let forms: Vec<_> = (0..COLUMNS).map(|column| Forms::new(data, column)).collect();
    let days: Vec<_> = data.lines.iter().map(|line| line.0).collect();
    let dates: Vec<_> = days.iter().map(|number| day(*number)).collect();
    let mut builder = Facts::builder(set.schema());
    builder = if form % 2 == 0 { builder.dates(&dates) } else { builder.day_numbers(&days) };
    let codes: Vec<_> = data.lines.iter().map(|line| line.1[0] as u32).collect();
    let products: Vec<_> = data.lines.iter().map(|line| VALUES[1][line.1[1]]).collect();
    builder = builder.dimension_codes("country", &codes, VALUES[0]);
    builder = builder.dimension("product", &products);
    for (i, measure) in set.schema().measures().iter().enumerate() {
        let column = forms[i % COLUMNS].column(i / COLUMNS + form);
        builder = builder.measure(measure.name(), column);
    }
    query.run(set, &builder.build().unwrap(), calendar).unwrap()
}

/// What a query asks, apart from its metrics.
#[derive(Debug, Clone)]
struct Ask {
    by: Vec<usize>,
    filters: Vec<(usize, Vec<&'static str>)>,
    period: Option<(i32, i32)>,
    grain: Option<Grain>,
    first_month: u32,
}

fn any_ask() -> impl Strategy<Value = Ask> {
    let by = vec![vec![], vec![0], vec![1], vec![0, 1], vec![1, 0]];
    let filter = (0..2_usize).prop_flat_map(|dimension| {
        let mut values = VALUES[dimension].to_vec();
        values.push("nowhere");
        let most = values.len();
        (Just(dimension), prop::sample::subsequence(values, 0..=most))
    });
    let period = (15_290..15_420_i32, 0..70_i32).prop_map(|(first, more)| (first, first + more));
    (
        prop::sample::select(by),
        prop::collection::vec(filter, 0..3),
        prop::option::of(period),
        prop::option::weighted(0.7, prop::sample::select(Grain::ALL.to_vec())),
        prop::sample::select(vec![1, 1, 4, 12]),
    )
        .prop_map(|(by, filters, period, grain, first_month)| Ask {
            by,
            filters,
            period,
            grain,
            first_month,
        })
}

impl Ask {
    fn query(&self, set: &KpiSet) -> Query {
        let mut query = Query::of(set.schema().measures().iter().map(Measure::name));
        for dimension in &self.by {
            query = query.by(DIMENSIONS[*dimension]);
        }
        for (dimension, values) in &self.filters {
            query = query.only(DIMENSIONS[*dimension], values.iter().copied());
        }
        if let Some((first, last)) = self.period {
            query = query.within(Period::inclusive(day(first), day(last)).unwrap());
        }
        if let Some(grain) = self.grain {
            query = query.grain(grain);
        }
        query
    }

    fn calendar(&self) -> Calendar {
        Calendar::fiscal(self.first_month).unwrap()
    }

    fn takes(&self, key: &[usize; 2]) -> bool {
        self.filters.iter().all(|(dimension, values)| {
            values.iter().any(|value| *value == VALUES[*dimension][key[*dimension]])
        })
    }

    fn key(&self, key: &[usize; 2]) -> Vec<String> {
        self.by.iter().map(|dimension| VALUES[*dimension][key[*dimension]].to_owned()).collect()
    }

    /// The name of the bucket in which a day lies.
    fn label(&self, number: i32) -> Option<String> {
        let (year, month) = (day(number).year(), day(number).month());
        let later = self.first_month > 1 && month >= self.first_month;
        let (prefix, fiscal) = match self.first_month {
            1 => ("", year),
            _ => ("FY", year + i32::from(later)),
        };
        let quarter = (month + 12 - self.first_month) % 12 / 3 + 1;
        Some(match self.grain? {
            Grain::Day => day(number).to_string(),
            Grain::Week => {
                // A week has the year of its Thursday; day 0 was one.
                let thursday = number - (number + 3).rem_euclid(7) + 3;
                let year = day(thursday).year();
                let first = Date::new(year, 1, 1).unwrap().number();
                format!("{year}-W{:02}", (thursday - first) / 7 + 1)
            }
            Grain::Month => format!("{year}-{month:02}"),
            Grain::Quarter => format!("{prefix}{fiscal}-Q{quarter}"),
            Grain::Year => format!("{prefix}{fiscal}"),
        })
    }
}

/// The model's result: bucket, first and last day, key; then a value for each measure.
type Answer = (Option<String>, i32, i32, Vec<String>, Vec<Result<BigRational, Reason>>);

/// A day of one combination.
#[derive(Debug, Clone)]
enum Seen {
    There(BigInt),
    NotYet,
    NotKnown,
}

/// Every day from the first of all rows to the last of the question, one at a time.
fn daily(
    cells: &BTreeMap<i32, BigInt>,
    missing: MissingDay,
    (first, last): (i32, i32),
    begin: i32,
) -> Vec<Seen> {
    let mut before = Seen::NotYet;
    let mut days = Vec::new();
    for number in begin.min(first)..=last {
        let here = match (cells.get(&number), missing) {
            (Some(value), _) => Seen::There(value.clone()),
            (None, MissingDay::Zero) => Seen::There(BigInt::zero()),
            (None, MissingDay::Carry) => before.clone(),
            (None, _) => Seen::NotKnown,
        };
        before = here.clone();
        if number >= first {
            days.push(here);
        }
    }
    days
}

/// One combination over time; `None` where it did not exist yet.
fn over_days(days: &[Seen], over: OverTime) -> Option<Result<BigInt, Reason>> {
    let mut values = Vec::new();
    for seen in days {
        match seen {
            Seen::There(value) => values.push(value.clone()),
            Seen::NotKnown => return Some(Err(Reason::Missing)),
            Seen::NotYet => {}
        }
    }
    let result = match over {
        OverTime::Sum if values.is_empty() => None,
        OverTime::Sum => Some(values.into_iter().sum()),
        OverTime::First => values.first().cloned(),
        OverTime::Last => values.last().cloned(),
        OverTime::Min => values.into_iter().min(),
        OverTime::Max => values.into_iter().max(),
        _ => panic!("{over}"),
    };
    result.map(Ok)
}

fn over_leaves(
    leaves: &[Result<BigInt, Reason>],
    across: Across,
    missing: MissingDay,
) -> Result<BigInt, Reason> {
    match (leaves.len(), across) {
        (0, Across::Sum) if missing == MissingDay::Zero => return Ok(BigInt::zero()),
        (0, _) => return Err(Reason::Missing),
        (1, Across::None) => return leaves[0].clone(),
        (_, Across::None) => return Err(Reason::NotAdditive),
        _ => {}
    }
    let values: Vec<BigInt> = leaves.iter().cloned().collect::<Result<_, _>>()?;
    Ok(match across {
        Across::Sum => values.into_iter().sum(),
        Across::Min => values.into_iter().min().unwrap(),
        _ => values.into_iter().max().unwrap(),
    })
}

fn model(data: &Data, names: &[&str], ask: &Ask) -> Vec<Answer> {
    let begin = data.lines.iter().map(|line| line.0).min().unwrap();
    let end = data.lines.iter().map(|line| line.0).max().unwrap();
    let (first, last) = ask.period.unwrap_or((begin, end));

    // Cells keyed by combination and day.
    let mut leaves: BTreeMap<[usize; 2], [BTreeMap<i32, BigInt>; COLUMNS]> = BTreeMap::new();
    for (number, key, cells) in &data.lines {
        let leaf = leaves.entry(*key).or_default();
        for (column, cell) in cells.iter().enumerate() {
            if let Some(value) = cell {
                leaf[column].insert(*number, BigInt::from(*value));
            }
        }
    }
    let taken: Vec<_> = leaves.iter().filter(|(key, _)| ask.takes(key)).collect();
    let mut groups: BTreeSet<Vec<String>> = taken.iter().map(|(key, _)| ask.key(key)).collect();
    if ask.by.is_empty() {
        groups.insert(Vec::new());
    }

    let mut buckets: Vec<(Option<String>, i32, i32)> = Vec::new();
    for number in first..=last {
        let label = ask.label(number);
        match buckets.last_mut() {
            Some(bucket) if bucket.0 == label => bucket.2 = number,
            _ => buckets.push((label, number, number)),
        }
    }

    let mut answers = Vec::new();
    for (label, first, last) in buckets {
        for group in &groups {
            let mut values = Vec::new();
            for (i, name) in names.iter().enumerate() {
                let column = i % COLUMNS;
                let (rules, missing) = rules(name);
                let (over, across) = rules.unwrap_or((OverTime::Sum, Across::None));
                let mut reduced = Vec::new();
                for (key, leaf) in &taken {
                    if ask.key(key) == *group {
                        let days = daily(&leaf[column], missing, (first, last), begin);
                        reduced.extend(over_days(&days, over));
                    }
                }
                let value = match rules {
                    None if first < last => Err(Reason::NotAdditive),
                    _ => over_leaves(&reduced, across, missing),
                };
                let power = BigInt::from(10).pow(data.scales[column]);
                values.push(value.map(|value| BigRational::new(value, power)));
            }
            answers.push((label.clone(), first, last, group.clone(), values));
        }
    }
    answers
}

fn answers(table: &Table) -> Vec<Answer> {
    let rows = table.rows.iter().enumerate();
    rows.map(|(i, row)| {
        let values = table.columns.iter().map(|column| match &column.values[i] {
            Value::Defined(value) => Ok(big(value)),
            Value::Undefined(reason) => Err(*reason),
        });
        let (first, last) = (row.period.first().number(), row.period.last().number());
        (row.bucket.clone(), first, last, row.key.clone(), values.collect())
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_roll_up_is_what_a_walk_over_all_days_gives(
        data in any_data(), ask_for in any_ask(), form in 0..6_usize,
    ) {
        let set = set_of(measures());
        let names: Vec<_> = set.schema().measures().iter().map(Measure::name).collect();
        let table = ask(&data, &set, form, &ask_for.query(&set), ask_for.calendar());
        let expected = model(&data, &names, &ask_for);
        let found = answers(&table);
        prop_assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(&expected) {
            prop_assert_eq!(&found.0, &expected.0);
            prop_assert_eq!((found.1, found.2, &found.3), (expected.1, expected.2, &expected.3));
            for (i, name) in names.iter().enumerate() {
                prop_assert_eq!(&found.4[i], &expected.4[i], "{} in {:?}", name, found);
            }
        }
    }

    #[test]
    fn order_and_form_of_the_rows_play_no_part(
        data in any_data(), ask_for in any_ask(), seed in any::<u64>(), form in 1..6_usize,
    ) {
        let set = set_of(measures());
        let (query, calendar) = (ask_for.query(&set), ask_for.calendar());
        let table = ask(&data, &set, 0, &query, calendar);
        let mut turned = data;
        let mut state = seed;
        for i in (1..turned.lines.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            turned.lines.swap(i, (state >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(ask(&turned, &set, form, &query, calendar), table);
    }

    #[test]
    fn rows_are_the_same_as_columns(data in any_data(), ask_for in any_ask()) {
        // What a `Decimal` holds: 96 bits and 28 decimals; and a common scale within 128 bits.
        let mut data = data;
        data.scales = data.scales.map(|scale| scale % 10);
        for line in &mut data.lines {
            line.2 = line.2.map(|cell| cell.map(|value| value >> 64));
        }
        let set = set_of(measures());
        let (query, calendar) = (ask_for.query(&set), ask_for.calendar());
        let count = set.schema().measures().len();
        let copies: Vec<(Date, Vec<&str>, Vec<Option<Decimal>>)> = data
            .lines
            .iter()
            .map(|(number, key, cells)| {
                let values = (0..count).map(|i| {
                    let scale = data.scales[i % COLUMNS];
                    cells[i % COLUMNS].map(|mantissa| {
                        // A trailing zero less in some cells, so that scales differ in a column.
                        match mantissa % 10 == 0 && scale > 0 {
                            true => Decimal::from_i128_with_scale(mantissa / 10, scale - 1),
                            false => Decimal::from_i128_with_scale(mantissa, scale),
                        }
                    })
                });
                let key = vec![VALUES[0][key[0]], VALUES[1][key[1]]];
                (day(*number), key, values.collect())
            })
            .collect();
        let rows = copies.iter().map(|(date, key, values)| Row {
            date: *date,
            dimensions: key,
            measures: values,
        });
        let facts = Facts::from_rows(set.schema(), rows).unwrap();
        prop_assert_eq!(facts.rows(), data.lines.len());
        let table = query.run(&set, &facts, calendar).unwrap();
        prop_assert_eq!(table, ask(&data, &set, 0, &query, calendar));
    }

    #[test]
    fn flows_of_the_parts_add_up_to_the_whole(
        data in any_data(), ask_for in any_ask(), parts in prop::collection::vec(0..3_usize, 30),
    ) {
        let flows = (0..COLUMNS).map(|i| Measure::flow(format!("flow_{i}"), unit("EUR")));
        let set = set_of(flows.collect());
        let mut ask_for = ask_for;
        let days = data.lines.iter().map(|line| line.0);
        // The same period for all parts.
        ask_for.period =
            ask_for.period.or(days.clone().min().zip(days.clone().max()));
        let (query, calendar) = (ask_for.query(&set), ask_for.calendar());
        let whole = answers(&ask(&data, &set, 0, &query, calendar));

        let mut sums: BTreeMap<(i32, Vec<String>), Vec<BigRational>> = BTreeMap::new();
        for part in 0..3 {
            let lines = data.lines.iter().zip(&parts).filter(|(_, to)| **to == part);
            let lines: Vec<_> = lines.map(|(line, _)| *line).collect();
            if lines.is_empty() {
                continue;
            }
            let part = Data { lines, scales: data.scales };
            for (_, first, _, key, values) in answers(&ask(&part, &set, 1, &query, calendar)) {
                let sum = sums
                    .entry((first, key))
                    .or_insert_with(|| vec![BigRational::zero(); COLUMNS]);
                for (sum, value) in sum.iter_mut().zip(values) {
                    *sum += value.unwrap();
                }
            }
        }
        for (_, first, _, key, values) in whole {
            let values: Vec<_> = values.into_iter().map(Result::unwrap).collect();
            prop_assert_eq!(sums.remove(&(first, key)), Some(values));
        }
        prop_assert!(sums.is_empty());
    }

    #[test]
    fn text_keeps_every_digit(cells in prop::collection::vec((any::<i64>(), 0..=17_u32), 1..20)) {
        let set = set_of(vec![Measure::flow("a", unit("EUR"))]);
        let texts: Vec<_> = cells
            .iter()
            .enumerate()
            .map(|(i, (mantissa, scale))| match i % 3 {
                0 => decimal_text(i128::from(*mantissa), *scale),
                1 => format!("{mantissa}e-{scale}"),
                _ if *mantissa < 0 => format!("{mantissa}0e-{}", scale + 1),
                _ => format!("+00{mantissa}0E-{}", scale + 1),
            })
            .collect();
        // Between text and scale there are at most 63 bits and 18 decimals.
        let days: Vec<_> = (0..cells.len() as i32).collect();
        let ones = vec!["x"; cells.len()];
        let facts = Facts::builder(set.schema())
            .day_numbers(&days)
            .dimension("country", &ones)
            .dimension("product", &ones)
            .measure("a", Column::text(&texts))
            .build()
            .unwrap();
        let table = Query::of(["a"]).run(&set, &facts, Calendar::default()).unwrap();
        let sum: BigRational = cells
            .iter()
            .map(|(mantissa, scale)| {
                BigRational::new(BigInt::from(*mantissa), BigInt::from(10).pow(*scale))
            })
            .sum();
        prop_assert_eq!(answers(&table)[0].4[0].clone(), Ok(sum));
    }
}

fn eur(name: &str) -> Measure {
    Measure::flow(name, unit("EUR"))
}

fn schema() -> Schema {
    Schema::new(["country"], [eur("revenue"), eur("cost")]).unwrap()
}

fn three_days() -> [Date; 3] {
    ["2011-12-01", "2011-12-02", "2011-12-03"].map(date)
}

/// The text of an error with its parts.
#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, yardstick::Error>, kind: ErrorKind, text: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.to_string(), text);
    assert_eq!(error.kind(), kind);
}

/// The text behind the heading of an error with one problem.
#[track_caller]
fn problem<T: std::fmt::Debug>(result: Result<T, yardstick::Error>, kind: ErrorKind, text: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    let problems: Vec<_> = error.problems().iter().map(ToString::to_string).collect();
    assert_eq!(problems, [text]);
    assert_eq!(error.problems()[0].kind(), kind);
}

/// Facts of three rows in which one column is as given.
fn with_cost<'a>(cost: Column<'a>) -> Result<Facts<'a>, yardstick::Error> {
    Facts::builder(&schema())
        .dates(&three_days())
        .dimension("country", &["DE", "DE", "DE"])
        .measure("revenue", Column::integers(&[1, 2, 3]))
        .measure("cost", cost)
        .build()
}

#[test]
fn a_cell_that_is_not_a_number_is_named() {
    for (cell, kind, text) in [
        (
            "NaN",
            ErrorKind::Syntax,
            "row 1, column \"cost\": \"NaN\" is not a number: unexpected 'N' at 0; write digits \
             with at most one point, like -1234.50",
        ),
        (
            "",
            ErrorKind::Syntax,
            "row 1, column \"cost\": an empty text is not a number; give an empty cell as None in \
             optional_text",
        ),
        (
            "1,234.50",
            ErrorKind::Syntax,
            "row 1, column \"cost\": \"1,234.50\" is not a number: unexpected ',' at 1; write \
             digits with at most one point, like -1234.50",
        ),
        (
            "1/3",
            ErrorKind::Syntax,
            "row 1, column \"cost\": \"1/3\" is not a number: unexpected '/' at 1; write digits \
             with at most one point, like -1234.50",
        ),
        (
            "170141183460469231731687303715884105728",
            ErrorKind::Overflow,
            "row 1, column \"cost\": \"170141183460469231731687303715884105728\" does not fit 128 \
             bits; give it fewer digits",
        ),
        (
            "1e-39",
            ErrorKind::Overflow,
            "row 1, column \"cost\": 39 decimals; a column holds at most 38, so round it first",
        ),
    ] {
        problem(with_cost(Column::text(&["1", cell, "x"])), kind, text);
        let cells = [None, Some(cell), None];
        problem(with_cost(Column::optional_text(&cells)), kind, text);
    }
    problem(
        with_cost(Column::text(&["0.1", "1e38", "-1"])),
        ErrorKind::Overflow,
        "row 1, column \"cost\": 100000000000000000000000000000000000000 does not fit 128 bits at \
         scale 1, the largest of its column; give the column fewer decimals",
    );
    let edge = ["-170141183460469231731687303715884105728", "0", "0"];
    assert!(with_cost(Column::text(&edge)).is_ok());
}

#[test]
fn a_column_of_another_shape_is_named() {
    problem(
        with_cost(Column::integers(&[1, 2])),
        ErrorKind::Shape,
        "column \"cost\": 2 values for 3 dates; give one for each row",
    );
    problem(
        with_cost(Column::scaled(&[1, 2, 3], 39)),
        ErrorKind::Domain,
        "column \"cost\": scale 39 of a column is above 38, the most; give it fewer decimals",
    );
    problem(
        with_cost(Column::integers(&[1, 2, 3]).with_validity(&[])),
        ErrorKind::Shape,
        "column \"cost\": a validity bitmap of 0 bytes for 3 rows; give 1, a bit for each row",
    );
    let build = |change: &dyn Fn(yardstick::FactsBuilder<'static>) -> _| {
        let builder = Facts::builder(&schema()).dates(&three_days());
        let builder: yardstick::FactsBuilder<'static> = change(builder);
        builder.measure("revenue", Column::text(&["1"; 3])).build()
    };
    problem(
        build(&|builder| {
            let builder = builder.measure("cost", Column::text(&["1"; 3]));
            builder.dimension("country", &["DE"; 4])
        }),
        ErrorKind::Shape,
        "column \"country\": 4 values for 3 dates; give one for each row",
    );
    problem(
        build(&|builder| {
            let builder = builder.measure("cost", Column::text(&["1"; 3]));
            builder.dimension_codes("country", &[0, 2, 1], &["DE", "FR"])
        }),
        ErrorKind::Shape,
        "row 1, column \"country\": code 2 is beyond the 2 values of the dictionary; codes count \
         from 0",
    );
    problem(
        build(&|builder| {
            let builder = builder.measure("cost", Column::text(&["1"; 3]));
            builder.dimension_codes("country", &[0, 2, 1], &["DE", "FR", "DE"])
        }),
        ErrorKind::Duplicate,
        "column \"country\": \"DE\" is in the dictionary twice, at 0 and 2; give each value one \
         code",
    );
    problem(
        build(&|builder| builder.dimension("country", &["DE"; 3])),
        ErrorKind::Missing,
        "measure \"cost\" has no column; add one, or remove it from the schema",
    );
    problem(
        build(&|builder| builder.measure("cost", Column::text(&["1"; 3]))),
        ErrorKind::Missing,
        "dimension \"country\" has no column; add one, or remove it from the schema",
    );
    problem(
        build(&|builder| {
            let builder = builder.measure("cost", Column::text(&["1"; 3]));
            builder.dimension("country", &["DE"; 3]).dimension("countries", &["DE"; 3])
        }),
        ErrorKind::Unknown,
        "unknown dimension \"countries\"; did you mean \"country\"?",
    );
    problem(
        build(&|builder| {
            let builder = builder.measure("cost", Column::text(&["1"; 3]));
            builder.dimension("country", &["DE"; 3]).measure("visitors", Column::text(&["1"; 3]))
        }),
        ErrorKind::Unknown,
        "unknown measure \"visitors\"; known are revenue, cost",
    );
    problem(
        build(&|builder| {
            let builder = builder.measure("cost", Column::text(&["1"; 3]));
            builder.dimension("country", &["DE"; 3]).measure("cost", Column::text(&["1"; 3]))
        }),
        ErrorKind::Duplicate,
        "measure \"cost\" is given twice; give it once",
    );
}

#[test]
fn a_day_out_of_range_is_named() {
    let days = [0, 2_932_897, 0];
    problem(
        Facts::builder(&schema())
            .day_numbers(&days)
            .dimension("country", &["DE"; 3])
            .measure("revenue", Column::text(&["1"; 3]))
            .measure("cost", Column::text(&["1"; 3]))
            .build(),
        ErrorKind::Date,
        "row 1, column \"date\": day 2932897 since 1970-01-01 is outside 0001-01-01 to 9999-12-31",
    );
}

#[test]
fn an_empty_table_is_refused() {
    for dates in [true, false] {
        let mut builder = Facts::builder(&schema());
        if dates {
            builder = builder.dates(&[]);
        }
        problem(
            builder
                .dimension("country", &[] as &[&str])
                .measure("revenue", Column::integers(&[]))
                .measure("cost", Column::integers(&[]))
                .build(),
            ErrorKind::Missing,
            "the table has no rows; give at least one day of facts",
        );
    }
    assert!(Facts::from_rows(&schema(), []).is_err());
}

#[test]
fn two_rows_for_one_day_and_combination_are_both_named() {
    let schema = Schema::new(["country", "product"], [eur("revenue")]).unwrap();
    let dates = ["2011-12-01", "2011-12-02", "2011-12-01", "2011-12-02"].map(date);
    refused(
        Facts::builder(&schema)
            .dates(&dates)
            .dimension("country", &["DE", "FR", "DE", "FR"])
            .dimension("product", &["hat", "hat", "shirt", "hat"])
            .measure("revenue", Column::integers(&[1, 2, 3, 4]))
            .build(),
        ErrorKind::Duplicate,
        "row 3: 2011-12-02, country \"FR\", product \"hat\" is already in row 1; add such rows up, \
         or add the dimension that tells them apart",
    );
    // The same where days lie so far apart that a table of all days would be too large.
    let mut days: Vec<i32> = (0..600).map(|i| i * 4_000).collect();
    days[599] = 4_000;
    let names: Vec<_> = (0..600).map(|i| format!("c{}", i % 300)).collect();
    let mut products = vec!["hat"; 600];
    products[599] = "shirt";
    let numbers = vec![1; 600];
    let mut build = |product| {
        products[599] = product;
        let mut names = names.clone();
        names[599] = "c1".to_owned();
        Facts::builder(&schema)
            .day_numbers(&days)
            .dimension("country", &names)
            .dimension("product", &products)
            .measure("revenue", Column::integers(&numbers))
            .build()
            .map(|facts| facts.rows())
    };
    assert_eq!(build("shirt").unwrap(), 600);
    refused(
        build("hat"),
        ErrorKind::Duplicate,
        "row 599: 1980-12-14, country \"c1\", product \"hat\" is already in row 1; add such rows \
         up, or add the dimension that tells them apart",
    );
}

#[test]
fn all_problems_are_told_at_once() {
    let days = [15_000, -800_000];
    let facts = Facts::builder(&schema())
        .day_numbers(&days)
        .dimension_codes("country", &[0, 1], &["DE"])
        .measure("revenue", Column::text(&["1", "two"]))
        .measure("kost", Column::integers(&[1, 2]))
        .build();
    refused(
        facts,
        ErrorKind::Invalid,
        "5 problems in the facts\n  \
         row 1, column \"date\": day -800000 since 1970-01-01 is outside 0001-01-01 to \
         9999-12-31\n  \
         row 1, column \"country\": code 1 is beyond the 1 values of the dictionary; codes count \
         from 0\n  \
         row 1, column \"revenue\": \"two\" is not a number: unexpected 't' at 0; write digits \
         with at most one point, like -1234.50\n  \
         unknown measure \"kost\"; did you mean \"cost\"?\n  \
         measure \"cost\" has no column; add one, or remove it from the schema",
    );
}

#[test]
fn rows_of_another_shape_are_named() {
    let rows = |dimensions: &'static [&'static str], measures: &'static [Option<Decimal>]| {
        let row = |date, dimensions, measures| Row { date, dimensions, measures };
        let good = row(date("2011-12-01"), &["DE"], &[None, None]);
        Facts::from_rows(&schema(), [good, row(date("2011-12-02"), dimensions, measures)])
    };
    refused(
        rows(&[], &[None, None]),
        ErrorKind::Shape,
        "row 1: 0 dimension values where the schema has 1; give one for each",
    );
    refused(
        rows(&["DE"], &[None]),
        ErrorKind::Shape,
        "row 1: 1 measure values where the schema has 2; give one for each",
    );
    assert_eq!(rows(&["DE"], &[None, None]).unwrap().rows(), 2);
}

#[test]
fn names_of_a_schema_are_names_and_there_once() {
    refused(
        Schema::new(["country", "my country", "country"], [eur("2nd"), eur("cost"), eur("cost")]),
        ErrorKind::Invalid,
        "4 problems in the schema\n  \
         dimensions[1]: \"my country\" is not a name; use letters, digits and _, and begin with a \
         letter\n  \
         dimensions[2]: \"country\" is there twice, first at dimensions[0]; rename or remove \
         one\n  \
         measures[0].name: \"2nd\" is not a name; use letters, digits and _, and begin with a \
         letter\n  \
         measures[2].name: \"cost\" is there twice, first at measures[1]; rename or remove one",
    );
}

#[test]
fn the_values_of_a_dimension_are_those_that_occur() {
    let facts = Facts::builder(&schema())
        .dates(&three_days())
        .dimension_codes("country", &[3, 1, 3], &["AT", "FR", "CH", "DE"])
        .measure("revenue", Column::integers(&[1, 2, 3]))
        .measure("cost", Column::integers(&[1, 2, 3]))
        .build()
        .unwrap();
    assert_eq!(facts.values_of("country").unwrap(), ["DE", "FR"]);
    refused(
        facts.values_of("contry"),
        ErrorKind::Unknown,
        "unknown dimension \"contry\"; did you mean \"country\"?",
    );
    assert_eq!(facts.period().to_string(), "2011-12-01 to 2011-12-03");
}

#[test]
fn a_combination_counts_from_its_first_observation() {
    // Austria opens on the 20th with 100 customers.
    let customers = Measure::stock("customers", unit("customer"));
    let opening = Measure::stock("opening", unit("customer")).over_time(OverTime::First);
    let schema = Schema::new(["country"], [customers, opening]).unwrap();
    let set = KpiSet::new(schema, []).unwrap();
    let numbers = [50, 100, 60];
    let facts = Facts::builder(set.schema())
        .dates(&["2011-12-01", "2011-12-20", "2012-01-31"].map(date))
        .dimension("country", &["DE", "AT", "DE"])
        .measure("customers", Column::integers(&numbers))
        .measure("opening", Column::integers(&numbers))
        .build()
        .unwrap();
    let run = |query: Query| query.run(&set, &facts, Calendar::default()).unwrap();
    let table = run(Query::of(["customers", "opening"]).grain(Grain::Month));
    let value = |metric: &str, bucket: &str| table.get(metric, Some(bucket), &[]).cloned();
    let number = |number: i64| Some(Value::Defined(Rational::from(number)));
    assert_eq!(value("customers", "2011-12"), number(150));
    assert_eq!(value("customers", "2012-01"), number(160));
    // The first day on which each exists, not the first day of the period.
    assert_eq!(value("opening", "2011-12"), number(150));
    assert_eq!(value("opening", "2012-01"), number(150));
    let before = Period::day(date("2011-11-30"));
    let table = run(Query::of(["customers"]).by("country").within(before));
    assert_eq!(table.get("customers", None, &["AT"]), Some(&Value::Undefined(Reason::Missing)));
}

/// Sums of many rows: blocks of small and of large numbers, few cells and many, empty cells.
#[test]
fn long_columns_add_up_whatever_their_size() {
    let mut state = 7_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_041);
        (state >> 1) as i64 ^ (state << 60) as i64
    };
    let measures = || {
        ["narrow", "sparse", "wide", "full", "known"]
            .map(|name| Measure::flow(name, unit("EUR")))
            .map(|measure| match measure.name() {
                "known" => measure.missing(MissingDay::Unknown),
                _ => measure,
            })
    };
    let set = KpiSet::new(Schema::new(["key"], measures()).unwrap(), []).unwrap();
    // Rows, keys, and how far numbers are shifted down, by blocks of 1,000 rows in turn.
    for (rows, keys, shifts) in [
        (5_000, 1, &[40][..]),
        (5_000, 3, &[0]),
        (9_000, 2, &[9, 12, 10]),
        (7_000, 5, &[40, 0, 63, 20]),
        (6_000, 2_000, &[8, 30]),
        (40_000, 4_000, &[1]),
    ] {
        let keys_of: Vec<u32> = (0..rows as u32).map(|row| row * 7 % keys).collect();
        let days: Vec<i32> = (0..rows as i32).map(|row| row / keys as i32 * 2).collect();
        let mut column = || -> Vec<i64> {
            let shift = |row: usize| shifts[row / 1_000 % shifts.len()];
            (0..rows).map(|row| random() >> shift(row)).collect()
        };
        let [narrow, sparse, known] = [column(), column(), column()];
        let wide: Vec<i128> = column().iter().map(|value| i128::from(*value)).collect();
        // In some blocks numbers of 128 bits.
        let large = |row: usize| if row / 1_000 % 3 == 1 { 90 } else { 0 };
        let full = column().into_iter().enumerate();
        let full: Vec<i128> =
            full.map(|(row, value)| i128::from(value) << large(row) >> 20).collect();
        let validity: Vec<u8> = (0..rows / 8 + 1).map(|_| random() as u8).collect();
        let valid = |row: usize| validity[row / 8] >> (row % 8) & 1 == 1;

        let names: Vec<String> = (0..keys).map(|key| format!("{key:04}")).collect();
        let facts = Facts::builder(set.schema())
            .day_numbers(&days)
            .dimension_codes("key", &keys_of, &names)
            .measure("narrow", Column::scaled(&narrow, 2))
            .measure("sparse", Column::integers(&sparse).with_validity(&validity))
            .measure("wide", Column::wide(&wide, 0).with_validity(&validity))
            .measure("full", Column::wide(&full, 3))
            .measure("known", Column::integers(&known))
            .build()
            .unwrap();
        let query = Query::of(measures().map(|measure| measure.name().to_owned())).by("key");
        // All days, then all but some at both ends, of which every other has no row.
        let all = facts.period();
        let inner =
            Period::inclusive(day(all.first().number() + 1), day(all.last().number().max(3) - 2));
        for period in [all, inner.unwrap_or(all)] {
            let table =
                query.clone().within(period).run(&set, &facts, Calendar::default()).unwrap();
            let mut sums = vec![[(); 4].map(|()| BigInt::zero()); keys as usize];
            for row in (0..rows).filter(|row| period.contains(day(days[*row]))) {
                let sums = &mut sums[keys_of[row] as usize];
                sums[0] += narrow[row];
                if valid(row) {
                    sums[1] += sparse[row];
                    sums[2] += wide[row];
                }
                sums[3] += full[row];
            }
            let powers = [100, 1, 1, 1_000];
            for (found, expected) in answers(&table).iter().zip(sums) {
                for (i, sum) in expected.into_iter().enumerate() {
                    let expected = BigRational::new(sum, powers[i].into());
                    assert_eq!(found.4[i], Ok(expected), "{rows} rows, {keys} keys, measure {i}");
                }
                assert_eq!(found.4[4], Err(Reason::Missing));
            }
        }
        // One day on which every key has a row.
        if keys < 10 {
            let query = query.within(Period::day(day(0)));
            let table = query.run(&set, &facts, Calendar::default()).unwrap();
            for (row, found) in keys_of.iter().enumerate().take(keys as usize) {
                let known = BigRational::from_integer(known[row].into());
                assert_eq!(answers(&table)[*found as usize].4[4], Ok(known));
            }
        }
    }
}
