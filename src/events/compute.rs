//! From events to counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::chain::{Chain, Judge, Timeline};
use super::columns::Events;
use super::depths;
use super::event_counts::Shape;
use super::query::{Attribution, Counting, Effect, EventFunnel};
use super::result::{Cells, EntityChain, EventFunnelResult};
use super::tally::{Counted, Tally};
use super::units::{Unit, Visit, for_each_unit, in_columns, visit_columns};
use crate::calendar::{Calendar, Date, Period};
use crate::error::{Error, ErrorKind};
use crate::funnel::TimeUnit;
use crate::number::Stored;

impl EventFunnel {
    /// Counts the events.
    ///
    /// The result is the same for any order of the rows, and for any other columns than those asked
    /// for. It takes time by the number of events.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Missing`] where the query needs a column (segments, held keys, sessions) that the
    /// events do not have; [`ErrorKind::Inexact`] for a length of time that is no whole number of their
    /// unit; [`ErrorKind::Date`] for a trend and a chain that begins outside the years 1 to 9999.
    ///
    /// ```
    /// use yardstick::events::{EventFunnel, Events, Stopped, days};
    /// use yardstick::funnel::TimeUnit;
    ///
    /// // 1 buys on the day of the visit, 2 after nine days, 3 not at all.
    /// let entity = [1_u32, 1, 2, 2, 3];
    /// let day = [0, 0, 0, 9, 4];
    /// let mask = [0b01_u8, 0b10, 0b01, 0b10, 0b01];
    /// let events = Events::sorted(&entity, &day, &mask)?.unit(TimeUnit::Day);
    /// let query = EventFunnel::builder(2).window(days(7)).reasons().build()?;
    /// let result = query.compute(&events)?;
    /// assert_eq!(result.total().counts(), [3, 1]);
    /// assert_eq!(result.total().stopped(1, Stopped::Window), 1);
    /// assert_eq!(result.total().stopped(1, Stopped::Absent), 1);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn compute(&self, events: &Events<'_>) -> Result<EventFunnelResult, Error> {
        Ok(EventFunnelResult { cells: self.cells(events, true)? })
    }

    /// The chain of each entity, by entity; where sessions are counted, of each session, by entity and
    /// session; for totals the chains of each entity one after another. Who never entered has one
    /// without events.
    ///
    /// It takes memory by the number of entities.
    ///
    /// # Errors
    ///
    /// As [`compute`](Self::compute), but that any time will do.
    ///
    /// ```
    /// use yardstick::events::{EventFunnel, Events};
    ///
    /// let (entity, time, mask) = ([7_u32, 7, 7], [0, 30, 60], [0b01_u8, 0b01, 0b10]);
    /// let events = Events::sorted(&entity, &time, &mask)?;
    /// let chains = EventFunnel::builder(2).build()?.chains(&events)?;
    /// assert_eq!((chains[0].entity, &chains[0].rows), (7, &vec![1, 2]));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn chains(&self, events: &Events<'_>) -> Result<Vec<EntityChain>, Error> {
        let mut judge = Judge::new(self, events.unit, events.observed_until)?;
        let mut chains = Vec::new();
        for_each_unit(events, self, |unit| {
            if unit.segment.is_none() {
                judge.chains(unit.events, |chain| {
                    let of_chain = || chain.places.iter().map(|place| unit.events[*place]);
                    chains.push(EntityChain {
                        entity: unit.entity,
                        session: unit.session,
                        rows: of_chain().map(|event| event.row).collect(),
                        times: of_chain().map(|event| event.time).collect(),
                        steps: chain.steps.iter().map(|step| *step as u32).collect(),
                        dropped: chain.dropped,
                        stopped: chain.stopped,
                    });
                });
            }
            Ok(())
        })?;
        Ok(chains)
    }

    /// Counts; errors name rows where the caller has given them.
    pub(super) fn cells(&self, events: &Events<'_>, rows: bool) -> Result<Cells, Error> {
        if let Some(depths) = depths::quick(events, self)? {
            let mut total = Tally::new(&Arc::new(Shape::new(self, events.unit, false)));
            total.add_depths(&depths);
            let (segments, periods) = (BTreeMap::new(), BTreeMap::new());
            return Ok(Cells { total: total.finish(0), segments, periods });
        }
        let judge = Judge::new(self, events.unit, events.observed_until)?;
        let values = events.values.as_ref().map(|values| values.checked()).transpose()?;
        let scale = values.as_ref().map_or(0, |values| values.scale);
        let shape = Arc::new(Shape::new(self, events.unit, values.is_some()));
        let mut pass = Pass::new(self, events, values, judge, shape);
        pass.rows = rows;
        match in_columns(events, self) {
            true => visit_columns(events, &mut pass)?,
            false => for_each_unit(events, self, |unit| pass.unit(unit))?,
        }
        Ok(pass.finish(scale))
    }

    /// Whether a chain can go on without a step.
    pub(super) fn skips(&self) -> bool {
        self.open || self.steps.iter().any(|step| step.optional)
    }

    /// Whether nothing is asked for but how far each entity comes.
    fn wants_depths_only(&self, shape: &Shape) -> bool {
        let one_each = self.counting != Counting::Totals && !self.skips();
        let drops = self.effect == Effect::Drops && !self.exclusions.is_empty();
        let by_chain = matches!(self.segments, Some((by, _)) if by != Attribution::All);
        let more = shape.reasons || shape.values || by_chain || self.trend.is_some();
        one_each && !drops && !more && shape.between.is_empty() && shape.correlated.is_empty()
    }
}

