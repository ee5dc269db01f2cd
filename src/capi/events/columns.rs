//! The events that C describes, and how they become the library's.

use std::ffi::c_void;

use super::super::argument::{Array, Options, Versioned};
use super::super::column::ys_integer_column;
use super::super::error::ys_error;
use super::super::guard::Outcome;
use super::super::status::{YS_INVALID_ARGUMENT, YS_NULL_ARGUMENT};
use super::super::time_unit::{time_unit, ys_time_unit};
use crate::events::{Entities, Events, Masks};

/// How rows of events are arranged.
pub type ys_arrangement = i32;

/// By entity (ascending), and within each by time (ascending). The fastest.
pub const YS_ARRANGEMENT_SORTED: ys_arrangement = 1;
/// By time (ascending), whoever they are of, as in a log.
pub const YS_ARRANGEMENT_BY_TIME: ys_arrangement = 2;
/// In any order. Gives what the others give.
pub const YS_ARRANGEMENT_UNSORTED: ys_arrangement = 3;

/// Events as columns of one length: who, when, and which steps each event matches. Begin it with
/// YS_EVENT_COLUMNS_INIT, which says seconds and rows in any order.
///
/// All of it is borrowed for the call it is given to, read in place, and not kept. A call that takes
/// it refuses, besides what it says itself: rows that are not arranged as told, and columns of
/// another length (YS_SHAPE); a segment that is not below `segment_count`, and an event after
/// `observed_until` (YS_DOMAIN); a struct_size, an enumeration, a width or a flag that is none, both
/// kinds of entities, or a reserved field (YS_INVALID_ARGUMENT). Errors in a cell have row and
/// column. Since ABI 1.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ys_event_columns {
    /// sizeof(ys_event_columns).
    pub struct_size: usize,
    /// The number of events, and of values at each pointer below.
    pub count: usize,
    /// Who each event is of. NULL where the other is given, or without events.
    pub entities: *const u32,
    /// The same in 64 bits. NULL where the other is given, or without events.
    pub wide_entities: *const u64,
    /// When each event was, in `unit`; NULL is fine without events.
    pub times: *const i64,
    /// Which steps each event matches, as unsigned integers of `mask_width` bytes: bit i is step i,
    /// from 0. NULL is fine without events.
    pub masks: *const c_void,
    /// The bytes of a mask: 1, 2, 4 or 8.
    pub mask_width: i32,
    /// One of YS_ARRANGEMENT_SORTED to YS_ARRANGEMENT_UNSORTED.
    pub arrangement: ys_arrangement,
    /// One of YS_TIME_NANOSECOND to YS_TIME_DAY. For calendars, time 0 is the beginning of 1970.
    pub unit: ys_time_unit,
    /// 1 where `observed_until` counts, else 0.
    pub observed: i32,
    /// The last moment that was observed, after which nothing is known.
    pub observed_until: i64,
    /// The segment of each event, below `segment_count`; NULL for none.
    pub segments: *const u32,
    /// What all events of a chain have in common, for queries that hold a key; NULL for none.
    pub held: *const u64,
    /// The session of each event, for queries that count sessions; NULL for none.
    pub sessions: *const u64,
    /// What each event is worth, an empty cell nothing; NULL for none.
    pub values: *const ys_integer_column,
    /// The number of segments; 0 where `segments` is NULL.
    pub segment_count: u32,
    /// 0.
    pub reserved: u32,
}

// SAFETY: `repr(C)`, begins with its size, and holds integers and raw pointers only.
unsafe impl Versioned for ys_event_columns {
    const NAME: &'static str = "ys_event_columns";
}

/// A flag of C; `name` is where it stands, for the error.
pub(super) fn flag(name: &str, value: i32) -> Outcome<bool> {
    match value {
        0 => Ok(false),
        1 => Ok(true),
        other => Err(invalid(format!("{name} is {other}; set it to 0 or 1"))),
    }
}

pub(super) fn invalid(message: String) -> Box<ys_error> {
    ys_error::refusal(YS_INVALID_ARGUMENT, message)
}

