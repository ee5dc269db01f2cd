//! The columns that C describes, and how they become the library's.

use std::ffi::c_char;

use super::argument::{Array, Versioned, extent};
use super::decimal::ys_int128;
use super::error::ys_error;
use super::guard::Outcome;
use super::status::{
    YS_DOMAIN, YS_INVALID_ARGUMENT, YS_MISSING, YS_NULL_ARGUMENT, YS_SHAPE, YS_SYNTAX,
};
use crate::Column;

/// Texts, one for each row, as Arrow lays out utf8 and large_utf8: text `i` is the bytes of `data`
/// from `offsets[i]` up to but without `offsets[i + 1]`. Begin it with YS_TEXT_COLUMN_INIT.
///
/// It is read during the call and not kept. Since ABI 1.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ys_text_column {
    /// sizeof(ys_text_column).
    pub struct_size: usize,
    /// UTF-8; NULL is fine where `data_length` is 0.
    pub data: *const c_char,
    /// The bytes in `data`; no offset may be beyond it.
    pub data_length: usize,
    /// `count + 1` offsets, ascending, of 32 bits. NULL where the other is given, or without rows.
    pub offsets: *const i32,
    /// `count + 1` offsets, ascending, of 64 bits. NULL where the other is given, or without rows.
    pub large_offsets: *const i64,
    /// The number of texts.
    pub count: usize,
    /// NULL where every text is there. Else text `i` is there where bit `i % 8` of byte `i / 8` is
    /// set, the lowest bit being the first, as in Arrow.
    pub validity: *const u8,
}

/// Integers that share a scale, one for each row: value `i` is `values[i] / 10^scale`. Begin it with
/// YS_INTEGER_COLUMN_INIT.
///
/// The struct is read during the call; `values` and `validity` are borrowed as the function says.
/// Since ABI 1.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ys_integer_column {
    /// sizeof(ys_integer_column).
    pub struct_size: usize,
    /// The first value; NULL is fine where `count` is 0.
    pub values: *const i64,
    /// The number of values.
    pub count: usize,
    /// The bytes from one value to the next, at least 8; 0 for values that lie side by side. Values
    /// with a stride are copied, and need no alignment.
    pub stride: usize,
    /// NULL where every value is there; else a bitmap as in ys_text_column.
    pub validity: *const u8,
    /// The number of decimals, 0 to 38: 2 for cents.
    pub scale: i32,
    /// 0.
    pub reserved: u32,
}

/// The same in 128 bits: the values of an Arrow decimal128 column. Begin it with
/// YS_WIDE_COLUMN_INIT.
///
/// The struct is read during the call; `values` and `validity` are borrowed as the function says.
/// Since ABI 1.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ys_wide_column {
    /// sizeof(ys_wide_column).
    pub struct_size: usize,
    /// The first value; NULL is fine where `count` is 0. Values that are not aligned to 16 bytes are
    /// copied.
    pub values: *const ys_int128,
    /// The number of values.
    pub count: usize,
    /// The bytes from one value to the next, at least 16; 0 for values that lie side by side. Values
    /// with a stride are copied, and need no alignment.
    pub stride: usize,
    /// NULL where every value is there; else a bitmap as in ys_text_column.
    pub validity: *const u8,
    /// The number of decimals, 0 to 38.
    pub scale: i32,
    /// 0.
    pub reserved: u32,
}

// SAFETY: `repr(C)`, begins with its size, and holds integers and raw pointers only.
unsafe impl Versioned for ys_text_column {
    const NAME: &'static str = "ys_text_column";
}

// SAFETY: `repr(C)`, begins with its size, and holds integers and raw pointers only.
unsafe impl Versioned for ys_integer_column {
    const NAME: &'static str = "ys_integer_column";
}

// SAFETY: `repr(C)`, begins with its size, and holds integers and raw pointers only.
unsafe impl Versioned for ys_wide_column {
    const NAME: &'static str = "ys_wide_column";
}

