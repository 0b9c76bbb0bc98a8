//! How often somebody may try something, so that one caller cannot wear the service or a secret out.
use super::config::Settings;
use super::problem::{Kind, Problem};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The gates of this process. What must hold across processes (tries of a code) is counted in rows instead.
pub struct Gates {
    sign_ins: DefaultKeyedRateLimiter<String>,
    bookings: DefaultKeyedRateLimiter<String>,
    /// Passwords that may be hashed at once.
    pub hashing: Arc<Semaphore>,
}

/// What is being tried.
#[derive(Debug, Clone, Copy)]
pub enum Gate {
    /// Sign-ins, codes, resets: by address.
    SignIn,
    /// Bookings: by person.
    Booking,
}

impl Gates {
    /// Gates as wide as the settings say.
    pub fn new(settings: &Settings) -> Self {
        Self {
            sign_ins: per_minute(settings.limits.sign_ins_per_minute),
            bookings: per_minute(settings.limits.bookings_per_minute),
            hashing: Arc::new(Semaphore::new(settings.accounts.argon_at_once)),
        }
    }

    /// Lets `who` through, or says in how many seconds to come back.
    pub fn pass(&self, gate: Gate, who: &str) -> Result<(), Problem> {
        let limiter = match gate {
            Gate::SignIn => &self.sign_ins,
            Gate::Booking => &self.bookings,
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

fn per_minute(times: u32) -> DefaultKeyedRateLimiter<String> {
    RateLimiter::keyed(Quota::per_minute(
        NonZeroU32::new(times).unwrap_or(NonZeroU32::MIN),
    ))
}
