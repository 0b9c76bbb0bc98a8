//! Rows of asks: who was asked, what they said, how their place stands.
use crate::calls::model::{Answer, Ask, AskId, CallId, CallState, Coming, Counts};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{asks, calls, people, registrations};
use crate::platform::id::PersonId;
use crate::registrations::model::RegistrationState;
use diesel::dsl::{count_star, max, sql};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

/// An ask beside the registration it led to.
macro_rules! asks_and_places {
    () => {
        asks::table
            .left_join(registrations::table.on(registrations::id.nullable().eq(asks::registration)))
    };
}

/// Writes a wave; who was asked for this call before is left out.
pub(in crate::calls) fn insert_asks(conn: &mut Conn, wave: &[Ask]) -> QueryResult<usize> {
    wave.chunks(1000).try_fold(0, |sum, part| {
        let new = crate::on_each!(conn => diesel::insert_into(asks::table).values(part).on_conflict_do_nothing().execute(conn))?;
        Ok(sum + new)
    })
}

/// One ask.
pub(in crate::calls) fn find_ask(conn: &mut Conn, id: AskId) -> QueryResult<Ask> {
    asks::table.find(id).select(Ask::as_select()).first(conn)
}

/// Holds an ask until the transaction ends.
pub(in crate::calls) fn hold_ask(conn: &mut Conn, id: AskId) -> QueryResult<()> {
    diesel::update(asks::table.find(id))
        .set(asks::wave.eq(asks::wave))
        .execute(conn)
        .map(drop)
}

/// The ask of this person for this call, if they were asked.
pub(in crate::calls) fn find_ask_of(
    conn: &mut Conn,
    call: CallId,
    person: PersonId,
) -> QueryResult<Option<Ask>> {
    asks::table
        .filter(asks::call.eq(call))
        .filter(asks::person.eq(person))
        .select(Ask::as_select())
        .first(conn)
        .optional()
}

/// Keeps what somebody said.
pub(in crate::calls) fn answer(conn: &mut Conn, ask: &Ask) -> QueryResult<()> {
    diesel::update(asks::table.find(ask.id))
        .set((
            asks::answer.eq(ask.answer),
            asks::arriving_at.eq(ask.arriving_at),
            asks::answered_at.eq(ask.answered_at),
            asks::registration.eq(ask.registration),
            asks::shows_name.eq(ask.shows_name),
            asks::quiet_until.eq(ask.quiet_until),
        ))
        .execute(conn)
        .map(drop)
}

/// How the asking stands.
pub(in crate::calls) fn counts(conn: &mut Conn, call: CallId) -> QueryResult<Counts> {
    type Row = (Option<Answer>, Option<RegistrationState>, i64, Option<i32>);
    let rows: Vec<Row> = asks_and_places!()
        .filter(asks::call.eq(call))
        .group_by(sql::<Text>("asks.answer, registrations.state"))
        .select((
            sql::<Nullable<Text>>("asks.answer"),
            sql::<Nullable<Text>>("registrations.state"),
            count_star(),
            max(asks::wave),
        ))
        .load(conn)?;
    Ok(rows.into_iter().fold(
        Counts::default(),
        |counts, (answer, state, number, wave)| {
            counts.and(answer, state, (number, wave.unwrap_or_default()))
        },
    ))
}

/// Those who were asked and are still waiting to hear.
pub(in crate::calls) fn waiting(conn: &mut Conn, call: CallId) -> QueryResult<Vec<PersonId>> {
    asks::table
        .filter(asks::call.eq(call))
        .filter(asks::answer.is_null())
        .select(asks::person)
        .load(conn)
}

/// The asks of those who are still on the way.
pub(in crate::calls) fn coming_asks(conn: &mut Conn, call: CallId) -> QueryResult<Vec<Ask>> {
    asks::table
        .inner_join(registrations::table.on(registrations::id.nullable().eq(asks::registration)))
        .filter(asks::call.eq(call))
        .filter(asks::answer.eq(Some(Answer::Yes)))
        .filter(registrations::state.eq(RegistrationState::Booked))
        .order(asks::id)
        .select(Ask::as_select())
        .load(conn)
}

/// The asks that still count on somebody who gave up their place by another way.
pub(in crate::calls) fn given_up(conn: &mut Conn, call: CallId) -> QueryResult<Vec<Ask>> {
    asks::table
        .inner_join(registrations::table.on(registrations::id.nullable().eq(asks::registration)))
        .filter(asks::call.eq(call))
        .filter(asks::answer.eq(Some(Answer::Yes)))
        .filter(registrations::state.eq(RegistrationState::Cancelled))
        .order(asks::id)
        .select(Ask::as_select())
        .load(conn)
}

/// The asks of this person that wait for their word or count on them, of calls that are not over.
pub(in crate::calls) fn open_asks_of(
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

/// Those who come or came, in the order in which they said so.
pub(in crate::calls) fn coming(conn: &mut Conn, call: CallId) -> QueryResult<Vec<Coming>> {
    type Row = (
        (AskId, PersonId, String, bool),
        Option<Moment>,
        Option<RegistrationState>,
        Option<Moment>,
    );
    let rows: Vec<Row> = asks_and_places!()
        .inner_join(people::table.on(people::id.eq(asks::person)))
        .filter(asks::call.eq(call))
        .filter(asks::answer.eq(Some(Answer::Yes)))
        .order((asks::answered_at, asks::id))
        .select((
            (asks::id, asks::person, people::name, asks::shows_name),
            asks::arriving_at,
            registrations::state.nullable(),
            registrations::checked_in_at.nullable(),
        ))
        .load(conn)?;
    let coming = rows.into_iter().map(
        |((ask, person, name, shows_name), arriving_at, state, arrived_at)| Coming {
            ask,
            person,
            name,
            shows_name,
            arriving_at,
            state,
            arrived_at,
        },
    );
    Ok(coming.collect())
}

/// What these people said to this call; those it never asked are left out.
pub(in crate::calls) fn said(
    conn: &mut Conn,
    call: CallId,
    persons: &[PersonId],
) -> QueryResult<Vec<(PersonId, Option<Answer>)>> {
    asks::table
        .filter(asks::call.eq(call))
        .filter(asks::person.eq_any(persons))
        .select((asks::person, asks::answer))
        .load(conn)
}
