//! Whom a call asks: first who stands by, then the near, then the farther.
use super::place_of;
use super::waves::Manner;
use crate::blood;
use crate::calls::model::{Call, CallPath, Ring, Scope};
use crate::calls::rules;
use crate::calls::store::{self, Peace};
use crate::donors;
use crate::donors::model::NEVER;
use crate::donors::reach::{self, Candidate, Duty, Need};
use crate::eligibility::find_rules;
use crate::organisations::{self, Organisation, OrganisationKind};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::problem::Problem;
use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use std::collections::HashSet;

/// Somebody to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::calls) struct Pick {
    /// Who.
    pub(in crate::calls) person: PersonId,
    /// Metres as the crow flies.
    pub(in crate::calls) distance_m: i64,
    /// From how far.
    pub(in crate::calls) ring: Ring,
    /// Whether their blood was tested beforehand.
    pub(in crate::calls) is_tested: bool,
}

/// A call with its place and whom it may ask at this moment.
pub(in crate::calls) struct Search<'a> {
    pub(in crate::calls) call: &'a Call,
    pub(in crate::calls) site: Organisation,
    pub(in crate::calls) now: Moment,
    pub(in crate::calls) manner: &'a Manner,
}

const QUARTER_DAYS: i64 = 91;
/// More is never read at once.
const EVERYONE: usize = 100_000;

