//! Who vouches for a request: the coordinators nearest above the hospital, then those above them; or whoever calls
//! the ward back on its listed number.
use super::waves::Manner;
use super::{Mover, ending, step};
use crate::calls::model::{Call, CallAct, CallState, Step};
use crate::calls::rules::Refusal;
use crate::calls::store::Turn;
use crate::calls::{jobs, letters, store};
use crate::organisations;
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use chrono::TimeDelta;

/// Asks the coordinators of the nearest body above the hospital that has any for their word; after a body they did not
/// give it for, those above it. When that waits too long, this comes again.
pub(in crate::calls) fn reach(
    conn: &mut Conn,
    deed: &Deed,
    call: &Call,
    (after, manner): (Option<OrganisationId>, &Manner),
) -> Result<(), Problem> {
    let line = organisations::ancestors(conn, call.hospital)?;
    let asked = line.iter().position(|body| Some(body.id) == after);
    let next = asked.map_or(0, |asked| asked + 1);
    for body in line.into_iter().skip(next) {
        let people = store::coordinators(conn, body.id, deed.now)?;
        if people.is_empty() {
            continue;
        }
        letters::ask_to_verify(conn, deed, call, &people)?;
        let told = Step {
            note: Some(body.name),
            amount: i32::try_from(people.len()).ok(),
            ..step(deed, call, CallAct::Told, Mover::Service)
        };
        store::log(conn, &told)?;
        let later = deed.now + TimeDelta::minutes(manner.calls.verify_minutes.max(1));
        return Ok(jobs::reach_at(conn, deed, (call.id, body.id), later)?);
    }
    Ok(())
}

/// Notes that whoever posted was called back on the listed number. Where nobody there knew of it, the call is taken back.
pub(in crate::calls) fn call_back(
    conn: &mut Conn,
    deed: &Deed,
    call: Call,
    (is_genuine, note): (bool, Option<String>),
) -> Result<Call, Problem> {
    if call.call_back.is_none() || call.called_back_at.is_some() {
        return Err(Refusal::WrongStep.into());
    }
    let done = Step {
        note: note.clone(),
        ..step(deed, &call, CallAct::CalledBack, Mover::Person(deed.by))
    };
    store::log(conn, &done)?;
    let turn = Turn {
        called_back_at: Some(deed.now),
        ..Turn::of(&call)
    };
    store::put_turn(conn, call.id, turn)?;
    let call = Call {
        called_back_at: turn.called_back_at,
        ..call
    };
    let is_open = !call.state.is_over() && call.state != CallState::Submitted;
    if is_genuine || !is_open {
        return Ok(call);
    }
    ending::cancel(conn, deed, call, note)
}
