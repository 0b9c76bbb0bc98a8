//! `giothong migrate`.
use super::open;
use crate::platform::config::Settings;
use crate::platform::db::Db;

pub(super) fn run(settings: &Settings) -> anyhow::Result<()> {
    Db::create_file(&settings.database.url)?;
    let steps = open::database(settings)?.migrate()?;
    tracing::info!(steps, "the tables are up to date");
    Ok(())
}
