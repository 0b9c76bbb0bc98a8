//! `giothong migrate`.
use super::open;
use crate::platform::config::Settings;
use crate::platform::db::Db;
use crate::platform::marks;

/// Makes what is missing: the file, the tables, the keys. Run twice, it does nothing the second time.
pub(super) async fn run(settings: &Settings) -> anyhow::Result<()> {
    Db::create_file(&settings.database.url)?;
    let db = open::database(settings)?;
    let steps = db.migrate()?;
    match open::fingerprint(&db).await? {
        Some(known) => open::match_keys(&open::keys(settings)?, Some(&known))?,
        None => meet(&db, open::first_keys(settings)?.fingerprint()).await?,
    }
    tracing::info!(steps, "the tables are up to date");
    Ok(())
}

async fn meet(db: &Db, fingerprint: String) -> anyhow::Result<()> {
    db.write(move |conn| marks::put(conn, marks::KEYS, &fingerprint))
        .await
        .map_err(open::reason)
}
