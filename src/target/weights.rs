//! How much of a period each of its days is: the weights by which a target is spread over time.

use std::collections::HashSet;

use crate::calendar::{Date, Period};
use crate::error::{Error, ErrorKind};
use crate::number::{Rational, Reason, Value};

/// How much each day of a period weighs. Of a target of the whole period, the share that is expected
/// by the end of a day is the weight of the days up to it, over the weight of all.
///
/// Weights are zero or more. Where those of all days are zero there is no share, and what is expected
/// is [`Reason::NoBase`].
///
/// ```
/// use yardstick::target::DayWeights;
/// use yardstick::{Date, Period};
///
/// // Monday to Sunday, with the Thursday off: four working days.
/// let week = Period::inclusive(Date::new(2011, 12, 5)?, Date::new(2011, 12, 11)?)?;
/// let weights = DayWeights::working_days([Date::new(2011, 12, 8)?]);
/// assert_eq!(weights.over(week)?, [1, 1, 1, 0, 1, 0, 0].map(Into::into));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum DayWeights {
    /// All days weigh the same.
    #[default]
    Even,
    /// By the day of the week, and nothing on holidays.
    Weekdays {
        /// From Monday to Sunday.
        weights: Box<[Rational; 7]>,
        /// Days that weigh nothing. Those outside the period only play a part for the best day of a
        /// baseline.
        holidays: Vec<Date>,
    },
    /// As much as the metric itself brought on the corresponding day of this past period, counted
    /// from its first day (for a ratio, its denominator). It has as many days as the period of the
    /// target, and is over before that begins. A day on which the metric was below zero weighs less
    /// than nothing, exactly so much; where all of them together are not above zero there is no share.
    Shape(Period),
    /// One for each day of the period.
    Explicit(Vec<Rational>),
}

impl DayWeights {
    /// The days of the week as documents name them.
    pub(crate) const WEEKDAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// One for each day from Monday to Friday that is no holiday, else zero.
    #[must_use]
    pub fn working_days(holidays: impl IntoIterator<Item = Date>) -> Self {
        Self::weekdays([1, 1, 1, 1, 1, 0, 0].map(Rational::from), holidays)
    }

    /// These weights from Monday to Sunday, and zero on holidays.
    #[must_use]
    pub fn weekdays(weights: [Rational; 7], holidays: impl IntoIterator<Item = Date>) -> Self {
        Self::Weekdays { weights: Box::new(weights), holidays: holidays.into_iter().collect() }
    }

    /// The weight of each day of a period, in order.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] for weights below zero and for explicit weights of another number of
    /// days. [`ErrorKind::Missing`] for the shape of a past period, which only facts know.
    pub fn over(&self, period: Period) -> Result<Vec<Rational>, Error> {
        if let Some(error) = Error::all("weights", self.problems(period)) {
            return Err(error);
        }
        match self {
            Self::Shape(_) => Err(Error::new(
                ErrorKind::Missing,
                "the shape of a past period stands in facts; assess a target by it",
            )),
            _ => Ok(self.each(period)),
        }
    }

    /// The weight of each day of a period; none where only facts know them.
    fn each(&self, period: Period) -> Vec<Rational> {
        match self {
            Self::Even => vec![Rational::ONE; period.days() as usize],
            Self::Weekdays { weights, holidays } => {
                let holidays: HashSet<Date> = holidays.iter().copied().collect();
                // 1970-01-01 was a Thursday.
                let weekday = |day: Date| (i64::from(day.number()) + 3).rem_euclid(7) as usize;
                let weight = |day: Date| match holidays.contains(&day) {
                    true => Rational::ZERO,
                    false => weights[weekday(day)].clone(),
                };
                period.iter().map(weight).collect()
            }
            Self::Shape(_) => Vec::new(),
            Self::Explicit(weights) => weights.clone(),
        }
    }

    /// The weights of another period, where the calendar alone says them.
    pub(super) fn elsewhere(&self, period: Period) -> Option<Vec<Rational>> {
        match self {
            Self::Even | Self::Weekdays { .. } => Some(self.each(period)),
            Self::Shape(_) | Self::Explicit(_) => None,
        }
    }

    /// What is wrong with weights for this period.
    pub(crate) fn problems(&self, period: Period) -> Vec<Error> {
        let mut problems = Vec::new();
        let mut refuse = |kind, message: String| problems.push(Error::new(kind, message));
        let mut check = |weights: &[Rational], days: &dyn Fn(usize) -> String| {
            for (i, weight) in weights.iter().enumerate().filter(|(_, w)| w.is_negative()) {
                let day = days(i);
                refuse(
                    ErrorKind::Domain,
                    format!("the weight {weight} of {day} is below zero; give zero or more"),
                );
            }
        };
        match self {
            Self::Even => {}
            Self::Weekdays { weights, .. } => {
                check(&weights[..], &|i| Self::WEEKDAYS[i].to_owned())
            }
            Self::Explicit(weights) => {
                check(weights, &|i| format!("day {}", i + 1));
                let (given, due) = (weights.len(), period.days());
                if given != due as usize {
                    let message = format!(
                        "{given} weights for the {due} days of {period}; give one for each day"
                    );
                    refuse(ErrorKind::Shape, message);
                }
            }
            Self::Shape(past) => {
                let (given, due) = (past.days(), period.days());
                if given != due {
                    let message = format!(
                        "the shape of {past} has {given} days, and the period {due}; take a past period of {due} days"
                    );
                    refuse(ErrorKind::Shape, message);
                }
                if past.last() >= period.first() {
                    let message = format!(
                        "the shape of {past} is not over before the target begins on {}; take an earlier period",
                        period.first()
                    );
                    refuse(ErrorKind::Date, message);
                }
            }
        }
        problems
    }
}

