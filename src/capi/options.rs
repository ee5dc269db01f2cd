//! Structs with a size: what callers of other versions pass.

use std::mem::MaybeUninit;
use std::ptr;
use std::slice;

use super::argument::usable;
use super::error::ys_error;
use super::guard::Outcome;
use super::status::YS_INVALID_ARGUMENT;
use super::version::YS_ABI_VERSION;

/// A struct of the header that begins with its size.
///
/// A later version adds fields at the end, where 0 means what was so before: an older caller is taken
/// to have said 0, and a newer one that says 0 does not need the newer library. No such struct is
/// part of another, and none has padding, which a later field could not be told from.
///
/// # Safety
///
/// `repr(C)`, its first field is a `usize` with the size of the struct, and every bit pattern is a
/// value.
pub(super) unsafe trait Versioned: Copy {
    /// Its name in C.
    const NAME: &'static str;
    /// The sizes it had in released versions before it grew to what it is.
    const EARLIER: &'static [usize] = &[];
}

/// A caller that says more than this did not begin its struct, whatever version it knows.
const LARGEST: usize = 1024;

/// Such a struct, of which no more is read than it says to have.
pub(super) struct Options<T> {
    name: &'static str,
    pointer: *const T,
}

impl<T: Versioned> Options<T> {
    /// # Safety
    ///
    /// `pointer` is NULL or a struct of the size that its first field says, readable until
    /// [`get`](Options::get) has returned.
    pub(super) unsafe fn new(name: &'static str, pointer: *const T) -> Self {
        Self { name, pointer }
    }

    pub(super) fn get(self) -> Outcome<T> {
        usable(self.name, self.pointer)?;
        // SAFETY: not NULL, and the first field is always there, as was promised to `new`.
        let size = unsafe { self.pointer.cast::<usize>().read() };
        let known = size_of::<T>();
        let newer = size > known && size <= LARGEST && size % align_of::<T>() == 0;
        if size != known && !newer && !T::EARLIER.contains(&size) {
            let (name, kind) = (self.name, T::NAME);
            let message = format!(
                "argument {name} has a struct_size of {size} where {kind} has {known}; begin it with its _INIT macro"
            );
            return Err(ys_error::refusal(YS_INVALID_ARGUMENT, message));
        }
        let bytes = self.pointer.cast::<u8>();
        if newer {
            // SAFETY: bytes of a struct of `size`, as was promised to `new`.
            let beyond = unsafe { slice::from_raw_parts(bytes.add(known), size - known) };
            if beyond.iter().any(|byte| *byte != 0) {
                let (name, kind) = (self.name, T::NAME);
                let message = format!(
                    "argument {name} sets fields of {kind} beyond the {known} bytes of ABI {YS_ABI_VERSION}, which this library has; leave them as its _INIT macro has them, or use the version that added them"
                );
                return Err(ys_error::refusal(YS_INVALID_ARGUMENT, message));
            }
        }
        let mut value = MaybeUninit::<T>::zeroed();
        // SAFETY: no more bytes than the caller's struct and ours have; what it does not say stays
        // 0, and any bits are a `T`.
        Ok(unsafe {
            ptr::copy_nonoverlapping(bytes, value.as_mut_ptr().cast(), size.min(known));
            value.assume_init()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;

    use super::super::error::ys_error_message;
    use super::*;

    /// Had one field less in a version before, and two less in the first.
    #[repr(C)]
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct Grown {
        struct_size: usize,
        first: i64,
        second: u64,
        third: *const u8,
    }

    // SAFETY: `repr(C)`, begins with its size, and holds integers and a raw pointer.
    unsafe impl Versioned for Grown {
        const NAME: &'static str = "grown";
        const EARLIER: &'static [usize] = &[16, 24];
    }

    /// As a caller that knows `words` of them passes it, in memory of just that size.
    fn given(words: &[u64]) -> Result<Grown, (i32, String)> {
        let memory: Box<[u64]> = words.into();
        // SAFETY: the memory has the size that its first word says, or less than one that is
        // refused unread.
        let options = unsafe { Options::<Grown>::new("grown", memory.as_ptr().cast()) };
        options.get().map_err(|error| {
            // SAFETY: the error is alive, and its message as long.
            let message = unsafe { CStr::from_ptr(ys_error_message(&raw const *error)) };
            (error.status(), message.to_str().unwrap().to_owned())
        })
    }

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn an_older_caller_says_zero_for_what_it_does_not_know() {
        let none = std::ptr::null();
        let grown = |struct_size, first, second| Grown { struct_size, first, second, third: none };
        assert_eq!(given(&[16, 5]), Ok(grown(16, 5, 0)));
        assert_eq!(given(&[24, 5, 6]), Ok(grown(24, 5, 6)));
        assert_eq!(given(&[32, 5, 6, 0]), Ok(grown(32, 5, 6)));
    }

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn a_newer_caller_is_taken_where_it_says_nothing_new() {
        let told = given(&[40, 5, 6, 0, 0]).unwrap();
        assert_eq!((told.first, told.second), (5, 6));
        let mut most = [0; LARGEST / 8];
        most[0] = LARGEST as u64;
        assert!(given(&most).is_ok());
        // In any of its bytes.
        for beyond in [1, 1 << 63] {
            let (status, message) = given(&[48, 5, 6, 0, 0, beyond]).unwrap_err();
            assert_eq!(status, YS_INVALID_ARGUMENT);
            assert_eq!(
                message,
                "argument grown sets fields of grown beyond the 32 bytes of ABI 1, which this library has; leave them as its _INIT macro has them, or use the version that added them"
            );
        }
    }

    #[test]
    fn sizes_that_no_version_had_are_refused_unread() {
        let sizes = [0, 1, 8, 15, 17, 31, 33, 39, 41, LARGEST as u64 + 8, 1 << 40, u64::MAX];
        for size in sizes {
            let (status, message) = given(&[size]).unwrap_err();
            assert_eq!(status, YS_INVALID_ARGUMENT);
            assert!(message.contains(&format!("a struct_size of {size} where grown has")));
        }
    }
}
