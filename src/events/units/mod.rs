//! From columns to units: the events of each entity, or session, in an order that their rows do not
//! show in.

mod columns;
mod order;
#[cfg(test)]
mod tests;
mod ties;

use super::chain::Event;
use super::columns::{Entities, Events, Masks};
use super::query::{Attribution, Counting, EventFunnel, Order};
use crate::error::{Error, ErrorKind};

pub(super) use self::columns::{Visit, in_columns, visit_columns};
pub(super) use self::order::rows_by_entity;
use self::ties::Ties;

/// What makes one chain, or several: an entity, one of its sessions, or what of these is in a segment.
#[derive(Debug)]
pub(super) struct Unit<T> {
    pub(super) entity: u64,
    /// Where sessions are counted.
    pub(super) session: Option<u64>,
    /// Where each segment is for itself: none is the unit as a whole, and after it each of its
    /// segments comes as a unit of its own.
    pub(super) segment: Option<u32>,
    /// By time.
    pub(super) events: T,
}

/// Calls `each` for every unit, ascending by entity, session and segment. Its events are by time; those
/// that tie by mask, segment, value, held key, and last by row.
///
/// Events that the query does not ask for (none of its steps, exclusions and correlated bits) are left
/// out but in strict order. A unit that has no others is there all the same, without events.
///
/// # Errors
///
/// [`ErrorKind::Missing`] where the query needs a column that is not there, and as `each`.
pub(super) fn for_each_unit(
    events: &Events<'_>,
    query: &EventFunnel,
    mut each: impl FnMut(&Unit<&[Event]>) -> Result<(), Error>,
) -> Result<(), Error> {
    let columns = Columns::of(events, query)?;
    let order = rows_by_entity(events);
    match events.entities {
        Entities::U32(entities) => columns.each_of(entities, order.as_deref(), &mut each),
        Entities::U64(entities) => columns.each_of(entities, order.as_deref(), &mut each),
    }
}

/// The bits of a mask that a query asks for.
pub(super) fn asked(query: &EventFunnel) -> u64 {
    let others = query.exclusions.iter().map(|exclusion| exclusion.bit);
    let others = others.chain(query.correlated.iter().copied());
    others.fold(query.step_bits(), |bits, bit| bits | 1 << bit)
}

/// The columns that a query needs.
struct Columns<'e> {
    events: &'e Events<'e>,
    ties: Ties<'e>,
    /// An event is kept where it has one of these.
    asked: u64,
    keeps_all: bool,
    held: Option<&'e [u64]>,
    sessions: Option<&'e [u64]>,
    segments: Option<&'e [u32]>,
}

/// Room that one unit after another takes.
#[derive(Default)]
struct Scratch {
    of_entity: Vec<usize>,
    kept: Vec<Event>,
}

impl<'e> Columns<'e> {
    fn of(events: &'e Events<'e>, query: &EventFunnel) -> Result<Self, Error> {
        let held = needed(query.holds, events.held, "held key", "holds one")?;
        let counts = query.counting == Counting::Sessions;
        let sessions = needed(counts, events.sessions, "session", "counts them")?;
        let codes = events.segments.map(|(codes, _)| codes);
        let codes = needed(query.segments.is_some(), codes, "segment", "counts by it")?;
        let each = matches!(query.segments, Some((Attribution::All, _)));
        let segments = if each { codes } else { None };
        let keeps_all = query.order == Order::Strict;
        let (ties, asked) = (Ties::of(events, query)?, asked(query));
        Ok(Self { events, ties, asked, keeps_all, held, sessions, segments })
    }

