//! What getters have in common.

use super::super::argument::{Out, Shared};
use super::super::guard::shielded;

/// What a getter reads of a handle; `fallback` for NULL.
pub(super) fn read<'a, T, R>(
    handle: Shared<'a, T>,
    fallback: R,
    of: impl FnOnce(&'a T) -> Option<R>,
) -> R
where
    R: Copy,
{
    shielded(fallback, || handle.option().and_then(of).unwrap_or(fallback))
}

/// Writes where the caller asks.
pub(super) fn fill<T>(out: Out<T>, value: T) {
    if let Ok(Some(place)) = out.option() {
        place.put(value);
    }
}
