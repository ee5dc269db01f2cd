//! Columns of exact numbers, borrowed where they can be.

use std::borrow::Cow;

use super::text::{parse_scaled, plain_scaled};
use crate::error::{Error, ErrorKind};

/// The most decimals a column can have, as for an Arrow `decimal128`.
const MOST_SCALE: u32 = 38;

/// The values of one measure, one for each row.
///
/// Integers with one scale for the whole column are borrowed; decimal text is read once, strictly.
/// A cell may be empty: by a validity bitmap, or as `None` in text. What is wrong with a column (text
/// that is no number, a scale above 38, another length than that of the dates, a bitmap that is too
/// short) is told when the facts are built.
///
/// ```
/// use yardstick::Column;
///
/// let cents = [1_999_i64, 500];
/// let revenue = Column::scaled(&cents, 2);
/// let text = Column::text(&["19.99", "5.00"]);
/// let orders = Column::integers(&[1, 2]);
/// ```
#[derive(Debug, Clone)]
pub struct Column<'a> {
    values: Result<Values<'a>, Error>,
    scale: u32,
    validity: Option<Cow<'a, [u8]>>,
}

#[derive(Debug, Clone)]
pub(crate) enum Values<'a> {
    Narrow(Cow<'a, [i64]>),
    Wide(Cow<'a, [i128]>),
}

impl Values<'_> {
    fn owned(values: Vec<i128>) -> Self {
        let narrow: Option<Vec<i64>> =
            values.iter().map(|value| i64::try_from(*value).ok()).collect();
        match narrow {
            Some(values) => Self::Narrow(Cow::Owned(values)),
            None => Self::Wide(Cow::Owned(values)),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Narrow(values) => values.len(),
            Self::Wide(values) => values.len(),
        }
    }

    pub(crate) fn get(&self, row: usize) -> i128 {
        match self {
            Self::Narrow(values) => i128::from(values[row]),
            Self::Wide(values) => values[row],
        }
    }
}

impl<'a> Column<'a> {
    /// Whole numbers.
    #[must_use]
    pub fn integers(values: &'a [i64]) -> Self {
        Self::scaled(values, 0)
    }

    /// `values[i] / 10^scale`: cents with scale 2.
    #[must_use]
    pub fn scaled(values: &'a [i64], scale: u32) -> Self {
        Self { values: Ok(Values::Narrow(Cow::Borrowed(values))), scale, validity: None }
    }

    /// `values[i] / 10^scale` in 128 bits: the values of an Arrow `decimal128` column.
    #[must_use]
    pub fn wide(values: &'a [i128], scale: u32) -> Self {
        Self { values: Ok(Values::Wide(Cow::Borrowed(values))), scale, validity: None }
    }

    /// The same, owned: for values that were put together for the column. Kept in 64 bits where all
    /// fit.
    #[must_use]
    pub fn owned(values: Vec<i128>, scale: u32) -> Self {
        Self { values: Ok(Values::owned(values)), scale, validity: None }
    }

    /// Decimal text, read as strictly as a [`Rational`](crate::Rational) but without fractions. An
    /// empty text is an error; see [`optional_text`](Column::optional_text).
    #[must_use]
    pub fn text<S: AsRef<str>>(values: &[S]) -> Self {
        Self::read(values.iter().map(|text| Some(text.as_ref())))
    }

    /// Decimal text with empty cells.
    #[must_use]
    pub fn optional_text<S: AsRef<str>>(values: &[Option<S>]) -> Self {
        Self::read(values.iter().map(|text| text.as_ref().map(AsRef::as_ref)))
    }

    /// The same column with a validity bitmap: cell `i` is there where bit `i % 8` of byte `i / 8`
    /// is set, least significant bit first, as in Arrow.
    #[must_use]
    pub fn with_validity(self, bitmap: &'a [u8]) -> Self {
        Self { validity: Some(Cow::Borrowed(bitmap)), ..self }
    }

