//! Leads added up, as of a time.

use std::collections::BTreeMap;

use super::handed::{HandedLeads, Lead};
use super::leads::{Leads, Outcome};
use super::time::TimeUnit;
use crate::error::{Error, ErrorKind, did_you_mean, quoted};
use crate::facts::Coded;
use crate::first::First;
use crate::number::{Column, Rational, Stored, plain};

/// The hand-off between marketing and sales, as of a time: in total, and by segment where leads have
/// one.
///
/// It has one answer for any order of leads, and any partition of them into states that are
/// [merged](HandOff::merge). It holds a few counts, one more for each reason, and eight bytes for each
/// lead that was answered or waits; with segments twice that.
///
/// ```
/// use yardstick::funnel::{HandOff, Leads, Outcome, TimeUnit};
/// use yardstick::{Column, Rational};
///
/// use Outcome::{Accepted, Open, Returned};
/// let leads = Leads::new(
///     TimeUnit::Hour,
///     Column::integers(&[0, 1, 2, 9]),
///     &[Accepted, Accepted, Returned, Open],
/// )
/// .responded(Column::optional_text(&[Some("3"), Some("2"), Some("7"), None]))
/// .reasons(&["", "", "no budget", ""])
/// .segments(&["search", "fair", "search", "fair"]);
/// let hand_off = HandOff::of(&leads, 12)?;
///
/// let total = hand_off.total();
/// assert_eq!(total.acceptance_rate(), Rational::new(1, 2)?.into()); // 2 of 4
/// assert_eq!(total.acceptance_rate_of_decided(), Rational::new(2, 3)?.into());
/// assert_eq!(total.response_times().mean(), Rational::from(3).into()); // (3 + 1 + 5) / 3
/// assert_eq!(total.waiting().max(), Rational::from(3).into()); // from 9 to 12
/// assert_eq!(hand_off.segment("fair")?.handed_over(), 2);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HandOff {
    unit: TimeUnit,
    as_of: i64,
    total: HandedLeads,
    segments: Option<BTreeMap<String, HandedLeads>>,
}

impl HandOff {
    /// No leads yet: what states are merged into.
    #[must_use]
    pub fn new(unit: TimeUnit, as_of: i64) -> Self {
        Self { unit, as_of, total: HandedLeads::none(unit), segments: None }
    }

    /// Adds leads up. `as_of` is the time up to which things are known, in the unit of the leads,
    /// that moment included: a lead handed over later is counted apart, and nothing else is made of it; one
    /// responded to later was open then, and waited. One that is accepted or returned without a time of
    /// response is decided, whatever the time is.
    ///
    /// # Errors
    ///
    /// All problems at once, each with its row (from 0) and column, and how many rows more have it:
    /// lengths that differ ([`ErrorKind::Shape`]); a lead without a time of hand-over
    /// ([`ErrorKind::Missing`]); a time that is not whole ([`ErrorKind::Domain`]) or beyond 64 bits
    /// ([`ErrorKind::Overflow`]); a response before the hand-over, or a reason of a lead that was not
    /// returned ([`ErrorKind::Domain`]); codes beyond their dictionary ([`ErrorKind::Shape`]), and as
    /// [`Column::check`].
    ///
    /// ```
    /// use yardstick::Column;
    /// use yardstick::funnel::{HandOff, Leads, Outcome, TimeUnit};
    ///
    /// let leads = Leads::new(TimeUnit::Hour, Column::integers(&[5, 9]), &[Outcome::Accepted; 2])
    ///     .responded(Column::integers(&[6, 8]));
    /// assert_eq!(
    ///     format!("{:#}", HandOff::of(&leads, 12).unwrap_err()),
    ///     "1 problem in the hand-off
    ///   row 1, column \"responded\": responded to at 8, before the hand-over at 9 (in hours); correct one, or leave the response empty",
    /// );
    /// ```
    pub fn of(leads: &Leads<'_>, as_of: i64) -> Result<Self, Error> {
        let read = Read::of(leads)?;
        let unit = leads.unit;
        let mut total = HandedLeads::none(unit);
        let mut parts = Parts::of(read.segments, unit);
        for (row, (handed_over, outcome)) in read.handed_over.iter().zip(leads.outcomes).enumerate()
        {
            let groups = [Some(&mut total), parts.get(row)].into_iter().flatten();
            if *handed_over > as_of {
                groups.for_each(HandedLeads::push_later);
                continue;
            }
            let responded = read.responded.as_ref().and_then(|times| times[row]);
            // What is responded to later was not decided.
            let later = responded.is_some_and(|time| time > as_of);
            let lead = Lead {
                outcome: if later { Outcome::Open } else { *outcome },
                reason: read.reasons.and_then(|coded| text(coded, row)),
                response: responded.filter(|_| !later).map(|time| time.abs_diff(*handed_over)),
                waited: as_of.abs_diff(*handed_over),
            };
            groups.for_each(|group| group.push(&lead));
        }
        total.finish();
        let segments = parts.named();
        Ok(Self { unit, as_of, total, segments })
    }

