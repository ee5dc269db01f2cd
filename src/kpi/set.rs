//! KPIs resolved against a schema: names, cycles, units.

use std::collections::HashMap;

use super::definition::{Kpi, OnZero};
use super::formula::{Function, Kind, Node, Operator};
use super::program::{Program, Step};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::facts::{Measure, Schema, check_names};
use crate::number::Rational;
use crate::unit::{Display, Unit};

/// The deepest that `prior` may stand inside `prior`, through other KPIs too.
const MOST_FRAMES: usize = 8;

/// A set of KPIs over the measures of a schema, checked.
///
/// ```
/// use yardstick::{Kpi, KpiSet, Measure, Schema};
///
/// let schema = Schema::new(
///     Vec::<String>::new(),
///     [Measure::flow("spend", "EUR".parse()?), Measure::flow("leads", "lead".parse()?)],
/// )?;
/// let set = KpiSet::new(schema.clone(), [Kpi::new("cpl", "spend / leads".parse()?)])?;
/// assert_eq!(set.unit("cpl")?.to_string(), "EUR/lead");
///
/// let error = KpiSet::new(schema, [Kpi::new("cpl", "spend / lead".parse()?)]).unwrap_err();
/// assert_eq!(
///     error.problems()[0].to_string(),
///     r#"kpis[0].formula: kpi "cpl": unknown name "lead" at 8..12 in "spend / lead"; did you mean "leads"?"#,
/// );
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct KpiSet {
    schema: Schema,
    kpis: Vec<Kpi>,
    units: Vec<Unit>,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metric {
    Measure(usize),
    Kpi(usize),
}

impl KpiSet {
    /// Checks KPIs against a schema.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with all problems: names that are not names or there twice, unknown
    /// names in formulas (with the nearest known), KPIs that depend on themselves, units that do not
    /// go together, declared units that the formula does not give.
    pub fn new(schema: Schema, kpis: impl IntoIterator<Item = Kpi>) -> Result<Self, Error> {
        let (set, problems) = Self::checked(schema, kpis.into_iter().collect());
        match Error::all("KPIs", problems) {
            Some(error) => Err(error),
            None => Ok(set),
        }
    }

    /// The set and its problems, at `kpis[i]`.
    pub(crate) fn checked(schema: Schema, kpis: Vec<Kpi>) -> (Self, Vec<Error>) {
        let mut problems = Vec::new();
        check_names("kpis", kpis.iter().map(Kpi::name), &mut problems);
        let mut set = Self { schema, units: Vec::new(), kpis };
        for index in 0..set.kpis.len() {
            let mut compiler = Compiler::new(&set);
            match compiler.kpi(index, 0) {
                Ok((_, unit)) => set.units.push(unit),
                Err(fault) => {
                    set.units.push(Unit::one());
                    // What is wrong in another KPI is told there, once.
                    if fault.kpi == index {
                        problems.push(fault.error.at_path(format!("kpis[{index}]")));
                    }
                }
            }
        }
        (set, problems)
    }

    /// The dimensions and measures.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The KPIs, in their order.
    #[must_use]
    pub fn kpis(&self) -> &[Kpi] {
        &self.kpis
    }

    /// The unit of a metric as its formula gives it (converted to the declared time unit, where one
    /// was declared).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] for a name that is neither a measure nor a KPI.
    pub fn unit(&self, metric: &str) -> Result<&Unit, Error> {
        Ok(match self.resolve(metric)? {
            Metric::Measure(index) => self.schema.measures()[index].unit(),
            Metric::Kpi(index) => &self.units[index],
        })
    }

    /// The KPI behind a metric's name, if it is one.
    pub(crate) fn kpi(&self, metric: &str) -> Option<&Kpi> {
        match self.resolve(metric) {
            Ok(Metric::Kpi(index)) => Some(&self.kpis[index]),
            _ => None,
        }
    }

    /// How a metric asks to be shown, if it does.
    pub(crate) fn display(&self, metric: &str) -> Option<Display> {
        match self.resolve(metric).ok()? {
            Metric::Measure(index) => self.schema.measures()[index].display,
            Metric::Kpi(index) => self.kpis[index].display,
        }
    }

    /// A name means the measure first; `kpi.name` means the KPI.
    pub(crate) fn resolve(&self, name: &str) -> Result<Metric, Error> {
        let kpi = |name: &str| self.kpis.iter().position(|kpi| kpi.name == name);
        let found = match name.strip_prefix("kpi.") {
            Some(name) => kpi(name).map(Metric::Kpi),
            None => {
                let measure = self.schema.measure_index(name).map(Metric::Measure);
                measure.or_else(|| kpi(name).map(Metric::Kpi))
            }
        };
        found.ok_or_else(|| {
            let bare = name.strip_prefix("kpi.").unwrap_or(name);
            let measures = self.schema.measures().iter().map(Measure::name);
            let remedy = did_you_mean(bare, measures.chain(self.kpis.iter().map(Kpi::name)));
            Error::new(ErrorKind::Unknown, format!("unknown metric \"{name}\"; {remedy}"))
        })
    }

    /// Compiles metrics into one program; results in their order.
    pub(crate) fn compile(&self, metrics: &[Metric]) -> Result<Program, Error> {
        let mut compiler = Compiler::new(self);
        for metric in metrics {
            let (step, _) = match metric {
                Metric::Measure(index) => {
                    (compiler.input(*index, 0), self.schema.measures()[*index].unit.clone())
                }
                Metric::Kpi(index) => compiler.kpi(*index, 0).map_err(|fault| fault.error)?,
            };
            compiler.program.outputs.push(step);
        }
        Ok(compiler.program)
    }

    /// Compiles numerator and denominator of a ratio so that their quotient is the metric in its
    /// unit.
    pub(crate) fn compile_ratio(
        &self,
        metric: Metric,
        numerator: &Node,
        denominator: &Node,
    ) -> Result<Program, Error> {
        let mut compiler = Compiler::new(self);
        let scope = Scope { text: "", on_zero: OnZero::Inconsistent, kpi: usize::MAX, frame: 0 };
        let fail = |fault: Fault| fault.error;
        let (n, n_unit) = compiler.node(numerator, &scope).map_err(fail)?;
        let (d, d_unit) = compiler.node(denominator, &scope).map_err(fail)?;
        let (unit, factor) = n_unit.unwrap_or(Unit::one()).over(&d_unit.unwrap_or(Unit::one()))?;
        let conversion = match metric {
            Metric::Kpi(index) => unit.conversion_to(&self.units[index]),
            Metric::Measure(_) => None,
        };
        let n = compiler.scaled(n, factor * conversion.unwrap_or(Rational::ONE));
        compiler.program.outputs = vec![n, d];
        Ok(compiler.program)
    }
}

/// An error and the KPI in whose formula it lies.
struct Fault {
    kpi: usize,
    error: Error,
}

/// Where a part of a formula stands.
#[derive(Clone, Copy)]
struct Scope<'a> {
    text: &'a str,
    on_zero: OnZero,
    kpi: usize,
    frame: usize,
}

