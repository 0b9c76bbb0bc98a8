//! The desk where donors of a call are received: a light outcome is enough, and whoever could not give is replaced.
use super::answers::close_if_filled;
use super::{Move, Mover, move_to};
use crate::calls::model::{Answer, Ask, AskId, Call, CallState};
use crate::calls::rules::Refusal;
use crate::calls::{jobs, store};
use crate::donations::{self, Outcome};
use crate::drives::slots;
use crate::eligibility::RuleSet;
use crate::platform::db::Conn;
use crate::platform::problem::{Kind, Problem};
use crate::registrations;
use crate::registrations::model::{Deed, RegistrationId, Visit};

/// How far somebody has come at the desk.
#[derive(Debug)]
pub(in crate::calls) enum Came {
    /// They are there.
    Arrived,
    /// What came of it.
    Concluded(Outcome),
}

/// Receives who said yes, on the day they come, and records what came of it.
pub(in crate::calls) fn receive(
    conn: &mut Conn,
    deed: &Deed,
    (call, ask): (Call, AskId),
    (came, nation): (&Came, &'static RuleSet),
) -> Result<Call, Problem> {
    let ask = store::find_ask(conn, ask)?;
    if ask.call != call.id {
        return Err((&Kind::NOT_FOUND).into());
    }
    let held = ask.registration.filter(|_| ask.answer == Some(Answer::Yes));
    let held = RegistrationId(held.ok_or(Refusal::NotAccepted)?.0);
    let visit = Visit::find(conn, held)?;
    let here = registrations::receive_today(conn, deed, &visit)?;
    if let Came::Concluded(outcome) = came {
        donations::record_outcome(conn, deed, (&here, nation), outcome)?;
    }
    settle(conn, deed, call)
}

/// Looks at every open call that counts on somebody who dropped out by another way.
pub(in crate::calls) fn settle_all(conn: &mut Conn, deed: &Deed) -> Result<(), Problem> {
    let short = store::short_of_donors(conn, deed.now)?;
    short
        .into_iter()
        .try_for_each(|call| settle(conn, deed, call).map(drop))
}

/// Brings a call into line with its places: who gave theirs up does not come, who came in vain is replaced, and what
/// was filled asks again while there is time.
pub(in crate::calls) fn settle(conn: &mut Conn, deed: &Deed, call: Call) -> Result<Call, Problem> {
    for ask in store::given_up(conn, call.id)? {
        let gone = Ask {
            answer: Some(Answer::No),
            arriving_at: None,
            registration: None,
            ..ask
        };
        store::answer(conn, &gone)?;
    }
    let counts = store::counts(conn, call.id)?;
    if let Some(slot) = call.slot {
        let in_vain = i32::try_from(counts.in_vain).unwrap_or_default();
        slots::set_capacity(conn, slot, call.units + in_vain)?;
    }
    if counts.missing(call.units) == 0 {
        return close_if_filled(conn, deed, call);
    }
    if call.state != CallState::Filled || call.arrive_by <= deed.now {
        return Ok(call);
    }
    let again = Move {
        to: CallState::Asking,
        by: Mover::Service,
        note: None,
    };
    let call = move_to(conn, deed, call, &again)?;
    if call.is_asking(deed.now) {
        return jobs::wave_at(conn, deed, &call, deed.now);
    }
    Ok(call)
}
