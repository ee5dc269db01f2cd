//! Columns of exact numbers, borrowed where they can be.

use std::borrow::Cow;
use std::ops::Range;

use super::Rational;
use super::format::plain_scaled;
use super::text::parse_scaled;
use crate::error::{Error, ErrorKind};

/// The most decimals a column can have, as for an Arrow `decimal128`.
const MOST_SCALE: u32 = 38;

/// How many rows are taken at a time by those who pass over a column: few enough that their cells
/// stay in the nearest cache. A multiple of 8, so that their bits of a bitmap begin with a byte.
pub(crate) const BLOCK: usize = 1024;

/// Many exact numbers of one scale: one for each row.
///
/// Integers with one scale for the whole column are borrowed; decimal text is read once, strictly.
/// A cell may be empty: by a validity bitmap, or as `None` in text. What is wrong with a column (text
/// that is no number, a scale above 38, a bitmap that is too short) is told by
/// [`check`](Column::check), and by whatever takes the column: facts, or
/// [`statistics`](crate::statistics).
///
/// ```
/// use yardstick::Column;
///
/// let cents = [1_999_i64, 500];
/// let revenue = Column::scaled(&cents, 2);
/// let text = Column::text(&["19.99", "5.00"]);
/// let orders = Column::integers(&[1, 2]);
///
/// let cells: Vec<_> = revenue.with_validity(&[0b01]).cells()?.collect();
/// assert_eq!(cells, [Some("19.99".parse()?), None]);
/// # Ok::<(), yardstick::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Column<'a> {
    values: Result<Values<'a>, Error>,
    rows: usize,
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

    fn borrowed(&self) -> Values<'_> {
        match self {
            Self::Narrow(values) => Values::Narrow(Cow::Borrowed(values)),
            Self::Wide(values) => Values::Wide(Cow::Borrowed(values)),
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
        let rows = values.len();
        Self { values: Ok(Values::Narrow(Cow::Borrowed(values))), rows, scale, validity: None }
    }

    /// `values[i] / 10^scale` in 128 bits: the values of an Arrow `decimal128` column.
    #[must_use]
    pub fn wide(values: &'a [i128], scale: u32) -> Self {
        let rows = values.len();
        Self { values: Ok(Values::Wide(Cow::Borrowed(values))), rows, scale, validity: None }
    }

    /// The same, owned: for values that were put together for the column. Kept in 64 bits where all
    /// fit.
    #[must_use]
    pub fn owned(values: Vec<i128>, scale: u32) -> Self {
        let rows = values.len();
        Self { values: Ok(Values::owned(values)), rows, scale, validity: None }
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

    /// The number of cells, those that are empty included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The number of decimals of every value.
    #[must_use]
    pub fn scale(&self) -> u32 {
        self.scale
    }

    /// Says what is wrong with the column, if anything.
    ///
    /// # Errors
    ///
    /// What was wrong with the first text that is no number, with its row; [`ErrorKind::Domain`] for
    /// a scale above 38; [`ErrorKind::Shape`] for a validity bitmap with fewer bits than there are
    /// rows.
    pub fn check(&self) -> Result<(), Error> {
        if let Err(error) = &self.values {
            return Err(error.clone());
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
            let (bytes, rows, needed) = (bitmap.len(), self.rows, self.rows.div_ceil(8));
            if bytes < needed {
                return Err(Error::new(
                    ErrorKind::Shape,
                    format!(
                        "a validity bitmap of {bytes} bytes for {rows} rows; give {needed}, a bit for each row"
                    ),
                ));
            }
        }
        Ok(())
    }

    /// The cells in order, `None` where one is empty.
    ///
    /// # Errors
    ///
    /// As [`check`](Column::check).
    pub fn cells(&self) -> Result<Cells<'_>, Error> {
        Ok(Cells { column: self.checked()?, rows: 0..self.rows })
    }

    fn read<'t>(texts: impl ExactSizeIterator<Item = Option<&'t str>>) -> Self {
        let rows = texts.len();
        let mut cells = Vec::with_capacity(rows);
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
                    let values = Err(error.at_row(row));
                    return Self { values, rows, scale: 0, validity: None };
                }
            }
        }
        Self::from_cells(&cells)
    }

    /// Brings cells to their largest common scale; 64 bits where all fit.
    pub(crate) fn from_cells(cells: &[Option<(i128, u32)>]) -> Self {
        let scale = cells.iter().flatten().map(|(_, scale)| *scale).max().unwrap_or(0);
        let rows = cells.len();
        let mut values = Vec::with_capacity(rows);
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
                    let values = Err(error.at_row(row));
                    return Self { values, rows, scale, validity: None };
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
        Self { values: Ok(Values::owned(values)), rows, scale, validity }
    }

    /// The same column, its cells borrowed.
    pub(crate) fn borrowed(&self) -> Column<'_> {
        let values = self.values.as_ref().map(Values::borrowed).map_err(Clone::clone);
        let validity = self.validity.as_deref().map(Cow::Borrowed);
        Column { values, rows: self.rows, scale: self.scale, validity }
    }

    /// Refuses a column whose text could not be read.
    pub(crate) fn readable(self) -> Result<(), Error> {
        self.values.map(|_| ())
    }

    /// Checks the column against the number of rows.
    pub(crate) fn store(self, rows: usize) -> Result<Stored<'a>, Error> {
        if self.values.is_ok() && self.rows != rows {
            let count = self.rows;
            return Err(Error::new(
                ErrorKind::Shape,
                format!("{count} values for {rows} dates; give one for each row"),
            ));
        }
        self.check()?;
        // At most 38, as was checked.
        Ok(Stored { values: self.values?, scale: self.scale as u8, validity: self.validity })
    }

    /// The checked column, borrowed.
    pub(crate) fn checked(&self) -> Result<Stored<'_>, Error> {
        self.check()?;
        let values = self.values.as_ref().map_err(Clone::clone)?.borrowed();
        let validity = self.validity.as_deref().map(Cow::Borrowed);
        Ok(Stored { values, scale: self.scale as u8, validity })
    }
}

