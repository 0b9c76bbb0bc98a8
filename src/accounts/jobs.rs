//! Forgetting what has ended: codes, tickets, invitations, spent tokens, kept answers.
use super::store::{codes, invitations, refresh, spoken, tickets};
use crate::platform::App;
use crate::platform::http::idempotency;
use crate::platform::jobs::{Every, Job, Registry};
use crate::platform::problem::Problem;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// Adds what accounts do by themselves.
pub fn jobs(registry: Registry) -> Registry {
    registry.every::<Forget>(Every::Minutes(60))
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Forget {}

impl Job for Forget {
    const KIND: &'static str = "accounts.forget";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        let now = app.now();
        let a_day_ago = now - TimeDelta::days(1);
        let ended = now - TimeDelta::days(app.settings.accounts.absolute_days);
        let gone = app.db.write(move |conn| {
            let mut gone = codes::purge(conn, a_day_ago)?;
            gone += tickets::purge(conn, a_day_ago)?;
            gone += spoken::purge(conn, a_day_ago)?;
            gone += invitations::purge(conn, a_day_ago)?;
            gone += refresh::purge(conn, ended)?;
            gone += idempotency::purge(conn, a_day_ago)?;
            Ok::<_, Problem>(gone)
        });
        let gone = gone
            .await
            .map_err(|problem| anyhow::anyhow!("{problem}: {}", problem.causes()))?;
        tracing::info!(gone, "forgot what has ended");
        Ok(())
    }
}
