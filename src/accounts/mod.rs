//! Who may come in, and what they may do: sign-ins, codes, grants on parts of the tree, the log of looks.
mod actions;
mod http;
mod notices;
mod rules;
mod store;

pub use actions::{Reveal, issue_ticket, reveal};
pub use notices::notices;
pub use rules::{Act, Place, Refusal, Ticket};
pub use store::accesses::{Access, record_access};
pub use store::grants::{GrantId, NewGrant, covers, grant};
pub use store::sign_ins::end_all;
pub use store::standing::standing;
