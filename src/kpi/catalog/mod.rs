//! Ready definitions of KPIs, as data; the [`table`] shows them all.
//!
//! An [`Entry`] says what a KPI is, over named [`Input`]s: formula, direction, owner, stage, what a
//! zero denominator means, and where the definition is from. [`find`] looks one up, and
//! [`Entry::kpi`] makes a [`Kpi`](crate::Kpi) of it over the measures of a model.
//!
//! A model names and counts its own things, so an input has no unit but an [`InputKind`]: any one
//! currency, any one noun, any unit of time, or a pure number. Two rules keep every entry right for
//! all of them:
//!
//! - Only inputs that must share a unit are added, subtracted or meant to cancel. They say so in
//!   [`Input::same_as`].
//! - A bare factor is pure. `1000 * spend / impressions` is in money per impression, and a thousand
//!   times as large as the cost of one: that it is for a thousand is in the name of the KPI and not
//!   in its unit.
//!
//! [`Entry::unit`] is written with the names of inputs, `spend/impressions`, and reads as a
//! [`Unit`](crate::Unit) whose nouns are those names. Putting the unit of each measure in the place
//! of its input gives the unit of the KPI.
//!
//! Where the field disputes a definition, each reading is an entry of its own, with
//! [`Entry::variant_of`] naming the one that is meant by default.
//!
//! Bounds hold for counts of one cohort, where what is counted above is part of what is counted
//! below. Counts of one period can pass them, which a report then shows as a finding.
//!
//! To add a KPI, add an `Entry` to a file of its stage in `entries/`. An input has one meaning
//! and one kind wherever it is used, and a measure of that name needs no mapping.
//!
//! ```
//! use yardstick::kpi::catalog;
//! use yardstick::{KpiSet, Measure, Schema};
//!
//! let schema = Schema::new(
//!     Vec::<String>::new(),
//!     [Measure::flow("ad_cost", "EUR".parse()?), Measure::flow("leads", "lead".parse()?)],
//! )?;
//! let cpl = catalog::find("cpl")?.kpi("cost_per_lead", &[("spend", "ad_cost")])?;
//! let set = KpiSet::new(schema, [cpl])?;
//! assert_eq!(set.unit("cost_per_lead")?.to_string(), "EUR/lead");
//! # Ok::<(), yardstick::Error>(())
//! ```

mod entries;
mod entry;
mod input;
pub mod table;

pub use self::entry::{Entry, FunnelStage};
pub use self::input::{Input, InputKind};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::owner::Owner;

/// All entries, in the order of the funnel.
///
/// ```
/// use yardstick::kpi::catalog;
///
/// for entry in catalog::entries().filter(|entry| entry.variant_of.is_some()) {
///     println!("{}: {} ({})", entry.id, entry.meaning, entry.formula);
/// }
/// ```
pub fn entries() -> impl Iterator<Item = &'static Entry> + Clone {
    entries::STAGES.iter().copied().flatten()
}

/// The entry with this id or alias.
///
/// # Errors
///
/// [`ErrorKind::Unknown`], with the nearest id or alias.
///
/// ```
/// use yardstick::kpi::catalog;
///
/// assert_eq!(catalog::find("cpl")?.id, "cost_per_lead");
/// assert_eq!(
///     catalog::find("cost_per_laed").unwrap_err().to_string(),
///     r#"unknown catalog KPI "cost_per_laed"; did you mean "cost_per_lead"?"#,
/// );
/// # Ok::<(), yardstick::Error>(())
/// ```
pub fn find(id_or_alias: &str) -> Result<&'static Entry, Error> {
    entries().find(|entry| entry.is_called(id_or_alias)).ok_or_else(|| {
        let names =
            entries().flat_map(|entry| [entry.id].into_iter().chain(entry.aliases.iter().copied()));
        let remedy = did_you_mean(id_or_alias, names);
        Error::new(ErrorKind::Unknown, format!("unknown catalog KPI \"{id_or_alias}\"; {remedy}"))
    })
}

/// The entries of an owner.
///
/// ```
/// use yardstick::Owner;
/// use yardstick::kpi::catalog;
///
/// assert!(catalog::owned_by(Owner::Sales).any(|entry| entry.id == "win_rate"));
/// ```
pub fn owned_by(owner: Owner) -> impl Iterator<Item = &'static Entry> + Clone {
    entries().filter(move |entry| entry.owner == owner)
}

/// The entries at a stage of the funnel.
///
/// ```
/// use yardstick::kpi::catalog::{self, FunnelStage};
///
/// assert!(catalog::at_stage(FunnelStage::Handoff).any(|entry| entry.id == "mql_to_sql_rate"));
/// ```
pub fn at_stage(stage: FunnelStage) -> impl Iterator<Item = &'static Entry> + Clone {
    entries().filter(move |entry| entry.stage == stage)
}

/// The entries that have an input of this name; none where no entry has it.
///
/// ```
/// use yardstick::kpi::catalog;
///
/// let ids: Vec<_> = catalog::using("pipeline").map(|entry| entry.id).collect();
/// assert_eq!(ids, ["pipeline_coverage", "pipeline_coverage_remaining"]);
/// ```
pub fn using<'a>(input: &'a str) -> impl Iterator<Item = &'static Entry> + Clone + use<'a> {
    entries().filter(move |entry| entry.inputs.iter().any(|known| known.name == input))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi::{Bounds, Direction, ZeroBase};

    #[test]
    fn a_kpi_carries_what_its_entry_says() {
        let kpi = find("cart_abandonment_rate").unwrap().kpi("abandonment", &[]).unwrap();
        assert_eq!(kpi.name, "abandonment");
        assert_eq!(kpi.direction, Direction::Lower);
        assert_eq!(kpi.owner, Some(Owner::Marketing));
        assert_eq!(kpi.bounds, Bounds { low: Some(0.into()), high: Some(1.into()) });
        assert_eq!(kpi.zero_base, Some(ZeroBase::Inconsistent));
        assert_eq!(kpi.catalog.as_deref(), Some("cart_abandonment_rate"));
        assert_eq!(kpi.unit, None);
        assert_eq!(kpi.display, None);
    }

    #[test]
    fn an_alias_leads_to_the_id() {
        let kpi = find("cpl").unwrap().kpi("cpl", &[]).unwrap();
        assert_eq!(kpi.catalog.as_deref(), Some("cost_per_lead"));
    }
}
