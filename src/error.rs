//! The one error type: what went wrong, where, and what would be right.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::excerpt::excerpt;

/// What kind of thing went wrong.
///
/// The first four are the outcomes of arithmetic, in their order of precedence: where two apply,
/// the earlier one is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A division by an exact zero.
    DivisionByZero,
    /// An argument outside the domain of the operation.
    Domain,
    /// A number that does not fit: a rounded result beyond 96 bits at its scale, or an input beyond
    /// the width of its column.
    Overflow,
    /// Digits would be lost where none may be.
    Inexact,
    /// An internal limit on size (digits, exponents, length of a formula).
    Capacity,
    /// Text that is not what it should be: a number, a date, a unit, a formula, a document.
    Syntax,
    /// A value of the wrong kind, for example a float where a decimal is due.
    Type,
    /// A name that nothing defines.
    Unknown,
    /// A name or row that is there twice.
    Duplicate,
    /// A definition that depends on itself.
    Cycle,
    /// Units that do not go together.
    Unit,
    /// A date or period outside what it may be.
    Date,
    /// Something required that is absent.
    Missing,
    /// Lengths or shapes that do not agree.
    Shape,
    /// Several problems at once; see [`Error::problems`].
    Invalid,
}

impl ErrorKind {
    /// The kind as one lower-case word, stable across versions.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DivisionByZero => "division_by_zero",
            Self::Domain => "domain",
            Self::Overflow => "overflow",
            Self::Inexact => "inexact",
            Self::Capacity => "capacity",
            Self::Syntax => "syntax",
            Self::Type => "type",
            Self::Unknown => "unknown",
            Self::Duplicate => "duplicate",
            Self::Cycle => "cycle",
            Self::Unit => "unit",
            Self::Date => "date",
            Self::Missing => "missing",
            Self::Shape => "shape",
            Self::Invalid => "invalid",
        }
    }
}

/// An error of this crate.
///
/// Its text names the place, the value and the remedy; an error in a formula also shows the formula,
/// with carets under the place. The parts are also there for programs: [`kind`](Error::kind),
/// [`path`](Error::path) into a document, [`row`](Error::row) and [`column`](Error::column) of facts,
/// [`span`](Error::span) of bytes in a [`text`](Error::text), and [`problems`](Error::problems) where
/// a validation found several.
///
/// `{error}` is for people; `{error:#}` is the same with each problem on one line, for logs.
///
/// ```
/// use yardstick::{ErrorKind, Formula, Rational};
///
/// let error = "1,234.50".parse::<Rational>().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Syntax);
/// assert_eq!(error.span(), Some(1..2));
///
/// let error = "spend / (leads - lost".parse::<Formula>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the text ends where \")\" is due: the \"(\" at 8 is not closed
///     spend / (leads - lost
///                          ^"
/// );
/// assert_eq!(
///     format!("{error:#}"),
///     "\"spend / (leads - lost\" ends where \")\" is due: the \"(\" at 8 is not closed"
/// );
/// ```
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    inner: Box<Inner>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    message: String,
    path: String,
    row: Option<usize>,
    column: Option<String>,
    span: Option<Range<usize>>,
    /// What the span lies in.
    text: Option<String>,
    problems: Vec<Error>,
}

