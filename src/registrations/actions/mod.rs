//! What people do with registrations: each a unit of work or part of one.
mod answers;
mod book;
mod change;
mod desk;
mod facility;
mod hold;
mod powers;
mod session;
mod state;
mod waitlist;

pub(crate) use answers::{answer, read_answers};
pub(crate) use book::book_for;
pub use book::{Booking, Way, book};
pub(crate) use change::{accept, change_body_before_gift, give_up_all, move_to, restore};
pub use change::{cancel, change_body, check_body, conclude};
pub(crate) use desk::{Arrival, WalkIn, check_in, check_in_by_ticket, receive_today, walk_in};
pub(crate) use hold::{HoldRequested, keep_places, name_people, owned as owned_hold, release};
pub use powers::Powers;
pub(crate) use session::change_session;
pub(crate) use state::set_state;
pub(crate) use waitlist::{expire_offer, offer_free, sweep};

use super::model::{Registration, RegistrationId, Visit, tally_of};
use super::rules::{self, Refusal};
use super::store::{self, Change};
use crate::drives::model::{Delta, Drive, TallyKey};
use crate::drives::tallies;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::config::Reminders;
use crate::platform::db::Conn;
use crate::platform::id::{Ids, PersonId};
use crate::platform::jobs::Stamp;
use crate::platform::problem::Problem;
use chrono::TimeDelta;
use std::sync::Arc;
use uuid::Uuid;

/// Who does something and when, where ids come from, and how long people are waited for.
#[derive(Debug, Clone)]
pub struct Deed {
    /// Who does it.
    pub by: PersonId,
    /// When.
    pub now: Moment,
    /// How long an offered place waits.
    pub offer_for: TimeDelta,
    /// How long after the start of their slot somebody who has not come counts as absent.
    pub absent_after: TimeDelta,
    /// When people are told of what lies ahead of them or just behind.
    pub hours: Hours,
    ids: Arc<Ids>,
}

/// When people are told of what lies ahead of them or just behind.
#[derive(Debug, Clone, Copy)]
pub struct Hours {
    /// So long before they are expected.
    pub soon: TimeDelta,
    /// The hour of the same evening.
    pub evening: u32,
    /// The hour of the day after.
    pub care: u32,
}

impl Hours {
    fn of(settings: &Reminders) -> Self {
        Self {
            soon: TimeDelta::minutes(settings.soon_minutes),
            evening: settings.evening_hour,
            care: settings.care_hour,
        }
    }
}

impl Deed {
    /// Done by this person at this moment.
    pub fn of(app: &App, by: PersonId) -> Self {
        let settings = &app.settings.registrations;
        Self {
            by,
            now: app.now(),
            offer_for: TimeDelta::minutes(settings.offer_minutes),
            absent_after: TimeDelta::minutes(settings.no_show_minutes),
            hours: Hours::of(&app.settings.reminders),
            ids: app.ids.clone(),
        }
    }

    /// A new identifier.
    pub fn id<T: From<Uuid>>(&self) -> T {
        self.ids.next(self.now).into()
    }

    /// A stamp for one job row.
    pub fn stamp(&self) -> Stamp {
        Stamp {
            id: self.id(),
            now: self.now,
        }
    }
}

impl Visit {
    /// A registration with its drive, whoever asks.
    pub fn find(conn: &mut Conn, id: RegistrationId) -> Result<Self, Problem> {
        Ok(store::find_visit(conn, id)?)
    }

    /// Whether what was recorded of it may still change: until the drive is signed.
    pub fn may_change(&self) -> Result<(), Problem> {
        Ok(rules::may_record(&self.drive)?)
    }
}

/// Writes what a registration becomes; the places and sums that follow are the caller's.
fn apply(conn: &mut Conn, visit: &Visit, change: &Change) -> Result<Visit, Problem> {
    if !store::change(conn, &visit.registration, change)? {
        return Err(Refusal::Changed.into());
    }
    let registration = Registration {
        session: change.session,
        slot: change.slot,
        state: change.state,
        mobilised_by: change.mobilised_by,
        hold: change.hold,
        is_walk_in: change.is_walk_in,
        held_on: change.held_on,
        offered_until: change.offered_until,
        checked_in_at: change.checked_in_at,
        ..visit.registration.clone()
    };
    Ok(Visit {
        registration,
        drive: visit.drive.clone(),
    })
}

/// Moves the sums from what a registration was to what it is.
fn count(conn: &mut Conn, before: &Visit, after: &Visit) -> Result<(), Problem> {
    let (was, is) = (before.registration.state, after.registration.state);
    let (from, to) = (before.tally(), after.tally());
    if from == to {
        let (was, is) = (was.counts(), is.counts());
        let delta = Delta {
            registered: is.registered - was.registered,
            attended: is.attended - was.attended,
            ..Delta::default()
        };
        return record(conn, &to, &delta);
    }
    record(conn, &from, &was.counts().taken_back())?;
    record(conn, &to, &is.counts())
}

fn record(conn: &mut Conn, key: &TallyKey, delta: &Delta) -> Result<(), Problem> {
    if *delta == Delta::default() {
        return Ok(());
    }
    Ok(tallies::record(conn, key, delta)?)
}

/// Counts a registration that was not there before.
fn count_new(conn: &mut Conn, drive: &Drive, new: &Registration) -> Result<(), Problem> {
    let key = tally_of(drive, new.held_on, new.mobilised_by);
    record(conn, &key, &new.state.counts())
}
