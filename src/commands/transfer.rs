//! `giothong transfer`: everything from a SQLite file into PostgreSQL, for a club that grew into a province.
use super::{open, progress::Progress, say};
use crate::platform::config::Settings;
use crate::platform::db::moving::Move;
use crate::platform::db::{Db, DbOptions, copy};
use anyhow::{Context, ensure};
use clap::Args;

/// Where everything goes.
#[derive(Debug, Args)]
pub(super) struct Transfer {
    /// An empty PostgreSQL database, `postgres://…`.
    #[arg(env = "GIOTHONG_TRANSFER_TO", hide_env_values = true)]
    url: String,
}

impl Transfer {
    /// Moves all rows in one transaction; the file stays as it is.
    pub(super) async fn run(self, settings: Settings) -> anyhow::Result<()> {
        let from = settings.database.url.as_str();
        let file = copy::sqlite_file(from)?
            .context("the settings name a PostgreSQL database already; this moves a SQLite file")?;
        ensure!(
            copy::sqlite_file(&self.url)?.is_none(),
            "it goes to PostgreSQL; another SQLite file is made by `giothong backup`"
        );
        let source = open::database(&settings)?;
        ensure!(
            source.pending()? == 0,
            "the tables are behind; run `giothong migrate` first"
        );
        let keys = open::keys(&settings)?;
        open::match_keys(&keys, open::fingerprint(&source).await?.as_deref())?;
        drop(source);
        migrated(&settings, &self.url)?;
        let mut work = Move::open(from, &self.url)?;
        let rows = work.rows()?;
        let progress = Progress::of(rows);
        work.run(|done| progress.advance(done))?;
        drop(progress);
        say(&format!(
            "{rows} rows went from {} to PostgreSQL.",
            file.display()
        ))?;
        say("Name it in database.url, keep the same keys, and serve. The file was not changed.")
    }
}

fn migrated(settings: &Settings, url: &str) -> anyhow::Result<()> {
    let place = &settings.database;
    let target = Db::open(&DbOptions {
        url: url.to_owned(),
        connections: 1,
        readers: 1,
        patience_seconds: place.patience_seconds,
        queue: 1,
    })?;
    target.migrate()?;
    Ok(())
}
