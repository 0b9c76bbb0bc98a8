//! Who is expected in some time ahead, a page at a time.
use crate::drives::model::{DriveState, SlotId};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{drives, registrations, sessions, slots};
use crate::platform::id::PersonId;
use crate::registrations::model::{RegistrationId, RegistrationState};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Somebody with a place.
#[derive(Debug, Clone, Copy, Queryable)]
pub(crate) struct Expected {
    /// Which place.
    pub registration: RegistrationId,
    /// Whose.
    pub person: PersonId,
    /// In which slot.
    pub slot: SlotId,
    /// When it begins.
    pub begins: Moment,
    /// When the registration last changed.
    pub changed_at: Moment,
}

/// The time in which people are expected: the days of their sessions, and when their slots begin, both ends included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ahead {
    pub days: (NaiveDate, NaiveDate),
    pub hours: (Moment, Moment),
}

/// Who has a place in this time at a drive that takes place, after `after`; none of emergency calls, who are on their
/// way already.
pub(crate) fn list_expected(
    conn: &mut Conn,
    ahead: Ahead,
    after: Option<RegistrationId>,
    most: i64,
) -> QueryResult<Vec<Expected>> {
    let place = registrations::slot
        .eq(slots::id.nullable())
        .assume_not_null();
    let mut query = sessions::table
        .inner_join(drives::table.on(drives::id.eq(sessions::drive)))
        .inner_join(slots::table.on(slots::session.eq(sessions::id)))
        .inner_join(registrations::table.on(place))
        .filter(sessions::held_on.between(ahead.days.0, ahead.days.1))
        .filter(slots::starts_at.between(ahead.hours.0, ahead.hours.1))
        .filter(drives::is_hidden.eq(false))
        .filter(drives::state.eq_any([DriveState::Open, DriveState::Running]))
        .filter(registrations::state.eq(RegistrationState::Booked))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(registrations::id.gt(after));
    }
    query
        .order(registrations::id)
        .limit(most)
        .select((
            registrations::id,
            registrations::person,
            slots::id,
            slots::starts_at,
            registrations::changed_at,
        ))
        .load(conn)
}
