//! Work for later: a row written in the transaction of its cause, done at least once.
mod every;
mod store;
mod worker;

use super::App;
use super::db::Conn;
use crate::platform::clock::Moment;
use chrono::TimeDelta;
use diesel::QueryResult;
pub use every::Every;
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
pub use store::{DeadJob, JobId, dead, pending, retry};
pub use worker::{Worker, run_due, seed};

/// Something to do later. Runs at least once, so it must bear running twice.
pub trait Job: Serialize + DeserializeOwned + 'static {
    /// Names the kind in its row; never changed while rows of it exist.
    const KIND: &'static str;

    /// Does the work. An error brings it back later, until `jobs.tries` are used up.
    fn run(self, app: &App) -> impl Future<Output = anyhow::Result<()>>;
}

/// When a row is written, and under which id.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// The row's id.
    pub id: JobId,
    /// This moment.
    pub now: Moment,
}

impl App {
    /// A stamp for one job row.
    pub fn stamp(&self) -> Stamp {
        Stamp {
            id: self.id(),
            now: self.now(),
        }
    }
}

/// Writes a job into the caller's transaction, to run from `at` on.
pub fn enqueue<J: Job>(conn: &mut Conn, job: &J, at: Moment, stamp: Stamp) -> QueryResult<()> {
    store::insert(conn, &store::NewJob::of(job, None, at, stamp)?).map(drop)
}

/// The same, unless a job with this key is waiting already: for work that repeats itself. Says whether it was new.
pub fn enqueue_once<J: Job>(
    conn: &mut Conn,
    job: &J,
    key: &str,
    at: Moment,
    stamp: Stamp,
) -> QueryResult<bool> {
    store::insert(
        conn,
        &store::NewJob::of(job, Some(key.to_owned()), at, stamp)?,
    )
}

type Run = for<'a> fn(&'a App, Value) -> LocalBoxFuture<'a, anyhow::Result<()>>;

/// Which jobs this process can do; the page of routes fills it.
#[derive(Default, Clone)]
pub struct Registry {
    kinds: HashMap<&'static str, Run>,
    repeating: HashMap<&'static str, (Every, Value)>,
}

impl Registry {
    /// Adds a kind of job.
    #[must_use]
    pub fn with<J: Job>(mut self) -> Self {
        self.kinds.insert(J::KIND, |app, value| {
            Box::pin(async move { serde_json::from_value::<J>(value)?.run(app).await })
        });
        self
    }
}

impl Registry {
    /// Adds a kind of job that comes again and again, by itself; its fields are the defaults.
    #[must_use]
    pub fn every<J: Job + Default>(mut self, every: Every) -> Self {
        let payload = serde_json::to_value(J::default()).unwrap_or_default();
        self.repeating.insert(J::KIND, (every, payload));
        self.with::<J>()
    }
}

/// Doubles from 15 seconds to six hours; the row's id spreads rows that failed together.
pub fn backoff(tries: i32, spread: u128) -> TimeDelta {
    let doubled = 15_i64.saturating_mul(1_i64 << tries.clamp(0, 11));
    let base = doubled.min(6 * 3600);
    let jitter = i64::try_from(spread % 1000).unwrap_or_default() * base / 4000;
    TimeDelta::seconds(base + jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_at_six_hours_and_a_quarter_more() {
        assert_eq!(backoff(0, 0), TimeDelta::seconds(15));
        assert_eq!(backoff(3, 0), TimeDelta::seconds(120));
        assert!((0..40).all(|tries| backoff(tries, 999) <= TimeDelta::seconds(6 * 3600 * 5 / 4)));
    }
}
