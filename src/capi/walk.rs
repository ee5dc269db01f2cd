//! What getters have in common: texts that stand ready, and answers where there is nothing.

use std::ffi::{CString, c_char};
use std::ptr::null;

use super::argument::{Out, Shared};
use super::guard::shielded;
use crate::Period;

/// Many texts in one piece of memory, each with a NUL behind it.
#[derive(Default)]
pub(super) struct Texts {
    bytes: Vec<u8>,
    starts: Vec<usize>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.starts.push(self.bytes.len());
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(0);
    }

    /// A text and its length.
    pub(super) fn get(&self, index: usize) -> Option<(*const c_char, usize)> {
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).copied().unwrap_or(self.bytes.len());
        let bytes = self.bytes.get(start..end)?;
        Some((bytes.as_ptr().cast(), bytes.len() - 1))
    }
}

/// Text for C. A NUL inside, which some input brought along, is shown and not an early end.
pub(super) fn shown(text: &str) -> CString {
    CString::new(text.replace('\0', "\\0")).unwrap_or_default()
}

/// What a handle has; NULL where it is NULL itself, or has no such thing.
pub(super) fn pointer<'a, H, T>(
    handle: Shared<'a, H>,
    find: impl FnOnce(&'a H) -> Option<*const T>,
) -> *const T {
    shielded(null(), || handle.option().and_then(find).unwrap_or(null()))
}

/// The same for text.
pub(super) fn text<'a, H>(
    handle: Shared<'a, H>,
    find: impl FnOnce(&'a H) -> Option<&'a CString>,
) -> *const c_char {
    pointer(handle, |handle| find(handle).map(|text| text.as_ptr()))
}

/// The same for text that may hold a NUL, with its length.
pub(super) fn exact_text<'a, H>(
    handle: Shared<'a, H>,
    length: Out<usize>,
    find: impl FnOnce(&'a H) -> Option<(*const c_char, usize)>,
) -> *const c_char {
    pointer(handle, |handle| {
        let (text, bytes) = find(handle)?;
        fill(length, bytes);
        Some(text)
    })
}

/// The same for a number, with `none` where there is nothing.
pub(super) fn number<'a, H, N>(
    handle: Shared<'a, H>,
    none: N,
    find: impl FnOnce(&'a H) -> Option<N>,
) -> N
where
    N: Copy,
{
    shielded(none, || handle.option().and_then(find).unwrap_or(none))
}

/// The same for a number beside which there may be none: whether there is one.
pub(super) fn maybe<'a, H, N>(
    handle: Shared<'a, H>,
    out: Out<N>,
    find: impl FnOnce(&'a H) -> Option<N>,
) -> bool {
    shielded(false, || match handle.option().and_then(find) {
        Some(found) => {
            fill(out, found);
            true
        }
        None => false,
    })
}

/// The same for the two ends of a period.
pub(super) fn period<'a, H>(
    handle: Shared<'a, H>,
    first: Out<i32>,
    last: Out<i32>,
    find: impl FnOnce(&'a H) -> Option<Period>,
) -> bool {
    shielded(false, || match handle.option().and_then(find) {
        Some(period) => {
            fill(first, period.first().number());
            fill(last, period.last().number());
            true
        }
        None => false,
    })
}

/// Writes where the caller asks.
fn fill<T>(out: Out<T>, value: T) {
    if let Ok(Some(place)) = out.option() {
        place.put(value);
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;

    use super::*;

    #[test]
    fn texts_keep_their_length() {
        let mut texts = Texts::default();
        for text in ["a", "", "b\0c"] {
            texts.push(text);
        }
        let lengths: Vec<_> = (0..4).map(|i| texts.get(i).map(|(_, length)| length)).collect();
        assert_eq!(lengths, [Some(1), Some(0), Some(3), None]);
        // SAFETY: each text has a NUL behind it, and the texts live on.
        let first = unsafe { CStr::from_ptr(texts.get(0).unwrap().0) };
        assert_eq!(first, c"a");
    }
}
