//! What coordinators do with drives, and what anyone may see of them.
mod adding;
mod checks;
mod moving;
mod planning;
mod reading;

pub(super) use adding::{add_session, add_slots, set_capacity};
pub use moving::change_session;
pub(super) use planning::{change, create, extend};
pub(super) use reading::{
    Listed, Live, Whole, calendar, glance, list_by_day, list_near, live, show,
};
