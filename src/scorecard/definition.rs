//! What a scorecard says.

use super::standing::Standing;
use super::weighting::Weighting;
use crate::error::{Error, ErrorKind};
use crate::named::named;
use crate::number::Rational;
use crate::target::Clamp;

named! {
    /// What becomes of an entry whose attainment is undefined.
    #[derive(Default)]
    #[non_exhaustive]
    OnUndefined "treatment of undefined entries" {
        /// It is left out of the index, which is that of the others; how much of the weight they have is
        /// told beside it.
        #[default]
        LeaveOut = "leave_out",
        /// The index is undefined, for the reason of the entry.
        Strict = "strict",
    }
}

/// A target of a scorecard, and how much it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub(crate) target: String,
    pub(crate) weight: Rational,
    /// Names and values.
    pub(crate) labels: Vec<(String, String)>,
}

impl Entry {
    /// A target by its name, with its weight: any number above zero. Only the proportions of weights
    /// matter.
    #[must_use]
    pub fn new(target: impl Into<String>, weight: impl Into<Rational>) -> Self {
        Self { target: target.into(), weight: weight.into(), labels: Vec::new() }
    }

    /// The same with one more label to group by, such as `region` with the value `north`.
    #[must_use]
    pub fn label(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.labels.push((name.into(), value.into()));
        self
    }

    /// The name of the target.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The weight.
    #[must_use]
    pub fn weight(&self) -> &Rational {
        &self.weight
    }
}

/// Weighted targets, and by what they are grouped.
///
/// ```
/// use yardstick::scorecard::{Entry, Scorecard, Standing};
/// use yardstick::target::State;
/// use yardstick::{Owner, Rational, Value};
///
/// let card = Scorecard::new("company")
///     .entry(Entry::new("leads", 1))
///     .entry(Entry::new("revenue", 3))
///     .by("owner");
/// let leads = Standing::new("leads", State::Ahead, Value::Defined("1.2".parse()?));
/// let revenue = Standing::new("revenue", State::Behind, Value::Defined("0.8".parse()?));
/// let result = card.compute(&[leads.owner(Owner::Marketing), revenue.owner(Owner::Sales)])?;
///
/// // (1 * 1.2 + 3 * 0.8) / 4
/// assert_eq!(result.total.index, Value::Defined("0.9".parse()?));
/// assert_eq!(result.entries[0].contribution, Value::Defined("0.3".parse()?));
/// assert_eq!(result.entries[1].contribution, Value::Defined("0.6".parse()?));
/// assert_eq!(result.total.states.worst, Some(State::Behind));
/// assert_eq!(result.total.states.parts[0].share, "0.75".parse::<Rational>()?);
/// assert_eq!(result.groupings[0].groups[1].key.as_deref(), Some("sales"));
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard {
    pub(crate) name: String,
    pub(crate) entries: Vec<Entry>,
    pub(crate) by: Vec<String>,
    pub(crate) on_undefined: OnUndefined,
    pub(crate) clamp: Option<Clamp>,
}

impl Scorecard {
    /// A scorecard without entries.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            entries: Vec::new(),
            by: Vec::new(),
            on_undefined: OnUndefined::default(),
            clamp: None,
        }
    }

    /// The same with one more entry.
    #[must_use]
    pub fn entry(mut self, entry: Entry) -> Self {
        self.entries.push(entry);
        self
    }

    /// The same with groups, beside the total: by `owner`, by `factor` (the key success factor that a
    /// target serves), or by a label of its entries. Each call is a grouping of its own.
    #[must_use]
    pub fn by(mut self, grouping: impl Into<String>) -> Self {
        self.by.push(grouping.into());
        self
    }

    /// The same with another treatment of entries that are undefined.
    #[must_use]
    pub fn on_undefined(self, on_undefined: OnUndefined) -> Self {
        Self { on_undefined, ..self }
    }

    /// The same with a view beside the index: that of attainments cut off at these ends. The index
    /// itself stays over attainment as it is.
    #[must_use]
    pub fn clamp(self, clamp: Clamp) -> Self {
        Self { clamp: Some(clamp), ..self }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The entries.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The same with the weight of each entry times that of the owner of its target. Nothing else
    /// applies a [`Weighting`], and applied twice it counts twice.
    ///
    /// An owner with more entries counts for more: to give owners just the shares of the weighting, let
    /// the entries of each owner have weights that sum to the same.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with everything that is wrong: an entry that no standing is of or whose
    /// target has no owner, an owner that has no weight in the weighting or one of zero.
    ///
    /// ```
    /// use yardstick::scorecard::{Entry, Scorecard, Standing, Weighting, weighting};
    /// use yardstick::target::State;
    /// use yardstick::{Owner, Value};
    ///
    /// let standing = |name, owner, attainment| {
    ///     Standing::new(name, State::Ahead, Value::Defined(attainment)).owner(owner)
    /// };
    /// let standings = [
    ///     standing("leads", Owner::Marketing, 1.into()),
    ///     standing("revenue", Owner::Sales, 2.into()),
    /// ];
    /// // An example, copied and edited.
    /// let ours = Weighting {
    ///     weights: &[(Owner::Marketing, 75), (Owner::Sales, 25)],
    ///     ..weighting::CONSUMER_GOODS
    /// };
    /// let card = Scorecard::new("company")
    ///     .entry(Entry::new("leads", 1))
    ///     .entry(Entry::new("revenue", 1));
    /// let index = card.weighted_by(&ours, &standings)?.compute(&standings)?.total.index;
    /// assert_eq!(index, Value::Defined("1.25".parse()?)); // (75 * 1 + 25 * 2) / 100
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn weighted_by(
        mut self,
        weighting: &Weighting<'_>,
        standings: &[Standing<'_>],
    ) -> Result<Self, Error> {
        let known = super::Standings::new(standings)?;
        let mut problems = Vec::new();
        for (i, entry) in self.entries.iter_mut().enumerate() {
            match known.owner_of(&entry.target).and_then(|owner| weighting.of(owner)) {
                Ok(factor) => entry.weight = &entry.weight * &Rational::from(factor),
                Err(error) => problems.push(error.at_path(format!("entries[{i}].target"))),
            }
        }
        match Error::all(&format!("weighting of scorecard \"{}\"", self.name), problems) {
            Some(error) => Err(error),
            None => Ok(self),
        }
    }
}

/// That nothing stands for a target of this name.
pub(super) fn unknown_target(name: &str, remedy: &str) -> Error {
    Error::new(ErrorKind::Unknown, format!("unknown target \"{name}\"; {remedy}"))
}
