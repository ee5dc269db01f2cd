//! What is counted of some of the entities: all of them, those of a segment, those of a period.

use std::sync::Arc;

use super::correlation::Correlation;
use super::query::EventFunnel;
use super::stopped::Stopped;
use crate::error::{Error, ErrorKind};
use crate::funnel::{Basis, Durations, Funnel, Stage, TimeUnit};
use crate::number::{Rational, Reason, Value};
use crate::owner::Owner;
use crate::statistics::{Interval, wilson};

/// What all counts of one query have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) steps: Vec<(String, Owner)>,
    pub(super) correlated: Vec<u32>,
    pub(super) between: Vec<(u32, u32)>,
    pub(super) reasons: bool,
    pub(super) values: bool,
    pub(super) unit: TimeUnit,
}

impl Shape {
    pub(super) fn new(query: &EventFunnel, unit: TimeUnit, values: bool) -> Self {
        let steps = query.steps.iter().map(|step| (step.name.clone(), step.owner));
        let mut correlated = query.correlated.clone();
        correlated.sort_unstable();
        correlated.dedup();
        let mut between = query.between.clone();
        between.sort_unstable();
        between.dedup();
        Self { steps: steps.collect(), correlated, between, reasons: query.reasons, values, unit }
    }

    pub(super) fn steps(&self) -> usize {
        self.steps.len()
    }

    /// Where the counts of steps begin among the numbers; before them are the entities, the chains
    /// (the lack of one included), those dropped, and the chains that have an event.
    pub(super) const COUNTS: usize = 4;

    /// Where those with a correlated bit begin: for each bit those that completed the funnel, and the
    /// others.
    pub(super) fn correlations(&self) -> usize {
        Self::COUNTS + self.steps()
    }

    /// Where those that stopped begin: for each step that is not reached one for each reason.
    pub(super) fn stops(&self) -> usize {
        self.correlations() + 2 * self.correlated.len()
    }

    /// How many numbers there are.
    pub(super) fn numbers(&self) -> usize {
        let stops = if self.reasons { self.steps() * Stopped::ALL.len() } else { 0 };
        self.stops() + stops
    }
}

/// How many entities came to each step, what they carried, how long they took and why they stopped.
///
/// Steps count from 0. What is counted are the chains of the query: one for each entity, or for each
/// session of it; under [`Totals`](super::Counting::Totals) as many as an entity has. In any order
/// ([`Order::Any`](super::Order::Any)) step i is the event in that place of the chain, whichever it
/// matches.
///
/// ```
/// use yardstick::events::{EventFunnel, Events};
/// use yardstick::{Rational, Value};
///
/// // 7 visits and buys a minute later, 8 only visits, 9 only buys.
/// let (entity, time, mask) = ([7_u32, 7, 8, 9], [0, 60, 5, 9], [0b01_u8, 0b10, 0b01, 0b10]);
/// let result = EventFunnel::builder(2).build()?.compute(&Events::sorted(&entity, &time, &mask)?)?;
/// let total = result.total();
/// assert_eq!((total.entities(), total.counts()), (3, &[2, 1][..]));
/// assert_eq!(total.conversion(), Value::Defined(Rational::new(1, 2)?));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventCounts {
    pub(super) shape: Arc<Shape>,
    /// As many as the shape says, in its order: all that adds up.
    pub(super) numbers: Vec<u64>,
    /// Of each step, where events have values.
    pub(super) values: Vec<Rational>,
    /// Of each pair that was asked for.
    pub(super) between: Vec<Durations>,
}

impl EventCounts {
    pub(super) fn none(shape: Arc<Shape>) -> Self {
        let numbers = vec![0; shape.numbers()];
        let values = if shape.values { vec![Rational::ZERO; shape.steps()] } else { Vec::new() };
        let between = vec![Durations::none(shape.unit); shape.between.len()];
        Self { shape, numbers, values, between }
    }

    /// Whether no number gets beyond 64 bits in adding others.
    pub(super) fn adds(&self, other: &Self) -> bool {
        let mut numbers = self.numbers.iter().zip(&other.numbers);
        numbers.all(|(a, b)| a.checked_add(*b).is_some())
    }

    /// Adds what was counted of others.
    pub(super) fn add(&mut self, other: &Self) {
        for (own, more) in self.numbers.iter_mut().zip(&other.numbers) {
            *own += more;
        }
        for (own, more) in self.values.iter_mut().zip(&other.values) {
            *own = &*own + more;
        }
        for (own, more) in self.between.iter_mut().zip(&other.between) {
            own.merge(more);
        }
    }

    /// How many entities (or sessions) there are, whether they entered or not, those dropped included.
    #[must_use]
    pub fn entities(&self) -> u64 {
        self.numbers[0]
    }

