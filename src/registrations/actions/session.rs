//! A session that is held elsewhere or at other hours: days and sums follow, and who has a place is told.
use super::{Deed, apply, count};
use crate::drives;
use crate::drives::model::{MovedSession, SessionChange, SessionId};
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use crate::platform::problem::Problem;
use crate::registrations::model::{Registration, RegistrationState, Visit};
use crate::registrations::notices;
use crate::registrations::rules::Refusal;
use crate::registrations::store::{self, Change};

/// Changes a session to which nobody has come yet; answers how it was moved and how many people are told.
pub(crate) fn change_session(
    conn: &mut Conn,
    deed: &Deed,
    bodies: &[OrganisationId],
    (id, change): (SessionId, &SessionChange),
) -> Result<(MovedSession, usize), Problem> {
    let moved = drives::change_session(conn, id, change, bodies, deed.now)?;
    if store::has_come(conn, moved.drive.id, id)? {
        return Err(Refusal::SessionBegun.into());
    }
    if moved.before == moved.after {
        return Ok((moved, 0));
    }
    let expected = store::list_of_session(conn, moved.drive.id, id)?;
    for registration in &expected {
        follow(conn, deed, &moved, registration)?;
    }
    let told: Vec<Registration> = expected.into_iter().filter(has_place).collect();
    notices::session_changed(conn, deed, &moved, &told)?;
    Ok((moved, told.len()))
}

fn has_place(registration: &Registration) -> bool {
    matches!(
        registration.state,
        RegistrationState::Booked | RegistrationState::Offered
    )
}

/// A registration counts on the day on which its session is held.
fn follow(
    conn: &mut Conn,
    deed: &Deed,
    moved: &MovedSession,
    registration: &Registration,
) -> Result<(), Problem> {
    if registration.held_on == moved.after.held_on {
        return Ok(());
    }
    let visit = Visit {
        registration: registration.clone(),
        drive: moved.drive.clone(),
    };
    let change = Change {
        held_on: moved.after.held_on,
        ..Change::of(registration, deed.now)
    };
    let after = apply(conn, &visit, &change)?;
    count(conn, &visit, &after)
}
