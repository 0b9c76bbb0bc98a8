//! The daily look for those whose eligibility returned.
use super::model::{About, FOLLOW_UP, RETURNED, Round, rounds};
use super::store;
use crate::donors;
use crate::donors::reach::Due;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::id::OrganisationId;
use crate::platform::jobs::{Every, Job, Registry};
use crate::platform::notices::{self, NewNotice};
use chrono::{Days, TimeDelta};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashSet;

/// Adds what reminders do by themselves.
pub fn jobs(registry: Registry) -> Registry {
    registry.every::<ScanReturns>(Every::DailyAt(|settings| settings.reminders.hour))
}

/// Donors looked at in one unit of work.
const PAGE: i64 = 1000;

/// Queues one message for each donor whose day came within the last days, and one more some days later where the
/// settings say so. The same day is never queued twice, by however many processes, since person, kind and day are
/// unique in the outbox.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct ScanReturns {}

impl Job for ScanReturns {
    const KIND: &'static str = "reminders.scan-returns";

    async fn run(self, app: &App) -> anyhow::Result<()> {
        let today = app.today();
        let paused = app.db.read(move |conn| store::paused_bodies(conn, today));
        let paused = paused.await?;
        for round in rounds(today, &app.settings.reminders.follow_up_days) {
            scan(app, &round, &paused).await?;
        }
        Ok(())
    }
}

async fn scan(app: &App, round: &Round, paused: &HashSet<OrganisationId>) -> anyhow::Result<()> {
    let mut last = None;
    while let Some(next) = scan_page(app, round, paused, last).await? {
        last = Some(next);
    }
    Ok(())
}

/// Queues one page; answers where the next begins, none after the last.
async fn scan_page(
    app: &App,
    round: &Round,
    paused: &HashSet<OrganisationId>,
    after: Option<Due>,
) -> anyhow::Result<Option<Due>> {
    let (on, now) = (round.on, app.now());
    let look_back = u64::try_from(app.settings.reminders.look_back_days)?;
    let page = app
        .db
        .read(move |conn| donors::reach::due(conn, on, look_back, after, PAGE))
        .await?;
    let next = page
        .last()
        .copied()
        .filter(|_| i64::try_from(page.len()) == Ok(PAGE));
    // Who is left out today is looked at again tomorrow, while their day is near enough.
    let goes = |due: &&Due| due.main_club.is_none_or(|club| !paused.contains(&club));
    let notices: Vec<NewNotice> = page
        .iter()
        .filter(goes)
        .map(|due| notice(app, round, due, now))
        .collect();
    if !notices.is_empty() {
        app.db
            .write(move |conn| notices::queue_all(conn, notices, now))
            .await?;
    }
    Ok(next)
}

/// A message about this day, worthless when the look back no longer reaches it.
fn notice(app: &App, round: &Round, due: &Due, now: Moment) -> NewNotice {
    let days = u64::try_from(app.settings.reminders.look_back_days).unwrap_or_default();
    let over = due.available_from + Days::new(days) - round.on;
    let about = About {
        due_on: due.available_from,
        after: round.after,
    };
    NewNotice {
        id: app.id(),
        kind: if round.after.is_some() {
            FOLLOW_UP
        } else {
            RETURNED
        },
        person: due.person,
        about: about.text(),
        data: json!({}),
        secret: None,
        not_before: now,
        expires_at: now + over.max(TimeDelta::hours(12)),
    }
}
