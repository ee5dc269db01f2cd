//! Events: funnels of them, their states, and retention.

mod chains;
mod columns;
mod counts;
mod durations;
mod labels;
mod matrix;
mod next_event;
mod open_state;
mod pattern;
mod query;
mod read;
mod result;
mod retention;
mod retention_state;
mod sessions;
mod state;
mod transitions;

pub use self::chains::*;
pub use self::columns::*;
pub use self::counts::*;
pub use self::durations::*;
pub use self::labels::*;
pub use self::matrix::*;
pub use self::next_event::*;
pub use self::open_state::*;
pub use self::pattern::*;
pub use self::query::*;
pub use self::result::*;
pub use self::retention::*;
pub use self::retention_state::*;
pub use self::sessions::*;
pub use self::state::*;
pub use self::transitions::*;
