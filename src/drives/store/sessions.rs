//! Rows of sessions and the slots written with them.
use crate::drives::model::{Drive, SessionId, SlotId};
use crate::drives::rules::{NewSession, NewSlot};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{drives, sessions, slots};
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::text::Coordinates;
use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;

/// Rows of one statement: SQLite binds at most 32,766 values.
const BATCH: usize = 2_000;

/// A session as its row says.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
pub(in crate::drives) struct SessionRow {
    pub(in crate::drives) id: SessionId,
    pub(in crate::drives) drive: DriveId,
    pub(in crate::drives) place: String,
    pub(in crate::drives) address: String,
    pub(in crate::drives) commune: Option<OrganisationId>,
    pub(in crate::drives) latitude: Option<f64>,
    pub(in crate::drives) longitude: Option<f64>,
    pub(in crate::drives) cell: Option<i32>,
    pub(in crate::drives) held_on: NaiveDate,
    pub(in crate::drives) starts_at: Moment,
    pub(in crate::drives) ends_at: Moment,
}

#[derive(Insertable)]
#[diesel(table_name = slots, treat_none_as_default_value = false)]
struct SlotRow {
    id: SlotId,
    session: SessionId,
    drive: DriveId,
    starts_at: Moment,
    capacity: i32,
    taken: i32,
}

impl SessionRow {
    fn of(drive: DriveId, zone: Tz, new: &NewSession) -> Self {
        Self {
            id: new.id,
            drive,
            place: new.place.clone(),
            address: new.address.clone(),
            commune: new.commune,
            latitude: new.at.map(Coordinates::latitude),
            longitude: new.at.map(Coordinates::longitude),
            cell: new.at.map(Coordinates::cell),
            held_on: new.hours.starts_at.date_in(zone),
            starts_at: new.hours.starts_at,
            ends_at: new.hours.ends_at,
        }
    }
}

/// Writes sessions with their slots; those that are there already stay as they are.
pub(in crate::drives) fn insert_sessions(
    conn: &mut Conn,
    drive: DriveId,
    zone: Tz,
    new: &[NewSession],
) -> QueryResult<()> {
    let rows: Vec<SessionRow> = new
        .iter()
        .map(|session| SessionRow::of(drive, zone, session))
        .collect();
    for batch in rows.chunks(BATCH) {
        crate::on_each!(conn => diesel::insert_into(sessions::table).values(batch).on_conflict_do_nothing().execute(conn))?;
    }
    let slots: Vec<SlotRow> = new
        .iter()
        .flat_map(|session| {
            session
                .slots
                .iter()
                .map(move |slot| SlotRow::of(drive, session.id, slot))
        })
        .collect();
    insert_rows(conn, &slots).map(drop)
}

impl SlotRow {
    fn of(drive: DriveId, session: SessionId, slot: &NewSlot) -> Self {
        Self {
            id: slot.id,
            session,
            drive,
            starts_at: slot.starts_at,
            capacity: slot.capacity,
            taken: 0,
        }
    }
}

fn insert_rows(conn: &mut Conn, rows: &[SlotRow]) -> QueryResult<usize> {
    let mut written = 0;
    for batch in rows.chunks(BATCH) {
        written += crate::on_each!(conn => diesel::insert_into(slots::table).values(batch).on_conflict_do_nothing().execute(conn))?;
    }
    Ok(written)
}

/// Adds slots to a session and says how many of them were new.
pub(in crate::drives) fn insert_slots(
    conn: &mut Conn,
    (drive, session): (DriveId, SessionId),
    new: &[NewSlot],
) -> QueryResult<usize> {
    let rows: Vec<SlotRow> = new
        .iter()
        .map(|slot| SlotRow::of(drive, session, slot))
        .collect();
    insert_rows(conn, &rows)
}

/// A session with its drive.
pub(in crate::drives) fn find_session(
    conn: &mut Conn,
    id: SessionId,
) -> QueryResult<(SessionRow, Drive)> {
    sessions::table
        .inner_join(drives::table.on(drives::id.eq(sessions::drive)))
        .filter(sessions::id.eq(id))
        .select((SessionRow::as_select(), Drive::as_select()))
        .first(conn)
}

/// How many sessions a drive has.
pub(in crate::drives) fn count_sessions(conn: &mut Conn, drive: DriveId) -> QueryResult<i64> {
    sessions::table
        .filter(sessions::drive.eq(drive))
        .count()
        .get_result(conn)
}

/// When the slots of a session begin.
pub(in crate::drives) fn slots_begun(
    conn: &mut Conn,
    session: SessionId,
) -> QueryResult<Vec<Moment>> {
    slots::table
        .filter(slots::session.eq(session))
        .order(slots::starts_at)
        .select(slots::starts_at)
        .load(conn)
}

/// Writes where and when a session is held now.
pub(in crate::drives) fn put_session(conn: &mut Conn, row: &SessionRow) -> QueryResult<()> {
    diesel::update(sessions::table.find(row.id))
        .set((
            sessions::place.eq(&row.place),
            sessions::address.eq(&row.address),
            sessions::latitude.eq(row.latitude),
            sessions::longitude.eq(row.longitude),
            sessions::cell.eq(row.cell),
            sessions::held_on.eq(row.held_on),
            sessions::starts_at.eq(row.starts_at),
            sessions::ends_at.eq(row.ends_at),
        ))
        .execute(conn)
        .map(drop)
}
