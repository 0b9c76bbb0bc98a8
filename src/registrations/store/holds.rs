//! Places kept for a body.
use crate::drives::model::SlotId;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::holds;
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::registrations::model::HoldId;
use diesel::prelude::*;

/// A hold to be written.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = holds)]
pub struct NewHold {
    pub id: HoldId,
    pub drive: DriveId,
    pub slot: SlotId,
    pub organisation: OrganisationId,
    pub places: i32,
    pub named: i32,
    pub release_at: Moment,
    pub created_by: PersonId,
    pub created_at: Moment,
}

/// A hold as it stands.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = holds)]
pub(crate) struct Hold {
    pub id: HoldId,
    pub drive: DriveId,
    pub slot: SlotId,
    pub organisation: OrganisationId,
    pub places: i32,
    pub named: i32,
    pub release_at: Moment,
    pub released_at: Option<Moment>,
}

pub(crate) fn insert_hold(conn: &mut Conn, new: &NewHold) -> QueryResult<()> {
    diesel::insert_into(holds::table)
        .values(new)
        .execute(conn)
        .map(drop)
}

pub(crate) fn find_hold(conn: &mut Conn, id: HoldId) -> QueryResult<Hold> {
    holds::table.find(id).select(Hold::as_select()).first(conn)
}

/// The holds of a drive, those that are over too.
pub(crate) fn list_holds(conn: &mut Conn, drive: DriveId) -> QueryResult<Vec<Hold>> {
    holds::table
        .filter(holds::drive.eq(drive))
        .order(holds::id)
        .select(Hold::as_select())
        .load(conn)
}

/// Gives `n` of its places to named people, or takes them back; false when it is over or has not so many.
pub(crate) fn name_in_hold(conn: &mut Conn, id: HoldId, n: i32) -> QueryResult<bool> {
    let named = holds::named + n;
    let fits = holds::table
        .find(id)
        .filter(holds::released_at.is_null())
        .filter(named.ge(0).and(named.le(holds::places)));
    diesel::update(fits)
        .set(holds::named.eq(holds::named + n))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Ends it; answers its slot and how many of its places nobody was named for, or nothing when it was over before.
pub(crate) fn release_hold(
    conn: &mut Conn,
    id: HoldId,
    now: Moment,
) -> QueryResult<Option<(SlotId, i32)>> {
    let open = holds::table.find(id).filter(holds::released_at.is_null());
    diesel::update(open)
        .set(holds::released_at.eq(Some(now)))
        .returning((holds::slot, holds::places, holds::named))
        .get_result(conn)
        .optional()
        .map(|row: Option<(SlotId, i32, i32)>| {
            row.map(|(slot, places, named)| (slot, places - named))
        })
}
