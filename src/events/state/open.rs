//! Events of entities that lie in several parts.

use std::borrow::Cow;

use super::bytes::{Kind, Reader, Writer, unlike};
use super::common::Common;
use super::kept::{Keeping, Kept};
use crate::error::{Error, ErrorKind};
use crate::events::columns::Events;
use crate::events::query::{Counting, EventFunnel};
use crate::events::result::EventFunnelResult;

/// Events of a part of any kind, to be merged with those of others and counted at the end.
///
/// Parts may cut through entities: by day, by file, by whatever arrives. Any event can still become
/// part of a chain, or break one, until all are there; so all are kept that the query asks for, and of
/// an entity without any that it is there. In strict order every event is kept. States merged in any
/// order give the same result as one pass over all, bit for bit.
///
/// It takes 24 bytes for each event, and for those columns that the events have 4 (segments), 32
/// (values) and 8 (held keys, sessions); as [bytes](Self::to_bytes), sorted, as few as differences of
/// entities and times need: some 3 to 8 for each event. Merging takes time by the size of the part that
/// is added, or of both where their values have unlike scales; bytes, and the result at the end, as much as
/// counting columns that are not sorted. Where each entity lies in one part, an
/// [`EventState`](super::EventState) takes almost nothing.
///
/// ```
/// use yardstick::events::{EventFunnel, Events, OpenEventState};
///
/// let query = EventFunnel::builder(2).build()?;
/// // The same entity on two days.
/// let second = query.open_state(&Events::sorted(&[1_u32], &[90_000], &[0b10_u8])?)?;
/// let mut state = query.open_state(&Events::sorted(&[1_u32], &[80_000], &[0b01_u8])?)?;
/// state.merge(&OpenEventState::from_bytes(&query, &second.to_bytes())?)?;
/// assert_eq!(state.finish()?.total().counts(), [1, 1]);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct OpenEventState {
    common: Common,
    kept: Kept,
    /// Whether the events are in the order of their contents, and without what changes nothing.
    settled: bool,
}

impl PartialEq for OpenEventState {
    /// Whether both keep the same events, in whatever order they came.
    fn eq(&self, other: &Self) -> bool {
        self.common == other.common && self.settled() == other.settled()
    }
}

impl Eq for OpenEventState {}

impl EventFunnel {
    /// Keeps the events of a part, as a state that merges with any other part.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Missing`] where the query needs a column that the events do not have;
    /// [`ErrorKind::Inexact`] for a length of time that is no whole number of their unit.
    pub fn open_state(&self, events: &Events<'_>) -> Result<OpenEventState, Error> {
        self.limits(events.unit)?;
        if let Some((column, why)) = lacking(
            self,
            events.segments.is_some(),
            events.held.is_some(),
            events.sessions.is_some(),
        ) {
            let message =
                format!("no column of {column}, and the query {why}; give one with the events");
            return Err(Error::new(ErrorKind::Missing, message).at_column(column));
        }
        let kept = Kept::of(events)?.settled(Keeping::new(self));
        Ok(OpenEventState { common: Common::of(self, events), kept, settled: true })
    }
}

impl OpenEventState {
    /// Adds the events of another part. Observation ends with the later of both ends.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for a state of another query, another unit of time, without a column that
    /// the other has, or without an end of observation where the other has one;
    /// [`ErrorKind::Overflow`] where values do not fit 128 bits at a common scale. The state is then as
    /// it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.common.check(&other.common)?;
        let (own, more) = (self.common.observed_until, other.common.observed_until);
        if own.is_some() != more.is_some() {
            let message = "a state that says until when was observed merged with one that does not; give both, or neither";
            return Err(Error::new(ErrorKind::Shape, message));
        }
        self.kept.extend(&other.kept)?;
        self.common.observed_until = own.max(more);
        self.settled = false;
        Ok(())
    }

    /// How many events are kept, those of one entity that only say that it is there included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.settled().len()
    }

    /// Whether none are kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.len() == 0
    }

    /// The result, of all that was merged.
    ///
    /// # Errors
    ///
    /// As [`EventFunnel::compute`].
    pub fn finish(&self) -> Result<EventFunnelResult, Error> {
        let Common { query, unit, observed_until, .. } = &self.common;
        let kept = &self.kept;
        let mut events = Events::unsorted(&kept.entities, &kept.times, &kept.masks)?.unit(*unit);
        if let Some((codes, count)) = &kept.segments {
            events = events.segments(codes, *count)?;
        }
        if let Some(values) = kept.column() {
            events = events.values(values)?;
        }
        if let Some(keys) = &kept.held {
            events = events.held(keys)?;
        }
        if let Some(sessions) = &kept.sessions {
            events = events.sessions(sessions)?;
        }
        if let Some(last) = observed_until {
            events = events.observed_until(*last)?;
        }
        Ok(EventFunnelResult { cells: query.cells(&events, false)? })
    }

    /// The state as bytes, for [`from_bytes`](Self::from_bytes) on any platform. The same state gives
    /// the same bytes, in whatever order it was merged.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let kept = self.settled();
        let mut to = self.common.writer(Kind::Open);
        to.number(kept.len() as u64);
        to.optional(kept.segments.as_ref(), |to, (_, count)| to.number((*count).into()));
        to.optional(kept.values.as_ref(), |to, (_, scale)| to.number((*scale).into()));
        to.flag(kept.held.is_some());
        to.flag(kept.sessions.is_some());
        write(&mut to, &kept);
        to.finish()
    }

    /// The state that became these bytes.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Syntax`] for bytes that are no state, not all of one, or damaged;
    /// [`ErrorKind::Unknown`] for another version, [`ErrorKind::Type`] for a closed state,
    /// [`ErrorKind::Shape`] for the state of another query. Memory is taken by the number of bytes.
    pub fn from_bytes(query: &EventFunnel, bytes: &[u8]) -> Result<Self, Error> {
        let (common, mut from) = Common::read(query, bytes, Kind::Open)?;
        let kept = read(&mut from, &common)?;
        from.finish()?;
        let state = Self { common, kept, settled: false };
        // One form each: as it would be written.
        if *state.settled() != state.kept {
            return Err(unlike("the order of events"));
        }
        Ok(Self { settled: true, ..state })
    }

    fn settled(&self) -> Cow<'_, Kept> {
        match self.settled {
            true => Cow::Borrowed(&self.kept),
            false => Cow::Owned(self.kept.clone().settled(Keeping::new(&self.common.query))),
        }
    }
}

