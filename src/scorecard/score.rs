//! The index of entries, and what each contributes.

use std::collections::HashMap;

use super::definition::{OnUndefined, Scorecard};
use super::result::{EntryScore, Group, Grouping, Score, ScorecardResult};
use super::roll_up::{BandNames, BandPlace, RollUp};
use super::standing::{Standing, Standings};
use super::validate::{FACTOR, OWNER};
use crate::error::Error;
use crate::explain::sum_of;
use crate::number::{Rational, Reason, Value};

/// An entry with what it stands at.
struct Member<'a> {
    weight: &'a Rational,
    standing: &'a Standing<'a>,
    attainment: Value,
    /// As it is without a clamp.
    clamped: Value,
    band: Option<BandPlace>,
}

/// An index, and the weight that it is over.
struct Index {
    value: Value,
    counted: Rational,
}

impl Index {
    fn covered(&self, weight: &Rational) -> Rational {
        share(&self.counted, weight)
    }

    /// What a value with a weight adds to the index: its own reason where it is undefined, else that of
    /// the index where this is.
    fn part(&self, value: &Value, weight: &Rational) -> Value {
        match (value, &self.value) {
            (Value::Defined(value), Value::Defined(_)) => {
                Value::Defined(weight * value).quotient(&Value::Defined(self.counted.clone()))
            }
            (Value::Undefined(reason), _) | (_, Value::Undefined(reason)) => {
                Value::Undefined(*reason)
            }
        }
    }
}

/// A part of a weight above zero.
fn share(part: &Rational, whole: &Rational) -> Rational {
    part.checked_div(whole).unwrap_or_default()
}

