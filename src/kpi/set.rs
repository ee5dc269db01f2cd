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
/// KPIs may use KPIs, in any order and to any depth. `prior` may stand inside `prior` up to seven
/// deep, counted through the KPIs that a formula uses.
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
    by_name: HashMap<String, usize>,
    units: Vec<Unit>,
    /// What each KPI's formula names.
    references: Vec<Vec<Reference>>,
    /// The KPIs, each after those that it depends on.
    order: Vec<usize>,
}

/// A KPI that a formula names.
#[derive(Debug, Clone, Copy)]
struct Reference {
    kpi: usize,
    /// How many `prior` stand around it.
    frame: usize,
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
        let count = kpis.len();
        let mut by_name = HashMap::new();
        for (index, kpi) in kpis.iter().enumerate() {
            by_name.entry(kpi.name.clone()).or_insert(index);
        }
        let units = vec![Unit::one(); count];
        let mut set =
            Self { schema, kpis, by_name, units, references: Vec::new(), order: Vec::new() };

        let mut found: Vec<Vec<Error>> = vec![Vec::new(); count];
        for (kpi, found) in set.kpis.iter().zip(&mut found) {
            let mut references = Vec::new();
            set.names(kpi.formula.root(), 0, &mut |node, name, frame| match set.resolve(name) {
                Ok(Metric::Measure(_)) => {}
                Ok(Metric::Kpi(kpi)) => references.push(Reference { kpi, frame }),
                Err(error) => {
                    // The same remedy, with the place in the formula.
                    let remedy = error.message().split_once("; ").map_or("", |(_, remedy)| remedy);
                    let what = format!("unknown name \"{name}\"");
                    let error = refuse(kpi, ErrorKind::Unknown, node, &what, remedy);
                    found.push(error.at_path("formula"));
                }
            });
            set.references.push(references);
        }
        let (order, cycles) = sorted(&set.references);
        set.order = order;
        for cycle in cycles {
            // A cycle is told once, at its first KPI in the document.
            let start = (0..cycle.len()).min_by_key(|i| cycle[*i]).unwrap_or(0);
            let members = cycle.iter().cycle().skip(start).take(cycle.len() + 1);
            let names: Vec<_> = members.map(|kpi| set.kpis[*kpi].name.as_str()).collect();
            let path = match names.len() > 13 {
                true => format!("{} -> ... -> {}", names[..12].join(" -> "), names[0]),
                false => names.join(" -> "),
            };
            let message =
                format!("depends on itself, {path}; define one of them without the others");
            let index = cycle[start];
            let named = format!("kpi \"{}\"", set.kpis[index].name);
            let error = Error::new(ErrorKind::Cycle, message).within(named).at_path("formula");
            found[index].push(error);
        }

