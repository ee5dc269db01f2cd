//! The result of an agreement.

use crate::funnel::Agreement;
use crate::target::State;

/// The result of an agreement of the model: whether each side's targets are met on the day of the
/// report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AgreementReport {
    /// The promises, each with the name of its target, and who keeps them.
    pub agreement: Agreement,
    /// The state of each target that marketing promised.
    pub marketing: Vec<State>,
    /// The state of each target that sales promised.
    pub sales: Vec<State>,
}
