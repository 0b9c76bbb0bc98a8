//! The words of calls: a hospital's need, whom it asks, and what they say.
mod asks;
mod call;
mod history;

pub use asks::{Answer, Ask, AskId, Coming, Counts, Ring};
pub use call::{Call, CallId, CallPath, CallState, Scope};
pub use history::{CallAct, Step, Tick, TickOutcome};
