//! The structs of the Arrow C Data Interface, and who releases them.

use std::ffi::{c_char, c_void};

use crate::capi::argument::Exclusive;
use crate::capi::error::ys_error;
use crate::capi::guard::Outcome;
use crate::capi::status::YS_INVALID_ARGUMENT;

/// The type of an array, as the interface lays it out.
#[repr(C)]
pub struct ArrowSchema {
    pub(super) format: *const c_char,
    pub(super) name: *const c_char,
    pub(super) metadata: *const c_char,
    pub(super) flags: i64,
    pub(super) n_children: i64,
    pub(super) children: *mut *mut ArrowSchema,
    pub(super) dictionary: *mut ArrowSchema,
    pub(super) release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    pub(super) private_data: *mut c_void,
}

/// The buffers of an array, as the interface lays it out.
#[repr(C)]
pub struct ArrowArray {
    pub(super) length: i64,
    pub(super) null_count: i64,
    pub(super) offset: i64,
    pub(super) n_buffers: i64,
    pub(super) n_children: i64,
    pub(super) buffers: *mut *const c_void,
    pub(super) children: *mut *mut ArrowArray,
    pub(super) dictionary: *mut ArrowArray,
    pub(super) release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    pub(super) private_data: *mut c_void,
}

/// What both have: a function that frees what they point to.
pub(super) trait Released: Sized {
    fn release(&mut self) -> &mut Option<unsafe extern "C" fn(*mut Self)>;
}

impl Released for ArrowSchema {
    fn release(&mut self) -> &mut Option<unsafe extern "C" fn(*mut Self)> {
        &mut self.release
    }
}

impl Released for ArrowArray {
    fn release(&mut self) -> &mut Option<unsafe extern "C" fn(*mut Self)> {
        &mut self.release
    }
}

/// A struct that was moved out of the caller's, and is released once when this is dropped.
pub(super) struct Taken<T: Released>(T);

impl<T: Released> Taken<T> {
    /// Moves it out, so that the caller's counts as released.
    ///
    /// # Safety
    ///
    /// The struct is what the interface asks for, and its release may be called from any thread.
    pub(super) unsafe fn take(name: &str, place: Exclusive<'_, T>) -> Outcome<Self> {
        let place = place.get()?;
        if place.release().is_none() {
            let message = format!("argument {name} was released already; give one that is alive");
            return Err(ys_error::refusal(YS_INVALID_ARGUMENT, message));
        }
        // SAFETY: alive, and moved: the interface says that its bytes may be copied if the original
        // is then marked as released.
        let taken = Self(unsafe { std::ptr::read(place) });
        *place.release() = None;
        Ok(taken)
    }

    pub(super) fn get(&self) -> &T {
        &self.0
    }
}

impl<T: Released> Drop for Taken<T> {
    fn drop(&mut self) {
        if let Some(release) = *self.0.release() {
            // SAFETY: it was alive when it was taken, and is released here only.
            unsafe { release(&raw mut self.0) }
        }
    }
}

// SAFETY: the buffers are only read, and `take` was promised that any thread may release them.
unsafe impl Send for Taken<ArrowArray> {}
// SAFETY: nothing is changed through a shared one.
unsafe impl Sync for Taken<ArrowArray> {}
