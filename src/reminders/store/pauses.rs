//! Bodies that let no reminders go out for now.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{organisation_ancestors, reminder_pauses};
use crate::platform::id::{OrganisationId, PersonId};
use crate::reminders::model::Paused;
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashSet;

/// Lets no reminders go out up to and with this day.
pub(in crate::reminders) fn pause(
    conn: &mut Conn,
    body: OrganisationId,
    until: NaiveDate,
    (by, now): (PersonId, Moment),
) -> QueryResult<()> {
    lift(conn, body)?;
    diesel::insert_into(reminder_pauses::table)
        .values((
            reminder_pauses::organisation.eq(body),
            reminder_pauses::paused_until.eq(until),
            reminder_pauses::paused_by.eq(by),
            reminder_pauses::paused_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

/// Lets them go out again.
pub(in crate::reminders) fn lift(conn: &mut Conn, body: OrganisationId) -> QueryResult<()> {
    diesel::delete(reminder_pauses::table.find(body))
        .execute(conn)
        .map(drop)
}

/// The pause that holds for a body on this day: its own or that of one above, the longest.
pub(in crate::reminders) fn pause_of(
    conn: &mut Conn,
    body: OrganisationId,
    on: NaiveDate,
) -> QueryResult<Option<Paused>> {
    let row: Option<(NaiveDate, OrganisationId)> = reminder_pauses::table
        .inner_join(
            organisation_ancestors::table
                .on(organisation_ancestors::ancestor.eq(reminder_pauses::organisation)),
        )
        .filter(organisation_ancestors::descendant.eq(body))
        .filter(reminder_pauses::paused_until.ge(on))
        .order((
            reminder_pauses::paused_until.desc(),
            organisation_ancestors::depth,
        ))
        .select((reminder_pauses::paused_until, reminder_pauses::organisation))
        .first(conn)
        .optional()?;
    Ok(row.map(|(until, by)| Paused { until, by }))
}

/// Every body for which a pause holds on this day.
pub(in crate::reminders) fn paused_bodies(
    conn: &mut Conn,
    on: NaiveDate,
) -> QueryResult<HashSet<OrganisationId>> {
    let bodies: Vec<OrganisationId> = reminder_pauses::table
        .inner_join(
            organisation_ancestors::table
                .on(organisation_ancestors::ancestor.eq(reminder_pauses::organisation)),
        )
        .filter(reminder_pauses::paused_until.ge(on))
        .select(organisation_ancestors::descendant)
        .load(conn)?;
    Ok(bodies.into_iter().collect())
}
