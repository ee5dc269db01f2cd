//! A KPI's own formula, with values given for what it names.

use super::definition::Kpi;
use super::program::{Program, Step};
use super::set::{KpiSet, Metric};
use crate::error::{Error, ErrorKind};
use crate::facts::{Measure, Schema};
use crate::formula::{Kind, Node};
use crate::number::{Reason, Value};

/// The formula of a KPI as a function of the metrics that it names, units and all.
pub(crate) struct Substitution {
    names: Vec<String>,
    program: Program,
}

impl KpiSet {
    /// The formula of a KPI with its names left open. Only for a set without problems.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Domain`] for a measure, which has no formula, and for a formula that reads
    /// other periods (what it names is there several times then) or converts to the reporting
    /// currency.
    pub(crate) fn substitution(&self, metric: &str) -> Result<Substitution, Error> {
        let Metric::Kpi(index) = self.resolve(metric)? else {
            let message = format!(
                "measure \"{metric}\" has no formula, and so no drivers; name a dimension for its segments"
            );
            return Err(Error::new(ErrorKind::Domain, message));
        };
        let kpi = &self.kpis()[index];
        let (name, text) = (&kpi.name, kpi.formula.text());
        if has(kpi.formula.root(), &|kind| matches!(kind, Kind::Over(..))) {
            let message = format!(
                "kpi \"{name}\" reads other periods in \"{text}\", and so has no drivers of one period; explain the KPIs that it compares"
            );
            return Err(Error::new(ErrorKind::Domain, message));
        }
        if has(kpi.formula.root(), &|kind| matches!(kind, Kind::Reported(_))) {
            let message = format!(
                "kpi \"{name}\" converts in \"{text}\", at rates that it does not name; write the rate measures as factors"
            );
            return Err(Error::new(ErrorKind::Domain, message));
        }
        let names = kpi.formula.names();
        // A measure for each name, and a KPI over one where the formula says `kpi.name`.
        let (mut measures, mut kpis) = (Vec::new(), vec![kpi.clone()]);
        kpis[0].name = unused("metric", &names);
        for (i, name) in names.iter().enumerate() {
            let unit = self.unit(name)?.clone();
            match name.strip_prefix("kpi.") {
                None => measures.push(Measure::flow(name, unit)),
                Some(bare) => {
                    let open = unused(&format!("driver_{i}"), &names);
                    kpis.push(Kpi::new(bare, open.parse()?).unit(unit.clone()));
                    measures.push(Measure::flow(open, unit));
                }
            }
        }
        let open = Self::new(Schema::new(Vec::<String>::new(), measures)?, kpis)?;
        let program = open.compile(&[Metric::Kpi(0)])?;
        Ok(Substitution { names, program })
    }
}

fn has(node: &Node, what: &dyn Fn(&Kind) -> bool) -> bool {
    what(&node.kind) || node.children().into_iter().any(|child| has(child, what))
}

/// A name that is none of `names`.
fn unused(stem: &str, names: &[String]) -> String {
    let mut name = format!("_{stem}");
    while names.iter().any(|known| known.strip_prefix("kpi.").unwrap_or(known) == name) {
        name.insert(0, '_');
    }
    name
}

impl Substitution {
    /// What the formula names, in order of first use.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The KPI, in its unit, for a value of each name in its unit.
    pub(crate) fn evaluate(&self, given: &[&Value]) -> Value {
        let missing = Value::Undefined(Reason::Missing);
        let mut values: Vec<Value> = Vec::with_capacity(self.program.steps.len());
        for step in &self.program.steps {
            let value = match step {
                Step::Input(input) => {
                    let (measure, _) = self.program.inputs[*input];
                    given.get(measure).map_or(missing.clone(), |value| (*value).clone())
                }
                step => step.value(|operand| values[operand].clone()).0,
            };
            values.push(value);
        }
        let output = self.program.outputs.first().and_then(|output| values.get(*output));
        output.cloned().unwrap_or(missing)
    }
}
