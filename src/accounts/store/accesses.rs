//! The log of looks: rows are only ever added.
use crate::accounts::model::Act;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::accesses;
use crate::platform::http::Page;
use crate::platform::id::{AnyId, PersonId};
use diesel::prelude::*;

/// One look at a person by another.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = accesses)]
pub struct Access {
    /// Made by `app.id()`.
    pub id: AnyId,
    /// Who looked.
    pub actor: PersonId,
    /// At whom.
    pub person: PersonId,
    /// What was done.
    pub act: Act,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// When.
    #[diesel(column_name = happened_at)]
    pub at: Moment,
}

/// Writes a look into the log, in the transaction of the look.
pub fn record_access(conn: &mut Conn, access: &Access) -> QueryResult<()> {
    diesel::insert_into(accesses::table)
        .values(access)
        .execute(conn)
        .map(drop)
}

/// How often `actor` did this since `since`.
pub(in crate::accounts) fn count_since(
    conn: &mut Conn,
    actor: PersonId,
    act: Act,
    since: Moment,
) -> QueryResult<i64> {
    accesses::table
        .filter(accesses::actor.eq(actor))
        .filter(accesses::act.eq(act))
        .filter(accesses::happened_at.gt(since))
        .count()
        .get_result(conn)
}

/// Who looked at this person, newest first.
pub fn list(
    conn: &mut Conn,
    person: PersonId,
    page: &Page<(Moment, AnyId)>,
) -> QueryResult<Vec<Access>> {
    let mut rows = accesses::table
        .filter(accesses::person.eq(person))
        .into_boxed();
    if let Some((at, id)) = page.after {
        let same = accesses::happened_at.eq(at).and(accesses::id.lt(id));
        rows = rows.filter(accesses::happened_at.lt(at).or(same));
    }
    rows.order((accesses::happened_at.desc(), accesses::id.desc()))
        .limit(page.reach())
        .select(Access::as_select())
        .load(conn)
}
