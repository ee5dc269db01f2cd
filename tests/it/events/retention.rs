//! Retention against a model that looks at one cell after another.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use serde_json::Value as Json;
use yardstick::events::{
    Cohort, Events, Length, Retention, RetentionBuilder, RetentionMatrix, days, hours,
};
use yardstick::funnel::TimeUnit;
use yardstick::{Calendar, Column, Date, Error, ErrorKind, Grain, Period, Rational, Reason, Value};

/// An event, in words.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    entity: u64,
    time: i64,
    mask: u64,
    segment: u32,
    value: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Interval {
    Every(u64),
    By(Grain),
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    On,
    OnOrAfter,
    Streak,
    Brackets(Vec<(u32, u32)>),
}

/// A query, in words; lengths in the unit of the events.
#[derive(Debug, Clone)]
struct Query {
    unit: TimeUnit,
    interval: Interval,
    kind: Kind,
    count: u32,
    start: u32,
    returns: u32,
    cohorts: Option<Interval>,
    segments: bool,
    first_month: u32,
    offset: i32,
    until: Option<i64>,
    amounts: bool,
}

impl Query {
    fn by_calendar(&self) -> bool {
        let by = |interval| matches!(interval, Interval::By(_));
        by(self.interval) || self.cohorts.is_some_and(by)
    }

    fn builder(&self, amounts: bool) -> RetentionBuilder {
        let mut builder = Retention::builder().start(self.start).returns(self.returns);
        if amounts {
            builder = builder.amounts();
        }
        builder = match self.interval {
            Interval::Every(length) => builder.every(Length::new(length, self.unit)),
            Interval::By(grain) => builder.by(grain),
        };
        builder = match &self.kind {
            Kind::On => builder.on().intervals(self.count),
            Kind::OnOrAfter => builder.on_or_after().intervals(self.count),
            Kind::Streak => builder.streak().intervals(self.count),
            Kind::Brackets(brackets) => {
                builder.brackets(brackets.iter().map(|(first, last)| *first..=*last))
            }
        };
        builder = match self.cohorts {
            None => builder,
            Some(Interval::Every(length)) => builder.cohorts_every(Length::new(length, self.unit)),
            Some(Interval::By(grain)) => builder.cohorts_by(grain),
        };
        if self.segments {
            builder = builder.by_segment();
        }
        if self.by_calendar() {
            builder = builder.offset_minutes(self.offset);
        }
        builder.calendar(Calendar::fiscal(self.first_month).unwrap())
    }

    fn spans(&self) -> Vec<(u32, u32)> {
        match &self.kind {
            Kind::Brackets(brackets) => brackets.clone(),
            _ => (0..self.count).map(|k| (k, k)).collect(),
        }
    }

    fn calendar(&self) -> Calendar {
        Calendar::fiscal(self.first_month).unwrap()
    }

    /// The first nanosecond after each interval of a start, since 1970.
    fn ends(&self, start: i64) -> Vec<i128> {
        let most = self.spans().iter().map(|(_, last)| last + 1).max().unwrap();
        match self.interval {
            Interval::Every(length) => (1..=i128::from(most))
                .map(|k| (i128::from(start) + i128::from(length) * k) * self.one())
                .collect(),
            Interval::By(grain) => {
                let mut bucket = self.bucket(start, grain);
                let mut ends = Vec::new();
                for _ in 0..most {
                    let day = i128::from(TimeUnit::Day.nanoseconds());
                    ends.push((i128::from(bucket.last().number()) + 1) * day - self.ahead());
                    bucket = self.calendar().bucket(bucket.last().plus_days(1).unwrap(), grain);
                }
                ends
            }
        }
    }

    fn one(&self) -> i128 {
        self.unit.nanoseconds().into()
    }

    fn ahead(&self) -> i128 {
        i128::from(self.offset) * i128::from(TimeUnit::Minute.nanoseconds())
    }

    fn bucket(&self, time: i64, grain: Grain) -> Period {
        let local = i128::from(time) * i128::from(self.unit.nanoseconds()) + self.ahead();
        let day = local.div_euclid(i128::from(TimeUnit::Day.nanoseconds()));
        self.calendar().bucket(Date::from_number(day as i32).unwrap(), grain)
    }

    fn matrix(&self, rows: &[Row], arrange: Arrange) -> Result<RetentionMatrix, Error> {
        Ok(self.state(rows, arrange)?.finish())
    }

