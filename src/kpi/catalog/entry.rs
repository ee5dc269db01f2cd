//! One definition, and the KPI that a model makes of it.

use super::{Input, entries};
use crate::error::{Error, ErrorKind, did_you_mean};
use crate::facts::is_name;
use crate::kpi::{Direction, Formula, Kpi, ZeroBase};
use crate::named::named;
use crate::number::Rational;
use crate::owner::Owner;
use crate::unit::{Style, Unit};

named! {
    /// Where in the funnel a KPI looks.
    #[non_exhaustive]
    FunnelStage "stage of the funnel" {
        /// Being seen.
        Awareness = "awareness",
        /// Being looked at more closely.
        Engagement = "engagement",
        /// From anonymous to known, or to a first purchase.
        Conversion = "conversion",
        /// From marketing to sales.
        Handoff = "handoff",
        /// What sales does with a lead.
        FollowUp = "follow_up",
        /// From opportunity to deal.
        Closing = "closing",
        /// Keeping what was won: an audience or a customer.
        Retention = "retention",
        /// What customers say.
        Feedback = "feedback",
    }
}

impl FunnelStage {
    /// What happens there, in a sentence.
    ///
    /// ```
    /// use yardstick::kpi::catalog::FunnelStage;
    ///
    /// assert_eq!(FunnelStage::Closing.meaning(), "From opportunity to deal.");
    /// ```
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Awareness => "Being seen.",
            Self::Engagement => "Being looked at more closely.",
            Self::Conversion => "From anonymous to known, or to a first purchase.",
            Self::Handoff => "From marketing to sales.",
            Self::FollowUp => "What sales does with a lead.",
            Self::Closing => "From opportunity to deal.",
            Self::Retention => "Keeping what was won: an audience or a customer.",
            Self::Feedback => "What customers say.",
        }
    }
}

/// A definition of the catalog.
///
/// ```
/// use yardstick::kpi::catalog;
/// use yardstick::{Direction, Formula, Value};
///
/// let cpm = catalog::find("cpm")?;
/// assert_eq!(cpm.formula, "1000 * spend / impressions");
/// assert_eq!(cpm.direction, Direction::Lower);
///
/// let formula: Formula = cpm.formula.parse()?;
/// let value = formula.evaluate([("spend", 500.into()), ("impressions", 250_000.into())])?;
/// assert_eq!(value, Value::Defined(2.into()));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The name that a model refers to. It never changes.
    pub id: &'static str,
    /// The name for a reader.
    pub name: &'static str,
    /// Other names that [`find`](super::find) takes.
    pub aliases: &'static [&'static str],
    /// The entry of which this is another reading.
    pub variant_of: Option<&'static str>,
    /// The question that it answers.
    pub meaning: &'static str,
    /// Who is responsible.
    pub owner: Owner,
    /// Where in the funnel it looks.
    pub stage: FunnelStage,
    /// The formula, over the names of the inputs.
    pub formula: &'static str,
    /// What the formula reads.
    pub inputs: &'static [Input],
    /// The unit, with the name of an input for the unit of that input; `1` for a pure number.
    pub unit: &'static str,
    /// The style that readers expect. A [`Kpi`] gets no [`Display`](crate::Display) from it, since
    /// that needs a rounding, which is the caller's.
    pub shown_as: Style,
    /// Which way is better.
    pub direction: Direction,
    /// What a non-zero numerator over zero means; `None` where the formula does not divide.
    pub zero_base: Option<ZeroBase>,
    /// The lowest and the highest possible value, as decimals.
    pub bounds: Option<(&'static str, &'static str)>,
    /// What is easily done wrong.
    pub pitfall: Option<&'static str>,
    /// Where the definition is from.
    pub source: &'static str,
    /// Where to read it.
    pub source_url: Option<&'static str>,
}

