//! What one person may do, with the names of the places where they may do it.
// Organisations and drives own two of these tables and stand right of accounts; see `covers`.
use crate::accounts::store::grants::GrantId;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{drives, grants, organisations};
use crate::platform::http::Role;
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A living grant beside its place.
#[derive(Debug, Queryable)]
pub(in crate::accounts) struct Held {
    pub(in crate::accounts) id: GrantId,
    pub(in crate::accounts) role: Role,
    pub(in crate::accounts) until: Option<Moment>,
    /// Id, name and kind.
    pub(in crate::accounts) organisation: Option<(OrganisationId, String, String)>,
    /// Id, name, first and last day.
    pub(in crate::accounts) drive: Option<(DriveId, String, NaiveDate, NaiveDate)>,
}

/// More roles than anybody holds.
const MOST: i64 = 200;

/// Every role the person holds at this moment, in the order they were given.
pub(in crate::accounts) fn held(
    conn: &mut Conn,
    person: PersonId,
    now: Moment,
) -> QueryResult<Vec<Held>> {
    grants::table
        .left_join(organisations::table.on(grants::organisation.eq(organisations::id.nullable())))
        .left_join(drives::table.on(grants::drive.eq(drives::id.nullable())))
        .filter(grants::person.eq(person))
        .filter(grants::revoked_at.is_null())
        .filter(grants::until.is_null().or(grants::until.gt(Some(now))))
        .order(grants::id)
        .limit(MOST)
        .select((
            grants::id,
            grants::role,
            grants::until,
            (organisations::id, organisations::name, organisations::kind).nullable(),
            (drives::id, drives::name, drives::starts_on, drives::ends_on).nullable(),
        ))
        .load(conn)
}
