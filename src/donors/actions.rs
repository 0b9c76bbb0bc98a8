//! What happens to a donor: each fact moves the day they may give again, in its own transaction.
use super::model::{Certainty, DeferralId, Gift, NewDeferral};
use super::{rules, store};
use crate::blood::{BloodGroup, Component};
use crate::eligibility::{Deferral, Facts, RuleSet};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, PersonId};
use chrono::NaiveDate;
use diesel::QueryResult;

/// Makes a person a donor, and derives anew what is kept of one: call it when the birth date or the place changed.
pub fn enrol(conn: &mut Conn, rules: &RuleSet, person: PersonId, now: Moment) -> QueryResult<()> {
    let known = store::known(conn, person)?;
    let history = store::history(conn, person)?;
    let deferrals = as_eligibility_sees(store::open_deferrals(conn, person)?);
    let facts = Facts {
        birth_date: known.birth_date,
        history: &history,
        deferrals: &deferrals,
    };
    let days = rules::availability(&facts, rules);
    store::put_availability(conn, (person, now), &known, days, history.len())
}

/// The end of a deferral is fixed when it is decided, so its sealed reason is not needed here; its id stands for it.
fn as_eligibility_sees(deferrals: Vec<NewDeferral>) -> Vec<Deferral> {
    let seen = |deferral: NewDeferral| Deferral {
        code: deferral.id.to_string(),
        event_on: Some(deferral.event_on),
        until: deferral.until,
        is_permanent: deferral.until.is_none(),
    };
    deferrals.into_iter().map(seen).collect()
}

/// Keeps a gift, collected here or told of; who gives is a donor from then on.
pub fn record_gift(conn: &mut Conn, rules: &RuleSet, gift: &Gift, now: Moment) -> QueryResult<()> {
    store::add_gift(conn, gift, now)?;
    enrol(conn, rules, gift.person, now)
}

/// Corrects what was given, or when, in the gift of this donation; nothing happens where there is none.
pub fn move_gift(
    conn: &mut Conn,
    rules: &RuleSet,
    donation: AnyId,
    (component, given_on): (Component, NaiveDate),
    now: Moment,
) -> QueryResult<()> {
    let Some(person) = store::gift_of(conn, donation)? else {
        return Ok(());
    };
    store::change_gift(conn, donation, component, given_on)?;
    enrol(conn, rules, person, now)
}

/// The gift of this donation never was; a second time changes nothing.
pub fn void_gift(
    conn: &mut Conn,
    rules: &RuleSet,
    donation: AnyId,
    now: Moment,
) -> QueryResult<()> {
    let Some(person) = store::gift_of(conn, donation)? else {
        return Ok(());
    };
    store::void_gift(conn, donation, now)?;
    enrol(conn, rules, person, now)
}

/// Keeps a deferral.
pub fn defer(
    conn: &mut Conn,
    rules: &RuleSet,
    deferral: &NewDeferral,
    now: Moment,
) -> QueryResult<()> {
    store::add_deferral(conn, deferral, now)?;
    enrol(conn, rules, deferral.person, now)
}

/// Takes a deferral back; a second time changes nothing.
pub fn lift_deferral(
    conn: &mut Conn,
    rules: &RuleSet,
    deferral: DeferralId,
    now: Moment,
) -> QueryResult<()> {
    match store::lift_deferral(conn, deferral, now)? {
        Some(person) => enrol(conn, rules, person, now),
        None => Ok(()),
    }
}

/// A test found this group; it replaces what was declared. Only for who is a donor already.
pub fn confirm_group(conn: &mut Conn, person: PersonId, group: BloodGroup) -> QueryResult<()> {
    store::put_group(conn, person, group, Certainty::Confirmed)
}
