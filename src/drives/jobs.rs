//! What happens by itself: fixed sites get their days eight weeks ahead, and days that are over are summed once.
use super::actions;
use super::model::Drive;
use super::rules::Opening;
use super::store;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::{Conn, Json};
use crate::platform::id::DriveId;
use crate::platform::jobs::{Every, Job, Registry};
use chrono::{Days, NaiveDate};
use diesel::QueryResult;
use serde::{Deserialize, Serialize};

/// Sites whose days are written in one go.
const PAGE: i64 = 50;
/// Days summed in one go; each is a few hundred tallies.
const DAYS: i64 = 7;
/// A quiet hour.
const HOUR: u32 = 1;

/// Every kind of job of this subject.
pub(crate) fn jobs(registry: Registry) -> Registry {
    registry
        .every::<ExtendSites>(Every::DailyAt(|_| HOUR))
        .every::<SettleDays>(Every::Minutes(30))
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

/// Sums days that are over everywhere, and again those that were changed since.
#[derive(Debug, Default, Serialize, Deserialize)]
struct SettleDays {}

impl Job for SettleDays {
    const KIND: &'static str = "settle-days";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        let before = app.now().date_in(chrono_tz::UTC) - Days::new(1);
        while app.db.write(move |conn| settle_some(conn, before)).await? {}
        Ok(())
    }
}

/// Says whether there may be more.
fn settle_some(conn: &mut Conn, before: NaiveDate) -> QueryResult<bool> {
    let days = store::unsettled(conn, before, DAYS)?;
    for day in &days {
        store::settle(conn, *day)?;
    }
    Ok(!days.is_empty())
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
