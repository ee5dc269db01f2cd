//! KPIs resolved against a schema: names and cycles, and units by a trial compilation.

use std::collections::{BTreeSet, HashMap};

use super::compile::{Compiler, MOST_FRAMES, refuse};
use super::context::{Context, KpiSetBuilder};
use super::definition::Kpi;
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::facts::{Measure, Schema, check_names};
use crate::formula::{Kind, Node, Window};
use crate::unit::{Display, Unit};

/// A set of KPIs over the measures of a schema, checked.
///
/// KPIs may use KPIs, in any order and to any depth. `prior`, `trailing` and other functions of
/// periods may stand inside each other up to seven deep, and one KPI may look at up to 64 periods for
/// each that is asked for, both counted through the KPIs that a formula uses.
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
///     "kpis[0].formula: kpi \"cpl\": unknown name \"lead\" at 8..12; did you mean \"leads\"?
///     spend / lead
///             ^^^^",
/// );
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct KpiSet {
    pub(super) schema: Schema,
    pub(super) context: Context,
    pub(super) kpis: Vec<Kpi>,
    by_name: HashMap<String, usize>,
    pub(super) units: Vec<Unit>,
    /// What each KPI's formula names.
    pub(super) references: Vec<Vec<Reference>>,
    /// The KPIs, each after those that it depends on.
    pub(super) order: Vec<usize>,
}

/// A KPI that a formula names.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) kpi: usize,
    /// The periods that stand around it, from the outermost.
    pub(super) path: Vec<Window>,
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
        Self::builder(schema).kpis(kpis).build()
    }

    /// Begins a set with baselines or a reporting currency.
    #[must_use]
    pub fn builder(schema: Schema) -> KpiSetBuilder {
        KpiSetBuilder::new(schema)
    }

    /// The set and its problems, at `kpis[i]`, `baselines[i]` and `reporting`.
    pub(crate) fn checked(schema: Schema, context: Context, kpis: Vec<Kpi>) -> (Self, Vec<Error>) {
        let mut problems = context.problems(&schema);
        check_names("kpis", kpis.iter().map(Kpi::name), &mut problems);
        let count = kpis.len();
        let mut by_name = HashMap::new();
        for (index, kpi) in kpis.iter().enumerate() {
            by_name.entry(kpi.name.clone()).or_insert(index);
        }
        let units = vec![Unit::one(); count];
        let mut set = Self {
            schema,
            context,
            kpis,
            by_name,
            units,
            references: Vec::new(),
            order: Vec::new(),
        };

        let mut found: Vec<Vec<Error>> = vec![Vec::new(); count];
        for (kpi, found) in set.kpis.iter().zip(&mut found) {
            let mut references = Vec::new();
            set.names(kpi.formula.root(), &mut |node, name, path| match set.resolve(name) {
                Ok(Metric::Measure(_)) => {}
                Ok(Metric::Kpi(kpi)) => references.push(Reference { kpi, path: path.to_vec() }),
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
        let mut depths = vec![0; count];
        let mut paths: Vec<BTreeSet<Vec<Window>>> = vec![BTreeSet::new(); count];
        for index in set.order.clone() {
            if !found[index].is_empty() || set.references[index].iter().any(|r| !sound[r.kpi]) {
                continue;
            }
            let root = set.kpis[index].formula.root();
            let below = set.references[index].iter().map(|r| r.path.len() + depths[r.kpi]).max();
            depths[index] = depth(root).max(below.unwrap_or(0));
            let mut compiler = Compiler::new(&set);
            compiler.depths = &depths;
            match compiler.kpi(index, 0) {
                Ok((_, unit)) => {
                    set.units[index] = unit;
                    sound[index] = true;
                }
                Err(error) => {
                    found[index].push(error);
                    continue;
                }
            }
            paths[index] = set.paths(root, &paths);
            if paths[index].len() > MOST_FRAMES {
                let what = format!("more than {MOST_FRAMES} periods for one that is asked for");
                let remedy = "compare with fewer periods";
                let error = refuse(&set.kpis[index], ErrorKind::Capacity, root, &what, remedy);
                found[index].push(error.at_path("formula"));
                sound[index] = false;
            }
        }
        let found = found.into_iter().enumerate().flat_map(|(index, errors)| {
            errors.into_iter().map(move |error| error.at_path(format!("kpis[{index}]")))
        });
        problems.extend(found);
        (set, problems)
    }

    /// Calls `visit` with every name in a formula, as it would be resolved, and with the periods that
    /// stand around it.
    pub(super) fn names(&self, node: &Node, visit: &mut dyn FnMut(&Node, &str, &[Window])) {
        fn walk(
            node: &Node,
            path: &mut Vec<Window>,
            visit: &mut dyn FnMut(&Node, &str, &[Window]),
        ) {
            match &node.kind {
                Kind::Name(name) => visit(node, name, path),
                Kind::KpiName(name) => visit(node, &format!("kpi.{name}"), path),
                Kind::Over(window, inner) => {
                    path.push(window.clone());
                    walk(inner, path, visit);
                    path.pop();
                }
                _ => node.children().iter().for_each(|child| walk(child, path, visit)),
            }
        }
        walk(node, &mut Vec::new(), visit);
    }

    /// The periods at which a formula looks at measures, through the KPIs that it names; a few more
    /// than there may be are enough.
    fn paths(&self, root: &Node, known: &[BTreeSet<Vec<Window>>]) -> BTreeSet<Vec<Window>> {
        let mut paths = BTreeSet::new();
        self.names(root, &mut |_, name, path| match self.resolve(name) {
            Ok(Metric::Kpi(kpi)) if paths.len() <= MOST_FRAMES => {
                let longer = known[kpi].iter().map(|below| [path, below.as_slice()].concat());
                paths.extend(longer);
            }
            _ => {
                paths.insert(path.to_vec());
            }
        });
        paths
    }

    pub(crate) fn context(&self) -> &Context {
        &self.context
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
}

/// How deep periods stand inside periods in a formula, whatever stands in them.
fn depth(node: &Node) -> usize {
    let deepest = node.children().into_iter().map(depth).max().unwrap_or(0);
    deepest + usize::from(matches!(node.kind, Kind::Over(..)))
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
