//! One pass over many rows, in one piece or in several.
//!
//! What a pass adds up are integers, so that the pieces do not show in the result. With feature
//! `parallel`, and where the caller already runs in a pool of rayon, the pieces are shared out among
//! its threads. No thread is started here, nor is rayon's global pool: outside of a pool, and without
//! the feature, the caller's own thread does it all.

use std::ops::Range;

use crate::number::BLOCK;

/// Fewer rows are not worth a second thread: about as many as take it some tens of microseconds.
#[cfg(feature = "parallel")]
const LEAST: usize = 64 * BLOCK;

/// `of` all rows, or `merge` of what it is of their parts. The first row of each is a multiple of
/// [`BLOCK`], given that that of `rows` is.
pub(super) fn split<T: Send>(
    rows: Range<usize>,
    of: &(impl Fn(Range<usize>) -> T + Sync),
    merge: &(impl Fn(T, T) -> T + Sync),
) -> T {
    split_by(0, rows, of, merge)
}

/// The same with at least so many rows in a part.
#[cfg(feature = "parallel")]
pub(crate) fn split_by<T: Send>(
    least: usize,
    rows: Range<usize>,
    of: &(impl Fn(Range<usize>) -> T + Sync),
    merge: &(impl Fn(T, T) -> T + Sync),
) -> T {
    let middle = (rows.len() / 2).next_multiple_of(BLOCK);
    let short = rows.len() - rows.len().min(middle) < least.max(LEAST);
    if short || rayon::current_thread_index().is_none() {
        return of(rows);
    }
    let middle = rows.start + middle;
    let (left, right) = (rows.start..middle, middle..rows.end);
    let part = |rows| split_by(least, rows, of, merge);
    let (left, right) = rayon::join(|| part(left), || part(right));
    merge(left, right)
}

/// `of` all rows.
#[cfg(not(feature = "parallel"))]
pub(crate) fn split_by<T: Send>(
    _least: usize,
    rows: Range<usize>,
    of: &(impl Fn(Range<usize>) -> T + Sync),
    _merge: &(impl Fn(T, T) -> T + Sync),
) -> T {
    of(rows)
}

/// Rows by the block.
pub(crate) fn blocks(rows: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = rows.end;
    rows.step_by(BLOCK).map(move |start| start..end.min(start + BLOCK))
}
