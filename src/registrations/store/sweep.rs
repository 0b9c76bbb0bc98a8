//! Many registrations at once: a drive that is called off, people who did not come, offers that ran out.
use crate::drives::model::{Drive, SessionId, SlotId};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{drives, registrations, sessions, slots};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::registrations::model::{Registration, RegistrationId, RegistrationState, Visit};
use chrono::NaiveDate;
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

const LIVE: &str = "registrations.state IN ('waitlisted', 'offered', 'booked', 'checked_in')";

/// How many live registrations there are of a day, body and state.
#[derive(Debug, Clone, Queryable)]
pub(crate) struct LiveCount {
    pub held_on: NaiveDate,
    pub body: OrganisationId,
    pub state: RegistrationState,
    pub count: i64,
}

pub(crate) fn count_live(conn: &mut Conn, drive: DriveId) -> QueryResult<Vec<LiveCount>> {
    registrations::table
        .filter(registrations::drive.eq(drive))
        .filter(sql::<Bool>(LIVE))
        .group_by((
            registrations::held_on,
            registrations::mobilised_by,
            registrations::state,
        ))
        .select((
            registrations::held_on,
            registrations::mobilised_by,
            registrations::state,
            count_star(),
        ))
        .load(conn)
}

/// Cancels every live registration of a drive; answers whose they were.
pub(crate) fn cancel_live(
    conn: &mut Conn,
    drive: DriveId,
    now: Moment,
) -> QueryResult<Vec<PersonId>> {
    let live = registrations::table
        .filter(registrations::drive.eq(drive))
        .filter(sql::<Bool>(LIVE));
    diesel::update(live)
        .set((
            registrations::state.eq(RegistrationState::Cancelled),
            registrations::offered_until.eq(None::<Moment>),
            registrations::changed_at.eq(now),
        ))
        .returning(registrations::person)
        .get_results(conn)
}

/// Gives up whoever of a drive was offered a place or waits for one; answers the slots whose places were offered.
pub(crate) fn cancel_waiting(
    conn: &mut Conn,
    drive: DriveId,
    now: Moment,
) -> QueryResult<Vec<Option<SlotId>>> {
    let given_up = (
        registrations::state.eq(RegistrationState::Cancelled),
        registrations::offered_until.eq(None::<Moment>),
        registrations::changed_at.eq(now),
    );
    let of_drive = registrations::table.filter(registrations::drive.eq(drive));
    let slots =
        diesel::update(of_drive.filter(registrations::state.eq(RegistrationState::Offered)))
            .set(given_up)
            .returning(registrations::slot)
            .get_results(conn)?;
    diesel::update(of_drive.filter(registrations::state.eq(RegistrationState::Waitlisted)))
        .set(given_up)
        .execute(conn)?;
    Ok(slots)
}

/// What a person waits for or has a place at, with the drives, in the order in which slots are locked.
pub(crate) fn list_ahead(conn: &mut Conn, person: PersonId) -> QueryResult<Vec<Visit>> {
    let ahead = [
        RegistrationState::Waitlisted,
        RegistrationState::Offered,
        RegistrationState::Booked,
    ];
    let rows: Vec<(Registration, Drive)> = registrations::table
        .inner_join(drives::table.on(drives::id.eq(registrations::drive)))
        .filter(registrations::person.eq(person))
        .filter(registrations::state.eq_any(ahead))
        .order((registrations::slot, registrations::id))
        .select((Registration::as_select(), Drive::as_select()))
        .load(conn)?;
    let visit = |(registration, drive)| Visit {
        registration,
        drive,
    };
    Ok(rows.into_iter().map(visit).collect())
}

/// Booked people whose slot began before `cutoff`, of sessions from `from` on.
pub(crate) fn list_absent(
    conn: &mut Conn,
    from: NaiveDate,
    cutoff: Moment,
    most: i64,
) -> QueryResult<Vec<RegistrationId>> {
    sessions::table
        .inner_join(slots::table.on(slots::session.eq(sessions::id)))
        .inner_join(
            registrations::table.on(registrations::slot
                .eq(slots::id.nullable())
                .assume_not_null()),
        )
        .filter(sessions::held_on.ge(from))
        .filter(slots::starts_at.le(cutoff))
        .filter(registrations::state.eq(RegistrationState::Booked))
        .order(registrations::id)
        .limit(most)
        .select(registrations::id)
        .load(conn)
}

/// The same within one drive.
pub(crate) fn list_absent_of(
    conn: &mut Conn,
    drive: DriveId,
    cutoff: Moment,
) -> QueryResult<Vec<RegistrationId>> {
    registrations::table
        .inner_join(
            slots::table.on(registrations::slot
                .eq(slots::id.nullable())
                .assume_not_null()),
        )
        .filter(registrations::drive.eq(drive))
        .filter(registrations::state.eq(RegistrationState::Booked))
        .filter(slots::starts_at.le(cutoff))
        .select(registrations::id)
        .load(conn)
}

/// Marks those who are still only booked as absent.
pub(crate) fn mark_absent(
    conn: &mut Conn,
    ids: &[RegistrationId],
    now: Moment,
) -> QueryResult<usize> {
    ids.chunks(500).try_fold(0, |sum, some| {
        let booked = registrations::table
            .filter(registrations::id.eq_any(some))
            .filter(registrations::state.eq(RegistrationState::Booked));
        let marked = diesel::update(booked)
            .set((
                registrations::state.eq(RegistrationState::NoShow),
                registrations::changed_at.eq(now),
            ))
            .execute(conn)?;
        Ok(sum + marked)
    })
}

/// Slots still ahead that have both a free place and somebody waiting: left so when the two crossed.
pub(crate) fn list_slots_with_both(
    conn: &mut Conn,
    now: Moment,
    most: i64,
) -> QueryResult<Vec<SlotId>> {
    registrations::table
        .inner_join(
            slots::table.on(registrations::slot
                .eq(slots::id.nullable())
                .assume_not_null()),
        )
        .filter(registrations::state.eq(RegistrationState::Waitlisted))
        .filter(registrations::offered_until.is_null())
        .filter(slots::taken.lt(slots::capacity))
        .filter(slots::starts_at.gt(now))
        .select(slots::id)
        .distinct()
        .limit(most)
        .load(conn)
}

/// Whether anybody was received at a session, or came and went.
pub(crate) fn has_come(conn: &mut Conn, drive: DriveId, session: SessionId) -> QueryResult<bool> {
    let came = [
        RegistrationState::CheckedIn,
        RegistrationState::Deferred,
        RegistrationState::Collected,
        RegistrationState::Left,
    ];
    let here = registrations::table
        .filter(registrations::drive.eq(drive))
        .filter(registrations::session.eq(session))
        .filter(registrations::state.eq_any(came));
    diesel::select(diesel::dsl::exists(here)).get_result(conn)
}

/// Who waits for a session, was offered a place there or has one.
pub(crate) fn list_of_session(
    conn: &mut Conn,
    drive: DriveId,
    session: SessionId,
) -> QueryResult<Vec<Registration>> {
    registrations::table
        .filter(registrations::drive.eq(drive))
        .filter(registrations::session.eq(session))
        .filter(sql::<Bool>(LIVE))
        .order(registrations::id)
        .select(Registration::as_select())
        .load(conn)
}
