//! Rows of calls, their history, and who was asked.
use super::model::{Answer, Ask, AskId, Call, CallId, CallState, Counts};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{asks, call_changes, calls, organisation_ancestors, people};
use crate::platform::id::{AnyId, DriveId, OrganisationId, PersonId};
use diesel::dsl::{count_star, max};
use diesel::prelude::*;

/// One step of a call's history.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = call_changes)]
pub struct Step {
    /// Its id.
    pub id: AnyId,
    /// Of which call.
    pub call: CallId,
    /// Into which state.
    pub state: CallState,
    /// Why, in somebody's words.
    pub note: Option<String>,
    /// By whom; none when the service did it by itself.
    pub changed_by: Option<PersonId>,
    /// When.
    pub changed_at: Moment,
}

/// Writes a new call and the first step of its history.
pub(super) fn insert(conn: &mut Conn, call: &Call, step: &Step) -> QueryResult<()> {
    diesel::insert_into(calls::table)
        .values(call)
        .execute(conn)?;
    diesel::insert_into(call_changes::table)
        .values(step)
        .execute(conn)
        .map(drop)
}

/// The call; whether the caller may see it is asked elsewhere.
pub(super) fn find(conn: &mut Conn, id: CallId) -> QueryResult<Call> {
    calls::table.find(id).select(Call::as_select()).first(conn)
}

/// Moves a call from the state it was read in; false when somebody moved it meanwhile.
pub(super) fn move_to(conn: &mut Conn, call: &Call, step: &Step) -> QueryResult<bool> {
    let moved = diesel::update(
        calls::table
            .find(call.id)
            .filter(calls::state.eq(call.state)),
    )
    .set((
        calls::state.eq(step.state),
        calls::changed_at.eq(step.changed_at),
    ))
    .execute(conn)?;
    if moved == 1 {
        diesel::insert_into(call_changes::table)
            .values(step)
            .execute(conn)?;
    }
    Ok(moved == 1)
}

/// Notes the hidden drive in which the call holds its places.
pub(super) fn open_drive(
    conn: &mut Conn,
    id: CallId,
    drive: DriveId,
    slot: AnyId,
) -> QueryResult<()> {
    diesel::update(calls::table.find(id))
        .set((calls::drive.eq(Some(drive)), calls::slot.eq(Some(slot))))
        .execute(conn)
        .map(drop)
}

/// Its history, oldest first.
pub(super) fn steps(conn: &mut Conn, id: CallId) -> QueryResult<Vec<Step>> {
    call_changes::table
        .filter(call_changes::call.eq(id))
        .order((call_changes::changed_at, call_changes::id))
        .select(Step::as_select())
        .load(conn)
}

/// Calls of hospitals at or under these bodies, newest first, after the one named.
pub(super) fn list(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    after: Option<(Moment, CallId)>,
    limit: i64,
) -> QueryResult<Vec<Call>> {
    let below = organisation_ancestors::table
        .filter(organisation_ancestors::ancestor.eq_any(bodies.to_vec()))
        .select(organisation_ancestors::descendant);
    let mut page = calls::table
        .filter(calls::hospital.eq_any(below))
        .into_boxed();
    if let Some((at, id)) = after {
        page = page.filter(
            calls::created_at
                .lt(at)
                .or(calls::created_at.eq(at).and(calls::id.lt(id))),
        );
    }
    page.order((calls::created_at.desc(), calls::id.desc()))
        .limit(limit)
        .select(Call::as_select())
        .load(conn)
}

/// Calls that still ask or wait although their time is over.
pub(super) fn overdue(conn: &mut Conn, now: Moment) -> QueryResult<Vec<Call>> {
    calls::table
        .filter(calls::state.eq_any(["submitted", "verified", "asking"]))
        .filter(calls::needed_by.le(now))
        .order(calls::id)
        .limit(500)
        .select(Call::as_select())
        .load(conn)
}

