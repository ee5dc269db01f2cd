//! What is asked of retention: intervals, cohorts, and what a cell counts.

use std::ops::RangeInclusive;

use crate::calendar::{Calendar, Grain};
use crate::error::{Error, ErrorKind};
use crate::events::{Length, days};

/// The most intervals of a matrix.
const MOST_INTERVALS: u32 = 1 << 16;

/// How long an interval, or the period of a cohort, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Interval {
    Every(Length),
    By(Grain),
}

/// What a cell counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    On,
    OnOrAfter,
    Streak,
    /// First and last interval of each.
    Brackets(Vec<(u32, u32)>),
}

/// A retention matrix: a query that is checked, to be computed over any [`Events`](crate::events::Events).
///
/// Each entity has one **start**: its earliest event with the start bit. Its **returns** are the
/// events with the return bit at the time of the start or later; the event of the start is one itself
/// where it has both bits. They fall into intervals that are counted from the start, from 0.
///
/// - **Rolling** intervals have one length L: a return at t after a start at s is in interval
///   floor((t - s) / L). Seven days after the start, to the second, begins day 7.
/// - **Calendar** intervals are days, weeks from Monday, months, quarters or years at a fixed offset
///   from UTC: a return in the same one as the start is in interval 0, one in the next in interval 1.
///
/// Entities form **cohorts**, by the period or the segment of their start or both, or one of all. For
/// each cohort and interval a cell counts the entities
///
/// | kind | with a return in |
/// |---|---|
/// | on | interval k |
/// | on or after | interval k or any later one, however late |
/// | streak | each of the intervals 0 to k |
/// | brackets | any interval of the bracket |
///
/// and its amount is the sum of the values of the returns of these entities in interval k; on or
/// after, in interval k or later; in a bracket, in its intervals.
///
/// A cell is **mature** when observation has lasted until the last interval that the cell names was
/// over for every entity of the cohort. Others are none, never zero: what will still come is not known.
/// That is judged by time alone, not by who has come, since cells shown early because all had come
/// would raise the averages. A count that cannot change is mature from the start: interval 0 where
/// each start is a return. Without [`observed_until`](crate::events::Events::observed_until) every cell is
/// mature. What is on or after an interval can still grow after that; compare cohorts of one age.
///
/// Who signs up in a week and buys, or buys again, in the weeks after it:
///
/// ```
/// use yardstick::events::{Events, Retention, days};
/// use yardstick::{Grain, Rational, Value};
///
/// // Days of sign-ups (bit 0) and purchases (bit 1) from Monday, 1970-01-05, on; observed until day 16.
/// let entity = [1_u32, 1, 1, 2, 2, 3];
/// let day = [0, 8, 15, 2, 3, 10].map(|day| (day + 4) * 86_400);
/// let mask = [0b01_u8, 0b10, 0b10, 0b01, 0b10, 0b01];
/// let events = Events::sorted(&entity, &day, &mask)?.observed_until(20 * 86_400)?;
///
/// let retention =
///     Retention::builder().every(days(7)).intervals(3).returns(1).cohorts_by(Grain::Week).build()?;
/// let matrix = retention.compute(&events)?;
/// let [first, second] = matrix.cohorts() else { unreachable!() };
/// assert_eq!(first.period().unwrap().to_string(), "1970-01-05 to 1970-01-11");
/// // Entity 2 came in its week 0; entity 1 on its days 8 and 15, in weeks 1 and 2. Week 2 of entity 2
/// // ends with day 22, which was not observed.
/// assert_eq!(first.size(), 2);
/// assert_eq!([0, 1, 2].map(|week| first.count(week)), [Some(1), Some(1), None]);
/// assert_eq!(first.rate(1), Value::Defined(Rational::new(1, 2)?));
/// // Entity 3 signed up six days before the end: nothing is known of its week 0.
/// assert_eq!((second.size(), second.count(0)), (1, None));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Retention {
    pub(super) interval: Interval,
    /// How many intervals are told apart; a return in a later one is beyond.
    pub(super) most: u32,
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) returns: u32,
    pub(super) cohorts: Option<Interval>,
    pub(super) segments: bool,
    pub(super) amounts: bool,
    pub(super) calendar: Calendar,
    pub(super) offset_minutes: i32,
}

