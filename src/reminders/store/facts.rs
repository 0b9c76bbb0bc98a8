//! What reminders read of other subjects in one question each.
use crate::platform::clock::Moment;
use crate::platform::config::RhNegative;
use crate::platform::db::Conn;
use crate::platform::db::schema::{
    drives, notices, organisation_ancestors, organisations, registrations, sessions, slots,
};
use crate::platform::id::{OrganisationId, PersonId};
use crate::reminders::model::{Place, RETURNED};
use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;
use std::collections::HashSet;

/// Registrations that still lead to a visit.
const LIVE: [&str; 4] = ["waitlisted", "offered", "booked", "checked_in"];

/// Whether a place waits for this person from `today` on.
pub(in crate::reminders) fn has_booking(
    conn: &mut Conn,
    person: PersonId,
    today: NaiveDate,
) -> QueryResult<bool> {
    diesel::select(exists(
        registrations::table
            .filter(registrations::person.eq(person))
            .filter(registrations::state.eq_any(LIVE))
            .filter(registrations::held_on.ge(today)),
    ))
    .get_result(conn)
}

/// What the nearest body at or above this one decided for Rh− donors.
pub(in crate::reminders) fn rh_policy(
    conn: &mut Conn,
    body: OrganisationId,
) -> QueryResult<Option<RhNegative>> {
    let decided: Option<Option<RhNegative>> = organisation_ancestors::table
        .inner_join(organisations::table.on(organisations::id.eq(organisation_ancestors::ancestor)))
        .filter(organisation_ancestors::descendant.eq(body))
        .filter(organisations::rh_negative.is_not_null())
        .order((
            organisation_ancestors::depth,
            organisation_ancestors::ancestor,
        ))
        .select(organisations::rh_negative)
        .first(conn)
        .optional()?;
    Ok(decided.flatten())
}

/// Those of these people for whom a place waits somewhere from `today` on.
pub(in crate::reminders) fn booked_among(
    conn: &mut Conn,
    people: &[PersonId],
    today: NaiveDate,
) -> QueryResult<HashSet<PersonId>> {
    let booked: Vec<PersonId> = registrations::table
        .filter(registrations::person.eq_any(people))
        .filter(registrations::state.eq_any(LIVE))
        .filter(registrations::held_on.ge(today))
        .select(registrations::person)
        .distinct()
        .load(conn)?;
    Ok(booked.into_iter().collect())
}

type PlaceRow = (String, String, String, String, Moment, Option<Moment>);

fn place((drive, time_zone, place, address, session, slot): PlaceRow) -> Place {
    Place {
        drive,
        time_zone,
        place,
        address,
        begins: slot.unwrap_or(session),
    }
}

/// Where somebody is expected next.
pub(in crate::reminders) fn expected_at(
    conn: &mut Conn,
    person: PersonId,
    today: NaiveDate,
) -> QueryResult<Option<Place>> {
    let slot = slots::id
        .nullable()
        .eq(registrations::slot)
        .assume_not_null();
    let row: Option<PlaceRow> = registrations::table
        .inner_join(drives::table.on(drives::id.eq(registrations::drive)))
        .inner_join(sessions::table.on(sessions::id.eq(registrations::session)))
        .left_join(slots::table.on(slot))
        .filter(registrations::person.eq(person))
        .filter(registrations::state.eq_any(LIVE))
        .filter(registrations::held_on.ge(today))
        .order((sessions::starts_at, registrations::id))
        .select((
            drives::name,
            drives::time_zone,
            sessions::place,
            sessions::address,
            sessions::starts_at,
            slots::starts_at.nullable(),
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(place))
}

/// Whether a first reminder left for this person at or after `since`, about another day than this.
pub(in crate::reminders) fn was_told(
    conn: &mut Conn,
    person: PersonId,
    about: &str,
    since: Moment,
) -> QueryResult<bool> {
    let told = notices::table
        .filter(notices::person.eq(person))
        .filter(notices::kind.eq(RETURNED.name))
        .filter(notices::about.ne(about))
        .filter(notices::state.eq("sent"))
        .filter(notices::settled_at.ge(since));
    diesel::select(exists(told.filter(notices::settled_at.is_not_null()))).get_result(conn)
}
