//! What states must have in common to be merged.

use std::sync::Arc;

use super::bytes::{Kind, Reader, Writer, unlike};
use super::fingerprint::fingerprint;
use crate::error::{Error, ErrorKind};
use crate::events::columns::Events;
use crate::events::query::EventFunnel;
use crate::funnel::TimeUnit;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Common {
    pub(super) query: Arc<EventFunnel>,
    pub(super) unit: TimeUnit,
    /// Whether events have values.
    pub(super) values: bool,
    pub(super) observed_until: Option<i64>,
}

impl Common {
    pub(super) fn of(query: &EventFunnel, events: &Events<'_>) -> Self {
        Self {
            query: Arc::new(query.clone()),
            unit: events.unit,
            values: events.values.is_some(),
            observed_until: events.observed_until,
        }
    }

    /// Refuses a state that has another query, unit or columns.
    pub(super) fn check(&self, other: &Self) -> Result<(), Error> {
        let refuse = |message: String| Err(Error::new(ErrorKind::Shape, message));
        if self.query != other.query {
            return refuse("states of two queries; build both by one".to_owned());
        }
        if self.unit != other.unit {
            let (own, unit) = (self.unit, other.unit);
            return refuse(format!(
                "events in {own}s merged with events in {unit}s; bring their times to one unit"
            ));
        }
        if self.values != other.values {
            let message = "events with values merged with events without; give both, or neither";
            return refuse(message.to_owned());
        }
        Ok(())
    }

    pub(super) fn writer(&self, kind: Kind) -> Writer {
        let mut to = Writer::new(kind, fingerprint(&self.query));
        let unit = TimeUnit::ALL.iter().position(|unit| *unit == self.unit);
        to.number(unit.unwrap_or(0) as u64);
        to.flag(self.values);
        to.flag(self.observed_until.is_some());
        if let Some(time) = self.observed_until {
            to.signed(time.into());
        }
        to
    }

    pub(super) fn read<'b>(
        query: &EventFunnel,
        bytes: &'b [u8],
        kind: Kind,
    ) -> Result<(Self, Reader<'b>), Error> {
        let mut from = Reader::new(bytes, kind, fingerprint(query))?;
        let unit = usize::try_from(from.number()?).ok();
        let unit = unit.and_then(|place| TimeUnit::ALL.get(place)).copied();
        let unit = unit.ok_or_else(|| unlike("the unit"))?;
        // The lengths of the query must be whole in it, as they were for who built the state.
        query.limits(unit).map_err(|_| unlike("the unit"))?;
        let values = from.flag()?;
        let observed_until = if from.flag()? { Some(from.time()?) } else { None };
        let query = Arc::new(query.clone());
        Ok((Self { query, unit, values, observed_until }, from))
    }
}
