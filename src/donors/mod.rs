//! Donors: what each has given, what stands in the way, from which day on they may give again, and who is near.
mod actions;
mod export;
pub mod http;
mod jobs;
pub mod joining;
pub mod model;
pub mod reach;
mod rules;
mod store;

pub use actions::{
    able_under, availability_under, confirm_group, defer, enrol, lift_deferral, move_gift,
    record_gift, void_gift,
};
pub use jobs::{jobs, notices};
pub use store::facts;
