//! Taking due rows, letting them leave, and writing down how it ended.
use super::super::model::Channel;
use super::{Change, Notice, NoticeId, put_change};
use crate::platform::clock::Moment;
use crate::platform::db::schema::notices;
use crate::platform::db::{Conn, Json, Prepare};
use crate::platform::id::PersonId;
use diesel::prelude::*;

/// What leaves first, 0 to 3.
const URGENCIES: std::ops::RangeInclusive<i16> = 0..=3;

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

/// Takes up to `most` due rows until `until`, the most urgent first. Of two processes that race for a row, one's update
/// finds it gone.
pub(in crate::platform::notices) fn lease(
    conn: &mut Conn,
    now: Moment,
    until: Moment,
    most: i64,
) -> QueryResult<Vec<Notice>> {
    let due = most_urgent(conn, now, most)?;
    let still_due = notices::table
        .filter(notices::id.eq_any(due))
        .filter(notices::state.eq("waiting"))
        .filter(notices::due_at.le(now));
    diesel::update(still_due)
        .set((
            notices::due_at.eq(until),
            notices::tries.eq(notices::tries + 1),
        ))
        .returning((
            notices::id,
            notices::kind,
            notices::person,
            notices::about,
            notices::data,
            notices::secret,
            notices::expires_at,
            notices::tries,
            notices::code,
        ))
        .get_results(conn)
}

/// Up to `most` due rows, by urgency and then by time.
fn most_urgent(conn: &mut Conn, now: Moment, most: i64) -> QueryResult<Vec<NoticeId>> {
    let mut due: Vec<NoticeId> = Vec::new();
    for urgency in URGENCIES {
        let left = most - i64::try_from(due.len()).unwrap_or(most);
        let more: Vec<NoticeId> = notices::table
            .filter(notices::state.eq("waiting"))
            .filter(notices::urgency.eq(urgency))
            .filter(notices::due_at.le(now))
            .order((notices::due_at, notices::id))
            .limit(left)
            .select(notices::id)
            .load(conn)?;
        due.extend(more);
    }
    Ok(due)
}

/// What is known of a message at the moment it leaves.
pub(in crate::platform::notices) struct Leaving {
    pub(in crate::platform::notices) code: String,
    pub(in crate::platform::notices) said: Json,
    pub(in crate::platform::notices) change: Change,
}

/// Writes down, before it leaves, what its reader will find in their inbox; false when another process holds the row.
pub(in crate::platform::notices) fn leave(
    conn: &mut Conn,
    id: NoticeId,
    until: Moment,
    leaving: &Leaving,
) -> QueryResult<bool> {
    let held = notices::table.find(id).filter(notices::due_at.eq(until));
    let said = (
        notices::code.eq(Some(&leaving.code)),
        notices::said.eq(Some(&leaving.said)),
        notices::channel.eq(leaving.change.channel),
    );
    let rows = crate::on_each!(conn => diesel::update(held).set(said).prepared().execute(conn))?;
    if rows == 1 {
        put_change(conn, id, &leaving.change)?;
    }
    Ok(rows == 1)
}

/// How a try ended, as its row keeps it.
pub(in crate::platform::notices) struct Ending {
    pub(in crate::platform::notices) state: &'static str,
    pub(in crate::platform::notices) due_at: Moment,
    pub(in crate::platform::notices) error: Option<String>,
    pub(in crate::platform::notices) reason: Option<String>,
    pub(in crate::platform::notices) cost: i32,
    /// How many tries count from now on.
    pub(in crate::platform::notices) tries: i32,
    pub(in crate::platform::notices) change: Change,
}

/// Writes how it ended, if this process still holds the row.
pub(in crate::platform::notices) fn settle(
    conn: &mut Conn,
    id: NoticeId,
    until: Moment,
    ending: &Ending,
) -> QueryResult<()> {
    let held = notices::table.find(id).filter(notices::due_at.eq(until));
    let ended = (
        notices::state.eq(ending.state),
        notices::due_at.eq(ending.due_at),
        notices::last_error.eq(&ending.error),
        notices::reason.eq(&ending.reason),
        notices::cost.eq(notices::cost + ending.cost),
        notices::tries.eq(ending.tries),
        notices::settled_at.eq(Some(ending.change.at)),
    );
    let rows = crate::on_each!(conn => diesel::update(held).set(ended).prepared().execute(conn))?;
    if rows == 1 {
        put_change(conn, id, &ending.change)?;
    }
    Ok(())
}

/// Whether any notice is due.
pub(in crate::platform::notices) fn is_due(conn: &mut Conn, now: Moment) -> QueryResult<bool> {
    let due = notices::table
        .filter(notices::state.eq("waiting"))
        .filter(notices::due_at.le(now));
    diesel::select(diesel::dsl::exists(due)).get_result(conn)
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

impl Change {
    /// What happened to a message at this moment.
    pub(in crate::platform::notices) fn new(
        id: crate::platform::id::AnyId,
        state: &'static str,
        channel: Option<Channel>,
        at: Moment,
    ) -> Self {
        Self {
            id,
            state,
            channel,
            detail: None,
            at,
        }
    }
}
