//! How often somebody may try something, so that one caller cannot wear the service or a secret out.
use super::config::Settings;
use super::problem::{Kind, Problem};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The gates of this process. What must hold across processes (tries of a code) is counted in rows instead.
pub struct Gates {
    sign_ins: DefaultKeyedRateLimiter<String>,
    bookings: DefaultKeyedRateLimiter<String>,
    verify: DefaultKeyedRateLimiter<String>,
    checks: DefaultKeyedRateLimiter<String>,
    passwords: DefaultKeyedRateLimiter<String>,
    accounts: DefaultKeyedRateLimiter<String>,
    hashing: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

/// What is being tried.
#[derive(Debug, Clone, Copy)]
pub enum Gate {
    /// Sign-ins, codes, resets: by address.
    SignIn,
    /// Bookings: by person.
    Booking,
    /// Questions of strangers whether they may give: by address.
    Check,
    /// Codes of messages tried out: by address.
    Verify,
    /// Passwords of one account tried from one address.
    Password,
    /// Passwords of one account tried from anywhere: wider, so that whoever guesses from many places slows the true
    /// user down but keeps them out no longer than seconds.
    Account,
}

impl Gates {
    /// Gates as wide as the settings say.
    pub fn new(settings: &Settings) -> Self {
        Self {
            sign_ins: per_minute(settings.limits.sign_ins_per_minute),
            bookings: per_minute(settings.limits.bookings_per_minute),
            verify: per_minute(settings.limits.verifications_per_minute),
            checks: per_minute(settings.limits.checks_per_minute),
            passwords: per_minute(settings.limits.passwords_per_minute),
            accounts: per_minute(settings.limits.passwords_per_minute.saturating_mul(6)),
            hashing: Arc::new(Semaphore::new(settings.accounts.argon_at_once)),
            waiting: Arc::new(Semaphore::new(settings.accounts.argon_waiting)),
        }
    }

    /// Lets `who` through, or says in how many seconds to come back.
    pub fn pass(&self, gate: Gate, who: &str) -> Result<(), Problem> {
        let limiter = match gate {
            Gate::SignIn => &self.sign_ins,
            Gate::Booking => &self.bookings,
            Gate::Verify => &self.verify,
            Gate::Check => &self.checks,
            Gate::Password => &self.passwords,
            Gate::Account => &self.accounts,
        };
        limiter.check_key(&who.to_owned()).map_err(|until| {
            let wait = until
                .wait_time_from(DefaultClock::default().now())
                .as_secs()
                + 1;
            Problem::from(&Kind::TOO_MANY_REQUESTS).retry_after(u32::try_from(wait).unwrap_or(60))
        })
    }
}

impl Gates {
    /// Waits for a turn to hash a password, which takes a core and much memory; refused when too many wait already.
    pub async fn turn_to_hash(&self) -> Result<HashTurn, Problem> {
        let overloaded = || Problem::from(&Kind::OVERLOADED).retry_after(2);
        let waiting = self.waiting.clone().try_acquire_owned();
        let waiting = waiting.map_err(|_full| overloaded())?;
        let turn = self.hashing.clone().acquire_owned().await;
        drop(waiting);
        turn.map(HashTurn).map_err(|_closed| overloaded())
    }
}

/// The right to hash, given back when dropped.
#[derive(Debug)]
pub struct HashTurn(#[expect(dead_code, reason = "held, not read")] OwnedSemaphorePermit);

fn per_minute(times: u32) -> DefaultKeyedRateLimiter<String> {
    RateLimiter::keyed(Quota::per_minute(
        NonZeroU32::new(times).unwrap_or(NonZeroU32::MIN),
    ))
}
