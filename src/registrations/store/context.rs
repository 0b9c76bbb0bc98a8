//! Everything a booking must know, in one question.
use crate::drives::model::{Drive, SessionId, SlotId};
use crate::platform::clock::Moment;
use crate::platform::db::schema::{donors, drives, organisations, registrations, sessions, slots};
use crate::platform::db::{Conn, Prepare};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::registrations::model::RegistrationId;
use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};

/// A slot with its drive, and what stands about one person there.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub(crate) struct Context {
    /// The slot's session.
    pub session: SessionId,
    /// When the slot begins.
    pub starts_at: Moment,
    /// Local day of the session.
    pub held_on: NaiveDate,
    /// When the session ends.
    pub ends_at: Moment,
    /// The drive.
    pub drive: Drive,
    /// The first day the person may give; none when nothing is known of them.
    pub available_from: Option<NaiveDate>,
    /// The last day their age allows.
    pub available_until: Option<NaiveDate>,
    /// Whose people they are.
    pub main_club: Option<OrganisationId>,
    /// Their live registration of this drive.
    pub live: Option<RegistrationId>,
    /// The body asked for, if it stands on that day.
    pub body: Option<OrganisationId>,
    /// The rules of its own that the facility follows which draws the blood.
    pub facility_rules: Option<String>,
}

/// Said as text: SQLite uses the partial unique index only where its predicate stands in the query itself.
const IS_LIVE: &str = "registrations.state IN ('waitlisted', 'offered', 'booked', 'checked_in')";

/// Said as text, as organisations are joined already for the body.
const FACILITY_RULES: &str = "(SELECT facility.rule_set FROM organisations AS facility WHERE facility.id = drives.collected_by)";

/// Joins the slot with tables of drives, donors and organisations: a booking has statements for one question only.
pub(crate) fn context(
    conn: &mut Conn,
    slot: SlotId,
    person: PersonId,
    body: Option<OrganisationId>,
) -> QueryResult<Option<Context>> {
    let last = organisations::valid_to;
    let lives = last.is_null().or(last.ge(sessions::held_on.nullable()));
    let stands = organisations::id.nullable().eq(body).and(lives);
    let live = registrations::person
        .eq(person)
        .and(registrations::drive.eq(slots::drive))
        .and(sql::<Bool>(IS_LIVE));
    crate::on_each!(conn => slots::table
        .inner_join(sessions::table.on(sessions::id.eq(slots::session)))
        .inner_join(drives::table.on(drives::id.eq(slots::drive)))
        .left_join(donors::table.on(donors::person.eq(person)))
        .left_join(registrations::table.on(live))
        .left_join(organisations::table.on(stands.assume_not_null()))
        .filter(slots::id.eq(slot))
        .select((
            sessions::id,
            slots::starts_at,
            sessions::held_on,
            sessions::ends_at,
            Drive::as_select(),
            donors::available_from.nullable(),
            donors::available_until.nullable(),
            donors::main_club.nullable(),
            registrations::id.nullable(),
            organisations::id.nullable(),
            sql::<Nullable<Text>>(FACILITY_RULES),
        ))
        .prepared()
        .get_result(conn))
    .optional()
}

/// A session somebody walks into, and what stands about them there.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub(crate) struct Arriving {
    /// The session.
    pub session: SessionId,
    /// Its local day.
    pub held_on: NaiveDate,
    /// The first day the person may give; none when nothing is known of them.
    pub available_from: Option<NaiveDate>,
    /// The last day their age allows.
    pub available_until: Option<NaiveDate>,
    /// Whose people they are.
    pub main_club: Option<OrganisationId>,
    /// Their live registration of this drive.
    pub live: Option<RegistrationId>,
}

/// The asked session, or the first of today's; none of a day to come.
pub(crate) fn arriving(
    conn: &mut Conn,
    drive: DriveId,
    (session, today): (Option<SessionId>, NaiveDate),
    person: PersonId,
) -> QueryResult<Option<Arriving>> {
    let live = registrations::person
        .eq(person)
        .and(registrations::drive.eq(sessions::drive))
        .and(sql::<Bool>(IS_LIVE));
    let mut query = sessions::table
        .left_join(donors::table.on(donors::person.eq(person)))
        .left_join(registrations::table.on(live))
        .filter(sessions::drive.eq(drive))
        .into_boxed();
    query = match session {
        Some(session) => query
            .filter(sessions::id.eq(session))
            .filter(sessions::held_on.le(today)),
        None => query.filter(sessions::held_on.eq(today)),
    };
    query
        .order((sessions::starts_at, sessions::id))
        .select((
            sessions::id,
            sessions::held_on,
            donors::available_from.nullable(),
            donors::available_until.nullable(),
            donors::main_club.nullable(),
            registrations::id.nullable(),
        ))
        .first(conn)
        .optional()
}
