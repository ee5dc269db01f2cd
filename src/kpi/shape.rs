//! What kind of number a metric is over time, as its formula says.

use std::collections::HashMap;

use super::definition::OnZero;
use super::set::{KpiSet, Metric};
use crate::facts::{Across, Measure, OverTime};
use crate::formula::{Function, Kind, Node, Operator, binary, bounded};
use crate::number::{Rational, Reason, Sense, Value};

/// The highest tree of a numerator; each constant factor of a chain of KPIs adds one to it.
const MOST_HEIGHT: usize = 320;

/// How a metric behaves when a period, or a total over segments, is cut into parts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// The same number in every period, and whether it is plain: made of numbers without units. With
    /// them only its sign is known, as 1 [hour] is 60 [minute].
    Constant(Rational, bool),
    /// The whole is the sum of the parts: a sum of flows, or one times a constant.
    Flow,
    /// A quotient of two flows, as numerator and denominator, and what a numerator over zero means.
    Ratio(Box<Node>, Box<Node>, OnZero),
    /// Anything else: a stock, a smallest day, a product of flows.
    Other,
}

/// The shapes of KPIs that were found, and which measures are flows.
struct Known {
    shapes: HashMap<usize, Shape>,
    adds: fn(&Measure) -> bool,
}

impl KpiSet {
    /// The shape of a metric over time. Only for a set without problems.
    pub(crate) fn shape(&self, metric: Metric) -> Shape {
        self.shape_where(metric, Measure::adds_over_time)
    }

    /// The shape of a metric across segments: what it is where a period is not cut, but the
    /// dimensions are. A stock adds up so. Only for a set without problems.
    pub(crate) fn shape_across(&self, metric: Metric) -> Shape {
        let adds = |measure: &Measure| measure.across == Across::Sum && !measure.distinct;
        self.shape_where(metric, adds)
    }

    /// Whether a metric stands at a level: a sum of measures of which a period has the last, or one
    /// times a constant. Its value over a period is that of the last day. Only for a set without
    /// problems.
    pub(crate) fn is_stock(&self, metric: Metric) -> bool {
        let stands = |measure: &Measure| measure.over_time == OverTime::Last && !measure.distinct;
        self.shape_where(metric, stands) == Shape::Flow
    }

    fn shape_where(&self, metric: Metric, adds: fn(&Measure) -> bool) -> Shape {
        let order = match metric {
            Metric::Kpi(index) => self.below(index),
            Metric::Measure(_) => Vec::new(),
        };
        let shapes = self.shapes(&order, adds);
        self.shape_of_metric(metric, &Known { shapes, adds })
    }

    /// The shapes of KPIs, each of which comes after those that it names.
    fn shapes(&self, order: &[usize], adds: fn(&Measure) -> bool) -> HashMap<usize, Shape> {
        let mut known = Known { shapes: HashMap::new(), adds };
        // From the bottom up, each once: a chain may be long, and name a KPI many times.
        for index in order {
            let kpi = &self.kpis()[*index];
            let shape = match self.shape_of(kpi.formula.root(), kpi.on_zero(), &known) {
                Shape::Ratio(n, ..) if height(&n) > MOST_HEIGHT => Shape::Other,
                shape => shape,
            };
            known.shapes.insert(*index, shape);
        }
        known.shapes
    }

    /// The shapes of KPIs over time, each of which comes after those that it names.
    pub(super) fn shapes_over_time(&self, order: &[usize]) -> HashMap<usize, Shape> {
        self.shapes(order, Measure::adds_over_time)
    }

    fn shape_of_metric(&self, metric: Metric, known: &Known) -> Shape {
        match metric {
            Metric::Measure(index) => match (known.adds)(&self.schema().measures()[index]) {
                true => Shape::Flow,
                false => Shape::Other,
            },
            Metric::Kpi(index) => known.shapes.get(&index).cloned().unwrap_or(Shape::Other),
        }
    }

    fn shape_of(&self, node: &Node, on_zero: OnZero, known: &Known) -> Shape {
        match &node.kind {
            Kind::Number(number, unit) => match bounded(number.clone()) {
                Value::Defined(number) => Shape::Constant(number, unit.is_none()),
                Value::Undefined(_) => Shape::Other,
            },
            Kind::Name(name) => self
                .resolve(name)
                .map_or(Shape::Other, |metric| self.shape_of_metric(metric, known)),
            Kind::KpiName(name) => {
                let metric = self.resolve(&format!("kpi.{name}"));
                metric.map_or(Shape::Other, |metric| self.shape_of_metric(metric, known))
            }
            Kind::Negate(inner) => match self.shape_of(inner, on_zero, known) {
                Shape::Constant(number, plain) => Shape::Constant(-number, plain),
                Shape::Ratio(n, d, on_zero) => {
                    let span = n.span.clone();
                    let n = Box::new(Node { kind: Kind::Negate(n), span });
                    Shape::Ratio(n, d, on_zero.opposite())
                }
                other => other,
            },
            Kind::Power(inner, exponent) => match self.shape_of(inner, on_zero, known) {
                Shape::Constant(number, plain) => match number.checked_pow(*exponent) {
                    Ok(power) => Shape::Constant(power, plain),
                    Err(_) => Shape::Other,
                },
                shape if *exponent == 1 => shape,
                _ => Shape::Other,
            },
            Kind::Binary(operator, left, right) => {
                self.shape_of_binary(*operator, left, right, on_zero, known)
            }
            Kind::Call(Function::Abs, arguments) => {
                match arguments.first().map(|a| self.shape_of(a, on_zero, known)) {
                    Some(Shape::Constant(number, plain)) => Shape::Constant(number.abs(), plain),
                    _ => Shape::Other,
                }
            }
            Kind::Call(..) | Kind::Over(..) | Kind::Reported(_) => Shape::Other,
        }
    }

