//! The model and its builder.

use std::collections::HashMap;

use super::agreement::AgreementDefinition;
use super::report::CascadeReport;
use crate::calendar::{Calendar, Period};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::explain::Explain;
use crate::factor::Factor;
use crate::facts::Schema;
use crate::funnel::FunnelDefinition;
use crate::kpi::{Context, Kpi, KpiSet, Query, Reporting};
use crate::number::{Rational, Rounding};
use crate::scorecard::{Known, Scorecard};
use crate::target::cascade::CascadeDefinition;
use crate::target::{Earlier, PlanDefinition, Target};
use crate::unit::{Display, Style};

/// Measures, KPIs, queries, funnels and targets, checked against each other.
///
/// ```
/// use yardstick::{Column, Date, Display, Facts, Measure, Model, Query, Rounding, Schema};
///
/// let schema = Schema::new(
///     Vec::<String>::new(),
///     [Measure::flow("revenue", "EUR".parse()?), Measure::flow("orders", "order".parse()?)],
/// )?;
/// let model = Model::builder("shop", schema, Display::plain(Rounding::half_expand(2)))
///     .kpi(yardstick::Kpi::new("aov", "revenue / orders".parse()?))
///     .query("values", Query::of(["aov"]))
///     .build()?;
/// let day = Date::new(2011, 12, 7)?;
/// let facts = Facts::builder(model.schema())
///     .dates(&[day])
///     .measure("revenue", Column::scaled(&[100_00], 2))
///     .measure("orders", Column::integers(&[3]))
///     .build()?;
/// let report = model.evaluate(&facts, day)?;
/// let table = &report.query("values")?.table;
/// assert_eq!(table.columns[0].values[0].to_string(), "100/3");
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Model {
    pub(super) name: String,
    pub(super) calendar: Calendar,
    pub(super) display: Display,
    pub(super) kpis: KpiSet,
    pub(super) queries: Vec<(String, Query)>,
    pub(super) funnels: Vec<FunnelDefinition>,
    pub(super) factors: Vec<Factor>,
    pub(super) explanations: Vec<(String, Explain)>,
    pub(super) targets: Vec<Target>,
    pub(super) agreements: Vec<AgreementDefinition>,
    pub(super) scorecards: Vec<Scorecard>,
    pub(super) plans: Vec<PlanDefinition>,
    pub(super) cascades: Vec<CascadeReport>,
}

/// Collects the parts of a [`Model`].
#[derive(Debug, Clone)]
pub struct ModelBuilder {
    name: String,
    calendar: Calendar,
    schema: Schema,
    display: Display,
    context: Context,
    kpis: Vec<Kpi>,
    queries: Vec<(String, Query)>,
    funnels: Vec<FunnelDefinition>,
    factors: Vec<Factor>,
    explanations: Vec<(String, Explain)>,
    targets: Vec<Target>,
    agreements: Vec<AgreementDefinition>,
    scorecards: Vec<Scorecard>,
    plans: Vec<PlanDefinition>,
    cascades: Vec<CascadeDefinition>,
}

impl ModelBuilder {
    /// The same with another calendar.
    #[must_use]
    pub fn calendar(self, calendar: Calendar) -> Self {
        Self { calendar, ..self }
    }

    /// One more KPI.
    #[must_use]
    pub fn kpi(mut self, kpi: Kpi) -> Self {
        self.kpis.push(kpi);
        self
    }

    /// A period with a name; see [`KpiSetBuilder::baseline`](crate::kpi::KpiSetBuilder::baseline).
    #[must_use]
    pub fn baseline(mut self, name: impl Into<String>, period: Period) -> Self {
        self.context.baselines.push((name.into(), period));
        self
    }

    /// The reporting currency and its rates; see [`KpiSetBuilder::reporting`](crate::kpi::KpiSetBuilder::reporting).
    #[must_use]
    pub fn reporting<C: Into<String>, M: Into<String>>(
        mut self,
        currency: impl Into<String>,
        rates: impl IntoIterator<Item = (C, M)>,
    ) -> Self {
        self.context.reporting = Some(Reporting::new(currency, rates));
        self
    }

