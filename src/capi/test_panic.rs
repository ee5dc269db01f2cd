//! A panic that can be asked for, to test what one does. Only what is built with
//! `--cfg yardstick_test_panic` has it, and no header declares it.

use super::argument::{ErrorSlot, Shared};
use super::error::ys_error;
use super::guard::guard;
use super::model::ys_model;
use super::status::ys_status;

/// Panics while it holds a model.
#[unsafe(no_mangle)]
#[allow(clippy::panic, reason = "what it is for")]
pub unsafe extern "C" fn ys_test_panic(
    model: *const ys_model,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live model and a place for the error, or NULL.
    let (model, error) = unsafe { (Shared::new("model", model), ErrorSlot::new(error)) };
    guard(error, || {
        let measures = model.get()?.model.schema().measures().len();
        panic!("asked for, with {measures} measures")
    })
}
