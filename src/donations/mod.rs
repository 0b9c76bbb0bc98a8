//! Donations: what the nurse found, what was collected, corrected and found safe, and counts people typed.
mod actions;
mod http;
pub mod model;
mod notices;
mod rules;
mod store;

pub use actions::{Collected, Outcome, record_outcome};
pub(crate) use actions::{collect, void};
pub(crate) use http::OutcomeRequest;
pub use http::routes;
pub use notices::notices;
