//! What kind of number a metric is over time, as its formula says.

use super::definition::OnZero;
use super::formula::{Function, Kind, Node, Operator, binary};
use super::set::{KpiSet, Metric};
use crate::number::{Rational, Sense, Value};

/// How a metric behaves when a period is cut into parts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// The same number in every period.
    Constant(Rational),
    /// The whole is the sum of the parts: a sum of flows, or one times a constant.
    Flow,
    /// A quotient of two flows, as numerator and denominator.
    Ratio(Box<Node>, Box<Node>),
    /// Anything else: a stock, a smallest day, a product of flows.
    Other,
}

impl KpiSet {
    /// The shape of a metric.
    pub(crate) fn shape(&self, metric: Metric) -> Shape {
        match metric {
            Metric::Measure(index) => match self.schema().measures()[index].adds_over_time() {
                true => Shape::Flow,
                false => Shape::Other,
            },
            Metric::Kpi(index) => self.shape_of(self.kpis()[index].formula.root()),
        }
    }

    /// Only for a set without cycles.
    fn shape_of(&self, node: &Node) -> Shape {
        match &node.kind {
            Kind::Number(number, _) => Shape::Constant(number.clone()),
            Kind::Name(name) => {
                self.resolve(name).map_or(Shape::Other, |metric| self.shape(metric))
            }
            Kind::KpiName(name) => {
                let metric = self.resolve(&format!("kpi.{name}"));
                metric.map_or(Shape::Other, |metric| self.shape(metric))
            }
            Kind::Negate(inner) => match self.shape_of(inner) {
                Shape::Constant(number) => Shape::Constant(-number),
                Shape::Ratio(n, d) => {
                    let span = n.span.clone();
                    Shape::Ratio(Box::new(Node { kind: Kind::Negate(n), span }), d)
                }
                other => other,
            },
            Kind::Power(inner, exponent) => match self.shape_of(inner) {
                Shape::Constant(number) => {
                    number.checked_pow(*exponent).map_or(Shape::Other, Shape::Constant)
                }
                shape if *exponent == 1 => shape,
                _ => Shape::Other,
            },
            Kind::Binary(operator, left, right) => self.shape_of_binary(*operator, left, right),
            Kind::Call(Function::Abs, arguments) => {
                match arguments.first().map(|a| self.shape_of(a)) {
                    Some(Shape::Constant(number)) => Shape::Constant(number.abs()),
                    _ => Shape::Other,
                }
            }
            Kind::Call(..) => Shape::Other,
        }
    }

    fn shape_of_binary(&self, operator: Operator, left: &Node, right: &Node) -> Shape {
        let both = (self.shape_of(left), self.shape_of(right));
        match (operator, both) {
            (_, (Shape::Constant(a), Shape::Constant(b))) => match operator {
                Operator::Add => Shape::Constant(a + b),
                Operator::Subtract => Shape::Constant(a - b),
                Operator::Multiply => Shape::Constant(a * b),
                Operator::Divide => a.checked_div(&b).map_or(Shape::Other, Shape::Constant),
            },
            (Operator::Add | Operator::Subtract, (Shape::Flow, Shape::Flow)) => Shape::Flow,
            (
                Operator::Multiply,
                (Shape::Flow, Shape::Constant(_)) | (Shape::Constant(_), Shape::Flow),
            ) => Shape::Flow,
            (Operator::Divide, (Shape::Flow, Shape::Constant(b))) if !b.is_zero() => Shape::Flow,
            (Operator::Divide, (Shape::Flow, Shape::Flow)) => {
                Shape::Ratio(Box::new(left.clone()), Box::new(right.clone()))
            }
            // A constant goes to the numerator: spend / impressions * 1000.
            (Operator::Multiply, (Shape::Ratio(n, d), Shape::Constant(_))) => {
                Shape::Ratio(times(n, right), d)
            }
            (Operator::Multiply, (Shape::Constant(_), Shape::Ratio(n, d))) => {
                Shape::Ratio(times(n, left), d)
            }
            (Operator::Divide, (Shape::Ratio(n, d), Shape::Constant(b))) if !b.is_zero() => {
                let span = n.span.clone();
                let kind = Kind::Binary(Operator::Divide, n, Box::new(right.clone()));
                Shape::Ratio(Box::new(Node { kind, span }), d)
            }
            _ => Shape::Other,
        }
    }
}

fn times(numerator: Box<Node>, factor: &Node) -> Box<Node> {
    let span = numerator.span.clone();
    let kind = Kind::Binary(Operator::Multiply, numerator, Box::new(factor.clone()));
    Box::new(Node { kind, span })
}

impl KpiSet {
    /// `n / d` where that is the metric, with the metric's meaning of a zero denominator.
    pub(crate) fn quotient(&self, metric: Metric, n: &Value, d: &Value) -> Value {
        let on_zero = match metric {
            Metric::Kpi(index) => self.kpis()[index].on_zero(),
            Metric::Measure(_) => OnZero::Sense(Sense::Neutral),
        };
        binary(Operator::Divide, n, d, |negative| on_zero.reason(negative))
    }
}