    /// Adds other leads. Takes time by the leads of both, so merge many states in pairs.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Shape`] where they are in another unit, as of another time, or only one of the two
    /// has segments and both have leads; [`ErrorKind::Overflow`] for more than 2^64 - 1 leads together.
    /// Nothing is added then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let refuse = |message: String| Err(Error::new(ErrorKind::Shape, message));
        if self.unit != other.unit {
            let (own, unit) = (self.unit, other.unit);
            return refuse(format!(
                "leads in {own}s merged with leads in {unit}s; bring their times to one unit"
            ));
        }
        if self.as_of != other.as_of {
            let (own, as_of) = (self.as_of, other.as_of);
            return refuse(format!(
                "leads as of {own} merged with leads as of {as_of}; add both up as of one time"
            ));
        }
        let (own, more) = (self.total.given() > 0, other.total.given() > 0);
        if own && more && self.segments.is_some() != other.segments.is_some() {
            return refuse(
                "leads with segments merged with leads without; give both segments, or neither"
                    .to_owned(),
            );
        }
        if self.total.given_with(&other.total).is_none() {
            let most = u64::MAX;
            let message = format!("more than {most} leads; keep such counts apart");
            return Err(Error::new(ErrorKind::Overflow, message));
        }
        self.total.merge(&other.total);
        match (&mut self.segments, &other.segments) {
            (Some(segments), Some(others)) => {
                for (name, part) in others {
                    match segments.get_mut(name) {
                        Some(own) => own.merge(part),
                        None => _ = segments.insert(name.clone(), part.clone()),
                    }
                }
            }
            // One of them has no leads, and says nothing of segments where the other has some.
            (None, Some(_)) if own => {}
            (Some(_), None) if more => self.segments = None,
            (None, Some(others)) => self.segments = Some(others.clone()),
            _ => {}
        }
        Ok(())
    }

    /// What times are counted in.
    #[must_use]
    pub fn unit(&self) -> TimeUnit {
        self.unit
    }

    /// The time up to which things are known.
    #[must_use]
    pub fn as_of(&self) -> i64 {
        self.as_of
    }

    /// All leads.
    #[must_use]
    pub fn total(&self) -> &HandedLeads {
        &self.total
    }

    /// The leads of each segment, in alphabetical order; nothing where leads have none.
    pub fn segments(&self) -> impl Iterator<Item = (&str, &HandedLeads)> {
        self.segments.iter().flatten().map(|(name, part)| (name.as_str(), part))
    }

    /// The leads of this segment.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unknown`] with the nearest name.
    pub fn segment(&self, name: &str) -> Result<&HandedLeads, Error> {
        self.segments.as_ref().and_then(|segments| segments.get(name)).ok_or_else(|| {
            let known: Vec<&str> = self.segments().map(|(known, _)| known).collect();
            let remedy = did_you_mean(name, known);
            let message = format!("unknown segment {}; {remedy}", quoted(name));
            Error::new(ErrorKind::Unknown, message)
        })
    }
}

