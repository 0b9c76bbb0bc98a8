//! Rows and queries of the tree.
mod bodies;
mod lines;

pub use bodies::{NewOrganisation, Organisation, find, insert};
pub use lines::{above, brand, covers};
