//! Rows of codes that staff read out on the telephone, sealed.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{people, spoken_codes};
use crate::platform::id::{AnyId, PersonId};
use diesel::prelude::*;

/// A code as its row keeps it.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = spoken_codes)]
pub struct SpokenRow {
    /// Names it.
    pub id: AnyId,
    /// Who is telephoned.
    pub person: PersonId,
    /// Who telephones.
    pub staff: PersonId,
    /// Sealed with this id.
    pub code_sealed: String,
    /// Worthless after.
    pub expires_at: Moment,
    /// When it was made.
    pub created_at: Moment,
}

/// A living code with the name of who telephones.
#[derive(Debug, Clone, Queryable)]
pub(in crate::accounts) struct Spoken {
    pub(in crate::accounts) id: AnyId,
    pub(in crate::accounts) staff_name: String,
    pub(in crate::accounts) code_sealed: String,
    pub(in crate::accounts) expires_at: Moment,
    pub(in crate::accounts) created_at: Moment,
}

/// Keeps a code in place of the same caller's earlier ones for this person.
pub(in crate::accounts) fn replace(conn: &mut Conn, row: &SpokenRow) -> QueryResult<()> {
    let earlier = spoken_codes::table
        .filter(spoken_codes::person.eq(row.person))
        .filter(spoken_codes::staff.eq(row.staff));
    diesel::delete(earlier).execute(conn)?;
    diesel::insert_into(spoken_codes::table)
        .values(row)
        .execute(conn)
        .map(drop)
}

/// The codes by which this person can tell a caller at this moment, the newest first.
pub(in crate::accounts) fn current(
    conn: &mut Conn,
    person: PersonId,
    now: Moment,
) -> QueryResult<Vec<Spoken>> {
    spoken_codes::table
        .inner_join(people::table.on(people::id.eq(spoken_codes::staff)))
        .filter(spoken_codes::person.eq(person))
        .filter(spoken_codes::expires_at.gt(now))
        .order((spoken_codes::created_at.desc(), spoken_codes::id.desc()))
        .limit(MOST)
        .select((
            spoken_codes::id,
            people::name,
            spoken_codes::code_sealed,
            spoken_codes::expires_at,
            spoken_codes::created_at,
        ))
        .load(conn)
}

/// Nobody is telephoned by more people at once.
const MOST: i64 = 20;

/// Forgets codes that ended before `before`.
pub(in crate::accounts) fn purge(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    diesel::delete(spoken_codes::table.filter(spoken_codes::expires_at.lt(before))).execute(conn)
}