/// A validity bitmap; none where the pointer is NULL.
///
/// # Safety
///
/// `validity` is NULL or a bit for each of `count` rows that nothing changes during `'a`.
unsafe fn bitmap<'a>(validity: *const u8, count: usize) -> Outcome<Option<&'a [u8]>> {
    if validity.is_null() {
        return Ok(None);
    }
    // SAFETY: promised to us.
    let bits = unsafe { Array::new("column.validity", validity, count.div_ceil(8)) };
    bits.get().map(Some)
}

impl ys_text_column {
    /// The texts, with `None` where there is none. `name` is the column, for errors.
    ///
    /// # Safety
    ///
    /// The pointers are what their fields say, and nothing changes behind them during `'a`.
    pub(super) unsafe fn texts<'a>(&self, name: &str) -> Outcome<Vec<Option<&'a str>>> {
        // SAFETY: promised to us.
        let (data, validity) = unsafe {
            (
                Array::new("column.data", self.data.cast::<u8>(), self.data_length).get()?,
                bitmap(self.validity, self.count)?,
            )
        };
        // SAFETY: promised to us.
        let offsets = unsafe { self.bounds()? };
        let mut texts = Vec::with_capacity(self.count);
        for row in 0..self.count {
            let (from, to) = (offsets.get(row), offsets.get(row + 1));
            let refuse = |status, detail: &str| Err(ys_error::in_cell(status, row, name, detail));
            let bytes = usize::try_from(from).ok().zip(usize::try_from(to).ok());
            let Some(bytes) = bytes.and_then(|(from, to)| data.get(from..to)) else {
                let length = data.len();
                let detail = format!(
                    "its text goes from byte {from} to {to} of {length}; offsets must ascend and stay inside"
                );
                return refuse(YS_SHAPE, &detail);
            };
            let there = validity.is_none_or(|bits| bits[row / 8] >> (row % 8) & 1 == 1);
            texts.push(match (there, std::str::from_utf8(bytes)) {
                (false, _) => None,
                (true, Ok(text)) => Some(text),
                (true, Err(error)) => {
                    let detail = format!("its text is not UTF-8 at byte {}", error.valid_up_to());
                    return refuse(YS_SYNTAX, &detail);
                }
            });
        }
        Ok(texts)
    }

    /// The same where each must be there.
    ///
    /// # Safety
    ///
    /// As [`texts`](Self::texts).
    pub(super) unsafe fn all_texts<'a>(&self, name: &str) -> Outcome<Vec<&'a str>> {
        // SAFETY: promised to us.
        let texts = unsafe { self.texts(name)? };
        let there = |(row, text): (usize, Option<&'a str>)| {
            text.ok_or_else(|| {
                let detail = "a dimension has a value in every row; give it one, such as (blank)";
                ys_error::in_cell(YS_MISSING, row, name, detail)
            })
        };
        texts.into_iter().enumerate().map(there).collect()
    }

    /// # Safety
    ///
    /// As [`texts`](Self::texts).
    unsafe fn bounds<'a>(&self) -> Outcome<Offsets<'a>> {
        let count = match self.count {
            0 => 0,
            count => count.saturating_add(1),
        };
        match (self.offsets.is_null(), self.large_offsets.is_null()) {
            (false, false) => {
                let message =
                    "column.offsets and column.large_offsets are both given; give one".to_owned();
                Err(ys_error::refusal(YS_INVALID_ARGUMENT, message))
            }
            (true, true) if count > 0 => {
                let message =
                    "column.offsets and column.large_offsets are both NULL; give one".to_owned();
                Err(ys_error::refusal(YS_NULL_ARGUMENT, message))
            }
            (true, _) => {
                // SAFETY: promised to us.
                let large =
                    unsafe { Array::new("column.large_offsets", self.large_offsets, count) };
                large.get().map(Offsets::Large)
            }
            (false, _) => {
                // SAFETY: promised to us.
                let small = unsafe { Array::new("column.offsets", self.offsets, count) };
                small.get().map(Offsets::Small)
            }
        }
    }
}