    fn read<'t>(texts: impl Iterator<Item = Option<&'t str>>) -> Self {
        let mut cells = Vec::new();
        for (row, text) in texts.enumerate() {
            let cell = match text.map(parse_scaled).transpose() {
                _ if text == Some("") => Err(Error::new(
                    ErrorKind::Syntax,
                    "an empty text is not a number; give an empty cell as None in optional_text",
                )),
                Ok(Some((_, scale))) if scale > MOST_SCALE => Err(Error::new(
                    ErrorKind::Overflow,
                    format!(
                        "{scale} decimals; a column holds at most {MOST_SCALE}, so round it first"
                    ),
                )),
                other => other,
            };
            match cell {
                Ok(cell) => cells.push(cell),
                Err(error) => {
                    return Self { values: Err(error.at_row(row)), scale: 0, validity: None };
                }
            }
        }
        Self::from_cells(&cells)
    }

    /// Brings cells to their largest common scale; 64 bits where all fit.
    pub(crate) fn from_cells(cells: &[Option<(i128, u32)>]) -> Self {
        let scale = cells.iter().flatten().map(|(_, scale)| *scale).max().unwrap_or(0);
        let mut values = Vec::with_capacity(cells.len());
        for (row, cell) in cells.iter().enumerate() {
            let (mantissa, own) = cell.unwrap_or((0, scale));
            let raised =
                10_i128.checked_pow(scale - own).and_then(|power| mantissa.checked_mul(power));
            match raised {
                Some(value) => values.push(value),
                None => {
                    let number = plain_scaled(mantissa, own);
                    let error = Error::new(
                        ErrorKind::Overflow,
                        format!(
                            "{number} does not fit 128 bits at scale {scale}, the largest of its column; give the column fewer decimals"
                        ),
                    );
                    return Self { values: Err(error.at_row(row)), scale, validity: None };
                }
            }
        }
        let validity = cells.contains(&None).then(|| {
            let mut bits = vec![0_u8; cells.len().div_ceil(8)];
            for (row, _) in cells.iter().enumerate().filter(|(_, cell)| cell.is_some()) {
                bits[row / 8] |= 1 << (row % 8);
            }
            Cow::Owned(bits)
        });
        Self { values: Ok(Values::owned(values)), scale, validity }
    }

    /// Refuses a column whose text could not be read.
    pub(crate) fn readable(self) -> Result<(), Error> {
        self.values.map(|_| ())
    }

    /// Checks the column against the number of rows.
    pub(crate) fn store(self, rows: usize) -> Result<Stored<'a>, Error> {
        let values = self.values?;
        if values.len() != rows {
            let count = values.len();
            return Err(Error::new(
                ErrorKind::Shape,
                format!("{count} values for {rows} dates; give one for each row"),
            ));
        }
        if self.scale > MOST_SCALE {
            let scale = self.scale;
            return Err(Error::new(
                ErrorKind::Domain,
                format!(
                    "scale {scale} of a column is above {MOST_SCALE}, the most; give it fewer decimals"
                ),
            ));
        }
        if let Some(bitmap) = &self.validity {
            let (bytes, needed) = (bitmap.len(), rows.div_ceil(8));
            if bytes < needed {
                return Err(Error::new(
                    ErrorKind::Shape,
                    format!(
                        "a validity bitmap of {bytes} bytes for {rows} rows; give {needed}, a bit for each row"
                    ),
                ));
            }
        }
        // At most 38, as was checked.
        Ok(Stored { values, scale: self.scale as u8, validity: self.validity })
    }
}

/// A column that was checked.
#[derive(Debug, Clone)]
pub(crate) struct Stored<'a> {
    pub(crate) values: Values<'a>,
    pub(crate) scale: u8,
    validity: Option<Cow<'a, [u8]>>,
}

impl Stored<'_> {
    pub(crate) fn is_valid(&self, row: usize) -> bool {
        self.validity.as_ref().is_none_or(|bits| bits[row / 8] >> (row % 8) & 1 == 1)
    }

    pub(crate) fn all_valid(&self) -> bool {
        self.validity.is_none()
    }
}
