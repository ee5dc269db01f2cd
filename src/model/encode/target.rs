//! Writing targets.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Each, Shown, maybe};
use crate::model::report::TargetReport;
use crate::number::Value;
use crate::target::{
    Assessment, BestDay, BudgetPace, FlowPace, Milestones, Pace, RatioPace, Reached, Remaining,
    Resolved, Smart, SmartFinding, StockPace,
};

impl Serialize for TargetReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let result = &self.result;
        let tiers = || result.tiers().iter().map(|tier| Shown(tier, self.display));
        object!(serializer, {
            "name": result.name,
            "metric": result.metric,
            "unit": result.unit.to_string(),
            "owner": result.owner.map(|owner| owner.name()),
            "period": result.period,
            "goal": Shown(result.goal(), self.display),
            "tiers": Each(tiers),
            "milestones": Shown(&result.milestones(), ()),
            "smart": self.smart.as_ref().map(|smart| Shown(smart, ())),
            "current": Shown(&self.current(), self),
            "days": Each(|| result.days().map(|day| Day(day, self))),
        })
    }
}

/// An assessment that is written right after it is computed.
struct Day<'a>(Assessment<'a>, &'a TargetReport);

impl Serialize for Day<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Shown(&self.0, self.1).serialize(serializer)
    }
}

impl Serialize for Shown<'_, (String, Value)> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self((name, limit), display) = self;
        object!(serializer, { "name": name, "limit": Shown(limit, *display), })
    }
}

impl Serialize for Shown<'_, Milestones, ()> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Milestones { first_met, met_since, secured, beyond_best, unreachable } = self.0;
        object!(serializer, {
            "first_met": first_met,
            "met_since": met_since,
            "secured": secured,
            "beyond_best": beyond_best,
            "unreachable": unreachable,
        })
    }
}

impl Serialize for Shown<'_, Smart, ()> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let smart = self.0;
        object!(serializer, {
            "specific": Shown(&smart.specific, ()),
            "measurable": Shown(&smart.measurable, ()),
            "achievable": Shown(&smart.achievable, ()),
            "relevant": Shown(&smart.relevant, ()),
            "time_bound": Shown(&smart.time_bound, ()),
            "periods": Shown(&smart.history.periods, ()),
            "days": Shown(&smart.history.days, ()),
        })
    }
}

impl Serialize for Shown<'_, SmartFinding, ()> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let finding = self.0;
        object!(serializer, {
            "holds": finding.holds(), "found": finding.found, "missing": finding.missing,
        })
    }
}

impl Serialize for Shown<'_, Reached, ()> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, { "reached": self.0.reached, "of": self.0.of, })
    }
}

impl Serialize for Shown<'_, Resolved> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(goal, display) = self;
        object!(serializer, {
            "low": maybe(goal.low.as_ref(), *display),
            "high": maybe(goal.high.as_ref(), *display),
            "baseline": maybe(goal.baseline.as_ref(), *display),
        })
    }
}

impl Serialize for Shown<'_, Assessment<'_>, &TargetReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(day, target) = self;
        object!(serializer, {
            "as_of": day.as_of,
            "state": day.state.name(),
            "band": day.band,
            "tier": day.tier,
            "actual": Shown(&day.actual, target.display),
            "met": day.met.defined(),
            "gap": Shown(&day.gap, target.display),
            "attainment": Shown(&day.attainment, target.rates),
            "pace": day.pace.as_ref().map(|pace| Shown(pace, *target)),
        })
    }
}

impl Serialize for Shown<'_, Pace<'_>, &TargetReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Pace::Flow(flow) => Shown(flow, self.1).serialize(serializer),
            Pace::Stock(stock) => Shown(stock, self.1).serialize(serializer),
            Pace::Ratio(ratio) => Shown(ratio, self.1).serialize(serializer),
            Pace::Budget(budget) => Shown(budget, self.1).serialize(serializer),
        }
    }
}

impl Serialize for Shown<'_, FlowPace<'_>, &TargetReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(flow, target) = self;
        let display = target.display;
        object!(serializer, {
            "kind": "flow",
            "elapsed_days": flow.elapsed_days,
            "remaining_days": flow.remaining_days,
            "share": Shown(&flow.share, target.rates),
            "expected": Shown(&flow.expected, display),
            "gap": Shown(&flow.gap, display),
            "attainment": Shown(&flow.attainment, target.rates),
            "required_per_day": Shown(&flow.required_per_day, display),
            "required_per_weight": Shown(&flow.required_per_weight, display),
            "required_next_day": Shown(&flow.required_next_day, display),
            "projection": Shown(&flow.projection, display),
            "reached_on": flow.reached_on,
            "best_day": flow.best_day.map(|best| Shown(best, display)),
            "beyond_best": flow.beyond_best,
        })
    }
}

impl Serialize for Shown<'_, StockPace, &TargetReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(stock, target) = self;
        let display = target.display;
        object!(serializer, {
            "kind": "stock",
            "elapsed_days": stock.elapsed_days,
            "remaining_days": stock.remaining_days,
            "share": Shown(&stock.share, target.rates),
            "from": Shown(&stock.from, display),
            "expected": Shown(&stock.expected, display),
            "gap": Shown(&stock.gap, display),
            "attainment": Shown(&stock.attainment, target.rates),
            "required_per_day": Shown(&stock.required_per_day, display),
            "required_per_weight": Shown(&stock.required_per_weight, display),
            "required_next_day": Shown(&stock.required_next_day, display),
            "projection": Shown(&stock.projection, display),
            "reached_on": stock.reached_on,
        })
    }
}

impl Serialize for Shown<'_, BudgetPace, &TargetReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(budget, target) = self;
        let display = target.display;
        object!(serializer, {
            "kind": "budget",
            "elapsed_days": budget.elapsed_days,
            "remaining_days": budget.remaining_days,
            "share": Shown(&budget.share, target.rates),
            "expected_low": Shown(&budget.expected_low, display),
            "expected_high": Shown(&budget.expected_high, display),
            "over": Shown(&budget.over, display),
            "under": Shown(&budget.under, display),
            "attainment": Shown(&budget.attainment, target.rates),
            "left": Shown(&budget.left, display),
            "left_per_day": Shown(&budget.left_per_day, display),
            "left_per_weight": Shown(&budget.left_per_weight, display),
            "left_next_day": Shown(&budget.left_next_day, display),
            "projection": Shown(&budget.projection, display),
            "reached_on": budget.reached_on,
        })
    }
}

impl Serialize for Shown<'_, BestDay> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(best, display) = self;
        let (value, rate) = (Shown(&best.value, *display), Shown(&best.rate, *display));
        object!(serializer, { "day": best.day, "value": value, "rate": rate, })
    }
}

impl Serialize for Shown<'_, RatioPace<'_>, &TargetReport> {
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
            "best_day": ratio.best_day.map(|best| Shown(best, target.display)),
            "beyond_best": ratio.beyond_best,
        })
    }
}
