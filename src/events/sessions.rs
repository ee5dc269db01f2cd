//! Sessions: the events of an entity, cut where it was away for too long.

use super::arranged::Arranged;
use super::columns::Events;
use super::length::Length;
use crate::error::Error;
use crate::funnel::Durations;
use crate::number::Value;

/// The session of each event, and how many and how long they are. Made by [`sessions`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sessions {
    numbers: Vec<u64>,
    entities: u64,
    durations: Durations,
    /// How many events each has, in ascending order.
    sizes: Vec<u64>,
}

/// Cuts the events of each entity into sessions: an event begins a new one where the time since the
/// event before is greater than the gap. Events of a time belong together, whatever their order, and a
/// gap of zero cuts between all different times. Masks play no part.
///
/// # Errors
///
/// [`ErrorKind::Inexact`](crate::ErrorKind::Inexact) for a gap that is no whole number of the events'
/// unit.
///
/// ```
/// use yardstick::Rational;
/// use yardstick::events::{Events, minutes, sessions};
///
/// // Entity 7 is away for 30 minutes, which is not more than the gap, then for 30 minutes and a second.
/// let entity = [7_u32, 9, 7, 7, 7];
/// let time = [0, 5, 1_800, 3_601, 3_700];
/// let events = Events::unsorted(&entity, &time, &[0_u8; 5])?;
/// let sessions = sessions(&events, minutes(30))?;
/// assert_eq!(sessions.numbers(), [0, 0, 0, 1, 1]);
/// assert_eq!((sessions.count(), sessions.entities()), (3, 2));
/// assert_eq!(sessions.durations().total(), Rational::from(1_800 + 99));
/// assert_eq!(sessions.events_per_session(), Rational::new(5, 3)?.into());
///
/// // Their numbers are what queries over sessions take.
/// let _ = events.sessions(sessions.numbers())?;
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn sessions(events: &Events<'_>, gap: Length) -> Result<Sessions, Error> {
    let gap = gap.within(events.unit)?;
    let mut found = Sessions {
        numbers: vec![0; events.len()],
        entities: 0,
        durations: Durations::none(events.unit),
        sizes: Vec::new(),
    };
    let arranged = Arranged::of(events);
    for places in arranged.entities(events) {
        found.entities += 1;
        let first = events.times[arranged.row(places.start)];
        let (mut number, mut size, mut begun, mut before) = (0, 0, first, first);
        for row in places.map(|place| arranged.row(place)) {
            let time = events.times[row];
            // Later times are not before earlier ones.
            if time.wrapping_sub(before) as u64 > gap {
                found.close(size, begun, before);
                (number, size, begun) = (number + 1, 0, time);
            }
            found.numbers[row] = number;
            (size, before) = (size + 1, time);
        }
        found.close(size, begun, before);
    }
    found.durations.sort();
    found.sizes.sort_unstable();
    Ok(found)
}

impl Sessions {
    fn close(&mut self, size: u64, first: i64, last: i64) {
        self.sizes.push(size);
        self.durations.push(last.wrapping_sub(first) as u64);
    }

    /// The number of each event's session, from 0 within its entity, in the order of the rows.
    #[must_use]
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    /// How many sessions there are in all.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.sizes.len() as u64
    }

    /// How many entities have events.
    #[must_use]
    pub fn entities(&self) -> u64 {
        self.entities
    }

    /// How long each is, from its first event to its last: 0 where there is one event.
    #[must_use]
    pub fn durations(&self) -> &Durations {
        &self.durations
    }

    /// How many events each has, in ascending order.
    #[must_use]
    pub fn sizes(&self) -> &[u64] {
        &self.sizes
    }

    /// Events / sessions; [`Reason::NoBase`](crate::Reason::NoBase) for none.
    #[must_use]
    pub fn events_per_session(&self) -> Value {
        Value::share(self.numbers.len() as u64, self.count())
    }

    /// Sessions / entities; [`Reason::NoBase`](crate::Reason::NoBase) for none.
    #[must_use]
    pub fn per_entity(&self) -> Value {
        Value::share(self.count(), self.entities)
    }
}
