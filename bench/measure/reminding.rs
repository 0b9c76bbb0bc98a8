//! The look of a morning: everybody whose day came gets a message queued, and nobody a second one.
use super::{Outcome, open};
use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use giothong::platform::App;
use giothong::platform::app::Chance;
use giothong::platform::clock::{Clock, Moment};
use giothong::platform::config::{Settings, Transport};
use giothong::platform::db::schema::{jobs as job_rows, notice_changes, notices};
use giothong::platform::db::{Db, DbOptions};
use giothong::platform::gates::Gates;
use giothong::platform::id::Ids;
use giothong::platform::jobs::{Registry, run_due, seed};
use giothong::platform::notices::{Mailer, Net};
use giothong::platform::problem::Problem;
use giothong::platform::seal::Keys;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// Farther ahead than any day in the world: nobody's comes.
const NOBODY: Days = Days::new(300);

pub(crate) async fn run(url: &str, day: &str) -> Outcome<serde_json::Value> {
    let today: NaiveDate = day.parse()?;
    // The first look only warms the database up; what it queued is taken away.
    look(url, today).await?;
    clear(url).await?;
    let (due_s, queued) = look(url, today).await?;
    let (again_s, still) = look(url, today).await?;
    clear(url).await?;
    let (idle_s, none) = look(url, today + NOBODY).await?;
    clear(url).await?;
    Ok(serde_json::json!({
        "queued": queued, "due_s": due_s, "again_s": again_s, "idle_s": idle_s,
        "is_once": still == queued && none == 0,
    }))
}

/// Seconds of one look at nine on that day, and how many messages are queued then.
async fn look(url: &str, day: NaiveDate) -> Outcome<(f64, i64)> {
    let app = app(url, day, |settings| {
        settings.mail.transport = Transport::Memory;
    })?;
    let registry = giothong::reminders::jobs(Registry::default());
    let emptied = app.db.write(|conn| {
        diesel::delete(job_rows::table).execute(conn)?;
        Ok::<_, Problem>(())
    });
    emptied.await.map_err(|problem| problem.causes())?;
    seed(&app, &registry).await?;
    let begun = Instant::now();
    let done = run_due(&app, &registry).await?;
    let seconds = begun.elapsed().as_secs_f64();
    if done != 1 {
        return Err("the look did not run".into());
    }
    let count = app
        .db
        .read(|conn| notices::table.count().get_result(conn))
        .await;
    Ok((seconds, count.map_err(|problem: Problem| problem.causes())?))
}

async fn clear(url: &str) -> Outcome<()> {
    let db = open(url)?;
    let emptied = db.write(|conn| {
        diesel::delete(notice_changes::table).execute(conn)?;
        diesel::delete(notices::table).execute(conn)?;
        diesel::delete(job_rows::table).execute(conn)?;
        Ok::<_, Problem>(())
    });
    Ok(emptied.await.map_err(|problem| problem.causes())?)
}

/// The service at nine on that day, with these settings and a database as open as when it serves.
pub(crate) fn app(url: &str, day: NaiveDate, change: impl FnOnce(&mut Settings)) -> Outcome<App> {
    let mut settings = Settings::defaults()?;
    change(&mut settings);
    let zone = settings.site.time_zone;
    let nine = Moment::at_hour(day, settings.reminders.hour, zone).ok_or("no such hour")?;
    let mut dice = StdRng::seed_from_u64(20_261_126);
    Ok(App {
        db: serving(url, &settings)?,
        mailer: Mailer::new(&settings)?,
        net: Net::new(&settings.outward)?,
        gates: Gates::new(&settings),
        clock: Clock::still(nine),
        ids: Arc::new(Ids::Random),
        keys: Keys::random(&mut dice),
        chance: Chance::System,
        hooks: giothong::app::hooks(),
        stopping: AtomicBool::new(false),
        settings: Arc::new(settings),
    })
}

fn serving(url: &str, settings: &Settings) -> Outcome<Db> {
    let place = &settings.database;
    Ok(Db::open(&DbOptions {
        url: url.to_owned(),
        connections: place.connections,
        readers: place.readers,
        patience_seconds: place.patience_seconds,
        queue: place.queue,
    })?)
}
