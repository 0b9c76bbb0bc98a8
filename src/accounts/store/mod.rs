//! Rows of sign-ins, codes, tickets, grants and looks.
pub(super) mod accesses;
pub(super) mod grants;
pub(super) mod sign_ins;
pub(super) mod standing;
pub(super) mod tickets;
