//! The parts of a pattern, and what goes together.

use crate::error::ErrorKind;
use crate::events::length::Length;
use crate::funnel::TimeUnit;
use crate::named::named;

/// The most events that the steps of a pattern match, repetitions counted out.
pub(super) const MOST_PLACES: u32 = 64;

/// The bits of a mask.
pub(super) const BITS: u32 = 64;

named! {
    /// How the time between two events compares with a length.
    #[derive(PartialOrd, Ord)]
    TimeComparison "comparison of times" {
        /// No longer.
        AtMost = "<=",
        /// Shorter.
        Less = "<",
        /// No shorter.
        AtLeast = ">=",
        /// Longer.
        More = ">",
        /// As long.
        Equal = "==",
    }
}

/// A length of time as a pattern has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Span {
    /// In what the events count in.
    Own(u64),
    Given(Length),
}

/// A step: an event with the bit, or any, so many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Step {
    pub(super) bit: Option<u32>,
    pub(super) least: u32,
    /// None is without end.
    pub(super) most: Option<u32>,
}

impl Step {
    pub(super) fn once(bit: Option<u32>) -> Self {
        Self { bit, least: 1, most: Some(1) }
    }

    /// Any events, none or many: they need not be told apart from what lies between steps.
    fn is_anything(self) -> bool {
        self.bit.is_none() && self.least == 0 && self.most.is_none()
    }

    /// How many events it can match one by one, of which the last may repeat.
    pub(super) fn places(self) -> u32 {
        self.most.unwrap_or(self.least).max(1)
    }
}

/// A part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Step(Step),
    /// Any number of events between two steps.
    Anything,
    /// The same, and the time between the events on both sides.
    Time(TimeComparison, Span),
}

/// What is wrong with a part; with none of them in particular where there is no place.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) part: Option<usize>,
    pub(super) kind: ErrorKind,
    pub(super) message: String,
}

/// The shortest and the longest time that conditions allow, each with whether it is excluded itself.
#[derive(Clone, Copy)]
struct Bounds {
    least: (u128, bool),
    most: (u128, bool),
}

impl Bounds {
    const ALL: Self = Self { least: (0, false), most: (u128::MAX, false) };

    fn narrow(&mut self, comparison: TimeComparison, length: u128) {
        let (least, most) = match comparison {
            TimeComparison::AtMost => (None, Some((length, false))),
            TimeComparison::Less => (None, Some((length, true))),
            TimeComparison::AtLeast => (Some((length, false)), None),
            TimeComparison::More => (Some((length, true)), None),
            TimeComparison::Equal => (Some((length, false)), Some((length, false))),
        };
        self.least = least.map_or(self.least, |least| least.max(self.least));
        let tighter = |(length, excluded): (u128, bool)| (length, !excluded);
        self.most = most.map_or(self.most, |most| match tighter(most) < tighter(self.most) {
            true => most,
            false => self.most,
        });
    }

    fn is_empty(self) -> bool {
        let ((least, above), (most, below)) = (self.least, self.most);
        least > most || (least == most && (above || below))
    }
}

/// The parts without those that say nothing, if they go together.
pub(super) fn checked(parts: &[Part]) -> Result<Vec<Part>, Problem> {
    let steps = || parts.iter().enumerate().filter(|(_, part)| is_step(part)).map(|(i, _)| i);
    let (first, last) = (steps().next(), steps().next_back());
    let mut places = 0_u32;
    // What times allow between two steps, in the unit of the events and in nanoseconds.
    let (mut own, mut given) = (Bounds::ALL, Bounds::ALL);
    for (i, part) in parts.iter().enumerate() {
        let problem = |kind, message: String| Problem { part: Some(i), kind, message };
        match part {
            Part::Step(step) => {
                repetition(step).map_err(|message| problem(ErrorKind::Domain, message))?;
                if step.is_anything() {
                    continue;
                }
                places = places.saturating_add(step.places());
                if places > MOST_PLACES {
                    let message = format!(
                        "more than {MOST_PLACES} events, with repetitions counted out; repeat without end (+) or less often"
                    );
                    return Err(problem(ErrorKind::Capacity, message));
                }
                (own, given) = (Bounds::ALL, Bounds::ALL);
            }
            Part::Anything => {}
            Part::Time(comparison, span) => {
                let (bounds, length) = match span {
                    Span::Own(length) => (&mut own, u128::from(*length)),
                    Span::Given(length) => (&mut given, nanoseconds(*length)),
                };
                if first.is_none_or(|first| i < first) || last.is_none_or(|last| last < i) {
                    let message = "a time is between two steps; put one on each side of it";
                    return Err(problem(ErrorKind::Domain, message.to_owned()));
                }
                bounds.narrow(*comparison, length);
                if bounds.is_empty() {
                    let message = "no time is so; give one that is at least 0 and at most what is said beside it";
                    return Err(problem(ErrorKind::Domain, message.to_owned()));
                }
            }
        }
    }
    let due = |part: &Part| matches!(part, Part::Step(step) if step.least > 0);
    if !parts.iter().any(due) {
        let message = "would match without any event; give a step that has to be there".to_owned();
        return Err(Problem { part: None, kind: ErrorKind::Missing, message });
    }
    Ok(plain(parts))
}

fn is_step(part: &Part) -> bool {
    matches!(part, Part::Step(step) if !step.is_anything())
}

fn repetition(step: &Step) -> Result<(), String> {
    if let Some(bit) = step.bit.filter(|bit| *bit >= BITS) {
        return Err(format!("a step by bit {bit}, which is none of a mask; give one below {BITS}"));
    }
    match step.most {
        Some(most) if most < step.least.max(1) => Err(format!(
            "a step from {} to {most} times; give at least 1 as the most, and no more as the least",
            step.least
        )),
        _ => Ok(()),
    }
}

/// Without what says nothing: any events before the first step, after the last, twice, or beside a time.
fn plain(parts: &[Part]) -> Vec<Part> {
    let mut plain: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts.iter().copied() {
        let anything = !is_step(&part) && !matches!(part, Part::Time(..));
        let before = plain.last().copied();
        match (anything, before) {
            (true, None | Some(Part::Anything | Part::Time(..))) => {}
            (true, Some(Part::Step(_))) => plain.push(Part::Anything),
            (false, Some(Part::Anything)) if !is_step(&part) => {
                plain.pop();
                plain.push(part);
            }
            (false, _) => plain.push(part),
        }
    }
    if plain.last() == Some(&Part::Anything) {
        plain.pop();
    }
    plain
}

/// The least and the most that a comparison allows, in the unit of the events; none where no time is so.
pub(super) fn limits(
    comparison: TimeComparison,
    span: Span,
    unit: TimeUnit,
) -> Result<Option<(u64, u64)>, crate::Error> {
    let length = match span {
        Span::Own(length) => u128::from(length),
        Span::Given(length) => {
            // Refuses what is no whole number.
            length.within(unit)?;
            nanoseconds(length) / u128::from(unit.nanoseconds())
        }
    };
    let (least, most) = match comparison {
        TimeComparison::AtMost => (0, Some(length)),
        TimeComparison::Less => (0, length.checked_sub(1)),
        TimeComparison::AtLeast => (length, Some(u128::MAX)),
        TimeComparison::More => (length + 1, Some(u128::MAX)),
        TimeComparison::Equal => (length, Some(length)),
    };
    let most = most.map(|most| u64::try_from(most).unwrap_or(u64::MAX));
    Ok(u64::try_from(least).ok().zip(most))
}

fn nanoseconds(length: Length) -> u128 {
    u128::from(length.amount()) * u128::from(length.unit().nanoseconds())
}