/// The cells of a column in order; made by [`Column::cells`].
#[derive(Debug, Clone)]
pub struct Cells<'a> {
    column: Stored<'a>,
    rows: Range<usize>,
}

impl Iterator for Cells<'_> {
    type Item = Option<Rational>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        let value = || Rational::from_scaled(self.column.values.get(row), self.column.scale);
        Some(self.column.is_valid(row).then(value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl ExactSizeIterator for Cells<'_> {}

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

    /// The values of a block (at most [`BLOCK`] rows, of which the first is a multiple of 8), zero where
    /// there is none; `None` where one needs 128 bits. `room` has as many places, for values that do not lie in
    /// memory as they are wanted.
    pub(crate) fn filled<'b>(
        &'b self,
        rows: Range<usize>,
        room: &'b mut [i64],
    ) -> Option<&'b [i64]> {
        let bits = self.validity.as_deref().map(|bits| &bits[rows.start / 8..]);
        match (&self.values, bits) {
            (Values::Narrow(values), None) => return Some(&values[rows]),
            (Values::Narrow(values), Some(bits)) => mask(&values[rows], bits, room),
            (Values::Wide(values), None) => narrow(&values[rows], room)?,
            (Values::Wide(values), Some(bits)) => {
                let mut whole = [0; BLOCK];
                let whole = &mut whole[..rows.len()];
                narrow(&values[rows], whole)?;
                mask(whole, bits, room);
            }
        }
        Some(room)
    }

    /// The values of a block that are there.
    pub(crate) fn present<'b>(&'b self, rows: Range<usize>, room: &'b mut Room) -> Present<'b> {
        let bits = match &self.validity {
            Some(bits) => &bits[rows.start / 8..rows.end.div_ceil(8)],
            None => &[],
        };
        // Where all are there, they are taken as they lie in memory.
        let whole = rows.len() / 8;
        let rest = (1_u16 << (rows.len() % 8)) - 1;
        let all = self.all_valid()
            || bits[..whole].iter().all(|byte| *byte == u8::MAX)
                && bits[whole..].iter().all(|byte| u16::from(*byte) & rest == rest);
        match &self.values {
            Values::Narrow(values) if all => Present::Narrow(&values[rows]),
            Values::Narrow(values) => {
                let count = close_up(&values[rows], bits, &mut room.narrow);
                Present::Narrow(&room.narrow[..count])
            }
            Values::Wide(values) => {
                let mut values = &values[rows];
                if !all {
                    let count = close_up(values, bits, &mut room.wide);
                    values = &room.wide[..count];
                }
                match narrow(values, &mut room.narrow) {
                    Some(()) => Present::Narrow(&room.narrow[..values.len()]),
                    None => Present::Wide(values),
                }
            }
        }
    }
}

/// For each byte of a bitmap, what its eight values are masked with.
static MASKS: [[i64; 8]; 256] = {
    let mut masks = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut i = 0;
        while i < 8 {
            masks[byte][i] = -((byte >> i & 1) as i64);
            i += 1;
        }
        byte += 1;
    }
    masks
};

/// Room for the values of a block.
pub(crate) struct Room {
    narrow: [i64; BLOCK],
    wide: [i128; BLOCK],
}

impl Room {
    pub(crate) const fn new() -> Self {
        Self { narrow: [0; BLOCK], wide: [0; BLOCK] }
    }
}

/// The values of a block that are there.
pub(crate) enum Present<'a> {
    Narrow(&'a [i64]),
    /// One of them needs 128 bits.
    Wide(&'a [i128]),
}

/// Values in 64 bits, where all fit.
fn narrow(values: &[i128], room: &mut [i64]) -> Option<()> {
    for (narrow, value) in room.iter_mut().zip(values) {
        *narrow = i64::try_from(*value).ok()?;
    }
    Some(())
}

/// The values with zero where a bit is not set.
fn mask(values: &[i64], bits: &[u8], room: &mut [i64]) {
    for ((eight, byte), room) in values.chunks(8).zip(bits).zip(room.chunks_mut(8)) {
        for ((value, mask), room) in eight.iter().zip(&MASKS[usize::from(*byte)]).zip(room) {
            *room = value & mask;
        }
    }
}

/// Moves the values whose bit is set to the front of `room`, which has at least as many places, and
/// counts them.
fn close_up<T: Copy>(values: &[T], bits: &[u8], room: &mut [T]) -> usize {
    let mut count = 0;
    for (eight, byte) in values.chunks(8).zip(bits) {
        for (i, value) in eight.iter().enumerate() {
            // Overwritten by the next one where this one is not there; no branch to mispredict.
            room[count] = *value;
            count += usize::from(byte >> i & 1);
        }
    }
    count
}