/// Collects the settings of a [`Retention`].
#[derive(Debug, Clone)]
#[must_use]
pub struct RetentionBuilder {
    interval: Interval,
    intervals: Option<u32>,
    kind: Kind,
    start: u32,
    returns: u32,
    cohorts: Option<Interval>,
    segments: bool,
    amounts: bool,
    calendar: Calendar,
    offset_minutes: i32,
}

impl Retention {
    /// Begins a query. Without further settings: rolling days of 24 hours, returns on each day, one
    /// cohort, bit 0 both as start and as return.
    pub fn builder() -> RetentionBuilder {
        RetentionBuilder {
            interval: Interval::Every(days(1)),
            intervals: None,
            kind: Kind::On,
            start: 0,
            returns: 0,
            cohorts: None,
            segments: false,
            amounts: false,
            calendar: Calendar::default(),
            offset_minutes: 0,
        }
    }

    /// The intervals of each column of the matrix, from the first to the last.
    #[must_use]
    pub fn columns(&self) -> Vec<RangeInclusive<u32>> {
        (0..self.width()).map(|column| self.span(column)).collect()
    }

    pub(super) fn width(&self) -> usize {
        match &self.kind {
            Kind::On | Kind::OnOrAfter | Kind::Streak => self.most as usize,
            Kind::Brackets(brackets) => brackets.len(),
        }
    }

    fn span(&self, column: usize) -> RangeInclusive<u32> {
        match &self.kind {
            Kind::On | Kind::OnOrAfter | Kind::Streak => column as u32..=column as u32,
            Kind::Brackets(brackets) => brackets[column].0..=brackets[column].1,
        }
    }

    /// How many intervals have to be over until the count of a column can change no more.
    pub(super) fn needs(&self, column: usize) -> u64 {
        let certain = match self.kind {
            Kind::On | Kind::OnOrAfter | Kind::Streak => column == 0 && self.start == self.returns,
            Kind::Brackets(_) => false,
        };
        if certain { 0 } else { self.needs_for_amount(column) }
    }

    /// The same of its amount.
    pub(super) fn needs_for_amount(&self, column: usize) -> u64 {
        u64::from(*self.span(column).end()) + 1
    }
}

impl RetentionBuilder {
    /// Rolling intervals of this length, from the start of each entity.
    pub fn every(mut self, length: Length) -> Self {
        self.interval = Interval::Every(length);
        self
    }

    /// Intervals of the calendar: the one of the start is 0.
    pub fn by(mut self, grain: Grain) -> Self {
        self.interval = Interval::By(grain);
        self
    }

    /// How many intervals, from 0 on; for all kinds but brackets.
    pub fn intervals(mut self, count: u32) -> Self {
        self.intervals = Some(count);
        self
    }

    /// Counts who came in the interval.
    pub fn on(mut self) -> Self {
        self.kind = Kind::On;
        self
    }

    /// Counts who came in the interval or later, however late.
    pub fn on_or_after(mut self) -> Self {
        self.kind = Kind::OnOrAfter;
        self
    }

    /// Counts who came in each interval from 0 on.
    pub fn streak(mut self) -> Self {
        self.kind = Kind::Streak;
        self
    }

    /// Counts who came in any interval of a bracket: `[1..=3, 4..=7]` are the days 1 to 3 and the days
    /// 4 to 7. Brackets may leave intervals out, and may overlap: `[0..=0, 0..=6]`.
    pub fn brackets(mut self, brackets: impl IntoIterator<Item = RangeInclusive<u32>>) -> Self {
        let bounds = |bracket: RangeInclusive<u32>| bracket.into_inner();
        self.kind = Kind::Brackets(brackets.into_iter().map(bounds).collect());
        self
    }

    /// The bit of the events that start a cohort's count; without it, 0.
    pub fn start(mut self, bit: u32) -> Self {
        self.start = bit;
        self
    }

    /// The bit of the events that are returns, which may be that of the start; without it, 0.
    pub fn returns(mut self, bit: u32) -> Self {
        self.returns = bit;
        self
    }

    /// A cohort for each day, week or longer of the calendar in which starts fall.
    pub fn cohorts_by(mut self, grain: Grain) -> Self {
        self.cohorts = Some(Interval::By(grain));
        self
    }

    /// A cohort for each period of this length, counted from time 0.
    pub fn cohorts_every(mut self, length: Length) -> Self {
        self.cohorts = Some(Interval::Every(length));
        self
    }

    /// A cohort for each segment of the event of the start, within each period where there are
    /// periods. Of several starts at the same time the lowest code counts.
    pub fn by_segment(mut self) -> Self {
        self.segments = true;
        self
    }

