//! Rows of drives, their sessions, slots and sums.
mod drives;
mod nearby;
pub mod slots;
pub mod tallies;

pub use drives::{find, find_owned, find_staffed, insert_hidden, set_state};
pub use nearby::near;
