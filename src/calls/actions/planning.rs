//! Whom the next wave asks: the fewest who will do, by what their answers and gifts say of them.
use super::picking::{Pick, Search};
use super::waves::Manner;
use crate::calls::model::{Call, CallPath};
use crate::calls::store;
use crate::calls::waves::{
    Chance, Habit, Learnt, Need, Offer, Pace, Plan, Seen, Traits, Waiting, candidates, wait,
};
use crate::platform::clock::Moment;
use crate::platform::config::Settings;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use chrono::{NaiveDate, TimeDelta};
use diesel::QueryResult;
use std::collections::HashMap;

/// Somebody to ask, with what is known of them and how likely they come.
#[derive(Debug, Clone, Copy)]
pub(in crate::calls) struct Chosen {
    pub(in crate::calls) pick: Pick,
    pub(in crate::calls) habit: Habit,
    pub(in crate::calls) chance: Chance,
}

/// Whether those who were asked already are waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::calls) enum Urge {
    /// They are: the wave is due by itself.
    Due,
    /// They are not: a coordinator wants more to be asked.
    Pressed,
}

/// On the rare path more are never asked at once.
const EVERYONE: usize = 10_000;

/// A call at the moment of a wave, with what the answers so far taught.
pub(in crate::calls) struct Planning<'a> {
    search: Search<'a>,
    learnt: Learnt,
    pace: Pace,
}

impl<'a> Planning<'a> {
    pub(in crate::calls) fn of(
        conn: &mut Conn,
        call: &'a Call,
        (now, manner): (Moment, &'a Manner),
    ) -> Result<Self, Problem> {
        let learnt = manner.learnt(conn)?;
        Ok(Self {
            pace: manner.pace(learnt.delay),
            learnt,
            search: Search::of(conn, call, (now, manner))?,
        })
    }

    /// Who has rested was last asked before this day.
    pub(in crate::calls) fn rested_before(&self) -> NaiveDate {
        self.search.rested_before()
    }

    fn left(&self) -> TimeDelta {
        *self.search.call.arrive_by - *self.search.now
    }

    /// How long to wait for answers before the wave after this one, if there is time for one.
    pub(in crate::calls) fn wait(&self) -> Option<TimeDelta> {
        wait(self.left(), &self.pace)
    }

    /// Whom to ask now, where so many units are missing.
    pub(in crate::calls) fn choose(
        &self,
        conn: &mut Conn,
        missing: i64,
        urge: Urge,
    ) -> Result<Vec<Chosen>, Problem> {
        let missing = usize::try_from(missing).unwrap_or_default();
        if missing == 0 {
            return Ok(Vec::new());
        }
        if self.search.call.path == CallPath::Rare {
            let picks = self.search.pick(conn, EVERYONE)?;
            return Ok(self.known(conn, picks)?);
        }
        let waiting = match urge {
            Urge::Due => self.waiting(conn)?,
            Urge::Pressed => Vec::new(),
        };
        let left = self.left();
        let plan = Plan::of(&Need { missing, left }, &waiting, &self.pace);
        if plan.is_enough() {
            return Ok(Vec::new());
        }
        self.fewest(conn, &plan, candidates(missing))
    }

    /// The fewest who will do, of so many that are looked at first.
    fn fewest(
        &self,
        conn: &mut Conn,
        plan: &Plan<'_>,
        mut most: usize,
    ) -> Result<Vec<Chosen>, Problem> {
        loop {
            let picks = self.search.pick(conn, most)?;
            let is_all = picks.len() < most || most >= EVERYONE;
            let known = self.known(conn, picks)?;
            let offers = known.iter().enumerate();
            let offers = offers.map(|(at, one)| self.offer(at, one)).collect();
            let wave = plan.clone().wave(offers);
            // As many as were looked at may not be enough: then there are more to look at.
            if is_all || wave.len() < known.len() {
                let chosen = wave.iter().filter_map(|offer| known.get(offer.who));
                return Ok(chosen.copied().collect());
            }
            most = most.saturating_mul(4).min(EVERYONE);
        }
    }

    fn offer(&self, who: usize, one: &Chosen) -> Offer<usize> {
        let traits = self.search.manner.traits(
            (one.pick.ring, one.pick.distance_m),
            one.habit,
            self.search.heard_at(one.pick.ring),
        );
        Offer {
            who,
            turn: turn(traits, one.pick.is_tested),
            distance_m: one.pick.distance_m,
            chance: one.chance,
            hears_in: *self.search.heard_at(one.pick.ring) - *self.search.now,
        }
    }

    /// Those who were asked and are silent so far.
    fn waiting(&self, conn: &mut Conn) -> QueryResult<Vec<Waiting>> {
        let silent = store::silent(conn, self.search.call.id)?;
        let night = self.search.manner.night();
        let each = silent.into_iter();
        Ok(each
            .map(|(chance, (asked_at, ring), distance_m)| Waiting {
                chance: chance.map_or(self.learnt.priors.others, Chance::of),
                silent: *self.search.now - *night.heard_at(asked_at, ring),
                distance_m: distance_m.into(),
            })
            .collect())
    }

    /// How likely each of them comes.
    fn known(&self, conn: &mut Conn, picks: Vec<Pick>) -> QueryResult<Vec<Chosen>> {
        let Search { now, manner, .. } = self.search;
        let persons: Vec<PersonId> = picks.iter().map(|pick| pick.person).collect();
        let since = now + TimeDelta::days(-manner.calls.waves.memory_days);
        let mut own: HashMap<PersonId, Seen> = HashMap::new();
        for past in store::asks_of(conn, &persons, since)? {
            let one = own.entry(past.person).or_default();
            *one = *one + self.learnt.seen(&manner.asked(&past, now));
        }
        let gifts = store::gifts_of(conn, &persons)?;
        let today = now.date_in(manner.zone);
        let known = picks.into_iter().map(|pick| {
            let habit = habit(gifts.get(&pick.person), today);
            let heard_at = self.search.heard_at(pick.ring);
            let traits = manner.traits((pick.ring, pick.distance_m), habit, heard_at);
            let own = own.get(&pick.person).copied().unwrap_or_default();
            Chosen {
                pick,
                habit,
                chance: self.learnt.chance(traits, own),
            }
        });
        Ok(known.collect())
    }
}

/// First the reserve, of it first whose blood was tested beforehand, then the near, then the farther.
fn turn(traits: Traits, is_tested: bool) -> u8 {
    match (traits.is_reserve, is_tested) {
        (true, true) => 0,
        (true, false) => 1 + traits.ring,
        (false, _) => 4 + traits.ring,
    }
}

fn habit(gifts: Option<&(i64, Option<NaiveDate>)>, today: NaiveDate) -> Habit {
    let (gifts, last) = gifts.copied().unwrap_or_default();
    let gifts = i32::try_from(gifts).unwrap_or(i32::MAX);
    Habit::of(gifts, last.map(|last| today - last))
}

/// Whom the next wave of a call would ask, without asking them.
pub fn next_to_ask(
    conn: &mut Conn,
    call: &Call,
    (now, settings): (Moment, &Settings),
) -> Result<Vec<PersonId>, Problem> {
    let manner = Manner::by(settings);
    let planning = Planning::of(conn, call, (now, &manner))?;
    let missing = store::counts(conn, call.id)?.missing(call.units);
    let chosen = planning.choose(conn, missing, Urge::Due)?;
    Ok(chosen.iter().map(|one| one.pick.person).collect())
}
