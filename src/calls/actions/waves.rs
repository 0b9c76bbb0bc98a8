//! Asking: who is asked next, and when the wave after that is due.
use super::place_of;
use crate::calls::letters;
use crate::calls::model::{Ask, Call, CallState};
use crate::calls::rules::{self, Refusal};
use crate::calls::store;
use crate::donors::reach::Need;
use crate::platform::clock::Moment;
use crate::platform::config::Calls;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use crate::{blood, donors, organisations};
use chrono::{Days, TimeDelta};
use chrono_tz::Tz;

/// How calls are asked for, as this installation wants it.
#[derive(Debug, Clone)]
pub(crate) struct Manner {
    /// Reach, rest, size and pace of waves.
    pub calls: Calls,
    /// The zone in which a day begins.
    pub zone: Tz,
}

/// Asks the nearest who may give, so many as the missing units want; answers how many.
pub(crate) fn wave(
    conn: &mut Conn,
    deed: &Deed,
    call: &Call,
    manner: &Manner,
) -> Result<usize, Problem> {
    let counts = store::counts(conn, call.id)?;
    let limit = rules::wave_size(call.units, &counts, manner.calls.asks_per_unit);
    let site = organisations::find(conn, call.give_at)?;
    let today = deed.now.date_in(manner.zone);
    let need = Need {
        groups: blood::donors_for(call.component, call.blood_group, call.widening()),
        at: place_of(&site)?,
        within_km: manner.calls.within_km,
        on: call.arrive_by.date_in(manner.zone),
        not_asked_since: today
            - Days::new(u64::try_from(manner.calls.rest_days).unwrap_or_default()),
        limit,
    };
    let found = if limit == 0 {
        Vec::new()
    } else {
        donors::reach::nearest(conn, &need)?
    };
    let asks: Vec<Ask> = found
        .iter()
        .map(|near| ask(deed, call, near.person, near.distance_m, counts.waves + 1))
        .collect();
    let persons: Vec<PersonId> = asks.iter().map(|ask| ask.person).collect();
    store::insert_asks(conn, &asks)?;
    donors::reach::mark_asked(conn, &persons, today)?;
    letters::ask(conn, deed, call, &asks)?;
    Ok(asks.len())
}

fn ask(deed: &Deed, call: &Call, person: PersonId, distance_m: i64, wave: i32) -> Ask {
    Ask {
        id: deed.id(),
        call: call.id,
        person,
        wave,
        distance_m: i32::try_from(distance_m).unwrap_or(i32::MAX),
        answer: None,
        arriving_at: None,
        answered_at: None,
        registration: None,
        created_at: deed.now,
    }
}

/// A wave by a coordinator's word, besides those that come by themselves.
pub(crate) fn force_wave(
    conn: &mut Conn,
    deed: &Deed,
    call: &Call,
    manner: &Manner,
) -> Result<usize, Problem> {
    if call.state != CallState::Asking || call.arrive_by <= deed.now {
        return Err(Refusal::NothingMissing.into());
    }
    wave(conn, deed, call, manner)
}

/// When the next wave is due, if there is still time for one.
pub(crate) fn next_wave(call: &Call, now: Moment, manner: &Manner) -> Option<Moment> {
    let next = now + TimeDelta::minutes(manner.calls.wave_minutes.max(1));
    (next < call.arrive_by).then_some(next)
}
