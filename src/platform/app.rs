//! What every handler and job can reach.
use super::clock::{Clock, Moment};
use super::config::Settings;
use super::db::{Conn, Db};
use super::gates::Gates;
use super::http::caller::Standing;
use super::id::{AnyId, Ids, PersonId, SignInId};
use super::notices::{Mailer, Net, Purpose, Reach};
use super::problem::Problem;
use super::seal::Keys;
use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::QueryResult;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// Where chance comes from: the operating system in service, a seed in tests.
#[derive(Debug)]
pub enum Chance {
    /// The operating system's source.
    System,
    /// Repeats itself from a seed.
    Seeded(Box<Mutex<rand::rngs::StdRng>>),
}

impl Chance {
    /// Fills `bytes` so that nobody can guess them (unless a test asked for a seed).
    pub fn fill(&self, bytes: &mut [u8]) {
        use rand::{RngCore, TryRngCore};
        match self {
            Self::System => rand::rngs::OsRng.unwrap_err().fill_bytes(bytes),
            Self::Seeded(source) => {
                if let Ok(mut source) = source.lock() {
                    source.fill_bytes(bytes);
                }
            }
        }
    }

    /// `N` bytes that nobody can guess.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

/// What subjects further right still do in the same transaction.
pub type FollowUp = Box<dyn FnOnce(&mut Conn) -> Result<(), Problem> + Send>;

/// What finding out about a person needs.
#[derive(Clone, Copy)]
pub struct Reaching<'a> {
    /// To open contacts.
    pub keys: &'a Keys,
    /// The site's zone, where a person has said no other.
    pub zone: Tz,
    /// This moment.
    pub now: Moment,
    /// Why they would be written to.
    pub purpose: Purpose,
    /// So many others of their group should stay ready in a reserve while one is away.
    pub reserve_cover: usize,
}

/// Finds out where, how and about what a person may be written to.
pub type ReachHook = fn(&mut Conn, &Reaching<'_>, PersonId) -> QueryResult<Option<Reach>>;

/// What the platform must ask of subjects it may not know: handed in by the page of routes.
#[derive(Clone, Copy)]
pub struct Hooks {
    /// Who stands behind a sign-in, with the grants of this moment; none when it is over.
    pub standing: fn(&mut Conn, SignInId, Moment) -> QueryResult<Option<Standing>>,
    /// Where and in which language a person is written to, and what decides whether; none when erased.
    pub reach: ReachHook,
    /// What follows when a person's birth date, sex or place has changed: the subjects that keep copies stand right of
    /// people and cannot be called from there.
    pub person_changed: fn(&App, PersonId) -> Result<FollowUp, Problem>,
    /// What a person who leaves gives back to others: places, and what they promised.
    pub person_left: fn(&App, PersonId) -> FollowUp,
    /// What follows when a slot has more places than before.
    pub places_added: fn(&App, AnyId) -> FollowUp,
}

/// Everything outside a request, as values: tests own each of them.
pub struct App {
    /// The database.
    pub db: Db,
    /// The settings, fixed at start.
    pub settings: Arc<Settings>,
    /// What time it is.
    pub clock: Clock,
    /// Where identifiers come from.
    pub ids: Arc<Ids>,
    /// Where chance comes from.
    pub chance: Chance,
    /// Keys for sealing, looking up, signing.
    pub keys: Keys,
    /// How mails leave.
    pub mailer: Mailer,
    /// How requests to push services and the gateway leave.
    pub net: Net,
    /// What subjects hand in.
    pub hooks: Hooks,
    /// How often somebody may try something.
    pub gates: Gates,
    /// Set when the process was asked to end: it is then no longer ready.
    pub stopping: AtomicBool,
}

impl App {
    /// This moment.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Today in the site's zone.
    pub fn today(&self) -> NaiveDate {
        self.now().date_in(self.settings.site.time_zone)
    }

    /// Whether the process was asked to end.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// A new identifier: `app.id::<DriveId>()`.
    pub fn id<T: From<uuid::Uuid>>(&self) -> T {
        self.ids.next(self.now()).into()
    }

    /// A source of chance of its own, for sealing: as hard to guess as what it grows from.
    pub fn rng(&self) -> rand::rngs::StdRng {
        rand::SeedableRng::from_seed(self.chance.bytes())
    }

    /// An address on this site, for messages: `app.link("/d/…")`.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.settings.site.public_url)
    }
}
