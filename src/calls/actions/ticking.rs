//! Ticking off who was telephoned for a rare call, and taking what they said.
use super::picking::{Pick, Search};
use super::telephone::{LONGEST, rare};
use super::waves::{self, Manner};
use super::{Said, answer};
use crate::calls::model::{Answer, Ask, Call, CallState, Ring, Tick, TickOutcome};
use crate::calls::rules::Refusal;
use crate::calls::store;
use crate::platform::db::{Conn, attempt};
use crate::platform::id::PersonId;
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::Deed;

/// Notes that somebody was telephoned, and takes what they said as their answer; before a coordinator vouches for the
/// call it waits for that, and nobody is asked by it.
pub(in crate::calls) fn tick(
    conn: &mut Conn,
    deed: &Deed,
    (call, manner): (&Call, &Manner),
    tick: &Tick,
) -> Result<Option<Answer>, Problem> {
    rare(call)?;
    if call.state.is_over() || call.arrive_by <= deed.now {
        return Err(Refusal::Over.into());
    }
    if call.state == CallState::Submitted {
        listed(conn, deed, (call, manner), tick.person)?;
        store::insert_tick(conn, tick)?;
        return Ok(None);
    }
    let ask = asked(conn, deed, (call, manner), tick.person)?;
    store::insert_tick(conn, tick)?;
    Ok(heed(conn, deed, ask, tick.outcome)?.answer)
}

fn heed(conn: &mut Conn, deed: &Deed, ask: Ask, outcome: TickOutcome) -> Result<Ask, Problem> {
    let said = match outcome {
        TickOutcome::Comes => Said::Yes {
            arriving_at: None,
            shows_name: ask.shows_name,
        },
        TickOutcome::Declines => Said::No(None),
        TickOutcome::NoAnswer => return Ok(ask),
    };
    Ok(answer(conn, deed, ask.id, said)?.0)
}

/// Takes what was said on the telephone before anybody vouched for the call, in that order. Who may no longer come, or
/// was not reached, is asked like all others.
pub(super) fn heed_earlier(
    conn: &mut Conn,
    deed: &Deed,
    (call, manner): (&Call, &Manner),
) -> Result<(), Problem> {
    for (tick, _) in store::ticks(conn, call.id)? {
        if tick.outcome == TickOutcome::NoAnswer {
            continue;
        }
        let heeded = attempt(conn, |conn| {
            let ask = asked(conn, deed, (call, manner), tick.person)?;
            heed(conn, deed, ask, tick.outcome)
        });
        if let Err(refused) = heeded
            && refused.kind().status >= 500
        {
            return Err(refused);
        }
    }
    Ok(())
}

/// The ask of somebody on the list; who was not asked by message is asked by telephone.
pub(super) fn asked(
    conn: &mut Conn,
    deed: &Deed,
    (call, manner): (&Call, &Manner),
    person: PersonId,
) -> Result<Ask, Problem> {
    if let Some(ask) = store::find_ask_of(conn, call.id, person)? {
        return Ok(ask);
    }
    let pick = Pick {
        ring: Ring::Telephone,
        ..listed(conn, deed, (call, manner), person)?
    };
    let ask = waves::ask(deed, call, &pick, 0);
    store::insert_asks(conn, std::slice::from_ref(&ask))?;
    Ok(ask)
}

/// Somebody of the telephone list, whichever way the call goes by now.
fn listed(
    conn: &mut Conn,
    deed: &Deed,
    (call, manner): (&Call, &Manner),
    person: PersonId,
) -> Result<Pick, Problem> {
    let search = Search::of(conn, call, (deed.now, manner))?;
    let picks = search.candidates(conn, &search.need(LONGEST)?)?;
    let listed = picks.into_iter().find(|pick| pick.person == person);
    Ok(listed.ok_or(&Kind::NOT_FOUND)?)
}