/// Writes a wave; who was asked for this call before is left out.
pub(super) fn insert_asks(conn: &mut Conn, wave: &[Ask]) -> QueryResult<usize> {
    wave.chunks(1000).try_fold(0, |sum, part| {
        let new = crate::on_each!(conn => diesel::insert_into(asks::table).values(part).on_conflict_do_nothing().execute(conn))?;
        Ok(sum + new)
    })
}

/// One ask.
pub(super) fn find_ask(conn: &mut Conn, id: AskId) -> QueryResult<Ask> {
    asks::table.find(id).select(Ask::as_select()).first(conn)
}

/// Keeps what somebody said.
pub(super) fn answer(conn: &mut Conn, ask: &Ask) -> QueryResult<()> {
    diesel::update(asks::table.find(ask.id))
        .set((
            asks::answer.eq(ask.answer),
            asks::arriving_at.eq(ask.arriving_at),
            asks::answered_at.eq(ask.answered_at),
            asks::registration.eq(ask.registration),
        ))
        .execute(conn)
        .map(drop)
}

/// How the asking stands.
pub(super) fn counts(conn: &mut Conn, call: CallId) -> QueryResult<Counts> {
    let rows: Vec<(Option<Answer>, i64, Option<i32>)> = asks::table
        .filter(asks::call.eq(call))
        .group_by(asks::answer)
        .select((asks::answer, count_star(), max(asks::wave)))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .fold(Counts::default(), |mut counts, (answer, number, wave)| {
            counts.asked += number;
            counts.waves = counts.waves.max(wave.unwrap_or_default());
            match answer {
                Some(Answer::Yes) => counts.yes += number,
                Some(Answer::No) => counts.no += number,
                Some(Answer::Late) => counts.late += number,
                None => {}
            }
            counts
        }))
}

/// Those who were asked and are still waiting to hear, or came too late.
pub(super) fn waiting(conn: &mut Conn, call: CallId) -> QueryResult<Vec<PersonId>> {
    asks::table
        .filter(asks::call.eq(call))
        .filter(asks::answer.is_null())
        .select(asks::person)
        .load(conn)
}

/// The asks of those who come.
pub(super) fn coming_asks(conn: &mut Conn, call: CallId) -> QueryResult<Vec<Ask>> {
    asks::table
        .filter(asks::call.eq(call))
        .filter(asks::answer.eq(Some(Answer::Yes)))
        .order(asks::id)
        .select(Ask::as_select())
        .load(conn)
}

/// The asks of this person that wait for their word or count on them, of calls that are not over.
pub(super) fn open_asks_of(
    conn: &mut Conn,
    person: PersonId,
    now: Moment,
) -> QueryResult<Vec<AskId>> {
    asks::table
        .inner_join(calls::table.on(calls::id.eq(asks::call)))
        .filter(asks::person.eq(person))
        .filter(
            asks::answer
                .is_null()
                .or(asks::answer.eq(Some(Answer::Yes))),
        )
        .filter(calls::state.eq_any([CallState::Asking, CallState::Filled]))
        .filter(calls::arrive_by.gt(now))
        .order(asks::id)
        .select(asks::id)
        .load(conn)
}

/// Those who come, with their names, soonest first.
pub(super) fn coming(conn: &mut Conn, call: CallId) -> QueryResult<Vec<(String, Option<Moment>)>> {
    asks::table
        .inner_join(people::table.on(people::id.eq(asks::person)))
        .filter(asks::call.eq(call))
        .filter(asks::answer.eq(Some(Answer::Yes)))
        .order((asks::answered_at, asks::id))
        .select((people::name, asks::arriving_at))
        .load(conn)
}

/// What this person said to this call.
pub(super) fn answer_of(
    conn: &mut Conn,
    call: CallId,
    person: PersonId,
) -> QueryResult<Option<Answer>> {
    let answer: Option<Option<Answer>> = asks::table
        .filter(asks::call.eq(call))
        .filter(asks::person.eq(person))
        .select(asks::answer)
        .first(conn)
        .optional()?;
    Ok(answer.flatten())
}
