//! Ringing up a donor of the telephone list through the gateway, where nobody is free to dial.
use super::telephone::rare;
use super::ticking::asked;
use super::waves::Manner;
use super::{Mover, step};
use crate::calls::model::{Ask, Call, CallAct, CallState};
use crate::calls::rules::Refusal;
use crate::calls::{letters, store};
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::notices::{Judge, Purpose, rules};
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::Deed;

/// Whether the gateway rings people up here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::calls) enum Voice {
    /// It has a template for that.
    Offered,
    /// It does not, or there is none.
    Missing,
}

/// Lets the gateway ring somebody up, once for a call. Who was not asked by message is asked by this.
pub(in crate::calls) fn ring(
    conn: &mut Conn,
    deed: &Deed,
    (call, manner): (&Call, &Manner),
    (person, voice, judge): (PersonId, Voice, &Judge),
) -> Result<Ask, Problem> {
    rare(call)?;
    if voice == Voice::Missing {
        return Err(Refusal::NoVoice.into());
    }
    if call.state.is_over() || call.arrive_by <= deed.now {
        return Err(Refusal::Over.into());
    }
    if call.state != CallState::Asking {
        return Err(Refusal::NothingMissing.into());
    }
    let ask = asked(conn, deed, (call, manner), person)?;
    may_ring(conn, person, judge)?;
    if ask.answer.is_some() || !letters::ring(conn, deed, call, &ask)? {
        return Err(Refusal::NoVoiceNeeded.into());
    }
    let done = step(deed, call, CallAct::VoiceCalled, Mover::Person(deed.by));
    store::log(conn, &done)?;
    Ok(ask)
}

/// Asks what the sender will ask again when it rings: a refusal is of use to who waits for an answer.
fn may_ring(conn: &mut Conn, person: PersonId, judge: &Judge) -> Result<(), Problem> {
    let judged = judge.ask(conn, person, Purpose::Call)?;
    let reach = judged.reach.ok_or(&Kind::NOT_FOUND)?;
    match judged.verdict {
        Err(rules::Refusal::Quiet(_)) => Err(Refusal::Asleep.into()),
        Err(_) => Err(Refusal::NoContact.into()),
        Ok(()) if reach.phone.is_none() => Err(Refusal::NoNumber.into()),
        Ok(()) => Ok(()),
    }
}