    /// How many chains have each step. None is larger than the one before, but with steps that can be
    /// skipped: optional ones, and the first with open entry.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.numbers[Shape::COUNTS..self.shape.correlations()]
    }

    /// How many never entered: no event of theirs could begin a chain.
    #[must_use]
    pub fn never_entered(&self) -> u64 {
        self.numbers[1].saturating_sub(self.numbers[3])
    }

    /// How many entities were left out because an excluded event lies in their chain; see
    /// [`Effect::Drops`](super::Effect::Drops).
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.numbers[2]
    }

    /// `count(to) / count(from)`, a pure number. Zero over zero is [`Reason::NoBase`], anything else over
    /// zero [`Reason::Unbounded`]. A step that is not there is [`Reason::Missing`].
    #[must_use]
    pub fn rate(&self, from: u32, to: u32) -> Value {
        match (self.count(from), self.count(to)) {
            (Some(from), Some(to)) => Value::share(to, from),
            _ => Value::Undefined(Reason::Missing),
        }
    }

    /// The rate from the first step to the last; [`Reason::NoBase`] where none entered.
    #[must_use]
    pub fn conversion(&self) -> Value {
        self.rate(0, self.shape.steps().saturating_sub(1) as u32)
    }

    /// [Wilson's bounds](wilson) of the rate from a step to the same or a later one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for steps that are not there or not in order, for more that have the second
    /// than the first, or a z below zero;
    /// [`ErrorKind::DivisionByZero`] where none came to the first of the two.
    ///
    /// ```
    /// use yardstick::events::{EventFunnel, Events};
    /// use yardstick::{Rational, Rounding};
    ///
    /// // Ten enter, and nine of them go on: (11 ± 2 sqrt(1.9)) / 14.
    /// let entity = [1_u32, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    /// let time: Vec<i64> = (0..19).collect();
    /// let mask: Vec<u8> = (0..19).map(|row| if row < 10 { 0b01 } else { 0b10 }).collect();
    /// let events = Events::by_time(&entity, &time, &mask)?;
    /// let result = EventFunnel::builder(2).build()?.compute(&events)?;
    /// let rate = result.total().interval(0, 1, &Rational::from(2))?;
    /// assert_eq!(rate.lower.round(Rounding::half_even(4))?.to_string(), "0.5888");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn interval(&self, from: u32, to: u32, z: &Rational) -> Result<Interval, Error> {
        match (self.count(from), self.count(to)) {
            (Some(trials), Some(successes)) if from <= to => wilson(successes, trials, z),
            _ => {
                let steps = self.shape.steps();
                let message =
                    format!("a rate from step {from} to {to}; give two in order below {steps}");
                Err(Error::new(ErrorKind::Domain, message))
            }
        }
    }

    fn count(&self, step: u32) -> Option<u64> {
        self.counts().get(step as usize).copied()
    }

    /// What the events of each step are worth together, each chain by its event there; nothing where
    /// events have no values. Those without one add nothing.
    #[must_use]
    pub fn values(&self) -> Option<&[Rational]> {
        self.shape.values.then_some(&self.values)
    }

    /// How many chains have come as far as the step before this one, but not to it, for this reason. Of
    /// steps that can be skipped none stopped a chain: it is the next that is required. 0 where reasons
    /// were not asked for.
    #[must_use]
    pub fn stopped(&self, step: u32, reason: Stopped) -> u64 {
        let of_step = &self.numbers[self.shape.stops()..];
        let of_step = of_step.chunks_exact(Stopped::ALL.len()).nth(step as usize);
        of_step.map_or(0, |reasons| reasons[reason as usize])
    }

    /// How many chains stopped for this reason, before whichever step; 0 where reasons were not asked
    /// for.
    #[must_use]
    pub fn stopped_because(&self, reason: Stopped) -> u64 {
        let steps = 0..self.shape.steps() as u32;
        steps.map(|step| self.stopped(step, reason)).fold(0, u64::saturating_add)
    }

    /// The time from one step to another of each chain that has both; nothing where it was not asked
    /// for by [`time_between`](super::EventFunnelBuilder::time_between).
    #[must_use]
    pub fn time_between(&self, from: u32, to: u32) -> Option<&Durations> {
        let place = self.shape.between.iter().position(|pair| *pair == (from, to))?;
        self.between.get(place)
    }

    /// How having an event with this bit, anywhere among those of the entity, goes along with a
    /// complete chain; nothing where it was not asked for by
    /// [`correlate`](super::EventFunnelBuilder::correlate). Who never entered is among those without
    /// success, who was dropped is left out.
    #[must_use]
    pub fn correlation(&self, bit: u32) -> Option<Correlation> {
        let place = self.shape.correlated.iter().position(|other| *other == bit)?;
        let of_bit = self.numbers.get(self.shape.correlations() + 2 * place..)?;
        let successes = self.counts().last().copied().unwrap_or(0);
        let failures = self.numbers[1].saturating_sub(successes);
        // Those that have it are counted among all.
        Correlation::new(successes, failures, of_bit[0], of_bit[1]).ok()
    }

    /// The same as a [`Funnel`] on the basis of a cohort: a stage for each step with its name, its
    /// owner, its count, and its value where events have values.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] for a single step.
    ///
    /// ```
    /// use yardstick::events::{EventFunnel, Events};
    /// use yardstick::{Column, Owner, Value};
    ///
    /// let (entity, time, mask) = ([1_u32, 1, 2, 3], [0, 9, 0, 0], [0b01_u8, 0b10, 0b01, 0b01]);
    /// let query = EventFunnel::builder(2)
    ///     .name(0, "lead", Owner::Marketing)
    ///     .name(1, "deal", Owner::Sales)
    ///     .build()?;
    /// let worth = Column::scaled(&[0, 90_00, 0, 0], 2);
    /// let events = Events::sorted(&entity, &time, &mask)?.values(worth)?;
    /// let funnel = query.compute(&events)?.total().funnel()?;
    /// assert_eq!(funnel.rate("lead", "deal")?, Value::Defined("1/3".parse()?));
    /// assert_eq!(funnel.stages()[1].value, Some(Value::Defined(90.into())));
    /// assert_eq!((funnel.hand_off(), funnel.bottleneck()), (Some(0), Some(0)));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn funnel(&self) -> Result<Funnel, Error> {
        let stage = |(i, (name, owner)): (usize, &(String, Owner))| {
            let count = Value::Defined(Rational::from(self.counts()[i]));
            let value = self.values.get(i).map(|value| Value::Defined(value.clone()));
            Stage::new(name.clone(), *owner, count, value)
        };
        let stages = self.shape.steps.iter().enumerate().map(stage).collect();
        Funnel::new(Basis::Cohort, stages)
    }
}
