//! Lengths of time in the unit of the events.

use super::{Anchor, EventFunnel};
use crate::error::Error;
use crate::funnel::TimeUnit;

/// The lengths of a query in the unit of the events; `u64::MAX` is without end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::events) struct Limits {
    /// From the start of a chain to its end.
    pub(in crate::events) window: u64,
    /// From each step to the next, where the window counts from there; already in the gaps.
    pub(in crate::events) previous: u64,
    /// The least and the most from the step before to each.
    pub(in crate::events) gaps: Vec<(u64, u64)>,
}

impl EventFunnel {
    /// The lengths of a query in the unit of the events.
    pub(in crate::events) fn limits(&self, unit: TimeUnit) -> Result<Limits, Error> {
        let window = self.window.map(|window| window.within(unit)).transpose()?;
        let (window, previous) = match self.anchor {
            Anchor::Start => (window.unwrap_or(u64::MAX), u64::MAX),
            Anchor::Previous => (u64::MAX, window.unwrap_or(u64::MAX)),
        };
        let mut gaps = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let least = step.least.map_or(Ok(0), |least| least.within(unit))?;
            let most = step.most.map_or(Ok(u64::MAX), |most| most.within(unit))?;
            let least = least.max(u64::from(self.strict_times));
            gaps.push((least, most.min(previous)));
        }
        Ok(Limits { window, previous, gaps })
    }
}

impl Limits {
    /// The gaps without those of single steps.
    pub(in crate::events) fn without_gaps(&self, strict_times: bool) -> Vec<(u64, u64)> {
        vec![(u64::from(strict_times), self.previous); self.gaps.len()]
    }

    /// The same without a window, once the gaps of single steps are lifted.
    pub(in crate::events) fn without_window(&self, strict_times: bool) -> Self {
        let free = Self { window: u64::MAX, previous: u64::MAX, gaps: self.gaps.clone() };
        Self { gaps: free.without_gaps(strict_times), ..free }
    }
}
