//! Trees of time.

use super::{MOST_NODES, Node};
use crate::calendar::{Calendar, Date, Grain, Period};
use crate::error::{Error, ErrorKind};
use crate::number::{CAPACITY_BITS, Rational, shown};

impl Node {
    /// A tree of time: `period` cut into buckets of the first grain, those into buckets of the next,
    /// and so on. A bucket has the name that [`Calendar::label`] gives it, and weighs the sum of the
    /// weights of its days; `weight` gives that of a day: 1 for all, 0 for holidays, a profile of
    /// weekdays, the sales of that day last year.
    ///
    /// A bucket has those days only that lie in the one above it. So a week below a month is cut by
    /// it: `2024-W18` stands below `2024-04` with two days and below `2024-05` with five. Two grains
    /// nest whole where the finer divides the coarser: days in all, months in quarters and years,
    /// quarters in years. A bucket whose days all weigh nothing gets nothing, and so do they; where that
    /// is so of the whole period, [`Cascade::new`](super::Cascade::new) refuses.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Missing`] without grains; [`ErrorKind::Domain`] for grains that do not go from
    /// coarse to fine, and for a day with a weight below zero; [`ErrorKind::Capacity`] for more than
    /// 1,048,576 days, and for a sum of weights beyond 16,384 bits.
    ///
    /// ```
    /// use yardstick::target::cascade::{Cascade, Node};
    /// use yardstick::{Calendar, Grain, Rational};
    ///
    /// let calendar = Calendar::default();
    /// let quarter = calendar.period("2024-Q2")?;
    /// let grains = [Grain::Month, Grain::Day];
    /// let tree = Node::over_time("Q2", quarter, &grains, calendar, |_| Rational::ONE)?;
    /// let split = Cascade::new(tree, 1)?.split(1000)?; // 329.67, 340.66, 329.67
    /// assert_eq!(split.at(["Q2", "2024-05"])?.amount(), 340.into());
    /// // 31 days of 10 leave 30, one for each day but the last.
    /// assert_eq!(split.at(["Q2", "2024-05", "2024-05-30"])?.amount(), 11.into());
    /// assert_eq!(split.at(["Q2", "2024-05", "2024-05-31"])?.amount(), 10.into());
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn over_time(
        name: impl Into<String>,
        period: Period,
        grains: &[Grain],
        calendar: Calendar,
        weight: impl FnMut(Date) -> Rational,
    ) -> Result<Self, Error> {
        within_capacity(period)?;
        let weights: Vec<Rational> = period.iter().map(weight).collect();
        Self::over_days(name, period, grains, calendar, &weights)
    }

    /// As [`over_time`](Node::over_time), with a weight for each day of the period, in order.
    ///
    /// # Errors
    ///
    /// As [`over_time`](Node::over_time); and [`ErrorKind::Shape`] where there are not as many weights
    /// as days.
    pub fn over_days(
        name: impl Into<String>,
        period: Period,
        grains: &[Grain],
        calendar: Calendar,
        weights: &[Rational],
    ) -> Result<Self, Error> {
        within_capacity(period)?;
        if weights.len() != period.days() as usize {
            let message = format!(
                "{} weights for the {} days of {period}; give one for each day",
                weights.len(),
                period.days()
            );
            return Err(Error::new(ErrorKind::Shape, message).at_path("weights"));
        }
        if grains.is_empty() {
            let message = "a tree of time without grains; give at least one, such as \"month\"";
            return Err(Error::new(ErrorKind::Missing, message).at_path("grains"));
        }
        for (i, pair) in grains.windows(2).enumerate() {
            if let [coarse, fine] = pair {
                if fine >= coarse {
                    let message = format!(
                        "{fine} is not finer than {coarse} before it; order grains from coarse to fine, each once"
                    );
                    let error = Error::new(ErrorKind::Domain, message);
                    return Err(error.at_path(format!("grains[{}]", i + 1)));
                }
            }
        }
        if let Some(place) = weights.iter().position(Rational::is_negative) {
            let day = period.iter().nth(place).unwrap_or(period.first());
            let message = format!(
                "weight {} of {day} is below zero; give zero or more",
                shown(&weights[place])
            );
            return Err(Error::new(ErrorKind::Domain, message).at_path(format!("weights[{place}]")));
        }
        let mut sum = Rational::ZERO;
        for (place, weight) in weights.iter().enumerate() {
            sum += weight;
            // That of any bucket is a difference of two of these.
            if sum.is_wide() && sum.bits() > CAPACITY_BITS {
                let message = format!(
                    "the sum of weights up to here exceeds {CAPACITY_BITS} bits; give them fewer different denominators"
                );
                let error = Error::new(ErrorKind::Capacity, message);
                return Err(error.at_path(format!("weights[{place}]")));
            }
        }
        Ok(cut(name.into(), period, grains, calendar, (period.first(), weights)))
    }
}

fn within_capacity(period: Period) -> Result<(), Error> {
    let days = period.days();
    match days as usize <= MOST_NODES {
        true => Ok(()),
        false => {
            let message =
                format!("a period of {days} days; the most is {MOST_NODES}, so take a shorter one");
            Err(Error::new(ErrorKind::Capacity, message).at_path("period"))
        }
    }
}

/// As many levels deep as there are grains, of which there are five.
fn cut(
    name: String,
    period: Period,
    grains: &[Grain],
    calendar: Calendar,
    days: (Date, &[Rational]),
) -> Node {
    let Some((grain, finer)) = grains.split_first() else {
        let (first, weights) = days;
        let from = period.first().number().abs_diff(first.number()) as usize;
        let weight: Rational = weights.iter().skip(from).take(period.days() as usize).sum();
        return Node::new(name).weight(weight);
    };
    let children: Vec<Node> = calendar
        .cut(period, *grain)
        .map(|bucket| cut(bucket.label, bucket.period, finer, calendar, days))
        .collect();
    let weight: Rational = children.iter().map(|child| &child.weight).sum();
    Node::new(name).weight(weight).children(children)
}
