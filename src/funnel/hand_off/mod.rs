//! The hand-off: what becomes of the leads that marketing passes to sales, and what both promised.
//!
//! [`Leads`] are columns: when each lead was handed over, what became of it, and where known when
//! sales first responded, why it came back, and its segment. [`HandOff`] adds them up as of a time, in
//! total and by segment, as [`HandedLeads`]: acceptance, returns by reason, response times as
//! [`Durations`], and the [`ServiceLevel`] under a limit. States of leads that do not overlap merge.
//!
//! An [`Agreement`] puts the promises of both sides beside each other, and says who keeps them.

mod agreement;
mod durations;
mod handed;
mod histogram;
mod leads;
mod service;
mod state;
mod time;

pub use self::agreement::{
    Agreement, AgreementBuilder, AgreementOutcome, Promise, Side, SideState,
};
pub use self::durations::Durations;
pub use self::handed::{HandedLeads, ReturnReason};
pub use self::histogram::Histogram;
pub use self::leads::{Leads, Outcome};
pub use self::service::ServiceLevel;
pub use self::state::HandOff;
pub use self::time::TimeUnit;
