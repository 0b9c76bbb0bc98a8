//! Opening what every command needs: the database, the keys, and both together as the app.
use crate::app::hooks;
use crate::platform::App;
use crate::platform::app::Chance;
use crate::platform::clock::Clock;
use crate::platform::config::Settings;
use crate::platform::db::{Db, DbOptions};
use crate::platform::gates::Gates;
use crate::platform::id::Ids;
use crate::platform::notices::Mailer;
use crate::platform::seal::Keys;
use anyhow::Context;
use rand::TryRngCore;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// The database as it is.
pub(super) fn database(settings: &Settings) -> anyhow::Result<Db> {
    let place = &settings.database;
    Db::open(&DbOptions {
        url: place.url.clone(),
        connections: place.connections,
        patience_seconds: place.patience_seconds,
        queue: place.queue,
    })
}

/// The keys: from the settings, from their file, or made on the first run.
pub(super) fn keys(settings: &Settings) -> anyhow::Result<Keys> {
    let content = settings.keys.content.reveal();
    if !content.is_empty() {
        return Keys::parse(content).context("keys.content cannot be read");
    }
    let file = Path::new(&settings.keys.file);
    if file.exists() {
        return Ok(Keys::load(file)?);
    }
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    Ok(Keys::create(file, &mut rand::rngs::OsRng.unwrap_err())?)
}

/// Everything a handler or job can reach.
pub(super) fn app(settings: Settings) -> anyhow::Result<App> {
    Ok(App {
        db: database(&settings)?,
        keys: keys(&settings)?,
        mailer: Mailer::new(&settings)?,
        gates: Gates::new(&settings),
        clock: Clock::System,
        ids: Ids::Random,
        chance: Chance::System,
        hooks: hooks(),
        stopping: AtomicBool::new(false),
        settings,
    })
}
