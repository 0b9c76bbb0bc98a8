//! Forgetting lists that nobody applied, and counting what large ones brought.
use super::{actions, store};
use crate::platform::App;
use crate::platform::jobs::{Every, Job, Registry};
use serde::{Deserialize, Serialize};

/// Adds what imports do by themselves.
pub fn jobs(registry: Registry) -> Registry {
    let registry = registry.every::<DropExpired>(Every::Minutes(60));
    registry.with::<CountAnew>()
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

/// A large list was applied.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CountAnew {}

impl Job for CountAnew {
    const KIND: &'static str = "imports.count-anew";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        let counted = app.db.read(store::count_anew);
        counted
            .await
            .map_err(|problem| anyhow::anyhow!("{problem}: {}", problem.causes()))
    }
}
