//! Patterns in the events of an entity.

use std::ffi::c_char;
use std::ptr::null;

use super::super::argument::{Buffer, ErrorSlot, Options, Out, Shared, Text, free};
use super::super::error::ys_error;
use super::super::guard::guard;
use super::super::status::ys_status;
use super::columns::ys_event_columns;
use super::read::{fill, read};
use crate::events::{EntityMatches, FoundPattern, Pattern};

/// A pattern of events, to be looked for among those of each entity. It never changes.
///
/// ```c
/// // Two visits within an hour, and later a purchase.
/// const char text[] = "(?1)(?t<=1 hour)(?1).*(?2)";
/// ys_pattern_from_text(text, strlen(text), &pattern, &error);
/// ys_pattern_matches(pattern, &events, &entities, &matching, &error);
/// ys_pattern_free(pattern);
/// ```
///
/// Since ABI 1.
pub struct ys_pattern {
    pattern: Pattern,
}

/// How often each entity has a pattern, ascending by entity, with those that do not have it. It never
/// changes. Since ABI 1.
pub struct ys_pattern_counts {
    counts: Vec<EntityMatches>,
}

/// The first match of each entity that has one, ascending by entity. It never changes. Since ABI 1.
pub struct ys_pattern_found {
    found: Vec<FoundPattern>,
    /// The bits of each, with -1 for none.
    bits: Vec<Vec<i32>>,
}

/// Reads a pattern from text: `(?1)` is an event with bit 0 of its mask, `.` any event, `.*` any number
/// of them, `(?t<=10 minutes)` a time between two; all of it is in the library's documentation of
/// `events::Pattern`.
///
/// `pattern`: the caller frees it with ys_pattern_free. Errors: YS_SYNTAX, YS_UNKNOWN, YS_DOMAIN,
/// YS_CAPACITY for more than 64 events, YS_MISSING where no step has to be there, each with its span.
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_from_text(
    text: *const c_char,
    length: usize,
    pattern: *mut *mut ys_pattern,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes `length` bytes at `text` and places for the outputs, or NULL.
    let (text, result, error) = unsafe {
        (Text::new("text", text, length), Out::new("pattern", pattern), ErrorSlot::new(error))
    };
    guard(error, || {
        let result = result.get()?;
        result.give(ys_pattern { pattern: text.get()?.parse()? });
        Ok(())
    })
}

/// Writes a pattern as text, from which ys_pattern_from_text reads the same.
///
/// `buffer`, `capacity` and `needed` are as the head of this file says. Errors: YS_BUFFER_TOO_SMALL.
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_text(
    pattern: *const ys_pattern,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live pattern, `capacity` bytes at `buffer` and places for the
    // outputs, or NULL.
    let (pattern, buffer, error) = unsafe {
        (
            Shared::new("pattern", pattern),
            Buffer::new(buffer, capacity, needed),
            ErrorSlot::new(error),
        )
    };
    guard(error, || buffer.put(&pattern.get()?.pattern.to_string()))
}

/// How many entities there are, and how many of them have the pattern at least once.
///
/// `columns` is read during the call. Exact. Errors: those of ys_event_columns; YS_INEXACT where a time
/// of the pattern is no whole number of the events' unit. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_matches(
    pattern: *const ys_pattern,
    columns: *const ys_event_columns,
    entities: *mut u64,
    matching: *mut u64,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live pattern, columns of their struct_size and places for the
    // outputs, or NULL.
    let (pattern, columns, entities, matching, error) = unsafe {
        (
            Shared::new("pattern", pattern),
            Options::new("columns", columns),
            Out::new("entities", entities),
            Out::new("matching", matching),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (pattern, entities, matching) = (pattern.get()?, entities.get()?, matching.get()?);
        let columns: ys_event_columns = columns.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let events = unsafe { columns.events()? };
        let matches = pattern.pattern.matches(&events)?;
        entities.put(matches.entities);
        matching.put(matches.matching);
        Ok(())
    })
}

/// How often each entity has the pattern, one match after another.
///
/// `columns` is read during the call. `counts`: the caller frees it with ys_pattern_counts_free. Exact.
/// Errors: as ys_pattern_matches. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_count(
    pattern: *const ys_pattern,
    columns: *const ys_event_columns,
    counts: *mut *mut ys_pattern_counts,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live pattern, columns of their struct_size and places for the
    // outputs, or NULL.
    let (pattern, columns, result, error) = unsafe {
        (
            Shared::new("pattern", pattern),
            Options::new("columns", columns),
            Out::new("counts", counts),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (pattern, result) = (pattern.get()?, result.get()?);
        let columns: ys_event_columns = columns.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let events = unsafe { columns.events()? };
        result.give(ys_pattern_counts { counts: pattern.pattern.counts(&events)? });
        Ok(())
    })
}

