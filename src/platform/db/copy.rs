//! Copies of a SQLite file: taken while others read and write, and looked through before they are trusted.
use super::pool::Place;
use crate::platform::marks;
use anyhow::{Context, bail, ensure};
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::path::{Path, PathBuf};

/// The file behind this URL; none when it is PostgreSQL, which has tools of its own.
pub fn sqlite_file(url: &str) -> anyhow::Result<Option<PathBuf>> {
    Ok(match Place::parse(url)? {
        Place::Sqlite(file) => Some(file),
        Place::Postgres(_) => None,
    })
}

/// Writes all of `file`, as it is at one moment, into `copy`, which must be empty or not exist.
pub fn copy_sqlite(file: &Path, copy: &Path) -> anyhow::Result<()> {
    ensure!(
        file.is_file(),
        "there is no database file {}",
        file.display()
    );
    let name = copy.to_str().context("the name of the copy is no text")?;
    let mut conn = Place::Sqlite(file.to_owned()).connect()?;
    diesel::sql_query("VACUUM INTO $1")
        .bind::<Text, _>(name)
        .execute(&mut conn)?;
    Ok(())
}

/// Looks through a whole file; answers the fingerprint of the keys it was filled with.
pub fn inspect_sqlite(file: &Path) -> anyhow::Result<String> {
    #[derive(QueryableByName)]
    struct Check {
        #[diesel(sql_type = Text)]
        integrity_check: String,
    }
    #[derive(QueryableByName)]
    struct Orphan {
        #[diesel(sql_type = Text)]
        table: String,
    }
    let mut conn = Place::Sqlite(file.to_owned()).connect()?;
    let checks: Vec<Check> = diesel::sql_query("PRAGMA integrity_check(1)").load(&mut conn)?;
    match checks.first() {
        Some(check) if check.integrity_check == "ok" => {}
        Some(check) => bail!("the file is damaged: {}", check.integrity_check),
        None => bail!("the file cannot be checked"),
    }
    let orphans: Vec<Orphan> = diesel::sql_query("PRAGMA foreign_key_check").load(&mut conn)?;
    if let Some(orphan) = orphans.first() {
        bail!("a row of {} points at nothing", orphan.table);
    }
    let known = marks::find(&mut conn, marks::KEYS).context("this is no database of ours")?;
    known.context("this is no database of ours, or one that was never used")
}
