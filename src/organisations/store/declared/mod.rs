//! Rows of what is declared.
pub(in crate::organisations) mod clusters;
pub(in crate::organisations) mod figures;
pub(in crate::organisations) mod indicators;
pub(in crate::organisations) mod targets;
