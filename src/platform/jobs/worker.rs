//! Takes due rows and does them, as long as the process lives.
use super::store::{self, Leased, NewJob};
use super::{Registry, backoff};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::{Conn, Json};
use crate::platform::notices::{self, Kinds};
use actix_web::web::Data;
use chrono::TimeDelta;
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::sync::watch;

/// The worker of one process.
pub struct Worker {
    /// What it works on.
    pub app: Data<App>,
    /// The jobs it can do.
    pub jobs: Registry,
    /// The notices it can write.
    pub notices: Kinds,
}

impl Worker {
    /// Works until told to stop; what is under way is finished.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let idle =
            Duration::from_secs(u64::try_from(self.app.settings.jobs.idle_seconds).unwrap_or(2));
        while let Err(error) = seed(&self.app, &self.jobs).await
            && !*stop.borrow()
        {
            not_now(&error);
            let _stopped = tokio::time::timeout(idle, stop.changed()).await;
        }
        while !*stop.borrow() {
            let done = self.round().await;
            if done == 0 {
                let _stopped = tokio::time::timeout(idle, stop.changed()).await;
            }
        }
    }

    async fn round(&self) -> usize {
        let jobs = run_due(&self.app, &self.jobs)
            .await
            .unwrap_or_else(|error| not_now(&error));
        let notices = notices::send_due(&self.app, &self.notices)
            .await
            .unwrap_or_else(|error| not_now(&error));
        jobs + notices
    }
}

fn not_now(error: &anyhow::Error) -> usize {
    tracing::warn!(error = format!("{error:#}"), "the queue cannot be read now");
    0
}

/// Does one batch of due jobs; answers how many there were.
pub async fn run_due(app: &App, registry: &Registry) -> anyhow::Result<usize> {
    let now = app.now();
    let until = now + TimeDelta::seconds(app.settings.jobs.lease_seconds);
    let most = app.settings.jobs.batch;
    let is_idle = app.db.read(move |conn| store::pending(conn, now)).await?.0 == 0;
    if is_idle {
        return Ok(0);
    }
    let leased = app
        .db
        .write(move |conn| store::lease(conn, now, until, most))
        .await?;
    let count = leased.len();
    for job in leased {
        run_one(app, registry, job, until).await?;
    }
    Ok(count)
}

async fn run_one(app: &App, registry: &Registry, job: Leased, until: Moment) -> anyhow::Result<()> {
    let outcome = match registry.kinds.get(job.kind.as_str()) {
        Some(run) => {
            AssertUnwindSafe(run(app, job.payload.0.clone()))
                .catch_unwind()
                .await
        }
        None => Ok(Err(anyhow::anyhow!("no such kind of job: {}", job.kind))),
    };
    let outcome = outcome.unwrap_or_else(|_panic| Err(anyhow::anyhow!("the job panicked")));
    let (now, most) = (app.now(), app.settings.jobs.tries);
    let again = registry
        .repeating
        .get(job.kind.as_str())
        .map(|(every, _)| every.next(now, &app.settings));
    app.db
        .write(move |conn| match (outcome, again) {
            (Ok(()), None) => store::finish(conn, &job, until),
            (Ok(()), Some(next)) => store::reschedule(conn, &job, until, next),
            (Err(error), again) => {
                let retry =
                    (job.tries < most).then(|| now + backoff(job.tries, job.id.0.as_u128()));
                settle_failed(conn, &job, until, retry.or(again), &format!("{error:#}"))
            }
        })
        .await?;
    Ok(())
}

fn settle_failed(
    conn: &mut Conn,
    job: &Leased,
    until: Moment,
    next: Option<Moment>,
    error: &str,
) -> diesel::QueryResult<()> {
    tracing::warn!(kind = job.kind, tries = job.tries, error, "a job failed");
    store::fail(conn, job, until, next, error)
}

/// Makes sure that every repeating job has its row. Called when a process starts; harmless when it is there.
pub async fn seed(app: &App, registry: &Registry) -> anyhow::Result<()> {
    for (kind, (every, payload)) in &registry.repeating {
        let first = every.first(app.now(), &app.settings);
        let row = NewJob::repeating(kind, Json(payload.clone()), first, app.stamp());
        app.db.write(move |conn| store::insert(conn, &row)).await?;
    }
    Ok(())
}
