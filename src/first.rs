//! A problem that many rows have, told once.

use crate::error::Error;

/// The first row of which something is to be said, and how many more there are.
#[derive(Default)]
pub(crate) struct First {
    problem: Option<Error>,
    more: usize,
}

impl First {
    /// This one, and so many more.
    pub(crate) fn and_more(problem: Error, more: usize) -> Self {
        Self { problem: Some(problem), more }
    }

    pub(crate) fn note(&mut self, problem: impl FnOnce() -> Error) {
        match self.problem {
            Some(_) => self.more += 1,
            None => self.problem = Some(problem()),
        }
    }

    pub(crate) fn into_problem(self) -> Option<Error> {
        let error = self.problem?;
        Some(match self.more {
            0 => error,
            1 => error.within("here and in 1 row more"),
            more => error.within(format!("here and in {more} rows more")),
        })
    }
}
