//! Writing scorecards.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Each, Shown, maybe};
use crate::model::report::ScorecardReport;
use crate::owner::Owner;
use crate::scorecard::{EntryScore, Group, Grouping, Part, RollUp, Score};
use crate::target::{Clamp, State};
use crate::unit::Display;

impl Serialize for ScorecardReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let result = &self.result;
        object!(serializer, {
            "name": result.name,
            "undefined": self.on_undefined.name(),
            "clamp": self.clamp.as_ref().map(|clamp| Shown(clamp, self.rates)),
            "total": Shown(&result.total, self),
            "entries": Each(|| result.entries.iter().map(|entry| Shown(entry, self))),
            "groupings": Each(|| result.groupings.iter().map(|grouping| Shown(grouping, self))),
        })
    }
}

impl Serialize for Shown<'_, Clamp> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(Clamp { low, high }, display) = self;
        object!(serializer, {
            "low": low.as_ref().map(|low| Shown(low, *display)),
            "high": high.as_ref().map(|high| Shown(high, *display)),
        })
    }
}

impl Serialize for Shown<'_, EntryScore, &ScorecardReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(entry, shown) = self;
        object!(serializer, {
            "target": entry.target,
            "owner": entry.owner.map(Owner::name),
            "factor": entry.factor,
            "labels": Labels(&entry.labels),
            "weight": Shown(&entry.weight, shown.plain),
            "share": Shown(&entry.share, shown.rates),
            "attainment": Shown(&entry.attainment, shown.rates),
            "contribution": Shown(&entry.contribution, shown.rates),
            "state": entry.state.name(),
            "band": entry.band,
        })
    }
}

/// Names and values, as an object.
struct Labels<'a>(&'a [(String, String)]);

impl Serialize for Labels<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Serialize for Shown<'_, Grouping, &ScorecardReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(grouping, shown) = self;
        let groups = || grouping.groups.iter().map(|group| Shown(group, *shown));
        object!(serializer, { "by": grouping.by, "groups": Each(groups), })
    }
}

impl Serialize for Shown<'_, Group, &ScorecardReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(group, shown) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", &group.key)?;
        map.serialize_entry("contribution", &Shown(&group.contribution, shown.rates))?;
        fields(&mut map, &group.score, shown)?;
        map.end()
    }
}

impl Serialize for Shown<'_, Score, &ScorecardReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        fields(&mut map, self.0, self.1)?;
        map.end()
    }
}

fn fields<M: SerializeMap>(
    map: &mut M,
    score: &Score,
    shown: &ScorecardReport,
) -> Result<(), M::Error> {
    let rates = shown.rates;
    map.serialize_entry("index", &Shown(&score.index, rates))?;
    map.serialize_entry("clamped", &maybe(score.clamped.as_ref(), rates))?;
    map.serialize_entry("weight", &Shown(&score.weight, shown.plain))?;
    map.serialize_entry("covered", &Shown(&score.covered, rates))?;
    map.serialize_entry("before", &Shown(&score.before, rates))?;
    map.serialize_entry("covered_before", &Shown(&score.covered_before, rates))?;
    map.serialize_entry("change", &Shown(&score.change, rates))?;
    map.serialize_entry("states", &Shown(&score.states, rates))?;
    map.serialize_entry("bands", &Shown(&score.bands, rates))
}

/// What is counted in a roll-up, by its name.
trait Named {
    fn name(&self) -> &str;
}

impl Named for State {
    fn name(&self) -> &str {
        State::name(*self)
    }
}

impl Named for String {
    fn name(&self) -> &str {
        self
    }
}

impl<T: Named> Serialize for Shown<'_, RollUp<T>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(roll_up, display) = self;
        object!(serializer, {
            "worst": roll_up.worst.as_ref().map(Named::name),
            "parts": Each(|| roll_up.parts.iter().map(|part| Shown(part, *display))),
        })
    }
}

impl<T: Named> Serialize for Shown<'_, Part<T>, Display> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(part, display) = self;
        object!(serializer, {
            "name": part.of.name(),
            "count": part.count,
            "share": Shown(&part.share, *display),
        })
    }
}
