//! What happens to a registration after it was made.
use super::waitlist::leave_place;
use super::{Deed, apply, count, facility};
use crate::drives::model::SlotId;
use crate::drives::slots;
use crate::platform::db::Conn;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::{RegistrationState, Visit};
use crate::registrations::notices;
use crate::registrations::rules::{self, Refusal, Standing};
use crate::registrations::store::{self, Change, Context};
use chrono::NaiveDate;

/// Takes an offered place.
pub(crate) fn accept(conn: &mut Conn, deed: &Deed, visit: &Visit) -> Result<Visit, Problem> {
    rules::may_book(&visit.drive)?;
    let offered = &visit.registration;
    let is_open = offered.state == RegistrationState::Offered
        && offered.offered_until.is_some_and(|until| until > deed.now);
    if !is_open {
        return Err(Refusal::OfferOver.into());
    }
    let booked = Change {
        state: RegistrationState::Booked,
        offered_until: None,
        ..Change::of(offered, deed.now)
    };
    let after = apply(conn, visit, &booked)?;
    count(conn, visit, &after)?;
    notices::confirm_visit(conn, deed, &after)?;
    Ok(after)
}

/// Gives a registration up; its place goes on. Once more changes nothing.
pub fn cancel(conn: &mut Conn, deed: &Deed, visit: &Visit) -> Result<(), Problem> {
    if visit.registration.state == RegistrationState::Cancelled {
        return Ok(());
    }
    rules::may_record(&visit.drive)?;
    rules::may_cancel(visit.registration.state)?;
    let cancelled = Change {
        state: RegistrationState::Cancelled,
        offered_until: None,
        ..Change::of(&visit.registration, deed.now)
    };
    let after = apply(conn, visit, &cancelled)?;
    leave_place(conn, deed, visit)?;
    count(conn, visit, &after)
}

/// Gives up whatever somebody waits for or has a place at; who is being received stays with the desk.
pub(crate) fn give_up_all(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Problem> {
    let ahead = store::list_ahead(conn, person)?;
    let open = ahead
        .iter()
        .filter(|visit| rules::may_record(&visit.drive).is_ok());
    for visit in open {
        cancel(conn, deed, visit)?;
    }
    Ok(())
}

/// Moves somebody to another slot of their drive, or leaves them where they are when it is full.
pub(crate) fn move_to(
    conn: &mut Conn,
    deed: &Deed,
    visit: &Visit,
    slot: SlotId,
) -> Result<Visit, Problem> {
    let before = &visit.registration;
    if before.slot == Some(slot) && before.state == RegistrationState::Booked {
        return Ok(visit.clone());
    }
    let context = store::context(conn, slot, before.person, None)?.ok_or(&Kind::NOT_FOUND)?;
    may_move(&context, visit, deed)?;
    let own_rules = context.facility_rules.as_deref();
    facility::check(conn, own_rules, before.person, context.held_on)?;
    let moved = Change {
        session: context.session,
        slot: Some(slot),
        state: RegistrationState::Booked,
        hold: None,
        held_on: context.held_on,
        offered_until: None,
        ..Change::of(before, deed.now)
    };
    let after = apply(conn, visit, &moved)?;
    swap_places(conn, deed, visit, slot)?;
    count(conn, visit, &after)?;
    notices::moved(conn, deed, &context, &after.registration)?;
    Ok(after)
}

/// In the order of the slots, so that two people who swap do not wait for each other.
fn swap_places(conn: &mut Conn, deed: &Deed, visit: &Visit, slot: SlotId) -> Result<(), Problem> {
    let leaves_first = visit.registration.slot.is_some_and(|old| old < slot);
    if leaves_first {
        leave_place(conn, deed, visit)?;
    }
    if !slots::take(conn, slot)? {
        return Err(Refusal::SlotFull.into());
    }
    if leaves_first {
        Ok(())
    } else {
        leave_place(conn, deed, visit)
    }
}

fn may_move(context: &Context, visit: &Visit, deed: &Deed) -> Result<(), Problem> {
    if context.drive.id != visit.drive.id {
        return Err(Refusal::SlotOfAnotherDrive.into());
    }
    rules::may_book(&context.drive)?;
    rules::may_cancel(visit.registration.state)?;
    rules::is_ahead(context.starts_at, deed.now)?;
    let standing = Standing {
        is_registered: false,
        ..Standing::from(context)
    };
    Ok(rules::may_come(&standing, context.held_on)?)
}

/// Refuses a body that is unknown, or had ended on that day.
pub fn check_body(conn: &mut Conn, body: OrganisationId, day: NaiveDate) -> Result<(), Problem> {
    if store::stands_on(conn, body, day)? {
        Ok(())
    } else {
        Err(Refusal::UnknownBody.into())
    }
}

/// Counts a registration for another body, until the drive is signed. Gifts are moved by who records them.
pub fn change_body(
    conn: &mut Conn,
    deed: &Deed,
    visit: &Visit,
    body: OrganisationId,
) -> Result<Visit, Problem> {
    rules::may_record(&visit.drive)?;
    if visit.registration.state == RegistrationState::Cancelled {
        return Err(Refusal::WrongState(visit.registration.state).into());
    }
    check_body(conn, body, visit.registration.held_on)?;
    let changed = Change {
        mobilised_by: body,
        ..Change::of(&visit.registration, deed.now)
    };
    let after = apply(conn, visit, &changed)?;
    count(conn, visit, &after)?;
    Ok(after)
}

/// The same where nothing was given yet: afterwards the gift has to be corrected with it.
pub(crate) fn change_body_before_gift(
    conn: &mut Conn,
    deed: &Deed,
    visit: &Visit,
    body: OrganisationId,
) -> Result<Visit, Problem> {
    if visit.registration.state == RegistrationState::Collected {
        return Err(Refusal::WrongState(visit.registration.state).into());
    }
    change_body(conn, deed, visit, body)
}

/// What came of somebody who was received: deferred, collected, left. They are checked in first if they were not.
pub fn conclude(
    conn: &mut Conn,
    deed: &Deed,
    visit: &Visit,
    state: RegistrationState,
) -> Result<Visit, Problem> {
    let here = super::check_in(conn, deed, visit)?;
    if here.registration.state == state {
        return Ok(here);
    }
    let concluded = Change {
        state,
        ..Change::of(&here.registration, deed.now)
    };
    let after = apply(conn, &here, &concluded)?;
    count(conn, &here, &after)?;
    Ok(after)
}

/// Puts a registration back as it was before what was recorded of the visit, which the caller takes back; one that
/// was made with the visit is given up.
pub(crate) fn restore(
    conn: &mut Conn,
    deed: &Deed,
    visit: &Visit,
    was: Option<RegistrationState>,
) -> Result<Visit, Problem> {
    rules::may_record(&visit.drive)?;
    let before = &visit.registration;
    let has_other = store::has_other_live(conn, before)?;
    let state = rules::restored(was, visit.drive.state, has_other);
    let restored = Change {
        state,
        checked_in_at: before.checked_in_at.filter(|_| state.is_attended()),
        ..Change::of(before, deed.now)
    };
    let after = apply(conn, visit, &restored)?;
    count(conn, visit, &after)?;
    Ok(after)
}
