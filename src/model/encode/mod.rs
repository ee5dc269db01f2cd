//! Writing a report, as fractions and as text.

/// Writes an object with these fields, in this order.
macro_rules! object {
    ($serializer:expr, { $($name:literal: $value:expr,)* }) => {{
        let mut map = $serializer.serialize_map(None)?;
        $(map.serialize_entry($name, &$value)?;)*
        map.end()
    }};
}

mod explanation;
mod factor;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::report::{Finding, FunnelReport, KpiReport, QueryReport, Report, TargetReport};
use crate::calendar::{Date, Period};
use crate::funnel::{Comparison, Funnel, Segment};
use crate::kpi::catalog::FunnelStage;
use crate::number::{Rational, Value};
use crate::owner::Owner;
use crate::target::{Assessment, FlowPace, Pace, RatioPace, Remaining};
use crate::unit::Display;

/// The version of the report that is written here.
const VERSION: u32 = 1;
/// The largest fraction that is written out, in bits.
const MOST_BITS: usize = 4_096;

/// A thing to be written, and how.
struct Shown<'a, T: ?Sized, D = Display>(&'a T, D);

/// A list of things that are written alike.
struct Each<F>(F);

impl<F, I, T> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator<Item = T>,
    T: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, { "first": self.first(), "last": self.last(), })
    }
}

impl Serialize for Shown<'_, Rational> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(value, display) = self;
        let text = display.show(value).ok();
        match value.bits() {
            bits if bits > MOST_BITS => {
                object!(serializer, { "fraction": None::<String>, "bits": bits, "text": text, })
            }
            _ => object!(serializer, { "fraction": value.to_string(), "text": text, }),
        }
    }
}

impl Serialize for Shown<'_, Value> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Defined(value) => Shown(value, self.1).serialize(serializer),
            Value::Undefined(reason) => object!(serializer, { "undefined": reason.name(), }),
        }
    }
}

fn maybe(value: Option<&Value>, display: Display) -> Option<Shown<'_, Value>> {
    value.map(|value| Shown(value, display))
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, {
            "yardstick_report": VERSION,
            "model": self.model,
            "as_of": self.as_of,
            "facts": Shown(self, ()),
            "kpis": self.kpis,
            "queries": self.queries,
            "funnels": self.funnels,
            "factors": self.factors,
            "explanations": self.explanations,
            "targets": self.targets,
            "findings": Each(|| self.findings.iter().map(|finding| Shown(finding, ()))),
        })
    }
}

impl Serialize for Shown<'_, Report, ()> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Report { rows, days, .. } = self.0;
        object!(serializer, { "rows": rows, "first": days.first(), "last": days.last(), })
    }
}

impl Serialize for Shown<'_, Finding, ()> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let finding = self.0;
        object!(serializer, {
            "kind": finding.kind.name(), "place": finding.place, "message": finding.message,
        })
    }
}

impl Serialize for KpiReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, {
            "name": self.name,
            "formula": self.formula,
            "unit": self.unit.to_string(),
            "kind": self.kind.name(),
            "aggregation": self.aggregation.name(),
            "direction": self.direction.name(),
            "owner": self.owner.map(Owner::name),
            "stage": self.stage.map(FunnelStage::name),
            "catalog": self.catalog,
        })
    }
}

impl Serialize for Shown<'_, QueryReport, ()> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let counts = self.0.undefined();
        serializer.collect_map(counts.iter().map(|(reason, count)| (reason.name(), count)))
    }
}

impl Serialize for QueryReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, {
            "name": self.name,
            "period": self.period,
            "dimensions": self.table.dimensions,
            "metrics": Each(|| self.table.columns.iter().map(|column| Shown(column, ()))),
            "undefined": Shown(self, ()),
            "rows": Each(|| (0..self.table.rows.len()).map(|row| Shown(self, row))),
        })
    }
}

impl Serialize for Shown<'_, crate::kpi::TableColumn, ()> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, { "name": self.0.metric, "unit": self.0.unit.to_string(), })
    }
}

