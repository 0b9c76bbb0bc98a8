//! Whom to ask next: how likely each donor says yes, how likely enough do, and how long to wait for that. Nothing here
//! knows a database or a clock, so that a thousand calls can be tried out in a second.
mod answers;
mod chance;
mod delay;
mod learnt;
mod plan;
mod yeses;

pub use answers::{Habit, Priors, Rates, Seen, Traits};
pub use chance::Chance;
pub use delay::{Delay, Heard};
pub use learnt::{Asked, Learnt, Said};
pub use plan::{Need, Offer, Pace, Plan, Waiting, candidates, wait};
pub use yeses::Yeses;
