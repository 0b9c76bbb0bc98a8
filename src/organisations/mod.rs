//! Every body of the field in one tree with dates: nation, provinces, communes, schools, clubs, hospitals.
mod actions;
pub mod declared;
mod http;
pub mod import;
mod rules;
mod setup;
mod store;

pub use actions::covers;
pub use http::routes;
pub use rules::OrganisationKind;
pub use store::{NewOrganisation, Organisation, ancestors, brand, find, insert, on_duty};
