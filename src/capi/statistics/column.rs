//! How the columns of C become those of the statistics.

use super::super::column::{ys_integer_column, ys_text_column, ys_wide_column};
use super::super::error::ys_error;
use super::super::guard::Outcome;
use super::super::status::YS_INVALID_ARGUMENT;
use crate::Column;

/// What reads a column that C describes, for the call.
pub(super) trait Described: Copy {
    /// Gives the column to who asks.
    ///
    /// # Safety
    ///
    /// The pointers are what their fields say, and nothing changes behind them during the call.
    unsafe fn with<T>(&self, of: impl FnOnce(&Column<'_>) -> Outcome<T>) -> Outcome<T>;
}

impl Described for ys_integer_column {
    unsafe fn with<T>(&self, of: impl FnOnce(&Column<'_>) -> Outcome<T>) -> Outcome<T> {
        // SAFETY: promised to us.
        of(&unsafe { self.column()? })
    }
}

impl Described for ys_wide_column {
    unsafe fn with<T>(&self, of: impl FnOnce(&Column<'_>) -> Outcome<T>) -> Outcome<T> {
        // SAFETY: promised to us.
        of(&unsafe { self.column()? })
    }
}

impl Described for ys_text_column {
    unsafe fn with<T>(&self, of: impl FnOnce(&Column<'_>) -> Outcome<T>) -> Outcome<T> {
        // SAFETY: promised to us.
        of(&Column::optional_text(&unsafe { self.texts("column")? }))
    }
}

/// A state that would be merged with itself.
pub(super) fn itself() -> Box<ys_error> {
    let message = "argument other is the state itself; give another".to_owned();
    ys_error::refusal(YS_INVALID_ARGUMENT, message)
}