    /// One more query, with its title.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, query: Query) -> Self {
        self.queries.push((name.into(), query));
        self
    }

    /// One more funnel.
    #[must_use]
    pub fn funnel(mut self, funnel: FunnelDefinition) -> Self {
        self.funnels.push(funnel);
        self
    }

    /// One more key success factor.
    #[must_use]
    pub fn factor(mut self, factor: Factor) -> Self {
        self.factors.push(factor);
        self
    }

    /// One more question why a metric moved, with its title.
    #[must_use]
    pub fn explanation(mut self, name: impl Into<String>, explain: Explain) -> Self {
        self.explanations.push((name.into(), explain));
        self
    }

    /// One more target.
    #[must_use]
    pub fn target(mut self, target: Target) -> Self {
        self.targets.push(target);
        self
    }

    /// One more scorecard of targets of the model.
    #[must_use]
    pub fn scorecard(mut self, scorecard: Scorecard) -> Self {
        self.scorecards.push(scorecard);
        self
    }

    /// One more agreement between marketing and sales about targets of the model.
    #[must_use]
    pub fn agreement(mut self, agreement: AgreementDefinition) -> Self {
        self.agreements.push(agreement);
        self
    }

    /// One more plan, for a funnel of the model.
    #[must_use]
    pub fn plan(mut self, plan: PlanDefinition) -> Self {
        self.plans.push(plan);
        self
    }

    /// One more cascade. It looks at no facts, so it is made with the model.
    #[must_use]
    pub fn cascade(mut self, cascade: CascadeDefinition) -> Self {
        self.cascades.push(cascade);
        self
    }

    /// The model.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with everything that is wrong, each with its path as in a document.
    pub fn build(self) -> Result<Model, Error> {
        let (model, problems) = self.checked();
        match Error::all("model", problems) {
            Some(error) => Err(error),
            None => Ok(model),
        }
    }

    /// The model and its problems.
    pub(super) fn checked(self) -> (Model, Vec<Error>) {
        let mut problems = self.schema.problems();
        let (kpis, more) = KpiSet::checked(self.schema, self.context, self.kpis);
        problems.extend(more);
        let are_sound = problems.is_empty();
        problems.extend(check_displays(&kpis));
        check_titles("queries", self.queries.iter().map(|(name, _)| name), &mut problems);
        for (i, (_, query)) in self.queries.iter().enumerate() {
            let found = query.problems(&kpis).into_iter();
            problems.extend(found.map(|error| error.at_path(format!("queries[{i}]"))));
        }
        check_titles("funnels", self.funnels.iter().map(|funnel| &funnel.name), &mut problems);
        for (i, funnel) in self.funnels.iter().enumerate() {
            let found = funnel.problems(kpis.schema()).into_iter();
            problems.extend(found.map(|error| error.at_path(format!("funnels[{i}]"))));
        }
        check_titles("factors", self.factors.iter().map(|factor| &factor.name), &mut problems);
        for (i, factor) in self.factors.iter().enumerate() {
            let found = factor.problems(&kpis).into_iter();
            problems.extend(found.map(|error| error.at_path(format!("factors[{i}]"))));
        }
        let titles = self.explanations.iter().map(|(name, _)| name);
        check_titles("explanations", titles, &mut problems);
        for (i, (_, explain)) in self.explanations.iter().enumerate() {
            // Whether a metric can be explained is said by formulas, which have to be right.
            let found = if are_sound { explain.problems(&kpis) } else { Vec::new() };
            let place = |error: Error| error.at_path(format!("explanations[{i}]"));
            problems.extend(found.into_iter().map(place));
        }
        check_titles("targets", self.targets.iter().map(|target| &target.name), &mut problems);
        let mut earlier = Earlier::default();
        for (i, target) in self.targets.iter().enumerate() {
            let mut found = target.problems(&kpis, &earlier, are_sound);
            found.extend(unknown_factor(target, &self.factors));
            let place = |error: Error| error.at_path(format!("targets[{i}]"));
            problems.extend(found.into_iter().map(place));
            earlier.add(target);
        }
        check_titles("plans", self.plans.iter().map(|plan| &plan.name), &mut problems);
        for (i, plan) in self.plans.iter().enumerate() {
            let found = plan.problems(kpis.schema(), &self.funnels, &self.targets).into_iter();
            problems.extend(found.map(|error| error.at_path(format!("plans[{i}]"))));
        }
        check_titles("cascades", self.cascades.iter().map(|cascade| &cascade.name), &mut problems);
        let mut cascades = Vec::new();
        for (i, cascade) in self.cascades.into_iter().enumerate() {
            let cascade = match limit_of_target(&cascade, &self.targets) {
                Ok(None) => cascade,
                Ok(Some(limit)) => cascade.with_total(limit.clone()),
                Err(error) => {
                    problems.push(error.at_path(format!("cascades[{i}]")));
                    continue;
                }
            };
            match cascade.run() {
                Ok(handed) => cascades.push(CascadeReport::new(cascade, handed, self.display)),
                Err(error) => {
                    // Of the tree there may be several.
                    let found = match error.problems() {
                        [] => vec![error],
                        found => found.to_vec(),
                    };
                    let place = |error: Error| error.at_path(format!("cascades[{i}]"));
                    problems.extend(found.into_iter().map(place));
                }
            }
        }
        let titles = self.agreements.iter().map(|agreement| &agreement.name);
        check_titles("agreements", titles, &mut problems);
        let targets: HashMap<&str, &Target> =
            self.targets.iter().map(|target| (target.name(), target)).collect();
        for (i, agreement) in self.agreements.iter().enumerate() {
            let found = agreement.problems(&self.targets, &targets).into_iter();
            problems.extend(found.map(|error| error.at_path(format!("agreements[{i}]"))));
        }
        let titles = self.scorecards.iter().map(|scorecard| &scorecard.name);
        check_titles("scorecards", titles, &mut problems);
        let known = Known::targets(&self.targets);
        for (i, scorecard) in self.scorecards.iter().enumerate() {
            let found = scorecard.problems(&known).into_iter();
            problems.extend(found.map(|error| error.at_path(format!("scorecards[{i}]"))));
        }
        let model = Model {
            name: self.name,
            calendar: self.calendar,
            display: self.display,
            kpis,
            queries: self.queries,
            funnels: self.funnels,
            factors: self.factors,
            explanations: self.explanations,
            targets: self.targets,
            agreements: self.agreements,
            scorecards: self.scorecards,
            plans: self.plans,
            cascades,
        };
        (model, problems)
    }
}

