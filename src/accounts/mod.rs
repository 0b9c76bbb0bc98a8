//! Who may come in, and what they may do: sign-ins, codes, grants on parts of the tree, the log of looks.
mod actions;
mod hashing;
mod http;
mod jobs;
mod model;
mod notices;
mod rules;
mod store;

pub use actions::leaving::leave;
pub use actions::looks::{Reveal, issue_ticket, reveal};
pub use actions::operator;
pub use actions::spoken::{SpokenCode, keep_spoken_code};
pub use http::{pages, routes};
pub use jobs::jobs;
pub use model::{Act, Place, Ticket};
pub use notices::notices;
pub use store::accesses;
pub use store::{Access, GrantId, NewGrant, covers, covers_drive, grant, record_access, standing};