/// The leads of each segment that occurs.
struct Parts<'a> {
    coded: Option<&'a Coded<'a>>,
    /// For each text of the dictionary the place of its leads, from the first of them on.
    places: Vec<Option<u32>>,
    parts: Vec<(&'a str, HandedLeads)>,
    unit: TimeUnit,
}

impl<'a> Parts<'a> {
    fn of(coded: Option<&'a Coded<'a>>, unit: TimeUnit) -> Self {
        let places = coded.map_or(0, |coded| coded.dictionary.len());
        Self { coded, places: vec![None; places], parts: Vec::new(), unit }
    }

    /// Those of the segment of a row.
    fn get(&mut self, row: usize) -> Option<&mut HandedLeads> {
        let coded = self.coded?;
        let code = *coded.codes.get(row)? as usize;
        let place = match self.places.get(code)? {
            Some(place) => *place as usize,
            None => {
                let place = self.parts.len();
                self.parts.push((coded.dictionary.get(code)?, HandedLeads::none(self.unit)));
                // Codes have 32 bits, so that no more segments than that occur.
                self.places[code] = u32::try_from(place).ok();
                place
            }
        };
        self.parts.get_mut(place).map(|(_, part)| part)
    }

    fn named(self) -> Option<BTreeMap<String, HandedLeads>> {
        self.coded?;
        let finished = self.parts.into_iter().map(|(name, mut part)| {
            part.finish();
            (name.to_owned(), part)
        });
        Some(finished.collect())
    }
}

/// Columns that were found sound.
struct Read<'a> {
    handed_over: Vec<i64>,
    responded: Option<Vec<Option<i64>>>,
    reasons: Option<&'a Coded<'a>>,
    segments: Option<&'a Coded<'a>>,
}

impl<'a> Read<'a> {
    fn of(leads: &'a Leads<'a>) -> Result<Self, Error> {
        let (rows, unit) = (leads.handed_over.len(), leads.unit);
        let mut problems = Vec::new();
        let handed_over = times("handed_over", &leads.handed_over, rows, unit, &mut problems);
        let responded = leads
            .responded
            .as_ref()
            .map(|column| times("responded", column, rows, unit, &mut problems));
        let reasons = coded("reasons", leads.reasons.as_ref(), rows, &mut problems);
        let segments = coded("segments", leads.segments.as_ref(), rows, &mut problems);
        if leads.outcomes.len() != rows {
            problems.push(unlike("outcomes", leads.outcomes.len(), rows));
        }

        let (mut missing, mut backwards, mut needless) =
            (First::default(), First::default(), First::default());
        for (row, handed_over) in handed_over.iter().flatten().enumerate() {
            let responded = responded.iter().flatten().find_map(|times| *times.get(row)?);
            match (handed_over, responded) {
                (None, _) => missing.note(|| {
                    let message = "a lead without a time of hand-over; give it, or leave it out";
                    let error = Error::new(ErrorKind::Missing, message);
                    error.at_row(row).at_column("handed_over")
                }),
                (Some(handed_over), Some(responded)) if responded < *handed_over => {
                    backwards.note(|| {
                        let message = format!(
                            "responded to at {responded}, before the hand-over at {handed_over} (in {unit}s); correct one, or leave the response empty"
                        );
                        let error = Error::new(ErrorKind::Domain, message);
                        error.at_row(row).at_column("responded")
                    });
                }
                _ => {}
            }
        }
        for (row, outcome) in leads.outcomes.iter().enumerate().take(rows) {
            let reason = reasons.and_then(|coded| text(coded, row));
            if let Some(reason) = reason.filter(|_| *outcome != Outcome::Returned) {
                needless.note(|| {
                    let reason = quoted(reason);
                    let message = format!(
                        "reason {reason} of a lead that is {outcome}; only returned leads have one, so correct one of the two"
                    );
                    Error::new(ErrorKind::Domain, message).at_row(row).at_column("reasons")
                });
            }
        }
        problems.extend([missing, backwards, needless].into_iter().filter_map(First::into_problem));
        if let Some(error) = Error::all("hand-off", problems) {
            return Err(error);
        }
        let handed_over = handed_over.unwrap_or_default().into_iter().flatten().collect();
        Ok(Self { handed_over, responded: responded.flatten(), reasons, segments })
    }
}

