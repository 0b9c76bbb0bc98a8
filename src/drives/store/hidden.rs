//! Rows of drives that carry an emergency call.
use crate::drives::model::{DriveKind, DriveState, HiddenDrive};
use crate::platform::db::Conn;
use crate::platform::db::schema::{drives, sessions, slots};
use crate::platform::fold::fold;
use crate::platform::text::Coordinates;
use diesel::prelude::*;

/// Writes the open, hidden drive of an emergency call with its session and slot.
pub fn insert_hidden(conn: &mut Conn, new: &HiddenDrive) -> QueryResult<()> {
    diesel::insert_into(drives::table)
        .values((
            drives::id.eq(new.id),
            drives::organiser.eq(new.organiser),
            drives::collected_by.eq(new.collected_by),
            drives::kind.eq(DriveKind::Emergency),
            drives::name.eq(&new.name),
            drives::search_name.eq(fold(&new.name)),
            drives::state.eq(DriveState::Open),
            drives::time_zone.eq(new.time_zone.name()),
            drives::starts_on.eq(new.starts_at.date_in(new.time_zone)),
            drives::ends_on.eq(new.ends_at.date_in(new.time_zone)),
            drives::is_hidden.eq(true),
            drives::created_at.eq(new.now),
            drives::changed_at.eq(new.now),
        ))
        .execute(conn)?;
    insert_session(conn, new)?;
    insert_slot(conn, new)
}

/// One may come on any day until the last: whoever comes earlier is received on their own day.
fn insert_session(conn: &mut Conn, new: &HiddenDrive) -> QueryResult<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(new.session),
            sessions::drive.eq(new.id),
            sessions::place.eq(&new.place),
            sessions::address.eq(&new.address),
            sessions::latitude.eq(new.at.map(Coordinates::latitude)),
            sessions::longitude.eq(new.at.map(Coordinates::longitude)),
            sessions::cell.eq(new.at.map(Coordinates::cell)),
            sessions::held_on.eq(new.ends_at.date_in(new.time_zone)),
            sessions::starts_at.eq(new.starts_at),
            sessions::ends_at.eq(new.ends_at),
        ))
        .execute(conn)
        .map(drop)
}

/// The slot begins when nobody can come any more, so that nobody counts as absent before.
fn insert_slot(conn: &mut Conn, new: &HiddenDrive) -> QueryResult<()> {
    diesel::insert_into(slots::table)
        .values((
            slots::id.eq(new.slot),
            slots::session.eq(new.session),
            slots::drive.eq(new.id),
            slots::starts_at.eq(new.ends_at),
            slots::capacity.eq(new.capacity),
            slots::taken.eq(0),
        ))
        .execute(conn)
        .map(drop)
}
