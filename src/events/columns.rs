//! Events as columns: who, when, and which steps.

use crate::error::{Error, ErrorKind};
use crate::funnel::TimeUnit;
use crate::number::Column;

/// Who an event is of: numbers, or codes of texts.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Entities<'a> {
    /// 32 bits each.
    U32(&'a [u32]),
    /// 64 bits each.
    U64(&'a [u64]),
}

/// Which steps an event matches: bit i is step i, from 0.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Masks<'a> {
    /// Up to 8 bits.
    U8(&'a [u8]),
    /// Up to 16.
    U16(&'a [u16]),
    /// Up to 32.
    U32(&'a [u32]),
    /// Up to 64.
    U64(&'a [u64]),
}

macro_rules! borrowed {
    ($of:ident { $($variant:ident $type:ty,)* }) => {
        $(
            impl<'a> From<&'a [$type]> for $of<'a> {
                fn from(values: &'a [$type]) -> Self {
                    Self::$variant(values)
                }
            }

            impl<'a> From<&'a Vec<$type>> for $of<'a> {
                fn from(values: &'a Vec<$type>) -> Self {
                    Self::$variant(values)
                }
            }

            impl<'a, const N: usize> From<&'a [$type; N]> for $of<'a> {
                fn from(values: &'a [$type; N]) -> Self {
                    Self::$variant(values)
                }
            }
        )*

        impl $of<'_> {
            /// How many.
            #[must_use]
            pub fn len(&self) -> usize {
                match self { $(Self::$variant(values) => values.len(),)* }
            }

            /// Whether there are none.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }

            /// The one of a row, widened.
            pub(super) fn at(&self, row: usize) -> u64 {
                match self { $(Self::$variant(values) => u64::from(values[row]),)* }
            }
        }
    };
}

borrowed!(Entities { U32 u32, U64 u64, });
borrowed!(Masks { U8 u8, U16 u16, U32 u32, U64 u64, });

/// How the rows are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Arrangement {
    /// By entity, and within each by time.
    Sorted,
    /// By time.
    ByTime,
    Unsorted,
}

/// Events as columns of one length, borrowed: who, when, and a mask of what each matches.
///
/// The order of rows that tie never counts, and [`unsorted`](Events::unsorted) gives the same answers
/// as the other two, which are faster.
///
/// ```
/// use yardstick::events::Events;
///
/// let entity = [7_u32, 7, 9];
/// let time = [0, 60, 30];
/// let mask = [0b01_u8, 0b10, 0b01];
/// assert_eq!(Events::sorted(&entity, &time, &mask)?.len(), 3);
/// let error = Events::by_time(&entity, &time, &mask).unwrap_err();
/// assert_eq!((error.row(), error.column()), (Some(2), Some("time")));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Events<'a> {
    pub(super) entities: Entities<'a>,
    pub(super) times: &'a [i64],
    pub(super) masks: Masks<'a>,
    pub(super) arrangement: Arrangement,
    pub(super) unit: TimeUnit,
    pub(super) segments: Option<(&'a [u32], u32)>,
    pub(super) values: Option<Column<'a>>,
    pub(super) held: Option<&'a [u64]>,
    pub(super) sessions: Option<&'a [u64]>,
    pub(super) observed_until: Option<i64>,
}

impl<'a> Events<'a> {
    /// Rows by entity (ascending), and within each entity by time (ascending).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] where the columns differ in length, and for the first row that is not in
    /// order.
    pub fn sorted(
        entities: impl Into<Entities<'a>>,
        times: &'a [i64],
        masks: impl Into<Masks<'a>>,
    ) -> Result<Self, Error> {
        let events = Self::new(entities.into(), times, masks.into(), Arrangement::Sorted)?;
        let row = match events.entities {
            Entities::U32(entities) => out_of_order(entities, times),
            Entities::U64(entities) => out_of_order(entities, times),
        };
        row.map_or(Ok(()), |row| {
            let (who, before) = (events.entities.at(row), events.entities.at(row - 1));
            Err(match who < before {
                true => disorder(row, "entity", format!("{who} comes after {before}")),
                false => {
                    let (time, before) = (times[row], times[row - 1]);
                    disorder(row, "time", format!("{time} of entity {who} comes after {before}"))
                }
            })
        })?;
        Ok(events)
    }

