//! Rows and queries of imports; what is known of people is read from other subjects' tables, never written.
mod counting;
pub(super) mod decided;
pub(super) mod imports;
pub(super) mod in_use;
pub(super) mod known;
pub(super) mod made;
pub(super) mod rows;
pub(super) mod visits;

pub(super) use counting::count_anew;

/// Rows of one statement, where each has up to a dozen values.
const BATCH: usize = 2_000;
/// Values asked for at once.
const ASKED: usize = 1_000;
