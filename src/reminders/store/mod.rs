//! What reminders keep: pauses and used links; and what they read of other subjects in one question each.
mod facts;
mod links;
mod pauses;
mod preview;
mod results;

pub(super) use facts::{booked_among, expected_at, has_booking, rh_policy, was_told};
pub(super) use links::{Used, UsedLink, mark_used, used};
pub(super) use pauses::{lift, pause, pause_of, paused_bodies};
pub(super) use preview::{Position, candidates, told};
pub(super) use results::of_day;