    fn state(
        &self,
        rows: &[Row],
        arrange: Arrange,
    ) -> Result<yardstick::events::RetentionState, Error> {
        with_events(rows, arrange, self.unit, self.until, |events| {
            self.builder(self.amounts).build()?.state(events)
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Arrange {
    Sorted,
    ByTime,
    Unsorted,
}

fn with_events<T>(
    rows: &[Row],
    arrange: Arrange,
    unit: TimeUnit,
    until: Option<i64>,
    f: impl FnOnce(&Events<'_>) -> T,
) -> T {
    let mut rows = rows.to_vec();
    match arrange {
        Arrange::Sorted => rows.sort_by_key(|row| (row.entity, row.time)),
        Arrange::ByTime => rows.sort_by_key(|row| row.time),
        Arrange::Unsorted => {}
    }
    let entities: Vec<u64> = rows.iter().map(|row| row.entity).collect();
    let narrow: Vec<u32> = rows.iter().map(|row| row.entity as u32).collect();
    let times: Vec<i64> = rows.iter().map(|row| row.time).collect();
    let masks: Vec<u64> = rows.iter().map(|row| row.mask).collect();
    let bytes: Vec<u8> = rows.iter().map(|row| row.mask as u8).collect();
    let segments: Vec<u32> = rows.iter().map(|row| row.segment).collect();
    let cells: Vec<i64> = rows.iter().map(|row| row.value.unwrap_or(i64::MIN)).collect();
    let mut bits = vec![0_u8; rows.len().div_ceil(8)];
    for (i, _) in rows.iter().enumerate().filter(|(_, row)| row.value.is_some()) {
        bits[i / 8] |= 1 << (i % 8);
    }
    let fits = rows.iter().all(|row| row.entity <= u64::from(u32::MAX) && row.mask < 256);
    let events = match (arrange, fits && rows.len() % 2 == 0) {
        (Arrange::Sorted, true) => Events::sorted(&narrow, &times, &bytes),
        (Arrange::Sorted, false) => Events::sorted(&entities, &times, &masks),
        (Arrange::ByTime, true) => Events::by_time(&narrow, &times, &bytes),
        (Arrange::ByTime, false) => Events::by_time(&entities, &times, &masks),
        (Arrange::Unsorted, true) => Events::unsorted(&narrow, &times, &bytes),
        (Arrange::Unsorted, false) => Events::unsorted(&entities, &times, &masks),
    };
    let mut events = events.unwrap().unit(unit).segments(&segments, 8).unwrap();
    events = events.values(Column::scaled(&cells, 2).with_validity(&bits)).unwrap();
    if let Some(until) = until {
        events = events.observed_until(until).unwrap();
    }
    f(&events)
}

/// What a cohort is known by: its first day, its number, its segment.
type Key = (Option<Date>, Option<i64>, Option<u32>);

fn key(cohort: &Cohort) -> Key {
    (cohort.period().map(Period::first), cohort.number(), cohort.segment())
}

/// An entity of the model: when it starts, and its returns with their values.
struct Member {
    ends: Vec<i128>,
    returns: Vec<(i128, i64)>,
}

impl Member {
    /// Whether a nanosecond lies after the intervals before k.
    fn after(&self, time: i128, k: u32) -> bool {
        k == 0 || time >= self.ends[k as usize - 1]
    }

    fn inside(&self, time: i128, k: u32) -> bool {
        self.after(time, k) && time < self.ends[k as usize]
    }
}

/// Each cohort with its members, and how many never started.
fn members(query: &Query, rows: &[Row]) -> (BTreeMap<Key, Vec<Member>>, u64) {
    let mut cohorts: BTreeMap<Key, Vec<Member>> = BTreeMap::new();
    let mut never = 0;
    let has = |row: &Row, bit: u32| row.mask & (1 << bit) != 0;
    for entity in rows.iter().map(|row| row.entity).collect::<BTreeSet<_>>() {
        let own: Vec<&Row> = rows.iter().filter(|row| row.entity == entity).collect();
        let starts = own.iter().filter(|row| has(row, query.start));
        let Some((start, segment)) = starts.map(|row| (row.time, row.segment)).min() else {
            never += 1;
            continue;
        };
        let returns = own.iter().filter(|row| has(row, query.returns) && row.time >= start);
        let returns = returns
            .map(|row| (i128::from(row.time) * query.one(), row.value.unwrap_or(0)))
            .collect();
        let (period, number) = match query.cohorts {
            None => (None, None),
            Some(Interval::By(grain)) => (Some(query.bucket(start, grain).first()), None),
            Some(Interval::Every(length)) => {
                (None, Some(i128::from(start).div_euclid(i128::from(length)) as i64))
            }
        };
        let key = (period, number, query.segments.then_some(segment));
        cohorts.entry(key).or_default().push(Member { ends: query.ends(start), returns });
    }
    (cohorts, never)
}

/// A cell: how many came, and the hundredths that they brought.
fn cell(query: &Query, members: &[Member], (first, last): (u32, u32)) -> (u64, i64) {
    let came =
        |member: &Member, k: u32| member.returns.iter().any(|(time, _)| member.inside(*time, k));
    let counts = |member: &Member| match &query.kind {
        Kind::On | Kind::Brackets(_) => (first..=last).any(|k| came(member, k)),
        Kind::OnOrAfter => member.returns.iter().any(|(time, _)| member.after(*time, first)),
        Kind::Streak => (0..=first).all(|k| came(member, k)),
    };
    let brought = |member: &Member| -> i64 {
        let inside = |time: i128| match &query.kind {
            Kind::OnOrAfter => member.after(time, first),
            _ => (first..=last).any(|k| member.inside(time, k)),
        };
        let values = member.returns.iter().filter(|(time, _)| inside(*time));
        values.map(|(_, value)| value).sum()
    };
    let counted: Vec<&Member> = members.iter().filter(|member| counts(member)).collect();
    (counted.len() as u64, counted.iter().map(|member| brought(member)).sum())
}

fn exact(value: &Value) -> Option<BigRational> {
    match value {
        Value::Defined(value) => Some(value.to_string().parse().unwrap()),
        Value::Undefined(reason) => {
            assert_eq!(*reason, Reason::Missing);
            None
        }
    }
}

fn fraction(part: impl Into<BigInt>, whole: impl Into<BigInt>) -> BigRational {
    BigRational::new(part.into(), whole.into())
}

fn check(query: &Query, rows: &[Row], matrix: &RetentionMatrix) -> Result<(), TestCaseError> {
    let (cohorts, never) = members(query, rows);
    prop_assert_eq!(matrix.never_started(), never);
    let keys: Vec<Key> = matrix.cohorts().iter().map(key).collect();
    prop_assert_eq!(keys, cohorts.keys().copied().collect::<Vec<_>>());
    let spans = query.spans();
    let columns: Vec<RangeInclusive<u32>> = spans.iter().map(|(a, b)| *a..=*b).collect();
    prop_assert_eq!(matrix.columns(), columns);
    for (column, span) in spans.iter().enumerate() {
        let (mut counts, mut amounts) = (Vec::new(), Vec::new());
        for (found, members) in matrix.cohorts().iter().zip(cohorts.values()) {
            let size = members.len() as u64;
            prop_assert_eq!(found.size(), size);
            let over = members.iter().all(|member| {
                let after = |last: i64| (i128::from(last) + 1) * query.one();
                query.until.is_none_or(|last| member.ends[span.1 as usize] <= after(last))
            });
            let certain = column == 0
                && query.start == query.returns
                && !matches!(query.kind, Kind::Brackets(_));
            let (count, amount) = cell(query, members, *span);
            prop_assert_eq!(found.count(column), (over || certain).then_some(count));
            let rate = (over || certain).then(|| fraction(count, size));
            prop_assert_eq!(exact(&found.rate(column)), rate);
            let per_entity = over.then(|| fraction(amount, 100 * size));
            prop_assert_eq!(exact(&found.amount_per_entity(column)), per_entity);
            let sum = over.then(|| Rational::from_scaled(amount.into(), 2));
            prop_assert_eq!(found.amount(column), sum.as_ref());
            if over || certain {
                counts.push((fraction(count, 1), size));
            }
            if over {
                amounts.push((fraction(amount, 100), size));
            }
        }
        for (cells, weighted, mean) in [
            (counts, matrix.weighted_rate(column), matrix.mean_rate(column)),
            (amounts, matrix.weighted_amount(column), matrix.mean_amount(column)),
        ] {
            let many = cells.len();
            let sizes: u64 = cells.iter().map(|(_, size)| size).sum();
            let sum: BigRational = cells.iter().map(|(part, _)| part).sum();
            prop_assert_eq!(exact(&weighted), (many > 0).then(|| sum / fraction(sizes, 1)));
            let rates: BigRational =
                cells.iter().map(|(part, size)| part / fraction(*size, 1)).sum();
            prop_assert_eq!(exact(&mean), (many > 0).then(|| rates / fraction(many, 1)));
        }
    }
    // What is not there is none.
    for cohort in matrix.cohorts() {
        prop_assert_eq!((cohort.count(spans.len()), cohort.amount(spans.len())), (None, None));
    }
    prop_assert_eq!(matrix.mean_rate(spans.len()), Value::Undefined(Reason::Missing));
    Ok(())
}

/// A unit, and by how much the times of a case differ in it.
fn any_unit() -> impl Strategy<Value = (TimeUnit, i64)> {
    prop_oneof![
        Just((TimeUnit::Second, 21_600)),
        Just((TimeUnit::Second, 1)),
        Just((TimeUnit::Hour, 5)),
        Just((TimeUnit::Day, 1)),
        Just((TimeUnit::Day, 17)),
        Just((TimeUnit::Nanosecond, 86_400_000_000_000)),
    ]
}

fn any_kind() -> impl Strategy<Value = Kind> {
    let bracket = (0_u32..6, 0_u32..4).prop_map(|(first, more)| (first, first + more));
    prop_oneof![
        Just(Kind::On),
        Just(Kind::OnOrAfter),
        Just(Kind::Streak),
        prop::collection::vec(bracket, 1..4).prop_map(Kind::Brackets),
    ]
}

fn any_interval(step: i64) -> impl Strategy<Value = Interval> {
    prop_oneof![
        (1_u64..4).prop_map(move |steps| Interval::Every(steps * step as u64)),
        (1_u64..4).prop_map(Interval::Every),
        prop::sample::select(Grain::ALL.to_vec()).prop_map(Interval::By),
    ]
}

fn any_case() -> impl Strategy<Value = (Query, Vec<Row>)> {
    any_unit().prop_flat_map(|(unit, step)| {
        let row = (0_u64..5, -12_i64..12, 0_u64..8, 0_u32..3, prop::option::of(-500_i64..500));
        let row = row.prop_map(move |(entity, time, mask, segment, value)| Row {
            entity,
            time: time * step,
            mask,
            segment,
            value,
        });
        let rows = prop::collection::vec(row, 0..16);
        let count = prop_oneof![1_u32..7, Just(63_u32), Just(64_u32)];
        let cohorts = prop::option::of(any_interval(step));
        let offset = prop_oneof![Just(0_i32), Just(330), Just(-720), -1_439..1_440];
        let until = prop::option::of(0_i64..30);
        let query = (any_interval(step), any_kind(), count, 0_u32..3, 0_u32..3, cohorts);
        let more = (any::<bool>(), 1_u32..13, offset, until, any::<bool>());
        (query, more, rows).prop_map(move |(query, more, rows)| {
            let (interval, kind, count, start, returns, cohorts) = query;
            let (segments, first_month, offset, until, amounts) = more;
            let last = rows.iter().map(|row| row.time).max().unwrap_or(0);
            let mut query = Query {
                unit,
                interval,
                kind,
                count,
                start,
                returns,
                cohorts,
                segments,
                first_month,
                offset,
                until: until.map(|until| last + until * step / 2),
                amounts,
            };
            if !query.by_calendar() {
                query.offset = 0;
            }
            (query, rows)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn every_cell_is_that_of_the_model((mut query, rows) in any_case()) {
        query.amounts = true;
        let matrix = query.matrix(&rows, Arrange::Sorted).unwrap();
        check(&query, &rows, &matrix)?;
        prop_assert_eq!(&query.matrix(&rows, Arrange::ByTime).unwrap(), &matrix);
        prop_assert_eq!(&query.matrix(&rows, Arrange::Unsorted).unwrap(), &matrix);
        // Counts alone take another way.
        let counts = |arrange| {
            with_events(&rows, arrange, query.unit, query.until, |events| {
                query.builder(false).build().unwrap().compute(events).unwrap()
            })
        };
        let alone = counts(Arrange::Sorted);
        prop_assert_eq!(&counts(Arrange::Unsorted), &alone);
        for (one, other) in alone.cohorts().iter().zip(matrix.cohorts()) {
            prop_assert_eq!((key(one), one.size()), (key(other), other.size()));
            for column in 0..matrix.columns().len() {
                prop_assert_eq!(one.count(column), other.count(column));
                prop_assert_eq!(one.amount(column), None);
            }
        }
        prop_assert_eq!(alone.cohorts().len(), matrix.cohorts().len());
        prop_assert_eq!(alone.never_started(), matrix.never_started());
    }

    #[test]
    fn neither_order_nor_parts_nor_names_count(
        (query, rows) in any_case(),
        swaps in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..16),
        parts in prop::collection::vec(0_usize..3, 5),
    ) {
        let whole = query.state(&rows, Arrange::Sorted).unwrap();
        let mut other = rows.clone();
        if !rows.is_empty() {
            swaps.iter().for_each(|(a, b)| other.swap(a.index(rows.len()), b.index(rows.len())));
        }
        for arrange in [Arrange::Sorted, Arrange::ByTime, Arrange::Unsorted] {
            prop_assert_eq!(&query.state(&other, arrange).unwrap(), &whole);
        }
        let part = |part: usize| {
            let rows = other.iter().filter(|row| parts[row.entity as usize] == part);
            query.state(&rows.cloned().collect::<Vec<_>>(), Arrange::Unsorted).unwrap()
        };
        let (mut forth, mut back) = (part(0), part(2));
        forth.merge(&part(1)).unwrap();
        forth.merge(&part(2)).unwrap();
        back.merge(&part(1)).unwrap();
        back.merge(&part(0)).unwrap();
        prop_assert_eq!(&forth, &whole);
        prop_assert_eq!(&back, &whole);
        prop_assert_eq!(forth.finish(), whole.finish());
        for row in &mut other {
            row.entity = u64::MAX - row.entity.pow(9);
        }
        prop_assert_eq!(query.state(&other, Arrange::Unsorted).unwrap(), whole);
    }

    /// Rolling intervals know no first moment, down to the edges of 64 bits.
    #[test]
    fn shifted_times_give_the_same((mut query, rows) in any_case(), to_end in any::<bool>()) {
        if let Interval::By(_) = query.interval {
            query.interval = Interval::Every(5);
        }
        (query.cohorts, query.offset) = (None, 0);
        let times = || rows.iter().map(|row| row.time);
        let by = match to_end {
            true => i64::MAX - query.until.or(times().max()).unwrap_or(0).max(0),
            false => times().min().map_or(0, |first| i64::MIN - first.min(0)),
        };
        let matrix = query.matrix(&rows, Arrange::Sorted).unwrap();
        let mut shifted = rows.clone();
        shifted.iter_mut().for_each(|row| row.time += by);
        query.until = query.until.map(|until| until + by);
        for arrange in [Arrange::Sorted, Arrange::Unsorted] {
            prop_assert_eq!(&query.matrix(&shifted, arrange).unwrap(), &matrix);
        }
    }
}

fn row(entity: u64, time: i64, mask: u64) -> Row {
    Row { entity, time, mask, segment: 0, value: None }
}

fn compute(builder: RetentionBuilder, rows: &[Row], until: Option<i64>) -> RetentionMatrix {
    with_events(rows, Arrange::Unsorted, TimeUnit::Second, until, |events| {
        builder.build().unwrap().compute(events).unwrap()
    })
}

fn counts(cohort: &Cohort, columns: usize) -> Vec<Option<u64>> {
    (0..columns).map(|column| cohort.count(column)).collect()
}

#[test]
fn times_at_the_edges_of_64_bits() {
    // From the first to the last moment there is: 2^64 - 1 seconds.
    let rows = [row(1, i64::MIN, 1), row(1, i64::MAX, 1), row(2, i64::MAX, 1)];
    for (length, at) in [(u64::MAX, 1), (1 << 63, 1), (u64::MAX / 3, 3), (1, 9)] {
        let every = Retention::builder().every(Length::new(length, TimeUnit::Second));
        for arrange in [Arrange::Sorted, Arrange::Unsorted] {
            for until in [None, Some(i64::MAX)] {
                let found = with_events(&rows, arrange, TimeUnit::Second, until, |events| {
                    every
                        .clone()
                        .intervals(6)
                        .on_or_after()
                        .build()
                        .unwrap()
                        .compute(events)
                        .unwrap()
                });
                let cohort = &found.cohorts()[0];
                assert_eq!(cohort.size(), 2);
                let last = (0..6).filter(|k| *k <= at && (until.is_none() || *k == 0));
                let came = last.map(|k| Some(if k == 0 { 2 } else { 1 }));
                let mut expected: Vec<Option<u64>> = came.collect();
                // Only moments of a second are over at the end of the last one.
                if until.is_some() && length == 1 {
                    expected.truncate(1);
                }
                expected.resize(6, if until.is_some() { None } else { Some(0) });
                assert_eq!(counts(cohort, 6), expected, "{length} {until:?}");
            }
        }
    }
    // Periods from time 0: the lengths that hold the first and the last moment.
    let periods = |length| {
        let builder = Retention::builder().intervals(1);
        let builder = builder.cohorts_every(Length::new(length, TimeUnit::Second));
        let found =
            compute(builder, &[row(1, i64::MIN, 1), row(2, i64::MAX, 1), row(3, -1, 1)], None);
        found.cohorts().iter().map(|cohort| cohort.number().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(periods(1), [i64::MIN, -1, i64::MAX]);
    assert_eq!(periods(i64::MAX as u64), [-2, -1, 1]);
    assert_eq!(periods(1 << 63), [-1, 0]);
    assert_eq!(periods(u64::MAX), [-1, 0]);
}

#[test]
fn the_first_and_the_last_day_there_is() {
    let day = 86_400;
    let (first, last) = (i64::from(Date::MIN.number()) * day, i64::from(Date::MAX.number()) * day);
    let rows = [row(1, first, 1), row(2, last + day - 1, 1), row(2, last, 1)];
    for grain in Grain::ALL {
        let builder = Retention::builder().by(grain).intervals(2).cohorts_by(grain);
        let found = compute(builder, &rows, None);
        let bucket = |date| Some(Calendar::default().bucket(date, grain));
        let periods: Vec<_> = found.cohorts().iter().map(Cohort::period).collect();
        assert_eq!(periods, [bucket(Date::MIN), bucket(Date::MAX)]);
        assert_eq!(counts(&found.cohorts()[1], 2), [Some(1), Some(0)]);
    }
    for (offset, time) in [(0, first - 1), (0, last + day), (-1, first), (1, last + day - 1)] {
        let builder = Retention::builder().by(Grain::Day).intervals(2).offset_minutes(offset);
        let rows = [row(1, 0, 1), row(1, time, 0)];
        let error = with_events(&rows, Arrange::Unsorted, TimeUnit::Second, None, |events| {
            builder.build().unwrap().compute(events).unwrap_err()
        });
        assert_eq!((error.kind(), error.row()), (ErrorKind::Date, Some(1)), "{offset} {time}");
        assert_eq!(error.column(), Some("time"));
    }
    // In nanoseconds all times of 64 bits lie within.
    let rows = [row(1, i64::MIN, 1), row(2, i64::MAX, 1)];
    with_events(&rows, Arrange::Sorted, TimeUnit::Nanosecond, Some(i64::MAX), |events| {
        for offset in [-1_439, 0, 1_439] {
            let builder = Retention::builder().by(Grain::Day).intervals(1).cohorts_by(Grain::Day);
            let builder = builder.offset_minutes(offset).returns(3);
            let found = builder.build().unwrap().compute(events).unwrap();
            let periods: Vec<_> = found
                .cohorts()
                .iter()
                .filter_map(|cohort| Some(cohort.period()?.first().to_string()))
                .collect();
            // 1677-09-21 00:12:43 and 2262-04-11 23:47:16.
            let days = match offset {
                -1_439 => ["1677-09-20", "2262-04-10"],
                0 => ["1677-09-21", "2262-04-11"],
                _ => ["1677-09-22", "2262-04-12"],
            };
            assert_eq!(periods, days);
        }
    });
}

#[test]
fn amounts_do_not_overflow() {
    let entities = [1_u32, 1, 2, 2];
    let masks = [1_u8; 4];
    let most = [i128::MAX; 4];
    let events = Events::sorted(&entities, &[0; 4], &masks).unwrap();
    let events = events.values(Column::wide(&most, 0)).unwrap();
    let retention = Retention::builder().intervals(1).amounts().build().unwrap();
    let mut state = retention.state(&events).unwrap();
    state.merge(&retention.state(&events).unwrap()).unwrap();
    let found = state.finish();
    let expected = Rational::from(i128::MAX) * Rational::from(8);
    assert_eq!(found.cohorts()[0].amount(0), Some(&expected));
    assert_eq!(
        found.cohorts()[0].amount_per_entity(0),
        Value::Defined(Rational::from(i128::MAX) * Rational::from(2))
    );
}

#[test]
fn amounts_of_other_scales_add_up() {
    let retention = Retention::builder().intervals(1).amounts().build().unwrap();
    let state = |entities: &[u32], values: &[&str]| {
        let (times, masks) = (vec![0; entities.len()], vec![1_u8; entities.len()]);
        let events = Events::sorted(entities, &times, &masks).unwrap();
        retention.state(&events.values(Column::text(values)).unwrap()).unwrap()
    };
    let mut merged = state(&[1], &["1.5"]);
    merged.merge(&state(&[2, 3], &["0.125", "2"])).unwrap();
    assert_eq!(merged, state(&[1, 2, 3], &["1.5", "0.125", "2"]));
}

#[test]
fn states_that_do_not_go_together() {
    let make = |builder: RetentionBuilder, unit, until| {
        with_events(&[row(1, 0, 1)], Arrange::Sorted, unit, until, |events| {
            builder.build().unwrap().state(events).unwrap()
        })
    };
    let builder = || Retention::builder().intervals(2);
    let own = make(builder(), TimeUnit::Second, None);
    let others = [
        make(builder().streak(), TimeUnit::Second, None),
        make(builder(), TimeUnit::Minute, None),
        make(builder(), TimeUnit::Second, Some(9)),
    ];
    for other in others {
        let mut state = own.clone();
        assert_eq!(state.merge(&other).unwrap_err().kind(), ErrorKind::Shape);
        assert_eq!(state, own);
    }
    // Doubled until their events are too many.
    let mut state = own.clone();
    for _ in 0..62 {
        state.merge(&state.clone()).unwrap();
    }
    let before = state.clone();
    let error = state.merge(&state.clone()).unwrap_err();
    assert_eq!((error.kind(), state), (ErrorKind::Capacity, before));
}

#[test]
fn what_is_refused() {
    let problems = |builder: RetentionBuilder| {
        let error = builder.build().unwrap_err();
        error
            .problems()
            .iter()
            .map(|problem| (problem.kind(), problem.to_string()))
            .collect::<Vec<_>>()
    };
    let all = Retention::builder()
        .every(days(0))
        .intervals(0)
        .start(64)
        .returns(65)
        .cohorts_every(hours(0))
        .offset_minutes(1_440);
    let kinds: Vec<_> = problems(all);
    assert_eq!(kinds.len(), 7, "{kinds:?}");
    assert!(kinds.iter().all(|(kind, _)| *kind == ErrorKind::Domain));
    let empty = Retention::builder();
    assert_eq!(problems(empty)[0].0, ErrorKind::Missing);
    let none: [RangeInclusive<u32>; 0] = [];
    assert_eq!(problems(Retention::builder().brackets(none))[0].0, ErrorKind::Missing);
    let both = Retention::builder().intervals(2).brackets([0..=1]);
    assert!(problems(both)[0].1.starts_with("2 intervals beside brackets"));
    #[allow(clippy::reversed_empty_ranges)]
    let turned = Retention::builder().brackets([3..=1, 0..=65_536]);
    let turned = problems(turned);
    assert_eq!(turned[0].1, "a bracket from interval 3 to 1; let it end no earlier than it begins");
    assert_eq!(turned[1].1, "a bracket to interval 65536; the last that is told apart is 65535");
    assert_eq!(problems(Retention::builder().intervals(65_537)).len(), 1);
    assert!(Retention::builder().intervals(65_536).build().is_ok());

    let events = Events::sorted(&[1_u32], &[0], &[1_u8]).unwrap();
    for (builder, column) in
        [(Retention::builder().by_segment(), "segment"), (Retention::builder().amounts(), "value")]
    {
        let error = builder.intervals(1).build().unwrap().compute(&events).unwrap_err();
        assert_eq!((error.kind(), error.column()), (ErrorKind::Missing, Some(column)));
    }
    let half = Retention::builder().intervals(1).every(hours(36)).build().unwrap();
    let error = half.compute(&events.clone().unit(TimeUnit::Day)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Inexact);

    // 2^26 cells are 16,384 cohorts of 4,096.
    let many: Vec<i64> = (0..16_385).collect();
    let entities: Vec<u32> = (0..16_385).collect();
    let masks = vec![1_u8; many.len()];
    let events = Events::sorted(&entities, &many, &masks).unwrap();
    let each = Length::new(1, TimeUnit::Second);
    let retention = Retention::builder().intervals(4_095).cohorts_every(each).build().unwrap();
    assert_eq!(retention.compute(&events).unwrap_err().kind(), ErrorKind::Capacity);
}

/// Large cohorts are counted by bytes of bits, from some size on.
#[test]
fn large_cohorts() {
    let mut rows = Vec::new();
    for entity in 0..3_000_u64 {
        // Entity e comes again on each day whose bit its square has.
        let days = (0..30).filter(|day| *day == 0 || entity.pow(2) >> day & 1 == 1);
        rows.extend(days.map(|day| row(entity, day * 86_400 + (entity % 7) as i64, 1)));
    }
    let retention = Retention::builder().intervals(23).build().unwrap();
    let found = with_events(&rows, Arrange::Sorted, TimeUnit::Second, None, |events| {
        retention.compute(events).unwrap()
    });
    let came =
        |day: u32| (0..3_000_u64).filter(|e| day == 0 || e.pow(2) >> day & 1 == 1).count() as u64;
    let expected: Vec<Option<u64>> = (0..23).map(|day| Some(came(day))).collect();
    assert_eq!(counts(&found.cohorts()[0], 23), expected);
    assert_eq!(compute(Retention::builder().intervals(23), &rows, None), found);
}

#[test]
fn nothing_at_all() {
    let found = compute(Retention::builder().intervals(2), &[], None);
    assert_eq!((found.cohorts().len(), found.never_started()), (0, 0));
    assert_eq!(found.weighted_rate(0), Value::Undefined(Reason::Missing));
    // No event of the start.
    let found = compute(Retention::builder().intervals(2).start(1), &[row(1, 0, 1)], None);
    assert_eq!((found.cohorts().len(), found.never_started()), (0, 1));
}

/// Days of 2018-08 on which so many actors, from the first on, were active.
fn active(days: &[(i64, u64)]) -> Vec<Row> {
    let each = days
        .iter()
        .flat_map(|(day, actors)| (0..*actors).map(|actor| row(actor, *day * 86_400, 1)));
    each.collect()
}

#[test]
fn cases_of_other_systems() {
    let Ok(shared) = std::env::var("YARDSTICK_SHARED") else { return };
    let path = format!("{shared}/oracle/funnel/retention.json");
    let text = std::fs::read_to_string(path).unwrap();
    let document: Json = serde_json::from_str(&text).unwrap();
    let mut ran = 0;
    for case in document["cases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        match case["kind"].as_str().unwrap() {
            // ClickHouse counts who was active on the first day and on the others.
            "retention_counts" => {
                let days: Vec<(i64, u64)> = case["active"]
                    .as_object()
                    .unwrap()
                    .iter()
                    .map(|(day, actors)| {
                        (i64::from(day.parse::<Date>().unwrap().number()), actors.as_u64().unwrap())
                    })
                    .collect();
                let found = compute(
                    Retention::builder().by(Grain::Day).cohorts_by(Grain::Day).intervals(3),
                    &active(&days),
                    None,
                );
                let cohort = &found.cohorts()[0];
                let came: Vec<u64> = days
                    .iter()
                    .filter_map(|(day, _)| cohort.count((day - days[0].0) as usize))
                    .collect();
                assert_eq!(Json::from(came), case["expect"]["counts"], "{id}");
            }
            "retention_curve" => {
                let actors = case["return_days"].as_object().unwrap();
                let mut rows = Vec::new();
                for (entity, days) in actors.values().enumerate() {
                    let days = days.as_array().unwrap().iter().map(|day| day.as_i64().unwrap());
                    let days = std::iter::once(0).chain(days);
                    rows.extend(days.map(|day| row(entity as u64, day * 86_400, 1)));
                }
                let builder = Retention::builder().intervals(7);
                let builder = match case["params"]["criteria"].as_str().unwrap() {
                    "on" => builder.on(),
                    _ => builder.on_or_after(),
                };
                let found = compute(builder, &rows, None);
                let came: Vec<u64> = counts(&found.cohorts()[0], 7).into_iter().flatten().collect();
                assert_eq!(Json::from(came), case["expect"]["counts"], "{id}");
            }
            "retention_weighted_average" => {
                let mut rows = Vec::new();
                let mut next = 0;
                for (segment, cohort) in case["cohorts"].as_array().unwrap().iter().enumerate() {
                    let came = cohort["values"][0].as_u64().unwrap();
                    for i in 0..cohort["size"].as_u64().unwrap() {
                        let days = if i < came { 2 } else { 1 };
                        let segment = segment as u32;
                        rows.extend(
                            (0..days).map(|day| Row { segment, ..row(next, day * 86_400, 1) }),
                        );
                        next += 1;
                    }
                }
                let found = compute(Retention::builder().intervals(2).by_segment(), &rows, None);
                let fraction = |name: &str| -> Value {
                    Value::Defined(case["expect"][name].as_str().unwrap().parse().unwrap())
                };
                assert_eq!(found.mean_rate(1), fraction("simple_mean"), "{id}");
                assert_eq!(found.weighted_rate(1), fraction("weighted_mean"), "{id}");
            }
            // A condition each: the start is the first, and day k the k-th where it comes at all.
            "retention" => {
                let rows: Vec<Row> = case["rows"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .flat_map(|bits| {
                        let set = bits.as_array().unwrap().iter().enumerate();
                        set.filter(|(_, bit)| **bit == 1).map(|(day, _)| {
                            row(1, day as i64 * 86_400, if day == 0 { 3 } else { 2 })
                        })
                    })
                    .collect();
                let conditions = case["params"]["num_conditions"].as_u64().unwrap() as usize;
                let builder = Retention::builder().returns(1).intervals(conditions as u32);
                let found = compute(builder, &rows, None);
                let came: Vec<bool> = match found.cohorts() {
                    [cohort] => (0..conditions).map(|day| cohort.count(day) == Some(1)).collect(),
                    _ if case["rows"].as_array().unwrap().is_empty() => Vec::new(),
                    _ => vec![false; conditions],
                };
                assert_eq!(Json::from(came), case["expect"]["bits"], "{id}");
            }
            other => panic!("{id}: {other}"),
        }
        ran += 1;
    }
    println!("retention: {ran} cases of other systems");
    assert_eq!(ran, document["count"].as_u64().unwrap());
}
