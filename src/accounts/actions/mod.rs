//! What people do about accounts.
pub(super) mod codes;
pub(super) mod coming_in;
pub(super) mod contacts;
pub(crate) mod leaving;
pub(crate) mod looks;
pub mod operator;
pub(super) mod roles;
pub(super) mod spoken;
