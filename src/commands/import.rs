//! `giothong import units FILE.csv`.
use super::{open, progress::Progress, say};
use crate::organisations::import::UnitList;
use crate::platform::config::Settings;
use anyhow::Context;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::sync::Arc;

/// Brings lists from other sources in.
#[derive(Debug, Args)]
pub(super) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Provinces and communes as CSV with code, kind, name, `parent_code`, latitude and longitude.
    Units {
        /// The list. Units are told apart by code; one that is there already is changed where it differs.
        file: PathBuf,
        /// The first day of units that are new, such as 2025-07-01.
        #[arg(long)]
        valid_from: Option<NaiveDate>,
    },
}

impl Import {
    pub(super) async fn run(self, settings: Settings) -> anyhow::Result<()> {
        let What::Units { file, valid_from } = self.what;
        let text =
            std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let mut list = UnitList::read(&text).with_context(|| file.display().to_string())?;
        list.valid_from = valid_from;
        import(settings, list).await
    }
}

async fn import(settings: Settings, list: UnitList) -> anyhow::Result<()> {
    let app = Arc::new(open::app(settings).await?);
    let shared = app.clone();
    let work = app.db.write(move |conn| {
        let progress = Progress::of(list.len());
        let told = |units| progress.advance(units);
        list.import(conn, (|| shared.id(), shared.now()), told)
    });
    let done = work
        .await
        .map_err(|problem| anyhow::anyhow!("{problem}: {}", problem.causes()))?;
    say(&format!(
        "{} units added, {} changed, {} as they were",
        done.added, done.changed, done.same
    ))
}