    fn shape_of_binary(
        &self,
        operator: Operator,
        left: &Node,
        right: &Node,
        on_zero: OnZero,
        known: &Known,
    ) -> Shape {
        let both = (self.shape_of(left, on_zero, known), self.shape_of(right, on_zero, known));
        match (operator, both) {
            (_, (Shape::Constant(a, a_plain), Shape::Constant(b, b_plain))) => {
                let plain = a_plain && b_plain;
                let adds = matches!(operator, Operator::Add | Operator::Subtract);
                let (a, b) = (Value::Defined(a), Value::Defined(b));
                // A constant by zero, or beyond all limits, is no constant.
                match binary(operator, &a, &b, |_| Reason::NoBase) {
                    Value::Defined(number) if plain || !adds => Shape::Constant(number, plain),
                    _ => Shape::Other,
                }
            }
            (Operator::Add | Operator::Subtract, (Shape::Flow, Shape::Flow)) => Shape::Flow,
            (
                Operator::Multiply,
                (Shape::Flow, Shape::Constant(..)) | (Shape::Constant(..), Shape::Flow),
            ) => Shape::Flow,
            (Operator::Divide, (Shape::Flow, Shape::Constant(b, _))) if !b.is_zero() => Shape::Flow,
            (Operator::Divide, (Shape::Flow, Shape::Flow)) => {
                Shape::Ratio(Box::new(left.clone()), Box::new(right.clone()), on_zero)
            }
            // A constant goes to the numerator: spend / impressions * 1000. One below zero turns
            // what a numerator over zero means; zero would make 0/0 of n/0.
            (Operator::Multiply, (Shape::Ratio(n, d, on_zero), Shape::Constant(factor, _)))
                if !factor.is_zero() =>
            {
                Shape::Ratio(scaled(Operator::Multiply, n, right), d, on_zero.times(&factor))
            }
            (Operator::Multiply, (Shape::Constant(factor, _), Shape::Ratio(n, d, on_zero)))
                if !factor.is_zero() =>
            {
                Shape::Ratio(scaled(Operator::Multiply, n, left), d, on_zero.times(&factor))
            }
            (Operator::Divide, (Shape::Ratio(n, d, on_zero), Shape::Constant(factor, _)))
                if !factor.is_zero() =>
            {
                Shape::Ratio(scaled(Operator::Divide, n, right), d, on_zero.times(&factor))
            }
            _ => Shape::Other,
        }
    }
}

fn height(node: &Node) -> usize {
    1 + node.children().into_iter().map(height).max().unwrap_or(0)
}

fn scaled(operator: Operator, numerator: Box<Node>, factor: &Node) -> Box<Node> {
    let span = numerator.span.clone();
    let kind = Kind::Binary(operator, numerator, Box::new(factor.clone()));
    Box::new(Node { kind, span })
}

impl OnZero {
    /// The same for a numerator that was negated.
    fn opposite(self) -> Self {
        match self {
            Self::Sense(Sense::Good) => Self::Sense(Sense::Bad),
            Self::Sense(Sense::Bad) => Self::Sense(Sense::Good),
            other => other,
        }
    }

    /// The same for a numerator times a factor that is not zero.
    fn times(self, factor: &Rational) -> Self {
        match factor.is_negative() {
            true => self.opposite(),
            false => self,
        }
    }

    /// `n / d` with this meaning of a zero denominator.
    pub(crate) fn quotient(self, n: &Value, d: &Value) -> Value {
        binary(Operator::Divide, n, d, |negative| self.reason(negative))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Schema;
    use crate::kpi::Kpi;
    use crate::unit::Unit;

    /// The shape of the last of `count` KPIs, each made from the one before.
    fn last(first: &str, count: usize, next: impl Fn(String) -> String) -> Shape {
        let flow = |name| Measure::flow(name, Unit::one());
        let schema = Schema::new(Vec::<String>::new(), [flow("a"), flow("b")]).unwrap();
        let formula = |i: usize| match i {
            0 => first.to_owned(),
            _ => next(format!("k{}", i - 1)),
        };
        let kpis = (0..count).map(|i| Kpi::new(format!("k{i}"), formula(i).parse().unwrap()));
        KpiSet::new(schema, kpis).map(|set| set.shape(Metric::Kpi(count - 1))).unwrap()
    }

    #[test]
    fn a_chain_costs_no_more_than_its_length() {
        let sum = |k: String| format!("{k} + {k}");
        assert_eq!(last("a", 2_000, sum), Shape::Flow);
        assert!(matches!(last("1", 100, sum), Shape::Constant(..)));
        assert_eq!(last("2", 100, |k| format!("{k} * {k}")), Shape::Other);
        let scaled = |k: String| format!("{k} * 2");
        assert!(matches!(last("a / b", 100, scaled), Shape::Ratio(..)));
        assert_eq!(last("a / b", 2_000, scaled), Shape::Other);
    }

    #[test]
    fn a_number_beyond_the_limit_is_no_constant() {
        let long = format!("{}e4096", "9".repeat(900));
        let same = |k: String| k;
        assert!(matches!(last("9e4096", 1, same), Shape::Constant(..)));
        assert_eq!(last(&long, 1, same), Shape::Other);
        assert_eq!(last(&format!("a * {long}"), 1, same), Shape::Other);
    }
}
