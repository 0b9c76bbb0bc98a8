//! Recording one visit after the other, as the desk and the nurse would.
use crate::blood::{Component, UnitNumber, Volume};
use crate::donations::{self, Collected, Outcome};
use crate::donors::model::DeferralId;
use crate::drives::model::{Drive, SessionId};
use crate::eligibility::{RuleSet, find_rules};
use crate::imports::actions::{Reach, newcomer, unreadable};
use crate::imports::model::GivenOutcome;
use crate::imports::rules::entry::Entry;
use crate::imports::store::made::Made;
use crate::imports::store::visits::{self, Visiting};
use crate::people;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, PersonId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::seal::Sealed;
use crate::registrations;
use crate::registrations::model::{Arrival, Deed, Visit, WalkIn};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The code of a deferral of which only the doctor's day is known.
const BY_DOCTOR: &str = "doctor_decision";

/// What recording the visits of one drive needs.
pub(super) struct Recording<'a> {
    app: &'a App,
    reach: &'a Reach,
    drive: &'a Drive,
    deed: Deed,
    nation: &'static RuleSet,
    registered: HashMap<PersonId, Visiting>,
    sessions: Vec<(SessionId, NaiveDate, Moment)>,
}

impl<'a> Recording<'a> {
    pub(super) fn new(
        conn: &mut Conn,
        app: &'a App,
        (reach, drive): (&'a Reach, &'a Drive),
    ) -> Result<Self, Problem> {
        let registered = visits::registered(conn, drive.id)?;
        let by_person = registered.into_iter().map(|visit| (visit.person, visit));
        Ok(Self {
            app,
            reach,
            drive,
            deed: Deed::of(app, reach.person),
            nation: find_rules(&app.settings.eligibility.rule_set).map_err(Problem::internal)?,
            registered: by_person.collect(),
            sessions: visits::sessions(conn, drive.id)?,
        })
    }

    /// Records one visit; the row's number is the caller's.
    pub(super) fn record(
        &self,
        conn: &mut Conn,
        who: Option<PersonId>,
        entry: &Entry,
    ) -> Result<Made, Problem> {
        let known = who.and_then(|person| self.registered.get(&person));
        let day = entry.given_on.or(known.map(|visit| visit.held_on));
        let (session, _, starts_at) = self.session(day)?;
        let mut made = match known {
            Some(visit) => Made {
                registration: Some(visit.id),
                was: Some(visit.state),
                ..self.nothing(visit.person)
            },
            None => self.receive(conn, who, (entry, session))?,
        };
        let Some(registration) = made.registration else {
            return Ok(made);
        };
        let visit = Visit::find(conn, registration)?;
        match entry.outcome {
            Some(GivenOutcome::Collected) => {
                let collected = self.collected(entry, starts_at)?;
                let of = (&visit, self.nation);
                donations::collect(conn, &self.deed, of, (&collected, None))?;
                made.donation = Some(AnyId(collected.id.0));
            }
            Some(GivenOutcome::Deferred) => {
                made.deferral = self.defer(conn, &visit, entry)?;
            }
            _ => self.conclude(conn, &visit, &Outcome::Left)?,
        }
        Ok(made)
    }

    fn nothing(&self, person: PersonId) -> Made {
        Made::of(self.app.id(), 0, person)
    }

    /// The drive's session on that day; where no day is said, its only one.
    fn session(&self, day: Option<NaiveDate>) -> Result<(SessionId, NaiveDate, Moment), Problem> {
        let refused = |key| Problem::field("session", Phrase::new(key));
        let today = self.deed.now.date_in(self.drive.zone());
        let found = match (day, self.sessions.as_slice()) {
            (None, [only]) => *only,
            (None, _) => return Err(refused(keys::IMPORT_SESSION_NEEDED)),
            (Some(day), sessions) => {
                let on_day = sessions.iter().find(|(_, held_on, _)| *held_on == day);
                *on_day.ok_or_else(|| refused(keys::IMPORT_NO_SESSION_THAT_DAY))?
            }
        };
        if found.1 > today {
            return Err(refused(keys::IMPORT_DAY_TO_COME));
        }
        Ok(found)
    }

    /// Somebody who did not book.
    fn receive(
        &self,
        conn: &mut Conn,
        who: Option<PersonId>,
        (entry, session): (&Entry, SessionId),
    ) -> Result<Made, Problem> {
        let person = if let Some(person) = who {
            person
        } else {
            let newcomer = newcomer(self.app, entry)?;
            people::batch::insert_all(conn, std::slice::from_ref(&newcomer))?;
            newcomer.person.id
        };
        let walk_in = WalkIn {
            id: self.app.id(),
            drive: self.drive.id,
            session: Some(session),
            arrival: Arrival::Known(person),
            mobilised_by: None,
        };
        let received = registrations::walk_in(conn, &self.deed, &self.reach.powers, &walk_in)?;
        Ok(Made {
            is_new: who.is_none(),
            registration: Some(received.id),
            ..self.nothing(person)
        })
    }

    fn collected(&self, entry: &Entry, starts_at: Moment) -> Result<Collected, Problem> {
        let volume = entry
            .volume_ml
            .and_then(Volume::parse)
            .ok_or_else(|| unreadable(()))?;
        let number = entry.unit_number.as_deref().map(UnitNumber::parse);
        Ok(Collected {
            id: self.app.id(),
            gift: self.app.id(),
            component: entry.component.unwrap_or(Component::WholeBlood),
            volume,
            unit_number: number.transpose().map_err(unreadable)?,
            blood_group: entry.group,
            certificate_serial: entry.certificate.clone(),
            collected_at: Some(starts_at),
        })
    }

    fn defer(
        &self,
        conn: &mut Conn,
        visit: &Visit,
        entry: &Entry,
    ) -> Result<Option<AnyId>, Problem> {
        let until = entry.until.map(|until| {
            let id: DeferralId = self.app.id();
            let what = Sealed::new("deferrals.reason_sealed", id.0);
            let code = self.app.keys.seal(what, BY_DOCTOR, &mut self.app.rng());
            (id, code, until)
        });
        let deferral = until.as_ref().map(|(id, _, _)| AnyId(id.0));
        self.conclude(conn, visit, &Outcome::Deferred(until))?;
        Ok(deferral)
    }

    fn conclude(&self, conn: &mut Conn, visit: &Visit, outcome: &Outcome) -> Result<(), Problem> {
        donations::record_outcome(conn, &self.deed, (visit, self.nation), outcome).map(drop)
    }
}
