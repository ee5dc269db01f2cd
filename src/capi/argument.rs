//! What C passes, behind types. Making one is the unsafe step and does nothing else; whatever is
//! done with it afterwards is checked, and safe.

use std::ffi::c_char;
use std::marker::PhantomData;
use std::ptr;
use std::slice;

use super::error::ys_error;
use super::guard::{Outcome, shielded};
pub(super) use super::options::{Options, Versioned};
use super::status::{YS_BUFFER_TOO_SMALL, YS_INVALID_ARGUMENT, YS_NULL_ARGUMENT, YS_SYNTAX};

/// Refuses what can be known to be wrong with a pointer.
pub(super) fn usable<T>(name: &str, pointer: *const T) -> Outcome<()> {
    if pointer.is_null() {
        let message = format!("argument {name} is NULL and must not be");
        return Err(ys_error::refusal(YS_NULL_ARGUMENT, message));
    }
    if !pointer.is_aligned() {
        let bytes = align_of::<T>();
        let message = format!("argument {name} is not aligned to {bytes} bytes");
        return Err(ys_error::refusal(YS_INVALID_ARGUMENT, message));
    }
    Ok(())
}

/// A handle that is only read.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a, T> {
    name: &'static str,
    pointer: *const T,
    life: PhantomData<&'a T>,
}

impl<'a, T> Shared<'a, T> {
    /// # Safety
    ///
    /// `pointer` is NULL or a live `T` that nothing changes during `'a`.
    pub(super) unsafe fn new(name: &'static str, pointer: *const T) -> Self {
        Self { name, pointer, life: PhantomData }
    }

    pub(super) fn get(self) -> Outcome<&'a T> {
        usable(self.name, self.pointer)?;
        // SAFETY: not NULL, so alive and unchanged, as was promised to `new`.
        Ok(unsafe { &*self.pointer })
    }

    /// The same where NULL means that there is nothing.
    pub(super) fn option(self) -> Option<&'a T> {
        // SAFETY: NULL or alive and unchanged, as was promised to `new`.
        unsafe { self.pointer.as_ref() }
    }
}

/// A handle that is changed.
pub(super) struct Exclusive<'a, T> {
    name: &'static str,
    pointer: *mut T,
    life: PhantomData<&'a mut T>,
}

impl<'a, T> Exclusive<'a, T> {
    /// # Safety
    ///
    /// `pointer` is NULL or a live `T` that nothing else uses during `'a`.
    pub(super) unsafe fn new(name: &'static str, pointer: *mut T) -> Self {
        Self { name, pointer, life: PhantomData }
    }

    pub(super) fn get(self) -> Outcome<&'a mut T> {
        usable(self.name, self.pointer)?;
        // SAFETY: not NULL, so alive and ours alone, as was promised to `new`.
        Ok(unsafe { &mut *self.pointer })
    }
}

/// A small struct that is copied before anything is written, so that it may also be the result.
pub(super) struct Plain<T> {
    name: &'static str,
    pointer: *const T,
}

impl<T: Copy> Plain<T> {
    /// # Safety
    ///
    /// `pointer` is NULL or a `T` that may be read until [`get`](Plain::get) has returned.
    pub(super) unsafe fn new(name: &'static str, pointer: *const T) -> Self {
        Self { name, pointer }
    }

    pub(super) fn get(self) -> Outcome<T> {
        usable(self.name, self.pointer)?;
        // SAFETY: not NULL, so readable, as was promised to `new`.
        Ok(unsafe { self.pointer.read() })
    }
}

/// Values in a row.
#[derive(Clone, Copy)]
pub(super) struct Array<'a, T> {
    name: &'static str,
    pointer: *const T,
    length: usize,
    life: PhantomData<&'a [T]>,
}

impl<'a, T> Array<'a, T> {
    /// # Safety
    ///
    /// `pointer` is `length` values that nothing changes during `'a`; it may be anything where
    /// `length` is 0, and NULL is found out.
    pub(super) unsafe fn new(name: &'static str, pointer: *const T, length: usize) -> Self {
        Self { name, pointer, length, life: PhantomData }
    }

    pub(super) fn get(self) -> Outcome<&'a [T]> {
        if self.length == 0 {
            return Ok(&[]);
        }
        usable(self.name, self.pointer)?;
        extent(self.name, self.length, size_of::<T>(), size_of::<T>())?;
        // SAFETY: not NULL, aligned, no longer than memory can be; the rest was promised to `new`.
        Ok(unsafe { slice::from_raw_parts(self.pointer, self.length) })
    }
}

/// Refuses more bytes than an object in memory can have; a negative length arrives as such.
pub(super) fn extent(name: &str, count: usize, stride: usize, size: usize) -> Outcome<()> {
    let bytes = count.checked_sub(1).map_or(Some(0), |steps| {
        steps.checked_mul(stride).and_then(|bytes| bytes.checked_add(size))
    });
    match bytes.is_some_and(|bytes| isize::try_from(bytes).is_ok()) {
        true => Ok(()),
        false => {
            let message = format!("argument {name} has {count} values, more than memory can hold");
            Err(ys_error::refusal(YS_INVALID_ARGUMENT, message))
        }
    }
}

/// Text by pointer and length.
#[derive(Clone, Copy)]
pub(super) struct Text<'a>(Array<'a, u8>);