/// The times of a column; none where it is not sound.
fn times(
    name: &str,
    column: &Column<'_>,
    rows: usize,
    unit: TimeUnit,
    problems: &mut Vec<Error>,
) -> Option<Vec<Option<i64>>> {
    let stored = match column.checked() {
        Ok(_) if column.len() != rows => {
            problems.push(unlike(name, column.len(), rows));
            return None;
        }
        Ok(stored) => stored,
        Err(error) => {
            problems.push(error.at_column(name));
            return None;
        }
    };
    let mut strange = First::default();
    let time = |row: usize| {
        let time = whole(&stored, row)?;
        if time.is_none() {
            strange.note(|| not_a_time(&stored, row, unit).at_row(row).at_column(name));
        }
        time
    };
    let times = (0..rows).map(time).collect();
    match strange.into_problem() {
        Some(problem) => {
            problems.push(problem);
            None
        }
        None => Some(times),
    }
}

/// The time in a cell, if there is one; none within where it is no whole number of 64 bits.
#[allow(clippy::option_option, reason = "an empty cell is not a strange one")]
fn whole(stored: &Stored<'_>, row: usize) -> Option<Option<i64>> {
    if !stored.is_valid(row) {
        return None;
    }
    let (value, one) = (stored.values.get(row), unit_of(stored));
    Some(if value % one == 0 { i64::try_from(value / one).ok() } else { None })
}

/// One whole, at the scale of a column; that has at most 38 decimals, and 10^38 fits.
fn unit_of(stored: &Stored<'_>) -> i128 {
    10_i128.pow(u32::from(stored.scale))
}

fn not_a_time(stored: &Stored<'_>, row: usize, unit: TimeUnit) -> Error {
    let value = stored.values.get(row);
    let exact = Rational::from_scaled(value, stored.scale);
    let text = exact.to_decimal().map_or(exact.to_string(), |value| plain(&value));
    match value % unit_of(stored) {
        0 => Error::new(
            ErrorKind::Overflow,
            format!("a time of {text} {unit}s, which is beyond 64 bits; count from a later moment"),
        ),
        _ => Error::new(
            ErrorKind::Domain,
            format!("a time of {text} {unit}s, which is not whole; give times in a smaller unit"),
        ),
    }
}

/// Codes that were found sound, one for each row.
fn coded<'a>(
    name: &str,
    given: Option<&'a Result<Coded<'a>, Error>>,
    rows: usize,
    problems: &mut Vec<Error>,
) -> Option<&'a Coded<'a>> {
    match given? {
        Ok(coded) if coded.codes.len() == rows => return Some(coded),
        Ok(coded) => problems.push(unlike(name, coded.codes.len(), rows)),
        Err(error) => problems.push(error.clone().at_column(name)),
    }
    None
}

/// The text in a row, if it says anything.
fn text<'a>(coded: &'a Coded<'_>, row: usize) -> Option<&'a str> {
    let text = coded.dictionary.get(*coded.codes.get(row)? as usize)?;
    (!text.trim().is_empty()).then_some(text)
}

fn unlike(column: &str, count: usize, rows: usize) -> Error {
    let message = format!("{count} for {rows} leads; give one for each");
    Error::new(ErrorKind::Shape, message).at_column(column)
}
