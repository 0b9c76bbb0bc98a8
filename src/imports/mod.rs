//! Imports: lists from files or pasted, read with a verdict for each row, applied in one go, undone by their id.
mod actions;
mod files;
mod http;
mod jobs;
mod model;
mod rules;
mod store;

pub use http::routes;
pub use jobs::jobs;