impl<'a> Search<'a> {
    pub(in crate::calls) fn of(
        conn: &mut Conn,
        call: &'a Call,
        (now, manner): (Moment, &'a Manner),
    ) -> Result<Self, Problem> {
        let site = organisations::find(conn, call.give_at)?;
        Ok(Self {
            call,
            site,
            now,
            manner,
        })
    }

    /// The last day on which somebody may come.
    fn on(&self) -> NaiveDate {
        self.call.arrive_by.date_in(self.manner.zone)
    }

    fn today(&self) -> NaiveDate {
        self.now.date_in(self.manner.zone)
    }

    /// Who was last asked before this day has rested.
    pub(in crate::calls) fn rested_before(&self) -> NaiveDate {
        let rest = u64::try_from(self.manner.calls.rest_days).unwrap_or_default();
        self.today() - Days::new(rest)
    }

    /// Whom to look for; whether they rest is asked apart.
    pub(in crate::calls) fn need(&self, limit: usize) -> Result<Need, Problem> {
        let call = self.call;
        Ok(Need {
            groups: blood::donors_for(call.component, call.blood_group, call.widening()),
            at: place_of(&self.site)?,
            within_km: self.manner.calls.within_km,
            on: self.on(),
            not_asked_since: NEVER,
            limit,
        })
    }

    /// On the rare path a place at a drive some days ahead keeps nobody: the drive can wait.
    pub(super) fn peace(&self) -> Peace {
        Peace {
            call: self.call.id,
            now: self.now,
            today: self.today(),
            rested_before: Some(self.rested_before()),
            asked_since: self.now + TimeDelta::days(-QUARTER_DAYS),
            most_asks: self.manner.calls.asks_per_quarter,
            booked_until: (self.call.path == CallPath::Rare).then(|| self.on()),
        }
    }

    pub(in crate::calls) fn duty(&self) -> Duty {
        Duty {
            month: self.today().month(),
            is_night: self.manner.night().is_at(self.now),
        }
    }

    /// When somebody of this ring would hear who is asked now.
    pub(super) fn heard_at(&self, ring: Ring) -> Moment {
        self.manner.night().heard_at(self.now, ring)
    }

    /// At most so many to ask now, in the order in which they are asked.
    pub(in crate::calls) fn pick(
        &self,
        conn: &mut Conn,
        most: usize,
    ) -> Result<Vec<Pick>, Problem> {
        if most == 0 {
            return Ok(Vec::new());
        }
        let mut read = most + most / 4 + 20;
        loop {
            let rested = Need {
                not_asked_since: self.rested_before(),
                ..self.need(read)?
            };
            let found = self.hearing_in_time(conn, &rested)?;
            let is_all = found.len() < read || read >= EVERYONE;
            let mut fit = self.fitting(conn, &found, most)?;
            if fit.len() >= most || is_all {
                fit.truncate(most);
                return Ok(fit);
            }
            read *= 4;
        }
    }

    /// Everyone, or at night the reserve alone where the others would hear of it too late.
    fn hearing_in_time(&self, conn: &mut Conn, need: &Need) -> Result<Vec<Pick>, Problem> {
        if self.heard_at(Ring::Near) < self.call.arrive_by {
            self.candidates(conn, need)
        } else {
            self.reserve(conn, need)
        }
    }

    fn reserve(&self, conn: &mut Conn, need: &Need) -> Result<Vec<Pick>, Problem> {
        let reserve = reach::standing_by(conn, need, self.duty())?;
        let picks = reserve.into_iter().map(|one| Pick {
            is_tested: one.tested_on.is_some(),
            ..pick(one.candidate, Ring::Reserve)
        });
        Ok(picks.collect())
    }

    /// The reserve before everyone else, nearest first.
    pub(in crate::calls) fn candidates(
        &self,
        conn: &mut Conn,
        need: &Need,
    ) -> Result<Vec<Pick>, Problem> {
        let mut seen: HashSet<PersonId> = HashSet::new();
        let mut picks = self.reserve(conn, need)?;
        let others = match self.call.scope {
            Scope::Reach => reach::nearest(conn, need)?,
            Scope::Province => {
                let province = province(conn, self.call.hospital)?;
                reach::suitable(conn, need, Some(province))?
            }
            Scope::Nation => reach::suitable(conn, need, None)?,
        };
        picks.extend(
            others
                .into_iter()
                .map(|one| pick(one, self.ring(need, one))),
        );
        picks.retain(|one| seen.insert(one.person));
        picks.truncate(need.limit);
        Ok(picks)
    }

    fn ring(&self, need: &Need, one: Candidate) -> Ring {
        if need.reaches(one.distance_m) {
            return rules::ring_of(one.distance_m, self.manner.calls.near_km);
        }
        match self.call.scope {
            Scope::Nation => Ring::Nation,
            Scope::Reach | Scope::Province => Ring::Province,
        }
    }

    /// Those of them, who have all rested, who are left in peace by nothing else, and may give by the facility's own rules too.
    fn fitting(&self, conn: &mut Conn, found: &[Pick], most: usize) -> Result<Vec<Pick>, Problem> {
        let peace = Peace {
            rested_before: None,
            ..self.peace()
        };
        let (mut fit, mut unread) = (Vec::new(), found);
        // Most of those looked for are fit: so many are asked about as are still missing, and a few more.
        while fit.len() < most && !unread.is_empty() {
            let missing = most - fit.len();
            let (now, later) = unread.split_at(unread.len().min(missing + missing / 8 + 8));
            let persons: Vec<PersonId> = now.iter().map(|one| one.person).collect();
            let reasons = store::reasons(conn, &persons, &peace)?;
            let suited = self.suited(conn, &persons)?;
            let suits = |one: &Pick| suited.as_ref().is_none_or(|all| all.contains(&one.person));
            let fine = now
                .iter()
                .filter(|one| suits(one) && !reasons.contains_key(&one.person));
            fit.extend(fine.take(missing));
            unread = later;
        }
        Ok(fit)
    }

    /// Those of them who may give by the facility's own rules; none where it has none on that day.
    fn suited(
        &self,
        conn: &mut Conn,
        found: &[PersonId],
    ) -> Result<Option<HashSet<PersonId>>, Problem> {
        let Some(id) = &self.site.rule_set else {
            return Ok(None);
        };
        let own = find_rules(id).map_err(Problem::internal)?;
        if own.valid_from() > self.on() {
            return Ok(None);
        }
        Ok(Some(donors::able_under(conn, own, found, self.on())?))
    }
}

fn pick(one: Candidate, ring: Ring) -> Pick {
    Pick {
        person: one.person,
        distance_m: one.distance_m,
        ring,
        is_tested: false,
    }
}

/// The province a body lies in; where there is none, the body itself, so that only who is within reach is asked.
fn province(conn: &mut Conn, body: OrganisationId) -> Result<OrganisationId, Problem> {
    let line = organisations::ancestors(conn, body)?;
    let province = line
        .into_iter()
        .find(|one| one.kind == OrganisationKind::Province);
    Ok(province.map_or(body, |province| province.id))
}