        // Units, where everything below is right; what is wrong there is told there, once. A cycle
        // leaves a KPI before one that it depends on, and so neither is sound.
        let mut sound = vec![false; count];
        let mut frames = vec![0; count];
        for index in set.order.clone() {
            if !found[index].is_empty() || set.references[index].iter().any(|r| !sound[r.kpi]) {
                continue;
            }
            frames[index] =
                set.references[index].iter().map(|r| r.frame + frames[r.kpi]).max().unwrap_or(0);
            let mut compiler = Compiler::new(&set);
            compiler.frames = &frames;
            match compiler.kpi(index, 0) {
                Ok((_, unit)) => {
                    set.units[index] = unit;
                    sound[index] = true;
                }
                Err(error) => found[index].push(error),
            }
        }
        let found = found.into_iter().enumerate().flat_map(|(index, errors)| {
            errors.into_iter().map(move |error| error.at_path(format!("kpis[{index}]")))
        });
        problems.extend(found);
        (set, problems)
    }

    /// Calls `visit` with every name in a formula, as it would be resolved, and with how many
    /// `prior` stand around it.
    fn names(&self, node: &Node, frame: usize, visit: &mut dyn FnMut(&Node, &str, usize)) {
        match &node.kind {
            Kind::Number(..) => {}
            Kind::Name(name) => visit(node, name, frame),
            Kind::KpiName(name) => visit(node, &format!("kpi.{name}"), frame),
            Kind::Negate(inner) | Kind::Power(inner, _) => self.names(inner, frame, visit),
            Kind::Binary(_, left, right) => {
                self.names(left, frame, visit);
                self.names(right, frame, visit);
            }
            Kind::Call(function, arguments) => {
                let frame = frame + usize::from(*function == Function::Prior);
                arguments.iter().for_each(|argument| self.names(argument, frame, visit));
            }
        }
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
        let kpi = |name: &str| self.by_name.get(name).copied();
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

    /// Compiles metrics into one program; results in their order. Only for a set without problems.
    pub(crate) fn compile(&self, metrics: &[Metric]) -> Result<Program, Error> {
        let wanted = metrics.iter().filter_map(|metric| match metric {
            Metric::Kpi(kpi) => Some(Reference { kpi: *kpi, frame: 0 }),
            Metric::Measure(_) => None,
        });
        let mut compiler = Compiler::new(self);
        compiler.kpis(wanted)?;
        for metric in metrics {
            let step = match metric {
                Metric::Measure(index) => compiler.input(*index, 0),
                Metric::Kpi(index) => compiler.kpi(*index, 0)?.0,
            };
            compiler.program.outputs.push(step);
        }
        Ok(compiler.program)
    }

    /// A KPI and all that it depends on, each after those that it names.
    pub(super) fn below(&self, index: usize) -> Vec<usize> {
        let mut needed = vec![false; self.kpis.len()];
        needed[index] = true;
        for kpi in self.order.iter().rev() {
            if needed[*kpi] {
                self.references[*kpi].iter().for_each(|reference| needed[reference.kpi] = true);
            }
        }
        self.order.iter().copied().filter(|kpi| needed[*kpi]).collect()
    }

    /// Compiles numerator and denominator of a ratio so that their quotient is the metric in its
    /// unit.
    pub(crate) fn compile_ratio(
        &self,
        metric: Metric,
        numerator: &Node,
        denominator: &Node,
    ) -> Result<Program, Error> {
        let mut wanted = Vec::new();
        for part in [numerator, denominator] {
            self.names(part, 0, &mut |_, name, frame| {
                if let Ok(Metric::Kpi(kpi)) = self.resolve(name) {
                    wanted.push(Reference { kpi, frame });
                }
            });
        }
        let mut compiler = Compiler::new(self);
        compiler.kpis(wanted)?;
        let scope = Scope { kpi: None, on_zero: OnZero::Inconsistent, frame: 0 };
        let (n, n_unit) = compiler.node(numerator, &scope)?;
        let (d, d_unit) = compiler.node(denominator, &scope)?;
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

/// KPIs in an order in which each comes after those that it names, and the cycles that make it
/// impossible for some. Without recursion, so that a chain may be of any length.
fn sorted(references: &[Vec<Reference>]) -> (Vec<usize>, Vec<Vec<usize>>) {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; references.len()];
    let mut told = vec![false; references.len()];
    let (mut order, mut cycles) = (Vec::new(), Vec::new());
    for root in 0..references.len() {
        if marks[root] != Mark::New {
            continue;
        }
        marks[root] = Mark::Open;
        // KPIs being followed, outermost first, each with what it names and was not followed yet.
        let mut open = vec![(root, references[root].as_slice())];
        while let Some((kpi, left)) = open.last_mut() {
            let Some((next, rest)) = left.split_first() else {
                marks[*kpi] = Mark::Done;
                order.push(*kpi);
                open.pop();
                continue;
            };
            *left = rest;
            match marks[next.kpi] {
                Mark::New => {
                    marks[next.kpi] = Mark::Open;
                    open.push((next.kpi, references[next.kpi].as_slice()));
                }
                // A second cycle through the same KPI may go with the first.
                Mark::Open if !told[next.kpi] && !told[*kpi] => {
                    let path = open.iter().map(|(kpi, _)| *kpi);
                    let cycle: Vec<_> = path.skip_while(|kpi| *kpi != next.kpi).collect();
                    cycle.iter().for_each(|kpi| told[*kpi] = true);
                    cycles.push(cycle);
                }
                Mark::Open | Mark::Done => {}
            }
        }
    }
    (order, cycles)
}

/// Where a part of a formula stands.
#[derive(Clone, Copy)]
struct Scope<'a> {
    /// The KPI whose formula it is; `None` for a part that is known to be right.
    kpi: Option<&'a Kpi>,
    on_zero: OnZero,
    frame: usize,
}

impl Scope<'_> {
    /// An error about a part of the text.
    fn refuse(&self, kind: ErrorKind, node: &Node, what: &str, remedy: &str) -> Error {
        match self.kpi {
            Some(kpi) => refuse(kpi, kind, node, what, remedy),
            None => Error::new(kind, format!("{what}; {remedy}")),
        }
    }

    fn too_deep(&self, node: &Node, through: &str) -> Error {
        let what = format!("prior nested deeper than {}{through}", MOST_FRAMES - 1);
        self.refuse(ErrorKind::Capacity, node, &what, "compare with fewer periods back")
    }

    /// An error of units, with the place.
    fn place(&self, error: Error, node: &Node) -> Error {
        self.refuse(error.kind(), node, "a unit past its limits", error.message())
    }
}

