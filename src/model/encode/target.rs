//! Writing targets.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Each, Shown, maybe};
use crate::calendar::Date;
use crate::model::report::TargetReport;
use crate::number::Rational;
use crate::target::{Assessment, FlowPace, Pace, RatioPace, Remaining};

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
