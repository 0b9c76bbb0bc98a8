//! Rows of drives as wholes.
use crate::drives::model::{Drive, DriveKind, DriveState, HiddenDrive, Reach};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{drives, organisation_ancestors, sessions, slots};
use crate::platform::fold::fold;
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::text::Coordinates;
use diesel::prelude::*;

/// A drive, whoever asks.
pub fn find(conn: &mut Conn, id: DriveId) -> QueryResult<Drive> {
    drives::table
        .find(id)
        .select(Drive::as_select())
        .first(conn)
}

/// A drive whose organiser lies under one of these bodies; anybody else's is not found.
pub fn find_owned(conn: &mut Conn, id: DriveId, bodies: &[OrganisationId]) -> QueryResult<Drive> {
    let covered = organisation_ancestors::table
        .filter(organisation_ancestors::descendant.eq(drives::organiser))
        .filter(organisation_ancestors::ancestor.eq_any(bodies));
    drives::table
        .filter(drives::id.eq(id))
        .filter(diesel::dsl::exists(covered))
        .select(Drive::as_select())
        .first(conn)
}

/// A drive on which the caller works: its organiser or the facility that collects lies within reach, or the drive itself.
pub fn find_staffed(conn: &mut Conn, id: DriveId, reach: &Reach) -> QueryResult<Drive> {
    let drive = drives::table.filter(drives::id.eq(id));
    if reach.drives.contains(&id) {
        return drive.select(Drive::as_select()).first(conn);
    }
    let is_party = organisation_ancestors::descendant.eq(drives::organiser).or(
        organisation_ancestors::descendant
            .nullable()
            .eq(drives::collected_by),
    );
    let covered = organisation_ancestors::table
        .filter(is_party.assume_not_null())
        .filter(organisation_ancestors::ancestor.eq_any(&reach.bodies));
    drive
        .filter(diesel::dsl::exists(covered))
        .select(Drive::as_select())
        .first(conn)
}

/// Moves a drive from one state to the next; false when it is no longer in `from`.
pub fn set_state(
    conn: &mut Conn,
    id: DriveId,
    from: DriveState,
    to: DriveState,
    now: Moment,
) -> QueryResult<bool> {
    diesel::update(drives::table.find(id).filter(drives::state.eq(from)))
        .set((drives::state.eq(to), drives::changed_at.eq(now)))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Writes the open, hidden drive of an emergency call with its session and slot.
pub fn insert_hidden(conn: &mut Conn, new: &HiddenDrive) -> QueryResult<()> {
    let day = new.starts_at.date_in(new.time_zone);
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
            drives::starts_on.eq(day),
            drives::ends_on.eq(new.ends_at.date_in(new.time_zone)),
            drives::is_hidden.eq(true),
            drives::created_at.eq(new.now),
            drives::changed_at.eq(new.now),
        ))
        .execute(conn)?;
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(new.session),
            sessions::drive.eq(new.id),
            sessions::place.eq(&new.place),
            sessions::address.eq(&new.address),
            sessions::latitude.eq(new.at.map(Coordinates::latitude)),
            sessions::longitude.eq(new.at.map(Coordinates::longitude)),
            sessions::cell.eq(new.at.map(Coordinates::cell)),
            sessions::held_on.eq(day),
            sessions::starts_at.eq(new.starts_at),
            sessions::ends_at.eq(new.ends_at),
        ))
        .execute(conn)?;
    diesel::insert_into(slots::table)
        .values((
            slots::id.eq(new.slot),
            slots::session.eq(new.session),
            slots::drive.eq(new.id),
            slots::starts_at.eq(new.starts_at),
            slots::capacity.eq(new.capacity),
            slots::taken.eq(0),
        ))
        .execute(conn)
        .map(drop)
}
