//! A model over facts.

mod agreement;
mod plan;
mod scorecard;
mod target;

use std::cell::LazyCell;

use self::plan::Before;
use super::definition::Model;
use super::report::{
    ExplainReport, FactorReport, Finding, FindingKind, FunnelReport, KpiReport, QueryReport, Report,
};
use crate::calendar::{Date, Period};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::explain::{Cause, Explain, Explanation};
use crate::factor::Factor;
use crate::facts::Facts;
use crate::funnel::{Basis, FunnelDefinition, Segment};
use crate::kpi::{Kpi, MOST_CELLS, Query, Table, check_schema};
use crate::number::Value;

impl Model {
    /// Evaluates everything in the model over facts, as of the end of a day: queries and funnels
    /// look at their period up to that day, targets stand where they stood then. Facts of later days
    /// are not looked at.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`](crate::ErrorKind::Shape) for facts of another schema; as
    /// [`Query::run`], [`FunnelDefinition::over`] and [`Target::assess`](crate::Target::assess), with the path of what
    /// failed. All queries together may have 16,777,216 cells, else
    /// [`ErrorKind::Capacity`](crate::ErrorKind::Capacity).
    pub fn evaluate(&self, facts: &Facts<'_>, as_of: Date) -> Result<Report, Error> {
        check_schema(&self.kpis, facts)?;
        let mut findings = Vec::new();
        let days = facts.period();
        if days.last() < as_of {
            let message = format!(
                "the facts end on {}, before {as_of}; days after it count as each measure says of a missing day",
                days.last()
            );
            findings.push(Finding::new(FindingKind::FactsEndEarly, "facts", message));
        }
        if days.last() > as_of {
            let message =
                format!("the facts go on to {}; days after {as_of} are not looked at", days.last());
            findings.push(Finding::new(FindingKind::FactsGoOn, "facts", message));
        }
        self.check_values(facts, &mut findings)?;
        let mut queries = Vec::new();
        let mut cells = 0_usize;
        for (i, (name, query)) in self.queries.iter().enumerate() {
            let report = self.query_report(name, query, facts, as_of);
            let report = report.map_err(|error| error.at_path(format!("queries[{i}]")))?;
            let more = report.table.rows.len() * report.table.columns.len();
            cells =
                together(cells, more).map_err(|error| error.at_path(format!("queries[{i}]")))?;
            self.check_bounds(name, &report.table, &mut findings);
            queries.push(report);
        }
        let mut funnels = Vec::new();
        for (i, funnel) in self.funnels.iter().enumerate() {
            let report = self.funnel_report(funnel, facts, as_of);
            let report = report.map_err(|error| error.at_path(format!("funnels[{i}]")))?;
            check_stages(&report, &mut findings);
            funnels.push(report);
        }
        let mut factors = Vec::new();
        for (i, factor) in self.factors.iter().enumerate() {
            let report = self.factor_report(factor, facts, as_of);
            factors.push(report.map_err(|error| error.at_path(format!("factors[{i}]")))?);
        }
        let mut explanations = Vec::new();
        for (i, (name, explain)) in self.explanations.iter().enumerate() {
            let report = self.explain_report(name, explain, facts, as_of);
            let report = report.map_err(|error| error.at_path(format!("explanations[{i}]")));
            explanations.push(report?);
        }
        let targets = self.target_reports(facts, as_of, &mut findings)?;
        let mut plans = Vec::new();
        for (i, plan) in self.plans.iter().enumerate() {
            let before = Before { funnels: &funnels, targets: &targets };
            let report = self.plan_report(plan, facts, as_of, before, &mut findings);
            plans.push(report.map_err(|error| error.at_path(format!("plans[{i}]")))?);
        }
        Ok(Report {
            model: self.name.clone(),
            as_of,
            rows: facts.rows(),
            days,
            kpis: self.kpi_reports()?,
            queries,
            funnels,
            factors,
            explanations,
            agreements: agreement::reports(&self.agreements, &targets)?,
            scorecards: self.scorecard_reports(&targets, as_of)?,
            targets,
            plans,
            cascades: self.cascades.clone(),
            findings,
        })
    }

