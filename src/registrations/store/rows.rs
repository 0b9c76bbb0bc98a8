//! Single registrations: written, found and moved on.
use crate::drives::model::{Drive, SessionId, SlotId};
use crate::platform::clock::Moment;
use crate::platform::db::schema::{
    drives, memberships, organisation_ancestors, organisations, registrations,
};
use crate::platform::db::{Conn, Prepare};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::registrations::model::{HoldId, RegistrationId, RegistrationState, Visit};
use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;

/// A registration as it stands.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = registrations, treat_none_as_default_value = false)]
pub struct Registration {
    /// Which.
    pub id: RegistrationId,
    /// Of which drive.
    pub drive: DriveId,
    /// Of which session.
    pub session: SessionId,
    /// In which slot; none for who came without booking.
    pub slot: Option<SlotId>,
    /// Whose.
    pub person: PersonId,
    /// How far it has come.
    pub state: RegistrationState,
    /// The body whose people they count for.
    pub mobilised_by: OrganisationId,
    /// The hold whose place it uses.
    pub hold: Option<HoldId>,
    /// Came without booking.
    pub is_walk_in: bool,
    /// Local day of the session.
    pub held_on: NaiveDate,
    /// While offered: until when the place waits.
    pub offered_until: Option<Moment>,
    /// When they came.
    pub checked_in_at: Option<Moment>,
}

/// What may change in a registration; everything is written.
#[derive(AsChangeset)]
#[diesel(table_name = registrations, treat_none_as_null = true)]
pub struct Change {
    pub session: SessionId,
    pub slot: Option<SlotId>,
    pub state: RegistrationState,
    pub mobilised_by: OrganisationId,
    pub hold: Option<HoldId>,
    pub is_walk_in: bool,
    pub held_on: NaiveDate,
    pub offered_until: Option<Moment>,
    pub checked_in_at: Option<Moment>,
    pub changed_at: Moment,
}

impl Change {
    /// Everything as it stands.
    pub fn of(registration: &Registration, now: Moment) -> Self {
        Self {
            session: registration.session,
            slot: registration.slot,
            state: registration.state,
            mobilised_by: registration.mobilised_by,
            hold: registration.hold,
            is_walk_in: registration.is_walk_in,
            held_on: registration.held_on,
            offered_until: registration.offered_until,
            checked_in_at: registration.checked_in_at,
            changed_at: now,
        }
    }
}

/// Writes a new one, made by this person at this moment.
pub(crate) fn insert(
    conn: &mut Conn,
    new: &Registration,
    (by, now): (PersonId, Moment),
) -> QueryResult<()> {
    let row = (
        new,
        registrations::created_by.eq(by),
        registrations::created_at.eq(now),
        registrations::changed_at.eq(now),
    );
    let into = diesel::insert_into(registrations::table);
    crate::on_each!(conn => into.values(row).prepared().execute(conn)).map(drop)
}

/// False when the registration is no longer as `before`: somebody else was faster.
pub(crate) fn change(conn: &mut Conn, before: &Registration, change: &Change) -> QueryResult<bool> {
    let unchanged = registrations::table
        .find(before.id)
        .filter(registrations::state.eq(before.state))
        .filter(registrations::mobilised_by.eq(before.mobilised_by))
        .filter(registrations::session.eq(before.session));
    crate::on_each!(conn => diesel::update(unchanged).set(change).prepared().execute(conn))
        .map(|rows| rows == 1)
}

/// A registration with its drive, whoever asks: read together, as every change needs both.
pub(crate) fn find_visit(conn: &mut Conn, id: RegistrationId) -> QueryResult<Visit> {
    let (registration, drive): (Registration, Drive) = registrations::table
        .inner_join(drives::table.on(drives::id.eq(registrations::drive)))
        .filter(registrations::id.eq(id))
        .select((Registration::as_select(), Drive::as_select()))
        .first(conn)?;
    Ok(Visit {
        registration,
        drive,
    })
}

/// Who has waited longest for this slot.
pub(crate) fn next_waiting(conn: &mut Conn, slot: SlotId) -> QueryResult<Option<Registration>> {
    registrations::table
        .filter(registrations::slot.eq(Some(slot)))
        .filter(registrations::state.eq(RegistrationState::Waitlisted))
        .order((registrations::created_at, registrations::id))
        .select(Registration::as_select())
        .first(conn)
        .optional()
}

/// Those of a hold who still use its places or used them.
pub(crate) fn of_hold(conn: &mut Conn, hold: HoldId) -> QueryResult<Vec<Registration>> {
    registrations::table
        .filter(registrations::hold.eq(Some(hold)))
        .filter(registrations::state.ne(RegistrationState::Cancelled))
        .order(registrations::id)
        .select(Registration::as_select())
        .load(conn)
}

/// Whether a body is there and has not ended on that day.
pub(crate) fn stands_on(
    conn: &mut Conn,
    body: OrganisationId,
    day: NaiveDate,
) -> QueryResult<bool> {
    let standing = organisations::table.find(body).filter(
        organisations::valid_to
            .is_null()
            .or(organisations::valid_to.ge(Some(day))),
    );
    diesel::select(exists(standing)).get_result(conn)
}

/// Whether somebody belongs to one of these bodies or one below: memberships and the tree in one question.
pub(crate) fn is_member(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    person: PersonId,
) -> QueryResult<bool> {
    let member = memberships::table
        .inner_join(
            organisation_ancestors::table
                .on(organisation_ancestors::descendant.eq(memberships::club)),
        )
        .filter(memberships::person.eq(person))
        .filter(memberships::left_on.is_null())
        .filter(organisation_ancestors::ancestor.eq_any(bodies));
    diesel::select(exists(member)).get_result(conn)
}
