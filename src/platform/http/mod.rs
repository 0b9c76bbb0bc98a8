//! How the service speaks HTTP: who calls, what a request may be, how an answer and a refusal look.
pub mod caller;
pub mod extract;
pub mod health;
pub mod idempotency;
pub mod limits;
pub mod link;
pub mod openapi;
pub mod packing;
pub mod page;
pub mod paths;
pub mod respond;
pub mod role;
mod routes;
pub mod sheet;
mod tagged;
pub mod token;

pub use caller::{
    Admin, Anyone, Auditor, CallKeeper, CallReader, Caller, ClubLead, Coordinator, DonorCaller,
    DriveStaff, Grant, Hospital, Nurse, Standing,
};
pub use extract::{Body, Form, Path, Query};
pub use idempotency::{Answer, Once, accepted, answer_once, created, done};
pub use openapi::Problems;
pub use page::{Page, Paged};
pub use role::Role;
pub use routes::Routes;
pub use tagged::tagged;
