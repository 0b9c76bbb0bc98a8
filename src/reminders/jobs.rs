//! The daily look for those whose eligibility returned.
use super::letters::RETURNED;
use crate::donors;
use crate::donors::reach::Due;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::jobs::{Every, Job, Registry};
use crate::platform::notices::{self, NewNotice};
use chrono::{Days, TimeDelta};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Adds what reminders do by themselves.
pub fn jobs(registry: Registry) -> Registry {
    registry.every::<ScanReturns>(Every::DailyAt(|settings| settings.reminders.hour))
}

/// Donors looked at in one unit of work.
const PAGE: i64 = 1000;

/// Queues one message for each donor whose day came within the last days. The same day is never queued twice, by
/// however many processes, since person, kind and day are unique in the outbox.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct ScanReturns {}

impl Job for ScanReturns {
    const KIND: &'static str = "reminders.scan-returns";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        let mut after = None;
        while let Some(last) = scan_page(app, after).await? {
            after = Some(last);
        }
        Ok(())
    }
}

/// Queues one page; answers where the next begins, none after the last.
async fn scan_page(app: &App, after: Option<Due>) -> anyhow::Result<Option<Due>> {
    let (today, now) = (app.today(), app.now());
    let look_back = u64::try_from(app.settings.reminders.look_back_days)?;
    let page = app
        .db
        .read(move |conn| donors::reach::due(conn, today, look_back, after, PAGE))
        .await?;
    let next = page
        .last()
        .copied()
        .filter(|_| i64::try_from(page.len()) == Ok(PAGE));
    let notices: Vec<NewNotice> = page.iter().map(|due| notice(app, due, now)).collect();
    if !notices.is_empty() {
        app.db
            .write(move |conn| notices::queue_all(conn, notices, now))
            .await?;
    }
    Ok(next)
}

/// A message about this day, worthless when the look back no longer reaches it.
fn notice(app: &App, due: &Due, now: Moment) -> NewNotice {
    let days = u64::try_from(app.settings.reminders.look_back_days).unwrap_or_default();
    let over = due.available_from + Days::new(days) - app.today();
    NewNotice {
        id: app.id(),
        kind: RETURNED,
        person: due.person,
        about: due.available_from.to_string(),
        data: json!({}),
        secret: None,
        not_before: now,
        expires_at: now + over.max(TimeDelta::hours(12)),
    }
}
