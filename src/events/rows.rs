//! From rows and predicates to columns.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, DefaultHasher};

use super::columns::{Arrangement, Entities, Events, Masks};
use super::query::MOST_STEPS;
use crate::error::{Error, ErrorKind};
use crate::funnel::TimeUnit;
use crate::number::{Column, Decimal};

/// What is taken of a row.
type Take<'f, R, T> = Box<dyn Fn(&R) -> T + 'f>;
type TakeText<'f, R> = Box<dyn Fn(&R) -> &str + 'f>;

/// Turns rows of any type into [`Events`]: predicates say which steps a row matches, and functions who
/// it is of, when it was, and what else there is to know.
///
/// Texts become codes from 0 on, in the order in which they are first seen. Entity and time are needed,
/// all else is left out where it is not set. What is set twice counts as set last.
///
/// ```
/// use yardstick::events::{EventFunnel, EventRows, minutes};
///
/// struct Row(&'static str, i64, &'static str);
/// let rows = [Row("ann", 0, "visit"), Row("bob", 10, "visit"), Row("ann", 70, "buy")];
///
/// let columns = EventRows::new()
///     .step(|row: &Row| row.2 == "visit")
///     .step(|row| row.2 == "buy")
///     .entity_text(|row| row.0)
///     .time(|row| row.1)
///     .columns(&rows)?;
/// let query = EventFunnel::builder(2).window(minutes(5)).build()?;
/// assert_eq!(query.compute(&columns.events()?)?.total().counts(), [2, 1]);
/// let chains = query.chains(&columns.events()?)?;
/// assert_eq!(columns.entity_name(chains[0].entity), Some("ann"));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[must_use]
pub struct EventRows<'f, R> {
    steps: u32,
    bits: Vec<(u32, Take<'f, R, bool>)>,
    entity: Option<Text<'f, R, u64>>,
    time: Option<Take<'f, R, i64>>,
    unit: TimeUnit,
    segment: Option<TakeText<'f, R>>,
    value: Option<Take<'f, R, Option<Decimal>>>,
    held: Option<Text<'f, R, u64>>,
    session: Option<Take<'f, R, u64>>,
}

/// Something else, or a text.
enum Text<'f, R, T> {
    Is(TakeText<'f, R>),
    Not(Take<'f, R, T>),
}

impl<R> fmt::Debug for EventRows<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventRows").field("steps", &self.steps).finish_non_exhaustive()
    }
}

