//! The sessions of a drive and who is registered there, read to find whom a result list means.
use crate::drives::model::SessionId;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{registrations, sessions};
use crate::platform::id::{DriveId, PersonId};
use crate::registrations::model::{RegistrationId, RegistrationState};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A registration of the drive, as far as it matters here.
#[derive(Debug, Clone, Copy, Queryable)]
pub(in crate::imports) struct Visiting {
    pub(in crate::imports) person: PersonId,
    pub(in crate::imports) id: RegistrationId,
    pub(in crate::imports) state: RegistrationState,
    pub(in crate::imports) held_on: NaiveDate,
}

/// Every registration of a drive, oldest first; given-up ones are left out.
pub(in crate::imports) fn registered(
    conn: &mut Conn,
    drive: DriveId,
) -> QueryResult<Vec<Visiting>> {
    registrations::table
        .filter(registrations::drive.eq(drive))
        .filter(registrations::state.ne(RegistrationState::Cancelled))
        .order((registrations::created_at, registrations::id))
        .select((
            registrations::person,
            registrations::id,
            registrations::state,
            registrations::held_on,
        ))
        .load(conn)
}

/// The sessions of a drive with their local days, earliest first.
pub(in crate::imports) fn sessions(
    conn: &mut Conn,
    drive: DriveId,
) -> QueryResult<Vec<(SessionId, NaiveDate, Moment)>> {
    sessions::table
        .filter(sessions::drive.eq(drive))
        .order((sessions::starts_at, sessions::id))
        .limit(1_000)
        .select((sessions::id, sessions::held_on, sessions::starts_at))
        .load(conn)
}
