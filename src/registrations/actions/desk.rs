//! Receiving people: those who booked, those who show a ticket, those who just come.
use super::{Deed, Powers, apply, count, count_new, facility};
use crate::drives::model::{Drive, SessionId};
use crate::platform::db::Conn;
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::problem::Problem;
use crate::registrations::model::{Registration, RegistrationId, RegistrationState, Visit};
use crate::registrations::rules::{self, Refusal, Standing};
use crate::registrations::store::{self, Arriving, Change};
use crate::{donors, organisations, people};

/// Receives somebody. Who is here already stays as they are; who waited for a place comes as without booking.
pub(crate) fn check_in(conn: &mut Conn, deed: &Deed, visit: &Visit) -> Result<Visit, Problem> {
    rules::may_record(&visit.drive)?;
    let before = &visit.registration;
    rules::may_check_in(before, deed.now.date_in(visit.drive.zone()))?;
    if before.state.is_attended() {
        return Ok(visit.clone());
    }
    let waited = before.state == RegistrationState::Waitlisted;
    let here = Change {
        slot: before.slot.filter(|_| !waited),
        state: RegistrationState::CheckedIn,
        is_walk_in: before.is_walk_in || waited,
        offered_until: None,
        checked_in_at: Some(deed.now),
        ..Change::of(before, deed.now)
    };
    let after = apply(conn, visit, &here)?;
    count(conn, visit, &after)?;
    Ok(after)
}

/// Receives somebody today, on whichever of the days they may come on that is; their place counts for today then.
pub(crate) fn receive_today(conn: &mut Conn, deed: &Deed, visit: &Visit) -> Result<Visit, Problem> {
    let (before, today) = (&visit.registration, deed.now.date_in(visit.drive.zone()));
    if before.state.is_attended() || before.held_on == today {
        return check_in(conn, deed, visit);
    }
    rules::may_record(&visit.drive)?;
    if let Some(facts) = donors::facts(conn, before.person)? {
        let standing = Standing {
            available_from: Some(facts.available_from),
            available_until: facts.available_until,
            ..Standing::default()
        };
        rules::may_come(&standing, today)?;
    }
    let moved = Change {
        held_on: today,
        ..Change::of(before, deed.now)
    };
    let after = apply(conn, visit, &moved)?;
    count(conn, visit, &after)?;
    check_in(conn, deed, &after)
}

/// Receives who shows a ticket, proved to be ours, at this drive's desk.
pub(crate) fn check_in_by_ticket(
    conn: &mut Conn,
    deed: &Deed,
    powers: &Powers,
    (drive, id): (DriveId, RegistrationId),
) -> Result<Visit, Problem> {
    let drive = powers.staffed(conn, drive)?;
    let visit = Visit::find(conn, id)?;
    if visit.drive.id != drive.id {
        return Err(Refusal::TicketOfAnotherDrive.into());
    }
    check_in(conn, deed, &visit)
}

/// Who comes without booking.
#[derive(Debug, Clone)]
pub(crate) enum Arrival {
    /// Somebody known.
    Known(PersonId),
    /// Somebody new, with what they said of themselves.
    New(people::NewPerson),
}

/// Somebody at the desk without a booking.
#[derive(Debug, Clone)]
pub(crate) struct WalkIn {
    /// The new registration's id.
    pub id: RegistrationId,
    /// At which drive.
    pub drive: DriveId,
    /// At which of its sessions; none for today's.
    pub session: Option<SessionId>,
    /// Who.
    pub arrival: Arrival,
    /// For whom they count; none for their club or the organiser.
    pub mobilised_by: Option<OrganisationId>,
}

/// Receives somebody who did not book: registered and checked in at once.
pub(crate) fn walk_in(
    conn: &mut Conn,
    deed: &Deed,
    powers: &Powers,
    walk_in: &WalkIn,
) -> Result<Registration, Problem> {
    let drive = powers.staffed(conn, walk_in.drive)?;
    rules::may_record(&drive)?;
    let person = match &walk_in.arrival {
        Arrival::Known(person) => *person,
        Arrival::New(person) => {
            people::insert(conn, person)?;
            person.id
        }
    };
    let arriving = arriving(conn, deed, &drive, (walk_in, person))?;
    let new = new(&drive, &arriving, walk_in.id, (person, deed));
    store::insert(conn, &new, (deed.by, deed.now))?;
    count_new(conn, &drive, &new)?;
    Ok(new)
}

fn arriving(
    conn: &mut Conn,
    deed: &Deed,
    drive: &Drive,
    (walk_in, person): (&WalkIn, PersonId),
) -> Result<Arriving, Problem> {
    people::find(conn, person)?;
    let today = deed.now.date_in(drive.zone());
    let found = store::arriving(conn, drive.id, (walk_in.session, today), person)?;
    let mut arriving = found.ok_or(Refusal::NoSessionToday)?;
    rules::may_come(&arriving.standing(), arriving.held_on)?;
    if let Some(collector) = drive.collected_by {
        let own_rules = organisations::find(conn, collector)?.rule_set;
        facility::check(conn, own_rules.as_deref(), person, arriving.held_on)?;
    }
    if let Some(body) = walk_in.mobilised_by {
        super::check_body(conn, body, arriving.held_on)?;
        arriving.main_club = Some(body);
    }
    Ok(arriving)
}

fn new(
    drive: &Drive,
    arriving: &Arriving,
    id: RegistrationId,
    (person, deed): (PersonId, &Deed),
) -> Registration {
    Registration {
        id,
        drive: drive.id,
        session: arriving.session,
        slot: None,
        person,
        state: RegistrationState::CheckedIn,
        mobilised_by: rules::body_of(&arriving.standing(), drive),
        hold: None,
        is_walk_in: true,
        held_on: arriving.held_on,
        offered_until: None,
        checked_in_at: Some(deed.now),
    }
}

impl Arriving {
    fn standing(&self) -> Standing {
        Standing {
            available_from: self.available_from,
            available_until: self.available_until,
            main_club: self.main_club,
            is_registered: self.live.is_some(),
        }
    }
}
