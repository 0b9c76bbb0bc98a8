//! What moves the day one may give again: gifts, deferrals, corrections; each in its own transaction.
use crate::blood::{BloodGroup, Component};
use crate::donors::model::{Availability, Certainty, DeferralId, Gift, NewDeferral, Record};
use crate::donors::rules::{self, Refusal};
use crate::donors::store;
use crate::eligibility::{Given, RuleSet};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, PersonId};
use crate::platform::problem::Problem;
use chrono::NaiveDate;
use diesel::QueryResult;
use std::collections::HashSet;

/// Makes a person a donor, and derives anew what is kept of one: call it when the birth date or the place changed.
pub fn enrol(conn: &mut Conn, rules: &RuleSet, person: PersonId, now: Moment) -> QueryResult<()> {
    store::hold(conn, person, now)?;
    let (birth_date, place) = store::birth_and_place(conn, person)?;
    let record = Record {
        birth_date,
        history: store::history(conn, person)?,
        deferrals: store::open_deferrals(conn, person)?,
    };
    let days = rules::availability(&record, rules);
    store::put_availability(conn, person, days, place, record.history.len())
}

/// Everything known of a person that bears on giving, donor or not yet.
pub(in crate::donors) fn record_of(conn: &mut Conn, person: PersonId) -> QueryResult<Record> {
    let (birth_date, _) = store::birth_and_place(conn, person)?;
    Ok(Record {
        birth_date,
        history: store::history(conn, person)?,
        deferrals: store::open_deferrals(conn, person)?,
    })
}

/// From which day to which day a person may give under other rules than the nation's, such as a facility's own.
pub fn availability_under(
    conn: &mut Conn,
    rules: &RuleSet,
    person: PersonId,
) -> QueryResult<Availability> {
    Ok(rules::availability(&record_of(conn, person)?, rules))
}

/// Those of these people who may give on this day under other rules than the nation's.
pub fn able_under(
    conn: &mut Conn,
    rules: &RuleSet,
    people: &[PersonId],
    day: NaiveDate,
) -> QueryResult<HashSet<PersonId>> {
    let found = store::batch::records(conn, people)?.into_iter();
    let able = found.filter_map(|(person, found)| {
        let days = rules::availability(&found.record, rules);
        let is_able = days.from <= day && days.until.is_none_or(|last| day <= last);
        is_able.then_some(person)
    });
    Ok(able.collect())
}

/// Keeps a gift, collected here or told of; who gives is a donor from then on.
pub fn record_gift(conn: &mut Conn, rules: &RuleSet, gift: &Gift, now: Moment) -> QueryResult<()> {
    store::add_gift(conn, gift, now)?;
    enrol(conn, rules, gift.person, now)
}

/// Keeps a gift somebody told of, unless it is known.
pub(in crate::donors) fn declare_gift(
    conn: &mut Conn,
    rules: &RuleSet,
    gift: &Gift,
    now: Moment,
) -> Result<(), Problem> {
    store::hold(conn, gift.person, now)?;
    let told = Given {
        component: gift.component,
        on: gift.given_on,
    };
    if store::history(conn, gift.person)?.contains(&told) {
        return Err(Refusal::GiftAlreadyKnown.into());
    }
    Ok(record_gift(conn, rules, gift, now)?)
}

/// Corrects what was given, or when, in the gift of this donation; nothing happens where there is none.
pub fn move_gift(
    conn: &mut Conn,
    rules: &RuleSet,
    donation: AnyId,
    change: (Component, NaiveDate),
    now: Moment,
) -> QueryResult<()> {
    let Some(person) = store::gift_of(conn, donation)? else {
        return Ok(());
    };
    store::change_gift(conn, donation, change)?;
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
