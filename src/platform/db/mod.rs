//! The one place that knows which database is behind the service.
pub mod copy;
pub mod moving;
mod passing;
mod pool;
mod prepared;
pub mod schema;
mod statements;
mod texts;
mod turns;
mod types;
mod writer;

use crate::platform::problem::Problem;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
pub use passing::is_passing;
use pool::Pool;
pub use prepared::{Prepare, plan_anew};
use std::sync::Arc;
pub use types::{Json, JsonDoc, Ts, Uid};
use writer::Writer;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// A connection to either database. Queries written against it use the SQL both understand.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// PostgreSQL, through libpq.
    Postgres(PgConnection),
    /// One SQLite file.
    Sqlite(SqliteConnection),
}

/// Runs the same diesel text on the engine's own connection, for what the common subset lacks:
/// upserts and inserts of many rows. Called from stores only.
#[macro_export]
macro_rules! on_each {
    ($conn:ident => $query:expr) => {
        match $conn {
            $crate::platform::db::Conn::Postgres($conn) => $query,
            $crate::platform::db::Conn::Sqlite($conn) => $query,
        }
    };
}

/// How large the pools are and how long a request waits for its turn.
#[derive(Debug, Clone)]
pub struct DbOptions {
    /// `postgres://…` or `sqlite:FILE`.
    pub url: String,
    /// Connections to PostgreSQL, and as many blocking jobs at once.
    pub connections: u32,
    /// Readers of a SQLite file, and as many blocking jobs at once.
    pub readers: u32,
    /// Seconds a job waits for a connection before it is told to come back.
    pub patience_seconds: u64,
    /// Jobs that may wait for the SQLite writer.
    pub queue: usize,
}

/// The database. Clone it freely.
#[derive(Clone)]
pub struct Db {
    pool: Arc<Pool>,
    writer: Option<Arc<Writer>>,
}

impl Db {
    /// Opens the database and keeps it as it is: no file is made, no table changed.
    pub fn open(options: &DbOptions) -> anyhow::Result<Self> {
        let pool = Pool::open(options)?;
        let writer = match pool.sqlite_file() {
            Some(file) => Some(Arc::new(Writer::start(file.to_owned(), options.queue)?)),
            None => None,
        };
        Ok(Self {
            pool: Arc::new(pool),
            writer,
        })
    }

    /// Makes the SQLite file if there is none; PostgreSQL databases are made by their owner.
    pub fn create_file(url: &str) -> anyhow::Result<()> {
        pool::create_file(url)
    }

    /// Runs `job` off the async threads. What it writes is not kept together: use `write`.
    pub async fn read<T, E>(
        &self,
        job: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        T: Send + 'static,
        E: Into<Problem>,
    {
        self.pool
            .run(move |conn| job(conn).map_err(Into::into))
            .await
    }

    /// Runs `job` off the async threads in one transaction: all of it happens, or none.
    pub async fn write<T, E>(
        &self,
        job: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        T: Send + 'static,
        E: Into<Problem>,
    {
        let job = move |conn: &mut Conn| job(conn).map_err(Into::into);
        match &self.writer {
            Some(writer) => writer.run(job).await,
            None => self.pool.run(move |conn| in_transaction(conn, job)).await,
        }
    }

    /// Brings the schema up to date and says how many steps that took. Call before serving.
    pub fn migrate(&self) -> anyhow::Result<usize> {
        let mut conn = self.pool.migrating_connection()?;
        run_migrations(&mut conn)
    }

    /// How many steps the schema is behind this binary.
    pub fn pending(&self) -> anyhow::Result<usize> {
        let mut conn = self.pool.migrating_connection()?;
        let conn = &mut conn;
        on_each!(conn => conn.pending_migrations(MIGRATIONS).map(|steps| steps.len()))
            .map_err(anyhow::Error::from_boxed)
    }

    /// Takes every step back, newest first: for the test that goes up, down and up again.
    pub fn revert(&self) -> anyhow::Result<usize> {
        let mut conn = self.pool.migrating_connection()?;
        let conn = &mut conn;
        on_each!(conn => conn.revert_all_migrations(MIGRATIONS).map(|steps| steps.len()))
            .map_err(anyhow::Error::from_boxed)
    }

    /// Which engine this is, for operators: `postgresql` or `sqlite`.
    pub fn engine(&self) -> &'static str {
        if self.writer.is_some() {
            "sqlite"
        } else {
            "postgresql"
        }
    }
}

fn run_migrations(conn: &mut Conn) -> anyhow::Result<usize> {
    on_each!(conn => conn.run_pending_migrations(MIGRATIONS).map(|steps| steps.len()))
        .map_err(anyhow::Error::from_boxed)
}

/// One transaction on PostgreSQL; an error rolls it back.
fn in_transaction<T>(
    conn: &mut Conn,
    job: impl FnOnce(&mut Conn) -> Result<T, Problem>,
) -> Result<T, Problem> {
    begin(conn)?;
    match job(conn) {
        Ok(done) => commit(conn).map(|()| done).map_err(Into::into),
        Err(refused) => {
            rollback(conn)?;
            Err(refused)
        }
    }
}

/// SQLite takes its write lock at once, so that two writers queue instead of failing.
fn begin(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Postgres(conn) => AnsiTransactionManager::begin_transaction(conn),
        Conn::Sqlite(conn) => {
            AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")
        }
    }
}

fn savepoint(conn: &mut Conn) -> QueryResult<()> {
    on_each!(conn => AnsiTransactionManager::begin_transaction(conn))
}

fn commit(conn: &mut Conn) -> QueryResult<()> {
    on_each!(conn => AnsiTransactionManager::commit_transaction(conn))
}

fn rollback(conn: &mut Conn) -> QueryResult<()> {
    on_each!(conn => AnsiTransactionManager::rollback_transaction(conn))
}

/// How many transactions and savepoints are open; none when the manager is broken.
fn depth(conn: &mut Conn) -> Option<u32> {
    let status = on_each!(conn => AnsiTransactionManager::transaction_manager_status_mut(conn).transaction_depth().ok().flatten());
    status.map(std::num::NonZero::get)
}

/// Part of a unit of work that may be given up alone: a savepoint, rolled back when `part` refuses.
pub fn attempt<T>(
    conn: &mut Conn,
    part: impl FnOnce(&mut Conn) -> Result<T, Problem>,
) -> Result<T, Problem> {
    savepoint(conn)?;
    match part(conn) {
        Ok(done) => commit(conn).map(|()| done).map_err(Into::into),
        Err(refused) => {
            rollback(conn)?;
            Err(refused)
        }
    }
}
