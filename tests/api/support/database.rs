//! A database of its own for each test: a copy of one that was made once.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use giothong::platform::db::{Db, DbOptions};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A migrated, empty database that goes with the test.
pub struct Fresh {
    pub url: String,
    cleanup: Cleanup,
}

enum Cleanup {
    Folder(#[expect(dead_code, reason = "removed when dropped")] tempfile::TempDir),
    Database { server: String, name: String },
}

/// PostgreSQL's address, when the tests are to run there.
pub fn server() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings file")]
    std::env::var("TEST_DATABASE_URL").ok()
}

impl Fresh {
    pub fn new() -> Self {
        match server() {
            Some(server) => Self::database(server),
            None => Self::file(),
        }
    }

    fn file() -> Self {
        static TEMPLATE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
        let (_, template) = TEMPLATE.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("template.db");
            let url = format!("sqlite:{}", file.display());
            Db::create_file(&url).unwrap();
            open(&url).migrate().unwrap();
            // Everything into the file itself, which is all that is copied.
            let mut conn = SqliteConnection::establish(&file.to_string_lossy()).unwrap();
            conn.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA wal_checkpoint(TRUNCATE);")
                .unwrap();
            (folder, file)
        });
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("test.db");
        std::fs::copy(template, &file).unwrap();
        Self {
            url: format!("sqlite:{}", file.display()),
            cleanup: Cleanup::Folder(folder),
        }
    }

    fn database(server: String) -> Self {
        static TEMPLATE: OnceLock<String> = OnceLock::new();
        let template = TEMPLATE.get_or_init(|| {
            let name = format!("t_{}_template", std::process::id());
            said(&server, &format!("CREATE DATABASE {name}"));
            open(&at(&server, &name)).migrate().unwrap();
            name
        });
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("t_{}_{number}", std::process::id());
        said(
            &server,
            &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"),
        );
        Self {
            url: at(&server, &name),
            cleanup: Cleanup::Database { server, name },
        }
    }

    pub fn open(&self) -> Db {
        open(&self.url)
    }
}

/// The address of another database on the same server.
fn at(server: &str, name: &str) -> String {
    let (address, options) = match server.split_once('?') {
        Some((address, options)) => (address, format!("?{options}")),
        None => (server, String::new()),
    };
    let (host, _) = address.rsplit_once('/').unwrap();
    format!("{host}/{name}{options}")
}

/// Says one sentence to the server, outside of any test's database.
fn said(server: &str, sentence: &str) {
    let mut conn = PgConnection::establish(server).unwrap();
    conn.batch_execute(sentence).unwrap();
}

/// The database at this address, migrated or not.
pub fn open(url: &str) -> Db {
    Db::open(&DbOptions {
        url: url.to_owned(),
        connections: 4,
        readers: 4,
        patience_seconds: 30,
        queue: 4096,
    })
    .unwrap()
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Cleanup::Database { server, name } = &self.cleanup
            && let Ok(mut conn) = PgConnection::establish(server)
        {
            // What the test left running may still be connected.
            let gone = conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            assert!(
                gone.is_ok() || std::thread::panicking(),
                "the database cannot be dropped"
            );
        }
    }
}
