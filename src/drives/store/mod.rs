//! Rows of drives, their sessions, slots and sums.
mod changes;
mod details;
mod drives;
mod hidden;
mod lists;
mod matching;
mod nearby;
mod programmes;
mod sessions;
mod settling;
mod sites;
pub mod slots;
pub mod tallies;

pub(super) use changes::{Changes, change, refresh, set_programmes};
pub(super) use details::{Detail, SessionDetail, detail};
pub(super) use drives::insert;
pub use drives::{Drive, find, find_owned, find_staffed, set_state};
pub use hidden::insert_hidden;
pub(super) use lists::{ByDay, ByDistance, Card, by_day, by_distance, calendar, cards};
pub use nearby::near;
pub(super) use programmes::{
    NewProgramme, Programme, insert_programme, known_programmes, programmes, programmes_of,
};
pub(super) use sessions::{
    SessionRow, count_sessions, find_session, insert_sessions, insert_slots, put_session,
    slots_begun,
};
pub(super) use settling::{settle, unsettled};
pub(super) use sites::{drop_unused_days, planned_days, sites};
