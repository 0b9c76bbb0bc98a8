//! Gathers what decides whether somebody may be written to, and asks the rule.
use super::model::{Address, Purpose, Reach, Reserve};
use super::rules::{Able, Contact, QuietHours, Refusal, Stop, Week, Word, may_contact};
use super::store::stops::{self, Stopped};
use super::store::{sent_since, wishes};
use crate::platform::App;
use crate::platform::app::ReachHook;
use crate::platform::clock::Moment;
use crate::platform::config::Settings;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::seal::Keys;
use chrono::TimeDelta;
use diesel::QueryResult;
use std::sync::Arc;

/// Asks for one person after another whether they may be written to at one moment: for senders, and for previews.
pub struct Judge {
    keys: Keys,
    hook: ReachHook,
    settings: Arc<Settings>,
    now: Moment,
}

/// What was found of somebody.
#[derive(Debug)]
pub struct Judged {
    /// Who and where; none when erased.
    pub reach: Option<Reach>,
    /// Whether they may be written to now.
    pub verdict: Result<(), Refusal>,
}

impl Judge {
    /// With the settings and at the moment of `app`.
    pub fn of(app: &App) -> Self {
        Self {
            keys: app.keys.clone(),
            hook: app.hooks.reach,
            settings: app.settings.clone(),
            now: app.now(),
        }
    }

    /// The same at another moment.
    #[must_use]
    pub fn at(self, now: Moment) -> Self {
        Self { now, ..self }
    }

    /// Whether this person may be written to for this purpose now.
    pub fn ask(&self, conn: &mut Conn, person: PersonId, purpose: Purpose) -> QueryResult<Judged> {
        let asked = crate::platform::app::Reaching {
            keys: &self.keys,
            zone: self.settings.site.time_zone,
            now: self.now,
            purpose,
            reserve_cover: self.settings.calls.reserve_cover,
        };
        let Some(mut reach) = (self.hook)(conn, &asked, person)? else {
            return Ok(Judged {
                reach: None,
                verdict: Err(Refusal::Gone),
            });
        };
        let stopped = stops::of(conn, &reach.lookups())?;
        drop_bounced(&stopped, &mut reach);
        heed_wishes(conn, person, &mut reach)?;
        let week = self.week(conn, person, purpose)?;
        let contact = self.contact(purpose, &reach, (&stopped, week));
        Ok(Judged {
            verdict: may_contact(&contact),
            reach: Some(reach),
        })
    }

    fn contact(
        &self,
        purpose: Purpose,
        reach: &Reach,
        (stopped, week): (&[Stopped], Week),
    ) -> Contact {
        let has_agreed = purpose
            .consent()
            .is_none_or(|consent| reach.agreed.contains(consent));
        Contact {
            purpose,
            entry: reach.entry,
            consent: if has_agreed { Word::Yes } else { Word::No },
            stop: if stopped.iter().any(|one| one.forbids(purpose)) {
                Stop::Asked
            } else {
                Stop::None
            },
            able: if reach.is_deferred {
                Able::NotYet
            } else {
                Able::Yes
            },
            reserve: reach.reserve,
            local: self.now.with_timezone(&reach.to.zone).naive_local(),
            quiet: QuietHours::by(&self.settings.notices),
            week,
        }
    }

    fn week(&self, conn: &mut Conn, person: PersonId, purpose: Purpose) -> QueryResult<Week> {
        let caps = &self.settings.notices.per_week;
        let most = match purpose {
            Purpose::Call => caps.call,
            Purpose::Reminder => caps.reminder,
            Purpose::FollowUp => caps.follow_up,
            Purpose::Thanks => caps.thanks,
            _ => i64::MAX,
        };
        if most == i64::MAX {
            return Ok(Week {
                sent: 0,
                sent_in_all: 0,
                most,
                most_in_all: most,
            });
        }
        let sent = sent_since(conn, person, self.now - TimeDelta::days(7))?;
        let counted = sent.iter().filter(|(purpose, _)| purpose.is_counted());
        Ok(Week {
            sent: sent.get(&purpose).copied().unwrap_or_default(),
            sent_in_all: counted.map(|(_, times)| times).sum(),
            most,
            most_in_all: caps.in_all,
        })
    }
}

impl Reach {
    /// The marks of everything somebody is reached by: a stop on one holds for all.
    fn lookups(&self) -> Vec<&str> {
        let ways = self.email.iter().chain(&self.phone).chain(&self.unused);
        ways.map(|way| way.lookup.as_str()).collect()
    }
}

/// Where their day begins, by which way they wish to be reached, and whether calls may come at night.
fn heed_wishes(conn: &mut Conn, person: PersonId, reach: &mut Reach) -> QueryResult<()> {
    let Some(said) = wishes::find(conn, person)? else {
        return Ok(());
    };
    if let Some(zone) = said.time_zone.and_then(|zone| zone.parse().ok()) {
        reach.to.zone = zone;
    }
    reach.wished = said.channel;
    if said.nights && reach.reserve == Reserve::Day {
        reach.reserve = Reserve::Nights;
    }
    Ok(())
}

/// An address whose server knows it no more is as good as none.
fn drop_bounced(stopped: &[Stopped], reach: &mut Reach) {
    let dead = |way: &Address| {
        let mut theirs = stopped.iter().filter(|one| one.lookup == way.lookup);
        theirs.any(Stopped::is_dead)
    };
    let email = reach.email.take_if(|way| dead(way));
    let phone = reach.phone.take_if(|way| dead(way));
    reach.unused.extend(email.into_iter().chain(phone));
}