impl Scope<'_> {
    fn fault(&self, error: Error) -> Fault {
        Fault { kpi: self.kpi, error }
    }

    /// An error about a part of the text.
    fn refuse(&self, kind: ErrorKind, node: &Node, what: &str, remedy: &str) -> Fault {
        let (start, end, text) = (node.span.start, node.span.end, self.text);
        let message = format!("{what} at {start}..{end} in \"{text}\"; {remedy}");
        self.fault(Error::new(kind, message).at_span(node.span.clone()))
    }
}

struct Compiler<'a> {
    set: &'a KpiSet,
    program: Program,
    /// Steps of KPIs by index and frame.
    known: HashMap<(usize, usize), (usize, Unit)>,
    /// KPIs being compiled, outermost first.
    stack: Vec<usize>,
}

impl<'a> Compiler<'a> {
    fn new(set: &'a KpiSet) -> Self {
        Self { set, program: Program::default(), known: HashMap::new(), stack: Vec::new() }
    }

    fn push(&mut self, step: Step) -> usize {
        self.program.steps.push(step);
        self.program.steps.len() - 1
    }

    fn input(&mut self, measure: usize, frame: usize) -> usize {
        let inputs = &mut self.program.inputs;
        let known = inputs.iter().position(|input| *input == (measure, frame));
        let input = known.unwrap_or_else(|| {
            inputs.push((measure, frame));
            inputs.len() - 1
        });
        self.push(Step::Input(input))
    }

