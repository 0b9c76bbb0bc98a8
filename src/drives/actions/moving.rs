//! Holding a session elsewhere or at other hours; whoever calls tells the people who have a place.
use crate::drives::model::{DriveKind, SessionId};
use crate::drives::rules::{Held, Hours, MovedSession, SessionChange};
use crate::drives::store::{self, SessionRow, slots};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use crate::platform::language::keys;
use crate::platform::problem::Problem;
use crate::platform::text::Coordinates;

/// Changes a session of a drive under one of these bodies; its slots move along with its beginning.
pub fn change_session(
    conn: &mut Conn,
    id: SessionId,
    change: &SessionChange,
    bodies: &[OrganisationId],
    now: Moment,
) -> Result<MovedSession, Problem> {
    let (row, drive) = store::find_session(conn, id)?;
    let drive = store::find_owned(conn, drive.id, bodies)?;
    drive.state.may_be_planned()?;
    let planned = Hours {
        starts_at: row.starts_at,
        ends_at: row.ends_at,
    };
    let hours = change.hours(planned, &store::slots_begun(conn, id)?, now)?;
    let after = changed(&row, change, hours, hours.starts_at.date_in(drive.zone()));
    if drive.kind == DriveKind::Fixed && after.held_on != row.held_on {
        let made = keys::DRIVE_MADE_FROM_OPENING;
        return Err(Problem::field("starts_at", made.into()));
    }
    let by = after.starts_at - row.starts_at;
    if !by.is_zero() {
        slots::shift(conn, id, by)?;
    }
    store::put_session(conn, &after)?;
    store::refresh(conn, drive.id, now)?;
    Ok(MovedSession {
        id,
        drive,
        before: held(row),
        after: held(after),
    })
}

fn changed(
    row: &SessionRow,
    change: &SessionChange,
    hours: Hours,
    held_on: chrono::NaiveDate,
) -> SessionRow {
    let at = change.at;
    SessionRow {
        place: change.place.clone().unwrap_or_else(|| row.place.clone()),
        address: change
            .address
            .clone()
            .unwrap_or_else(|| row.address.clone()),
        latitude: at.map(Coordinates::latitude).or(row.latitude),
        longitude: at.map(Coordinates::longitude).or(row.longitude),
        cell: at.map(Coordinates::cell).or(row.cell),
        held_on,
        starts_at: hours.starts_at,
        ends_at: hours.ends_at,
        ..row.clone()
    }
}

fn held(row: SessionRow) -> Held {
    Held {
        place: row.place,
        address: row.address,
        held_on: row.held_on,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
    }
}
