//! Rows of many donors at once: gifts, days, memberships.
mod gifts;
mod members;
mod records;
mod rows;

pub(in crate::donors) use gifts::{add_gifts, remove_gifts};
pub(in crate::donors) use members::{join_all, leave_all};
pub(in crate::donors) use records::{Found, hold_all, records};
pub(in crate::donors) use rows::{DonorRow, put_all, remove_donors};

/// Rows of one statement.
const BATCH: usize = 1_500;