    fn scaled(&mut self, step: usize, factor: Rational) -> usize {
        if factor == Rational::ONE {
            return step;
        }
        let factor = self.push(Step::Number(factor));
        self.push(Step::Binary(Operator::Multiply, step, factor, OnZero::Inconsistent))
    }

    /// The step and unit of a KPI in a frame.
    fn kpi(&mut self, index: usize, frame: usize) -> Result<(usize, Unit), Fault> {
        if let Some(known) = self.known.get(&(index, frame)) {
            return Ok(known.clone());
        }
        let set = self.set;
        let kpi = &set.kpis[index];
        if let Some(start) = self.stack.iter().position(|open| *open == index) {
            let names = self.stack[start..].iter().chain([&index]);
            let names: Vec<_> = names.map(|kpi| set.kpis[*kpi].name.as_str()).collect();
            let (name, path) = (&kpi.name, names.join(" -> "));
            let error = Error::new(
                ErrorKind::Cycle,
                format!(
                    "kpi \"{name}\": depends on itself, {path}; define one of them without the others"
                ),
            );
            // A cycle is told once, at its first KPI in the document.
            let kpi = self.stack[start..].iter().copied().min().unwrap_or(index);
            return Err(Fault { kpi, error: error.at_path("formula") });
        }
        self.stack.push(index);
        let scope = Scope { text: kpi.formula.text(), on_zero: kpi.on_zero(), kpi: index, frame };
        let compiled = self.node(kpi.formula.root(), &scope).map_err(|fault| match fault.kpi {
            at if at == index && fault.error.kind() != ErrorKind::Cycle => {
                let named = format!("kpi \"{}\"", kpi.name);
                Fault { error: fault.error.within(named).at_path("formula"), ..fault }
            }
            _ => fault,
        });
        self.stack.pop();
        let (step, unit) = compiled?;
        let result = match (unit, &kpi.unit) {
            (Some(derived), Some(declared)) => match derived.conversion_to(declared) {
                Some(factor) => (self.scaled(step, factor), declared.clone()),
                None => {
                    let (name, text) = (&kpi.name, scope.text);
                    let message = format!(
                        "kpi \"{name}\": declared unit {declared}, but \"{text}\" gives {derived}; declare {derived} or mend the formula"
                    );
                    let error = Error::new(ErrorKind::Unit, message).at_path("unit");
                    return Err(Fault { kpi: index, error });
                }
            },
            (derived, declared) => (step, derived.or(declared.clone()).unwrap_or(Unit::one())),
        };
        self.known.insert((index, frame), result.clone());
        Ok(result)
    }

