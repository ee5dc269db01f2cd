//! Arrays as columns of facts.

use std::ffi::{CStr, c_char, c_void};
use std::ptr::null;
use std::sync::Arc;

use super::layout::{ArrowArray, ArrowSchema};
use crate::capi::argument::{Array, Shared};
use crate::capi::column::{gather, ys_integer_column, ys_text_column, ys_wide_column};
use crate::capi::decimal::ys_int128;
use crate::capi::error::ys_error;
use crate::capi::guard::Outcome;
use crate::capi::status::{
    YS_DATE, YS_DOMAIN, YS_MISSING, YS_SHAPE, YS_SYNTAX, YS_TYPE, ys_status,
};
use crate::{Column, Date, FactsBuilder};

/// A column that was read, by its name.
pub(in crate::capi) struct Named {
    name: String,
    column: Read,
}

enum Read {
    Days(&'static [i32]),
    Dates(Vec<Date>),
    Texts(Vec<&'static str>),
    Codes(&'static [u32], Vec<&'static str>),
    Measure(Column<'static>),
}

impl Named {
    pub(in crate::capi) fn add(self, facts: FactsBuilder<'static>) -> FactsBuilder<'static> {
        match self.column {
            Read::Days(days) => facts.day_numbers(days),
            Read::Dates(days) => facts.dates(&days),
            Read::Texts(texts) => facts.dimension(&self.name, &texts),
            Read::Codes(codes, dictionary) => facts.dimension_codes(&self.name, codes, &dictionary),
            Read::Measure(column) => facts.measure(&self.name, column),
        }
    }
}

/// Refuses a column as a whole.
fn refuse<T>(status: ys_status, name: &str, detail: &str) -> Outcome<T> {
    Err(ys_error::refusal(status, format!("column \"{name}\": {detail}")))
}

/// The columns of a record batch.
///
/// # Safety
///
/// Both are alive and what the interface says, and what they point to is not changed or freed as
/// long as anything reads what this returns.
pub(super) unsafe fn columns(
    schema: &ArrowSchema,
    array: &ArrowArray,
    dimensions: &[String],
    bitmaps: &mut Vec<Arc<[u8]>>,
) -> Outcome<Vec<Named>> {
    // SAFETY: promised to us.
    let format = unsafe { text_of("schema.format", schema.format)? };
    if format != "+s" {
        return refuse(YS_TYPE, "", &format!("a record batch has the format +s, not {format}"));
    }
    let (rows, offset) = (size("array.length", array.length)?, size("array.offset", array.offset)?);
    let count = size("array.n_children", array.n_children)?;
    if size("schema.n_children", schema.n_children)? != count {
        let (types, given) = (schema.n_children, array.n_children);
        return refuse(
            YS_SHAPE,
            "",
            &format!("{types} columns in the schema and {given} in the array"),
        );
    }
    // A batch has no rows that are empty as a whole.
    if array.null_count > 0 {
        return refuse(YS_MISSING, "", "rows of a record batch cannot be empty as a whole");
    }
    // SAFETY: promised to us.
    let (types, arrays) = unsafe {
        (
            Array::new("schema.children", schema.children, count).get()?,
            Array::new("array.children", array.children, count).get()?,
        )
    };
    let mut columns = Vec::with_capacity(count);
    for (kind, child) in types.iter().zip(arrays) {
        // SAFETY: promised to us.
        let (kind, child) = unsafe {
            (
                Shared::<'static, _>::new("schema.children[i]", kind.cast_const()).get()?,
                Shared::<'static, _>::new("array.children[i]", child.cast_const()).get()?,
            )
        };
        // SAFETY: promised to us.
        let (name, format) = unsafe {
            (text_of("schema.children[i].name", kind.name)?, text_of("format", kind.format)?)
        };
        let slice = Slice::new(name, format, child, offset, rows)?;
        let is_dimension = dimensions.iter().any(|dimension| dimension == name);
        // SAFETY: promised to us.
        let column = unsafe { slice.read(kind, is_dimension, bitmaps)? };
        columns.push(Named { name: name.to_owned(), column });
    }
    Ok(columns)
}

/// # Safety
///
/// NULL, or text with a NUL at its end that lives as long as what it describes.
unsafe fn text_of(what: &'static str, text: *const c_char) -> Outcome<&'static str> {
    // SAFETY: promised to us.
    unsafe { Shared::<'static, c_char>::new(what, text) }.get()?;
    // SAFETY: not NULL; the rest was promised to us.
    let bytes = unsafe { CStr::from_ptr(text) };
    bytes.to_str().map_err(|_| ys_error::refusal(YS_SYNTAX, format!("{what} is not UTF-8")))
}

fn size(what: &str, value: i64) -> Outcome<usize> {
    usize::try_from(value)
        .map_err(|_| ys_error::refusal(YS_SHAPE, format!("{what} is {value}; it is 0 or more")))
}

/// Rows of an array.
struct Slice<'a> {
    name: &'static str,
    format: &'static str,
    array: &'a ArrowArray,
    /// The first row, counted from the beginning of the buffers.
    first: usize,
    rows: usize,
}

impl<'a> Slice<'a> {
    /// The rows of a column that those of its batch are.
    fn new(
        name: &'static str,
        format: &'static str,
        array: &'a ArrowArray,
        offset: usize,
        rows: usize,
    ) -> Outcome<Self> {
        let (length, own) = (size("length", array.length)?, size("offset", array.offset)?);
        let enough = offset.checked_add(rows).is_some_and(|end| end <= length);
        match (enough, own.checked_add(length)) {
            (true, Some(_)) => Ok(Self { name, format, array, first: own + offset, rows }),
            _ => refuse(
                YS_SHAPE,
                name,
                &format!("{length} rows where the batch has {rows} from row {offset}"),
            ),
        }
    }

    fn refuse<T>(&self, status: ys_status, detail: &str) -> Outcome<T> {
        refuse(status, self.name, detail)
    }

    fn in_row<T>(&self, status: ys_status, row: usize, detail: &str) -> Outcome<T> {
        Err(ys_error::in_cell(status, row, self.name, detail))
    }

    /// A buffer, NULL where it is there but empty.
    unsafe fn buffer(&self, index: usize, of: usize) -> Outcome<*const c_void> {
        if size("n_buffers", self.array.n_buffers)? != of {
            let given = self.array.n_buffers;
            return self.refuse(YS_SHAPE, &format!("{given} buffers where {of} are due"));
        }
        // SAFETY: promised to `columns`.
        let buffers = unsafe { Array::new("buffers", self.array.buffers.cast_const(), of) };
        Ok(buffers.get()?[index])
    }

    /// Values in a row, from the first of the slice on; NULL is found out.
    unsafe fn values<T>(&self) -> Outcome<*const T> {
        // SAFETY: promised to `columns`.
        let buffer = unsafe { self.buffer(1, 2)? }.cast::<T>();
        if self.rows > 0 && buffer.is_null() {
            return self.refuse(YS_SHAPE, "its buffer of values is NULL");
        }
        Ok(if buffer.is_null() { buffer } else { buffer.wrapping_add(self.first) })
    }

    /// The validity bitmap from the first row of the slice on.
    unsafe fn bits(
        &self,
        buffers: usize,
        made: &mut Vec<Arc<[u8]>>,
    ) -> Outcome<Option<&'static [u8]>> {
        // SAFETY: promised to `columns`.
        let bitmap = unsafe { self.buffer(0, buffers)? }.cast::<u8>();
        if self.array.null_count == 0 || self.rows == 0 {
            return Ok(None);
        }
        if bitmap.is_null() {
            return match self.array.null_count > 0 {
                true => self.refuse(YS_SHAPE, "it has empty values and no bitmap of them"),
                false => Ok(None),
            };
        }
        let (byte, shift) = (self.first / 8, self.first % 8);
        let bytes = (shift + self.rows).div_ceil(8);
        // SAFETY: the bitmap has a bit for each row of the array, as was promised to `columns`.
        let bits =
            unsafe { Array::<'static, u8>::new("validity", bitmap.wrapping_add(byte), bytes) };
        let bits = bits.get()?;
        if shift == 0 {
            return Ok(Some(bits));
        }
        let at = |i: usize| u16::from(bits.get(i).copied().unwrap_or(0));
        let moved =
            (0..self.rows.div_ceil(8)).map(|i| ((at(i) | at(i + 1) << 8) >> shift & 0xff) as u8);
        let moved: Arc<[u8]> = moved.collect();
        let pointer = Arc::as_ptr(&moved).cast::<u8>();
        let length = moved.len();
        made.push(moved);
        // SAFETY: kept in `made`, which the batch keeps as long as anything reads it.
        Ok(Some(unsafe { std::slice::from_raw_parts(pointer, length) }))
    }

    /// The same where no row may be empty.
    unsafe fn full(&self, buffers: usize, made: &mut Vec<Arc<[u8]>>, what: &str) -> Outcome<()> {
        // SAFETY: promised to `columns`.
        let Some(bits) = (unsafe { self.bits(buffers, made)? }) else { return Ok(()) };
        match (0..self.rows).find(|row| bits[row / 8] >> (row % 8) & 1 == 0) {
            None => Ok(()),
            Some(row) => self.in_row(YS_MISSING, row, &format!("{what} has a value in every row")),
        }
    }

    unsafe fn read(
        &self,
        kind: &ArrowSchema,
        is_dimension: bool,
        made: &mut Vec<Arc<[u8]>>,
    ) -> Outcome<Read> {
        if !kind.dictionary.is_null() {
            if !is_dimension {
                return self.refuse(YS_TYPE, "only dimensions have a dictionary");
            }
            // SAFETY: promised to `columns`.
            return unsafe { self.coded(kind, made) };
        }
        // SAFETY: promised to `columns`, here and below.
        unsafe {
            match self.format {
                "u" | "U" if is_dimension => Ok(Read::Texts(self.all_texts(made)?)),
                _ if is_dimension => self.refuse(
                    YS_TYPE,
                    &format!("a dimension is text, of format u or U, not {}", self.format),
                ),
                "u" | "U" => {
                    let texts = self.texts(made)?.texts(self.name)?;
                    Ok(Read::Measure(Column::optional_text(&texts)))
                }
                "tdD" => self.days(made),
                format if format.starts_with('t') => self.instants(made),
                _ => Ok(Read::Measure(self.measure(made)?)),
            }
        }
    }

    unsafe fn days(&self, made: &mut Vec<Arc<[u8]>>) -> Outcome<Read> {
        // SAFETY: promised to `columns`.
        unsafe {
            self.full(2, made, "a day")?;
            let days = self.values::<i32>()?;
            let days = Array::<'static, i32>::new("days", days, self.rows);
            Ok(Read::Days(days.get()?))
        }
    }

    /// Days as times, each at the beginning of one.
    unsafe fn instants(&self, made: &mut Vec<Arc<[u8]>>) -> Outcome<Read> {
        const SECONDS: i64 = 86_400;
        let (unit, zone) = match self.format.split_once(':') {
            Some((unit, zone)) => (unit, zone),
            None => (self.format, ""),
        };
        let a_day = match unit {
            "tss" => SECONDS,
            "tdm" | "tsm" => SECONDS * 1_000,
            "tsu" => SECONDS * 1_000_000,
            "tsn" => SECONDS * 1_000_000_000,
            _ => return self.refuse(YS_TYPE, &format!("{} is not a format of days", self.format)),
        };
        if !matches!(zone, "" | "UTC" | "+00:00" | "Etc/UTC") {
            return self.refuse(
                YS_TYPE,
                &format!("its time zone is {zone}; cast it to dates in the zone that is meant"),
            );
        }
        // SAFETY: promised to `columns`.
        let times = unsafe {
            self.full(2, made, "a day")?;
            Array::<'static, i64>::new("times", self.values::<i64>()?, self.rows).get()?
        };
        let mut days = Vec::with_capacity(times.len());
        for (row, time) in times.iter().enumerate() {
            let day = i32::try_from(time.div_euclid(a_day)).ok();
            let day = day.filter(|_| time.rem_euclid(a_day) == 0);
            match day.and_then(|day| Date::from_number(day).ok()) {
                Some(day) => days.push(day),
                None => {
                    let detail =
                        format!("{time} is not the beginning of a day of the years 0001 to 9999");
                    return self.in_row(YS_DATE, row, &detail);
                }
            }
        }
        Ok(Read::Dates(days))
    }

    /// The integers of this format, copied.
    unsafe fn integers(&self) -> Outcome<Option<Vec<i128>>> {
        // SAFETY: promised to `columns`.
        unsafe {
            macro_rules! of {
                ($type:ty) => {
                    gather(self.values::<$type>()?, self.rows, size_of::<$type>(), i128::from)?
                };
            }
            Ok(Some(match self.format {
                "c" => of!(i8),
                "C" => of!(u8),
                "s" => of!(i16),
                "S" => of!(u16),
                "i" => of!(i32),
                "I" => of!(u32),
                "l" => of!(i64),
                "L" => of!(u64),
                _ => return Ok(None),
            }))
        }
    }

    unsafe fn measure(&self, made: &mut Vec<Arc<[u8]>>) -> Outcome<Column<'static>> {
        // SAFETY: promised to `columns`.
        let bits = unsafe { self.bits(2, made)? };
        let column = if let Some(decimal) = self.format.strip_prefix("d:") {
            // SAFETY: promised to `columns`.
            unsafe { self.decimals(decimal)? }
        } else {
            // SAFETY: promised to `columns`.
            unsafe {
                let aligned = self.format == "l" && self.values::<i64>()?.is_aligned();
                if aligned {
                    self.longs()?
                } else {
                    let Some(values) = self.integers()? else {
                        return self.refuse(YS_TYPE, &format!(
                            "a measure is an integer, a decimal128 or decimal text, not of format {}; floats are not exact",
                            self.format
                        ));
                    };
                    Column::owned(values, 0)
                }
            }
        };
        Ok(match bits {
            Some(bits) => column.with_validity(bits),
            None => column,
        })
    }

    unsafe fn longs(&self) -> Outcome<Column<'static>> {
        let column = ys_integer_column {
            struct_size: size_of::<ys_integer_column>(),
            // SAFETY: promised to `columns`.
            values: unsafe { self.values()? },
            count: self.rows,
            stride: 0,
            validity: null(),
            scale: 0,
            reserved: 0,
        };
        // SAFETY: promised to `columns`.
        unsafe { column.column() }
    }

    unsafe fn decimals(&self, parameters: &str) -> Outcome<Column<'static>> {
        let mut parts = parameters.split(',');
        let precision = parts.next().and_then(|part| part.parse::<u32>().ok());
        let scale = parts.next().and_then(|part| part.parse::<i32>().ok());
        let width = parts.next();
        let (Some(1..=38), Some(scale), None | Some("128"), None) =
            (precision, scale, width, parts.next())
        else {
            return self.refuse(
                YS_TYPE,
                &format!("{} is not a format of decimal128, such as d:38,2", self.format),
            );
        };
        if scale < 0 {
            return self.refuse(YS_DOMAIN, &format!("its scale is {scale}; it is 0 to 38"));
        }
        // SAFETY: promised to `columns`.
        let values = unsafe { self.values::<ys_int128>()? };
        let column = ys_wide_column {
            struct_size: size_of::<ys_wide_column>(),
            values,
            count: self.rows,
            stride: 0,
            validity: null(),
            scale,
            reserved: 0,
        };
        // SAFETY: promised to `columns`.
        unsafe { column.column() }
    }

    /// The texts of this slice, described as C would.
    unsafe fn texts(&self, made: &mut Vec<Arc<[u8]>>) -> Outcome<ys_text_column> {
        // SAFETY: promised to `columns`.
        let (offsets, data, validity) =
            unsafe { (self.buffer(1, 3)?, self.buffer(2, 3)?, self.bits(3, made)?) };
        let mut column = ys_text_column {
            struct_size: size_of::<ys_text_column>(),
            data: data.cast(),
            data_length: 0,
            offsets: null(),
            large_offsets: null(),
            count: self.rows,
            validity: validity.map_or(null(), <[u8]>::as_ptr),
        };
        if self.rows == 0 {
            return Ok(column);
        }
        let count = self.rows.saturating_add(1);
        let end = if self.format == "U" {
            column.large_offsets = offsets.cast::<i64>().wrapping_add(self.first);
            // SAFETY: promised to `columns`; NULL is found out before anything is read.
            let all =
                unsafe { Array::new("offsets", nonnull(offsets, column.large_offsets), count) };
            all.get()?.last().copied()
        } else {
            column.offsets = offsets.cast::<i32>().wrapping_add(self.first);
            // SAFETY: promised to `columns`; NULL is found out before anything is read.
            let all = unsafe { Array::new("offsets", nonnull(offsets, column.offsets), count) };
            all.get()?.last().copied().map(i64::from)
        };
        column.data_length = size("the end of texts", end.unwrap_or(0))?;
        Ok(column)
    }

    unsafe fn all_texts(&self, made: &mut Vec<Arc<[u8]>>) -> Outcome<Vec<&'static str>> {
        // SAFETY: promised to `columns`.
        unsafe { self.texts(made)?.all_texts(self.name) }
    }

    unsafe fn coded(&self, kind: &ArrowSchema, made: &mut Vec<Arc<[u8]>>) -> Outcome<Read> {
        // SAFETY: promised to `columns`.
        let (kind, dictionary) = unsafe {
            (
                Shared::<'static, _>::new("schema.dictionary", kind.dictionary.cast_const())
                    .get()?,
                Shared::<'static, _>::new("dictionary", self.array.dictionary.cast_const())
                    .get()?,
            )
        };
        // SAFETY: promised to `columns`.
        let format = unsafe { text_of("dictionary.format", kind.format)? };
        if !matches!(format, "u" | "U") {
            return self
                .refuse(YS_TYPE, &format!("its dictionary is text, not of format {format}"));
        }
        let length = size("dictionary.length", dictionary.length)?;
        let words = Slice::new(self.name, format, dictionary, 0, length)?;
        // SAFETY: promised to `columns`.
        let words = unsafe {
            self.full(2, made, "a dimension")?;
            words.all_texts(made)?
        };
        let beyond = |row: usize, code: i128| {
            let detail = format!("its index is {code}; its dictionary has {length} texts");
            self.in_row(YS_SHAPE, row, &detail)
        };
        // SAFETY: promised to `columns`.
        if matches!(self.format, "i" | "I") && unsafe { self.values::<u32>()? }.is_aligned() {
            // SAFETY: promised to `columns`; both types are 32 bits, and none below 0 passes.
            let codes = unsafe { Array::<'static, u32>::new("index", self.values()?, self.rows) };
            let codes = codes.get()?;
            let beside = |code: &u32| usize::try_from(*code).map_or(true, |code| code >= length);
            if let Some(row) = codes.iter().position(beside) {
                let code = codes[row];
                let signed = i128::from(code as i32);
                return beyond(row, if self.format == "i" { signed } else { code.into() });
            }
            return Ok(Read::Codes(codes, words));
        }
        // SAFETY: promised to `columns`.
        let Some(codes) = (unsafe { self.integers()? }) else {
            let format = self.format;
            return self
                .refuse(YS_TYPE, &format!("an index is an integer, not of format {format}"));
        };
        let mut texts = Vec::with_capacity(codes.len());
        for (row, code) in codes.into_iter().enumerate() {
            match usize::try_from(code).ok().and_then(|code| words.get(code)) {
                Some(text) => texts.push(*text),
                None => return beyond(row, code),
            }
        }
        Ok(Read::Texts(texts))
    }
}

/// `place` inside of a buffer, and NULL where that is NULL.
fn nonnull<T>(buffer: *const c_void, place: *const T) -> *const T {
    if buffer.is_null() { null() } else { place }
}
