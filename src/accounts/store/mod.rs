//! Rows of sign-ins, codes, tickets, grants and looks.
pub mod accesses;
pub(super) mod bodies;
pub(super) mod codes;
pub(super) mod credentials;
pub(super) mod grants;
pub(super) mod held;
pub(super) mod invitations;
pub(super) mod refresh;
pub(super) mod sign_ins;
pub(super) mod spoken;
pub(super) mod standing;
pub(super) mod tickets;

pub use accesses::{Access, record_access};
pub use grants::{GrantId, NewGrant, covers, covers_drive, grant};
pub use standing::standing;
