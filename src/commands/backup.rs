//! `giothong backup` and `giothong restore`: a whole copy of a SQLite database, and the way back.
use super::{open, progress, say};
use crate::platform::config::Settings;
use crate::platform::db::copy;
use anyhow::{Context, anyhow, bail, ensure};
use clap::Args;
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Where the copy is written.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// A file that does not exist yet.
    file: PathBuf,
}

/// What is brought back.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// A file that `giothong backup` wrote.
    file: PathBuf,
}

impl Backup {
    /// Copies the database while it is used; a file that is there already is never touched.
    pub(super) fn run(&self, settings: &Settings) -> anyhow::Result<()> {
        let Some(database) = copy::sqlite_file(&settings.database.url)? else {
            bail!(
                "PostgreSQL is backed up by its own tools: `pg_dump --format=custom --file={} URL` for a copy, \
                 pg_basebackup with an archive of its log for every second; see docs/OPERATIONS.md",
                self.file.display()
            );
        };
        ensure_absent(&self.file)?;
        let draft = draft_beside(&self.file)?;
        let copied = copied(&database, &draft).and_then(|()| place(&draft, &self.file));
        discard(&draft);
        copied?;
        say(&format!(
            "The database is copied to {} ({} bytes).",
            self.file.display(),
            fs::metadata(&self.file)?.len()
        ))?;
        say(&keys_apart(settings))
    }
}

impl Restore {
    /// Puts a copy where the settings say the database is; refuses while one is there, or when the keys are others.
    pub(super) fn run(&self, settings: &Settings) -> anyhow::Result<()> {
        let Some(database) = copy::sqlite_file(&settings.database.url)? else {
            bail!(
                "PostgreSQL is restored by its own tools: `pg_restore --dbname=URL {}`; see docs/OPERATIONS.md",
                self.file.display()
            );
        };
        ensure_absent(&database)?;
        let keys = open::keys(settings)?;
        let draft = draft_beside(&database)?;
        let restored = brought(&self.file, &draft)
            .and_then(|known| open::match_keys(&keys, Some(&known)))
            .and_then(|()| place(&draft, &database));
        discard(&draft);
        restored?;
        say(&format!(
            "{} is whole and now the database {}. `giothong migrate` brings its tables up to date.",
            self.file.display(),
            database.display()
        ))
    }
}

fn copied(database: &Path, draft: &Path) -> anyhow::Result<()> {
    let total = fs::metadata(database)
        .with_context(|| format!("there is no database file {}", database.display()))?
        .len();
    let written = || fs::metadata(draft).map_or(0, |found| found.len());
    progress::watch(total, written, || copy::copy_sqlite(database, draft))
        .map_err(|_panic| anyhow!("the copy broke off"))??;
    copy::inspect_sqlite(draft).map(drop)
}

/// Brings a copy into the draft and looks it through; answers the fingerprint of its keys.
fn brought(file: &Path, draft: &Path) -> anyhow::Result<String> {
    let cannot_read = || format!("cannot read {}", file.display());
    let total = fs::metadata(file).with_context(cannot_read)?.len();
    let written = || fs::metadata(draft).map_or(0, |found| found.len());
    progress::watch(total, written, || {
        fs::copy(file, draft).with_context(cannot_read)?;
        copy::inspect_sqlite(draft)
    })
    .map_err(|_panic| anyhow!("the copy broke off"))?
}

fn keys_apart(settings: &Settings) -> String {
    let keys = if settings.keys.content.reveal().is_empty() {
        settings.keys.file.as_str()
    } else {
        "keys.content of the settings"
    };
    format!(
        "The keys are not in it. Keep a copy of {keys} apart: without it nobody can read the sealed fields."
    )
}

fn ensure_absent(file: &Path) -> anyhow::Result<()> {
    ensure!(
        !file.exists(),
        "{} is there already; it is not overwritten",
        file.display()
    );
    Ok(())
}

/// An empty file that only its owner can read, in the same folder, so that the end is a rename.
fn draft_beside(file: &Path) -> anyhow::Result<PathBuf> {
    let name = file.file_name().context("that is no file name")?;
    let name = format!("{}.{}.draft", name.to_string_lossy(), std::process::id());
    let draft = file.with_file_name(name);
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)
        .with_context(|| format!("cannot write beside {}", file.display()))?;
    Ok(draft)
}

/// Gives the finished draft its name, on disk before it is told; fails where a file has the name by now.
fn place(draft: &Path, file: &Path) -> anyhow::Result<()> {
    File::open(draft)?.sync_all()?;
    fs::hard_link(draft, file).with_context(|| format!("cannot write {}", file.display()))?;
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}

fn discard(draft: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut name = draft.as_os_str().to_owned();
        name.push(ending);
        let _often_not_there = fs::remove_file(PathBuf::from(name));
    }
}
