//! What a drive may look like: hours, slots, weekly opening, what a search asks for.
mod days;
mod moving;
mod opening;
mod plan;
mod search;

pub use moving::{Held, MovedSession, SessionChange};
pub(super) use opening::{Exception, Opening, OpeningHours, Site, Weekday, WeeklyHours};
pub(super) use plan::{
    Change, Hours, MOST_SESSIONS, MOST_SLOTS, NewDrive, NewSession, NewSlot, Plan, Refusal,
    capacity, search_text, target, time_zone,
};
pub(super) use search::{Around, Filter, Period, Sees, is_sane};