/// The number that a cascade hands down, where it is the limit of a target.
fn limit_of_target<'a>(
    cascade: &CascadeDefinition,
    targets: &'a [Target],
) -> Result<Option<&'a Rational>, Error> {
    let Some(name) = &cascade.target else { return Ok(None) };
    let refuse = |kind, message: String| Error::new(kind, message).at_path(cascade.total_field());
    let target = targets.iter().find(|target| target.name == *name).ok_or_else(|| {
        let remedy = match targets.is_empty() {
            true => "the model has none".to_owned(),
            false => did_you_mean(name, targets.iter().map(|target| target.name.as_str())),
        };
        refuse(ErrorKind::Unknown, format!("unknown target \"{name}\"; {remedy}"))
    })?;
    target.fixed_limit().map(Some).ok_or_else(|| {
        let message = format!(
            "target \"{name}\" is a range, or a change that only facts can tell; give a number, or a target with one limit that is a number"
        );
        refuse(ErrorKind::Domain, message)
    })
}

/// A factor that a target serves, and that is not there.
fn unknown_factor(target: &Target, factors: &[Factor]) -> Option<Error> {
    let name = target.factor.as_ref()?;
    if factors.iter().any(|factor| factor.name == *name) {
        return None;
    }
    let remedy = match factors.is_empty() {
        true => "the model has none".to_owned(),
        false => did_you_mean(name, factors.iter().map(|factor| factor.name.as_str())),
    };
    let message = format!("unknown factor \"{name}\"; {remedy}");
    Some(Error::new(ErrorKind::Unknown, message).at_path("factor"))
}

