//! Registrations: booking, waitlist, places kept for a body, check-in, and the steps of a drive.
mod actions;
mod http;
mod jobs;
pub mod model;
mod notices;
mod rules;
mod store;

pub use actions::{book, cancel, change_body, check_body, conclude};
pub(crate) use actions::{give_up_all, offer_free};
pub use http::routes;
pub use jobs::jobs;
pub use notices::notices;
