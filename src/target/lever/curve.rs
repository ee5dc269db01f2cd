//! What spending does to a factor.

use crate::error::{Error, ErrorKind};
use crate::number::{Rational, shown};
use crate::target::plan::whole::check_amount;

/// The most points of a curve.
const MOST_POINTS: usize = 1_024;

/// A factor (a rate, or the volume at the top) by what is spent on it: straight between points, each
/// piece no steeper than the one before, and flat after the last.
///
/// Spending is counted from what is spent anyhow: the first point has budget 0 and the factor of
/// today.
///
/// ```
/// use yardstick::target::Curve;
/// use yardstick::Rational;
///
/// // 10 % as it is; 14 % for 1000 more, and 15 % for 2000.
/// let number = |text: &str| text.parse::<Rational>();
/// let curve = Curve::new([
///     (number("0")?, number("0.10")?),
///     (number("1000")?, number("0.14")?),
///     (number("2000")?, number("0.15")?),
/// ])?;
/// assert_eq!(curve.at(&number("500")?), number("0.12")?);
/// assert_eq!(curve.at(&number("9999")?), number("0.15")?);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// Budget and factor; at least one.
    points: Vec<(Rational, Rational)>,
}

impl Curve {
    /// A curve through points of budget and factor.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with everything that is wrong: no points or more than 1,024, a first
    /// budget other than 0, a budget that is not above the one before, a factor below zero or below
    /// the one before, a piece that is steeper than the one before, a number beyond 16,384 bits.
    pub fn new(points: impl IntoIterator<Item = (Rational, Rational)>) -> Result<Self, Error> {
        let points: Vec<_> = points.into_iter().take(MOST_POINTS + 1).collect();
        match Error::all("curve", problems(&points)) {
            Some(error) => Err(error),
            None => Ok(Self { points }),
        }
    }

    /// The points, from budget 0 on.
    #[must_use]
    pub fn points(&self) -> &[(Rational, Rational)] {
        &self.points
    }

    /// The factor for so much spent, exactly; below zero as for nothing.
    #[must_use]
    pub fn at(&self, spent: &Rational) -> Rational {
        let behind = self.points.partition_point(|(budget, _)| budget <= spent);
        let before = behind.checked_sub(1).and_then(|i| self.points.get(i));
        match (before, self.points.get(behind)) {
            (Some(from), Some(to)) => {
                let part = (spent - &from.0).checked_div(&(&to.0 - &from.0));
                // Budgets increase, so there is a way from one to the next.
                part.map_or_else(|_| from.1.clone(), |part| &from.1 + (&to.1 - &from.1) * part)
            }
            (Some(end), None) | (None, Some(end)) => end.1.clone(),
            (None, None) => Rational::ZERO,
        }
    }

    /// The widest of its numbers, in bits.
    pub(super) fn bits(&self) -> usize {
        let numbers = self.points.iter().flat_map(|(budget, factor)| [budget, factor]);
        numbers.map(Rational::bits).max().unwrap_or(0)
    }
}

fn problems(points: &[(Rational, Rational)]) -> Vec<Error> {
    let mut problems = Vec::new();
    let domain = |message: String| Error::new(ErrorKind::Domain, message);
    match points {
        [] => {
            let message = "a curve without points; give at least the factor for a budget of 0";
            return vec![Error::new(ErrorKind::Shape, message)];
        }
        points if points.len() > MOST_POINTS => {
            let message = format!("a curve of more than {MOST_POINTS} points; take fewer");
            return vec![Error::new(ErrorKind::Capacity, message)];
        }
        [(budget, _), ..] if !budget.is_zero() => {
            let message = format!(
                "the first budget is {}; begin with what a budget of 0 gives",
                shown(budget)
            );
            problems.push(domain(message).at_path("[0]"));
        }
        _ => {}
    }
    let mut sound = true;
    for (i, (budget, factor)) in points.iter().enumerate() {
        let amounts = [("a budget", budget), ("a factor", factor)];
        for error in amounts.into_iter().filter_map(|(what, number)| check_amount(what, number)) {
            sound = false;
            problems.push(error.at_path(format!("[{i}]")));
        }
    }
    if !sound {
        return problems;
    }
    let mut steepest: Option<Rational> = None;
    for (i, pair) in points.windows(2).enumerate() {
        let ((budget, factor), (next_budget, next_factor)) = (&pair[0], &pair[1]);
        let path = format!("[{}]", i + 1);
        let Some(way) = Some(next_budget - budget).filter(Rational::is_positive) else {
            let message = format!(
                "budget {} is not above {}, the one before",
                shown(next_budget),
                shown(budget)
            );
            problems.push(domain(message).at_path(path));
            continue;
        };
        if next_factor < factor {
            let message = format!(
                "factor {} is below {}, the one before; spending more must not harm",
                shown(next_factor),
                shown(factor)
            );
            problems.push(domain(message).at_path(&path));
        }
        let Ok(slope) = (next_factor - factor).checked_div(&way) else { continue };
        if steepest.as_ref().is_some_and(|steepest| slope > *steepest) {
            let message = "the curve is steeper here than before; each piece has to bring no more for its money than the one before";
            problems.push(domain(message.to_owned()).at_path(path));
        }
        steepest = Some(slope);
    }
    problems
}
