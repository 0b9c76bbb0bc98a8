//! Where a caller may act on registrations, as who.
use crate::drives::model::{Drive, Reach};
use crate::drives::{find_owned, find_staffed};
use crate::organisations;
use crate::platform::db::Conn;
use crate::platform::http::{Caller, Role};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::{RegistrationId, Visit};
use crate::registrations::{rules, store};

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
        let visit = Visit::find(conn, id)?;
        if works_on(conn, &visit.drive, reach)? {
            Ok(visit)
        } else {
            Err((&Kind::NOT_FOUND).into())
        }
    }

    /// The registration for its person, their club's lead or somebody of the desk.
    pub fn visit(&self, conn: &mut Conn, id: RegistrationId) -> Result<Visit, Problem> {
        let visit = Visit::find(conn, id)?;
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
