//! What coordinators and the hospital do while donors are asked: ask more, ask wider, hold it up, ask for stock.
use super::planning::Urge;
use super::waves::{Manner, wave};
use super::{Mover, step};
use crate::calls::model::{Call, CallAct, CallState, Scope, Step};
use crate::calls::rules::Refusal;
use crate::calls::store::Turn;
use crate::calls::{jobs, store};
use crate::platform::db::Conn;
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;

/// A wave by a coordinator's word, besides those that come by themselves; with a wider scope from now on if one is given.
pub(in crate::calls) fn force_wave(
    conn: &mut Conn,
    deed: &Deed,
    (call, scope): (Call, Option<Scope>),
    manner: &Manner,
) -> Result<usize, Problem> {
    if call.state != CallState::Asking || call.arrive_by <= deed.now {
        return Err(Refusal::NothingMissing.into());
    }
    if call.paused_at.is_some() {
        return Err(Refusal::Paused.into());
    }
    let wider = scope.filter(|scope| *scope > call.scope);
    let call = Call {
        scope: wider.unwrap_or(call.scope),
        ..call
    };
    store::widen(conn, call.id, call.path, call.scope)?;
    let (asked, _) = wave(conn, deed, (&call, Urge::Pressed), manner)?;
    let act = if wider.is_some() {
        CallAct::Widened
    } else {
        CallAct::AskedMore
    };
    let done = Step {
        note: wider.map(|scope| scope.as_str().to_owned()),
        amount: i32::try_from(asked).ok(),
        ..step(deed, &call, act, Mover::Person(deed.by))
    };
    store::log(conn, &done)?;
    Ok(asked)
}

/// Whether a coordinator holds the asking up or lets it go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::calls) enum Hold {
    /// Nobody more is asked.
    Up,
    /// The next wave is due at once.
    Off,
}

/// Holds the asking up, or lets it go on. Once more changes nothing.
pub(in crate::calls) fn pause(
    conn: &mut Conn,
    deed: &Deed,
    call: Call,
    hold: Hold,
) -> Result<Call, Problem> {
    if !matches!(call.state, CallState::Asking | CallState::Filled) {
        return Err(Refusal::WrongStep.into());
    }
    let (paused_at, act) = match (hold, call.paused_at) {
        (Hold::Up, None) => (Some(deed.now), CallAct::Paused),
        (Hold::Off, Some(_)) => (None, CallAct::Resumed),
        (Hold::Up, Some(_)) | (Hold::Off, None) => return Ok(call),
    };
    let done = step(deed, &call, act, Mover::Person(deed.by));
    store::log(conn, &done)?;
    let turn = Turn {
        paused_at,
        next_wave_at: None,
        ..Turn::of(&call)
    };
    store::put_turn(conn, call.id, turn)?;
    let call = Call {
        paused_at,
        next_wave_at: None,
        ..call
    };
    if call.is_asking(deed.now) {
        return jobs::wave_at(conn, deed, &call, deed.now);
    }
    Ok(call)
}

/// Notes that the blood centre was asked for its stock, and how many units it had.
pub(in crate::calls) fn check_stock(
    conn: &mut Conn,
    deed: &Deed,
    call: &Call,
    (found, note): (Option<i32>, Option<String>),
) -> Result<(), Problem> {
    if call.state.is_over() {
        return Err(Refusal::Over.into());
    }
    let done = Step {
        note,
        amount: found,
        ..step(deed, call, CallAct::StockChecked, Mover::Person(deed.by))
    };
    Ok(store::log(conn, &done)?)
}
