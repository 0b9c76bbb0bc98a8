//! Rows of slots: places given away and given back.
use crate::drives::model::{Drive, Place, SessionId, SlotId};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{drives, sessions, slots};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Takes one place; false when none is left. Two who race for the last place: one gets true.
pub fn take(conn: &mut Conn, slot: SlotId) -> QueryResult<bool> {
    take_many(conn, slot, 1)
}

/// Takes `n` places or none of them.
pub fn take_many(conn: &mut Conn, slot: SlotId, n: i32) -> QueryResult<bool> {
    let free = slots::table
        .find(slot)
        .filter((slots::taken + n).le(slots::capacity));
    diesel::update(free)
        .set(slots::taken.eq(slots::taken + n))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Gives `n` places back; false when so many were never taken.
pub fn give_back(conn: &mut Conn, slot: SlotId, n: i32) -> QueryResult<bool> {
    let taken = slots::table.find(slot).filter(slots::taken.ge(n));
    diesel::update(taken)
        .set(slots::taken.eq(slots::taken - n))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// A slot with its session and drive, in one question.
pub fn find(conn: &mut Conn, slot: SlotId) -> QueryResult<Place> {
    type Row = (
        SlotId,
        Moment,
        i32,
        i32,
        SessionId,
        NaiveDate,
        Moment,
        Drive,
    );
    let row: Row = slots::table
        .inner_join(sessions::table.on(sessions::id.eq(slots::session)))
        .inner_join(drives::table.on(drives::id.eq(slots::drive)))
        .filter(slots::id.eq(slot))
        .select((
            slots::id,
            slots::starts_at,
            slots::capacity,
            slots::taken,
            sessions::id,
            sessions::held_on,
            sessions::ends_at,
            Drive::as_select(),
        ))
        .first(conn)?;
    let (slot, starts_at, capacity, taken, session, held_on, session_ends_at, drive) = row;
    Ok(Place {
        slot,
        session,
        starts_at,
        held_on,
        session_ends_at,
        capacity,
        taken,
        drive,
    })
}
