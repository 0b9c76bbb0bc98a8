//! What people do with registrations: each a unit of work or part of one.
mod book;
mod change;
mod desk;
mod hold;
mod state;
mod waitlist;

pub(crate) use book::book_for;
pub use book::{Booking, Way, book};
pub(crate) use change::{accept, change_body_before_gift, move_to};
pub use change::{cancel, change_body, check_body, conclude};
pub(crate) use desk::{Arrival, WalkIn, check_in, check_in_by_ticket, walk_in};
pub(crate) use hold::{HoldRequested, keep_places, name_people, owned as owned_hold, release};
pub(crate) use state::set_state;
pub(crate) use waitlist::{expire_offer, sweep};

use super::model::{Registration, RegistrationId, Visit, tally_of};
use super::rules::{self, Refusal};
use super::store::{self, Change};
use crate::drives::model::{Delta, Drive, Reach, TallyKey};
use crate::drives::{find_owned, find_staffed, tallies};
use crate::organisations;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::{Caller, Role};
use crate::platform::id::{DriveId, Ids, OrganisationId, PersonId};
use crate::platform::jobs::Stamp;
use crate::platform::problem::{Kind, Problem};
use chrono::TimeDelta;
use std::sync::Arc;
use uuid::Uuid;

/// Who does something and when, where ids come from, and how long people are waited for.
#[derive(Debug, Clone)]
pub struct Deed {
    /// Who does it.
    pub by: PersonId,
    /// When.
    pub now: Moment,
    /// How long an offered place waits.
    pub offer_for: TimeDelta,
    /// How long after the start of their slot somebody who has not come counts as absent.
    pub absent_after: TimeDelta,
    ids: Arc<Ids>,
}

impl Deed {
    /// Done by this person at this moment.
    pub fn of(app: &App, by: PersonId) -> Self {
        let settings = &app.settings.registrations;
        Self {
            by,
            now: app.now(),
            offer_for: TimeDelta::minutes(settings.offer_minutes),
            absent_after: TimeDelta::minutes(settings.no_show_minutes),
            ids: app.ids.clone(),
        }
    }

    /// A new identifier.
    pub fn id<T: From<Uuid>>(&self) -> T {
        self.ids.next(self.now).into()
    }

    /// A stamp for one job row.
    pub fn stamp(&self) -> Stamp {
        Stamp {
            id: self.id(),
            now: self.now,
        }
    }
}

/// Where a caller may act, by role.
#[derive(Debug, Clone)]
pub struct Powers {
    /// Who.
    pub person: PersonId,
    /// As staff of drives.
    pub staff: Reach,
    /// As a nurse.
    pub nurse: Reach,
    /// As a lead of clubs.
    pub leads: Vec<OrganisationId>,
    /// As a coordinator.
    pub coordinates: Vec<OrganisationId>,
}

impl From<&Caller> for Powers {
    fn from(caller: &Caller) -> Self {
        let reach = |role| Reach {
            bodies: caller.bodies(role),
            drives: caller.drives(role),
        };
        Self {
            person: caller.person(),
            staff: reach(Role::DriveStaff),
            nurse: reach(Role::Nurse),
            leads: caller.bodies(Role::ClubLead),
            coordinates: caller.bodies(Role::Coordinator),
        }
    }
}

impl Powers {
    /// The drive, if they work on it; else it is not there.
    pub fn staffed(&self, conn: &mut Conn, drive: DriveId) -> Result<Drive, Problem> {
        Ok(find_staffed(conn, drive, &self.staff)?)
    }

    /// The drive, if they coordinate it and its numbers may still change.
    pub fn coordinated(&self, conn: &mut Conn, drive: DriveId) -> Result<Drive, Problem> {
        let drive = find_owned(conn, drive, &self.coordinates)?;
        rules::may_record(&drive)?;
        Ok(drive)
    }

    /// The registration for who works on its drive as `reach` says; anybody else's is not there.
    pub fn visit_as(
        &self,
        conn: &mut Conn,
        id: RegistrationId,
        reach: &Reach,
    ) -> Result<Visit, Problem> {
        let visit = store::find_visit(conn, id)?;
        if works_on(conn, &visit.drive, reach)? {
            Ok(visit)
        } else {
            Err((&Kind::NOT_FOUND).into())
        }
    }

