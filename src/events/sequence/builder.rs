//! Patterns part by part.

use super::Pattern;
use super::parts::{Part, Problem, Span, Step, TimeComparison, checked};
use crate::error::{Error, ErrorKind};
use crate::events::length::Length;

/// Collects the parts of a [`Pattern`], each after those before.
///
/// ```
/// use yardstick::events::{Pattern, TimeComparison, minutes};
///
/// let pattern = Pattern::builder()
///     .step(0)
///     .time(TimeComparison::AtMost, minutes(60))
///     .step(0)
///     .times(2, 5)
///     .anything()
///     .step(1)
///     .build()?;
/// assert_eq!(pattern.to_string(), "(?1)(?t<=60 minutes)(?1){2,5}.*(?2)");
/// assert_eq!(pattern, "(?1)(?t<=60 minutes)(?1){2,5}.*(?2)".parse()?);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct PatternBuilder {
    parts: Vec<Part>,
    /// Where a number of times follows no step.
    loose: Option<usize>,
}

impl PatternBuilder {
    fn part(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// An event with this bit, from 0: bit 0 is `(?1)` in text.
    pub fn step(self, bit: u32) -> Self {
        self.part(Part::Step(Step::once(Some(bit))))
    }

    /// Any event: `.` in text.
    pub fn any(self) -> Self {
        self.part(Part::Step(Step::once(None)))
    }

    /// The step before comes so many times, one directly after another; without a most, without end.
    pub fn times(mut self, least: u32, most: impl Into<Option<u32>>) -> Self {
        match self.parts.last_mut() {
            Some(Part::Step(step)) => (step.least, step.most) = (least, most.into()),
            _ => self.loose = self.loose.or(Some(self.parts.len())),
        }
        self
    }

    /// Any number of any events between the step before and the next: `.*` in text.
    pub fn anything(self) -> Self {
        self.part(Part::Anything)
    }

    /// The same, and so much time between the event before and the one after: `(?t<=10 minutes)` in
    /// text.
    pub fn time(self, comparison: TimeComparison, length: Length) -> Self {
        self.part(Part::Time(comparison, Span::Given(length)))
    }

    /// The same, counted in what the events count in: `(?t<=10)` in text.
    pub fn time_units(self, comparison: TimeComparison, length: u64) -> Self {
        self.part(Part::Time(comparison, Span::Own(length)))
    }

    /// The pattern.
    ///
    /// # Errors
    ///
    /// For the first part that does not go with the others: [`ErrorKind::Domain`] for a bit that no
    /// mask has, a number of times after no step or that cannot be, a time without a step on each side,
    /// times of which none can be; [`ErrorKind::Capacity`] for more than 64 events, repetitions counted
    /// out; [`ErrorKind::Missing`] where no step has to be there.
    pub fn build(self) -> Result<Pattern, Error> {
        if let Some(place) = self.loose {
            let message = format!(
                "a pattern: a number of times at part {place} follows no step; put it after one"
            );
            return Err(Error::new(ErrorKind::Domain, message));
        }
        let parts = checked(&self.parts).map_err(|Problem { part, kind, message }| match part {
            Some(part) => Error::new(kind, format!("part {part} of a pattern: {message}")),
            None => Error::new(kind, format!("a pattern that {message}")),
        })?;
        Ok(Pattern { parts })
    }
}