/// An error about a part of a KPI's formula.
fn refuse(kpi: &Kpi, kind: ErrorKind, node: &Node, what: &str, remedy: &str) -> Error {
    let (start, end, text) = (node.span.start, node.span.end, kpi.formula.text());
    let message = format!("{what} at {start}..{end} in \"{text}\"; {remedy}");
    Error::new(kind, message).at_span(node.span.clone()).within(format!("kpi \"{}\"", kpi.name))
}

struct Compiler<'a> {
    set: &'a KpiSet,
    program: Program,
    /// Steps of KPIs by index and frame.
    known: HashMap<(usize, usize), usize>,
    /// How many frames back each KPI reads; not empty where KPIs are only checked, not compiled.
    frames: &'a [usize],
}

impl<'a> Compiler<'a> {
    fn new(set: &'a KpiSet) -> Self {
        Self { set, program: Program::default(), known: HashMap::new(), frames: &[] }
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

    /// Compiles KPIs and all that they depend on, from the bottom up.
    fn kpis(&mut self, wanted: impl IntoIterator<Item = Reference>) -> Result<(), Error> {
        let set = self.set;
        // A bit for each frame in which a KPI is needed.
        let mut needed = vec![0_u32; set.kpis.len()];
        for reference in wanted {
            needed[reference.kpi] |= 1 << reference.frame;
        }
        for index in set.order.iter().rev() {
            for reference in &set.references[*index] {
                needed[reference.kpi] |= needed[*index] << reference.frame;
            }
        }
        for index in &set.order {
            for frame in (0..MOST_FRAMES).filter(|frame| needed[*index] >> frame & 1 == 1) {
                self.kpi(*index, frame)?;
            }
        }
        Ok(())
    }

    /// The step and unit of a KPI in a frame; the KPIs that it names are known.
    fn kpi(&mut self, index: usize, frame: usize) -> Result<(usize, Unit), Error> {
        let set = self.set;
        if let Some(step) = self.known.get(&(index, frame)) {
            return Ok((*step, set.units[index].clone()));
        }
        let kpi = &set.kpis[index];
        let scope = Scope { kpi: Some(kpi), on_zero: kpi.on_zero(), frame };
        let compiled = self.node(kpi.formula.root(), &scope);
        let (step, unit) = compiled.map_err(|error| error.at_path("formula"))?;
        let (step, unit) = match (unit, &kpi.unit) {
            (Some(derived), Some(declared)) => match derived.conversion_to(declared) {
                Some(factor) => (self.scaled(step, factor), declared.clone()),
                None => {
                    let (name, text) = (&kpi.name, kpi.formula.text());
                    let message = format!(
                        "kpi \"{name}\": declared unit {declared}, but \"{text}\" gives {derived}; declare {derived} or mend the formula"
                    );
                    return Err(Error::new(ErrorKind::Unit, message).at_path("unit"));
                }
            },
            (derived, declared) => (step, derived.or(declared.clone()).unwrap_or(Unit::one())),
        };
        self.known.insert((index, frame), step);
        Ok((step, unit))
    }

    /// The step and unit of a part of a formula; no unit for a zero that fits any.
    fn node(&mut self, node: &Node, scope: &Scope<'_>) -> Result<(usize, Option<Unit>), Error> {
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
                let unit = unit.map_err(|error| scope.place(error, node))?;
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
                                Some(combined.map_err(|error| scope.place(error, node))?)
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
                    return Err(scope.too_deep(node, ""));
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
                    let verb = match function {
                        Function::IfUndefined => "choose between".to_owned(),
                        _ => format!("take the {} of", function.name()),
                    };
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
    ) -> Result<(usize, Option<Unit>), Error> {
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
    ) -> Result<(usize, Option<Unit>), Error> {
        let set = self.set;
        match set.resolve(name)? {
            Metric::Measure(index) => {
                let unit = set.schema.measures()[index].unit.clone();
                Ok((self.input(index, scope.frame), Some(unit)))
            }
            Metric::Kpi(index) => match self.frames.get(index) {
                None => self.kpi(index, scope.frame).map(|(step, unit)| (step, Some(unit))),
                Some(further) if scope.frame + further >= MOST_FRAMES => {
                    let through = format!(", through kpi \"{}\"", set.kpis[index].name);
                    Err(scope.too_deep(node, &through))
                }
                // Where it is only checked, the unit is all that matters.
                Some(_) => {
                    Ok((self.push(Step::Number(Rational::ZERO)), Some(set.units[index].clone())))
                }
            },
        }
    }
}
