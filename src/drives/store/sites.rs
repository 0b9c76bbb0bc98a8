//! Rows of fixed sites: which there are, which of their days are written, which may be written anew.
use crate::drives::model::{Drive, DriveKind, DriveState, SessionId};
use crate::platform::clock::Moment;
use crate::platform::db::schema::{drives, holds, registrations, sessions, slots};
use crate::platform::db::{Conn, Json};
use crate::platform::id::DriveId;
use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

/// A fixed site and its opening hours as kept.
pub(in crate::drives) type Fixed = (Drive, Option<Json>);

/// Fixed sites that are not over, in pages by id.
pub(in crate::drives) fn sites(
    conn: &mut Conn,
    after: Option<DriveId>,
    most: i64,
) -> QueryResult<Vec<Fixed>> {
    let live = [DriveState::Draft, DriveState::Open, DriveState::Running];
    let mut query = drives::table
        .filter(drives::kind.eq(DriveKind::Fixed))
        .filter(drives::state.eq_any(live))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(drives::id.gt(after));
    }
    query
        .order(drives::id)
        .limit(most)
        .select((Drive::as_select(), drives::opening))
        .load(conn)
}

/// The days from this one on for which the site has a session.
pub(in crate::drives) fn planned_days(
    conn: &mut Conn,
    drive: DriveId,
    from: NaiveDate,
) -> QueryResult<Vec<NaiveDate>> {
    sessions::table
        .filter(sessions::drive.eq(drive))
        .filter(sessions::held_on.ge(from))
        .select(sessions::held_on)
        .load(conn)
}

/// Takes away the coming days of a site for which nobody ever registered, so that they can be written anew.
/// Registrations and holds are only read: they point at the sessions.
pub(in crate::drives) fn drop_unused_days(
    conn: &mut Conn,
    drive: DriveId,
    now: Moment,
) -> QueryResult<()> {
    let coming = sessions::table
        .filter(sessions::drive.eq(drive))
        .filter(sessions::starts_at.gt(now));
    let registered = registrations::table.filter(registrations::session.eq(sessions::id));
    let taken = slots::table
        .filter(slots::session.eq(sessions::id))
        .filter(slots::taken.gt(0));
    let held = slots::table
        .inner_join(holds::table.on(holds::slot.eq(slots::id)))
        .filter(slots::session.eq(sessions::id));
    let unused: Vec<SessionId> = coming
        .filter(not(exists(registered)))
        .filter(not(exists(taken)))
        .filter(not(exists(held)))
        .select(sessions::id)
        .load(conn)?;
    for session in unused {
        diesel::delete(slots::table.filter(slots::session.eq(session))).execute(conn)?;
        diesel::delete(sessions::table.find(session)).execute(conn)?;
    }
    Ok(())
}