impl Serialize for Shown<'_, QueryReport, usize> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(query, row) = self;
        let table = &query.table;
        let values = || {
            let columns = table.columns.iter().zip(&query.displays);
            columns.map(|(column, display)| Shown(&column.values[*row], *display))
        };
        let row = &table.rows[*row];
        object!(serializer, {
            "bucket": row.bucket, "period": row.period, "key": row.key, "values": Each(values),
        })
    }
}

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

impl Serialize for TargetReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let result = &self.result;
        object!(serializer, {
            "name": result.name,
            "metric": result.metric,
            "unit": result.unit.to_string(),
            "owner": result.owner.map(|owner| owner.name()),
            "period": result.period,
            "goal": Shown(&result.goal, self.display),
            "first_beyond_best": result.first_beyond_best(),
            "current": Shown(self.current(), self),
            "days": Each(|| result.days.iter().map(|day| Shown(day, self))),
        })
    }
}

impl Serialize for Shown<'_, crate::target::Resolved> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(goal, display) = self;
        object!(serializer, {
            "low": maybe(goal.low.as_ref(), *display),
            "high": maybe(goal.high.as_ref(), *display),
            "baseline": maybe(goal.baseline.as_ref(), *display),
        })
    }
}

impl Serialize for Shown<'_, Assessment, &TargetReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(day, target) = self;
        object!(serializer, {
            "as_of": day.as_of,
            "state": day.state.name(),
            "band": day.band,
            "actual": Shown(&day.actual, target.display),
            "met": day.met.defined(),
            "gap": Shown(&day.gap, target.display),
            "attainment": Shown(&day.attainment, target.rates),
            "pace": day.pace.as_ref().map(|pace| Shown(pace, *target)),
        })
    }
}

impl Serialize for Shown<'_, Pace, &TargetReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Pace::Flow(flow) => Shown(flow, self.1).serialize(serializer),
            Pace::Ratio(ratio) => Shown(ratio, self.1).serialize(serializer),
        }
    }
}

impl Serialize for Shown<'_, FlowPace, &TargetReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(flow, target) = self;
        let display = target.display;
        object!(serializer, {
            "kind": "flow",
            "elapsed_days": flow.elapsed_days,
            "remaining_days": flow.remaining_days,
            "expected": Shown(&flow.expected, display),
            "gap": Shown(&flow.gap, display),
            "attainment": Shown(&flow.attainment, target.rates),
            "required_per_day": Shown(&flow.required_per_day, display),
            "projection": Shown(&flow.projection, display),
            "best_day": flow.best_day.as_ref().map(|best| Shown(best, display)),
            "beyond_best": flow.beyond_best,
        })
    }
}

impl Serialize for Shown<'_, (Date, Rational)> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self((day, value), display) = self;
        object!(serializer, { "day": day, "value": Shown(value, *display), })
    }
}

impl Serialize for Shown<'_, RatioPace, &TargetReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(ratio, target) = self;
        let remaining = ratio.remaining.as_ref().defined();
        let required = remaining.and_then(Remaining::ratio);
        object!(serializer, {
            "kind": "ratio",
            "numerator": Shown(&ratio.numerator, target.plain),
            "denominator": Shown(&ratio.denominator, target.plain),
            "expected_volume": Shown(&ratio.expected_volume, target.plain),
            "remaining": remaining.map(Remaining::name),
            "required": required.map(|required| Shown(required, target.display)),
        })
    }
}

#[cfg(feature = "json")]
impl Report {
    /// The report as JSON, indented by two spaces, with a line feed at its end; see
    /// [`report`](crate::model::report).
    ///
    /// # Errors
    ///
    /// None that data can cause; the writer's own, as
    /// [`ErrorKind::Capacity`](crate::ErrorKind::Capacity).
    pub fn to_json(&self) -> Result<String, crate::Error> {
        let text = serde_json::to_string_pretty(self).map_err(|error| {
            crate::Error::new(crate::ErrorKind::Capacity, format!("the report: {error}"))
        })?;
        Ok(text + "\n")
    }
}