impl ys_event_columns {
    /// The events, checked.
    ///
    /// # Safety
    ///
    /// The pointers are what their fields say, and nothing changes behind them during `'a`.
    pub(super) unsafe fn events<'a>(&self) -> Outcome<Events<'a>> {
        if self.reserved != 0 {
            return Err(invalid(format!("columns.reserved is {} and must be 0", self.reserved)));
        }
        let unit = time_unit("columns.unit", self.unit)?;
        // SAFETY: promised to us.
        let (entities, times, masks) = unsafe {
            let times = Array::new("columns.times", self.times, self.count);
            (self.entities()?, times.get()?, self.masks()?)
        };
        let events = match self.arrangement {
            YS_ARRANGEMENT_SORTED => Events::sorted(entities, times, masks),
            YS_ARRANGEMENT_BY_TIME => Events::by_time(entities, times, masks),
            YS_ARRANGEMENT_UNSORTED => Events::unsorted(entities, times, masks),
            other => {
                return Err(invalid(format!(
                    "columns.arrangement is {other}; set it to one of YS_ARRANGEMENT_SORTED (1) to YS_ARRANGEMENT_UNSORTED (3)"
                )));
            }
        }?;
        // SAFETY: promised to us.
        unsafe { self.more(events.unit(unit)) }
    }

    /// # Safety
    ///
    /// As [`events`](Self::events).
    unsafe fn entities<'a>(&self) -> Outcome<Entities<'a>> {
        let (narrow, wide) = (self.entities, self.wide_entities);
        match (narrow.is_null(), wide.is_null()) {
            (false, false) => Err(invalid(
                "columns.entities and columns.wide_entities are both given; give one".to_owned(),
            )),
            (true, true) if self.count > 0 => {
                let message =
                    "columns.entities and columns.wide_entities are both NULL; give one".to_owned();
                Err(ys_error::refusal(YS_NULL_ARGUMENT, message))
            }
            (false, _) => {
                // SAFETY: promised to us.
                let narrow = unsafe { Array::new("columns.entities", narrow, self.count) };
                narrow.get().map(Entities::from)
            }
            (true, _) => {
                // SAFETY: promised to us.
                let wide = unsafe { Array::new("columns.wide_entities", wide, self.count) };
                wide.get().map(Entities::from)
            }
        }
    }

    /// # Safety
    ///
    /// As [`events`](Self::events).
    unsafe fn masks<'a>(&self) -> Outcome<Masks<'a>> {
        let (name, masks, count) = ("columns.masks", self.masks, self.count);
        // SAFETY: promised to us.
        unsafe {
            match self.mask_width {
                1 => Array::<u8>::new(name, masks.cast(), count).get().map(Masks::from),
                2 => Array::<u16>::new(name, masks.cast(), count).get().map(Masks::from),
                4 => Array::<u32>::new(name, masks.cast(), count).get().map(Masks::from),
                8 => Array::<u64>::new(name, masks.cast(), count).get().map(Masks::from),
                other => {
                    Err(invalid(format!("columns.mask_width is {other}; set it to 1, 2, 4 or 8")))
                }
            }
        }
    }

    /// The columns that may be absent.
    ///
    /// # Safety
    ///
    /// As [`events`](Self::events).
    unsafe fn more<'a>(&self, mut events: Events<'a>) -> Outcome<Events<'a>> {
        let count = self.count;
        if !self.segments.is_null() {
            // SAFETY: promised to us.
            let codes = unsafe { Array::new("columns.segments", self.segments, count) };
            events = events.segments(codes.get()?, self.segment_count)?;
        } else if self.segment_count != 0 {
            return Err(invalid(format!(
                "columns.segment_count is {} without columns.segments; give both or neither",
                self.segment_count
            )));
        }
        if !self.held.is_null() {
            // SAFETY: promised to us.
            let keys = unsafe { Array::new("columns.held", self.held, count) };
            events = events.held(keys.get()?)?;
        }
        if !self.sessions.is_null() {
            // SAFETY: promised to us.
            let sessions = unsafe { Array::new("columns.sessions", self.sessions, count) };
            events = events.sessions(sessions.get()?)?;
        }
        if !self.values.is_null() {
            // SAFETY: promised to us.
            let values: ys_integer_column =
                unsafe { Options::new("columns.values", self.values) }.get()?;
            // SAFETY: promised to us.
            events = events.values(unsafe { values.column()? })?;
        }
        if flag("columns.observed", self.observed)? {
            events = events.observed_until(self.observed_until)?;
        }
        Ok(events)
    }
}
