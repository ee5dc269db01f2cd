//! Writing plans.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Each, Shown, maybe};
use crate::model::report::PlanReport;
use crate::number::Value;
use crate::target::{
    BudgetSplit, Effect, Effects, Forecast, Lever, LeverKind, LeverSpend, OwnerEffect, OwnerNeed,
    OwnerSpend, PlanBucket, SegmentNeed, SegmentNeeds, Shortfall, StageForecast, Stuck,
    Unreachable,
};
use crate::unit::Display;

impl PlanReport {
    fn stage(&self, place: usize) -> &str {
        self.plan.stages().get(place).map_or("", |stage| &stage.name)
    }

    fn count(&self, place: usize) -> Display {
        self.counts.get(place).copied().unwrap_or(self.plain)
    }

    /// How a factor is shown: a volume for the first stage, else a rate.
    fn factor(&self, place: usize) -> Display {
        if place == 0 { self.count(0) } else { self.rates }
    }
}

impl Serialize for PlanReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let needs = &self.needs;
        let goal = Goal(needs.goal_stage, &needs.goal);
        object!(serializer, {
            "name": self.name,
            "funnel": self.funnel,
            "period": self.period,
            "goal": Shown(&goal, self),
            "stages": Each(|| (0..needs.stages.len()).map(|stage| Shown(self, Place(stage)))),
            "unreachable": needs.unreachable.as_ref().map(|why| Shown(why, self)),
            "binding": needs.binding.map(|stage| self.stage(stage)),
            "attainable": Shown(&needs.attainable, self.count(needs.goal_stage)),
            "owners": Each(|| needs.owners.iter().map(|owner| Shown(owner, self))),
            "hand_off": needs.hand_off.map(|stage| self.stage(stage)),
            "buckets": Each(|| self.buckets.iter().map(|bucket| Shown(bucket, self))),
            "forecast": self.forecast.as_ref().map(|forecast| Shown(forecast, self)),
            "segments": self.segments.as_ref().map(|segments| Shown(segments, self)),
            "levers": Shown(&self.effects, self),
            "split": self.split.as_ref().map(|split| Shown(split, self)),
        })
    }
}

/// The stage of a goal, and how many of it.
struct Goal<'a>(usize, &'a Value);

impl Serialize for Shown<'_, Goal<'_>, &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(Goal(stage, count), plan) = self;
        object!(serializer, {
            "stage": plan.stage(*stage), "count": Shown(*count, plan.count(*stage)),
        })
    }
}

/// A stage, by its place.
struct Place(usize);

impl Serialize for Shown<'_, PlanReport, Place> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(plan, Place(i)) = self;
        let (stage, need) = (&plan.plan.stages()[*i], &plan.needs.stages[*i]);
        let count = plan.count(*i);
        object!(serializer, {
            "name": stage.name,
            "owner": stage.owner.name(),
            "rate": maybe(stage.rate.as_ref(), plan.rates),
            "need": maybe(need.need.as_ref(), count),
            "reach": Shown(&need.reach, count),
            "due": plan.due[*i].filter(|_| need.need.is_some()),
            "capacity": need.capacity.as_ref().map(|most| Shown(most, count)),
            "exceeds": need.exceeds,
            "yields": maybe(need.yields.as_ref(), plan.count(plan.needs.goal_stage)),
        })
    }
}

impl Serialize for Shown<'_, Unreachable, &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(why, plan) = self;
        object!(serializer, {
            "stage": why.stage.map(|stage| plan.stage(stage)), "reason": why.reason.name(),
        })
    }
}

impl Serialize for Shown<'_, OwnerNeed, &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(owner, plan) = self;
        object!(serializer, {
            "owner": owner.owner.name(),
            "stage": plan.stage(owner.stage),
            "need": Shown(&owner.need, plan.count(owner.stage)),
        })
    }
}

impl Serialize for Shown<'_, PlanBucket, &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(bucket, plan) = self;
        let needs = || {
            let needs = bucket.needs.iter().enumerate();
            needs.map(|(stage, need)| Shown(need, plan.count(stage)))
        };
        object!(serializer, {
            "bucket": bucket.label, "period": bucket.period, "needs": Each(needs),
        })
    }
}

impl Serialize for Shown<'_, (Forecast, Shortfall), &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self((forecast, shortfall), plan) = self;
        let last = plan.counts.len().saturating_sub(1);
        let stages = || {
            let stages = forecast.stages.iter().zip(&shortfall.more).enumerate();
            stages.map(|(i, stage)| Shown(*plan, Open(i, stage)))
        };
        object!(serializer, {
            "stages": Each(stages),
            "result": Shown(forecast.result(), plan.count(last)),
            "value": maybe(forecast.value.as_ref(), plan.value),
            "lacking": Shown(&shortfall.lacking, plan.count(shortfall.goal_stage)),
        })
    }
}