/// Titles are any text, once each.
fn check_titles<'a>(
    list: &str,
    titles: impl Iterator<Item = &'a String>,
    problems: &mut Vec<Error>,
) {
    let mut seen: HashMap<&String, usize> = HashMap::new();
    for (i, title) in titles.enumerate() {
        let path = format!("{list}[{i}].name");
        if title.trim().is_empty() {
            let error = Error::new(ErrorKind::Missing, "an empty name; give it one");
            problems.push(error.at_path(&path));
        }
        let first = *seen.entry(title).or_insert(i);
        if first != i {
            let message = format!(
                "\"{title}\" is there twice, first at {list}[{first}]; rename or remove one"
            );
            problems.push(Error::new(ErrorKind::Duplicate, message).at_path(&path));
        }
    }
}

/// A percentage of money or time is a mistake; a rate of counts is not.
fn check_displays(kpis: &KpiSet) -> Vec<Error> {
    let mut problems = Vec::new();
    for (i, kpi) in kpis.kpis().iter().enumerate() {
        let name = format!("kpi.{}", kpi.name());
        let style = kpi.display.map(|display| display.style());
        let (Some(Style::Percent | Style::PerMille), Ok(unit)) = (style, kpis.unit(&name)) else {
            continue;
        };
        if unit.currencies().next().is_some() {
            let message = format!(
                "kpi \"{}\" is in {unit}, which is not shown as a percentage; show it plain",
                kpi.name()
            );
            let error = Error::new(ErrorKind::Unit, message);
            problems.push(error.at_path(format!("kpis[{i}].display.as")));
        }
    }
    problems
}

impl Model {
    /// Begins a model. `display` is how numbers are shown that say nothing else; there is no default
    /// rounding.
    #[must_use]
    pub fn builder(name: impl Into<String>, schema: Schema, display: Display) -> ModelBuilder {
        ModelBuilder {
            name: name.into(),
            calendar: Calendar::default(),
            schema,
            display,
            context: Context::default(),
            kpis: Vec::new(),
            queries: Vec::new(),
            funnels: Vec::new(),
            factors: Vec::new(),
            explanations: Vec::new(),
            targets: Vec::new(),
            agreements: Vec::new(),
            scorecards: Vec::new(),
            plans: Vec::new(),
            cascades: Vec::new(),
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The dimensions and measures that facts must have.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        self.kpis.schema()
    }

    /// The KPIs.
    #[must_use]
    pub fn kpis(&self) -> &KpiSet {
        &self.kpis
    }

    /// The calendar.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        self.calendar
    }

    /// The targets.
    #[must_use]
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The scorecards.
    #[must_use]
    pub fn scorecards(&self) -> &[Scorecard] {
        &self.scorecards
    }

    /// The rounding of numbers that say nothing else.
    #[must_use]
    pub fn rounding(&self) -> Rounding {
        self.display.rounding()
    }

    /// How a metric is shown: as it says itself, else as the model says. So is a name that the model
    /// does not have.
    #[must_use]
    pub fn display(&self, metric: &str) -> Display {
        self.kpis.display(metric).unwrap_or(self.display)
    }

    /// How rates and attainment are shown: as a percentage, with the model's rounding.
    #[must_use]
    pub fn rate_display(&self) -> Display {
        Display::percent(self.display.rounding())
    }
}
