//! Who waits for a connection. As many blocking threads as there are connections do one job after another for as long as
//! any wait, so that under load no thread is put to sleep and woken between two jobs.
use super::{Conn, pool::Place};
use crate::platform::problem::Problem;
use diesel::r2d2::{self, ManageConnection};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::runtime::Handle;

/// What to do with a connection, or instead when there is none.
pub(super) type Job = Box<dyn FnOnce(Result<&mut Conn, Problem>) + Send>;

/// Connections, and the jobs that wait for one.
pub(super) struct Turns {
    place: Place,
    connections: r2d2::Pool<Place>,
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<(u64, Job)>,
    /// Threads that do jobs at this moment.
    at_work: u32,
    /// The number of the next job.
    next: u64,
}

impl Turns {
    pub(super) fn new(place: Place, connections: r2d2::Pool<Place>) -> Arc<Self> {
        let queue = Mutex::default();
        Arc::new(Self {
            place,
            connections,
            queue,
        })
    }

    /// Queues a job; answers its number.
    pub(super) fn wait(self: &Arc<Self>, job: Job) -> u64 {
        let mut queue = self.queue();
        let number = queue.next;
        queue.next += 1;
        queue.waiting.push_back((number, job));
        self.send_a_thread(queue);
        number
    }

    /// Takes a job back that no thread has begun; false when one has.
    pub(super) fn give_up(&self, number: u64) -> bool {
        let mut queue = self.queue();
        let place = queue.waiting.iter().position(|(other, _)| *other == number);
        place.is_some_and(|place| queue.waiting.remove(place).is_some())
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has one thread more at work, if there is work and a connection for it. Without a runtime at hand, as where one
    /// ends, the next job to come brings the thread along.
    fn send_a_thread(self: &Arc<Self>, mut queue: MutexGuard<'_, Queue>) {
        let is_wanted = !queue.waiting.is_empty() && queue.at_work < self.connections.max_size();
        let Some(runtime) = Handle::try_current().ok().filter(|_| is_wanted) else {
            return;
        };
        queue.at_work += 1;
        drop(queue);
        let at_work = AtWork {
            turns: self.clone(),
            stage: Stage::Sent,
        };
        // It ends by itself, and the work's outcome goes to whoever waits for it.
        drop(runtime.spawn_blocking(|| at_work.work()));
    }

    /// The next job; without one the thread is no longer at work.
    fn next(&self) -> Option<Job> {
        let mut queue = self.queue();
        let next = queue.waiting.pop_front();
        if next.is_none() {
            queue.at_work -= 1;
        }
        next.map(|(_, job)| job)
    }
}

/// A thread at work. When a job panics another takes its place.
struct AtWork {
    turns: Arc<Turns>,
    stage: Stage,
}

#[derive(PartialEq)]
enum Stage {
    /// Where the process ends, a thread may be sent and never begin.
    Sent,
    Begun,
    Ended,
}

impl AtWork {
    fn work(mut self) {
        self.stage = Stage::Begun;
        let mut held = None;
        while let Some(job) = self.turns.next() {
            match held.take().map_or_else(|| self.turns.connections.get(), Ok) {
                Ok(mut conn) => {
                    job(Ok(&mut conn));
                    // Given back, a broken one is replaced.
                    held = (!self.turns.place.has_broken(&mut conn)).then_some(conn);
                }
                Err(error) => job(Err(Problem::unavailable(error))),
            }
        }
        self.stage = Stage::Ended;
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        if self.stage == Stage::Ended {
            return;
        }
        let mut queue = self.turns.queue();
        queue.at_work -= 1;
        if self.stage == Stage::Begun {
            self.turns.send_a_thread(queue);
        }
    }
}
