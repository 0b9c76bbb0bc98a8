//! Rows of slots: places given away and given back.
use crate::drives::model::{SessionId, SlotId};
use crate::drives::store::Drive;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{drives, sessions, slots};
use crate::platform::db::{Conn, Prepare};
use crate::platform::id::DriveId;
use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

/// A slot with what a booking must know of its session and drive.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Place {
    /// The slot.
    pub slot: SlotId,
    /// Its session.
    pub session: SessionId,
    /// When the slot begins.
    pub starts_at: Moment,
    /// Local day of the session.
    pub held_on: NaiveDate,
    /// When the session ends.
    pub session_ends_at: Moment,
    /// Places in all.
    pub capacity: i32,
    /// Places given away.
    pub taken: i32,
    /// The drive.
    pub drive: Drive,
}

/// Takes one place; false when none is left. Two who race for the last place: one gets true.
pub fn take(conn: &mut Conn, slot: SlotId) -> QueryResult<bool> {
    take_many(conn, slot, 1)
}

/// Takes `n` places or none of them.
pub fn take_many(conn: &mut Conn, slot: SlotId, n: i32) -> QueryResult<bool> {
    let free = slots::table
        .find(slot)
        .filter((slots::taken + n).le(slots::capacity));
    let taken = slots::taken.eq(slots::taken + n);
    crate::on_each!(conn => diesel::update(free).set(taken).prepared().execute(conn))
        .map(|rows| rows == 1)
}

/// Gives `n` places back; false when so many were never taken.
pub fn give_back(conn: &mut Conn, slot: SlotId, n: i32) -> QueryResult<bool> {
    let taken = slots::table.find(slot).filter(slots::taken.ge(n));
    let fewer = slots::taken.eq(slots::taken - n);
    crate::on_each!(conn => diesel::update(taken).set(fewer).prepared().execute(conn))
        .map(|rows| rows == 1)
}

/// A slot with its session and drive, in one question.
pub fn find(conn: &mut Conn, slot: SlotId) -> QueryResult<Place> {
    slots::table
        .inner_join(sessions::table.on(sessions::id.eq(slots::session)))
        .inner_join(drives::table.on(drives::id.eq(slots::drive)))
        .filter(slots::id.eq(slot))
        .select((
            slots::id,
            sessions::id,
            slots::starts_at,
            sessions::held_on,
            sessions::ends_at,
            slots::capacity,
            slots::taken,
            Drive::as_select(),
        ))
        .first(conn)
}

/// A slot that still has places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct FreeSlot {
    /// Which.
    pub id: SlotId,
    /// When it begins.
    pub starts_at: Moment,
}

/// The slots of a session that begin after `now` and have places, earliest first.
pub fn free(
    conn: &mut Conn,
    session: SessionId,
    now: Moment,
    most: i64,
) -> QueryResult<Vec<FreeSlot>> {
    slots::table
        .filter(slots::session.eq(session))
        .filter(slots::starts_at.gt(now))
        .filter(slots::taken.lt(slots::capacity))
        .order((slots::starts_at, slots::id))
        .limit(most)
        .select((slots::id, slots::starts_at))
        .load(conn)
}

/// Moves every slot of a session by as much, one after the other so that none meets another on the way.
pub(in crate::drives) fn shift(
    conn: &mut Conn,
    session: SessionId,
    by: TimeDelta,
) -> QueryResult<()> {
    let mut all: Vec<(SlotId, Moment)> = slots::table
        .filter(slots::session.eq(session))
        .order((slots::starts_at, slots::id))
        .select((slots::id, slots::starts_at))
        .load(conn)?;
    if by > TimeDelta::zero() {
        all.reverse();
    }
    for (slot, starts_at) in all {
        diesel::update(slots::table.find(slot))
            .set(slots::starts_at.eq(starts_at + by))
            .execute(conn)?;
    }
    Ok(())
}

/// A slot as its row says.
#[derive(Debug, Clone, Copy, PartialEq, Queryable, Selectable)]
#[diesel(table_name = slots)]
pub(in crate::drives) struct SlotRow {
    pub(in crate::drives) id: SlotId,
    pub(in crate::drives) session: SessionId,
    pub(in crate::drives) starts_at: Moment,
    pub(in crate::drives) capacity: i32,
    pub(in crate::drives) taken: i32,
}

/// Which slots of a drive are asked for.
#[derive(Debug, Clone)]
pub(in crate::drives) struct SlotPage {
    pub(in crate::drives) drive: DriveId,
    pub(in crate::drives) session: Option<SessionId>,
    pub(in crate::drives) from: Option<Moment>,
    pub(in crate::drives) after: Option<(Moment, SlotId)>,
    pub(in crate::drives) reach: i64,
}

/// Slots of a drive, earliest first.
pub(in crate::drives) fn page(conn: &mut Conn, page: &SlotPage) -> QueryResult<Vec<SlotRow>> {
    let mut query = slots::table
        .filter(slots::drive.eq(page.drive))
        .into_boxed();
    if let Some(session) = page.session {
        query = query.filter(slots::session.eq(session));
    }
    if let Some(from) = page.from {
        query = query.filter(slots::starts_at.ge(from));
    }
    if let Some((starts_at, id)) = page.after {
        let same = slots::starts_at.eq(starts_at).and(slots::id.gt(id));
        query = query.filter(slots::starts_at.gt(starts_at).or(same));
    }
    query
        .order((slots::starts_at, slots::id))
        .limit(page.reach)
        .select(SlotRow::as_select())
        .load(conn)
}

/// Gives a slot another capacity; false when more places are taken than that.
pub fn set_capacity(conn: &mut Conn, slot: SlotId, capacity: i32) -> QueryResult<bool> {
    diesel::update(slots::table.find(slot).filter(slots::taken.le(capacity)))
        .set(slots::capacity.eq(capacity))
        .execute(conn)
        .map(|rows| rows == 1)
}
