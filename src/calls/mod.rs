//! Emergency calls: a hospital's urgent need, whom it asks in waves, and how it ends.
mod actions;
mod http;
mod jobs;
mod letters;
pub mod model;
mod rules;
mod store;
pub mod waves;

pub use actions::next_to_ask;
pub(crate) use actions::withdraw;
pub use http::{pages, routes};
pub use jobs::jobs;
pub use letters::notices;