    /// The step and unit of a part of a formula; no unit for a zero that fits any.
    fn node(&mut self, node: &Node, scope: &Scope<'_>) -> Result<(usize, Option<Unit>), Fault> {
        match &node.kind {
            Kind::Number(number, unit) => {
                let fits_any = number.is_zero() && unit.is_none();
                let unit = (!fits_any).then(|| unit.clone().unwrap_or(Unit::one()));
                Ok((self.push(Step::Number(number.clone())), unit))
            }
            Kind::Name(name) => self.name(node, name, scope),
            Kind::KpiName(name) => self.name(node, &format!("kpi.{name}"), scope),
            Kind::Negate(inner) => {
                let (step, unit) = self.node(inner, scope)?;
                Ok((self.push(Step::Negate(step)), unit))
            }
            Kind::Power(inner, exponent) => {
                let (step, unit) = self.node(inner, scope)?;
                let unit = unit.unwrap_or(Unit::one()).power(*exponent);
                let unit = unit.map_err(|error| scope.fault(error))?;
                Ok((self.push(Step::Power(step, *exponent, scope.on_zero)), Some(unit)))
            }
            Kind::Binary(operator, left, right) => {
                let (a, a_unit) = self.node(left, scope)?;
                let (b, b_unit) = self.node(right, scope)?;
                match operator {
                    Operator::Add | Operator::Subtract => {
                        let verb = if *operator == Operator::Add { "add" } else { "subtract" };
                        let (b, unit) = self.alike(node, scope, verb, a_unit, b, b_unit)?;
                        Ok((self.push(Step::Binary(*operator, a, b, scope.on_zero)), unit))
                    }
                    Operator::Multiply | Operator::Divide => {
                        let divides = *operator == Operator::Divide;
                        let combined = match (&a_unit, &b_unit) {
                            // Zero times or over anything is a zero that fits any unit.
                            (None, _) => None,
                            (_, None) if !divides => None,
                            (Some(a), b) => {
                                let b = b.clone().unwrap_or(Unit::one());
                                let combined = if divides { a.over(&b) } else { a.times(&b) };
                                Some(combined.map_err(|error| scope.fault(error))?)
                            }
                        };
                        let step = self.push(Step::Binary(*operator, a, b, scope.on_zero));
                        Ok(match combined {
                            Some((unit, factor)) => (self.scaled(step, factor), Some(unit)),
                            None => (step, None),
                        })
                    }
                }
            }
            Kind::Call(Function::Prior, arguments) => {
                let frame = scope.frame + 1;
                if frame >= MOST_FRAMES {
                    let what = format!("prior nested deeper than {}", MOST_FRAMES - 1);
                    let remedy = "compare with fewer periods back";
                    return Err(scope.refuse(ErrorKind::Capacity, node, &what, remedy));
                }
                let scope = Scope { frame, ..*scope };
                match arguments.first() {
                    Some(argument) => self.node(argument, &scope),
                    None => {
                        Err(scope.refuse(ErrorKind::Shape, node, "prior of nothing", "name what"))
                    }
                }
            }
            Kind::Call(function, arguments) => {
                let mut steps = Vec::with_capacity(arguments.len());
                let mut unit = None;
                for argument in arguments {
                    let (step, own) = self.node(argument, scope)?;
                    let verb = format!("take the {} of", function.name());
                    let (step, common) = self.alike(node, scope, &verb, unit, step, own)?;
                    unit = common;
                    steps.push(step);
                }
                Ok((self.push(Step::Call(*function, steps)), unit))
            }
        }
    }

    /// Brings `step` to the unit `left`, if it has one; the step and the common unit.
    fn alike(
        &mut self,
        node: &Node,
        scope: &Scope<'_>,
        verb: &str,
        left: Option<Unit>,
        step: usize,
        right: Option<Unit>,
    ) -> Result<(usize, Option<Unit>), Fault> {
        let (Some(left), Some(right)) = (&left, &right) else {
            return Ok((step, left.or(right)));
        };
        match right.conversion_to(left) {
            Some(factor) => Ok((self.scaled(step, factor), Some(left.clone()))),
            None => {
                let remedy = match left.is_money() && right.is_money() {
                    true => format!("multiply one by a rate measure in {left}/{right}"),
                    false => "only like units add up; a literal takes a unit as 12 [month/year]"
                        .to_owned(),
                };
                let what = format!("cannot {verb} {left} and {right}");
                Err(scope.refuse(ErrorKind::Unit, node, &what, &remedy))
            }
        }
    }

    fn name(
        &mut self,
        node: &Node,
        name: &str,
        scope: &Scope<'_>,
    ) -> Result<(usize, Option<Unit>), Fault> {
        match self.set.resolve(name) {
            Ok(Metric::Measure(index)) => {
                let unit = self.set.schema.measures()[index].unit.clone();
                Ok((self.input(index, scope.frame), Some(unit)))
            }
            Ok(Metric::Kpi(index)) => {
                let (step, unit) = self.kpi(index, scope.frame)?;
                Ok((step, Some(unit)))
            }
            Err(error) => {
                // The same remedy, with the place in the formula.
                let remedy =
                    error.message().split_once("; ").map_or("", |(_, remedy)| remedy).to_owned();
                let what = format!("unknown name \"{name}\"");
                Err(scope.refuse(ErrorKind::Unknown, node, &what, &remedy))
            }
        }
    }
}
