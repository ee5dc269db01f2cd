//! Leads as they are given: a column for each thing that is known of them.

use super::time::TimeUnit;
use crate::error::Error;
use crate::facts::Coded;
use crate::named::named;
use crate::number::Column;

named! {
    /// What became of a lead that was handed over.
    #[derive(PartialOrd, Ord)]
    Outcome "outcome" {
        /// Nothing yet: neither accepted nor returned.
        Open = "open",
        /// Sales agreed to work on it.
        Accepted = "accepted",
        /// Sales gave it back to marketing.
        Returned = "returned",
    }
}

/// Leads that marketing passed to sales, a row for each. The order of rows plays no part.
///
/// Times are whole numbers of one unit, from whatever moment their count begins, within 64 bits. All is
/// checked where it is used, by [`HandOff::of`](super::HandOff::of).
///
/// ```
/// use yardstick::Column;
/// use yardstick::funnel::{Leads, Outcome, TimeUnit};
///
/// use Outcome::{Accepted, Open, Returned};
/// let leads = Leads::new(TimeUnit::Minute, Column::integers(&[0, 5, 9]), &[Accepted, Returned, Open])
///     .responded(Column::optional_text(&[Some("12"), Some("65"), None]))
///     .reasons(&["", "no budget", ""])
///     .segments(&["trade fair", "search", "search"]);
/// ```
#[derive(Debug, Clone)]
pub struct Leads<'a> {
    pub(super) unit: TimeUnit,
    pub(super) handed_over: Column<'a>,
    pub(super) outcomes: &'a [Outcome],
    pub(super) responded: Option<Column<'a>>,
    pub(super) reasons: Option<Result<Coded<'a>, Error>>,
    pub(super) segments: Option<Result<Coded<'a>, Error>>,
}

impl<'a> Leads<'a> {
    /// The time at which each was handed over, and what became of it. Without
    /// [`responded`](Leads::responded) no response is known.
    #[must_use]
    pub fn new(unit: TimeUnit, handed_over: Column<'a>, outcomes: &'a [Outcome]) -> Self {
        Self { unit, handed_over, outcomes, responded: None, reasons: None, segments: None }
    }

    /// The time of the first response to each, in the same unit; an empty cell is none that is known.
    /// An open lead may have one, where it was answered and not decided yet.
    #[must_use]
    pub fn responded(self, responded: Column<'a>) -> Self {
        Self { responded: Some(responded), ..self }
    }

    /// Why each was returned. An empty text, or one of spaces, is no reason, as it has to be for leads
    /// that were not returned.
    #[must_use]
    pub fn reasons<S: AsRef<str>>(self, reasons: &[S]) -> Self {
        Self { reasons: Some(Ok(Coded::of_texts(reasons))), ..self }
    }

    /// The same as codes into a dictionary, in which no reason is an empty text.
    #[must_use]
    pub fn reason_codes<S: AsRef<str>>(self, codes: &'a [u32], dictionary: &[S]) -> Self {
        Self { reasons: Some(Coded::of_codes(codes, dictionary)), ..self }
    }

    /// The segment of each: its source, its campaign, who works on it.
    #[must_use]
    pub fn segments<S: AsRef<str>>(self, segments: &[S]) -> Self {
        Self { segments: Some(Ok(Coded::of_texts(segments))), ..self }
    }

    /// The same as codes into a dictionary.
    #[must_use]
    pub fn segment_codes<S: AsRef<str>>(self, codes: &'a [u32], dictionary: &[S]) -> Self {
        Self { segments: Some(Coded::of_codes(codes, dictionary)), ..self }
    }
}