impl<R> Default for EventRows<'_, R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'f, R> EventRows<'f, R> {
    /// Without steps yet.
    pub fn new() -> Self {
        Self {
            steps: 0,
            bits: Vec::new(),
            entity: None,
            time: None,
            unit: TimeUnit::Second,
            segment: None,
            value: None,
            held: None,
            session: None,
        }
    }

    /// The next step, from step 0 on: rows of which this is true match it. A row may match several.
    pub fn step(mut self, matches: impl Fn(&R) -> bool + 'f) -> Self {
        self.bits.push((self.steps, Box::new(matches)));
        self.steps = self.steps.saturating_add(1);
        self
    }

    /// A bit that is none of a step: for exclusions and correlations. Given several times, a row has it
    /// where one is true.
    pub fn bit(mut self, bit: u32, matches: impl Fn(&R) -> bool + 'f) -> Self {
        self.bits.push((bit, Box::new(matches)));
        self
    }

    /// Who an event is of, as a number.
    pub fn entity(mut self, entity: impl Fn(&R) -> u64 + 'f) -> Self {
        self.entity = Some(Text::Not(Box::new(entity)));
        self
    }

    /// Who an event is of, as a text; see [`EventColumns::entity_name`].
    pub fn entity_text(mut self, entity: impl Fn(&R) -> &str + 'f) -> Self {
        self.entity = Some(Text::Is(Box::new(entity)));
        self
    }

    /// When it was; see [`unit`](Self::unit).
    pub fn time(mut self, time: impl Fn(&R) -> i64 + 'f) -> Self {
        self.time = Some(Box::new(time));
        self
    }

    /// What times are counted in; without it, seconds.
    pub fn unit(mut self, unit: TimeUnit) -> Self {
        self.unit = unit;
        self
    }

    /// The segment of an event; see [`EventColumns::segment_name`].
    pub fn segment(mut self, segment: impl Fn(&R) -> &str + 'f) -> Self {
        self.segment = Some(Box::new(segment));
        self
    }

    /// What an event is worth, if anything.
    pub fn value(mut self, value: impl Fn(&R) -> Option<Decimal> + 'f) -> Self {
        self.value = Some(Box::new(value));
        self
    }

    /// What all events of a chain must have in common, as a number.
    pub fn held(mut self, key: impl Fn(&R) -> u64 + 'f) -> Self {
        self.held = Some(Text::Not(Box::new(key)));
        self
    }

    /// What all events of a chain must have in common, as a text.
    pub fn held_text(mut self, key: impl Fn(&R) -> &str + 'f) -> Self {
        self.held = Some(Text::Is(Box::new(key)));
        self
    }

    /// The session of an event.
    pub fn session(mut self, session: impl Fn(&R) -> u64 + 'f) -> Self {
        self.session = Some(Box::new(session));
        self
    }

    /// The columns of rows, in their order. No rows give empty columns.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Missing`] without entity or time, [`ErrorKind::Shape`] for more than 64 steps,
    /// [`ErrorKind::Domain`] for a bit above 63 or of a step, all at once;
    /// [`ErrorKind::Overflow`] for values that do not fit 128 bits at their largest scale;
    /// [`ErrorKind::Capacity`] for more than 2^32 different texts.
    pub fn columns(&self, rows: impl IntoIterator<Item: Borrow<R>>) -> Result<EventColumns, Error> {
        let (entity, time) = self.checked()?;
        let mut names = Names::default();
        let (mut segments, mut keys) = (Names::default(), Names::default());
        let (mut codes, mut numbers) = (Vec::new(), Vec::new());
        let (mut times, mut masks) = (Vec::new(), Vec::new());
        let (mut of_segments, mut values) = (Vec::new(), Vec::new());
        let (mut held, mut sessions) = (Vec::new(), Vec::new());
        for row in rows {
            let row = row.borrow();
            match entity {
                Text::Is(text) => codes.push(names.code(text(row))?),
                Text::Not(number) => numbers.push(number(row)),
            }
            times.push(time(row));
            let matched = self.bits.iter().filter(|(_, matches)| matches(row));
            masks.push(matched.fold(0_u64, |mask, (bit, _)| mask | 1 << bit));
            if let Some(segment) = &self.segment {
                of_segments.push(segments.code(segment(row))?);
            }
            if let Some(value) = &self.value {
                values.push(value(row).map(|value| (value.mantissa(), value.scale())));
            }
            match &self.held {
                Some(Text::Is(text)) => held.push(u64::from(keys.code(text(row))?)),
                Some(Text::Not(number)) => held.push(number(row)),
                None => {}
            }
            if let Some(session) = &self.session {
                sessions.push(session(row));
            }
        }
        let entities = match entity {
            Text::Is(_) => OfWhom::Texts(codes),
            Text::Not(_) => OfWhom::Numbers(numbers),
        };
        let values = self.value.is_some().then(|| Column::from_cells(&values));
        if let Some(values) = &values {
            values.check()?;
        }
        let mut columns = EventColumns {
            entities,
            entity_names: names.names,
            times,
            unit: self.unit,
            masks: Bits::narrowed(masks),
            arrangement: Arrangement::Unsorted,
            segments: self.segment.is_some().then_some((of_segments, segments.names)),
            values,
            held: self.held.is_some().then_some(held),
            sessions: self.session.is_some().then_some(sessions),
        };
        columns.arrangement = columns.arranged();
        Ok(columns)
    }

    #[allow(clippy::type_complexity, reason = "the two functions that are needed")]
    fn checked(&self) -> Result<(&Text<'f, R, u64>, &Take<'f, R, i64>), Error> {
        let mut problems = Vec::new();
        if self.steps > MOST_STEPS {
            let message = format!("{} steps; a mask has bits for {MOST_STEPS}", self.steps);
            problems.push(Error::new(ErrorKind::Shape, message));
        }
        // Steps come with the bits from 0 on, one after another, so what is left over was given.
        let mut steps = 0;
        for (bit, _) in &self.bits {
            if *bit == steps {
                steps += 1;
            } else if *bit < self.steps || *bit >= MOST_STEPS {
                let what = if *bit < self.steps { "that of a step" } else { "none of a mask" };
                let message = format!(
                    "bit {bit} is {what}; give one from {} to {}",
                    self.steps,
                    MOST_STEPS - 1
                );
                problems.push(Error::new(ErrorKind::Domain, message));
            }
        }
        let missing = |what: &str| {
            let message = format!("no {what} of rows; give a function for it");
            Error::new(ErrorKind::Missing, message).at_column(what)
        };
        problems.extend(self.entity.is_none().then(|| missing("entity")));
        problems.extend(self.time.is_none().then(|| missing("time")));
        match (Error::all("rows of events", problems), &self.entity, &self.time) {
            (None, Some(entity), Some(time)) => Ok((entity, time)),
            (Some(error), _, _) => Err(error),
            (None, _, _) => Err(missing("entity or time")),
        }
    }
}

