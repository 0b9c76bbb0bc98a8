//! Becoming a donor or a member of a club, for whoever brings people in: lists from files, the demo; and what a club
//! may see of its people.
pub use super::actions::{
    NewMember, Newly, SignUp, TakenIn, TakenOut, list_member, set_consent, sign_up, take_in,
    take_out,
};
pub use super::store::{join, shared};
