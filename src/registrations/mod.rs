//! Registrations: booking, waitlist, places kept for a body, check-in, and the steps of a drive.
mod actions;
mod calendar;
mod http;
mod jobs;
pub mod model;
mod notices;
mod questionnaire;
mod rules;
mod store;

pub use actions::{book, cancel, change_body, check_body, conclude};
pub(crate) use actions::{give_up_all, offer_free, receive_today, restore, walk_in};
pub(crate) use http::pages;
pub use http::routes;
pub use jobs::jobs;
pub use notices::notices;
