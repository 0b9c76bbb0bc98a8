//! What calls looked like, read afterwards.
use crate::calls::model::{Answer, Call, CallId, Ring, Step};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{
    asks, call_changes, calls, organisation_ancestors, organisations, registrations,
};
use crate::platform::id::OrganisationId;
use crate::registrations::model::RegistrationState;
use diesel::prelude::*;

/// A call that was posted in a time, with its hospital's name.
#[derive(Debug, Clone, Queryable)]
pub(in crate::calls) struct Ended {
    /// The call.
    pub(in crate::calls) call: Call,
    /// What its hospital is called.
    pub(in crate::calls) hospital: String,
}

/// Calls of hospitals at or under this body, posted between two moments, oldest first.
pub(in crate::calls) fn ended(
    conn: &mut Conn,
    body: OrganisationId,
    (from, to): (Moment, Moment),
) -> QueryResult<Vec<Ended>> {
    let below = organisation_ancestors::table
        .filter(organisation_ancestors::ancestor.eq(body))
        .select(organisation_ancestors::descendant);
    calls::table
        .inner_join(organisations::table.on(organisations::id.eq(calls::hospital)))
        .filter(calls::hospital.eq_any(below))
        .filter(calls::created_at.ge(from))
        .filter(calls::created_at.lt(to))
        .order((calls::created_at, calls::id))
        .limit(5000)
        .select((Call::as_select(), organisations::name))
        .load(conn)
}

/// Everything done with these calls, oldest first.
pub(in crate::calls) fn steps_of(conn: &mut Conn, ids: &[CallId]) -> QueryResult<Vec<Step>> {
    call_changes::table
        .filter(call_changes::call.eq_any(ids))
        .order((call_changes::changed_at, call_changes::id))
        .select(Step::as_select())
        .load(conn)
}

/// One ask: its wave, when it went out and its chance; its ring and what was said when; how the place stands.
pub(in crate::calls) type SentAsk = (
    (i32, Moment, Option<f64>),
    (Ring, Option<Answer>, Option<Moment>),
    Option<RegistrationState>,
);

/// Everyone these calls asked.
pub(in crate::calls) fn asked_for(
    conn: &mut Conn,
    ids: &[CallId],
) -> QueryResult<Vec<(CallId, SentAsk)>> {
    asks::table
        .left_join(registrations::table.on(registrations::id.nullable().eq(asks::registration)))
        .filter(asks::call.eq_any(ids))
        .select((
            asks::call,
            (
                (asks::wave, asks::created_at, asks::chance),
                (asks::ring, asks::answer, asks::answered_at),
                registrations::state.nullable(),
            ),
        ))
        .load(conn)
}
