//! The words of calls: a hospital's need, whom it asks, and what they say.
mod asks;
mod call;
mod channels;
mod failing;
mod history;
mod night;

pub use asks::{Answer, Ask, AskId, Coming, Counts, Ring};
pub use call::{Call, CallId, CallPath, CallState, Scope};
pub use channels::{HeldBack, Untaken, VoiceCall, VoiceState};
pub use failing::{Failing, failing};
pub use history::{CallAct, Step, Tick, TickOutcome};
pub use night::Night;
