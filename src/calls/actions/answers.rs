//! Answering: yes holds a place, enough yes ends the asking, a yes taken back opens it again.
use super::desk::settle;
use super::{Mover, ending, step};
use crate::calls::letters;
use crate::calls::model::{Answer, Ask, AskId, Call, CallAct, CallState, Counts, Step};
use crate::calls::rules::{self, Refusal};
use crate::calls::store;
use crate::eligibility::RuleSet;
use crate::people::{self, ConsentChange, ConsentSource, Purpose};
use crate::platform::clock::Moment;
use crate::platform::db::{Conn, attempt};
use crate::platform::id::{AnyId, PersonId};
use crate::platform::problem::Problem;
use crate::registrations::model::{Booking, Deed, RegistrationId, Way};
use crate::{donors, registrations};
use chrono::NaiveDate;

/// What a booking is refused with when no place is left. Source: `registrations`.
const FULL: &str = "slot-full";

/// What an asked donor says.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Said {
    /// They come.
    Yes {
        /// At about this time.
        arriving_at: Option<Moment>,
        /// Whether the hospital may know their first name.
        shows_name: bool,
    },
    /// They do not, or no longer; perhaps they are not to be asked before a day.
    No(Option<NaiveDate>),
    /// They do not, and are never to be asked again; with the rules by which their entry is kept.
    Stop(&'static RuleSet),
}

/// Takes an answer. Yes holds a place; enough yes ends the asking; a yes taken back opens it again.
pub(crate) fn answer(
    conn: &mut Conn,
    deed: &Deed,
    id: AskId,
    said: Said,
) -> Result<(Ask, Call), Problem> {
    // Of two answers that come at once by the same link, the second finds what the first said.
    store::hold_ask(conn, id)?;
    let ask = store::find_ask(conn, id)?;
    let call = store::find(conn, ask.call)?;
    let mut deed = deed.clone();
    deed.by = ask.person;
    if let Said::Stop(rules) = said {
        stop(conn, &deed, rules)?;
    }
    if call.state.is_over() || call.arrive_by <= deed.now {
        return over(conn, (ask, call), said);
    }
    match said {
        Said::Yes {
            arriving_at,
            shows_name,
        } => {
            let ask = Ask {
                arriving_at,
                shows_name,
                ..ask
            };
            come(conn, &deed, ask, call)
        }
        Said::No(quiet_until) => stay_away(conn, &deed, &Ask { quiet_until, ..ask }, call),
        Said::Stop(_) => stay_away(conn, &deed, &ask, call),
    }
}

/// Who wants to hear nothing more is heard even when the call is over.
fn over(conn: &mut Conn, (ask, call): (Ask, Call), said: Said) -> Result<(Ask, Call), Problem> {
    match said {
        Said::Stop(_) => Ok((ask, call)),
        Said::No(Some(until)) => {
            let ask = Ask {
                quiet_until: Some(until),
                ..ask
            };
            store::answer(conn, &ask)?;
            Ok((ask, call))
        }
        Said::Yes { .. } | Said::No(None) => Err(Refusal::Over.into()),
    }
}

/// Says no for somebody to every call that still counts on them or waits for their word.
pub(crate) fn withdraw(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Problem> {
    for ask in store::open_asks_of(conn, person, deed.now)? {
        answer(conn, deed, ask, Said::No(None))?;
    }
    Ok(())
}

/// Takes the consent to be called back, as the donor does in the app.
fn stop(conn: &mut Conn, deed: &Deed, rules: &RuleSet) -> Result<(), Problem> {
    people::find(conn, deed.by)?;
    let change = ConsentChange {
        id: deed.id(),
        person: deed.by,
        purpose: Purpose::Calls,
        is_granted: false,
        text_version: Purpose::text_version(),
        source: ConsentSource::Link,
        recorded_by: None,
        form: None,
        given_at: deed.now,
    };
    donors::joining::set_consent(conn, rules, &change)
}

fn come(conn: &mut Conn, deed: &Deed, ask: Ask, call: Call) -> Result<(Ask, Call), Problem> {
    if let Some(arriving_at) = ask.arriving_at {
        rules::arrives_in_time(arriving_at, deed.now, call.arrive_by)?;
    }
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
        quiet_until: None,
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
pub(super) fn close_if_filled(conn: &mut Conn, deed: &Deed, call: Call) -> Result<Call, Problem> {
    let counts: Counts = store::counts(conn, call.id)?;
    if call.state != CallState::Asking || counts.missing(call.units) > 0 {
        return Ok(call);
    }
    let filled = Step {
        state: CallState::Filled,
        ..step(deed, &call, CallAct::Moved, Mover::Service)
    };
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

fn stay_away(conn: &mut Conn, deed: &Deed, ask: &Ask, call: Call) -> Result<(Ask, Call), Problem> {
    let held = ask.registration.filter(|_| ask.answer == Some(Answer::Yes));
    let ask = Ask {
        answer: Some(Answer::No),
        answered_at: Some(deed.now),
        arriving_at: None,
        registration: None,
        shows_name: false,
        ..ask.clone()
    };
    if let Some(registration) = held {
        ending::give_up(conn, deed, RegistrationId(registration.0))?;
    }
    store::answer(conn, &ask)?;
    let call = if held.is_some() {
        settle(conn, deed, call)?
    } else {
        call
    };
    Ok((ask, call))
}