enum Offsets<'a> {
    Small(&'a [i32]),
    Large(&'a [i64]),
}

impl Offsets<'_> {
    fn get(&self, index: usize) -> i64 {
        match self {
            Self::Small(offsets) => i64::from(offsets[index]),
            Self::Large(offsets) => offsets[index],
        }
    }
}

/// What the two number columns have in common besides their values.
fn checked_scale(scale: i32, reserved: u32) -> Outcome<u32> {
    if reserved != 0 {
        let message = format!("column.reserved is {reserved} and must be 0");
        return Err(ys_error::refusal(YS_INVALID_ARGUMENT, message));
    }
    // The other end is judged with the whole table.
    u32::try_from(scale).map_err(|_| {
        let message = format!("column.scale is {scale}; a column has 0 to 38 decimals");
        ys_error::refusal(YS_DOMAIN, message)
    })
}

/// Copies values that do not lie side by side.
///
/// # Safety
///
/// `values` is NULL or `count` values that are `stride` bytes apart, readable during the call.
pub(super) unsafe fn gather<T: Copy>(
    values: *const T,
    count: usize,
    stride: usize,
    wide: impl Fn(T) -> i128,
) -> Outcome<Vec<i128>> {
    let size = size_of::<T>();
    if stride < size {
        let message = format!("column.stride is {stride}; it is at least {size} bytes, or 0");
        return Err(ys_error::refusal(YS_INVALID_ARGUMENT, message));
    }
    if count > 0 && values.is_null() {
        let message = "argument column.values is NULL and must not be".to_owned();
        return Err(ys_error::refusal(YS_NULL_ARGUMENT, message));
    }
    extent("column.values", count, stride, size)?;
    let bytes = values.cast::<u8>();
    let read = |row: usize| {
        // SAFETY: inside of what was promised to us, and the product does not overflow.
        wide(unsafe { bytes.add(row * stride).cast::<T>().read_unaligned() })
    };
    Ok((0..count).map(read).collect())
}

impl ys_integer_column {
    /// # Safety
    ///
    /// The pointers are what their fields say, and nothing changes behind them during `'a`.
    pub(super) unsafe fn column<'a>(&self) -> Outcome<Column<'a>> {
        let scale = checked_scale(self.scale, self.reserved)?;
        let column = if self.stride == 0 || self.stride == size_of::<i64>() {
            // SAFETY: promised to us.
            let values = unsafe { Array::new("column.values", self.values, self.count) };
            Column::scaled(values.get()?, scale)
        } else {
            // SAFETY: promised to us.
            let values = unsafe { gather(self.values, self.count, self.stride, i128::from)? };
            Column::owned(values, scale)
        };
        // SAFETY: promised to us.
        let validity = unsafe { bitmap(self.validity, self.count)? };
        Ok(match validity {
            Some(bits) => column.with_validity(bits),
            None => column,
        })
    }
}

impl ys_wide_column {
    /// # Safety
    ///
    /// The pointers are what their fields say, and nothing changes behind them during `'a`.
    pub(super) unsafe fn column<'a>(&self) -> Outcome<Column<'a>> {
        let scale = checked_scale(self.scale, self.reserved)?;
        let beside = self.stride == 0 || self.stride == size_of::<ys_int128>();
        let column = if beside && is_native(self.values) {
            // SAFETY: promised to us, and the two types have the same bytes here.
            let values =
                unsafe { Array::new("column.values", self.values.cast::<i128>(), self.count) };
            Column::wide(values.get()?, scale)
        } else {
            let stride = if beside { size_of::<ys_int128>() } else { self.stride };
            // SAFETY: promised to us.
            let values = unsafe { gather(self.values, self.count, stride, ys_int128::value)? };
            Column::owned(values, scale)
        };
        // SAFETY: promised to us.
        let validity = unsafe { bitmap(self.validity, self.count)? };
        Ok(match validity {
            Some(bits) => column.with_validity(bits),
            None => column,
        })
    }
}

/// Whether the halves lie as in the machine's own 128-bit integer.
fn is_native(values: *const ys_int128) -> bool {
    cfg!(target_endian = "little") && values.cast::<i128>().is_aligned()
}
