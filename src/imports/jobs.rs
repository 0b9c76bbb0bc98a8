//! Forgetting lists that nobody applied.
use super::actions;
use crate::platform::App;
use crate::platform::jobs::{Every, Job, Registry};
use serde::{Deserialize, Serialize};

/// Adds what imports do by themselves.
pub fn jobs(registry: Registry) -> Registry {
    registry.every::<DropExpired>(Every::Minutes(60))
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct DropExpired {}

impl Job for DropExpired {
    const KIND: &'static str = "imports.drop-expired";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        let now = app.now();
        let dropped = app.db.write(move |conn| actions::drop_expired(conn, now));
        let dropped = dropped
            .await
            .map_err(|problem| anyhow::anyhow!("{problem}: {}", problem.causes()))?;
        tracing::info!(dropped, "forgot lists that waited too long");
        Ok(())
    }
}
