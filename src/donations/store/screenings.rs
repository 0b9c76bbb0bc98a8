//! What nurses found, sealed.
use crate::donations::model::{Decision, ScreeningId};
use crate::donors::model::DeferralId;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{deferrals, screenings};
use crate::platform::id::{AnyId, PersonId};
use crate::registrations::model::RegistrationId;
use diesel::prelude::*;

/// A screening to be written.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = screenings)]
pub(crate) struct NewScreening {
    pub(crate) id: ScreeningId,
    pub(crate) registration: RegistrationId,
    pub(crate) findings_sealed: String,
    pub(crate) decision: Decision,
    pub(crate) screened_by: PersonId,
    pub(crate) screened_at: Moment,
    pub(crate) created_at: Moment,
}

/// A screening as it stands.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = screenings)]
pub(crate) struct Screening {
    pub(crate) id: ScreeningId,
    pub(crate) findings_sealed: String,
    pub(crate) decision: Decision,
    pub(crate) screened_at: Moment,
}

/// Writes a screening; what was found before at the same visit no longer holds.
pub(crate) fn insert_screening(conn: &mut Conn, new: &NewScreening) -> QueryResult<()> {
    let earlier = screenings::table
        .filter(screenings::registration.eq(new.registration))
        .filter(screenings::voided_at.is_null());
    diesel::update(earlier)
        .set(screenings::voided_at.eq(Some(new.created_at)))
        .execute(conn)?;
    diesel::insert_into(screenings::table)
        .values(new)
        .execute(conn)
        .map(drop)
}

/// What holds of a visit.
pub(crate) fn screening_of(
    conn: &mut Conn,
    registration: RegistrationId,
) -> QueryResult<Option<Screening>> {
    screenings::table
        .filter(screenings::registration.eq(registration))
        .filter(screenings::voided_at.is_null())
        .select(Screening::as_select())
        .first(conn)
        .optional()
}

/// The deferrals decided at a visit that still bind; read here, as donors do not list them by visit.
pub(crate) fn deferrals_of(
    conn: &mut Conn,
    registration: RegistrationId,
    person: PersonId,
) -> QueryResult<Vec<DeferralId>> {
    deferrals::table
        .filter(deferrals::person.eq(person))
        .filter(deferrals::registration.eq(Some(AnyId(registration.0))))
        .filter(deferrals::lifted_at.is_null())
        .select(deferrals::id)
        .load(conn)
}