/// Finds the first match of each entity: the one that ends first; of these the one that begins first,
/// and so on with each event.
///
/// `columns` is read during the call. `found`: the caller frees it with ys_pattern_found_free. Errors:
/// as ys_pattern_matches. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_locate(
    pattern: *const ys_pattern,
    columns: *const ys_event_columns,
    found: *mut *mut ys_pattern_found,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live pattern, columns of their struct_size and places for the
    // outputs, or NULL.
    let (pattern, columns, result, error) = unsafe {
        (
            Shared::new("pattern", pattern),
            Options::new("columns", columns),
            Out::new("found", found),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let (pattern, result) = (pattern.get()?, result.get()?);
        let columns: ys_event_columns = columns.get()?;
        // SAFETY: the caller describes its memory by the fields, for the call.
        let events = unsafe { columns.events()? };
        let found = pattern.pattern.locate(&events)?;
        let bit = |bit: &Option<u32>| bit.map_or(-1, |bit| bit as i32);
        let bits = found.iter().map(|found| found.bits.iter().map(bit).collect()).collect();
        result.give(ys_pattern_found { found, bits });
        Ok(())
    })
}

/// How many entities were counted.
///
/// `counts` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_counts_count(counts: *const ys_pattern_counts) -> usize {
    // SAFETY: the caller passes NULL or live counts.
    let counts = unsafe { Shared::new("counts", counts) };
    read(counts, 0, |counts| Some(counts.counts.len()))
}

/// An entity, and how often it has the pattern.
///
/// Returns whether `index` is below ys_pattern_counts_count; only then `entity` and `matches` are
/// written, which may be NULL. `counts` may be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_counts_at(
    counts: *const ys_pattern_counts,
    index: usize,
    entity: *mut u64,
    matches: *mut u64,
) -> bool {
    // SAFETY: the caller passes NULL or live counts, and NULL or places for numbers.
    let (counts, entity, matches) = unsafe {
        (Shared::new("counts", counts), Out::new("entity", entity), Out::new("matches", matches))
    };
    read(counts, false, |counts| {
        let of = counts.counts.get(index)?;
        fill(entity, of.entity);
        fill(matches, of.matches);
        Some(true)
    })
}

/// How many entities have a match.
///
/// `found` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_found_count(found: *const ys_pattern_found) -> usize {
    // SAFETY: the caller passes NULL or live matches.
    let found = unsafe { Shared::new("found", found) };
    read(found, 0, |found| Some(found.found.len()))
}

/// Whose a match is, and how many events it has.
///
/// Returns whether `index` is below ys_pattern_found_count; only then `entity` and `length` are written,
/// which may be NULL. `found` may be NULL: false. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_found_at(
    found: *const ys_pattern_found,
    index: usize,
    entity: *mut u64,
    length: *mut usize,
) -> bool {
    // SAFETY: the caller passes NULL or live matches, and NULL or places for numbers.
    let (found, entity, length) = unsafe {
        (Shared::new("found", found), Out::new("entity", entity), Out::new("length", length))
    };
    read(found, false, |found| {
        let of = found.found.get(index)?;
        fill(entity, of.entity);
        fill(length, of.rows.len());
        Some(true)
    })
}

/// The rows of the events of a match, one after another.
///
/// Returns as many as ys_pattern_found_at says, which belong to the matches and live as long; NULL where
/// `index` is not below ys_pattern_found_count, or `found` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_found_rows(
    found: *const ys_pattern_found,
    index: usize,
) -> *const usize {
    // SAFETY: the caller passes NULL or live matches.
    let found = unsafe { Shared::new("found", found) };
    read(found, null(), |found| Some(found.found.get(index)?.rows.as_ptr()))
}

/// The times of the events of a match; everything is as in ys_pattern_found_rows. Threads: any. Since
/// ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_found_times(
    found: *const ys_pattern_found,
    index: usize,
) -> *const i64 {
    // SAFETY: the caller passes NULL or live matches.
    let found = unsafe { Shared::new("found", found) };
    read(found, null(), |found| Some(found.found.get(index)?.times.as_ptr()))
}

/// The bit by which each event of a match is matched, -1 where any event does; everything is as in
/// ys_pattern_found_rows. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_found_bits(
    found: *const ys_pattern_found,
    index: usize,
) -> *const i32 {
    // SAFETY: the caller passes NULL or live matches.
    let found = unsafe { Shared::new("found", found) };
    read(found, null(), |found| Some(found.bits.get(index)?.as_ptr()))
}

/// Frees matches.
///
/// `found` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_found_free(found: *mut ys_pattern_found) {
    // SAFETY: the caller passes NULL or matches that are its own, once.
    unsafe { free(found) }
}

/// Frees counts.
///
/// `counts` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_counts_free(counts: *mut ys_pattern_counts) {
    // SAFETY: the caller passes NULL or counts that are its own, once.
    unsafe { free(counts) }
}

/// Frees a pattern.
///
/// `pattern` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_pattern_free(pattern: *mut ys_pattern) {
    // SAFETY: the caller passes NULL or a pattern that is its own, once.
    unsafe { free(pattern) }
}
