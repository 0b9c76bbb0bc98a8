//! What happens by itself: fixed sites get their days eight weeks ahead.
use super::actions;
use super::model::Drive;
use super::rules::Opening;
use super::store;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::{Conn, Json};
use crate::platform::id::DriveId;
use crate::platform::jobs::{Every, Job, Registry};
use diesel::QueryResult;
use serde::{Deserialize, Serialize};

/// Sites whose days are written in one go.
const PAGE: i64 = 50;
/// A quiet hour.
const HOUR: u32 = 1;

/// Every kind of job of this subject.
pub(crate) fn jobs(registry: Registry) -> Registry {
    registry.every::<ExtendSites>(Every::DailyAt(|_| HOUR))
}

/// Writes the coming days of every fixed site. A day that is written already is left as it is.
#[derive(Debug, Default, Serialize, Deserialize)]
struct ExtendSites {}

impl Job for ExtendSites {
    const KIND: &'static str = "extend-sites";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        let now = app.now();
        let mut after = None;
        loop {
            let last = app
                .db
                .write(move |conn| extend_page(conn, after, now))
                .await?;
            if last.is_none() {
                return Ok(());
            }
            after = last;
        }
    }
}

/// One page of sites; answers the last one, or none when there was nothing more.
fn extend_page(
    conn: &mut Conn,
    after: Option<DriveId>,
    now: Moment,
) -> QueryResult<Option<DriveId>> {
    let sites = store::sites(conn, after, PAGE)?;
    for (drive, opening) in &sites {
        extend_one(conn, drive, opening.as_ref(), now)?;
    }
    Ok(sites.last().map(|(drive, _)| drive.id))
}

fn extend_one(
    conn: &mut Conn,
    drive: &Drive,
    opening: Option<&Json>,
    now: Moment,
) -> QueryResult<()> {
    let opening = opening.and_then(|json| Opening::deserialize(&json.0).ok());
    if let Some(opening) = opening {
        actions::extend(conn, drive, &opening, now)?;
        store::refresh(conn, drive.id, now)?;
    }
    Ok(())
}
