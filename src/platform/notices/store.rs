//! The rows of the outbox. `due_at` is both when a notice may leave and, once taken, when its lease ends.
use super::NewNotice;
use crate::platform::clock::Moment;
use crate::platform::db::schema::notices;
use crate::platform::db::{Conn, Json, Prepare};
use crate::platform::id::PersonId;
use diesel::prelude::*;

crate::ids! {
    /// Names a message to a person.
    NoticeId,
}

#[derive(Insertable)]
#[diesel(table_name = notices, treat_none_as_default_value = false)]
pub(super) struct Row {
    id: NoticeId,
    kind: &'static str,
    person: PersonId,
    about: String,
    data: Json,
    secret: Option<String>,
    state: &'static str,
    due_at: Moment,
    expires_at: Moment,
    tries: i32,
    created_at: Moment,
}

impl Row {
    pub(super) fn of(notice: NewNotice, now: Moment) -> Self {
        Self {
            id: notice.id,
            kind: notice.kind,
            person: notice.person,
            about: notice.about,
            data: Json(notice.data),
            secret: notice.secret,
            state: "waiting",
            due_at: notice.not_before,
            expires_at: notice.expires_at,
            tries: 0,
            created_at: now,
        }
    }
}

/// A notice this process holds until its lease ends.
#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = notices)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// Which words.
    pub kind: String,
    /// To whom.
    pub person: PersonId,
    /// What it is about.
    pub about: String,
    /// Ids and dates for the words.
    pub data: Json,
    /// Sealed with this row's id.
    pub secret: Option<String>,
    /// Worthless after.
    pub expires_at: Moment,
    /// Tries so far, this one too.
    pub tries: i32,
}

/// A notice that could not be delivered.
#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = notices)]
pub struct DeadNotice {
    /// Its id.
    pub id: NoticeId,
    /// Which words.
    pub kind: String,
    /// To whom.
    pub person: PersonId,
    /// What the last try said.
    pub last_error: Option<String>,
    /// Since when.
    pub created_at: Moment,
}

/// One row, as most are: false when it is there already.
pub(super) fn insert_one(conn: &mut Conn, row: &Row) -> QueryResult<bool> {
    let new = crate::on_each!(conn => diesel::insert_into(notices::table).values(row).on_conflict_do_nothing().prepared().execute(conn));
    new.map(|rows| rows == 1)
}

pub(super) fn insert(conn: &mut Conn, rows: &[Row]) -> QueryResult<usize> {
    // Eleven columns: SQLite binds at most 32,766 values in one statement.
    rows.chunks(1000).try_fold(0, |sum, chunk| {
        let new = crate::on_each!(conn => diesel::insert_into(notices::table).values(chunk).on_conflict_do_nothing().execute(conn))?;
        Ok(sum + new)
    })
}

/// Takes up to `most` due rows until `until`. Of two processes that race for a row, one's update finds it gone.
pub(super) fn lease(
    conn: &mut Conn,
    now: Moment,
    until: Moment,
    most: i64,
) -> QueryResult<Vec<Notice>> {
    let due: Vec<NoticeId> = notices::table
        .filter(notices::state.eq("waiting"))
        .filter(notices::due_at.le(now))
        .order((notices::due_at, notices::id))
        .limit(most)
        .select(notices::id)
        .load(conn)?;
    let still_due = notices::table
        .filter(notices::id.eq_any(due))
        .filter(notices::state.eq("waiting"))
        .filter(notices::due_at.le(now));
    diesel::update(still_due)
        .set((
            notices::due_at.eq(until),
            notices::tries.eq(notices::tries + 1),
        ))
        .returning(Notice::as_select_columns())
        .get_results(conn)
}

impl Notice {
    fn as_select_columns() -> (
        notices::id,
        notices::kind,
        notices::person,
        notices::about,
        notices::data,
        notices::secret,
        notices::expires_at,
        notices::tries,
    ) {
        (
            notices::id,
            notices::kind,
            notices::person,
            notices::about,
            notices::data,
            notices::secret,
            notices::expires_at,
            notices::tries,
        )
    }
}

/// How a try ended, as its row keeps it.
pub(super) struct Ending<'a> {
    pub(super) state: &'static str,
    pub(super) due_at: Moment,
    pub(super) error: Option<&'a str>,
}

/// Writes how it ended, if this process still holds the row.
pub(super) fn settle(
    conn: &mut Conn,
    notice: &Notice,
    until: Moment,
    ending: &Ending<'_>,
    now: Moment,
) -> QueryResult<()> {
    let held = notices::table
        .find(notice.id)
        .filter(notices::due_at.eq(until));
    diesel::update(held)
        .set((
            notices::state.eq(ending.state),
            notices::due_at.eq(ending.due_at),
            notices::last_error.eq(ending.error),
            notices::settled_at.eq(Some(now)),
        ))
        .execute(conn)
        .map(drop)
}

/// How many notices are due, and how many are dead: for health and tests.
pub fn pending(conn: &mut Conn, now: Moment) -> QueryResult<(i64, i64)> {
    let due = notices::table
        .filter(notices::state.eq("waiting"))
        .filter(notices::due_at.le(now))
        .count()
        .get_result(conn)?;
    let dead = notices::table
        .filter(notices::state.eq("dead"))
        .count()
        .get_result(conn)?;
    Ok((due, dead))
}

/// What became of what was said to this person about this: `waiting`, `sent`, `dropped` or `dead`.
pub fn find_state(
    conn: &mut Conn,
    person: PersonId,
    kind: &str,
    about: &str,
) -> QueryResult<Option<String>> {
    notices::table
        .filter(notices::person.eq(person))
        .filter(notices::kind.eq(kind))
        .filter(notices::about.eq(about))
        .select(notices::state)
        .first(conn)
        .optional()
}

/// One message, whatever became of it: for the links in it.
pub fn find(conn: &mut Conn, id: NoticeId) -> QueryResult<Notice> {
    notices::table
        .find(id)
        .select(Notice::as_select())
        .first(conn)
}

/// The dead notices after this one, oldest first.
pub fn dead(conn: &mut Conn, after: Option<NoticeId>, most: i64) -> QueryResult<Vec<DeadNotice>> {
    let mut query = notices::table
        .filter(notices::state.eq("dead"))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(notices::id.gt(after));
    }
    query
        .order(notices::id)
        .limit(most)
        .select(DeadNotice::as_select())
        .load(conn)
}

/// Gives a dead notice new tries from now on; false when it is not dead.
pub fn retry(conn: &mut Conn, id: NoticeId, now: Moment) -> QueryResult<bool> {
    diesel::update(notices::table.find(id).filter(notices::state.eq("dead")))
        .set((
            notices::state.eq("waiting"),
            notices::due_at.eq(now),
            notices::tries.eq(0),
        ))
        .execute(conn)
        .map(|rows| rows == 1)
}