    /// The registration for its person, their club's lead or somebody of the desk.
    pub fn visit(&self, conn: &mut Conn, id: RegistrationId) -> Result<Visit, Problem> {
        let visit = store::find_visit(conn, id)?;
        let person = visit.registration.person;
        if person == self.person
            || self.leads_person(conn, person)?
            || works_on(conn, &visit.drive, &self.staff)?
        {
            Ok(visit)
        } else {
            Err((&Kind::NOT_FOUND).into())
        }
    }

    /// Whether the person is a member of a club they lead.
    pub fn leads_person(&self, conn: &mut Conn, person: PersonId) -> Result<bool, Problem> {
        if self.leads.is_empty() {
            return Ok(false);
        }
        Ok(store::is_member(conn, &self.leads, person)?)
    }
}

impl Visit {
    /// A registration with its drive, whoever asks.
    pub fn find(conn: &mut Conn, id: RegistrationId) -> Result<Self, Problem> {
        Ok(store::find_visit(conn, id)?)
    }

    /// Whether what was recorded of it may still change: until the drive is signed.
    pub fn may_change(&self) -> Result<(), Problem> {
        Ok(rules::may_record(&self.drive)?)
    }
}

/// Whether somebody with this reach works on the drive: on itself, for its organiser, or for who draws the blood.
fn works_on(conn: &mut Conn, drive: &Drive, reach: &Reach) -> Result<bool, Problem> {
    if reach.drives.contains(&drive.id) {
        return Ok(true);
    }
    if reach.bodies.is_empty() {
        return Ok(false);
    }
    let collects = match drive.collected_by {
        Some(facility) => organisations::covers(conn, &reach.bodies, facility)?,
        None => false,
    };
    Ok(collects || organisations::covers(conn, &reach.bodies, drive.organiser)?)
}

/// Writes what a registration becomes; the places and sums that follow are the caller's.
fn apply(conn: &mut Conn, visit: &Visit, change: &Change) -> Result<Visit, Problem> {
    if !store::change(conn, &visit.registration, change)? {
        return Err(Refusal::Changed.into());
    }
    let registration = Registration {
        session: change.session,
        slot: change.slot,
        state: change.state,
        mobilised_by: change.mobilised_by,
        hold: change.hold,
        is_walk_in: change.is_walk_in,
        held_on: change.held_on,
        offered_until: change.offered_until,
        checked_in_at: change.checked_in_at,
        ..visit.registration.clone()
    };
    Ok(Visit {
        registration,
        drive: visit.drive.clone(),
    })
}

/// Moves the sums from what a registration was to what it is.
fn count(conn: &mut Conn, before: &Visit, after: &Visit) -> Result<(), Problem> {
    let (was, is) = (before.registration.state, after.registration.state);
    let (from, to) = (before.tally(), after.tally());
    if from == to {
        let (was, is) = (was.counts(), is.counts());
        let delta = Delta {
            registered: is.registered - was.registered,
            attended: is.attended - was.attended,
            ..Delta::default()
        };
        return record(conn, &to, &delta);
    }
    record(conn, &from, &was.counts().taken_back())?;
    record(conn, &to, &is.counts())
}

fn record(conn: &mut Conn, key: &TallyKey, delta: &Delta) -> Result<(), Problem> {
    if *delta == Delta::default() {
        return Ok(());
    }
    Ok(tallies::record(conn, key, delta)?)
}

/// Counts a registration that was not there before.
fn count_new(conn: &mut Conn, drive: &Drive, new: &store::NewRegistration) -> Result<(), Problem> {
    let key = tally_of(drive, new.held_on, new.mobilised_by);
    record(conn, &key, &new.state.counts())
}

/// A registration as it was just written.
fn written(new: &store::NewRegistration) -> Registration {
    Registration {
        id: new.id,
        drive: new.drive,
        session: new.session,
        slot: new.slot,
        person: new.person,
        state: new.state,
        mobilised_by: new.mobilised_by,
        hold: new.hold,
        is_walk_in: new.is_walk_in,
        held_on: new.held_on,
        offered_until: None,
        checked_in_at: new.checked_in_at,
    }
}
