//! Becoming a donor or a member of a club, for whoever brings people in: lists from files, the demo.
pub use super::actions::{NewMember, SignUp, list_member, set_consent, sign_up};
pub use super::store::join;
