//! Opening what every command needs: the database, the keys it was filled with, and both together as the app.
use crate::app::hooks;
use crate::platform::App;
use crate::platform::app::Chance;
use crate::platform::clock::Clock;
use crate::platform::config::Settings;
use crate::platform::db::{Db, DbOptions};
use crate::platform::gates::Gates;
use crate::platform::id::Ids;
use crate::platform::marks;
use crate::platform::notices::{Mailer, Net};
use crate::platform::problem::Problem;
use crate::platform::seal::Keys;
use anyhow::{Context, anyhow, ensure};
use rand::TryRngCore;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The database as it is.
pub(super) fn database(settings: &Settings) -> anyhow::Result<Db> {
    let place = &settings.database;
    Db::open(&DbOptions {
        url: place.url.clone(),
        connections: place.connections,
        readers: place.readers,
        patience_seconds: place.patience_seconds,
        queue: place.queue,
    })
}

/// The keys: from the settings, or from their file. None are made here.
pub(super) fn keys(settings: &Settings) -> anyhow::Result<Keys> {
    let content = settings.keys.content.reveal();
    if !content.is_empty() {
        return Keys::parse(content).context("keys.content cannot be read");
    }
    let file = Path::new(&settings.keys.file);
    ensure!(
        file.exists(),
        "there is no key file {}; a new database gets one by `giothong migrate`, for any other bring its own",
        file.display()
    );
    Ok(Keys::load(file)?)
}

/// The keys, made now if there are none yet: only for a database that nothing was written to.
pub(super) fn first_keys(settings: &Settings) -> anyhow::Result<Keys> {
    let file = Path::new(&settings.keys.file);
    if !settings.keys.content.reveal().is_empty() || file.exists() {
        return keys(settings);
    }
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    Ok(Keys::create(file, &mut rand::rngs::OsRng.unwrap_err())?)
}

/// The fingerprint the database was filled under, if it was.
pub(super) async fn fingerprint(db: &Db) -> anyhow::Result<Option<String>> {
    let found = db.read(|conn| marks::find(conn, marks::KEYS)).await;
    found.map_err(reason)
}

/// Refuses keys other than those the database was filled with: what they seal could never be read together.
pub(super) fn match_keys(keys: &Keys, known: Option<&str>) -> anyhow::Result<()> {
    let known = known.context("the database has met no keys yet; run `giothong migrate`")?;
    ensure!(
        known == keys.fingerprint(),
        "these keys are not the ones this database was filled with; bring the right key file"
    );
    Ok(())
}

/// Everything a handler or job can reach, on tables that are up to date and with the right keys.
pub(super) async fn app(settings: Settings) -> anyhow::Result<App> {
    let db = database(&settings)?;
    let pending = db.pending()?;
    ensure!(
        pending == 0,
        "the tables are {pending} steps behind; run `giothong migrate`"
    );
    let keys = keys(&settings)?;
    match_keys(&keys, fingerprint(&db).await?.as_deref())?;
    Ok(App {
        db,
        keys,
        mailer: Mailer::new(&settings)?,
        net: Net::new(&settings.outward)?,
        gates: Gates::new(&settings),
        clock: Clock::ahead(settings.clock.ahead_seconds),
        ids: Arc::new(Ids::Random),
        chance: Chance::System,
        hooks: hooks(),
        stopping: AtomicBool::new(false),
        settings: Arc::new(settings),
    })
}

/// A refusal of the platform, said with its causes: an operator may see them.
#[expect(
    clippy::needless_pass_by_value,
    reason = "stands in `map_err`, which gives it away"
)]
pub(super) fn reason(problem: Problem) -> anyhow::Error {
    anyhow!("{problem}: {}", problem.causes())
}
