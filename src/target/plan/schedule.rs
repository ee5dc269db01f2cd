//! Needs on days: lead times shift them, and a calendar cuts them into buckets.

use std::collections::BTreeMap;

use crate::calendar::{Calendar, Date, Grain, Period};
use crate::error::{Error, ErrorKind};
use crate::number::{Mode, Rational, Value, allocate_cumulative};

use super::needs::{Needs, PlanGoal};
use super::stages::Plan;
use super::whole::bounded;

/// The most numbers that are spread: buckets of all shifted periods, for each stage.
const MOST_CELLS: u64 = 1 << 20;

/// What is due in a bucket of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanBucket {
    /// Its name, such as `2018-06`.
    pub label: String,
    /// All its days.
    pub period: Period,
    /// For each stage how many are due in it, whole; undefined where a goal out of reach falls in it.
    pub needs: Vec<Value>,
}

/// A series of goals, and when what they need is due.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Schedule {
    /// For each goal what each stage needs.
    pub goals: Vec<Needs>,
    /// For each goal and stage the days on which the need is due, as
    /// [`StageNeed::due`](super::StageNeed::due) gives them.
    pub due: Vec<Vec<Period>>,
    /// The buckets in which something is due, in order.
    pub buckets: Vec<PlanBucket>,
}

impl Plan {
    /// What each stage needs for a series of goals, each for a period, and in which bucket of a grain.
    ///
    /// A need is due as many days before the days of its goal as the lead times between its stage
    /// and that of the goal sum to. It is spread evenly over those days, and cut into buckets in
    /// whole entities by rounding running totals up ([`allocate_cumulative`] with [`Mode::Ceil`],
    /// weighted by days): so at the end of no bucket less has been asked for than is due by then, and
    /// the buckets sum to the need.
    ///
    /// # Errors
    ///
    /// As [`needs`](Plan::needs), with the place of the goal; [`ErrorKind::Date`] where a need is due
    /// before year 1; [`ErrorKind::Capacity`] beyond 1,048,576 numbers, one for each stage and bucket
    /// of each goal.
    ///
    /// ```
    /// use yardstick::target::{Plan, PlanGoal};
    /// use yardstick::{Calendar, Grain, Owner, Rational, Value};
    ///
    /// let plan = Plan::builder()
    ///     .stage("lead", Owner::Marketing)
    ///     .stage("deal", Owner::Sales)
    ///     .rate("deal", Rational::new(1, 10)?)
    ///     .lead_days("deal", 15)
    ///     .build()?;
    /// let june = Calendar::default().period("2018-06")?;
    /// let goals = [(june, PlanGoal::Wins(10.into()))];
    /// let schedule = plan.schedule(&goals, Calendar::default(), Grain::Month)?;
    /// assert_eq!(schedule.due[0][0].to_string(), "2018-05-17 to 2018-06-15");
    /// // Half of the days lie in May.
    /// assert_eq!(schedule.buckets[0].label, "2018-05");
    /// assert_eq!(schedule.buckets[0].needs, [50, 0].map(|n| Value::Defined(Rational::from(n))));
    /// assert_eq!(schedule.buckets[1].needs, [50, 10].map(|n| Value::Defined(Rational::from(n))));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn schedule(
        &self,
        goals: &[(Period, PlanGoal)],
        calendar: Calendar,
        grain: Grain,
    ) -> Result<Schedule, Error> {
        let shortest = match grain {
            Grain::Day => 1,
            Grain::Week => 7,
            Grain::Month => 28,
            Grain::Quarter => 90,
            Grain::Year => 365,
        };
        let stages = self.stages().len();
        let buckets = goals.iter().map(|(period, _)| u64::from(period.days()) / shortest + 2);
        let cells = buckets.sum::<u64>().saturating_mul(stages as u64);
        if cells > MOST_CELLS {
            let message = format!(
                "up to {cells} numbers, one for each stage and {grain} of each goal; the most is {MOST_CELLS}, so take a coarser grain or fewer goals"
            );
            return Err(Error::new(ErrorKind::Capacity, message));
        }
        let mut schedule = Schedule { goals: Vec::new(), due: Vec::new(), buckets: Vec::new() };
        let mut buckets: BTreeMap<Date, PlanBucket> = BTreeMap::new();
        for (i, (period, goal)) in goals.iter().enumerate() {
            let place = |error: Error| error.at_path(format!("goals[{i}]"));
            let needs = self.needs(goal).map_err(place)?;
            let mut due = Vec::new();
            for (stage, need) in needs.stages.iter().enumerate() {
                let days = need.due(*period).map_err(place)?;
                if let Some(need) = &need.need {
                    for (label, whole, part) in spread(need, days, calendar, grain)? {
                        let bucket = buckets.entry(whole.first()).or_insert_with(|| PlanBucket {
                            label,
                            period: whole,
                            needs: vec![Value::Defined(Rational::ZERO); stages],
                        });
                        let cell = &mut bucket.needs[stage];
                        *cell = bounded(cell.as_ref().zip(part, |sum, part| sum + &part));
                    }
                }
                due.push(days);
            }
            schedule.goals.push(needs);
            schedule.due.push(due);
        }
        schedule.buckets = buckets.into_values().collect();
        Ok(schedule)
    }
}

/// A need over the buckets of its days.
fn spread(
    need: &Value,
    days: Period,
    calendar: Calendar,
    grain: Grain,
) -> Result<Vec<(String, Period, Value)>, Error> {
    let buckets: Vec<_> = calendar.cut(days, grain).collect();
    let parts = match need {
        Value::Defined(need) => {
            let weights = buckets.iter().map(|bucket| bucket.period.days());
            let parts = allocate_cumulative(need, weights, 1, Mode::Ceil)?;
            parts.into_iter().map(Value::Defined).collect()
        }
        Value::Undefined(reason) => vec![Value::Undefined(*reason); buckets.len()],
    };
    let buckets = buckets.into_iter().zip(parts);
    Ok(buckets.map(|(bucket, part)| (bucket.label, bucket.whole, part)).collect())
}
