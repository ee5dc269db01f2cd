//! Two funnels of the same stages side by side.

use super::Funnel;
use crate::error::{Error, ErrorKind};
use crate::number::Value;

/// What changed between two funnels of the same stages: periods, or segments.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comparison {
    /// For each stage, `count - count before`; undefined where one of them is.
    pub counts: Vec<Value>,
    /// For each step.
    pub steps: Vec<StepChange>,
    /// From the first stage to the last, `rate - rate before`; undefined where one of them is.
    pub overall_points: Value,
    /// The step whose rate fell most, the earlier one of equals; none where none fell.
    pub worst_step: Option<usize>,
}

/// How the rate of a step changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepChange {
    /// `rate - rate before`: from 10 % to 12 % it is 0.02, two percentage points. Undefined where
    /// one of them is.
    pub points: Value,
    /// `(rate - rate before) / rate before`: from 10 % to 12 % it is 0.2, twenty percent. From a
    /// rate of zero it is [`NoBase`](crate::Reason::NoBase) where it stayed zero, else
    /// [`Unbounded`](crate::Reason::Unbounded).
    pub relative: Value,
}

impl Funnel {
    /// Compares this funnel with an earlier one, or another segment's. Owners and values play no
    /// part.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] where the stages or the basis differ.
    ///
    /// ```
    /// use yardstick::{Funnel, Owner, Value};
    ///
    /// let funnel = |leads: i64, deals: i64| {
    ///     Funnel::builder()
    ///         .stage("lead", Owner::Marketing, leads)
    ///         .stage("deal", Owner::Sales, deals)
    ///         .build()
    /// };
    /// let change = funnel(50, 6)?.compare(&funnel(100, 10)?)?;
    /// assert_eq!(change.steps[0].points, Value::Defined("0.02".parse()?));
    /// assert_eq!(change.steps[0].relative, Value::Defined("0.2".parse()?));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn compare(&self, before: &Self) -> Result<Comparison, Error> {
        let names = |funnel: &Self| -> Vec<String> {
            funnel.stages().iter().map(|stage| stage.name.clone()).collect()
        };
        if names(self) != names(before) || self.basis() != before.basis() {
            return Err(Error::new(
                ErrorKind::Shape,
                format!(
                    "a funnel of {} ({} basis) compared with one of {} ({} basis); compare like with like",
                    names(self).join(", "),
                    self.basis(),
                    names(before).join(", "),
                    before.basis(),
                ),
            ));
        }
        let change = |now: &Value, before: &Value| now.as_ref().zip(before.as_ref(), |a, b| a - b);
        let counts = self.stages().iter().zip(before.stages());
        let steps: Vec<StepChange> = self
            .steps()
            .iter()
            .zip(before.steps())
            .map(|(now, before)| {
                let points = change(&now.rate, &before.rate);
                StepChange { relative: points.quotient(&before.rate), points }
            })
            .collect();
        let worst_step = steps
            .iter()
            .enumerate()
            .filter_map(|(i, step)| Some((i, step.points.as_ref().defined()?)))
            .filter(|(_, points)| points.is_negative())
            .reduce(|worst, next| if next.1 < worst.1 { next } else { worst })
            .map(|(i, _)| i);
        Ok(Comparison {
            counts: counts.map(|(now, before)| change(&now.count, &before.count)).collect(),
            overall_points: change(&self.overall_rate(), &before.overall_rate()),
            steps,
            worst_step,
        })
    }
}
