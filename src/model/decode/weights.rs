//! How much each day of a period weighs.

use super::section::{each, optional, period};
use crate::calendar::{Calendar, Date};
use crate::error::{Error, ErrorKind};
use crate::model::read::Field;
use crate::number::Rational;
use crate::target::DayWeights;

/// `even`, `working_days`, or an object with one of three lists.
pub(super) fn weights(field: &Field<'_>, calendar: Calendar) -> Option<DayWeights> {
    if field.is_text() {
        let choices = [("even", DayWeights::Even), ("working_days", DayWeights::working_days([]))];
        return field.one_of("weights", choices);
    }
    field.object(|object| {
        let weekdays = optional(object.get("weekdays"), |field| weekdays(&field));
        let holidays = optional(object.get("holidays"), |field| each(&field, |f| f.parsed::<Date>()));
        let shape = optional(object.get("shape"), |field| period(&field, calendar));
        let days = optional(object.get("days"), |field| each(&field, |field| field.number()));
        match (weekdays?, holidays?, shape?, days?) {
            (Some(weights), holidays, None, None) => {
                Some(DayWeights::weekdays(weights, holidays.unwrap_or_default()))
            }
            (None, Some(holidays), None, None) => Some(DayWeights::working_days(holidays)),
            (None, None, Some(past), None) => Some(DayWeights::Shape(past)),
            (None, None, None, Some(days)) => Some(DayWeights::Explicit(days)),
            _ => {
                let message = "weights are \"weekdays\" and \"holidays\", or \"shape\", or \"days\"; give one";
                object.refuse(Error::new(ErrorKind::Shape, message));
                None
            }
        }
    })
}

/// Weights from Monday to Sunday, by the names of the days; those that are not named weigh nothing.
fn weekdays(field: &Field<'_>) -> Option<[Rational; 7]> {
    field.object(|object| {
        let weights =
            DayWeights::WEEKDAYS.map(|day| optional(object.get(day), |field| field.number()));
        let mut week = [const { Rational::ZERO }; 7];
        for (place, weight) in week.iter_mut().zip(weights) {
            *place = weight?.unwrap_or_default();
        }
        Some(week)
    })
}
