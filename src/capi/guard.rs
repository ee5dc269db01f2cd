//! The one place where a panic ends: no call unwinds into C.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::argument::ErrorSlot;
use super::error::ys_error;
use super::status::{YS_OK, YS_PANIC, ys_status};

/// What the body of a call gives.
pub(super) type Outcome<T> = Result<T, Box<ys_error>>;

/// Runs the body of a call that can fail, and hands its error over.
///
/// A body may be interrupted anywhere: a handle that it was changing is then as documented, only to
/// be freed, and a `const` handle was not changed at all.
pub(super) fn guard(slot: ErrorSlot, body: impl FnOnce() -> Outcome<()>) -> ys_status {
    let (status, failure) = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return YS_OK,
        Ok(Err(failure)) => (failure.status(), Some(failure)),
        Err(payload) => {
            let message = AssertUnwindSafe(|| ys_error::refusal(YS_PANIC, defect(&*payload)));
            let failure = catch_unwind(message).ok();
            discard(payload);
            (YS_PANIC, failure)
        }
    };
    if let Some(failure) = failure {
        slot.put(failure);
    }
    status
}

/// Runs the body of a call that cannot fail; `fallback` stands in where it panics.
pub(super) fn shielded<T>(fallback: T, body: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| {
        discard(payload);
        fallback
    })
}

fn defect(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    format!("a defect of the library: {text}; please report it")
}

/// Dropping what a panic carried may panic again.
fn discard(payload: Box<dyn Any + Send>) {
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(again);
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;
    use std::panic::panic_any;
    use std::ptr::null_mut;

    use super::super::error::{ys_error_free, ys_error_message, ys_error_status};
    use super::super::status::YS_DOMAIN;
    use super::*;

    fn run(body: impl FnOnce() -> Outcome<()>) -> (ys_status, Option<String>) {
        let mut error = null_mut();
        // SAFETY: the slot outlives the call.
        let status = guard(unsafe { ErrorSlot::new(&raw mut error) }, body);
        if error.is_null() {
            return (status, None);
        }
        // SAFETY: the guard wrote an error, which is freed once.
        let message = unsafe {
            assert_eq!(ys_error_status(error), status);
            let message = CStr::from_ptr(ys_error_message(error)).to_str().unwrap().to_owned();
            ys_error_free(error);
            message
        };
        (status, Some(message))
    }

    #[test]
    fn success_writes_no_error() {
        assert_eq!(run(|| Ok(())), (YS_OK, None));
    }

    #[test]
    fn an_error_is_handed_over() {
        let (status, message) = run(|| Err(ys_error::refusal(YS_DOMAIN, "too far".to_owned())));
        assert_eq!((status, message.as_deref()), (YS_DOMAIN, Some("too far")));
    }

    #[test]
    fn a_panic_becomes_a_status_with_its_message() {
        let text = "a defect of the library: nine lives; please report it";
        let (status, message) = run(|| panic!("nine lives"));
        assert_eq!((status, message.as_deref()), (YS_PANIC, Some(text)));
        let (status, message) = run(|| panic!("{} lives", "nine"));
        assert_eq!((status, message.as_deref()), (YS_PANIC, Some(text)));
    }

    /// Panics once more when it is dropped.
    struct Stubborn;

    impl Drop for Stubborn {
        fn drop(&mut self) {
            panic!("again");
        }
    }

    #[test]
    fn a_panic_that_panics_when_dropped_ends_too() {
        let (status, message) = run(|| panic_any(Stubborn));
        assert_eq!(status, YS_PANIC);
        assert!(message.unwrap().contains("no message"));
        assert_eq!(shielded(7, || panic_any(Stubborn)), 7);
    }

    #[test]
    fn without_a_slot_the_error_is_dropped() {
        // SAFETY: NULL is allowed.
        let status = guard(unsafe { ErrorSlot::new(null_mut()) }, || panic!("unseen"));
        assert_eq!(status, YS_PANIC);
    }

    #[test]
    fn a_value_falls_back() {
        assert_eq!(shielded(7, || 8), 8);
        assert_eq!(shielded(7, || panic!("no value")), 7);
    }
}
