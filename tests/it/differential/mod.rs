//! The library against the test model on arbitrary bytes: the bodies of the fuzz targets in
//! `tests/fuzz`, each a function of the bytes alone that panics where the two disagree. Here they
//! run over pseudo-random bytes, and over inputs that once were findings.

mod bytes;
#[cfg(feature = "json")]
pub(crate) mod document;
pub(crate) mod events;
pub(crate) mod format;
pub(crate) mod formula;
pub(crate) mod irrational;
pub(crate) mod parse;
pub(crate) mod print;
pub(crate) mod round;
pub(crate) mod state;

pub(crate) use self::bytes::Bytes;

#[cfg(test)]
mod tests {
    use super::{format, formula, irrational, parse, print, round, state};

    /// Calls `check` with `count` inputs of up to 120 bytes, the same ones every time.
    fn over_random_bytes(count: u64, check: fn(&[u8])) {
        // SplitMix64.
        let mut state = 0_u64;
        let mut next = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut word = state;
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            word ^ (word >> 31)
        };
        for _ in 0..count {
            let length = next() % 121;
            let data: Vec<u8> = (0..length).map(|_| (next() >> 56) as u8).collect();
            check(&data);
        }
    }

    #[test]
    fn texts_are_read_as_the_model_reads_them() {
        over_random_bytes(4_000, parse::check);
    }

    #[test]
    fn numbers_are_written_as_the_model_writes_them() {
        over_random_bytes(4_000, format::check);
    }

    #[test]
    fn numbers_are_rounded_as_the_model_rounds_them() {
        over_random_bytes(6_000, round::check);
    }

    #[test]
    fn irrational_numbers_are_where_the_model_says() {
        over_random_bytes(1_500, irrational::check);
    }

    #[test]
    fn formulas_are_read_and_evaluated_as_the_model_does() {
        over_random_bytes(1_500, formula::check);
    }
    #[test]
    fn formulas_are_written_as_they_are_read() {
        over_random_bytes(6_000, print::check);
    }

    #[cfg(feature = "json")]
    #[test]
    fn queries_over_events_are_read_as_they_are_written() {
        over_random_bytes(20_000, super::document::check);
    }

    #[test]
    fn parts_of_events_are_merged_to_the_whole() {
        over_random_bytes(20_000, state::check);
    }
}
