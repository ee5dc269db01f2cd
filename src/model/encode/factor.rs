//! Writing key success factors.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Each, Shown, maybe};
use crate::factor::{Ranks, Strategy};
use crate::model::report::FactorReport;

impl Serialize for FactorReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let result = &self.result;
        object!(serializer, {
            "name": result.name,
            "strategy": result.dimension,
            "period": self.period,
            "metrics": Each(|| self.metrics.iter().map(|(metric, _)| metric)),
            "total": Shown(&result.total, self),
            "strategies": Each(|| result.strategies.iter().map(|strategy| Shown(strategy, self))),
        })
    }
}

impl Serialize for Shown<'_, Strategy, &FactorReport> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(strategy, shown) = self;
        let ranks = &strategy.ranks;
        let values = || {
            let values = strategy.metrics.iter().zip(&shown.metrics);
            values.map(|(value, (_, display))| Shown(value, *display))
        };
        object!(serializer, {
            "name": strategy.name,
            "gain": Shown(&strategy.gain, shown.gain),
            "cost": maybe(strategy.cost.as_ref(), shown.cost),
            "occasions": maybe(strategy.occasions.as_ref(), shown.occasions),
            "contribution": Shown(&strategy.contribution, shown.gain),
            "return": Shown(&strategy.return_on_cost, shown.rates),
            "share": Shown(&strategy.share, shown.rates),
            "cost_of_gain": Shown(&strategy.cost_of_gain, shown.plain),
            "gain_per_occasion": Shown(&strategy.gain_per_occasion, shown.plain),
            "cost_per_occasion": Shown(&strategy.cost_per_occasion, shown.plain),
            "ranks": Shown(ranks, ()),
            "values": Each(values),
        })
    }
}

impl Serialize for Shown<'_, Ranks, ()> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Ranks { contribution, return_on_cost, share, .. } = self.0;
        object!(serializer, {
            "contribution": contribution, "return": return_on_cost, "share": share,
        })
    }
}
