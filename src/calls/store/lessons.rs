//! What the answers to calls taught, and the answers it is learnt from.
use crate::calls::model::{Answer, CallId, CallState, Ring};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{answer_delays, answer_rates, asks, calls, gifts};
use crate::platform::id::PersonId;
use chrono::NaiveDate;
use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use std::collections::HashMap;

/// An ask as it is learnt from, with how its call stands.
#[derive(Debug, Clone, Queryable)]
pub(in crate::calls) struct PastAsk {
    pub(in crate::calls) person: PersonId,
    pub(in crate::calls) ring: Ring,
    pub(in crate::calls) distance_m: i32,
    pub(in crate::calls) habit: Option<i16>,
    pub(in crate::calls) answer: Option<Answer>,
    pub(in crate::calls) answered_at: Option<Moment>,
    pub(in crate::calls) asked_at: Moment,
    pub(in crate::calls) state: CallState,
    pub(in crate::calls) changed_at: Moment,
    pub(in crate::calls) arrive_by: Moment,
}

/// Asks that went out as messages, from a moment on.
macro_rules! past_asks {
    ($since:expr) => {
        asks::table
            .inner_join(calls::table.on(calls::id.eq(asks::call)))
            .filter(asks::wave.gt(0))
            .filter(asks::created_at.ge($since))
            .select((
                asks::person,
                asks::ring,
                asks::distance_m,
                asks::habit,
                asks::answer,
                asks::answered_at,
                asks::created_at,
                calls::state,
                calls::changed_at,
                calls::arrive_by,
            ))
    };
}

/// SQLite binds at most 32,766 values in one statement.
const PART: usize = 5000;

/// The asks of calls that are filled or over.
pub(in crate::calls) fn ended_asks(conn: &mut Conn, since: Moment) -> QueryResult<Vec<PastAsk>> {
    let ended = [CallState::Filled, CallState::Expired, CallState::Cancelled];
    past_asks!(since)
        .filter(calls::state.eq_any(ended))
        .load(conn)
}

/// The asks of these people, for whichever call.
pub(in crate::calls) fn asks_of(
    conn: &mut Conn,
    persons: &[PersonId],
    since: Moment,
) -> QueryResult<Vec<PastAsk>> {
    let mut found = Vec::new();
    for part in persons.chunks(PART) {
        let rows: Vec<PastAsk> = past_asks!(since)
            .filter(asks::person.eq_any(part))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// How often these people gave, and when last; who never did is left out.
pub(in crate::calls) fn gifts_of(
    conn: &mut Conn,
    persons: &[PersonId],
) -> QueryResult<HashMap<PersonId, (i64, Option<NaiveDate>)>> {
    let mut found = HashMap::new();
    for part in persons.chunks(PART) {
        let rows: Vec<(PersonId, i64, Option<NaiveDate>)> = gifts::table
            .filter(gifts::person.eq_any(part))
            .filter(gifts::voided_at.is_null())
            .group_by(gifts::person)
            .select((gifts::person, count_star(), max(gifts::given_on)))
            .load(conn)?;
        found.extend(
            rows.into_iter()
                .map(|(person, gifts, last)| (person, (gifts, last))),
        );
    }
    Ok(found)
}

/// How likely a yes was, when and from which ring somebody was asked, and from how far.
type Silent = (Option<f64>, (Moment, Ring), i32);

/// Those asked for this call who have not answered.
pub(in crate::calls) fn silent(conn: &mut Conn, call: CallId) -> QueryResult<Vec<Silent>> {
    asks::table
        .filter(asks::call.eq(call))
        .filter(asks::answer.is_null())
        .select((
            asks::chance,
            (asks::created_at, asks::ring),
            asks::distance_m,
        ))
        .load(conn)
}

/// So many yes of so much asking, of donors alike.
#[derive(Debug, Clone, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = answer_rates)]
pub(in crate::calls) struct Rate {
    pub(in crate::calls) is_reserve: bool,
    pub(in crate::calls) habit: i16,
    pub(in crate::calls) ring: i16,
    pub(in crate::calls) is_night: bool,
    pub(in crate::calls) yes: f64,
    pub(in crate::calls) asked: f64,
}

/// How soon answers come, and how much one's own say.
#[derive(Debug, Clone, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = answer_delays)]
pub(in crate::calls) struct Lesson {
    pub(in crate::calls) learnt_at: Moment,
    pub(in crate::calls) asks: i32,
    pub(in crate::calls) median_minutes: f64,
    pub(in crate::calls) shape: f64,
    pub(in crate::calls) refusing: f64,
    pub(in crate::calls) own_firmness: f64,
}

/// What was learnt last, if anything was.
pub(in crate::calls) fn lesson(conn: &mut Conn) -> QueryResult<Option<(Lesson, Vec<Rate>)>> {
    let lesson = answer_delays::table
        .order(answer_delays::learnt_at.desc())
        .select(Lesson::as_select())
        .first(conn)
        .optional()?;
    let Some(lesson) = lesson else {
        return Ok(None);
    };
    let rates = answer_rates::table.select(Rate::as_select()).load(conn)?;
    Ok(Some((lesson, rates)))
}

/// Keeps what was learnt in place of what was known before; how soon answers came stays as a history.
pub(in crate::calls) fn put_lesson(
    conn: &mut Conn,
    lesson: &Lesson,
    rates: &[Rate],
) -> QueryResult<()> {
    diesel::delete(answer_rates::table).execute(conn)?;
    crate::on_each!(conn => diesel::insert_into(answer_rates::table).values(rates).execute(conn))?;
    crate::on_each!(conn => diesel::insert_into(answer_delays::table).values(lesson).on_conflict_do_nothing().execute(conn)).map(drop)
}
