//! Rows of registrations and holds.
mod attendance;
mod context;
mod expected;
mod holds;
mod lists;
mod questionnaires;
mod restoring;
mod rows;
mod sweep;

pub(crate) use attendance::{AttendanceFilter, AttendanceRow, list_of_body};
pub(crate) use context::{Arriving, Context, arriving, context};
pub(crate) use expected::{Ahead, Expected, list_expected};
pub(crate) use holds::{
    Hold, NewHold, find_hold, insert_hold, list_holds, name_in_hold, release_hold,
};
pub(crate) use lists::{DeskFilter, DeskRow, OwnRow, find_own_row, list_of_drive, list_of_person};
pub(crate) use questionnaires::{Answers, find_answers, forget_answers, put_answers};
pub(crate) use restoring::has_other_live;
pub use rows::Registration;
pub(crate) use rows::{
    Change, change, find_visit, insert, is_member, next_waiting, of_hold, stands_on,
};
pub(crate) use sweep::{
    LiveCount, cancel_live, cancel_waiting, count_live, has_come, list_absent, list_absent_of,
    list_ahead, list_of_session, list_slots_with_both, mark_absent,
};
