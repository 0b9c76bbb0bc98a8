//! Who of a body's people come, came or stayed away.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{drives, people, registrations, slots};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::registrations::model::{RegistrationId, RegistrationState};
use chrono::NaiveDate;
use diesel::prelude::*;

/// One person at one drive.
#[derive(Debug, Clone, Queryable)]
pub(crate) struct AttendanceRow {
    pub id: RegistrationId,
    pub person: PersonId,
    pub name: String,
    pub drive: DriveId,
    pub drive_name: String,
    pub held_on: NaiveDate,
    pub state: RegistrationState,
    pub slot_starts_at: Option<Moment>,
}

/// Whose attendance is asked for.
#[derive(Debug, Clone)]
pub(crate) struct AttendanceFilter {
    pub body: OrganisationId,
    pub drive: Option<DriveId>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub after: Option<(NaiveDate, RegistrationId)>,
    pub reach: i64,
}

#[diesel::dsl::auto_type(no_type_alias)]
fn with_names() -> _ {
    registrations::table
        .inner_join(people::table.on(people::id.eq(registrations::person)))
        .inner_join(drives::table.on(drives::id.eq(registrations::drive)))
        .left_join(
            slots::table.on(slots::id
                .nullable()
                .eq(registrations::slot)
                .assume_not_null()),
        )
}

/// Registrations that count for this body, the latest day first; of hidden drives none, for those are calls.
pub(crate) fn list_of_body(
    conn: &mut Conn,
    wanted: &AttendanceFilter,
) -> QueryResult<Vec<AttendanceRow>> {
    let of_body = registrations::mobilised_by.eq(wanted.body);
    let shown = of_body.and(drives::is_hidden.eq(false));
    let mut query = with_names().filter(shown).into_boxed();
    if let Some(drive) = wanted.drive {
        query = query.filter(registrations::drive.eq(drive));
    }
    if let Some(from) = wanted.from {
        query = query.filter(registrations::held_on.ge(from));
    }
    if let Some(to) = wanted.to {
        query = query.filter(registrations::held_on.le(to));
    }
    if let Some((day, id)) = wanted.after {
        let same = registrations::held_on.eq(day).and(registrations::id.lt(id));
        query = query.filter(registrations::held_on.lt(day).or(same));
    }
    query
        .order((registrations::held_on.desc(), registrations::id.desc()))
        .limit(wanted.reach)
        .select((
            registrations::id,
            registrations::person,
            people::name,
            registrations::drive,
            drives::name,
            registrations::held_on,
            registrations::state,
            slots::starts_at.nullable(),
        ))
        .load(conn)
}
