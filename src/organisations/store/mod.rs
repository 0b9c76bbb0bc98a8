//! Rows and queries of the tree.
mod bodies;
mod changes;
pub(super) mod declared;
mod lines;
mod list;
mod successions;

pub use bodies::{NewOrganisation, Organisation, find, insert, on_duty};
pub use lines::{ancestors, brand};

pub(super) use bodies::nation;
pub(super) use changes::{Edit, Listed, coded, edit, end};
pub(super) use lines::{above, move_under};
pub(super) use list::{Wanted, list};
pub(super) use successions::{all, came_from, record};