    /// Runs a query of one's own with the model's KPIs and calendar.
    ///
    /// # Errors
    ///
    /// As [`Query::run`].
    pub fn query(&self, query: &Query, facts: &Facts<'_>) -> Result<Table, Error> {
        query.run(&self.kpis, facts, self.calendar)
    }

    /// The KPIs as they were understood.
    fn kpi_reports(&self) -> Result<Vec<KpiReport>, Error> {
        let aggregations = self.kpis.aggregations();
        let report = |(index, kpi): (usize, &Kpi)| {
            let metric = format!("kpi.{}", kpi.name());
            Ok(KpiReport {
                name: kpi.name().to_owned(),
                formula: kpi.formula().normalized(),
                unit: self.kpis.unit(&metric)?.clone(),
                kind: self.kpis.kind(&metric)?,
                aggregation: match aggregations.get(&index) {
                    Some(aggregation) => *aggregation,
                    None => self.kpis.aggregation(&metric)?,
                },
                direction: kpi.better(),
                owner: kpi.owned_by(),
                stage: kpi.at_stage(),
                catalog: kpi.catalog_id().map(str::to_owned),
            })
        };
        self.kpis.kpis().iter().enumerate().map(report).collect()
    }

    fn query_report(
        &self,
        name: &str,
        query: &Query,
        facts: &Facts<'_>,
        as_of: Date,
    ) -> Result<QueryReport, Error> {
        let cut = so_far(query.period, facts, as_of);
        let period = cut.map(|(period, _)| period);
        let table = match cut {
            Some((period, whole)) => {
                let compare = query.compare.map(|compare| compare.as_far_as(period, whole));
                let query = Query { compare, ..query.clone().within(period) };
                query.run_until(&self.kpis, facts, self.calendar, Some(as_of))?
            }
            // Not begun: the same columns, and no rows.
            None => {
                let day = facts.period().first();
                let mut table = self.query(&query.clone().within(Period::day(day)), facts)?;
                table.rows.clear();
                table.columns.iter_mut().for_each(|column| column.values.clear());
                table
            }
        };
        let displays = query.metrics.iter().map(|metric| self.display(metric)).collect();
        Ok(QueryReport { name: name.to_owned(), period, table, displays })
    }

    fn funnel_report(
        &self,
        funnel: &FunnelDefinition,
        facts: &Facts<'_>,
        as_of: Date,
    ) -> Result<FunnelReport, Error> {
        let cut = so_far(funnel.period, facts, as_of);
        let period = cut.map(|(period, _)| period);
        let over = |period: Option<Period>| match period {
            Some(period) => funnel.over_until(facts, period, Some(as_of)),
            None => Ok(Vec::new()),
        };
        let segments = over(period)?;
        let like_for_like = |compare: Period| {
            let (period, whole) = cut?;
            compare.as_far_as(period, whole).until(as_of)
        };
        let compared_with = funnel.compare.and_then(like_for_like);
        let before = over(compared_with)?;
        // Both have the same segments in the same order, as groups do not depend on the period; or
        // there is nothing to compare with.
        let comparisons = segments
            .iter()
            .enumerate()
            .map(|(i, segment)| {
                let same = |other: &&Segment| other.key == segment.key;
                before
                    .get(i)
                    .filter(same)
                    .map(|other| segment.funnel.compare(&other.funnel))
                    .transpose()
            })
            .collect::<Result<_, _>>()?;
        Ok(FunnelReport {
            name: funnel.name.clone(),
            basis: funnel.basis,
            dimensions: funnel.selection.by.clone(),
            period,
            compared_with,
            segments,
            comparisons,
            counts: funnel.stages.iter().map(|stage| self.display(&stage.count)).collect(),
            values: funnel
                .stages
                .iter()
                .map(|stage| stage.value.as_ref().map_or(self.display, |value| self.display(value)))
                .collect(),
            rates: funnel.display.unwrap_or(self.rate_display()),
        })
    }

