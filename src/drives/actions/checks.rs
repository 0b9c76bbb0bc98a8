//! What a plan names must be there, and be the planner's.
use crate::drives::model::ProgrammeId;
use crate::drives::rules::NewSession;
use crate::drives::store;
use crate::organisations::{self, Organisation, OrganisationKind};
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use crate::platform::language::keys;
use crate::platform::problem::{Kind, Problem};
use crate::platform::text::Invalid;
use std::collections::BTreeSet;

pub(super) fn must_cover(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    organiser: OrganisationId,
) -> Result<(), Problem> {
    if organisations::covers(conn, bodies, organiser)? {
        Ok(())
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}

/// Who collects must be a facility, and every programme must be there.
pub(super) fn check_parties(
    conn: &mut Conn,
    collected_by: Option<OrganisationId>,
    programmes: &[ProgrammeId],
) -> Result<(), Problem> {
    let mut invalid = Invalid::default();
    if let Some(facility) = collected_by
        && !is_facility(conn, facility)?
    {
        invalid.refuse("collected_by", keys::DRIVE_NOT_A_FACILITY);
    }
    let known = store::known_programmes(conn, programmes)?;
    for (at, programme) in programmes.iter().enumerate() {
        if !known.contains(programme) {
            invalid.refuse(format!("programmes.{at}"), keys::DRIVE_UNKNOWN_PROGRAMME);
        }
    }
    Ok(invalid.check()?)
}

fn is_facility(conn: &mut Conn, id: OrganisationId) -> Result<bool, Problem> {
    let kind = body(conn, id)?.map(|body| body.kind);
    Ok(matches!(
        kind,
        Some(OrganisationKind::Hospital | OrganisationKind::BloodCentre)
    ))
}

fn body(conn: &mut Conn, id: OrganisationId) -> Result<Option<Organisation>, Problem> {
    match organisations::find(conn, id).map_err(Problem::from) {
        Ok(body) => Ok(Some(body)),
        Err(problem) if problem.kind() == &Kind::NOT_FOUND => Ok(None),
        Err(problem) => Err(problem),
    }
}

pub(super) fn check_communes(conn: &mut Conn, sessions: &[NewSession]) -> Result<(), Problem> {
    let mut known = BTreeSet::new();
    for (at, session) in sessions.iter().enumerate() {
        if session.commune.is_some_and(|commune| known.insert(commune)) {
            check_commune(conn, session.commune, &format!("sessions.{at}.commune"))?;
        }
    }
    Ok(())
}

pub(super) fn check_commune(
    conn: &mut Conn,
    commune: Option<OrganisationId>,
    field: &str,
) -> Result<(), Problem> {
    if let Some(commune) = commune
        && body(conn, commune)?.is_none()
    {
        return Err(Problem::field(field, keys::DRIVE_UNKNOWN_COMMUNE.into()));
    }
    Ok(())
}