impl Entry {
    /// Whether this is the id or an alias.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.id == name || self.aliases.contains(&name)
    }

    /// The input of this name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`], with the nearest.
    ///
    /// ```
    /// use yardstick::kpi::catalog;
    ///
    /// let roas = catalog::find("roas")?;
    /// assert_eq!(roas.input("attributed_revenue")?.same_as, Some("spend"));
    /// assert_eq!(
    ///     roas.input("spent").unwrap_err().to_string(),
    ///     r#"unknown input "spent" of "roas"; did you mean "spend"?"#,
    /// );
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn input(&self, name: &str) -> Result<&'static Input, Error> {
        self.inputs.iter().find(|input| input.name == name).ok_or_else(|| {
            let remedy = did_you_mean(name, self.inputs.iter().map(|input| input.name));
            let id = self.id;
            Error::new(
                ErrorKind::Unknown,
                format!("unknown input \"{name}\" of \"{id}\"; {remedy}"),
            )
        })
    }

    /// The other readings of this definition: entries that name it in
    /// [`variant_of`](Entry::variant_of).
    ///
    /// ```
    /// use yardstick::kpi::catalog;
    ///
    /// let ids: Vec<_> = catalog::find("win_rate")?.variants().map(|entry| entry.id).collect();
    /// assert_eq!(ids, ["win_rate_all", "win_rate_value"]);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn variants(&self) -> impl Iterator<Item = &'static Entry> + Clone + use<> {
        let id = self.id;
        entries::STAGES.iter().copied().flatten().filter(move |entry| entry.variant_of == Some(id))
    }

    /// A KPI of this definition over the measures of a model.
    ///
    /// `inputs` pairs an input of the entry with the model's name for it, a measure or a KPI. All
    /// are put in at once, so two may swap names. An input that is not listed keeps its own name.
    /// The KPI has the entry's direction, owner, bounds and meaning of a zero denominator. Its unit
    /// follows from the measures, and how it is shown is left to the caller.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] for an input that the entry does not have, [`ErrorKind::Duplicate`]
    /// for one that is listed twice or two that would read the same name, [`ErrorKind::Syntax`] for
    /// a name that cannot stand in a formula, [`ErrorKind::Capacity`] where the names make the
    /// formula too long.
    ///
    /// ```
    /// use yardstick::kpi::catalog;
    ///
    /// let kpi = catalog::find("win_rate")?.kpi("b2b_win_rate", &[("deals_won", "signed")])?;
    /// assert_eq!(kpi.formula().text(), "signed / (signed + deals_lost)");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn kpi(&self, name: &str, inputs: &[(&str, &str)]) -> Result<Kpi, Error> {
        let formula = self.formula_over(inputs)?;
        let (low, high) = match self.bounds {
            Some((low, high)) => (Some(low.parse::<Rational>()?), Some(high.parse::<Rational>()?)),
            None => (None, None),
        };
        let kpi = Kpi::new(name, formula)
            .direction(self.direction)
            .owner(self.owner)
            .stage(self.stage)
            .bounds(low, high);
        Ok(Kpi { zero_base: self.zero_base, catalog: Some(self.id.to_owned()), ..kpi })
    }

    /// The formula with the model's names for the inputs.
    fn formula_over(&self, inputs: &[(&str, &str)]) -> Result<Formula, Error> {
        let id = self.id;
        for (i, (input, to)) in inputs.iter().enumerate() {
            self.input(input)?;
            if inputs[..i].iter().any(|(other, _)| other == input) {
                let message = format!("input \"{input}\" of \"{id}\" is mapped twice; map it once");
                return Err(Error::new(ErrorKind::Duplicate, message));
            }
            if !is_name(to.strip_prefix("kpi.").unwrap_or(to)) {
                let message = format!(
                    "input \"{input}\" of \"{id}\" is mapped to \"{to}\", which is not a name; use letters, digits and _, and begin with a letter"
                );
                return Err(Error::new(ErrorKind::Syntax, message));
            }
        }
        let target = |input: &'static str| -> &str {
            inputs.iter().find(|(listed, _)| *listed == input).map_or(input, |(_, to)| to)
        };
        for (i, input) in self.inputs.iter().enumerate() {
            let to = target(input.name);
            if let Some(other) = self.inputs[..i].iter().find(|other| target(other.name) == to) {
                let (first, second) = (other.name, input.name);
                let message = format!(
                    "inputs \"{first}\" and \"{second}\" of \"{id}\" would both be \"{to}\"; map each to a name of its own"
                );
                return Err(Error::new(ErrorKind::Duplicate, message));
            }
        }
        self.formula.parse::<Formula>()?.renamed(&|name| {
            inputs.iter().find(|(input, _)| *input == name).map(|(_, to)| (*to).to_owned())
        })
    }

    /// Checks that a unit is of the input's kind.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unit`] where it is not; [`ErrorKind::Unknown`] as [`input`](Entry::input).
    ///
    /// ```
    /// use yardstick::kpi::catalog;
    ///
    /// let cpl = catalog::find("cost_per_lead")?;
    /// cpl.check_input("spend", &"USD".parse()?)?;
    /// assert_eq!(
    ///     cpl.check_input("spend", &"lead".parse()?).unwrap_err().to_string(),
    ///     "input \"spend\" of \"cost_per_lead\" is an amount of money, in a unit such as EUR; \
    ///      it cannot be in lead",
    /// );
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn check_input(&self, input: &str, unit: &Unit) -> Result<(), Error> {
        let kind = self.input(input)?.kind;
        if kind.admits(unit) {
            return Ok(());
        }
        let (id, words) = (self.id, kind.words());
        let message = format!("input \"{input}\" of \"{id}\" is {words}; it cannot be in {unit}");
        Err(Error::new(ErrorKind::Unit, message))
    }

    /// Checks the units of several inputs: each as [`check_input`](Entry::check_input), and those
    /// that must share a unit against each other. Units of time that convert are alike. Inputs that
    /// are not listed are not looked at.
    ///
    /// A sum of unlike units is refused by [`KpiSet`](crate::KpiSet) too; a quotient is not. Euros
    /// over dollars have a unit, `EUR/USD`, but are no return on ad spend.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unit`] for the first that does not fit; [`ErrorKind::Unknown`] as
    /// [`input`](Entry::input).
    ///
    /// ```
    /// use yardstick::kpi::catalog;
    ///
    /// let (eur, usd) = ("EUR".parse()?, "USD".parse()?);
    /// let roas = catalog::find("roas")?;
    /// let result = roas.check_inputs(&[("attributed_revenue", &eur), ("spend", &usd)]);
    /// assert_eq!(
    ///     result.unwrap_err().to_string(),
    ///     "input \"attributed_revenue\" of \"roas\" is in EUR and input \"spend\" in USD; \
    ///      bring both to one unit",
    /// );
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn check_inputs(&self, units: &[(&str, &Unit)]) -> Result<(), Error> {
        for (name, unit) in units {
            self.check_input(name, unit)?;
        }
        // Inputs that share a unit name one input of theirs, which may itself not be listed.
        let group = |name: &str| -> Result<&'static str, Error> {
            let input = self.input(name)?;
            Ok(input.same_as.unwrap_or(input.name))
        };
        for (i, (name, unit)) in units.iter().enumerate() {
            for (other, other_unit) in &units[i + 1..] {
                if group(name)? == group(other)? && unit.conversion_to(other_unit).is_none() {
                    let id = self.id;
                    let message = format!(
                        "input \"{name}\" of \"{id}\" is in {unit} and input \"{other}\" in {other_unit}; bring both to one unit"
                    );
                    return Err(Error::new(ErrorKind::Unit, message));
                }
            }
        }
        Ok(())
    }
}
