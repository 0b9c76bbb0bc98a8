//! How calls end: taken back, refused, or over by themselves.
use super::{Move, Mover, advance, move_to};
use crate::calls::letters;
use crate::calls::model::{Call, CallState};
use crate::calls::rules::Refusal;
use crate::calls::store;
use crate::platform::db::Conn;
use crate::platform::problem::Problem;
use crate::registrations;
use crate::registrations::model::{Deed, RegistrationId, Visit};

/// Takes a call back: those who come and those who were asked are told, and its places are free.
pub(in crate::calls) fn cancel(
    conn: &mut Conn,
    deed: &Deed,
    call: Call,
    note: Option<String>,
) -> Result<Call, Problem> {
    let coming = store::coming_asks(conn, call.id)?;
    let mut told = store::waiting(conn, call.id)?;
    told.extend(coming.iter().map(|ask| ask.person));
    letters::tell(conn, deed, &call, letters::CANCELLED, &told)?;
    for registration in coming.into_iter().filter_map(|ask| ask.registration) {
        give_up(conn, deed, RegistrationId(registration.0))?;
    }
    advance(conn, deed, call, CallState::Cancelled, note)
}

/// Says no to a request nobody can vouch for.
pub(in crate::calls) fn refuse(
    conn: &mut Conn,
    deed: &Deed,
    call: Call,
    note: Option<String>,
) -> Result<Call, Problem> {
    if call.state != CallState::Submitted {
        return Err(Refusal::WrongStep.into());
    }
    advance(conn, deed, call, CallState::Cancelled, note)
}

/// Ends a call whose time is over; those who were never needed are told.
pub(in crate::calls) fn expire(conn: &mut Conn, deed: &Deed, call: Call) -> Result<(), Problem> {
    let waiting = store::waiting(conn, call.id)?;
    letters::tell(conn, deed, &call, letters::OVER, &waiting)?;
    let over = Move {
        to: CallState::Expired,
        by: Mover::Service,
        note: None,
    };
    move_to(conn, deed, call, &over).map(drop)
}

/// Gives a held place up.
pub(super) fn give_up(
    conn: &mut Conn,
    deed: &Deed,
    registration: RegistrationId,
) -> Result<(), Problem> {
    let visit = Visit::find(conn, registration)?;
    registrations::cancel(conn, deed, &visit)
}