impl Inner {
    /// Writes the error, with everything below its first line indented by so much more.
    fn write(&self, f: &mut fmt::Formatter<'_>, indent: usize) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        match (self.row, &self.column) {
            (Some(row), Some(column)) => write!(f, "row {row}, column \"{column}\": ")?,
            (Some(row), None) => write!(f, "row {row}: ")?,
            (None, Some(column)) => write!(f, "column \"{column}\": ")?,
            (None, None) => {}
        }
        let place = self.text.as_deref().zip(self.span.clone()).filter(|_| !f.alternate());
        let shown = place.and_then(|(text, span)| Some((text, excerpt(text, span)?)));
        match shown {
            Some((text, (line, carets))) => {
                let below = indent + 4;
                f.write_str(&self.message_above(text))?;
                write!(f, "\n{:below$}{line}\n{:below$}{carets}", "", "")?;
            }
            None => f.write_str(&self.message)?,
        }
        for problem in &self.problems {
            let below = indent + 2;
            write!(f, "\n{:below$}", "")?;
            problem.inner.write(f, below)?;
        }
        Ok(())
    }

    /// The message where the text is shown below it: it need not repeat the text.
    fn message_above(&self, text: &str) -> String {
        let mut message = self.message.clone();
        let (within, alone) = (format!(" in \"{text}\""), format!("\"{text}\""));
        if let Some(at) = message.rfind(&within) {
            message.replace_range(at..at + within.len(), "");
        } else if let Some(at) = message.rfind(&alone) {
            message.replace_range(at..at + alone.len(), "the text");
        }
        message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.write(f, 0)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: ", self.inner.kind)?;
        self.inner.write(f, 0)
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                message: message.into(),
                path: String::new(),
                row: None,
                column: None,
                span: None,
                text: None,
                problems: Vec::new(),
            }),
        }
    }

    /// One error out of all problems that a validation found; `None` where there are none.
    pub(crate) fn all(what: &str, problems: Vec<Error>) -> Option<Self> {
        let count = problems.len();
        if count == 0 {
            return None;
        }
        let noun = if count == 1 { "problem" } else { "problems" };
        let mut error = Self::new(ErrorKind::Invalid, format!("{count} {noun} in the {what}"));
        error.inner.problems = problems;
        Some(error)
    }

    /// Puts `path` in front of the path that the error has so far.
    pub(crate) fn at_path(mut self, path: impl AsRef<str>) -> Self {
        let (head, tail) = (path.as_ref(), &self.inner.path);
        self.inner.path = match (head.is_empty(), tail.is_empty()) {
            (true, _) => return self,
            (false, true) => head.to_owned(),
            (false, false) if tail.starts_with('[') => format!("{head}{tail}"),
            (false, false) => format!("{head}.{tail}"),
        };
        self
    }

    /// Another path in place of the one that the error has so far.
    pub(crate) fn with_path(mut self, path: String) -> Self {
        self.inner.path = path;
        self
    }

    pub(crate) fn at_row(mut self, row: usize) -> Self {
        self.inner.row = Some(row);
        self
    }

    pub(crate) fn at_column(mut self, column: impl Into<String>) -> Self {
        self.inner.column = Some(column.into());
        self
    }

    pub(crate) fn at_span(mut self, span: Range<usize>) -> Self {
        self.inner.span = Some(span);
        self
    }

    /// At a place in a text that is shown with the error. The message may repeat the text in quotes,
    /// once, to be understood alone.
    pub(crate) fn in_text(mut self, text: &str, span: Range<usize>) -> Self {
        self.inner.text = Some(text.to_owned());
        self.at_span(span)
    }

    /// Puts words in front of the message, for example the name of the thing being read.
    pub(crate) fn within(mut self, what: impl fmt::Display) -> Self {
        self.inner.message = format!("{what}: {}", self.inner.message);
        self
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// What went wrong, without the place in front and without problems. It is one to be understood
    /// alone: where the error is about a place in a formula, it repeats the formula.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// Where in a document, for example `kpis[2].formula`; `None` outside documents.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        (!self.inner.path.is_empty()).then_some(self.inner.path.as_str())
    }

    /// The row of facts, counted from 0.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        self.inner.row
    }

    /// The column of facts, by name.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        self.inner.column.as_deref()
    }

    /// The offending bytes in the text that was read.
    #[must_use]
    pub fn span(&self) -> Option<Range<usize>> {
        self.inner.span.clone()
    }

    /// The text that [`span`](Error::span) counts in, where the error shows it: the formula that the
    /// place is in. `None` for errors that are in no formula.
    ///
    /// ```
    /// use yardstick::Formula;
    ///
    /// let error = "spend / / leads".parse::<Formula>().unwrap_err();
    /// assert_eq!((error.text(), error.span()), (Some("spend / / leads"), Some(8..9)));
    /// ```
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.inner.text.as_deref()
    }

    /// All problems that a validation found, in the order of the document; empty where the error is
    /// a single one.
    #[must_use]
    pub fn problems(&self) -> &[Error] {
        &self.inner.problems
    }
}