    fn factor_report(
        &self,
        factor: &Factor,
        facts: &Facts<'_>,
        as_of: Date,
    ) -> Result<FactorReport, Error> {
        let period = so_far(factor.period, facts, as_of).map(|(period, _)| period);
        // One that has not begun is looked at over some day, of which nothing is told.
        let within = period.or(factor.period).map_or(facts.period().first(), Period::first);
        let within = period.unwrap_or(Period::day(within));
        let factor = factor.clone().within(within);
        let mut result = factor.run_until(&self.kpis, facts, self.calendar, Some(as_of))?;
        if period.is_none() {
            result.forget();
        }
        Ok(FactorReport {
            period,
            gain: self.display(&factor.gain),
            cost: factor.cost.as_ref().map_or(self.display, |cost| self.display(cost)),
            occasions: factor.occasions.as_ref().map_or(self.display, |o| self.display(o)),
            metrics: factor
                .metrics
                .iter()
                .map(|metric| (metric.clone(), self.display(metric)))
                .collect(),
            rates: self.rate_display(),
            plain: self.display,
            result,
        })
    }

    fn explain_report(
        &self,
        name: &str,
        explain: &Explain,
        facts: &Facts<'_>,
        as_of: Date,
    ) -> Result<ExplainReport, Error> {
        let cut = explain.periods.and_then(|(before, after)| {
            let so_far = after.until(as_of)?;
            Some((before.as_far_as(so_far, after).until(as_of)?, so_far))
        });
        let explanation = cut.map(|(before, after)| {
            let explain = explain.clone().between(before, after);
            explain.run_until(&self.kpis, facts, self.calendar, Some(as_of))
        });
        let drivers = match explanation.as_ref() {
            Some(Ok(Explanation { cause: Cause::Drivers(drivers), .. })) => {
                drivers.drivers.iter().map(|driver| self.display(&driver.name)).collect()
            }
            _ => Vec::new(),
        };
        Ok(ExplainReport {
            name: name.to_owned(),
            explanation: explanation.transpose()?,
            display: self.display(&explain.metric),
            drivers,
            rates: self.rate_display(),
        })
    }

    /// Values that a query, funnel or target asks for and no row has.
    fn check_values(&self, facts: &Facts<'_>, findings: &mut Vec<Finding>) -> Result<(), Error> {
        let queries =
            self.queries.iter().map(|(name, query)| ("query", name.as_str(), &query.selection));
        let funnels =
            self.funnels.iter().map(|funnel| ("funnel", funnel.name(), &funnel.selection));
        let targets =
            self.targets.iter().map(|target| ("target", target.name(), &target.selection));
        let factors =
            self.factors.iter().map(|factor| ("factor", factor.name(), &factor.selection));
        let explanations =
            self.explanations.iter().map(|(name, e)| ("explanation", name.as_str(), &e.selection));
        let measures = self.schema().measures().iter();
        let measures = measures.map(|measure| ("measure", measure.name(), &measure.only));
        let selected = queries.chain(funnels).chain(factors).chain(explanations).chain(targets);
        let selected = selected.map(|(what, name, selection)| (what, name, &selection.only));
        let peers = self
            .targets
            .iter()
            .flat_map(|target| target.peers().map(move |only| ("target", target.name(), only)));
        for (what, name, only) in measures.chain(selected).chain(peers) {
            for (dimension, values) in only {
                let known = facts.values_of(dimension)?;
                for value in values {
                    if known.binary_search(&value.as_str()).is_err() {
                        let remedy = did_you_mean(value, known.iter().copied());
                        let message = format!("no row has {dimension} \"{value}\"; {remedy}");
                        let place = format!("{what} \"{name}\"");
                        findings.push(Finding::new(FindingKind::ValueNotInFacts, place, message));
                    }
                }
            }
        }
        Ok(())
    }

