//! What time it is: asked once per request or job, and owned by the tests.
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use std::sync::atomic::{AtomicI64, Ordering};

/// The only place that knows the time.
#[derive(Debug)]
pub enum Clock {
    /// The machine's own clock.
    System,
    /// Stands still at these microseconds since 1970 until told to move.
    Still(AtomicI64),
    /// Runs like the machine's, this many seconds ahead: a demo or a trial on another day.
    Shifted(i64),
}

impl Clock {
    /// A clock that stands at `moment`.
    pub fn still(moment: DateTime<Utc>) -> Self {
        Self::Still(AtomicI64::new(moment.timestamp_micros()))
    }

    /// This moment, in whole microseconds (what PostgreSQL keeps).
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => system(),
            Self::Shifted(seconds) => system() + TimeDelta::seconds(*seconds),
            Self::Still(micros) => {
                DateTime::from_timestamp_micros(micros.load(Ordering::Relaxed)).unwrap_or_default()
            }
        }
    }

    /// Moves a clock that stands still; the others take no notice.
    pub fn forward(&self, by: TimeDelta) {
        if let Self::Still(micros) = self {
            micros.fetch_add(by.num_microseconds().unwrap_or_default(), Ordering::Relaxed);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock everyone else asks")]
fn system() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