/// A column that the query needs and events do not have, and what for.
fn lacking(
    query: &EventFunnel,
    segments: bool,
    held: bool,
    sessions: bool,
) -> Option<(&'static str, &'static str)> {
    match () {
        () if query.segments.is_some() && !segments => Some(("segment", "counts by it")),
        () if query.holds && !held => Some(("held key", "holds one")),
        () if query.counting == Counting::Sessions && !sessions => Some(("session", "counts them")),
        () => None,
    }
}

/// Column after column, times as the difference to the one before.
fn write(to: &mut Writer, kept: &Kept) {
    let mut before = 0;
    for entity in &kept.entities {
        to.number(entity - before);
        before = *entity;
    }
    let mut before = 0;
    for time in &kept.times {
        to.signed(i128::from(*time) - before);
        before = i128::from(*time);
    }
    kept.masks.iter().for_each(|mask| to.number(*mask));
    if let Some((codes, _)) = &kept.segments {
        codes.iter().for_each(|code| to.number((*code).into()));
    }
    if let Some((values, _)) = &kept.values {
        values.iter().for_each(|value| to.flag(value.is_some()));
        values.iter().flatten().for_each(|value| to.signed(*value));
    }
    for keys in [&kept.held, &kept.sessions].into_iter().flatten() {
        keys.iter().for_each(|key| to.number(*key));
    }
}

fn read(from: &mut Reader<'_>, common: &Common) -> Result<Kept, Error> {
    let count = from.count()?;
    let segments = if from.flag()? { Some(from.number()?) } else { None };
    let segments = segments.map(u32::try_from).transpose().map_err(|_| unlike("a segment"))?;
    let scale = if from.flag()? { Some(from.number()?) } else { None };
    let scale = scale.map(u32::try_from).transpose().ok().flatten().filter(|scale| *scale <= 38);
    let (held, sessions) = (from.flag()?, from.flag()?);
    if scale.is_some() != common.values {
        return Err(unlike("a column"));
    }
    let mut kept = Kept::default();
    let mut before = 0_u64;
    for _ in 0..count {
        before = before.checked_add(from.number()?).ok_or_else(|| unlike("an entity"))?;
        kept.entities.push(before);
    }
    let mut before = 0_i128;
    for _ in 0..count {
        before = before.checked_add(from.signed()?).ok_or_else(|| unlike("a time"))?;
        let time = i64::try_from(before).map_err(|_| unlike("a time"))?;
        if common.observed_until.is_some_and(|last| time > last) {
            return Err(unlike("a time"));
        }
        kept.times.push(time);
    }
    kept.masks = numbers(from, count)?;
    if let Some(most) = segments {
        let codes = numbers(from, count)?.into_iter().map(u32::try_from);
        let codes: Option<Vec<u32>> = codes.map(Result::ok).collect();
        let codes = codes.filter(|codes| codes.iter().all(|code| *code < most));
        kept.segments = Some((codes.ok_or_else(|| unlike("a segment"))?, most));
    }
    if let Some(scale) = scale {
        let there = (0..count).map(|_| from.flag()).collect::<Result<Vec<_>, _>>()?;
        let value = |there: bool| there.then(|| from.signed()).transpose();
        kept.values = Some((there.into_iter().map(value).collect::<Result<_, _>>()?, scale));
    }
    kept.held = held.then(|| numbers(from, count)).transpose()?;
    kept.sessions = sessions.then(|| numbers(from, count)).transpose()?;
    if lacking(&common.query, segments.is_some(), held, sessions).is_some() {
        return Err(unlike("a column"));
    }
    Ok(kept)
}

fn numbers(from: &mut Reader<'_>, count: usize) -> Result<Vec<u64>, Error> {
    (0..count).map(|_| from.number()).collect()
}
