//! Becoming a donor or a member of a club, for whoever brings people in: lists from files, the demo.
pub use super::actions::{
    NewMember, Newly, SignUp, TakenIn, TakenOut, list_member, set_consent, sign_up, take_in,
    take_out,
};
pub use super::store::join;
