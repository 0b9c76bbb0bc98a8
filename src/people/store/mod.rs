//! Rows of people, how to reach them, and what they agreed to.
pub mod consents;
pub mod contacts;
pub(super) mod people;
