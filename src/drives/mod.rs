//! Drives: what is counted as one "đợt", where and when it is held, and how many places are left.
mod actions;
mod http;
mod jobs;
pub mod model;
mod rules;
mod store;

pub use actions::change_session;
pub(crate) use http::{pages, routes};
pub(crate) use jobs::jobs;
pub use store::{find, find_owned, find_staffed, insert_hidden, near, set_state, slots, tallies};
