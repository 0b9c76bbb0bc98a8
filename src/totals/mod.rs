//! How far we are: what was recorded and declared, against targets, live on the day and in reports to sign.
mod actions;
mod http;
mod rules;
mod store;

pub use http::routes;
