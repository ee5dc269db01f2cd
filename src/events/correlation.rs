//! stub
/// A stub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correlation {
    pub(super) all: (u64, u64),
    pub(super) having: (u64, u64),
}
impl Correlation {
    pub(super) fn new(s: u64, f: u64, with_s: u64, with_f: u64) -> Self {
        Self { all: (s, f), having: (with_s, with_f) }
    }
}
