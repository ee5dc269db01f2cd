//! Writing cascades.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Each, Shown};
use crate::model::report::CascadeReport;
use crate::target::cascade::{Bound, Handed, RatioNode, SplitNode};

impl Serialize for CascadeReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let unit = self.unit.as_ref().map(ToString::to_string);
        match &self.handed {
            Handed::Amount(split) => object!(serializer, {
                "name": self.name,
                "unit": unit,
                "kind": "amount",
                "total": Shown(split.total(), self.display),
                "quantum": Shown(split.quantum(), self.display),
                "nodes": Each(|| split.nodes().map(|node| Row(node, self))),
            }),
            Handed::Ratio(split) => object!(serializer, {
                "name": self.name,
                "unit": unit,
                "kind": "ratio",
                "total": Shown(split.total(), self.display),
                "quantum": split.quantum().map(|quantum| Shown(quantum, self.plain)),
                "nodes": Each(|| split.nodes().map(|node| Row(node, self))),
            }),
        }
    }
}

/// A node, which is made when it is asked for.
struct Row<'a, T>(T, &'a CascadeReport);

impl Serialize for Row<'_, SplitNode<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(node, CascadeReport { display, .. }) = self;
        object!(serializer, {
            "path": node.path(),
            "depth": node.depth(),
            "amount": Shown(&node.amount(), *display),
            "handed_down": Shown(&node.handed_down(), *display),
            "share": Shown(&node.share(), *display),
            "bound": node.bound().map(Bound::name),
        })
    }
}

impl Serialize for Row<'_, RatioNode<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(node, CascadeReport { display, plain, .. }) = self;
        object!(serializer, {
            "path": node.path(),
            "depth": node.depth(),
            "numerator": Shown(node.numerator(), *plain),
            "denominator": Shown(node.denominator(), *plain),
            "ratio": Shown(&node.ratio(), *display),
        })
    }
}
