//! Places kept for a body: taken at once, named later, released at a time.
use super::waitlist::pass_on;
use super::{Booking, Deed, Powers, book, cancel};
use crate::drives::model::SlotId;
use crate::drives::{self, slots};
use crate::organisations;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::jobs::enqueue;
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};
use crate::platform::text::Invalid;
use crate::registrations::actions::book::Way;
use crate::registrations::jobs::ReleaseHold;
use crate::registrations::model::{HoldId, Registration, RegistrationId, RegistrationState, Visit};
use crate::registrations::rules::{self, Refusal};
use crate::registrations::store::{self, Hold, NewHold};

/// Places somebody asks to be kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HoldRequested {
    /// The new hold's id.
    pub id: HoldId,
    /// At which drive.
    pub drive: DriveId,
    /// In which slot.
    pub slot: SlotId,
    /// For whose people.
    pub organisation: OrganisationId,
    /// How many.
    pub places: i32,
    /// Until when.
    pub release_at: Moment,
}

/// Keeps places, all or none.
pub(crate) fn keep_places(
    conn: &mut Conn,
    deed: &Deed,
    powers: &Powers,
    asked: &HoldRequested,
) -> Result<Hold, Problem> {
    let place = slots::find(conn, asked.slot)?;
    let is_allowed = organisations::covers(conn, &powers.leads, asked.organisation)?
        || organisations::covers(conn, &powers.coordinates, place.drive.organiser)?;
    if !is_allowed || place.drive.is_hidden {
        return Err((&Kind::NOT_FOUND).into());
    }
    if place.drive.id != asked.drive {
        return Err(Refusal::SlotOfAnotherDrive.into());
    }
    rules::may_book(&place.drive)?;
    rules::is_ahead(place.starts_at, deed.now)?;
    check_release(asked.release_at, deed.now, place.starts_at)?;
    super::check_body(conn, asked.organisation, place.held_on)?;
    if !slots::take_many(conn, asked.slot, asked.places)? {
        return Err(Refusal::SlotFull.into());
    }
    write(conn, deed, asked)
}

fn write(conn: &mut Conn, deed: &Deed, asked: &HoldRequested) -> Result<Hold, Problem> {
    let new = NewHold {
        id: asked.id,
        drive: asked.drive,
        slot: asked.slot,
        organisation: asked.organisation,
        places: asked.places,
        named: 0,
        release_at: asked.release_at,
        created_by: deed.by,
        created_at: deed.now,
    };
    store::insert_hold(conn, &new)?;
    let job = ReleaseHold { hold: asked.id };
    enqueue(conn, &job, asked.release_at, deed.stamp())?;
    Ok(store::find_hold(conn, asked.id)?)
}

fn check_release(at: Moment, now: Moment, starts_at: Moment) -> Result<(), Problem> {
    if at > now && at <= starts_at {
        return Ok(());
    }
    Err(Problem::field(
        "release_at",
        Phrase::new(keys::REGISTRATION_RELEASE_BETWEEN),
    ))
}

/// Says whose the places are: who is new on the list is booked, who is no longer on it gives the place back.
pub(crate) fn name_people(
    conn: &mut Conn,
    deed: &Deed,
    (powers, id): (&Powers, HoldId),
    people: &[(RegistrationId, PersonId)],
) -> Result<(Hold, Vec<Registration>), Problem> {
    let hold = owned(conn, powers, id)?;
    if hold.released_at.is_some() {
        return Err(Refusal::HoldReleased.into());
    }
    if i32::try_from(people.len()).unwrap_or(i32::MAX) > hold.places {
        return Err(Refusal::HoldTooSmall(hold.places).into());
    }
    let before = store::of_hold(conn, id)?;
    let is_listed = |registration: &Registration| {
        people
            .iter()
            .any(|(_, person)| *person == registration.person)
    };
    for gone in before.iter().filter(|one| !is_listed(one)) {
        give_up(conn, deed, gone)?;
    }
    let mut invalid = Invalid::default();
    for (position, (new, person)) in people.iter().enumerate() {
        if before.iter().any(|one| one.person == *person) {
            continue;
        }
        let booked = book_held(conn, deed, &hold, (*new, *person));
        if let Some(phrase) = booked? {
            invalid.refuse(format!("people.{position}"), phrase);
        }
    }
    invalid.check()?;
    Ok((store::find_hold(conn, id)?, store::of_hold(conn, id)?))
}

/// Why this person cannot be named, if they cannot.
fn book_held(
    conn: &mut Conn,
    deed: &Deed,
    hold: &Hold,
    (id, person): (RegistrationId, PersonId),
) -> Result<Option<Phrase>, Problem> {
    if !store::is_member(conn, &[hold.organisation], person)? {
        return Ok(Some(Phrase::new(keys::REGISTRATION_NOT_A_MEMBER)));
    }
    let booking = Booking {
        id,
        drive: hold.drive,
        slot: hold.slot,
        person,
        mobilised_by: Some(hold.organisation),
        way: Way::Hold(hold.id),
    };
    if !store::name_in_hold(conn, hold.id, 1)? {
        return Err(Refusal::HoldTooSmall(hold.places).into());
    }
    match book(conn, deed, &booking) {
        Ok(_) => Ok(None),
        Err(problem) => say_why(problem),
    }
}

/// What the world says of one person is told beside their place on the list; anything else ends the work.
fn say_why(problem: Problem) -> Result<Option<Phrase>, Problem> {
    match problem.kind().slug {
        "already-registered" => Ok(Some(Phrase::new(keys::REGISTRATION_NAMED_TWICE))),
        "not-yet-eligible" | "past-age" => Ok(Some(Phrase::new(keys::REGISTRATION_NAMED_NOT_YET))),
        _ => Err(problem),
    }
}

fn give_up(conn: &mut Conn, deed: &Deed, registration: &Registration) -> Result<(), Problem> {
    if registration.state != RegistrationState::Booked {
        return Ok(());
    }
    let drive = drives::find(conn, registration.drive)?;
    let visit = Visit {
        registration: registration.clone(),
        drive,
    };
    cancel(conn, deed, &visit)
}

/// A hold of a body one leads, or at a drive one coordinates.
pub(crate) fn owned(conn: &mut Conn, powers: &Powers, id: HoldId) -> Result<Hold, Problem> {
    let hold = store::find_hold(conn, id)?;
    if organisations::covers(conn, &powers.leads, hold.organisation)? {
        return Ok(hold);
    }
    let drive = drives::find(conn, hold.drive)?;
    if organisations::covers(conn, &powers.coordinates, drive.organiser)? {
        Ok(hold)
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}

/// Ends a hold; the places nobody was named for go to who waits. Once more changes nothing.
pub(crate) fn release(conn: &mut Conn, deed: &Deed, id: HoldId) -> Result<(), Problem> {
    let Some((slot, unused)) = store::release_hold(conn, id, deed.now)? else {
        return Ok(());
    };
    if unused == 0 {
        return Ok(());
    }
    pass_on(conn, deed, slot, unused)
}