    /// Rows by time (ascending), whoever they are of, as in a log.
    ///
    /// # Errors
    ///
    /// As [`sorted`](Events::sorted).
    pub fn by_time(
        entities: impl Into<Entities<'a>>,
        times: &'a [i64],
        masks: impl Into<Masks<'a>>,
    ) -> Result<Self, Error> {
        let events = Self::new(entities.into(), times, masks.into(), Arrangement::ByTime)?;
        match times.windows(2).position(|pair| pair[1] < pair[0]) {
            Some(before) => {
                let (earlier, later) = (times[before + 1], times[before]);
                Err(disorder(before + 1, "time", format!("{earlier} comes after {later}")))
            }
            None => Ok(events),
        }
    }

    /// Rows in any order.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] where the columns differ in length.
    pub fn unsorted(
        entities: impl Into<Entities<'a>>,
        times: &'a [i64],
        masks: impl Into<Masks<'a>>,
    ) -> Result<Self, Error> {
        Self::new(entities.into(), times, masks.into(), Arrangement::Unsorted)
    }

    fn new(
        entities: Entities<'a>,
        times: &'a [i64],
        masks: Masks<'a>,
        arrangement: Arrangement,
    ) -> Result<Self, Error> {
        let events = Self {
            entities,
            times,
            masks,
            arrangement,
            unit: TimeUnit::Second,
            segments: None,
            values: None,
            held: None,
            sessions: None,
            observed_until: None,
        };
        events.same_length("time", times.len())?;
        events.same_length("mask", masks.len())?;
        Ok(events)
    }

    /// What times are counted in; without it, seconds. From whatever moment on, but for calendar days
    /// and trends, where 0 is the beginning of 1970.
    #[must_use]
    pub fn unit(self, unit: TimeUnit) -> Self {
        Self { unit, ..self }
    }

    /// The segment of each event, as codes below `count`: countries, campaigns, plans.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for another length, [`ErrorKind::Domain`] for the first code that is not
    /// below `count`.
    pub fn segments(self, codes: &'a [u32], count: u32) -> Result<Self, Error> {
        self.same_length("segment", codes.len())?;
        if let Some(row) = codes.iter().position(|code| *code >= count) {
            let message = format!(
                "segment {} is not below {count}, the number of segments; give a code from 0 on",
                codes[row]
            );
            return Err(Error::new(ErrorKind::Domain, message).at_row(row).at_column("segment"));
        }
        Ok(Self { segments: Some((codes, count)), ..self })
    }

    /// What each event is worth; an empty cell is worth nothing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for another length, and as [`Column::check`].
    pub fn values(self, values: Column<'a>) -> Result<Self, Error> {
        self.same_length("value", values.len())?;
        values.check()?;
        Ok(Self { values: Some(values), ..self })
    }

    /// What all events of a chain must have in common, for queries that hold a key.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for another length.
    pub fn held(self, keys: &'a [u64]) -> Result<Self, Error> {
        self.same_length("held key", keys.len())?;
        Ok(Self { held: Some(keys), ..self })
    }

    /// The session of each event, for queries that count sessions. Two entities may use one number.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for another length.
    pub fn sessions(self, sessions: &'a [u64]) -> Result<Self, Error> {
        self.same_length("session", sessions.len())?;
        Ok(Self { sessions: Some(sessions), ..self })
    }

    /// The last moment that was observed, after which nothing is known: who could still have gone on
    /// then has not stopped. Events after it are refused.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for the first event after it.
    pub fn observed_until(self, last: i64) -> Result<Self, Error> {
        match self.times.iter().position(|time| *time > last) {
            Some(row) => {
                let time = self.times[row];
                let message = format!(
                    "an event at {time} is after {last}, until when is observed; leave it out or observe longer"
                );
                Err(Error::new(ErrorKind::Domain, message).at_row(row).at_column("time"))
            }
            None => Ok(Self { observed_until: Some(last), ..self }),
        }
    }

    /// How many events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    pub(super) fn same_length(&self, column: &str, length: usize) -> Result<(), Error> {
        let entities = self.entities.len();
        if length == entities {
            return Ok(());
        }
        let message =
            format!("{length} rows of {column}, and {entities} of entity; give one for each event");
        Err(Error::new(ErrorKind::Shape, message).at_column(column))
    }
}

/// The first row that comes before the one above it.
fn out_of_order<E: Copy + Ord>(entities: &[E], times: &[i64]) -> Option<usize> {
    let pairs = entities.windows(2).zip(times.windows(2));
    let before = pairs
        .map(|(who, when)| (who[1] < who[0]) | ((who[1] == who[0]) & (when[1] < when[0])))
        .position(|out| out)?;
    Some(before + 1)
}

fn disorder(row: usize, column: &str, what: String) -> Error {
    let message = format!("{what}, out of order; sort the rows or declare them unsorted");
    Error::new(ErrorKind::Shape, message).at_row(row).at_column(column)
}
