//! What people do with calls: post, vouch, ask, answer, receive, end. Each is a unit of work or part of one.
mod answers;
mod asking;
mod desk;
mod ending;
mod explaining;
mod learning;
mod picking;
mod planning;
mod posting;
mod ringing;
mod telephone;
mod ticking;
mod verifying;
mod waves;

pub(crate) use answers::withdraw;
pub(super) use answers::{Said, answer};
pub(super) use asking::{Hold, check_stock, force_wave, pause};
pub(super) use desk::{Came, receive, settle_all};
pub(super) use ending::{cancel, expire, refuse};
pub(super) use explaining::{LeftOut, left_out};
pub(super) use learning::study;
pub use planning::next_to_ask;
pub(super) use posting::{open, post};
pub(super) use ringing::{Voice, ring};
pub(super) use telephone::{Listed, Looker, OnDuty, may_reveal, on_duty, stock_of, telephone_list};
pub(super) use ticking::tick;
pub(super) use verifying::{call_back, reach};
pub(super) use waves::{Manner, send};

use super::model::{Call, CallAct, CallId, CallState, Step};
use super::rules::{self, Refusal};
use super::store;
use crate::organisations::{self, Organisation};
use crate::platform::db::Conn;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::problem::{Kind, Problem};
use crate::platform::text::Coordinates;
use crate::registrations::model::Deed;

/// Who moved the call.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mover {
    /// A person.
    Person(PersonId),
    /// The service, by its rules.
    Service,
}

struct Move {
    to: CallState,
    by: Mover,
    note: Option<String>,
}

/// Moves a call on, by a person's word.
fn advance(
    conn: &mut Conn,
    deed: &Deed,
    call: Call,
    to: CallState,
    note: Option<String>,
) -> Result<Call, Problem> {
    let by = Mover::Person(deed.by);
    move_to(conn, deed, call, &Move { to, by, note })
}

fn move_to(conn: &mut Conn, deed: &Deed, call: Call, change: &Move) -> Result<Call, Problem> {
    rules::may_become(call.state, change.to)?;
    let step = Step {
        state: change.to,
        note: change.note.clone(),
        ..step(deed, &call, CallAct::Moved, change.by)
    };
    if !store::move_to(conn, &call, &step)? {
        return Err(Refusal::WrongStep.into());
    }
    Ok(Call {
        state: change.to,
        changed_at: deed.now,
        ..call
    })
}

/// Something done with a call in the state it is in.
fn step(deed: &Deed, call: &Call, act: CallAct, by: Mover) -> Step {
    let changed_by = match by {
        Mover::Person(person) => Some(person),
        Mover::Service => None,
    };
    Step {
        id: deed.id(),
        call: call.id,
        state: call.state,
        note: None,
        changed_by,
        changed_at: deed.now,
        act,
        amount: None,
    }
}

fn place_of(site: &Organisation) -> Result<Coordinates, Problem> {
    let (latitude, longitude) = site
        .latitude
        .zip(site.longitude)
        .ok_or(Refusal::PlaceUnknown)?;
    Coordinates::parse(latitude, longitude).map_err(|_fault| Refusal::PlaceUnknown.into())
}

/// The call for who acts for its hospital, or for a body above it; anybody else's is not there.
pub(super) fn owned(
    conn: &mut Conn,
    id: CallId,
    bodies: &[OrganisationId],
) -> Result<Call, Problem> {
    let call = store::find(conn, id)?;
    if organisations::covers(conn, bodies, call.hospital)? {
        Ok(call)
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}

/// The same for who works where its donors give, too.
pub(super) fn seen(
    conn: &mut Conn,
    id: CallId,
    bodies: &[OrganisationId],
) -> Result<Call, Problem> {
    let call = store::find(conn, id)?;
    let is_theirs = organisations::covers(conn, bodies, call.hospital)?
        || organisations::covers(conn, bodies, call.give_at)?;
    if is_theirs {
        Ok(call)
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}
