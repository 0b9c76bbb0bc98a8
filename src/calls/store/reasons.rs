//! Why somebody who could give is not asked now: facts that no index of donors can hold.
use crate::calls::model::{Answer, CallId, CallState};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{asks, calls, donors, registrations};
use crate::platform::id::PersonId;
use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::collections::HashMap;

/// Why somebody is not asked; of several the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::calls) enum Why {
    /// This call asked them already.
    AlreadyAsked,
    /// Another call waits for their word or counts on them.
    OpenElsewhere,
    /// They have a place at a drive.
    Booked,
    /// They asked to be left in peace until a day.
    Quiet,
    /// They were asked lately, or too often of late.
    AskedLately,
}

/// How long donors are left in peace, seen from one call at one moment.
#[derive(Debug, Clone, Copy)]
pub(in crate::calls) struct Peace {
    /// For which call.
    pub(in crate::calls) call: CallId,
    /// This moment.
    pub(in crate::calls) now: Moment,
    /// Its local day.
    pub(in crate::calls) today: NaiveDate,
    /// Who was last asked before this day has rested; none where only those were looked for.
    pub(in crate::calls) rested_before: Option<NaiveDate>,
    /// Who was asked so often since that moment is left in peace as well.
    pub(in crate::calls) asked_since: Moment,
    /// See `asked_since`.
    pub(in crate::calls) most_asks: u32,
    /// A place at a drive up to this day keeps somebody; none: at any drive ahead.
    pub(in crate::calls) booked_until: Option<NaiveDate>,
}

/// SQLite binds at most 32,766 values in one statement.
const PART: usize = 5000;

/// Why each of these people is not asked; who may be asked is left out.
pub(in crate::calls) fn reasons(
    conn: &mut Conn,
    persons: &[PersonId],
    peace: &Peace,
) -> QueryResult<HashMap<PersonId, Why>> {
    let mut found = HashMap::new();
    for part in persons.chunks(PART) {
        let all = [
            of_asks(conn, part, peace)?,
            of_places(conn, part, peace)?,
            of_rest(conn, part, peace)?,
        ];
        for (person, why) in all.into_iter().flatten() {
            let first = found.entry(person).or_insert(why);
            *first = why.min(*first);
        }
    }
    Ok(found)
}

type Found = Vec<(PersonId, Why)>;

fn of_asks(conn: &mut Conn, persons: &[PersonId], peace: &Peace) -> QueryResult<Found> {
    let rows = past_asks(conn, persons)?;
    let mut lately: HashMap<PersonId, u32> = HashMap::new();
    for ((person, .., asked_at), ..) in &rows {
        *lately.entry(*person).or_default() += u32::from(*asked_at > peace.asked_since);
    }
    let often = lately
        .into_iter()
        .filter(|(_, asks)| *asks >= peace.most_asks)
        .map(|(person, _)| (person, Why::AskedLately));
    let each = rows.into_iter().filter_map(|row| of_ask(row, peace));
    Ok(each.chain(often).collect())
}

/// Of an ask and its call.
type PastAsk = (
    (PersonId, CallId, Option<Answer>, Option<NaiveDate>, Moment),
    CallState,
    Moment,
);

fn past_asks(conn: &mut Conn, persons: &[PersonId]) -> QueryResult<Vec<PastAsk>> {
    asks::table
        .inner_join(calls::table.on(calls::id.eq(asks::call)))
        .filter(asks::person.eq_any(persons))
        .select((
            (
                asks::person,
                asks::call,
                asks::answer,
                asks::quiet_until,
                asks::created_at,
            ),
            calls::state,
            calls::arrive_by,
        ))
        .load(conn)
}

fn of_ask(
    ((person, call, answer, quiet, _), state, arrive_by): PastAsk,
    peace: &Peace,
) -> Option<(PersonId, Why)> {
    let waits = answer.is_none() && state == CallState::Asking;
    let counts_on =
        answer == Some(Answer::Yes) && matches!(state, CallState::Asking | CallState::Filled);
    if call == peace.call {
        Some((person, Why::AlreadyAsked))
    } else if (waits || counts_on) && arrive_by > peace.now {
        Some((person, Why::OpenElsewhere))
    } else if quiet.is_some_and(|until| until > peace.today) {
        Some((person, Why::Quiet))
    } else {
        None
    }
}

fn of_places(conn: &mut Conn, persons: &[PersonId], peace: &Peace) -> QueryResult<Found> {
    let mut ahead = registrations::table
        .filter(registrations::person.eq_any(persons))
        .filter(registrations::held_on.ge(peace.today))
        .filter(sql::<Bool>(
            "registrations.state IN ('offered', 'booked', 'checked_in', 'collected')",
        ))
        .select(registrations::person)
        .into_boxed();
    if let Some(last) = peace.booked_until {
        ahead = ahead.filter(registrations::held_on.le(last));
    }
    let rows: Vec<PersonId> = ahead.load(conn)?;
    Ok(rows
        .into_iter()
        .map(|person| (person, Why::Booked))
        .collect())
}

fn of_rest(conn: &mut Conn, persons: &[PersonId], peace: &Peace) -> QueryResult<Found> {
    let Some(rested_before) = peace.rested_before else {
        return Ok(Found::new());
    };
    let rows: Vec<PersonId> = donors::table
        .filter(donors::person.eq_any(persons))
        .filter(donors::last_asked_on.ge(rested_before))
        .select(donors::person)
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|person| (person, Why::AskedLately))
        .collect())
}
