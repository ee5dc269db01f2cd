//! What was counted: operations, tiers, refusals; and a digest of all answers.

use std::collections::BTreeMap;
use std::fmt;

use yardstick::number::Tier;

use super::{Answer, Case};

/// Of one operation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) cases: usize,
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

/// Of all cases that were answered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) operations: BTreeMap<String, Count>,
    /// Results, by the arithmetic that decided their rounding; `None` for the parts of a split, which
    /// are not rounded.
    pub(crate) tiers: BTreeMap<Option<Tier>, usize>,
    /// Errors, by name.
    pub(crate) refused: BTreeMap<&'static str, usize>,
}

impl Tally {
    /// Counts an answer, and says whether it was what the case expects.
    pub(crate) fn count(&mut self, case: &Case, answer: &Answer) -> Option<bool> {
        let of = self.operations.entry(case.op.clone()).or_default();
        of.cases += 1;
        let expected = answer.is_expected(case);
        of.passed += usize::from(expected == Some(true));
        of.failed += usize::from(expected == Some(false));
        match &answer.outcome {
            Ok(_) => *self.tiers.entry(answer.tier).or_default() += 1,
            Err(kind) => *self.refused.entry(kind.name()).or_default() += 1,
        }
        expected
    }

    pub(crate) fn total(&self) -> Count {
        let add = |sum: Count, of: &Count| Count {
            cases: sum.cases + of.cases,
            passed: sum.passed + of.passed,
            failed: sum.failed + of.failed,
        };
        self.operations.values().fold(Count::default(), add)
    }

    /// How many results each tier decided, and how many cases were refused.
    pub(crate) fn tiers(&self) -> String {
        let mut text = String::from("decided by\n");
        for tier in Tier::ALL {
            let count = self.tiers.get(&Some(tier)).copied().unwrap_or_default();
            text += &format!("  {:<20} {count:>8}\n", tier.name());
        }
        if let Some(count) = self.tiers.get(&None) {
            text += &format!("  {:<20} {count:>8}\n", "no rounding");
        }
        text += &format!("refused {:>23}\n", self.refused.values().sum::<usize>());
        for (name, count) in &self.refused {
            text += &format!("  {name:<20} {count:>8}\n");
        }
        text
    }
}

/// Operations, cases, and what they came to.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        writeln!(f, "{:<22} {:>8} {:>8} {:>8}", "operation", "cases", "passed", "failed")?;
        let all = ("all".to_owned(), total);
        let rows = self.operations.iter().map(|(name, of)| (name.clone(), *of));
        for (name, of) in rows.chain([all]) {
            writeln!(f, "{name:<22} {:>8} {:>8} {:>8}", of.cases, of.passed, of.failed)?;
        }
        Ok(())
    }
}

/// A digest of lines, FNV-1a with 128 bits: it tells a changed bit, and not a forger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digest(u128);

impl Digest {
    pub(crate) const EMPTY: Self = Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
    const PRIME: u128 = (1 << 88) + (1 << 8) + 0x3b;

    /// The digest with one more line.
    pub(crate) fn with(self, line: &str) -> Self {
        let step = |hash: u128, byte: u8| (hash ^ u128::from(byte)).wrapping_mul(Self::PRIME);
        Self(line.bytes().chain([b'\n']).fold(self.0, step))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}
