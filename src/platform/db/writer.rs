//! The one writer of a SQLite file: takes what queued up during the last commit and commits it together.
use super::{Conn, begin, commit, depth, pool::Place, rollback, savepoint};
use crate::platform::problem::{Kind, Problem};
use anyhow::Context;
use diesel::connection::SimpleConnection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// At most so many jobs, and so much time, in one commit.
const BATCH: usize = 256;
const BATCH_TIME: Duration = Duration::from_millis(100);

/// What a job leaves behind: tells its caller whether the commit it was part of reached the disk.
type Reply = Box<dyn FnOnce(Fate) + Send>;
type Job = Box<dyn FnOnce(&mut Conn) -> Ran + Send>;

/// What became of the batch.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Kept,
    Lost,
}

/// How one job ended, as far as the batch is concerned.
struct Ran {
    reply: Reply,
    /// False when the transaction itself was lost (disk full, I/O error): the whole batch is then lost.
    stands: bool,
}

/// The queue in front of the writer thread.
pub(super) struct Writer {
    queue: SyncSender<Job>,
}

impl Writer {
    /// Starts the thread; it ends when the last sender is gone and the queue is empty.
    pub(super) fn start(file: PathBuf, queue: usize) -> anyhow::Result<Self> {
        let place = Place::Sqlite(file);
        let conn = place
            .connect_writer()
            .context("cannot open the database for writing")?;
        let (sender, jobs) = sync_channel(queue);
        std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || serve(conn, &place, &jobs))?;
        Ok(Self { queue: sender })
    }

    /// Queues `job` and waits until the commit that holds it is on disk.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |conn| run_job(conn, job, answer));
        self.queue.try_send(job).map_err(|full| match full {
            TrySendError::Full(_) => Problem::from(&Kind::OVERLOADED).retry_after(1),
            TrySendError::Disconnected(_) => Problem::from(&Kind::UNAVAILABLE).retry_after(5),
        })?;
        answered.await.unwrap_or_else(|_unrun| Err(lost()))
    }
}

/// Runs one job in a savepoint. A panic costs that job only.
fn run_job<T: Send + 'static>(
    conn: &mut Conn,
    job: impl FnOnce(&mut Conn) -> Result<T, Problem>,
    answer: oneshot::Sender<Result<T, Problem>>,
) -> Ran {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        savepoint(conn)?;
        let done = job(conn)?;
        commit(conn)?;
        Ok(done)
    }));
    let outcome =
        outcome.unwrap_or_else(|_panic| Err(Problem::internal("a job panicked in the writer")));
    let stands = back_to_the_batch(conn, outcome.is_ok());
    let reply: Reply = Box::new(move |fate| {
        let outcome = if fate == Fate::Kept {
            outcome
        } else {
            Err(lost())
        };
        if answer.send(outcome).is_err() {
            tracing::debug!("the caller of a write went away");
        }
    });
    Ran { reply, stands }
}

/// Undoes what a failed job left open, to the batch's own transaction at depth 1. A caught panic skips diesel's
/// own bookkeeping: one savepoint too deep, the next commits would answer Ok and reach no disk.
fn back_to_the_batch(conn: &mut Conn, is_done: bool) -> bool {
    while depth(conn).is_some_and(|depth| depth > 1) {
        if rollback(conn).is_err() {
            return false;
        }
    }
    // A full disk makes SQLite roll the whole transaction back by itself; the savepoint is then gone.
    depth(conn) == Some(1) && (is_done || is_in_transaction(conn))
}

/// Whether the engine itself still has a transaction open: BEGIN inside one is an error, and changes nothing.
fn is_in_transaction(conn: &mut Conn) -> bool {
    conn.batch_execute("BEGIN").is_err()
}

fn lost() -> Problem {
    Problem::from(&Kind::UNAVAILABLE).retry_after(2)
}

fn serve(mut conn: Conn, place: &Place, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let (replies, fate) = run_batch(&mut conn, first, jobs);
        if fate == Fate::Lost {
            tracing::error!(
                jobs = replies.len(),
                "a batch of writes was lost; opening the database anew"
            );
            match place.connect_writer() {
                Ok(fresh) => conn = fresh,
                Err(error) => tracing::error!(%error, "cannot open the database anew"),
            }
        }
        for reply in replies {
            reply(fate);
        }
    }
}

fn run_batch(conn: &mut Conn, first: Job, jobs: &Receiver<Job>) -> (Vec<Reply>, Fate) {
    let started = Instant::now();
    let mut replies = Vec::with_capacity(BATCH);
    let mut stands = begin(conn).is_ok();
    // Without a transaction the job is dropped unrun, which tells its caller to come back.
    let mut next = stands.then_some(first);
    while let Some(job) = next.take() {
        let ran = job(conn);
        replies.push(ran.reply);
        stands = stands && ran.stands;
        if stands && replies.len() < BATCH && started.elapsed() < BATCH_TIME {
            next = jobs.try_recv().ok();
        }
    }
    if stands && commit(conn).is_ok() {
        return (replies, Fate::Kept);
    }
    (replies, Fate::Lost)
}
