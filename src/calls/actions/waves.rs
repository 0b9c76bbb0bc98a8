//! Asking: how many are asked next, and when the wave after that is due.
use super::picking::{Pick, Search};
use crate::calls::letters;
use crate::calls::model::{Ask, Call, CallPath, Counts};
use crate::calls::rules;
use crate::calls::{jobs, store};
use crate::donors::reach;
use crate::platform::clock::Moment;
use crate::platform::config::Calls;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use chrono::TimeDelta;
use chrono_tz::Tz;
use std::collections::HashSet;

/// How calls are asked for, as this installation wants it.
#[derive(Debug, Clone)]
pub(crate) struct Manner {
    /// Reach, rest, size and pace of waves.
    pub calls: Calls,
    /// The zone in which a day begins.
    pub zone: Tz,
}

/// How many a rare call asks at once.
const EVERYONE: usize = 10_000;

/// Asks the next donors, so many as the missing units want; answers how many.
pub(super) fn wave(
    conn: &mut Conn,
    deed: &Deed,
    call: &Call,
    manner: &Manner,
) -> Result<usize, Problem> {
    let counts = store::counts(conn, call.id)?;
    let search = Search::of(conn, call, (deed.now, manner))?;
    let picks = search.pick(conn, size(call, &counts, manner))?;
    // Another call may want the same donors at this moment: who is taken here is left to nobody else.
    let persons: Vec<PersonId> = picks.iter().map(|pick| pick.person).collect();
    let today = deed.now.date_in(manner.zone);
    let claimed = reach::claim(conn, &persons, today, search.rested_before())?;
    let claimed: HashSet<PersonId> = claimed.into_iter().collect();
    let asks: Vec<Ask> = picks
        .iter()
        .filter(|pick| claimed.contains(&pick.person))
        .map(|pick| ask(deed, call, pick, counts.waves + 1))
        .collect();
    store::insert_asks(conn, &asks)?;
    letters::ask(conn, deed, call, &asks)?;
    Ok(asks.len())
}

/// On the rare path everyone suitable is asked at once.
fn size(call: &Call, counts: &Counts, manner: &Manner) -> usize {
    let size = rules::wave_size(call.units, counts, manner.calls.asks_per_unit);
    match call.path {
        CallPath::Rare if size > 0 => EVERYONE,
        CallPath::Rare | CallPath::Ordinary => size,
    }
}

/// A donor who is asked now.
pub(super) fn ask(deed: &Deed, call: &Call, pick: &Pick, wave: i32) -> Ask {
    Ask {
        id: deed.id(),
        call: call.id,
        person: pick.person,
        wave,
        distance_m: i32::try_from(pick.distance_m).unwrap_or(i32::MAX),
        answer: None,
        arriving_at: None,
        answered_at: None,
        registration: None,
        created_at: deed.now,
        ring: pick.ring,
        chance: None,
        shows_name: false,
        quiet_until: None,
    }
}

/// The wave that is due, its messages and the next wave's row are one unit of work: a process that dies in between has
/// asked nobody.
pub(in crate::calls) fn send(
    conn: &mut Conn,
    deed: &Deed,
    call: &Call,
    manner: &Manner,
) -> Result<usize, Problem> {
    let asked = wave(conn, deed, call, manner)?;
    if let Some(next) = next_wave(call, deed.now, manner) {
        jobs::wave_at(conn, deed, call, next)?;
    }
    Ok(asked)
}

/// When the next wave is due, if there is still time for one.
fn next_wave(call: &Call, now: Moment, manner: &Manner) -> Option<Moment> {
    let next = now + TimeDelta::minutes(manner.calls.wave_minutes.max(1));
    (next < call.arrive_by).then_some(next)
}
