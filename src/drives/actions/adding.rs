//! Adding to a plan: sessions, slots, places.
use super::checks::check_commune;
use crate::drives::model::{DriveKind, SessionId, SlotId};
use crate::drives::rules::{Hours, MOST_SESSIONS, MOST_SLOTS, NewSession, NewSlot, Refusal};
use crate::drives::store::{self, SessionRow, slots};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::language::keys;
use crate::platform::problem::{Kind, Problem};
use crate::platform::text::Invalid;
use chrono::NaiveDate;

/// Adds a session to a drive that is not over.
pub(in crate::drives) fn add_session(
    conn: &mut Conn,
    id: DriveId,
    session: NewSession,
    bodies: &[OrganisationId],
    now: Moment,
) -> Result<(NewSession, NaiveDate), Problem> {
    let drive = store::find_owned(conn, id, bodies)?;
    drive.state.may_be_planned()?;
    if drive.kind == DriveKind::Fixed {
        return Err(Problem::field(
            "starts_at",
            keys::DRIVE_MADE_FROM_OPENING.into(),
        ));
    }
    check_commune(conn, session.commune, "commune")?;
    let count = store::count_sessions(conn, id)?;
    if usize::try_from(count).is_ok_and(|count| count >= MOST_SESSIONS) {
        return Err(Refusal::TooLarge.into());
    }
    store::insert_sessions(conn, id, drive.zone(), std::slice::from_ref(&session))?;
    store::refresh(conn, id, now)?;
    let held_on = session.hours.starts_at.date_in(drive.zone());
    Ok((session, held_on))
}

/// Adds slots inside the hours of a session, none at the time of another.
pub(in crate::drives) fn add_slots(
    conn: &mut Conn,
    id: SessionId,
    new: &[NewSlot],
    bodies: &[OrganisationId],
) -> Result<(), Problem> {
    let (session, drive) = store::find_session(conn, id)?;
    let drive = store::find_owned(conn, drive.id, bodies)?;
    drive.state.may_be_planned()?;
    let begun = store::slots_begun(conn, id)?;
    if begun.len() + new.len() > MOST_SLOTS {
        return Err(Refusal::TooLarge.into());
    }
    check_slots(&session, &begun, new)?;
    let written = store::insert_slots(conn, (drive.id, id), new)?;
    if written == new.len() {
        Ok(())
    } else {
        Err((&Kind::ALREADY_EXISTS).into())
    }
}

fn check_slots(session: &SessionRow, begun: &[Moment], new: &[NewSlot]) -> Result<(), Invalid> {
    let hours = Hours {
        starts_at: session.starts_at,
        ends_at: session.ends_at,
    };
    let mut invalid = Invalid::default();
    hours.check(&mut invalid, new);
    for (at, slot) in new.iter().enumerate() {
        if begun.contains(&slot.starts_at) {
            invalid.refuse(format!("slots.{at}.starts_at"), keys::DRIVE_SLOT_DOUBLED);
        }
    }
    invalid.check()
}

/// Gives a slot more or fewer places, never fewer than are taken.
pub(in crate::drives) fn set_capacity(
    conn: &mut Conn,
    slot: SlotId,
    capacity: i32,
    bodies: &[OrganisationId],
) -> Result<(), Problem> {
    let place = slots::find(conn, slot)?;
    let drive = store::find_owned(conn, place.drive.id, bodies)?;
    drive.state.may_be_planned()?;
    if slots::set_capacity(conn, slot, capacity)? {
        Ok(())
    } else {
        Err(Refusal::Taken(place.taken).into())
    }
}
