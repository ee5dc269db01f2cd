//! Units as they stand in sorted columns: nothing is copied.

use super::Unit;
use crate::error::Error;
use crate::events::chain::{Lane, Timeline};
use crate::events::columns::{Arrangement, Entities, Events, Masks};
use crate::events::query::{Counting, EventFunnel};

/// What looks at units, however their events are held.
pub(in crate::events) trait Visit {
    fn unit<T: Timeline>(&mut self, unit: &Unit<T>) -> Result<(), Error>;
}

/// Whether units can be looked at as they stand, given that rows are not asked for: whatever else is
/// asked for is the same for any order of events that tie.
pub(in crate::events) fn in_columns(events: &Events<'_>, query: &EventFunnel) -> bool {
    events.arrangement == Arrangement::Sorted
        && query.counting != Counting::Sessions
        && query.segments.is_none()
        && events.values.is_none()
        && !query.holds
        // Which of two that tie is taken decides what is left for the next optional step.
        && !query.steps.iter().any(|step| step.optional)
}

/// Each entity, ascending; also with the events that the query does not ask for.
///
/// # Errors
///
/// As `visit`.
pub(in crate::events) fn visit_columns(
    events: &Events<'_>,
    visit: &mut impl Visit,
) -> Result<(), Error> {
    match events.entities {
        Entities::U32(entities) => of(events, entities, visit),
        Entities::U64(entities) => of(events, entities, visit),
    }
}

fn of<E: Copy + Eq + Into<u64>>(
    events: &Events<'_>,
    entities: &[E],
    visit: &mut impl Visit,
) -> Result<(), Error> {
    match events.masks {
        Masks::U8(masks) => each(entities, events.times, masks, visit),
        Masks::U16(masks) => each(entities, events.times, masks, visit),
        Masks::U32(masks) => each(entities, events.times, masks, visit),
        Masks::U64(masks) => each(entities, events.times, masks, visit),
    }
}

fn each<E: Copy + Eq + Into<u64>, M: Copy + Into<u64>>(
    entities: &[E],
    times: &[i64],
    masks: &[M],
    visit: &mut impl Visit,
) -> Result<(), Error> {
    let mut rows = 0;
    for own in entities.chunk_by(|one, other| one == other) {
        let begin = rows;
        rows += own.len();
        let events = Lane::new(times, masks, begin..rows);
        visit.unit(&Unit { entity: own[0].into(), session: None, segment: None, events })?;
    }
    Ok(())
}