/// One pass over the units.
struct Pass<'q, 'e> {
    query: &'q EventFunnel,
    /// Of each row, where units are counted by the segment of one of their events.
    segments: Option<&'e [u32]>,
    values: Option<Stored<'e>>,
    judge: Judge,
    shape: Arc<Shape>,
    depths_only: bool,
    units: u64,
    total: Tally,
    of_segments: BTreeMap<u32, Tally>,
    of_periods: BTreeMap<Period, Tally>,
    unit: TimeUnit,
    /// Whether errors name rows.
    rows: bool,
}

impl<'q, 'e> Pass<'q, 'e> {
    fn new(
        query: &'q EventFunnel,
        events: &Events<'e>,
        values: Option<Stored<'e>>,
        judge: Judge,
        shape: Arc<Shape>,
    ) -> Self {
        let by_chain = matches!(query.segments, Some((by, _)) if by != Attribution::All);
        let segments = events.segments.filter(|_| by_chain).map(|(codes, _)| codes);
        Self {
            query,
            segments,
            values,
            judge,
            depths_only: query.wants_depths_only(&shape),
            units: 0,
            total: Tally::new(&shape),
            of_segments: BTreeMap::new(),
            of_periods: BTreeMap::new(),
            unit: events.unit,
            rows: true,
            shape,
        }
    }

    fn finish(self, scale: u8) -> Cells {
        let segments = self.of_segments.into_iter();
        let periods = self.of_periods.into_iter();
        Cells {
            total: self.total.finish(scale),
            segments: segments.map(|(code, tally)| (code, tally.finish(scale))).collect(),
            periods: periods.map(|(period, tally)| (period, tally.finish(scale))).collect(),
        }
    }
}

impl Visit for Pass<'_, '_> {
    fn unit<T: Timeline>(&mut self, unit: &Unit<T>) -> Result<(), Error> {
        let Self { query, segments, values, judge, shape, total, of_segments, of_periods, .. } =
            self;
        self.units += 1;
        if self.depths_only {
            let tally = match unit.segment {
                Some(code) => of_segments.entry(code).or_insert_with(|| Tally::new(shape)),
                None => total,
            };
            tally.add_depth(judge.depth(unit.events));
            return Ok(());
        }
        let bits = match shape.correlated.is_empty() {
            true => 0,
            false => unit.events.masks().fold(0, |bits, mask| bits | mask),
        };
        let counted = Counted { number: self.units, events: unit.events, bits };
        let values = values.as_ref();
        let mut outcome = Ok(());
        judge.chains(unit.events, |chain| {
            if let Some(code) = unit.segment {
                let tally = of_segments.entry(code).or_insert_with(|| Tally::new(shape));
                return tally.add(counted, chain, values);
            }
            total.add(counted, chain, values);
            if let Some(code) = segments.and_then(|codes| segment(query, codes, counted, chain)) {
                let tally = of_segments.entry(code).or_insert_with(|| Tally::new(shape));
                tally.add(counted, chain, values);
            }
            if let (Some(grain), Some(first)) = (query.trend, chain.places.first()) {
                let first = unit.events.event(*first);
                match day(first.time, self.unit) {
                    Some(day) => {
                        let period = Calendar::default().bucket(day, grain);
                        let tally = of_periods.entry(period).or_insert_with(|| Tally::new(shape));
                        tally.add(counted, chain, values);
                    }
                    None if outcome.is_ok() => {
                        let row = self.rows.then_some(first.row);
                        outcome = Err(no_day(unit.entity, first.time, self.unit, row));
                    }
                    None => {}
                }
            }
        });
        outcome
    }
}

/// The segment that a chain counts in.
fn segment(
    query: &EventFunnel,
    codes: &[u32],
    unit: Counted<impl Timeline>,
    chain: &Chain,
) -> Option<u32> {
    let (attribution, step) = query.segments?;
    let place = match attribution {
        Attribution::First => chain.places.first(),
        Attribution::Last => chain.places.last(),
        Attribution::Step => {
            return chain.place(step).map(|place| codes[unit.events.event(place).row]);
        }
        Attribution::All => None,
    };
    Some(codes[unit.events.event(*place?).row])
}

/// The day of a time, counted from 1970 on.
fn day(time: i64, unit: TimeUnit) -> Option<Date> {
    let nanoseconds = i128::from(time) * i128::from(unit.nanoseconds());
    let day = nanoseconds.div_euclid(i128::from(TimeUnit::Day.nanoseconds()));
    Date::from_number(i32::try_from(day).ok()?).ok()
}

fn no_day(entity: u64, time: i64, unit: TimeUnit, row: Option<usize>) -> Error {
    let message = format!(
        "the chain of entity {entity} begins at {time} {unit}s since 1970, outside {} to {}; give the unit of the times, or leave out the trend",
        Date::MIN,
        Date::MAX
    );
    let error = Error::new(ErrorKind::Date, message).at_column("time");
    match row {
        Some(row) => error.at_row(row),
        None => error,
    }
}
