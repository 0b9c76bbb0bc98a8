//! Taking a place: in one question, one update and four rows.
use super::{Deed, Powers, count_new, facility};
use crate::drives::model::SlotId;
use crate::drives::slots;
use crate::platform::db::Conn;
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::{HoldId, Registration, RegistrationId, RegistrationState};
use crate::registrations::notices;
use crate::registrations::rules::{self, Refusal, Standing};
use crate::registrations::store::{self, Context};

/// By which way somebody comes to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Through the list of drives; hidden ones are not there.
    Open,
    /// As one of those named for a hold, whose places are taken already.
    Hold(HoldId),
    /// By saying yes to a call, whose drive is hidden; full is full.
    Call,
    /// By the button behind a link in a message: full is full, since another hour stands beside it.
    Link,
}

/// A place somebody wants.
#[derive(Debug, Clone, Copy)]
pub struct Booking {
    /// The new registration's id.
    pub id: RegistrationId,
    /// Of which drive.
    pub drive: DriveId,
    /// In which slot.
    pub slot: SlotId,
    /// For whom.
    pub person: PersonId,
    /// For whom it counts; none for the person's club or the organiser.
    pub mobilised_by: Option<OrganisationId>,
    /// How they come to it.
    pub way: Way,
}

/// Books for somebody: oneself, a member of a club one leads, or anyone at a drive one works on.
pub(crate) fn book_for(
    conn: &mut Conn,
    deed: &Deed,
    powers: &Powers,
    booking: &Booking,
) -> Result<Registration, Problem> {
    let is_allowed = booking.person == powers.person
        || powers.leads_person(conn, booking.person)?
        || powers.staffed(conn, booking.drive).is_ok();
    if is_allowed {
        book(conn, deed, booking)
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}

/// Takes a place, or a turn on the waitlist when none is left. Five statements.
pub fn book(conn: &mut Conn, deed: &Deed, booking: &Booking) -> Result<Registration, Problem> {
    let context = store::context(conn, booking.slot, booking.person, booking.mobilised_by)?;
    let context = context.ok_or(&Kind::NOT_FOUND)?;
    check(&context, booking, deed)?;
    let own_rules = context.facility_rules.as_deref();
    facility::check(conn, own_rules, booking.person, context.held_on)?;
    let state = if has_place(conn, booking)? {
        RegistrationState::Booked
    } else {
        RegistrationState::Waitlisted
    };
    let new = new(&context, booking, state);
    store::insert(conn, &new, (deed.by, deed.now))?;
    if state == RegistrationState::Booked {
        count_new(conn, &context.drive, &new)?;
        notices::confirm(conn, deed, &context, &new)?;
    }
    Ok(new)
}

fn check(context: &Context, booking: &Booking, deed: &Deed) -> Result<(), Problem> {
    if context.drive.is_hidden && matches!(booking.way, Way::Open | Way::Link) {
        return Err((&Kind::NOT_FOUND).into());
    }
    if context.drive.id != booking.drive {
        return Err(Refusal::SlotOfAnotherDrive.into());
    }
    rules::may_book(&context.drive)?;
    rules::is_ahead(latest(context, booking), deed.now)?;
    rules::may_come(&Standing::from(context), context.held_on)?;
    if booking.mobilised_by.is_some() && context.body.is_none() {
        return Err(Refusal::UnknownBody.into());
    }
    Ok(())
}

/// A call's slot is the whole time in which one may come, so it can be taken until its end.
fn latest(context: &Context, booking: &Booking) -> crate::platform::clock::Moment {
    match booking.way {
        Way::Call => context.ends_at,
        Way::Open | Way::Hold(_) | Way::Link => context.starts_at,
    }
}

fn has_place(conn: &mut Conn, booking: &Booking) -> Result<bool, Problem> {
    match booking.way {
        Way::Open => Ok(slots::take(conn, booking.slot)?),
        Way::Hold(_) => Ok(true),
        Way::Call | Way::Link if slots::take(conn, booking.slot)? => Ok(true),
        Way::Call | Way::Link => Err(Refusal::SlotFull.into()),
    }
}

fn new(context: &Context, booking: &Booking, state: RegistrationState) -> Registration {
    let standing = Standing::from(context);
    Registration {
        id: booking.id,
        drive: context.drive.id,
        session: context.session,
        slot: Some(booking.slot),
        person: booking.person,
        state,
        mobilised_by: context
            .body
            .unwrap_or_else(|| rules::body_of(&standing, &context.drive)),
        hold: match booking.way {
            Way::Hold(hold) => Some(hold),
            Way::Open | Way::Call | Way::Link => None,
        },
        is_walk_in: false,
        held_on: context.held_on,
        offered_until: None,
        checked_in_at: None,
    }
}

impl From<&Context> for Standing {
    fn from(context: &Context) -> Self {
        Self {
            available_from: context.available_from,
            available_until: context.available_until,
            main_club: context.main_club,
            is_registered: context.live.is_some(),
        }
    }
}
