//! What calls do by themselves: send waves, and end when their time is over.
use super::actions::{self, Manner};
use super::model::{CallId, CallState};
use super::store;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::jobs::{Every, Job, Registry, enqueue};
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use diesel::QueryResult;
use serde::{Deserialize, Serialize};

/// Adds what calls do by themselves.
pub fn jobs(registry: Registry) -> Registry {
    registry
        .with::<SendWave>()
        .every::<EndOverdue>(Every::Minutes(5))
}

/// Asks the next donors of one call, while units are missing.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SendWave {
    call: CallId,
}

/// Ends the calls whose time is over.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct EndOverdue {}

/// Queues the next wave of a call.
pub(super) fn wave_at(conn: &mut Conn, deed: &Deed, call: CallId, at: Moment) -> QueryResult<()> {
    enqueue(conn, &SendWave { call }, at, deed.stamp())
}

impl Manner {
    /// As the settings say.
    pub(super) fn of(app: &App) -> Self {
        Self {
            calls: app.settings.calls.clone(),
            zone: app.settings.site.time_zone,
        }
    }
}

/// Who the service is when it acts by its own rules.
fn service() -> PersonId {
    PersonId(uuid::Uuid::nil())
}

impl Job for SendWave {
    const KIND: &'static str = "calls.send-wave";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        let (deed, manner) = (Deed::of(app, service()), Manner::of(app));
        let sent = app
            .db
            .write(move |conn| send_wave(conn, &deed, self.call, &manner))
            .await;
        sent.map_err(|problem| anyhow::anyhow!("{problem}: {}", problem.causes()))
    }
}

/// The wave, its messages and the next wave's row are one unit of work: a process that dies in between has asked nobody.
fn send_wave(conn: &mut Conn, deed: &Deed, id: CallId, manner: &Manner) -> Result<(), Problem> {
    let call = store::find(conn, id)?;
    if call.state != CallState::Asking || call.arrive_by <= deed.now {
        return Ok(());
    }
    let asked = actions::wave(conn, deed, &call, manner)?;
    tracing::info!(call = %id, asked, "a wave went out");
    if let Some(next) = actions::next_wave(&call, deed.now, manner) {
        wave_at(conn, deed, id, next)?;
    }
    Ok(())
}

impl Job for EndOverdue {
    const KIND: &'static str = "calls.end-overdue";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        let deed = Deed::of(app, service());
        let ended = app.db.write(move |conn| {
            let overdue = store::overdue(conn, deed.now)?;
            overdue
                .into_iter()
                .try_for_each(|call| actions::expire(conn, &deed, call))
        });
        ended
            .await
            .map_err(|problem| anyhow::anyhow!("{problem}: {}", problem.causes()))
    }
}
