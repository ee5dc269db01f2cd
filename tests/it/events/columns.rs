//! Rows as columns.

use yardstick::Column;
use yardstick::events::{Counting, Entities, Events, Masks};
use yardstick::funnel::TimeUnit;

use super::settings::{Row, Settings};

/// How rows are declared to be arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declared {
    Sorted,
    ByTime,
    Unsorted,
}

/// The columns of some rows.
pub(super) struct Columns {
    entities: Vec<u64>,
    entities32: Vec<u32>,
    times: Vec<i64>,
    masks: Vec<u64>,
    masks8: Vec<u8>,
    masks16: Vec<u16>,
    masks32: Vec<u32>,
    segments: Vec<u32>,
    values: Vec<i64>,
    present: Vec<u8>,
    keys: Vec<u64>,
    sessions: Vec<u64>,
    observed_until: Option<i64>,
    unit: TimeUnit,
}

impl Columns {
    pub(super) fn of(rows: &[Row], settings: &Settings) -> Self {
        let mut present = vec![0_u8; rows.len().div_ceil(8)];
        for (i, row) in rows.iter().enumerate() {
            present[i / 8] |= u8::from(row.value.is_some()) << (i % 8);
        }
        Self {
            entities: rows.iter().map(|row| row.entity).collect(),
            entities32: rows.iter().map(|row| row.entity as u32).collect(),
            times: rows.iter().map(|row| row.time).collect(),
            masks: rows.iter().map(|row| row.mask).collect(),
            masks8: rows.iter().map(|row| row.mask as u8).collect(),
            masks16: rows.iter().map(|row| row.mask as u16).collect(),
            masks32: rows.iter().map(|row| row.mask as u32).collect(),
            segments: rows.iter().map(|row| row.segment).collect(),
            // What stands in an empty cell does not matter.
            values: rows
                .iter()
                .map(|row| row.value.unwrap_or(i64::MIN + i64::from(row.segment)))
                .collect(),
            present,
            keys: rows.iter().map(|row| row.key).collect(),
            sessions: rows.iter().map(|row| row.session).collect(),
            observed_until: settings.observed_until,
            unit: settings.unit,
        }
    }

    /// Everything there is.
    pub(super) fn events(&self, declared: Declared) -> Events<'_> {
        let events = self
            .bare(declared, 64)
            .segments(&self.segments, 3)
            .and_then(|events| events.held(&self.keys))
            .and_then(|events| events.sessions(&self.sessions));
        self.with_values(events.unwrap())
    }

    /// Without what is not asked for and without values, with masks of so many bits; of 32 and fewer,
    /// entities have 32 bits, for rows that fit in.
    pub(super) fn asked_for(
        &self,
        declared: Declared,
        bits: u32,
        settings: &Settings,
    ) -> Events<'_> {
        let mut events = self.bare(declared, bits);
        if settings.segments.is_some() {
            events = events.segments(&self.segments, 3).unwrap();
        }
        if settings.held {
            events = events.held(&self.keys).unwrap();
        }
        if settings.counting == Counting::Sessions {
            events = events.sessions(&self.sessions).unwrap();
        }
        events
    }

    pub(super) fn with_values<'a>(&'a self, events: Events<'a>) -> Events<'a> {
        events.values(Column::integers(&self.values).with_validity(&self.present)).unwrap()
    }

    fn bare(&self, declared: Declared, bits: u32) -> Events<'_> {
        let (entities, masks): (Entities<'_>, Masks<'_>) = match bits {
            8 => ((&self.entities32).into(), (&self.masks8).into()),
            16 => ((&self.entities32).into(), (&self.masks16).into()),
            32 => ((&self.entities32).into(), (&self.masks32).into()),
            _ => ((&self.entities).into(), (&self.masks).into()),
        };
        let events = match declared {
            Declared::Sorted => Events::sorted(entities, &self.times, masks),
            Declared::ByTime => Events::by_time(entities, &self.times, masks),
            Declared::Unsorted => Events::unsorted(entities, &self.times, masks),
        };
        let events = events.unwrap().unit(self.unit);
        match self.observed_until {
            Some(last) => events.observed_until(last).unwrap(),
            None => events,
        }
    }
}
