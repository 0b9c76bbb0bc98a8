//! The rows of waiting work. `due_at` is both when a row may be taken and, once taken, when its lease ends.
use super::{Job, Stamp};
use crate::platform::clock::Moment;
use crate::platform::db::schema::jobs;
use crate::platform::db::{Conn, Json};
use diesel::prelude::*;

crate::ids! {
    /// Names a row of waiting work.
    JobId,
}

#[derive(Insertable)]
#[diesel(table_name = jobs)]
pub(super) struct NewJob {
    id: JobId,
    kind: &'static str,
    unique_key: Option<String>,
    payload: Json,
    state: &'static str,
    due_at: Moment,
    tries: i32,
    created_at: Moment,
}

impl NewJob {
    pub(super) fn of<J: Job>(
        job: &J,
        unique_key: Option<String>,
        due_at: Moment,
        stamp: Stamp,
    ) -> QueryResult<Self> {
        let payload = serde_json::to_value(job)
            .map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
        Ok(Self {
            id: stamp.id,
            kind: J::KIND,
            unique_key,
            payload: Json(payload),
            state: "waiting",
            due_at,
            tries: 0,
            created_at: stamp.now,
        })
    }
}

impl NewJob {
    /// The one row of a job that repeats itself.
    pub(super) fn repeating(
        kind: &'static str,
        payload: Json,
        due_at: Moment,
        stamp: Stamp,
    ) -> Self {
        Self {
            id: stamp.id,
            kind,
            unique_key: Some(format!("every:{kind}")),
            payload,
            state: "waiting",
            due_at,
            tries: 0,
            created_at: stamp.now,
        }
    }
}

/// A row this process holds until `due_at`.
#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = jobs)]
pub(super) struct Leased {
    pub(super) id: JobId,
    pub(super) kind: String,
    pub(super) payload: Json,
    pub(super) tries: i32,
}

/// A job that used up its tries.
#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = jobs)]
pub struct DeadJob {
    /// Which.
    pub id: JobId,
    /// Of which kind.
    pub kind: String,
    /// What the last try said.
    pub last_error: Option<String>,
    /// Since when it waits for a person.
    pub created_at: Moment,
}

/// False when a job of this key waits already.
pub(super) fn insert(conn: &mut Conn, job: &NewJob) -> QueryResult<bool> {
    crate::on_each!(conn => diesel::insert_into(jobs::table).values(job).on_conflict_do_nothing().execute(conn)).map(|rows| rows == 1)
}

/// Takes up to `most` due rows until `until`. Of two processes that race for a row, one's update finds it gone.
pub(super) fn lease(
    conn: &mut Conn,
    now: Moment,
    until: Moment,
    most: i64,
) -> QueryResult<Vec<Leased>> {
    let due: Vec<JobId> = jobs::table
        .filter(jobs::state.eq("waiting"))
        .filter(jobs::due_at.le(now))
        .order((jobs::due_at, jobs::id))
        .limit(most)
        .select(jobs::id)
        .load(conn)?;
    let mut leased = Vec::with_capacity(due.len());
    for id in due {
        let taken = diesel::update(
            jobs::table
                .find(id)
                .filter(jobs::due_at.le(now))
                .filter(jobs::state.eq("waiting")),
        )
        .set((jobs::due_at.eq(until), jobs::tries.eq(jobs::tries + 1)))
        .execute(conn)?;
        if taken == 1 {
            leased.push(
                jobs::table
                    .find(id)
                    .select(Leased::as_select())
                    .first(conn)?,
            );
        }
    }
    Ok(leased)
}

/// Done: the row goes, if this process still holds it.
pub(super) fn finish(conn: &mut Conn, job: &Leased, until: Moment) -> QueryResult<()> {
    diesel::delete(jobs::table.find(job.id).filter(jobs::due_at.eq(until)))
        .execute(conn)
        .map(drop)
}

/// Done for this time: a repeating job's row moves to its next time, if this process still holds it.
pub(super) fn reschedule(
    conn: &mut Conn,
    job: &Leased,
    until: Moment,
    next: Moment,
) -> QueryResult<()> {
    diesel::update(jobs::table.find(job.id).filter(jobs::due_at.eq(until)))
        .set((jobs::due_at.eq(next), jobs::tries.eq(0)))
        .execute(conn)
        .map(drop)
}

/// Not done: comes back at `due_at`, or stays as dead.
pub(super) fn fail(
    conn: &mut Conn,
    job: &Leased,
    until: Moment,
    next: Option<Moment>,
    error: &str,
) -> QueryResult<()> {
    let held = jobs::table.find(job.id).filter(jobs::due_at.eq(until));
    let state = if next.is_some() { "waiting" } else { "dead" };
    diesel::update(held)
        .set((
            jobs::state.eq(state),
            jobs::due_at.eq(next.unwrap_or(until)),
            jobs::last_error.eq(error),
        ))
        .execute(conn)
        .map(drop)
}

/// How many rows are due, and how many are dead: for health and tests.
pub fn pending(conn: &mut Conn, now: Moment) -> QueryResult<(i64, i64)> {
    let due = jobs::table
        .filter(jobs::state.eq("waiting"))
        .filter(jobs::due_at.le(now))
        .count()
        .get_result(conn)?;
    let dead = jobs::table
        .filter(jobs::state.eq("dead"))
        .count()
        .get_result(conn)?;
    Ok((due, dead))
}

/// The dead jobs after this one, oldest first.
pub fn dead(conn: &mut Conn, after: Option<JobId>, most: i64) -> QueryResult<Vec<DeadJob>> {
    let mut query = jobs::table.filter(jobs::state.eq("dead")).into_boxed();
    if let Some(after) = after {
        query = query.filter(jobs::id.gt(after));
    }
    query
        .order(jobs::id)
        .limit(most)
        .select(DeadJob::as_select())
        .load(conn)
}

/// Gives a dead job new tries from now on; false when it is not dead.
pub fn retry(conn: &mut Conn, id: JobId, now: Moment) -> QueryResult<bool> {
    diesel::update(jobs::table.find(id).filter(jobs::state.eq("dead")))
        .set((
            jobs::state.eq("waiting"),
            jobs::due_at.eq(now),
            jobs::tries.eq(0),
        ))
        .execute(conn)
        .map(|rows| rows == 1)
}
