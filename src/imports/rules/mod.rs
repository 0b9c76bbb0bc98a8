//! Decisions of imports: what the columns tell, what stands in a row, who is meant, what may follow.
pub(super) mod days;
pub(super) mod deciding;
pub(super) mod entry;
pub(super) mod headings;
pub(super) mod judge;
pub(super) mod likeness;
pub(super) mod mask;
pub(super) mod reader;
pub(super) mod refusal;
pub(super) mod table;
mod values;
