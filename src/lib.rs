//! Funnels, KPIs and targets for marketing and sales, computed exactly.

pub mod calendar;
mod error;
pub mod number;
pub mod unit;

pub use self::calendar::{Bucket, Calendar, Date, Grain, Period};
pub use self::error::{Error, ErrorKind};
pub use self::number::{Decimal, Mode, Rational, Reason, Rounding, Sense, Value};
pub use self::unit::{Display, Unit};
