//! Rows of people, how to reach them, and what they agreed to.
pub(super) mod batch;
pub(super) mod consents;
pub(super) mod contacts;
pub(super) mod people;
