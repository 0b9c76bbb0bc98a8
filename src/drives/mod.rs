//! Drives: what is counted as one "đợt", where and when it is held, and how many places are left.
pub mod model;
mod store;

pub use store::{find, find_owned, find_staffed, insert_hidden, near, set_state, slots, tallies};
