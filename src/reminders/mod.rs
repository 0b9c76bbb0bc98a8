//! Reminders: one message when somebody may give again, with the nearest drives that have places.
mod http;
mod jobs;
mod letters;
mod rules;
mod store;

pub use http::pages;
pub use jobs::jobs;
pub use letters::notices;