impl Scorecard {
    /// The index of the scorecard and of each group, what each entry contributes, and the states rolled
    /// up.
    ///
    /// With weight w and attainment a of each entry, and W the sum of the weights of those whose
    /// attainment is defined:
    ///
    /// | | | undefined |
    /// |---|---|---|
    /// | index | sum of w a / W | see below |
    /// | contribution of an entry | w a / W | as a, else as the index of the total |
    /// | contribution of a group | the sum of those of its entries that are defined | as its index, else as that of the total |
    /// | covered | W / sum of all weights | |
    /// | clamped index | the index with each a cut off at the ends of the [`clamp`](Scorecard::clamp) | as the index |
    /// | change | index less the index of the day before | as the two |
    ///
    /// Everything is exact. Contributions sum to the index; the indices of the groups of one grouping,
    /// each times the weight that it covers, sum to the index of the total times the weight that this
    /// covers. Weights that are all multiplied by the same number give the same index, and so does any
    /// order of entries. Nothing is clamped in the index: 300 % of one target makes up for others, which
    /// the clamped index does not let it do.
    ///
    /// An undefined attainment is not zero. With [`OnUndefined::LeaveOut`] the index is that of the
    /// others, and `covered` says how much of the weight they have; where none is left it is undefined,
    /// with the [`Reason`] that comes first. With [`OnUndefined::Strict`] one that is undefined makes the
    /// index so, for the reason that comes first. A target that has not started or has no data is
    /// [`Missing`](Reason::Missing), and so it is the day before. An attainment that is unbounded and good
    /// (at most, and nothing used, counted as `t / a`) is left out like others.
    ///
    /// An index of very many unlike quotients, whose common denominator has more than 262,144 bits, is
    /// [`Capacity`](Reason::Capacity).
    ///
    /// Time and memory are in proportion to the number of entries, times that of groupings.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) with everything that is wrong: no entries, a
    /// target that no standing is of or that is there twice, a weight that is not above zero, a grouping
    /// that no entry has anything for, more than 16 groupings, a clamp with no end or its ends swapped;
    /// [`ErrorKind::Duplicate`](crate::ErrorKind::Duplicate) for two standings of one target. Standings
    /// of other targets are not looked at.
    ///
    /// ```
    /// use yardstick::scorecard::{Entry, OnUndefined, Scorecard, Standing};
    /// use yardstick::target::State;
    /// use yardstick::{Rational, Reason, Value};
    ///
    /// let card = Scorecard::new("company")
    ///     .entry(Entry::new("leads", 1))
    ///     .entry(Entry::new("revenue", 3));
    /// let standings = [
    ///     Standing::new("leads", State::Ahead, Value::Defined("1.2".parse()?)),
    ///     Standing::new("revenue", State::NotStarted, Value::Undefined(Reason::Missing)),
    /// ];
    /// // Only leads count, a quarter of the weight; and what has not started is no failure.
    /// let total = card.compute(&standings)?.total;
    /// assert_eq!(total.index, Value::Defined("1.2".parse()?));
    /// assert_eq!(total.covered, "0.25".parse::<Rational>()?);
    /// assert_eq!(total.states.worst, Some(State::Ahead));
    ///
    /// let strict = card.on_undefined(OnUndefined::Strict).compute(&standings)?;
    /// assert_eq!(strict.total.index, Value::Undefined(Reason::Missing));
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn compute(&self, standings: &[Standing<'_>]) -> Result<ScorecardResult, Error> {
        let standings = Standings::new(standings)?;
        let problems = self.problems(&standings.known());
        match Error::all(&format!("scorecard \"{}\"", self.name), problems) {
            Some(error) => Err(error),
            None => self.over(&standings),
        }
    }

    /// The same, where nothing is wrong with it.
    pub(crate) fn over(&self, standings: &Standings<'_>) -> Result<ScorecardResult, Error> {
        let found = self.entries.iter().map(|entry| standings.find(&entry.target));
        let found: Vec<&Standing<'_>> = found.collect::<Result<_, _>>()?;
        let (names, places) = BandNames::new(&found);
        let members =
            self.entries.iter().zip(found).zip(places).map(|((entry, standing), band)| {
                let attainment = standing.counted();
                let clamped = match &self.clamp {
                    Some(clamp) => clamp.view(&attainment),
                    None => attainment.clone(),
                };
                Member { weight: &entry.weight, standing, attainment, clamped, band }
            });
        let members: Vec<Member<'_>> = members.collect();
        let all: Vec<usize> = (0..members.len()).collect();
        let (total, index) = self.score(&members, &all, &names);
        let entry = |(entry, member): (&super::Entry, &Member<'_>)| EntryScore {
            target: entry.target.clone(),
            owner: member.standing.owner,
            factor: member.standing.factor.map(str::to_owned),
            labels: entry.labels.clone(),
            weight: entry.weight.clone(),
            share: share(&entry.weight, &total.weight),
            attainment: member.attainment.clone(),
            contribution: index.part(&member.attainment, &entry.weight),
            state: member.standing.state,
            band: member.standing.band.map(str::to_owned),
        };
        let entries = self.entries.iter().zip(&members).map(entry).collect();
        let grouping = |by: &String| Grouping {
            by: by.clone(),
            groups: self
                .groups(&members, by)
                .into_iter()
                .map(|(key, places)| {
                    let (score, own) = self.score(&members, &places, &names);
                    let contribution = index.part(&own.value, &own.counted);
                    Group { key: key.map(str::to_owned), score, contribution }
                })
                .collect(),
        };
        let groupings = self.by.iter().map(grouping).collect();
        Ok(ScorecardResult { name: self.name.clone(), total, entries, groupings })
    }

    /// The places of the members of each group, in the order in which groups first appear.
    fn groups<'a>(
        &'a self,
        members: &[Member<'a>],
        by: &str,
    ) -> Vec<(Option<&'a str>, Vec<usize>)> {
        let mut groups: Vec<(Option<&'a str>, Vec<usize>)> = Vec::new();
        let mut known: HashMap<Option<&'a str>, usize> = HashMap::new();
        for (place, (entry, member)) in self.entries.iter().zip(members).enumerate() {
            let key = match by {
                OWNER => member.standing.owner.map(|owner| owner.name()),
                FACTOR => member.standing.factor,
                label => {
                    let found = entry.labels.iter().find(|(name, _)| name == label);
                    found.map(|(_, value)| value.as_str())
                }
            };
            let group = *known.entry(key).or_insert_with(|| {
                groups.push((key, Vec::new()));
                groups.len() - 1
            });
            if let Some((_, places)) = groups.get_mut(group) {
                places.push(place);
            }
        }
        groups
    }

    /// `sum of w a / sum of w` over those that count.
    fn index(
        &self,
        members: &[&Member<'_>],
        of: impl for<'m> Fn(&'m Member<'m>) -> &'m Value,
    ) -> Index {
        let (mut products, mut weights) = (Vec::new(), Vec::new());
        let mut reason: Option<Reason> = None;
        for member in members {
            match of(member) {
                Value::Defined(attainment) => {
                    products.push(Value::Defined(member.weight * attainment));
                    weights.push(Value::Defined(member.weight.clone()));
                }
                Value::Undefined(found) => {
                    reason = Some(reason.map_or(*found, |reason| reason.min(*found)));
                }
            }
        }
        let counted = sum_of(&weights);
        let is_strict = self.on_undefined == OnUndefined::Strict;
        let value = match reason {
            Some(reason) if is_strict || products.is_empty() => Value::Undefined(reason),
            _ => sum_of(&products).quotient(&counted),
        };
        // The weights of a scorecard have a common denominator, so those of a part of it have.
        Index { value, counted: counted.defined().unwrap_or_default() }
    }

    fn score(
        &self,
        members: &[Member<'_>],
        places: &[usize],
        names: &BandNames<'_>,
    ) -> (Score, Index) {
        let these: Vec<&Member<'_>> =
            places.iter().filter_map(|place| members.get(*place)).collect();
        let weights: Vec<Value> =
            these.iter().map(|member| Value::Defined(member.weight.clone())).collect();
        let weight = sum_of(&weights).defined().unwrap_or_default();
        let index = self.index(&these, |member| &member.attainment);
        let before = self.index(&these, |member| &member.standing.before);
        let clamped = self.clamp.as_ref().map(|_| self.index(&these, |member| &member.clamped));
        let score = Score {
            covered: index.covered(&weight),
            index: index.value.clone(),
            clamped: clamped.map(|index| index.value),
            covered_before: before.covered(&weight),
            change: index.value.as_ref().zip(before.value.as_ref(), |now, before| now - before),
            before: before.value,
            states: RollUp::of_states(
                these.iter().map(|member| (member.standing.state, member.weight)),
                &weight,
            ),
            bands: names.roll_up(these.iter().map(|member| (member.band, member.weight)), &weight),
            weight,
        };
        (score, index)
    }
}
