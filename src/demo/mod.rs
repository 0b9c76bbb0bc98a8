//! The demonstration: what chapters really published, and beside it an invented present, marked as such.
mod bodies;
mod cast;
mod drives;
mod names;
mod people;
mod present;
mod published;
mod stage;
mod standing;
mod visitor;
mod wanted;
mod wording;

use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::config::Environment;
use crate::platform::db::Conn;
use crate::platform::db::schema::organisations;
use crate::platform::marks;
use actix_web::web::Data;
pub use cast::Account;
use chrono::TimeDelta;
use diesel::prelude::*;

/// How long before today the invented past begins: long enough for a drive that is over.
pub const PAST: TimeDelta = TimeDelta::days(40);

/// Parts of the work, about equally long.
pub const STEPS: u64 = people::STEPS + 10;

/// Whether nothing is there yet, so that the demonstration would mix with nothing real.
pub async fn is_empty(app: &App) -> anyhow::Result<bool> {
    let bodies: i64 = app
        .db
        .read(|conn: &mut Conn| organisations::table.count().get_result(conn))
        .await?;
    Ok(bodies == 0)
}

/// Loads the demonstration into an empty database; the app's clock stands [`PAST`] before `today` and is moved there.
/// Answers an account for each role. `told` hears of each part of [`STEPS`] that is done.
pub async fn load(
    app: Data<App>,
    today: Moment,
    told: impl Fn(u64),
) -> anyhow::Result<Vec<Account>> {
    let is_production = app.settings.environment == Environment::Production;
    anyhow::ensure!(!is_production, "the demonstration is not for production");
    anyhow::ensure!(is_empty(&app).await?, "the database is not empty");
    app.db
        .write(|conn| marks::put(conn, marks::DEMO, "yes"))
        .await?;
    let nation = published::load(&app).await?;
    told(1);
    let stage = stage::build(&app, nation).await?;
    told(1);
    let people = people::invent(&app, &stage, &told).await?;
    present::play(&app, &stage, &people, today).await?;
    told(STEPS - 2 - people::STEPS);
    Ok(stage.accounts)
}
