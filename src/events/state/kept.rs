//! The events that an open state keeps, as columns.

use std::cmp::Ordering;

use crate::error::{Error, ErrorKind};
use crate::events::columns::Events;
use crate::events::query::{Attribution, Counting, EventFunnel, Order};
use crate::events::units::asked;
use crate::number::Column;

/// Columns of events; those that the events do not have are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Kept {
    pub(super) entities: Vec<u64>,
    pub(super) times: Vec<i64>,
    pub(super) masks: Vec<u64>,
    /// Codes below a count.
    pub(super) segments: Option<(Vec<u32>, u32)>,
    /// At one scale.
    pub(super) values: Option<(Vec<Option<i128>>, u32)>,
    pub(super) held: Option<Vec<u64>>,
    pub(super) sessions: Option<Vec<u64>>,
}

/// What makes the events of a query the same to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keeping {
    asked: u64,
    keeps_all: bool,
    by_session: bool,
    by_segment: bool,
}

impl Keeping {
    pub(super) fn new(query: &EventFunnel) -> Self {
        Self {
            asked: asked(query),
            keeps_all: query.order == Order::Strict,
            by_session: query.counting == Counting::Sessions,
            by_segment: matches!(query.segments, Some((Attribution::All, _))),
        }
    }
}

impl Kept {
    pub(super) fn of(events: &Events<'_>) -> Result<Self, Error> {
        let rows = 0..events.len();
        let values = events.values.as_ref().map(|values| values.checked()).transpose()?;
        let cells = |stored: &crate::number::Stored<'_>| {
            let cell = |row| stored.is_valid(row).then(|| stored.values.get(row));
            rows.clone().map(cell).collect()
        };
        Ok(Self {
            entities: rows.clone().map(|row| events.entities.at(row)).collect(),
            times: events.times.to_vec(),
            masks: rows.clone().map(|row| events.masks.at(row)).collect(),
            segments: events.segments.map(|(codes, count)| (codes.to_vec(), count)),
            values: values.as_ref().map(|stored| (cells(stored), stored.scale.into())),
            held: events.held.map(<[u64]>::to_vec),
            sessions: events.sessions.map(<[u64]>::to_vec),
        })
    }

    pub(super) fn len(&self) -> usize {
        self.times.len()
    }

    /// Puts the events of another behind these.
    pub(super) fn extend(&mut self, other: &Self) -> Result<(), Error> {
        let columns = |of: &Self| {
            [of.segments.is_some(), of.held.is_some(), of.sessions.is_some(), of.values.is_some()]
        };
        let names = ["segments", "held keys", "sessions", "values"];
        let own = columns(self).into_iter().zip(columns(other));
        if let Some((_, name)) = own.zip(names).find(|((own, more), _)| own != more) {
            let message =
                format!("events with {name} merged with events without; give both, or neither");
            return Err(Error::new(ErrorKind::Shape, message));
        }
        // What can fail comes before what changes.
        if let (Some((own, scale)), Some((more, theirs))) = (&mut self.values, &other.values) {
            let common = *theirs.max(scale);
            let more = raise(more, common - theirs)?;
            if *scale < common {
                *own = raise(own, common - *scale)?;
                *scale = common;
            }
            own.extend(more);
        }
        self.entities.extend(&other.entities);
        self.times.extend(&other.times);
        self.masks.extend(&other.masks);
        if let (Some((own, count)), Some((more, other))) = (&mut self.segments, &other.segments) {
            own.extend(more);
            *count = (*count).max(*other);
        }
        let keys = [(&mut self.held, &other.held), (&mut self.sessions, &other.sessions)];
        for (own, more) in keys {
            if let (Some(own), Some(more)) = (own, more) {
                own.extend(more);
            }
        }
        Ok(())
    }

    /// The same in the order of its contents, without what changes nothing: of the events that the query
    /// does not ask for, one is kept of each unit that has no others, for there it is counted.
    pub(super) fn settled(self, keeping: Keeping) -> Self {
        let mut events = self;
        if !keeping.keeps_all {
            (0..events.len()).for_each(|row| events.blank(row, keeping));
        }
        let mut rows: Vec<usize> = (0..events.len()).collect();
        rows.sort_unstable_by(|a, b| events.compare(*a, *b, keeping));
        if !keeping.keeps_all {
            // Blank events come first in their unit.
            let units = rows.chunk_by(|a, b| events.compare_units(*a, *b, keeping).is_eq());
            let kept = units.flat_map(|unit| {
                let blank = |row: &&usize| events.masks[**row] == 0;
                let blanks = unit.iter().take_while(blank).count();
                &unit[blanks.min(unit.len() - 1)..]
            });
            rows = kept.copied().collect();
        }
        events.gather(&rows)
    }

    /// Leaves of an event that is not asked for only the unit that it is in.
    fn blank(&mut self, row: usize, keeping: Keeping) {
        if self.masks[row] & keeping.asked != 0 {
            return;
        }
        (self.times[row], self.masks[row]) = (i64::MIN, 0);
        if let Some((values, _)) = &mut self.values {
            values[row] = None;
        }
        if let Some(keys) = &mut self.held {
            keys[row] = 0;
        }
        if let Some(sessions) = self.sessions.as_mut().filter(|_| !keeping.by_session) {
            sessions[row] = 0;
        }
        if let Some((codes, _)) = self.segments.as_mut().filter(|_| !keeping.by_segment) {
            codes[row] = 0;
        }
    }

    fn compare_units(&self, a: usize, b: usize, keeping: Keeping) -> Ordering {
        let sessions = self.sessions.as_ref().filter(|_| keeping.by_session);
        let segments = self.segments.as_ref().filter(|_| keeping.by_segment);
        let session = |row: usize| sessions.map(|sessions| sessions[row]);
        let segment = |row: usize| segments.map(|(codes, _)| codes[row]);
        let entity = |row: usize| self.entities[row];
        (entity(a), session(a), segment(a)).cmp(&(entity(b), session(b), segment(b)))
    }

    fn compare(&self, a: usize, b: usize, keeping: Keeping) -> Ordering {
        let value = |row: usize| self.values.as_ref().map(|(values, _)| values[row]);
        let held = |row: usize| self.held.as_ref().map(|keys| keys[row]);
        let session = |row: usize| self.sessions.as_ref().map(|keys| keys[row]);
        let segment = |row: usize| self.segments.as_ref().map(|(codes, _)| codes[row]);
        let asked = |row: usize| (!keeping.keeps_all) && self.masks[row] != 0;
        let key = |row: usize| {
            let contents = (self.times[row], self.masks[row], segment(row), value(row));
            (asked(row), contents, held(row), session(row))
        };
        self.compare_units(a, b, keeping).then_with(|| key(a).cmp(&key(b)))
    }

    fn gather(&self, rows: &[usize]) -> Self {
        fn of<T: Copy>(column: &[T], rows: &[usize]) -> Vec<T> {
            rows.iter().map(|row| column[*row]).collect()
        }
        Self {
            entities: of(&self.entities, rows),
            times: of(&self.times, rows),
            masks: of(&self.masks, rows),
            segments: self.segments.as_ref().map(|(codes, count)| (of(codes, rows), *count)),
            values: self.values.as_ref().map(|(values, scale)| (of(values, rows), *scale)),
            held: self.held.as_ref().map(|keys| of(keys, rows)),
            sessions: self.sessions.as_ref().map(|keys| of(keys, rows)),
        }
    }

    /// The values as a column.
    pub(super) fn column(&self) -> Option<Column<'static>> {
        let (values, scale) = self.values.as_ref()?;
        let cells: Vec<_> = values.iter().map(|value| value.map(|value| (value, *scale))).collect();
        Some(Column::from_cells(&cells))
    }
}

/// Values with so many decimals more.
fn raise(values: &[Option<i128>], decimals: u32) -> Result<Vec<Option<i128>>, Error> {
    let power = 10_i128.pow(decimals);
    let raised = |value: &Option<i128>| match value {
        Some(value) => value.checked_mul(power).map(Some),
        None => Some(None),
    };
    values.iter().map(raised).collect::<Option<_>>().ok_or_else(|| {
        let message = format!(
            "a value that does not fit 128 bits with {decimals} decimals more, as others have; give all values fewer decimals"
        );
        Error::new(ErrorKind::Overflow, message)
    })
}
