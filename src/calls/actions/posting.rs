//! Posting a need, and opening the asking once somebody vouches for it.
use super::waves::Manner;
use super::{Mover, advance, explaining, place_of, step, ticking, verifying};
use crate::calls::model::{Call, CallAct, CallPath, CallState, Scope};
use crate::calls::rules::{self, Frame, Refusal, Request};
use crate::calls::{jobs, store};
use crate::drives;
use crate::drives::model::HiddenDrive;
use crate::organisations::{self, Organisation};
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, OrganisationId};
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::Deed;
use chrono::TimeDelta;

/// Posts a request for a hospital the caller acts for. A trusted hospital's is asked for at once; so is one of a ward
/// that can be called back on its listed number; any other waits for a coordinator's word.
pub(in crate::calls) fn post(
    conn: &mut Conn,
    deed: &Deed,
    bodies: &[OrganisationId],
    request: Request,
    manner: &Manner,
) -> Result<Call, Problem> {
    if !organisations::covers(conn, bodies, request.hospital)? {
        return Err((&Kind::NOT_FOUND).into());
    }
    let hospital = organisations::find(conn, request.hospital)?;
    let site = organisations::find(conn, request.give_at)?;
    let frame = frame(deed, &site, manner);
    let call = new(deed, checked(request, &frame)?, &frame);
    place_of(&site)?;
    let call_back = hospital.duty_phone.filter(|_| !hospital.is_trusted);
    let call = explaining::assess(conn, Call { call_back, ..call }, manner)?;
    store::insert(conn, &call)?;
    let posted = step(deed, &call, CallAct::Moved, Mover::Person(deed.by));
    store::log(conn, &posted)?;
    if hospital.is_trusted || call.call_back.is_some() {
        return open(conn, deed, call, manner);
    }
    verifying::reach(conn, deed, &call, (None, manner))?;
    Ok(call)
}

fn frame(deed: &Deed, site: &Organisation, manner: &Manner) -> Frame {
    let usual = TimeDelta::hours(manner.calls.testing_hours);
    let own = site.testing_minutes.map(i64::from).map(TimeDelta::minutes);
    Frame {
        now: deed.now,
        horizon: TimeDelta::hours(manner.calls.horizon_hours),
        testing: own.unwrap_or(usual),
    }
}

fn checked(request: Request, frame: &Frame) -> Result<Request, Problem> {
    let request = rules::check(request, frame)?;
    let note = request.note.as_deref().unwrap_or_default();
    let private = rules::private_parts(note);
    if private.is_empty() || request.is_note_confirmed {
        return Ok(request);
    }
    Err(Refusal::NoteLooksPrivate(private.join("; ")).into())
}

fn new(deed: &Deed, request: Request, frame: &Frame) -> Call {
    Call {
        id: deed.id(),
        hospital: request.hospital,
        blood_group: request.blood_group,
        component: request.component,
        units: request.units,
        needed_by: request.needed_by,
        arrive_by: frame.arrive_by(request.needed_by),
        give_at: request.give_at,
        is_widening: request.is_widening,
        note: request.note,
        state: CallState::Submitted,
        drive: None,
        slot: None,
        requested_by: deed.by,
        created_at: deed.now,
        changed_at: deed.now,
        path: CallPath::Ordinary,
        scope: Scope::Reach,
        paused_at: None,
        next_wave_at: None,
        call_back: None,
        called_back_at: None,
    }
}

/// Vouches for a request: its hidden drive is opened and the first wave is due at once.
pub(in crate::calls) fn open(
    conn: &mut Conn,
    deed: &Deed,
    call: Call,
    manner: &Manner,
) -> Result<Call, Problem> {
    if call.arrive_by <= deed.now {
        return Err(Refusal::Over.into());
    }
    let call = advance(conn, deed, call, CallState::Verified, None)?;
    let site = organisations::find(conn, call.give_at)?;
    let hidden = hidden_drive(deed, &call, &site, manner)?;
    drives::insert_hidden(conn, &hidden)?;
    store::open_drive(conn, call.id, hidden.id, AnyId(hidden.slot.0))?;
    let call = Call {
        drive: Some(hidden.id),
        slot: Some(hidden.slot),
        ..call
    };
    // Who could give may have changed since it was posted.
    let call = explaining::assess(conn, call, manner)?;
    store::widen(conn, call.id, call.path, call.scope)?;
    let call = advance(conn, deed, call, CallState::Asking, None)?;
    let call = jobs::wave_at(conn, deed, &call, deed.now)?;
    ticking::heed_earlier(conn, deed, (&call, manner))?;
    Ok(store::find(conn, call.id)?)
}

fn hidden_drive(
    deed: &Deed,
    call: &Call,
    site: &Organisation,
    manner: &Manner,
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
        time_zone: manner.zone,
        now: deed.now,
    })
}
