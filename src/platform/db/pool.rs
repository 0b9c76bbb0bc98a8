//! Connections: opened by the scheme of the URL, handed out to as many jobs as there are of them.
use super::turns::Turns;
use super::{Conn, DbOptions, statements};
use crate::platform::problem::{Kind, Problem};
use anyhow::{Context, bail};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{self, ManageConnection, R2D2Connection};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// Every SQLite connection: wait for locks, survive power loss, keep references true. The file is read where the system
/// keeps it, since a connection's own cache is small, and void after each commit of the writer.
const SQLITE: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000; PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY;";
/// Every PostgreSQL connection: nobody waits for a lock for ever, nothing runs for ever.
const POSTGRES: &str = "SET lock_timeout = '2s'; SET statement_timeout = '20s'; \
    SET idle_in_transaction_session_timeout = '30s'; SET TIME ZONE 'UTC'; SET client_min_messages = 'warning';";

/// Where the database is.
#[derive(Debug, Clone)]
pub(super) enum Place {
    Postgres(String),
    Sqlite(PathBuf),
}

impl Place {
    pub(super) fn parse(url: &str) -> anyhow::Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        match url.strip_prefix("sqlite:") {
            Some(file) if !file.is_empty() && !file.contains(['?', ':']) => {
                Ok(Self::Sqlite(file.into()))
            }
            _ => bail!("the database URL must be postgres://… or sqlite:FILE"),
        }
    }

    pub(super) fn connect(&self) -> Result<Conn, r2d2::Error> {
        let (mut conn, settings) = match self {
            Self::Postgres(url) => (Conn::Postgres(PgConnection::establish(url)?), POSTGRES),
            Self::Sqlite(file) => {
                let conn = SqliteConnection::establish(&file.to_string_lossy())?;
                (Conn::Sqlite(conn), SQLITE)
            }
        };
        conn.batch_execute(settings)
            .map_err(r2d2::Error::QueryError)?;
        statements::log(&mut conn);
        Ok(conn)
    }

    /// The one that writes a SQLite file: nobody else makes its cache void, so it needs no map of the file, whose pages a
    /// large list would all bring into memory; and what a savepoint may have to put back goes to a file when it is much.
    pub(super) fn connect_writer(&self) -> Result<Conn, r2d2::Error> {
        let mut conn = self.connect()?;
        conn.batch_execute("PRAGMA mmap_size = 0; PRAGMA temp_store = DEFAULT")
            .map_err(r2d2::Error::QueryError)?;
        Ok(conn)
    }
}

impl ManageConnection for Place {
    type Connection = Conn;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<Conn, r2d2::Error> {
        self.connect()
    }
    fn is_valid(&self, conn: &mut Conn) -> Result<(), r2d2::Error> {
        conn.ping().map_err(r2d2::Error::QueryError)
    }
    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

/// Connections, and how long one is waited for.
pub(super) struct Pool {
    place: Place,
    turns: Arc<Turns>,
    patience: Duration,
}

impl Pool {
    pub(super) fn open(options: &DbOptions) -> anyhow::Result<Self> {
        let place = Place::parse(&options.url)?;
        if let Place::Sqlite(file) = &place {
            let known = file.is_file();
            anyhow::ensure!(
                known,
                "there is no database file {}; `giothong migrate` makes one",
                file.display()
            );
        }
        let size = match place {
            Place::Postgres(_) => options.connections,
            Place::Sqlite(_) => options.readers,
        };
        let patience = Duration::from_secs(options.patience_seconds);
        let connections = r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(patience)
            .build(place.clone())
            .context("cannot open the database")?;
        Ok(Self {
            turns: Turns::new(place.clone(), connections),
            place,
            patience,
        })
    }

    pub(super) fn sqlite_file(&self) -> Option<&Path> {
        match &self.place {
            Place::Sqlite(file) => Some(file),
            Place::Postgres(_) => None,
        }
    }

    /// A connection of its own for the migrations; on SQLite references are checked only afterwards,
    /// since a table may be made anew under them.
    pub(super) fn migrating_connection(&self) -> anyhow::Result<Conn> {
        let mut conn = self.place.connect()?;
        let settings = match conn {
            Conn::Sqlite(_) => "PRAGMA foreign_keys = OFF;",
            Conn::Postgres(_) => "SET statement_timeout = 0; SET lock_timeout = '10s';",
        };
        conn.batch_execute(settings)?;
        Ok(conn)
    }

    /// Does the job as soon as a connection is free; refused when none is for too long.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let (answer, mut answered) = oneshot::channel();
        let number = self.turns.wait(Box::new(move |conn| {
            // Whoever went away before it was their turn wants nothing done any more.
            if !answer.is_closed() && answer.send(conn.and_then(job)).is_err() {
                tracing::debug!("the caller of a job went away");
            }
        }));
        let outcome = match tokio::time::timeout(self.patience, &mut answered).await {
            Ok(outcome) => outcome,
            Err(_late) if self.turns.give_up(number) => {
                return Err(Problem::from(&Kind::OVERLOADED).retry_after(1));
            }
            Err(_late) => answered.await,
        };
        outcome.unwrap_or_else(|_panic| Err(Problem::internal("a job panicked")))
    }
}

/// Makes an empty SQLite file where there is none, and the folder it lies in.
pub(super) fn create_file(url: &str) -> anyhow::Result<()> {
    let Place::Sqlite(file) = Place::parse(url)? else {
        return Ok(());
    };
    if let Some(folder) = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(&file)
        .with_context(|| format!("cannot make {}", file.display()))?;
    Ok(())
}