/// A text in quotes for a message: cut where it is long, without control characters.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut quoted = String::from("\"");
    for (i, c) in text.chars().enumerate() {
        if i == LONGEST {
            quoted.push('…');
            break;
        }
        match c.is_control() {
            true => quoted.extend(c.escape_default()),
            false => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The name in `known` that is nearest to `name`, where one is near enough to be what was meant:
/// at most a third of its characters (and one more) inserted, removed, replaced or swapped, and at
/// most eight. Long names, and those after the first few hundred, are not looked at: a document may
/// have many thousands of names and as many mistakes.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 64;
    const MOST: usize = 500;
    const FARTHEST: usize = 8;
    let length = name.chars().take(LONGEST + 1).count();
    let limit = (length / 3 + 1).min(FARTHEST);
    if length > LONGEST {
        return None;
    }
    let length_of = |candidate: &str| candidate.chars().take(length + limit + 1).count();
    known
        .into_iter()
        .take(MOST)
        .filter(|candidate| length_of(candidate).abs_diff(length) <= limit)
        .filter_map(|candidate| Some((edits(name, candidate, limit)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many known names a message lists.
const MOST_NAMES: usize = 12;

/// The remedy that ends a message about an unknown name.
pub(crate) fn did_you_mean<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> String {
    match nearest(name, known.clone()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => {
            let mut known = known.into_iter();
            let names: Vec<_> = known.by_ref().take(MOST_NAMES).map(shortened).collect();
            match (names.len(), known.count()) {
                (0, _) => "nothing is defined there".to_owned(),
                (_, 0) => format!("known are {}", names.join(", ")),
                (_, more) => format!("known are {} and {more} more", names.join(", ")),
            }
        }
    }
}

/// A name for a message: cut where it is long.
fn shortened(name: &str) -> Cow<'_, str> {
    const LONGEST: usize = 60;
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
        None => Cow::Borrowed(name),
    }
}

/// Optimal string alignment: insertions, removals, replacements, and swaps of neighbours; none
/// beyond `limit`. Capitals are no edits.
fn edits(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        // Farther from the diagonal there are more than `limit` insertions or removals.
        let mut row = vec![limit + 1; b.len() + 1];
        row[0] = i;
        for j in i.saturating_sub(limit).max(1)..=b.len().min(i + limit) {
            let replace = last[j - 1] + usize::from(!a[i - 1].eq_ignore_ascii_case(&b[j - 1]));
            row[j] = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    Some(last[b.len()]).filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_takes_what_was_meant_and_nothing_far() {
        let known = ["marketing_cost", "sales_cost", "leads"];
        assert_eq!(nearest("marketing_costs", known), Some("marketing_cost"));
        assert_eq!(nearest("laeds", known), Some("leads"));
        assert_eq!(nearest("LEADS", known), Some("leads"));
        assert_eq!(nearest("impressions", known), None);
        assert_eq!(nearest("", ["ab", "b"]), Some("b"));
        assert_eq!(nearest(&"a".repeat(65), [&*"a".repeat(65)]), None);
    }

    #[test]
    fn known_names_are_cut_where_they_are_long() {
        let remedy = did_you_mean("x", [&*"é".repeat(100_000), "leads"]);
        assert_eq!(remedy, format!("known are {}…, leads", "é".repeat(60)));
    }

    #[test]
    fn a_quoted_text_is_short_and_printable() {
        assert_eq!(quoted("1,5"), "\"1,5\"");
        assert_eq!(quoted("a\nb"), "\"a\\nb\"");
        assert_eq!(quoted(&"9".repeat(100)).chars().count(), 63);
    }

    #[test]
    fn paths_join_with_a_point_except_before_an_index() {
        let error =
            Error::new(ErrorKind::Unknown, "x").at_path("formula").at_path("[2]").at_path("kpis");
        assert_eq!(error.path(), Some("kpis[2].formula"));
    }
}
