//! From draft to signed: what is still open is settled at each step.
use super::waitlist::pass_on;
use super::{Deed, Powers};
use crate::drives::model::{Delta, Drive, DriveState};
use crate::drives::{self, tallies};
use crate::organisations;
use crate::platform::db::Conn;
use crate::platform::id::DriveId;
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::tally_of;
use crate::registrations::notices;
use crate::registrations::rules::{self, Refusal, Step};
use crate::registrations::store::{self, LiveCount};

/// Takes a drive one step on. To the state it is in already changes nothing.
pub(crate) fn set_state(
    conn: &mut Conn,
    deed: &Deed,
    (powers, id): (&Powers, DriveId),
    to: DriveState,
) -> Result<Drive, Problem> {
    let drive = powers.staffed(conn, id)?;
    if drive.state == to {
        return Ok(drive);
    }
    let step = rules::step(drive.state, to)?;
    if step == Step::Coordinator
        && !organisations::covers(conn, &powers.coordinates, drive.organiser)?
    {
        return Err((&Kind::FORBIDDEN).into());
    }
    let is_early = to == DriveState::Completed && drive.starts_on > deed.now.date_in(drive.zone());
    if is_early {
        return Err(Refusal::NotBegun.into());
    }
    if !drives::set_state(conn, id, drive.state, to, deed.now)? {
        return Err(Refusal::Changed.into());
    }
    settle(conn, deed, &drive, to)?;
    Ok(drives::find(conn, id)?)
}

fn settle(conn: &mut Conn, deed: &Deed, drive: &Drive, to: DriveState) -> Result<(), Problem> {
    match to {
        DriveState::Completed => settle_completed(conn, deed, drive),
        DriveState::Cancelled => settle_cancelled(conn, deed, drive),
        _ => Ok(()),
    }
}

/// Nobody is waited for any more; whoever is late enough did not come.
fn settle_completed(conn: &mut Conn, deed: &Deed, drive: &Drive) -> Result<(), Problem> {
    for slot in store::cancel_waiting(conn, drive.id, deed.now)?
        .into_iter()
        .flatten()
    {
        pass_on(conn, deed, slot, 1)?;
    }
    let absent = store::list_absent_of(conn, drive.id, deed.now - deed.absent_after)?;
    store::mark_absent(conn, &absent, deed.now)?;
    Ok(())
}

/// Everybody expected is told; nobody counts as registered.
fn settle_cancelled(conn: &mut Conn, deed: &Deed, drive: &Drive) -> Result<(), Problem> {
    let counts = store::count_live(conn, drive.id)?;
    let people = store::cancel_live(conn, drive.id, deed.now)?;
    for counted in counts {
        take_back(conn, drive, &counted)?;
    }
    notices::cancelled(conn, deed, drive, people)
}

fn take_back(conn: &mut Conn, drive: &Drive, counted: &LiveCount) -> Result<(), Problem> {
    let of = |one: i32| -> i32 { one.saturating_mul(i32::try_from(counted.count).unwrap_or(0)) };
    let each = counted.state.counts();
    let delta = Delta {
        registered: -of(each.registered),
        attended: -of(each.attended),
        ..Delta::default()
    };
    if delta == Delta::default() {
        return Ok(());
    }
    let key = tally_of(drive, counted.held_on, counted.body);
    Ok(tallies::record(conn, &key, &delta)?)
}