    fn each_of<E: Copy + Eq + Into<u64>>(
        &self,
        entities: &[E],
        order: Option<&[usize]>,
        each: &mut impl FnMut(&Unit<&[Event]>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if self.sessions.is_none() && self.segments.is_none() {
            return match self.events.masks {
                Masks::U8(masks) => self.plain(entities, masks, order, each),
                Masks::U16(masks) => self.plain(entities, masks, order, each),
                Masks::U32(masks) => self.plain(entities, masks, order, each),
                Masks::U64(masks) => self.plain(entities, masks, order, each),
            };
        }
        let row = |place: usize| order.map_or(place, |order| order[place]);
        let mut scratch = Scratch::default();
        let mut start = 0;
        while start < entities.len() {
            let entity = entities[row(start)];
            scratch.of_entity.clear();
            while start < entities.len() && entities[row(start)] == entity {
                scratch.of_entity.push(row(start));
                start += 1;
            }
            self.entity(entity.into(), &mut scratch, each)?;
        }
        Ok(())
    }

    /// Entities as they are: their events straight from the columns.
    fn plain<E: Copy + Eq + Into<u64>, M: Copy + Into<u64>>(
        &self,
        entities: &[E],
        masks: &[M],
        order: Option<&[usize]>,
        each: &mut impl FnMut(&Unit<&[Event]>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match order {
            None => self.plain_in(entities, masks, |place| place, each),
            Some(order) => self.plain_in(entities, masks, |place| order[place], each),
        }
    }

    fn plain_in<E: Copy + Eq + Into<u64>, M: Copy + Into<u64>>(
        &self,
        entities: &[E],
        masks: &[M],
        row: impl Fn(usize) -> usize,
        each: &mut impl FnMut(&Unit<&[Event]>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let times = self.events.times;
        let asked = if self.keeps_all { None } else { Some(self.asked) };
        let mut events: Vec<Event> = Vec::new();
        let mut start = 0;
        while start < entities.len() {
            let entity = entities[row(start)];
            events.clear();
            let mut ties = false;
            while start < entities.len() {
                let row = row(start);
                if entities[row] != entity {
                    break;
                }
                start += 1;
                let (time, mask) = (times[row], masks[row].into());
                if asked.is_none_or(|asked| mask & asked != 0) {
                    let key = self.held.map_or(0, |held| held[row]);
                    ties |= events.last().is_some_and(|last| last.time == time);
                    events.push(Event { time, mask, key, row });
                }
            }
            if ties {
                for tied in events.chunk_by_mut(|a, b| a.time == b.time) {
                    tied.sort_by(|a, b| {
                        a.mask.cmp(&b.mask).then_with(|| self.ties.compare(a.row, b.row))
                    });
                }
            }
            each(&Unit {
                entity: entity.into(),
                session: None,
                segment: None,
                events: &events[..],
            })?;
        }
        Ok(())
    }

    fn entity(
        &self,
        entity: u64,
        scratch: &mut Scratch,
        each: &mut impl FnMut(&Unit<&[Event]>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Scratch { of_entity, kept } = scratch;
        let Some(sessions) = self.sessions else {
            return self.unit(entity, None, of_entity, kept, each);
        };
        // Within a session the rows stay by time.
        of_entity.sort_by_key(|row| sessions[*row]);
        for rows in of_entity.chunk_by_mut(|a, b| sessions[*a] == sessions[*b]) {
            self.unit(entity, Some(sessions[rows[0]]), rows, kept, each)?;
        }
        Ok(())
    }

    /// A unit of rows by time, and its segments.
    fn unit(
        &self,
        entity: u64,
        session: Option<u64>,
        rows: &mut [usize],
        kept: &mut Vec<Event>,
        each: &mut impl FnMut(&Unit<&[Event]>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let times = self.events.times;
        for tied in rows.chunk_by_mut(|a, b| times[*a] == times[*b]) {
            // What is the same stays as it stands.
            tied.sort_by(|a, b| self.ties.compare(*a, *b));
        }
        self.keep(rows, kept);
        each(&Unit { entity, session, segment: None, events: &kept[..] })?;
        let Some(segments) = self.segments else { return Ok(()) };
        rows.sort_by_key(|row| segments[*row]);
        for rows in rows.chunk_by(|a, b| segments[*a] == segments[*b]) {
            self.keep(rows, kept);
            each(&Unit { entity, session, segment: Some(segments[rows[0]]), events: &kept[..] })?;
        }
        Ok(())
    }

    fn keep(&self, rows: &[usize], kept: &mut Vec<Event>) {
        kept.clear();
        for row in rows.iter().copied() {
            let mask = self.events.masks.at(row);
            if self.keeps_all || mask & self.asked != 0 {
                let key = self.held.map_or(0, |held| held[row]);
                kept.push(Event { time: self.events.times[row], mask, key, row });
            }
        }
    }
}

/// A column that is needed, if it is there.
fn needed<'e, T>(
    needed: bool,
    column: Option<&'e [T]>,
    name: &str,
    query: &str,
) -> Result<Option<&'e [T]>, Error> {
    match (needed, column) {
        (false, _) => Ok(None),
        (true, Some(column)) => Ok(Some(column)),
        (true, None) => {
            let message =
                format!("no column of {name}, and the query {query}; give one with the events");
            Err(Error::new(ErrorKind::Missing, message).at_column(name))
        }
    }
}
