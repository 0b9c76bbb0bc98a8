//! What reminders read of other subjects in one question each; they keep no rows of their own but notices.
use crate::platform::config::RhNegative;
use crate::platform::db::Conn;
use crate::platform::db::schema::{organisation_ancestors, organisations, registrations};
use crate::platform::id::{OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Whether a place waits for this person from `today` on.
pub(super) fn has_booking(
    conn: &mut Conn,
    person: PersonId,
    today: NaiveDate,
) -> QueryResult<bool> {
    let live = ["waitlisted", "offered", "booked", "checked_in"];
    diesel::select(diesel::dsl::exists(
        registrations::table
            .filter(registrations::person.eq(person))
            .filter(registrations::state.eq_any(live))
            .filter(registrations::held_on.ge(today)),
    ))
    .get_result(conn)
}

/// What the nearest body at or above this one decided for Rh− donors.
pub(super) fn rh_policy(conn: &mut Conn, body: OrganisationId) -> QueryResult<Option<RhNegative>> {
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
