//! Rows of deferrals, their reasons sealed.
use super::super::model::{DeferralId, NewDeferral};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::deferrals;
use crate::platform::id::{AnyId, DriveId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

#[derive(Queryable, Selectable)]
#[diesel(table_name = deferrals)]
struct Row {
    id: DeferralId,
    person: PersonId,
    reason_sealed: String,
    event_on: NaiveDate,
    until: Option<NaiveDate>,
    drive: Option<DriveId>,
    registration: Option<AnyId>,
    decided_by: PersonId,
}

impl From<Row> for NewDeferral {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            person: row.person,
            reason_sealed: row.reason_sealed,
            event_on: row.event_on,
            until: row.until,
            drive: row.drive,
            registration: row.registration,
            decided_by: row.decided_by,
        }
    }
}

/// Keeps a deferral.
pub(in crate::donors) fn add_deferral(
    conn: &mut Conn,
    deferral: &NewDeferral,
    now: Moment,
) -> QueryResult<()> {
    diesel::insert_into(deferrals::table)
        .values((
            deferrals::id.eq(deferral.id),
            deferrals::person.eq(deferral.person),
            deferrals::reason_sealed.eq(&deferral.reason_sealed),
            deferrals::event_on.eq(deferral.event_on),
            deferrals::until.eq(deferral.until),
            deferrals::drive.eq(deferral.drive),
            deferrals::registration.eq(deferral.registration),
            deferrals::decided_by.eq(deferral.decided_by),
            deferrals::created_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

/// Every deferral that was not taken back, over or not, with its reason still sealed.
pub(in crate::donors) fn open_deferrals(
    conn: &mut Conn,
    person: PersonId,
) -> QueryResult<Vec<NewDeferral>> {
    let rows = deferrals::table
        .filter(deferrals::person.eq(person))
        .filter(deferrals::lifted_at.is_null())
        .order(deferrals::id)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(NewDeferral::from).collect())
}

/// Takes a deferral back; whom it bound, or none when it was taken back before.
pub(in crate::donors) fn lift_deferral(
    conn: &mut Conn,
    id: DeferralId,
    now: Moment,
) -> QueryResult<Option<PersonId>> {
    let row = deferrals::table
        .find(id)
        .filter(deferrals::lifted_at.is_null());
    let person = row.select(deferrals::person).first(conn).optional()?;
    diesel::update(row)
        .set(deferrals::lifted_at.eq(Some(now)))
        .execute(conn)?;
    Ok(person)
}
