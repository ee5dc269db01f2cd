//! KPIs compiled into one program, with their units checked on the way.

use std::collections::{BTreeSet, HashMap};

use super::definition::{Kpi, OnZero};
use super::program::{Frame, Program, Step};
use super::set::{KpiSet, Metric, Reference};
use crate::error::{Error, ErrorKind, did_you_mean, nearest};
use crate::formula::{Function, Kind, Node, Operator, Window};
use crate::number::Rational;
use crate::unit::{Unit, time_names};

/// The deepest that periods may stand inside periods, through other KPIs too.
pub(super) const MOST_DEPTH: usize = 7;
/// The most periods that a KPI may look at for one that is asked for.
pub(super) const MOST_FRAMES: usize = 64;

impl KpiSet {
    /// Compiles metrics into one program; results in their order. Only for a set without problems.
    pub(crate) fn compile(&self, metrics: &[Metric]) -> Result<Program, Error> {
        Ok(self.compile_in(metrics, false)?.0)
    }

    /// The same with the units of the results, on request in the reporting currency.
    pub(super) fn compile_in(
        &self,
        metrics: &[Metric],
        reported: bool,
    ) -> Result<(Program, Vec<Unit>), Error> {
        let wanted = metrics.iter().filter_map(|metric| match metric {
            Metric::Kpi(kpi) => Some(Reference { kpi: *kpi, path: Vec::new() }),
            Metric::Measure(_) => None,
        });
        let mut compiler = Compiler::new(self);
        compiler.kpis(wanted)?;
        let mut units = Vec::with_capacity(metrics.len());
        for metric in metrics {
            let (step, unit) = match metric {
                Metric::Measure(index) => {
                    (compiler.input(*index, 0), self.schema.measures()[*index].unit.clone())
                }
                Metric::Kpi(index) => compiler.kpi(*index, 0)?,
            };
            let (step, unit) = match reported {
                true => compiler.converted(step, unit, 0)?,
                false => (step, unit),
            };
            compiler.program.outputs.push(step);
            units.push(unit);
        }
        Ok((compiler.program, units))
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
            self.names(part, &mut |_, name, path| {
                if let Ok(Metric::Kpi(kpi)) = self.resolve(name) {
                    wanted.push(Reference { kpi, path: path.to_vec() });
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

    fn too_deep(&self, node: &Node, what: &str, through: &str) -> Error {
        let what = format!("{what} nested deeper than {MOST_DEPTH}{through}");
        self.refuse(ErrorKind::Capacity, node, &what, "compare with fewer periods back")
    }

    /// An error of units, with the place.
    fn place(&self, error: Error, node: &Node) -> Error {
        self.refuse(error.kind(), node, "a unit past its limits", error.message())
    }
}

/// An error about a part of a KPI's formula.
pub(super) fn refuse(kpi: &Kpi, kind: ErrorKind, node: &Node, what: &str, remedy: &str) -> Error {
    let (start, end, text) = (node.span.start, node.span.end, kpi.formula.text());
    let message = format!("{what} at {start}..{end} in \"{text}\"; {remedy}");
    let error = Error::new(kind, message).in_text(text, node.span.clone());
    error.within(format!("kpi \"{}\"", kpi.name))
}

/// Turns formulas into steps, each KPI once a frame.
pub(super) struct Compiler<'a> {
    set: &'a KpiSet,
    program: Program,
    /// Steps of KPIs by index and frame.
    known: HashMap<(usize, usize), usize>,
    /// Frames by the one around them and their window.
    frames: HashMap<(usize, Window), usize>,
    /// Inputs by measure and frame.
    inputs: HashMap<(usize, usize), usize>,
    /// How deep periods stand inside periods in each KPI; not empty where KPIs are only checked, not
    /// compiled.
    pub(super) depths: &'a [usize],
}

impl<'a> Compiler<'a> {
    pub(super) fn new(set: &'a KpiSet) -> Self {
        Self {
            set,
            program: Program::default(),
            known: HashMap::new(),
            frames: HashMap::new(),
            inputs: HashMap::new(),
            depths: &[],
        }
    }

    /// The frame of a window over another frame.
    fn frame(&mut self, parent: usize, window: &Window) -> usize {
        let frames = &mut self.program.frames;
        *self.frames.entry((parent, window.clone())).or_insert_with(|| {
            // The first is the period asked for, which no window made.
            let depth = 1 + parent.checked_sub(1).map_or(0, |parent| frames[parent].depth);
            frames.push(Frame { parent, window: window.clone(), depth });
            frames.len()
        })
    }

    /// How many windows a frame has.
    fn depth(&self, frame: usize) -> usize {
        frame.checked_sub(1).map_or(0, |frame| self.program.frames[frame].depth)
    }

    fn push(&mut self, step: Step) -> usize {
        self.program.steps.push(step);
        self.program.steps.len() - 1
    }

    fn input(&mut self, measure: usize, frame: usize) -> usize {
        let inputs = &mut self.program.inputs;
        let input = *self.inputs.entry((measure, frame)).or_insert_with(|| {
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
        // The frames in which each KPI is needed.
        let mut needed: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); set.kpis.len()];
        for reference in wanted {
            let frame = self.path(0, &reference.path);
            needed[reference.kpi].insert(frame);
        }
        for index in set.order.iter().rev() {
            for reference in &set.references[*index] {
                for frame in needed[*index].clone() {
                    let frame = self.path(frame, &reference.path);
                    needed[reference.kpi].insert(frame);
                }
            }
        }
        for index in &set.order {
            for frame in std::mem::take(&mut needed[*index]) {
                self.kpi(*index, frame)?;
            }
        }
        Ok(())
    }

    fn path(&mut self, frame: usize, path: &[Window]) -> usize {
        path.iter().fold(frame, |frame, window| self.frame(frame, window))
    }

    /// The step and unit of a KPI in a frame; the KPIs that it names are known.
    pub(super) fn kpi(&mut self, index: usize, frame: usize) -> Result<(usize, Unit), Error> {
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
                    let misspelt = self.misspelt([&derived, declared]);
                    let remedy = misspelt
                        .unwrap_or_else(|| format!("declare {derived} or mend the formula"));
                    let message = format!(
                        "kpi \"{name}\": declared unit {declared}, but \"{text}\" gives {derived}; {remedy}"
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
            Kind::Over(window, inner) => {
                if self.depth(scope.frame) >= MOST_DEPTH {
                    return Err(scope.too_deep(node, window.name(), ""));
                }
                if let Window::Baseline(name) = window {
                    self.check_baseline(node, name, scope)?;
                }
                let frame = self.frame(scope.frame, window);
                self.node(inner, &Scope { frame, ..*scope })
            }
            Kind::Reported(inner) => self.reported(node, inner, scope),
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
                let misspelt = self.misspelt([left, right]);
                let remedy =
                    misspelt.unwrap_or_else(|| match left.is_money() && right.is_money() {
                        true => format!("multiply one by a rate measure in {left}/{right}"),
                        false => {
                            "only like units add up; a literal takes a unit as 12 [month/year]"
                                .to_owned()
                        }
                    });
                let what = format!("cannot {verb} {left} and {right}");
                Err(scope.refuse(ErrorKind::Unit, node, &what, &remedy))
            }
        }
    }

    /// What to say where units hold a counted thing that no measure counts, and that reads like one
    /// that a measure counts or like a unit of time: only a literal can have brought it.
    fn misspelt(&self, units: [&Unit; 2]) -> Option<String> {
        let is_word = |base: &str| base.starts_with(|c: char| c.is_ascii_lowercase());
        let mut known: Vec<&str> = time_names().collect();
        for measure in self.set.schema.measures() {
            known.extend(measure.unit.bases().map(|(base, _)| base).filter(|base| is_word(base)));
        }
        units.into_iter().flat_map(Unit::bases).find_map(|(word, _)| {
            let unknown = is_word(word) && !known.contains(&word);
            let near = nearest(word, known.iter().copied()).filter(|_| unknown)?;
            Some(format!("no measure is in \"{word}\", did you mean \"{near}\"?"))
        })
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
            Metric::Kpi(index) => match self.depths.get(index) {
                None => self.kpi(index, scope.frame).map(|(step, unit)| (step, Some(unit))),
                Some(further) if self.depth(scope.frame) + further > MOST_DEPTH => {
                    let through = format!(", through kpi \"{}\"", set.kpis[index].name);
                    Err(scope.too_deep(node, "periods", &through))
                }
                // Where it is only checked, the unit is all that matters.
                Some(_) => {
                    Ok((self.push(Step::Number(Rational::ZERO)), Some(set.units[index].clone())))
                }
            },
        }
    }

    fn check_baseline(&self, node: &Node, name: &str, scope: &Scope<'_>) -> Result<(), Error> {
        let baselines = &self.set.context.baselines;
        if baselines.iter().any(|(known, _)| known == name) {
            return Ok(());
        }
        let remedy = match baselines.is_empty() {
            true => "none is declared, so give the name a period".to_owned(),
            false => did_you_mean(name, baselines.iter().map(|(known, _)| known.as_str())),
        };
        let what = format!("unknown baseline \"{name}\"");
        Err(scope.refuse(ErrorKind::Unknown, node, &what, &remedy))
    }

    /// A part in the reporting currency.
    fn reported(
        &mut self,
        node: &Node,
        inner: &Node,
        scope: &Scope<'_>,
    ) -> Result<(usize, Option<Unit>), Error> {
        let (step, unit) = self.node(inner, scope)?;
        // A zero that fits any unit is zero in any currency, where there is one.
        let converted = self.converted(step, unit.clone().unwrap_or(Unit::one()), scope.frame);
        match converted {
            Ok((step, own)) => Ok((step, unit.map(|_| own))),
            Err(error) => {
                let (what, remedy) = error.message().split_once("; ").unwrap_or(("", ""));
                Err(scope.refuse(error.kind(), node, what, remedy))
            }
        }
    }

    /// A step in the reporting currency: times the rate of each currency that its unit holds, to
    /// the power that the unit holds it in.
    fn converted(
        &mut self,
        mut step: usize,
        mut unit: Unit,
        frame: usize,
    ) -> Result<(usize, Unit), Error> {
        let set = self.set;
        for (rate, exponent) in set.context.rates(&unit)? {
            let Some(index) = set.schema.measure_index(rate) else { continue };
            let on_zero = OnZero::Inconsistent;
            let rate = self.input(index, frame);
            let factor = match exponent {
                1 => rate,
                _ => self.push(Step::Power(rate, exponent, on_zero)),
            };
            step = self.push(Step::Binary(Operator::Multiply, step, factor, on_zero));
            let power = set.schema.measures()[index].unit.power(exponent)?;
            unit = unit.times(&power)?.0;
        }
        Ok((step, unit))
    }
}
