//! Every body of the field in one tree with dates: nation, provinces, communes, schools, clubs, hospitals.
mod rules;
mod store;

pub use rules::OrganisationKind;
pub use store::{NewOrganisation, Organisation, above, brand, covers, find, insert};
