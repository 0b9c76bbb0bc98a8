//! What people do with calls: post, vouch, ask, answer, end. Each is a unit of work or part of one.
mod answers;
mod waves;

pub(crate) use answers::withdraw;
pub(super) use answers::{Said, answer};
pub(super) use waves::{Manner, force_wave, next_wave, wave};

use super::letters;
use super::model::{Call, CallId, CallState};
use super::rules::{self, Refusal};
use super::store::{self, Step};
use crate::drives::model::HiddenDrive;
use crate::organisations::{self, Organisation};
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, OrganisationId, PersonId};
use crate::platform::problem::{Kind, Problem};
use crate::platform::text::Coordinates;
use crate::registrations::model::{Deed, RegistrationId, Visit};
use crate::{drives, registrations};
use chrono_tz::Tz;

/// Who moved the call.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mover {
    /// A person.
    Person(PersonId),
    /// The service, by its rules.
    Service,
}

/// Posts a request; a trusted hospital's is asked for at once.
pub(super) fn submit(conn: &mut Conn, deed: &Deed, call: Call, zone: Tz) -> Result<Call, Problem> {
    let hospital = organisations::find(conn, call.hospital)?;
    place_of(&organisations::find(conn, call.give_at)?)?;
    store::insert(
        conn,
        &call,
        &step(
            deed,
            &call,
            CallState::Submitted,
            Mover::Person(deed.by),
            None,
        ),
    )?;
    if hospital.is_trusted {
        return open(conn, deed, call, zone);
    }
    Ok(call)
}

/// Vouches for a request: its hidden drive is opened and the first wave is due at once.
pub(super) fn open(conn: &mut Conn, deed: &Deed, call: Call, zone: Tz) -> Result<Call, Problem> {
    let call = advance(conn, deed, call, CallState::Verified, None)?;
    let site = organisations::find(conn, call.give_at)?;
    let hidden = hidden_drive(deed, &call, &site, zone)?;
    drives::insert_hidden(conn, &hidden)?;
    store::open_drive(conn, call.id, hidden.id, AnyId(hidden.slot.0))?;
    let call = Call {
        drive: Some(hidden.id),
        slot: Some(hidden.slot),
        ..call
    };
    let call = advance(conn, deed, call, CallState::Asking, None)?;
    super::jobs::wave_at(conn, deed, call.id, deed.now)?;
    Ok(call)
}

fn hidden_drive(
    deed: &Deed,
    call: &Call,
    site: &Organisation,
    zone: Tz,
) -> Result<HiddenDrive, Problem> {
    Ok(HiddenDrive {
        id: deed.id(),
        session: deed.id(),
        slot: deed.id(),
        organiser: call.hospital,
        collected_by: Some(call.give_at),
        name: site.name.clone(),
        place: site.name.clone(),
        address: String::new(),
        at: Some(place_of(site)?),
        starts_at: deed.now,
        ends_at: call.arrive_by,
        capacity: call.units,
        time_zone: zone,
        now: deed.now,
    })
}

fn place_of(site: &Organisation) -> Result<Coordinates, Problem> {
    let (latitude, longitude) = site
        .latitude
        .zip(site.longitude)
        .ok_or(Refusal::PlaceUnknown)?;
    Coordinates::parse(latitude, longitude).map_err(|_fault| Refusal::PlaceUnknown.into())
}

/// Moves a call on, by a person's word.
pub(super) fn advance(
    conn: &mut Conn,
    deed: &Deed,
    call: Call,
    to: CallState,
    note: Option<String>,
) -> Result<Call, Problem> {
    move_to(
        conn,
        deed,
        call,
        &Move {
            to,
            by: Mover::Person(deed.by),
            note,
        },
    )
}

struct Move {
    to: CallState,
    by: Mover,
    note: Option<String>,
}

fn move_to(conn: &mut Conn, deed: &Deed, call: Call, change: &Move) -> Result<Call, Problem> {
    rules::may_become(call.state, change.to)?;
    let step = step(deed, &call, change.to, change.by, change.note.clone());
    if !store::move_to(conn, &call, &step)? {
        return Err(Refusal::WrongStep.into());
    }
    Ok(Call {
        state: change.to,
        changed_at: deed.now,
        ..call
    })
}

fn step(deed: &Deed, call: &Call, state: CallState, by: Mover, note: Option<String>) -> Step {
    let changed_by = match by {
        Mover::Person(person) => Some(person),
        Mover::Service => None,
    };
    Step {
        id: deed.id(),
        call: call.id,
        state,
        note,
        changed_by,
        changed_at: deed.now,
    }
}

/// Takes a call back: those who come and those who were asked are told, and its places are free.
pub(super) fn cancel(
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
pub(super) fn refuse(
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
pub(super) fn expire(conn: &mut Conn, deed: &Deed, call: Call) -> Result<(), Problem> {
    let waiting = store::waiting(conn, call.id)?;
    letters::tell(conn, deed, &call, letters::OVER, &waiting)?;
    move_to(
        conn,
        deed,
        call,
        &Move {
            to: CallState::Expired,
            by: Mover::Service,
            note: None,
        },
    )
    .map(drop)
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

fn give_up(conn: &mut Conn, deed: &Deed, registration: RegistrationId) -> Result<(), Problem> {
    let visit = Visit::find(conn, registration)?;
    registrations::cancel(conn, deed, &visit)
}