/// Texts by code.
#[derive(Default)]
struct Names {
    codes: HashMap<String, u32, BuildHasherDefault<DefaultHasher>>,
    names: Vec<String>,
}

impl Names {
    fn code(&mut self, name: &str) -> Result<u32, Error> {
        if let Some(code) = self.codes.get(name) {
            return Ok(*code);
        }
        let code = u32::try_from(self.names.len()).map_err(|_| {
            let message = "more than 4,294,967,296 different texts; give numbers instead";
            Error::new(ErrorKind::Capacity, message)
        })?;
        self.names.push(name.to_owned());
        self.codes.insert(name.to_owned(), code);
        Ok(code)
    }
}

#[derive(Debug, Clone)]
enum OfWhom {
    Texts(Vec<u32>),
    Numbers(Vec<u64>),
}

/// Masks as narrow as they can be.
#[derive(Debug, Clone)]
enum Bits {
    U8(Vec<u8>),
    U16(Vec<u16>),
    U32(Vec<u32>),
    U64(Vec<u64>),
}

impl Bits {
    fn narrowed(masks: Vec<u64>) -> Self {
        let used = 64 - masks.iter().fold(0, |all, mask| all | mask).leading_zeros();
        match used {
            0..=8 => Self::U8(masks.into_iter().map(|mask| mask as u8).collect()),
            9..=16 => Self::U16(masks.into_iter().map(|mask| mask as u16).collect()),
            17..=32 => Self::U32(masks.into_iter().map(|mask| mask as u32).collect()),
            _ => Self::U64(masks),
        }
    }
}

/// Columns made of rows by [`EventRows::columns`].
#[derive(Debug, Clone)]
pub struct EventColumns {
    entities: OfWhom,
    entity_names: Vec<String>,
    times: Vec<i64>,
    unit: TimeUnit,
    masks: Bits,
    arrangement: Arrangement,
    segments: Option<(Vec<u32>, Vec<String>)>,
    values: Option<Column<'static>>,
    held: Option<Vec<u64>>,
    sessions: Option<Vec<u64>>,
}

impl EventColumns {
    /// The events, borrowed.
    ///
    /// # Errors
    ///
    /// As the setters of [`Events`]; none of them fails for columns that were made of rows, but for
    /// more than 2^32 - 1 segments.
    pub fn events(&self) -> Result<Events<'_>, Error> {
        let events = Events::unsorted(self.entities(), &self.times, self.masks())?;
        let mut events = Events { arrangement: self.arrangement, ..events.unit(self.unit) };
        if let Some((codes, names)) = &self.segments {
            let count = u32::try_from(names.len()).unwrap_or(u32::MAX);
            events = events.segments(codes, count)?;
        }
        if let Some(values) = &self.values {
            events = events.values(values.borrowed())?;
        }
        if let Some(held) = &self.held {
            events = events.held(held)?;
        }
        if let Some(sessions) = &self.sessions {
            events = events.sessions(sessions)?;
        }
        Ok(events)
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// The text of an entity, where entities are texts.
    #[must_use]
    pub fn entity_name(&self, entity: u64) -> Option<&str> {
        let name = self.entity_names.get(usize::try_from(entity).ok()?)?;
        Some(name)
    }

    /// The name of a segment.
    #[must_use]
    pub fn segment_name(&self, code: u32) -> Option<&str> {
        let (_, names) = self.segments.as_ref()?;
        let name = names.get(usize::try_from(code).ok()?)?;
        Some(name)
    }

    fn entities(&self) -> Entities<'_> {
        match &self.entities {
            OfWhom::Texts(codes) => codes.into(),
            OfWhom::Numbers(numbers) => numbers.into(),
        }
    }

    fn masks(&self) -> Masks<'_> {
        match &self.masks {
            Bits::U8(masks) => masks.into(),
            Bits::U16(masks) => masks.into(),
            Bits::U32(masks) => masks.into(),
            Bits::U64(masks) => masks.into(),
        }
    }

    /// How the rows happen to be arranged.
    fn arranged(&self) -> Arrangement {
        if Events::sorted(self.entities(), &self.times, self.masks()).is_ok() {
            return Arrangement::Sorted;
        }
        match Events::by_time(self.entities(), &self.times, self.masks()) {
            Ok(_) => Arrangement::ByTime,
            Err(_) => Arrangement::Unsorted,
        }
    }
}
