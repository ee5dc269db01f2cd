//! Which library this is.

use std::ffi::{CStr, c_char};

use super::guard::shielded;

/// The version of this interface as the header was written. Compare with ys_abi_version, which is
/// that of the library in use: they must be equal.
pub const YS_ABI_VERSION: u32 = 1;

const VERSION: &CStr =
    match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(version) => version,
        Err(_) => c"",
    };

/// The version of the interface that the library in use has; see YS_ABI_VERSION.
///
/// Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub extern "C" fn ys_abi_version() -> u32 {
    shielded(0, || YS_ABI_VERSION)
}

/// The version of the library in use as text, for example `0.1.0`.
///
/// Returns text that lives for ever. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub extern "C" fn ys_version() -> *const c_char {
    shielded(c"".as_ptr(), || VERSION.as_ptr())
}
