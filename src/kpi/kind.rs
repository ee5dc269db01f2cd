//! What kind of metric a formula makes, and how it adds up: nobody declares it.

use std::collections::HashMap;

use super::set::{KpiSet, Metric};
use super::shape::Shape;
use crate::error::Error;
use crate::facts::Measure;
use crate::formula::{Kind, Node, Operator};
use crate::named::named;

named! {
    /// The kind of a metric, as its formula says: the first of these that holds.
    #[non_exhaustive]
    MetricKind "kind of metric" {
        /// The rate from one stage of a funnel to another, made by
        /// [`Kpi::conversion`](crate::Kpi::conversion).
        Conversion = "conversion",
        /// It looks at another time: `prior`, `ago` or `baseline`.
        Offset = "offset",
        /// It goes on adding up: `trailing`, `to_date` or `since_start`.
        Cumulative = "cumulative",
        /// It is made of other KPIs.
        Derived = "derived",
        /// It divides by a measure.
        Ratio = "ratio",
        /// A measure, or a formula that does not divide.
        Simple = "simple",
    }
}

named! {
    /// How the value for a whole comes from its parts. Whatever it says, a [`Query`](crate::Query)
    /// computes each value from rolled-up measures, never from values.
    #[non_exhaustive]
    Aggregation "aggregation" {
        /// The sum of the parts, over time and across.
        Additive = "additive",
        /// The quotient of two such sums, times a constant.
        RatioOfSums = "ratio_of_sums",
        /// The formula over rolled-up measures, and no other way.
        Recomputed = "recomputed",
        /// Only where it was supplied: it reads distinct counts.
        NotAdditive = "not_additive",
    }
}

impl KpiSet {
    /// The kind of a metric.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`](crate::ErrorKind::Unknown) for a name that is neither a measure nor a
    /// KPI.
    ///
    /// ```
    /// use yardstick::kpi::{Aggregation, MetricKind};
    /// use yardstick::{Kpi, KpiSet, Measure, Schema};
    ///
    /// let schema = Schema::new(
    ///     Vec::<String>::new(),
    ///     [Measure::flow("revenue", "EUR".parse()?), Measure::flow("orders", "order".parse()?)],
    /// )?;
    /// let kpis = [
    ///     Kpi::new("aov", "revenue / orders".parse()?),
    ///     Kpi::new("growth", "revenue / ago(revenue, 1 year) - 1".parse()?),
    /// ];
    /// let set = KpiSet::new(schema, kpis)?;
    /// assert_eq!(set.kind("aov")?, MetricKind::Ratio);
    /// assert_eq!(set.aggregation("aov")?, Aggregation::RatioOfSums);
    /// assert_eq!(set.kind("growth")?, MetricKind::Offset);
    /// assert_eq!(set.aggregation("growth")?, Aggregation::Recomputed);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn kind(&self, metric: &str) -> Result<MetricKind, Error> {
        let Metric::Kpi(index) = self.resolve(metric)? else { return Ok(MetricKind::Simple) };
        let kpi = &self.kpis[index];
        let root = kpi.formula.root();
        let has = |what: &dyn Fn(&Node) -> bool| any(root, what);
        Ok(if kpi.is_conversion {
            MetricKind::Conversion
        } else if has(&|n| matches!(&n.kind, Kind::Over(window, _) if !window.is_cumulative())) {
            MetricKind::Offset
        } else if has(&|n| matches!(n.kind, Kind::Over(..))) {
            MetricKind::Cumulative
        } else if !self.references[index].is_empty() {
            MetricKind::Derived
        } else if has(&|n| matches!(&n.kind, Kind::Binary(Operator::Divide, _, d) if names(d)))
            || has(
                &|n| matches!(&n.kind, Kind::Power(base, exponent) if *exponent < 0 && names(base)),
            )
        {
            MetricKind::Ratio
        } else {
            MetricKind::Simple
        })
    }

    /// How the value of a metric for a whole comes from its parts.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`](crate::ErrorKind::Unknown) for a name that is neither a measure nor a
    /// KPI.
    pub fn aggregation(&self, metric: &str) -> Result<Aggregation, Error> {
        let metric = self.resolve(metric)?;
        Ok(match metric {
            Metric::Measure(index) => {
                Reads::measure(&self.schema.measures()[index]).aggregation(&self.shape(metric))
            }
            Metric::Kpi(index) => {
                let found = self.aggregations_of(&self.below(index));
                found.get(&index).copied().unwrap_or(Aggregation::Recomputed)
            }
        })
    }

    /// How the values of all KPIs add up, by their places. Only for a set without problems.
    pub(crate) fn aggregations(&self) -> HashMap<usize, Aggregation> {
        self.aggregations_of(&self.order)
    }

    /// The same of some KPIs, each of which comes after those that it names.
    fn aggregations_of(&self, order: &[usize]) -> HashMap<usize, Aggregation> {
        let shapes = self.shapes_over_time(order);
        let mut known: HashMap<usize, Reads> = HashMap::new();
        for index in order {
            let mut reads = Reads::NOTHING;
            self.names(self.kpis[*index].formula.root(), &mut |_, name, _| {
                reads = reads.and(match self.resolve(name) {
                    Ok(Metric::Measure(index)) => Reads::measure(&self.schema.measures()[index]),
                    Ok(Metric::Kpi(index)) => known.get(&index).copied().unwrap_or(Reads::NOTHING),
                    Err(_) => Reads::NOTHING,
                });
            });
            known.insert(*index, reads);
        }
        let of = |index: &usize| Some((*index, known.get(index)?.aggregation(shapes.get(index)?)));
        order.iter().filter_map(of).collect()
    }

    /// The measures that a metric reads, through other KPIs too, in the order of the schema.
    pub(crate) fn measures_below(&self, metric: Metric) -> Vec<usize> {
        let mut found = match metric {
            Metric::Measure(index) => vec![index],
            Metric::Kpi(index) => {
                let mut found = Vec::new();
                for kpi in self.below(index) {
                    self.names(self.kpis[kpi].formula.root(), &mut |_, name, _| {
                        if let Ok(Metric::Measure(index)) = self.resolve(name) {
                            found.push(index);
                        }
                    });
                }
                found
            }
        };
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// What the measures below a metric are like.
#[derive(Clone, Copy)]
struct Reads {
    distinct: bool,
    only_plain_sums: bool,
}

impl Reads {
    const NOTHING: Self = Self { distinct: false, only_plain_sums: true };

    fn measure(measure: &Measure) -> Self {
        Self { distinct: measure.distinct, only_plain_sums: measure.is_plain_sum() }
    }

    fn and(self, other: Self) -> Self {
        Self {
            distinct: self.distinct || other.distinct,
            only_plain_sums: self.only_plain_sums && other.only_plain_sums,
        }
    }

    fn aggregation(self, shape: &Shape) -> Aggregation {
        match shape {
            _ if self.distinct => Aggregation::NotAdditive,
            Shape::Flow if self.only_plain_sums => Aggregation::Additive,
            Shape::Ratio(..) if self.only_plain_sums => Aggregation::RatioOfSums,
            _ => Aggregation::Recomputed,
        }
    }
}

fn any(node: &Node, what: &dyn Fn(&Node) -> bool) -> bool {
    what(node) || node.children().into_iter().any(|child| any(child, what))
}

fn names(node: &Node) -> bool {
    any(node, &|n| matches!(n.kind, Kind::Name(_) | Kind::KpiName(_)))
}
