//! Asking: a wave goes out, and the wave after it is queued.
use super::picking::Pick;
use super::planning::{Planning, Urge};
use crate::calls::letters;
use crate::calls::model::{Ask, Call, Night};
use crate::calls::{jobs, store};
use crate::donors::reach;
use crate::platform::config::Calls;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::notices::rules::QuietHours;
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
    /// The hours in which nothing rings.
    pub quiet: QuietHours,
}

impl Manner {
    /// When people sleep.
    pub(super) fn night(&self) -> Night {
        Night {
            quiet: self.quiet,
            zone: self.zone,
        }
    }
}

/// Asks the next donors; answers how many, and how long to wait for them, if there is time for a wave after it.
pub(super) fn wave(
    conn: &mut Conn,
    deed: &Deed,
    (call, urge): (&Call, Urge),
    manner: &Manner,
) -> Result<(usize, Option<TimeDelta>), Problem> {
    let counts = store::counts(conn, call.id)?;
    let planning = Planning::of(conn, call, (deed.now, manner))?;
    let chosen = planning.choose(conn, counts.missing(call.units), urge)?;
    // Another call may want the same donors at this moment: who is taken here is left to nobody else.
    let persons: Vec<PersonId> = chosen.iter().map(|one| one.pick.person).collect();
    let today = deed.now.date_in(manner.zone);
    let claimed = reach::claim(conn, &persons, today, planning.rested_before())?;
    let claimed: HashSet<PersonId> = claimed.into_iter().collect();
    let asks: Vec<Ask> = chosen
        .iter()
        .filter(|one| claimed.contains(&one.pick.person))
        .map(|one| Ask {
            chance: Some(one.chance.value()),
            habit: Some(one.habit.index()),
            ..ask(deed, call, &one.pick, counts.waves + 1)
        })
        .collect();
    store::insert_asks(conn, &asks)?;
    letters::ask(conn, deed, call, &asks)?;
    Ok((asks.len(), planning.wait()))
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
        habit: None,
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
    let (asked, wait) = wave(conn, deed, (call, Urge::Due), manner)?;
    if let Some(wait) = wait {
        jobs::wave_at(conn, deed, call, deed.now + wait)?;
    }
    Ok(asked)
}
