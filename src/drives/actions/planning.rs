//! Planning a drive and changing the plan.
use super::checks::{check_commune, check_communes, check_parties, must_cover};
use super::reading::{Whole, show};
use crate::drives::model::{Drive, DriveKind, ProgrammeId, Reach};
use crate::drives::rules::{Change, NewDrive, Opening, Plan};
use crate::drives::store::{self, Changes};
use crate::platform::clock::Moment;
use crate::platform::db::{Conn, Json};
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::language::keys;
use crate::platform::problem::Problem;
use diesel::QueryResult;
use std::collections::BTreeSet;

/// Writes a draft with its sessions; those of a fixed site follow from its opening hours.
pub(in crate::drives) fn create(
    conn: &mut Conn,
    new: &NewDrive,
    bodies: &[OrganisationId],
) -> Result<Whole, Problem> {
    must_cover(conn, bodies, new.organiser)?;
    check_parties(conn, new.collected_by, &new.programmes)?;
    match &new.plan {
        Plan::Sessions(sessions) => {
            check_communes(conn, sessions)?;
            store::insert(conn, new, None)?;
            store::insert_sessions(conn, new.id, new.zone, sessions)?;
        }
        Plan::Opening(opening) => {
            check_commune(conn, opening.site.commune, "opening.commune")?;
            store::insert(conn, new, Some(kept(opening)?))?;
            let sessions = opening.sessions(new.id, new.zone, new.now);
            store::insert_sessions(conn, new.id, new.zone, &sessions)?;
        }
    }
    store::set_programmes(conn, new.id, &new.programmes)?;
    store::refresh(conn, new.id, new.now)?;
    let reach = Reach {
        bodies: bodies.to_vec(),
        drives: Vec::new(),
    };
    show(conn, new.id, &reach, new.now)
}

/// Changes what a drive is called and under whom it counts; a new opening is at work from tomorrow's free days on.
pub(in crate::drives) fn change(
    conn: &mut Conn,
    id: DriveId,
    change: &Change,
    bodies: &[OrganisationId],
    now: Moment,
) -> Result<Whole, Problem> {
    let drive = store::find_owned(conn, id, bodies)?;
    drive.state.may_be_changed()?;
    if let Some(organiser) = change.organiser {
        must_cover(conn, bodies, organiser)?;
    }
    let programmes = change.programmes.as_deref();
    check_parties(
        conn,
        change.collected_by.flatten(),
        programmes.unwrap_or_default(),
    )?;
    store::change(conn, id, &changes(change, now)?)?;
    if let Some(programmes) = programmes {
        store::set_programmes(conn, id, programmes)?;
    }
    if let Some(opening) = &change.opening {
        reopen(conn, &drive, opening, now)?;
    }
    store::refresh(conn, id, now)?;
    let reach = Reach {
        bodies: bodies.to_vec(),
        drives: vec![id],
    };
    show(conn, id, &reach, now)
}

fn changes(change: &Change, now: Moment) -> Result<Changes, Problem> {
    let main = |programmes: &Vec<ProgrammeId>| programmes.first().copied();
    Ok(Changes {
        organiser: change.organiser,
        name: change.name.clone().map(String::from),
        target_units: change.target_units,
        collected_by: change.collected_by,
        main_programme: change.programmes.as_ref().map(main),
        opening: change.opening.as_ref().map(kept).transpose()?,
        changed_at: Some(now),
    })
}

fn reopen(conn: &mut Conn, drive: &Drive, opening: &Opening, now: Moment) -> Result<(), Problem> {
    if drive.kind != DriveKind::Fixed {
        return Err(Problem::field("opening", keys::DRIVE_ONLY_FOR_FIXED.into()));
    }
    check_commune(conn, opening.site.commune, "opening.commune")?;
    store::drop_unused_days(conn, drive.id, now)?;
    Ok(extend(conn, drive, opening, now)?)
}

/// Writes the days of a fixed site that are not written yet.
pub(in crate::drives) fn extend(
    conn: &mut Conn,
    drive: &Drive,
    opening: &Opening,
    now: Moment,
) -> QueryResult<()> {
    let zone = drive.zone();
    let written: BTreeSet<_> = store::planned_days(conn, drive.id, now.date_in(zone))?
        .into_iter()
        .collect();
    let mut sessions = opening.sessions(drive.id, zone, now);
    sessions.retain(|session| !written.contains(&session.hours.starts_at.date_in(zone)));
    store::insert_sessions(conn, drive.id, zone, &sessions)
}

fn kept(opening: &Opening) -> Result<Json, Problem> {
    let value = serde_json::to_value(opening).map_err(Problem::internal)?;
    Ok(Json(value))
}
