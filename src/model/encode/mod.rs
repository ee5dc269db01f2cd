//! Writing a report, as fractions and as text.

/// Writes an object with these fields, in this order.
macro_rules! object {
    ($serializer:expr, { $($name:literal: $value:expr,)* }) => {{
        let mut map = $serializer.serialize_map(None)?;
        $(map.serialize_entry($name, &$value)?;)*
        map.end()
    }};
}

mod agreement;
mod cascade;
mod explanation;
mod factor;
mod funnel;
mod plan;
mod scorecard;
mod target;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::report::{Finding, KpiReport, QueryReport, Report};
use crate::calendar::{Date, Period};
use crate::kpi::catalog::FunnelStage;
use crate::number::{Rational, Value};
use crate::owner::Owner;
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
            "plans": self.plans,
            "cascades": self.cascades,
            "agreements": self.agreements,
            "scorecards": self.scorecards,
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