impl<'a> Text<'a> {
    /// # Safety
    ///
    /// As [`Array::new`], in bytes.
    pub(super) unsafe fn new(name: &'static str, pointer: *const c_char, length: usize) -> Self {
        // SAFETY: promised to us.
        Self(unsafe { Array::new(name, pointer.cast(), length) })
    }

    pub(super) fn get(self) -> Outcome<&'a str> {
        let bytes = self.0.get()?;
        std::str::from_utf8(bytes).map_err(|error| {
            let at = error.valid_up_to();
            let message = format!("argument {} is not UTF-8 at byte {at}", self.0.name);
            ys_error::refusal(YS_SYNTAX, message).at_span(at..at + 1)
        })
    }
}

/// Where a result goes.
pub(super) struct Out<T> {
    name: &'static str,
    pointer: *mut T,
}

/// The same after it was checked.
pub(super) struct Place<T>(*mut T);

impl<T> Out<T> {
    /// # Safety
    ///
    /// `pointer` is NULL or memory for a `T` that may be written until the call returns.
    pub(super) unsafe fn new(name: &'static str, pointer: *mut T) -> Self {
        Self { name, pointer }
    }

    /// Checks before the work is done, so that nothing is made that could not be handed over.
    pub(super) fn get(self) -> Outcome<Place<T>> {
        usable(self.name, self.pointer)?;
        Ok(Place(self.pointer))
    }

    /// The same where NULL means that the caller does not ask.
    pub(super) fn option(self) -> Outcome<Option<Place<T>>> {
        match self.pointer.is_null() {
            true => Ok(None),
            false => self.get().map(Some),
        }
    }
}

impl<T> Place<T> {
    pub(super) fn put(self, value: T) {
        // SAFETY: not NULL and aligned; the rest was promised to `Out::new`.
        unsafe { self.0.write(value) }
    }
}

impl<T> Place<*mut T> {
    /// Hands a new handle over to the caller.
    pub(super) fn give(self, value: T) {
        self.put(Box::into_raw(Box::new(value)));
    }
}

/// Where an error goes, if the caller wants it.
pub(super) struct ErrorSlot(*mut *mut ys_error);

impl ErrorSlot {
    /// # Safety
    ///
    /// `pointer` is NULL or a place for a pointer that may be written until the call returns.
    pub(super) unsafe fn new(pointer: *mut *mut ys_error) -> Self {
        Self(pointer)
    }

    pub(super) fn put(self, error: Box<ys_error>) {
        if !self.0.is_null() {
            // SAFETY: not NULL; the rest was promised to `new`.
            unsafe { self.0.write(Box::into_raw(error)) }
        }
    }
}

/// A buffer for text, as the head of the header describes it.
pub(super) struct Buffer {
    buffer: *mut c_char,
    capacity: usize,
    needed: Out<usize>,
}

impl Buffer {
    /// # Safety
    ///
    /// `buffer` is NULL or `capacity` bytes, and `needed` is NULL or a place for a number; both may
    /// be written until the call returns.
    pub(super) unsafe fn new(buffer: *mut c_char, capacity: usize, needed: *mut usize) -> Self {
        // SAFETY: promised to us.
        Self { buffer, capacity, needed: unsafe { Out::new("needed", needed) } }
    }

    pub(super) fn put(self, text: &str) -> Outcome<()> {
        let (length, capacity) = (text.len() + 1, self.capacity);
        let asks = self.buffer.is_null() && capacity == 0;
        let needed = match asks {
            true => Some(self.needed.get()?),
            false => self.needed.option()?,
        };
        if !asks {
            usable("buffer", self.buffer)?;
        }
        if let Some(needed) = needed {
            needed.put(length);
        }
        if asks {
            return Ok(());
        }
        if capacity < length {
            let message = format!("the text takes {length} bytes and the buffer has {capacity}");
            return Err(ys_error::refusal(YS_BUFFER_TOO_SMALL, message));
        }
        let buffer = self.buffer.cast::<u8>();
        // SAFETY: not NULL and of at least `length` bytes, as was promised to `new`; the text is
        // ours and so lies elsewhere.
        unsafe {
            ptr::copy_nonoverlapping(text.as_ptr(), buffer, text.len());
            buffer.add(text.len()).write(0);
        }
        Ok(())
    }
}

/// Frees a handle.
///
/// # Safety
///
/// `pointer` is NULL or a handle that was given by [`Place::give`] or [`ErrorSlot::put`], is not
/// freed yet and not used any more.
pub(super) unsafe fn free<T>(pointer: *mut T) {
    shielded((), || {
        if !pointer.is_null() {
            // SAFETY: it was made by a box and is freed once, as was promised to us.
            drop(unsafe { Box::from_raw(pointer) });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_end_where_memory_does() {
        assert!(extent("x", 0, 8, 8).is_ok());
        assert!(extent("x", isize::MAX as usize / 8, 8, 8).is_ok());
        assert!(extent("x", isize::MAX as usize / 8 + 1, 8, 8).is_err());
        assert!(extent("x", usize::MAX, 1, 1).is_err());
        assert!(extent("x", 2, usize::MAX, 8).is_err());
        assert!(extent("x", 1, usize::MAX, 8).is_ok());
    }
}
