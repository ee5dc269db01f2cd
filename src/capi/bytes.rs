//! Bytes out, into a buffer of the caller.

use std::ptr;

use super::argument::Out;
use super::error::ys_error;
use super::guard::Outcome;
use super::status::YS_BUFFER_TOO_SMALL;

/// A buffer for bytes: as one for text, without the NUL.
pub(super) struct ByteBuffer {
    buffer: *mut u8,
    capacity: usize,
    needed: Out<usize>,
}

impl ByteBuffer {
    /// # Safety
    ///
    /// `buffer` is NULL or `capacity` bytes, and `needed` is NULL or a place for a number; both may
    /// be written until the call returns.
    pub(super) unsafe fn new(buffer: *mut u8, capacity: usize, needed: *mut usize) -> Self {
        // SAFETY: promised to us.
        Self { buffer, capacity, needed: unsafe { Out::new("needed", needed) } }
    }

    pub(super) fn put(self, bytes: &[u8]) -> Outcome<()> {
        let (length, capacity) = (bytes.len(), self.capacity);
        let asks = self.buffer.is_null() && capacity == 0;
        let needed = match asks {
            true => Some(self.needed.get()?),
            false => self.needed.option()?,
        };
        if !asks {
            // SAFETY: it is only checked, and not written through this.
            unsafe { Out::new("buffer", self.buffer) }.get()?;
        }
        if let Some(needed) = needed {
            needed.put(length);
        }
        if asks {
            return Ok(());
        }
        if capacity < length {
            let message = format!("they take {length} bytes and the buffer has {capacity}");
            return Err(ys_error::refusal(YS_BUFFER_TOO_SMALL, message));
        }
        // SAFETY: not NULL and of at least `length` bytes, as was promised to `new`; the bytes are
        // ours and so lie elsewhere.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), self.buffer, length) }
        Ok(())
    }
}