    /// Adds up the values of returns too.
    pub fn amounts(mut self) -> Self {
        self.amounts = true;
        self
    }

    /// With which month years and quarters begin; without it, January.
    pub fn calendar(mut self, calendar: Calendar) -> Self {
        self.calendar = calendar;
        self
    }

    /// How many minutes the clock is ahead of UTC where days begin, negative where behind; 330 for
    /// India. Without it, 0.
    pub fn offset_minutes(mut self, minutes: i32) -> Self {
        self.offset_minutes = minutes;
        self
    }

    /// The query.
    ///
    /// # Errors
    ///
    /// Everything that is wrong or does not go together at once: no number of intervals or brackets
    /// ([`ErrorKind::Missing`]); a number of intervals beside brackets, one of 0 or above 65,536, a
    /// bracket that ends before it begins, a length of zero, a bit above 63, an offset of a day or
    /// more, or one without a calendar ([`ErrorKind::Domain`]).
    pub fn build(self) -> Result<Retention, Error> {
        let mut problems = Vec::new();
        let mut refuse = |kind, message: String| problems.push(Error::new(kind, message));
        let most = self.most(&mut refuse);
        for (what, bit) in [("start", self.start), ("return", self.returns)] {
            if bit >= u64::BITS {
                let message = format!("{what} bit {bit}; a mask has bits 0 to 63");
                refuse(ErrorKind::Domain, message);
            }
        }
        let lengths = [("intervals", Some(self.interval)), ("cohorts", self.cohorts)];
        for (what, interval) in lengths {
            if let Some(Interval::Every(length)) = interval {
                if length.amount() == 0 {
                    let message = format!("{what} of no length; give one above zero");
                    refuse(ErrorKind::Domain, message);
                }
            }
        }
        if self.offset_minutes.unsigned_abs() >= 1_440 {
            let message = format!(
                "an offset of {} minutes; clocks are less than a day, 1440 minutes, from UTC",
                self.offset_minutes
            );
            refuse(ErrorKind::Domain, message);
        }
        let by_calendar =
            lengths.iter().any(|(_, interval)| matches!(interval, Some(Interval::By(_))));
        if self.offset_minutes != 0 && !by_calendar {
            let message = "an offset from UTC, and neither intervals nor cohorts by the calendar; set one by a grain".to_owned();
            refuse(ErrorKind::Domain, message);
        }
        match Error::all("retention", problems) {
            Some(error) => Err(error),
            None => Ok(Retention {
                interval: self.interval,
                most,
                kind: self.kind,
                start: self.start,
                returns: self.returns,
                cohorts: self.cohorts,
                segments: self.segments,
                amounts: self.amounts,
                calendar: self.calendar,
                offset_minutes: self.offset_minutes,
            }),
        }
    }

    /// How many intervals are told apart.
    fn most(&self, refuse: &mut impl FnMut(ErrorKind, String)) -> u32 {
        let mut most = 0;
        match (&self.kind, self.intervals) {
            (Kind::Brackets(_), Some(count)) => {
                let message = format!(
                    "{count} intervals beside brackets, which say themselves which they are; leave one out"
                );
                refuse(ErrorKind::Domain, message);
            }
            (Kind::Brackets(brackets), None) => {
                if brackets.is_empty() {
                    refuse(ErrorKind::Missing, "no bracket; give at least one".to_owned());
                }
                for (first, last) in brackets {
                    if first > last {
                        let message = format!(
                            "a bracket from interval {first} to {last}; let it end no earlier than it begins"
                        );
                        refuse(ErrorKind::Domain, message);
                    }
                    if *last >= MOST_INTERVALS {
                        let message = format!(
                            "a bracket to interval {last}; the last that is told apart is {}",
                            MOST_INTERVALS - 1
                        );
                        refuse(ErrorKind::Domain, message);
                    }
                    most = most.max(last.saturating_add(1));
                }
            }
            (_, None) => {
                let message = "no number of intervals; say how many".to_owned();
                refuse(ErrorKind::Missing, message);
            }
            (_, Some(count)) => {
                if count == 0 || count > MOST_INTERVALS {
                    let message = format!("{count} intervals; a matrix has 1 to {MOST_INTERVALS}");
                    refuse(ErrorKind::Domain, message);
                }
                most = count;
            }
        }
        most
    }
}
