//! Writing funnels.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Each, Shown, maybe};
use crate::funnel::{Comparison, Funnel, Segment};
use crate::model::report::FunnelReport;

impl Serialize for FunnelReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let segments = || self.segments.iter().zip(&self.comparisons).map(|pair| Shown(self, pair));
        object!(serializer, {
            "name": self.name,
            "basis": self.basis.name(),
            "period": self.period,
            "compared_with": self.compared_with,
            "dimensions": self.dimensions,
            "segments": Each(segments),
        })
    }
}

impl Serialize for Shown<'_, FunnelReport, (&Segment, &Option<Comparison>)> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report, (segment, comparison)) = self;
        let funnel = &segment.funnel;
        let name = |stage: usize| &funnel.stages()[stage].name;
        object!(serializer, {
            "key": segment.key,
            "stages": Each(|| (0..funnel.stages().len()).map(|i| Shown(*report, Stage(funnel, i)))),
            "steps": Each(|| funnel.steps().into_iter().map(|step| Shown(*report, Step(funnel, step)))),
            "overall_rate": Shown(&funnel.overall_rate(), report.rates),
            "hand_off": funnel.hand_off().map(name),
            "bottleneck": funnel.bottleneck().map(name),
            "comparison": comparison.as_ref().map(|change| Shown(*report, Change(funnel, change))),
        })
    }
}

struct Stage<'a>(&'a Funnel, usize);

impl Serialize for Shown<'_, FunnelReport, Stage<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report, Stage(funnel, i)) = self;
        let stage = &funnel.stages()[*i];
        let display = report.values[*i];
        object!(serializer, {
            "name": stage.name,
            "owner": stage.owner.name(),
            "count": Shown(&stage.count, report.counts[*i]),
            "value": maybe(stage.value.as_ref(), display),
            "value_per_entity": maybe(stage.value_per_entity().as_ref(), display),
        })
    }
}

struct Step<'a>(&'a Funnel, crate::funnel::Step);

impl Serialize for Shown<'_, FunnelReport, Step<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report, Step(funnel, step)) = self;
        let stages = funnel.stages();
        object!(serializer, {
            "from": stages[step.from].name,
            "to": stages[step.from + 1].name,
            "rate": Shown(&step.rate, report.rates),
            "overall_rate": Shown(&step.overall_rate, report.rates),
            "drop_off": Shown(&step.drop_off, report.counts[step.from]),
            "drop_off_rate": Shown(&step.drop_off_rate, report.rates),
        })
    }
}

struct Change<'a>(&'a Funnel, &'a Comparison);

impl Serialize for Shown<'_, FunnelReport, Change<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report, Change(funnel, change)) = self;
        let counts = || change.counts.iter().zip(&report.counts).map(|(v, d)| Shown(v, *d));
        object!(serializer, {
            "counts": Each(counts),
            "steps": Each(|| change.steps.iter().map(|step| Shown(step, report.rates))),
            "overall_points": Shown(&change.overall_points, report.rates),
            "worst_step": change.worst_step.map(|step| &funnel.stages()[step].name),
        })
    }
}

impl Serialize for Shown<'_, crate::funnel::StepChange> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(step, rates) = self;
        object!(serializer, {
            "points": Shown(&step.points, *rates), "relative": Shown(&step.relative, *rates),
        })
    }
}