    /// The measures that a metric reads, in words.
    fn measures_of(&self, metric: &str) -> String {
        let Ok(metric) = self.kpis.resolve(metric) else { return String::new() };
        let measures = self.schema().measures();
        let names = self.kpis.measures_below(metric).into_iter().map(|i| measures[i].name());
        match names.collect::<Vec<_>>().as_slice() {
            [] => "its formula, which reads no measure".to_owned(),
            [one] => format!("measure {one}"),
            [most @ .., last] => format!("measures {} and {last}", most.join(", ")),
        }
    }

    /// Values outside the bounds of their KPI.
    fn check_bounds(&self, query: &str, table: &Table, findings: &mut Vec<Finding>) {
        for column in &table.columns {
            let Some(kpi) = self.kpis.kpi(&column.metric) else { continue };
            let measures = LazyCell::new(|| self.measures_of(&column.metric));
            for (row, value) in table.rows.iter().zip(&column.values) {
                let Value::Defined(value) = value else { continue };
                let (low, high) = (&kpi.bounds.low, &kpi.bounds.high);
                let outside = match (low, high) {
                    (Some(low), _) if value < low => format!("below {low}"),
                    (_, Some(high)) if value > high => format!("above {high}"),
                    _ => continue,
                };
                let place = row.bucket.iter().chain(&row.key).cloned().collect::<Vec<_>>();
                let place =
                    if place.is_empty() { "the total".to_owned() } else { place.join(", ") };
                let name = &column.metric;
                let message =
                    format!("{name} is {value} for {place}, {outside}; look at {}", *measures);
                let path = format!("query \"{query}\"");
                findings.push(Finding::new(FindingKind::OutOfBounds, path, message));
            }
        }
    }
}

/// The cells of queries together. What one may have, all may have: they stay in memory.
fn together(cells: usize, more: usize) -> Result<usize, Error> {
    let cells = cells.saturating_add(more);
    if cells > MOST_CELLS {
        return Err(Error::new(
            ErrorKind::Capacity,
            format!(
                "{cells} cells with the queries before it; the most of a report is {MOST_CELLS}, so take a coarser grain, fewer dimensions or a shorter period"
            ),
        ));
    }
    Ok(cells)
}

/// A period up to the day of a report, and all of it; without one, all days of the facts up to it.
/// None where it has not begun.
fn so_far(period: Option<Period>, facts: &Facts<'_>, as_of: Date) -> Option<(Period, Period)> {
    let whole = period.or(facts.period_until(as_of))?;
    Some((whole.until(as_of)?, whole))
}

/// Stages that are larger than the one before them.
fn check_stages(report: &FunnelReport, findings: &mut Vec<Finding>) {
    for segment in &report.segments {
        for stage in segment.funnel.exceeding() {
            let stages = segment.funnel.stages();
            let (before, here) = (&stages[stage - 1], &stages[stage]);
            let place = match segment.key.is_empty() {
                true => "the total".to_owned(),
                false => segment.key.join(", "),
            };
            let why = match report.basis {
                Basis::Cohort => "a cohort cannot grow, so the counts contradict each other",
                Basis::Period => "they may stem from earlier periods; a cohort basis would tell",
            };
            let message = format!(
                "stage \"{}\" has {} and \"{}\" before it {}, for {place}: {why}",
                here.name, here.count, before.name, before.count
            );
            let path = format!("funnel \"{}\"", report.name);
            findings.push(Finding::new(FindingKind::StageExceeds, path, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_queries_together_may_have_as_many_cells_as_one() {
        assert_eq!(together(MOST_CELLS - 2, 2).unwrap(), MOST_CELLS);
        let error = together(MOST_CELLS, 1).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Capacity);
        assert!(error.message().starts_with("16777217 cells with the queries before it"));
    }
}
