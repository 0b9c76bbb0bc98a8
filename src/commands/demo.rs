//! `giothong demo`.
use super::open;
use super::progress::Progress;
use crate::demo;
use crate::platform::clock::Clock;
use crate::platform::config::{Settings, Transport};
use actix_web::web::Data;

/// Loads the demonstration into an empty database and prints an account for each role.
pub(super) async fn run(mut settings: Settings) -> anyhow::Result<()> {
    super::migrate::run(&settings).await?;
    // Everybody acts at once, and nobody is written to while the past is played.
    settings.limits.sign_ins_per_minute = 100_000;
    settings.limits.bookings_per_minute = 100_000;
    settings.mail.transport = Transport::Memory;
    let mut app = open::app(settings).await?;
    let today = app.now();
    app.clock = Clock::still(today - demo::PAST);
    if !demo::is_empty(&app).await? {
        super::say("The database is not empty; the demonstration was not loaded.")?;
        return Ok(());
    }
    let progress = Progress::of(demo::STEPS);
    let accounts = demo::load(Data::new(app), today, |done| progress.advance(done)).await?;
    drop(progress);
    super::say("Tài khoản minh họa / accounts of the demonstration:")?;
    for account in accounts {
        super::say(&format!(
            "  {:<20} {:<32} {}",
            account.role, account.email, account.password
        ))?;
    }
    Ok(())
}
