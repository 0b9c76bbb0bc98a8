//! Answering: yes holds a place, enough yes ends the asking, a yes taken back opens it again.
use super::{Move, Mover, give_up, move_to, step};
use crate::calls::letters;
use crate::calls::model::{Answer, Ask, AskId, Call, CallState, Counts};
use crate::calls::rules::Refusal;
use crate::calls::store;
use crate::platform::clock::Moment;
use crate::platform::db::{Conn, attempt};
use crate::platform::id::{AnyId, PersonId};
use crate::platform::problem::Problem;
use crate::registrations::model::{Booking, Deed, RegistrationId, Way};
use crate::{people, registrations};

/// What a booking is refused with when no place is left. Source: `registrations`.
const FULL: &str = "slot-full";

/// What an asked donor says.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Said {
    /// They come, at about this time.
    Yes(Option<Moment>),
    /// They do not, or no longer.
    No,
}

/// Takes an answer. Yes holds a place; enough yes ends the asking; a yes taken back opens it again.
pub(crate) fn answer(
    conn: &mut Conn,
    deed: &Deed,
    id: AskId,
    said: Said,
) -> Result<(Ask, Call), Problem> {
    let ask = store::find_ask(conn, id)?;
    let call = store::find(conn, ask.call)?;
    if call.state.is_over() || call.arrive_by <= deed.now {
        return Err(Refusal::Over.into());
    }
    let mut deed = deed.clone();
    deed.by = ask.person;
    match said {
        Said::Yes(arriving_at) => come(conn, &deed, Ask { arriving_at, ..ask }, call),
        Said::No => stay_away(conn, &deed, ask, call),
    }
}

/// Says no for somebody to every call that still counts on them or waits for their word.
pub(crate) fn withdraw(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Problem> {
    for ask in store::open_asks_of(conn, person, deed.now)? {
        answer(conn, deed, ask, Said::No)?;
    }
    Ok(())
}

fn come(conn: &mut Conn, deed: &Deed, ask: Ask, call: Call) -> Result<(Ask, Call), Problem> {
    if ask.answer == Some(Answer::Yes) {
        store::answer(conn, &ask)?;
        return Ok((ask, call));
    }
    // The link still works after they left for good.
    people::find(conn, ask.person)?;
    let (answer, registration) = match attempt(conn, |conn| hold_place(conn, deed, &ask, &call)) {
        Ok(registration) => (Answer::Yes, Some(AnyId(registration.0))),
        Err(full) if full.kind().slug == FULL => (Answer::Late, None),
        Err(other) => return Err(other),
    };
    let ask = Ask {
        answer: Some(answer),
        answered_at: Some(deed.now),
        registration,
        ..ask
    };
    store::answer(conn, &ask)?;
    let call = close_if_filled(conn, deed, call)?;
    Ok((ask, call))
}

fn hold_place(
    conn: &mut Conn,
    deed: &Deed,
    ask: &Ask,
    call: &Call,
) -> Result<RegistrationId, Problem> {
    let (Some(drive), Some(slot)) = (call.drive, call.slot) else {
        return Err(Refusal::Over.into());
    };
    let booking = Booking {
        id: deed.id(),
        drive,
        slot,
        person: ask.person,
        mobilised_by: None,
        way: Way::Call,
    };
    Ok(registrations::book(conn, deed, &booking)?.id)
}

/// Enough yes: the asking ends by itself and the rest are told. Of two answers that fill it together, one closes it.
fn close_if_filled(conn: &mut Conn, deed: &Deed, call: Call) -> Result<Call, Problem> {
    let counts: Counts = store::counts(conn, call.id)?;
    if call.state != CallState::Asking || counts.missing(call.units) > 0 {
        return Ok(call);
    }
    let filled = step(deed, &call, CallState::Filled, Mover::Service, None);
    if !store::move_to(conn, &call, &filled)? {
        return Ok(store::find(conn, call.id)?);
    }
    let waiting = store::waiting(conn, call.id)?;
    letters::tell(conn, deed, &call, letters::FILLED, &waiting)?;
    Ok(Call {
        state: CallState::Filled,
        changed_at: deed.now,
        ..call
    })
}

fn stay_away(
    conn: &mut Conn,
    deed: &Deed,
    mut ask: Ask,
    call: Call,
) -> Result<(Ask, Call), Problem> {
    let held = ask.registration.filter(|_| ask.answer == Some(Answer::Yes));
    ask.answer = Some(Answer::No);
    ask.answered_at = Some(deed.now);
    ask.arriving_at = None;
    ask.registration = None;
    store::answer(conn, &ask)?;
    let Some(registration) = held else {
        return Ok((ask, call));
    };
    give_up(conn, deed, RegistrationId(registration.0))?;
    if call.state != CallState::Filled {
        return Ok((ask, call));
    }
    let call = move_to(
        conn,
        deed,
        call,
        &Move {
            to: CallState::Asking,
            by: Mover::Service,
            note: None,
        },
    )?;
    crate::calls::jobs::wave_at(conn, deed, call.id, deed.now)?;
    Ok((ask, call))
}
