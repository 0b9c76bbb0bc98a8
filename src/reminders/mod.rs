//! Reminders: one message when somebody may give again, with the nearest drives that have places.
mod actions;
mod http;
mod jobs;
mod letters;
mod model;
mod rules;
mod store;

pub use http::{pages, routes};
pub use jobs::jobs;
pub use letters::notices;