/// The weights of a period, added up from its first day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Elapsed {
    /// As many as there are days, and how many there are.
    Days(u32),
    /// Whole numbers.
    Whole(Vec<u32>),
    /// Whether none is below zero, so that they never fall.
    Exact(Vec<Value>, bool),
}

/// How much weight has passed, of how much.
pub(super) enum Passed {
    /// Whole numbers.
    Whole(u32, u32),
    /// The second is undefined where it is not above zero.
    Exact(Value, Value),
}

impl Elapsed {
    /// By the weights of a period; those of a past period are its values.
    pub(super) fn new(weights: &DayWeights, period: Period, past: Option<Vec<Value>>) -> Self {
        if *weights == DayWeights::Even {
            return Self::Days(period.days());
        }
        let each: Vec<Value> =
            past.unwrap_or_else(|| weights.each(period).into_iter().map(Value::Defined).collect());
        if let Some(sums) = whole_sums(&each) {
            return Self::Whole(sums);
        }
        let rising = each.iter().all(|w| matches!(w, Value::Defined(w) if !w.is_negative()));
        let mut sum = Value::Defined(Rational::ZERO);
        let mut add = |weight: Value| {
            sum = sum.plus(&weight);
            sum.clone()
        };
        Self::Exact(each.into_iter().map(&mut add).collect(), rising)
    }

    /// The weight of so many days from the first on, and of all.
    pub(super) fn passed(&self, days: u32) -> Passed {
        match self {
            Self::Days(all) => Passed::Whole(days, *all),
            Self::Whole(sums) => {
                Passed::Whole(whole(sums, days), sums.last().copied().unwrap_or(0))
            }
            Self::Exact(sums, _) => {
                let total = match sums.last() {
                    Some(Value::Defined(total)) if !total.is_positive() => NO_BASE,
                    Some(total) => total.clone(),
                    None => NO_BASE,
                };
                Passed::Exact(self.of_first(days), total)
            }
        }
    }

    /// A value for each unit of the weight of all days.
    pub(super) fn per_weight(&self, value: &Value) -> Value {
        match self.passed(0) {
            Passed::Whole(_, total) => value.quotient(&match total {
                0 => NO_BASE,
                total => Value::Defined(total.into()),
            }),
            Passed::Exact(_, total) => value.quotient(&total),
        }
    }

    /// The weight of so many days from the first on.
    fn of_first(&self, days: u32) -> Value {
        match self {
            Self::Days(_) => Value::Defined(days.into()),
            Self::Whole(sums) => Value::Defined(whole(sums, days).into()),
            Self::Exact(sums, _) => match (days as usize).checked_sub(1) {
                None => Value::Defined(Rational::ZERO),
                Some(last) => sums.get(last).cloned().unwrap_or(NO_BASE),
            },
        }
    }

    /// The weight of one day, by its place from 0 on; zero where it is undefined.
    pub(super) fn of_day(&self, place: u32) -> Rational {
        match self {
            Self::Days(_) => Rational::ONE,
            Self::Whole(sums) => Rational::from(whole(sums, place + 1) - whole(sums, place)),
            Self::Exact(..) => {
                let weight = self.of_first(place + 1).minus(&self.of_first(place));
                weight.defined().unwrap_or_default()
            }
        }
    }

    /// Whether each day has the weight one.
    pub(super) fn counts_days(&self) -> bool {
        matches!(self, Self::Days(_))
    }

    /// How many days it takes to come to this weight; none where all do not, or where weights below
    /// zero leave no one answer.
    pub(super) fn days_to(&self, weight: &Rational) -> Option<u32> {
        if !weight.is_positive() {
            return Some(0);
        }
        let (days, all) = match self {
            Self::Days(all) => (weight.ceil_to_u32()?, *all),
            Self::Whole(sums) => {
                let weight = weight.ceil_to_u32()?;
                (days_below(sums, weight) as u32 + 1, sums.len() as u32)
            }
            Self::Exact(sums, true) => {
                let below = |sum: &Value| sum.as_ref().defined().is_some_and(|sum| sum < weight);
                (sums.partition_point(below) as u32 + 1, sums.len() as u32)
            }
            Self::Exact(_, false) => return None,
        };
        (days <= all).then_some(days)
    }
}

const NO_BASE: Value = Value::Undefined(Reason::NoBase);

fn whole(sums: &[u32], days: u32) -> u32 {
    (days as usize).checked_sub(1).and_then(|last| sums.get(last)).copied().unwrap_or(0)
}

/// How many days it takes to stay below a weight, looked for first where it would be if all days
/// weighed alike.
fn days_below(sums: &[u32], weight: u32) -> usize {
    let below = |sum: &u32| *sum < weight;
    let all = sums.last().copied().unwrap_or(0);
    if all < weight {
        return sums.len();
    }
    let guess = (u64::from(weight) * sums.len() as u64 / u64::from(all)) as usize;
    let near = guess.saturating_sub(3)..guess.saturating_add(4);
    match sums.get(near.clone()) {
        Some(part) if part.first().is_some_and(below) && !part.last().is_some_and(below) => {
            near.start + part.partition_point(below)
        }
        _ => sums.partition_point(below),
    }
}

/// Running sums of whole numbers, where they are such and fit.
fn whole_sums(weights: &[Value]) -> Option<Vec<u32>> {
    let mut sum = 0_u32;
    let add = |weight: &Value| {
        let weight = weight.as_ref().defined().filter(|w| w.is_integer() && !w.is_negative())?;
        sum = sum.checked_add(weight.ceil_to_u32()?)?;
        Some(sum)
    };
    weights.iter().map(add).collect()
}