/// A stage, by its place, with what it has and how many more would close the gap.
struct Open<'a>(usize, (&'a StageForecast, &'a Option<Value>));

impl Serialize for Shown<'_, PlanReport, Open<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(plan, Open(i, (stage, more))) = self;
        let display = plan.count(*i);
        object!(serializer, {
            "name": plan.stage(*i),
            "open": Shown(&stage.open, display),
            "arriving": Shown(&stage.arriving, display),
            "total": Shown(&stage.total, display),
            "more": maybe(more.as_ref(), display),
        })
    }
}

impl Serialize for Shown<'_, SegmentNeeds, &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(segments, plan) = self;
        let needs = || {
            let needs = segments.stages.iter().enumerate();
            needs.map(|(stage, need)| maybe(need.as_ref(), plan.count(stage)))
        };
        object!(serializer, {
            "needs": Each(needs),
            "owners": Each(|| segments.owners.iter().map(|owner| Shown(owner, *plan))),
            "parts": Each(|| segments.segments.iter().map(|part| Shown(part, *plan))),
        })
    }
}

impl Serialize for Shown<'_, SegmentNeed, &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(part, plan) = self;
        let needs = || {
            let needs = part.needs.stages.iter().enumerate();
            needs.map(|(stage, need)| maybe(need.need.as_ref(), plan.count(stage)))
        };
        object!(serializer, {
            "key": part.key,
            "weight": Shown(&part.weight, plan.plain),
            "goal": Shown(&part.needs.goal, plan.count(part.needs.goal_stage)),
            "needs": Each(needs),
            "unreachable": part.needs.unreachable.as_ref().map(|why| Shown(why, *plan)),
        })
    }
}

impl Serialize for Shown<'_, Effects, &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(effects, plan) = self;
        object!(serializer, {
            "result": Shown(&effects.result, plan.result()),
            "factors": Each(|| effects.levers.iter().map(|lever| Shown(lever, *plan))),
            "owners": Each(|| effects.owners.iter().map(|owner| Shown(owner, *plan))),
        })
    }
}

impl Serialize for Shown<'_, Lever, &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(lever, plan) = self;
        let now = match lever.kind {
            LeverKind::Value => plan.value,
            LeverKind::Volume | LeverKind::Rate => plan.factor(lever.stage),
        };
        object!(serializer, {
            "kind": lever.kind.name(),
            "stage": plan.stage(lever.stage),
            "owner": lever.owner.name(),
            "now": Shown(&lever.now, now),
            "point": lever.point.as_ref().map(|effect| Shown(effect, plan.result())),
            "percent": Shown(&lever.percent, plan.result()),
            "quantum": lever.quantum.as_ref().map(|effect| Shown(effect, plan.result())),
        })
    }
}

impl Serialize for Shown<'_, OwnerEffect, &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(owner, plan) = self;
        object!(serializer, {
            "owner": owner.owner.name(),
            "point": owner.point.as_ref().map(|effect| Shown(effect, plan.result())),
            "percent": Shown(&owner.percent, plan.result()),
            "quantum": owner.quantum.as_ref().map(|effect| Shown(effect, plan.result())),
        })
    }
}

impl Serialize for Shown<'_, Effect> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(effect, display) = self;
        object!(serializer, {
            "change": Shown(&effect.change, *display), "exceeds": effect.exceeds,
        })
    }
}

impl Serialize for Shown<'_, BudgetSplit, &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(split, plan) = self;
        let result = plan.result();
        object!(serializer, {
            "levers": Each(|| split.levers.iter().map(|lever| Shown(lever, *plan))),
            "owners": Each(|| split.owners.iter().map(|owner| Shown(owner, plan.plain))),
            "unspent": Shown(&split.unspent, plan.plain),
            "before": Shown(&split.before, result),
            "after": Shown(&split.after, result),
            "gain": Shown(&split.gain, result),
            "stuck": split.stuck.as_ref().map(|stuck| Shown(stuck, *plan)),
        })
    }
}

impl Serialize for Shown<'_, OwnerSpend> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(owner, display) = self;
        object!(serializer, {
            "owner": owner.owner.name(), "spend": Shown(&owner.spend, *display),
        })
    }
}

impl Serialize for Shown<'_, LeverSpend, &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(lever, plan) = self;
        let factor = plan.factor(lever.stage);
        object!(serializer, {
            "stage": plan.stage(lever.stage),
            "owner": lever.owner.name(),
            "spend": Shown(&lever.spend, plan.plain),
            "before": Shown(&lever.before, factor),
            "after": Shown(&lever.after, factor),
            "next_ratio": Shown(&lever.next_ratio, plan.plain),
        })
    }
}

impl Serialize for Shown<'_, Stuck, &PlanReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(stuck, plan) = self;
        object!(serializer, {
            "stage": plan.stage(stuck.stage), "reason": stuck.reason.name(),
        })
    }
}
