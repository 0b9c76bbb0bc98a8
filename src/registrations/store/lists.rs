//! Registrations as lists show them, with names that belong to other subjects: one question for a page.
use super::Registration;
use crate::drives::model::SessionId;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{
    donors, drives, organisations, people, registrations, sessions, slots,
};
use crate::platform::id::{DriveId, PersonId};
use crate::registrations::model::{RegistrationId, RegistrationState};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A registration as its desk sees it.
#[derive(Debug, Clone, Queryable)]
pub(crate) struct DeskRow {
    pub registration: Registration,
    pub name: String,
    pub blood_group: Option<String>,
    pub body_name: String,
    pub slot_starts_at: Option<Moment>,
}

/// A registration as its person sees it.
#[derive(Debug, Clone)]
pub(crate) struct OwnRow {
    pub registration: Registration,
    pub drive_name: String,
    pub time_zone: String,
    pub place: String,
    pub address: String,
    pub session_starts_at: Moment,
    pub session_ends_at: Moment,
    pub slot_starts_at: Option<Moment>,
}

/// Which of a drive's registrations.
#[derive(Debug, Clone, Default)]
pub(crate) struct DeskFilter {
    pub state: Option<RegistrationState>,
    pub session: Option<SessionId>,
    /// Part of a folded name.
    pub name: Option<String>,
    pub after: Option<RegistrationId>,
    pub reach: i64,
}

#[diesel::dsl::auto_type(no_type_alias)]
fn at_desk() -> _ {
    registrations::table
        .inner_join(people::table.on(people::id.eq(registrations::person)))
        .inner_join(organisations::table.on(organisations::id.eq(registrations::mobilised_by)))
        .left_join(donors::table.on(donors::person.eq(registrations::person)))
        .left_join(
            slots::table.on(slots::id
                .nullable()
                .eq(registrations::slot)
                .assume_not_null()),
        )
}

pub(crate) fn list_of_drive(
    conn: &mut Conn,
    drive: DriveId,
    wanted: &DeskFilter,
) -> QueryResult<Vec<DeskRow>> {
    let mut query = at_desk()
        .filter(registrations::drive.eq(drive))
        .into_boxed();
    if let Some(state) = wanted.state {
        query = query.filter(registrations::state.eq(state));
    }
    if let Some(session) = wanted.session {
        query = query.filter(registrations::session.eq(session));
    }
    if let Some(name) = &wanted.name {
        query = query.filter(people::search_name.like(format!("%{name}%")));
    }
    if let Some(after) = wanted.after {
        query = query.filter(registrations::id.gt(after));
    }
    let columns = (
        Registration::as_select(),
        people::name,
        donors::blood_group.nullable(),
        organisations::name,
        slots::starts_at.nullable(),
    );
    let page = query.order(registrations::id).limit(wanted.reach);
    page.select(columns).load(conn)
}

type Own = (
    Registration,
    (String, String),
    (String, String, Moment, Moment),
    Option<Moment>,
);

#[diesel::dsl::auto_type(no_type_alias)]
fn own() -> _ {
    registrations::table
        .inner_join(drives::table.on(drives::id.eq(registrations::drive)))
        .inner_join(sessions::table.on(sessions::id.eq(registrations::session)))
        .left_join(
            slots::table.on(slots::id
                .nullable()
                .eq(registrations::slot)
                .assume_not_null()),
        )
}

fn own_row((registration, drive, session, slot_starts_at): Own) -> OwnRow {
    OwnRow {
        registration,
        drive_name: drive.0,
        time_zone: drive.1,
        place: session.0,
        address: session.1,
        session_starts_at: session.2,
        session_ends_at: session.3,
        slot_starts_at,
    }
}

/// A person's registrations, the newest day first.
pub(crate) fn list_of_person(
    conn: &mut Conn,
    person: PersonId,
    after: Option<(NaiveDate, RegistrationId)>,
    reach: i64,
) -> QueryResult<Vec<OwnRow>> {
    let mut query = own().filter(registrations::person.eq(person)).into_boxed();
    if let Some((day, id)) = after {
        query = query.filter(
            registrations::held_on
                .lt(day)
                .or(registrations::held_on.eq(day).and(registrations::id.lt(id))),
        );
    }
    let rows: Vec<Own> = query
        .order((registrations::held_on.desc(), registrations::id.desc()))
        .limit(reach)
        .select((
            Registration::as_select(),
            (drives::name, drives::time_zone),
            (
                sessions::place,
                sessions::address,
                sessions::starts_at,
                sessions::ends_at,
            ),
            slots::starts_at.nullable(),
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(own_row).collect())
}

/// One registration as its person sees it, for tickets and messages.
pub(crate) fn find_own_row(conn: &mut Conn, id: RegistrationId) -> QueryResult<OwnRow> {
    own()
        .filter(registrations::id.eq(id))
        .select((
            Registration::as_select(),
            (drives::name, drives::time_zone),
            (
                sessions::place,
                sessions::address,
                sessions::starts_at,
                sessions::ends_at,
            ),
            slots::starts_at.nullable(),
        ))
        .first::<Own>(conn)
        .map(own_row)
}
