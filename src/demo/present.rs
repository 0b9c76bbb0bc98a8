//! The living present: a drive that is over, drives of this week and next, a fixed site and one open call.
use super::drives::{Booked, Entry, book, drive, morning, open, receive};
use super::people::Guest;
use super::stage::Stage;
use super::standing;
use super::visitor::{Visitor, stranger, text};
use super::wanted;
use crate::platform::App;
use crate::platform::clock::Moment;
use actix_web::web::Data;
use anyhow::Context;
use chrono::{Datelike, DurationRound, TimeDelta};
use serde_json::json;

/// From here on in the list stand those who come to today's drive.
const TODAYS: usize = 1800;

/// Everybody who acts, signed in.
pub(super) struct Cast {
    pub(super) coordinator: Visitor,
    desk: Visitor,
    nurse: Visitor,
    pub(super) hospital: Visitor,
    pub(super) lead: Visitor,
}

/// Where the play is given.
pub(super) struct Play<'a> {
    pub(super) app: &'a Data<App>,
    pub(super) stage: &'a Stage,
    service: Visitor,
}

impl Play<'_> {
    /// Everybody signs in anew: a token lives minutes, and the clock moves by days.
    pub(super) async fn cast(&self) -> anyhow::Result<Cast> {
        let sign_in = async |mailbox: &str| {
            let mut accounts = self.stage.accounts.iter();
            let account = accounts
                .find(|account| account.email.starts_with(mailbox))
                .context("no account")?;
            self.service.sign_in(&account.email, account.password).await
        };
        Ok(Cast {
            coordinator: sign_in("dieuphoi").await?,
            desk: sign_in("tiepdon").await?,
            nurse: sign_in("dieuduong").await?,
            lead: sign_in("caulacbo").await?,
            hospital: sign_in("benhvien").await?,
        })
    }
}

/// Plays the past, moves the clock to today, and plays the present.
pub(super) async fn play(
    app: &Data<App>,
    stage: &Stage,
    people: &[Guest],
    today: Moment,
) -> anyhow::Result<()> {
    let play = Play {
        app,
        stage,
        service: stranger(app).await,
    };
    let cast = play.cast().await?;
    let programmes = programmes(app, &cast.coordinator).await?;
    over(
        &play,
        &cast,
        people.get(1..).unwrap_or_default(),
        programmes.first().context("no programme")?,
    )
    .await?;
    standing::past_call(&play).await?;
    app.clock.forward(today - app.now() - TimeDelta::hours(24));
    let programme = programmes.get(1).context("no programme")?;
    let begun = booked_for_today(&play, people, programme).await?;
    app.clock.forward(today - app.now());
    let cast = play.cast().await?;
    going_on(&cast, &begun).await?;
    coming(&play, &cast, people, &programmes).await?;
    standing::fixed_site(stage, &cast.coordinator).await?;
    wanted::targets(&play, &cast.coordinator).await?;
    standing::reserve(&play, &cast.lead).await?;
    standing::open_call(&play, &cast).await
}

async fn programmes(app: &App, coordinator: &Visitor) -> anyhow::Result<Vec<String>> {
    let mut made = Vec::new();
    for name in [
        "Hành trình đỏ",
        "Ngày toàn dân hiến máu tình nguyện",
        "Những giọt máu hồng",
    ] {
        let programme = coordinator
            .post(
                "/programmes",
                json!({ "name": name, "edition": app.today().year() }),
            )
            .await?;
        made.push(text(&programme, "id")?);
    }
    Ok(made)
}

/// A drive of the past month, with everything recorded: most came, a few were deferred or left.
async fn over(
    play: &Play<'_>,
    cast: &Cast,
    people: &[Guest],
    programme: &str,
) -> anyhow::Result<()> {
    let held = open(
        &cast.coordinator,
        drive(play, morning(play, 1), 0, programme),
    )
    .await?;
    let booked = book(&cast.desk, &held, people, 120).await;
    play.app.clock.forward(TimeDelta::hours(24));
    let cast = play.cast().await?;
    cast.coordinator
        .put(&format!("{}/state", held.0), json!({ "state": "running" }))
        .await?;
    receive(&cast.desk, &booked, Entry::Light).await?;
    play.app.clock.forward(TimeDelta::hours(8));
    let cast = play.cast().await?;
    cast.coordinator
        .put(
            &format!("{}/state", held.0),
            json!({ "state": "completed" }),
        )
        .await
        .map(drop)
}

/// A drive that began an hour ago, with its places taken the day before. Answers its path and the registrations.
async fn booked_for_today(
    play: &Play<'_>,
    people: &[Guest],
    programme: &str,
) -> anyhow::Result<(String, Vec<Booked>)> {
    let cast = play.cast().await?;
    let soon = *play.app.now() + TimeDelta::hours(23);
    let soon = soon.duration_trunc(TimeDelta::minutes(30))?;
    let planned = drive(play, Some(Moment::from(soon)), 3, programme);
    let open = open(&cast.coordinator, planned).await?;
    let mine = people.get(TODAYS..).unwrap_or_default();
    let booked = book(&cast.desk, &open, mine, 80).await;
    Ok((open.0, booked))
}

/// The first hour of today's drive: half of the people have come.
async fn going_on(cast: &Cast, (path, booked): &(String, Vec<Booked>)) -> anyhow::Result<()> {
    let state = json!({ "state": "running" });
    cast.coordinator
        .put(&format!("{path}/state"), state)
        .await?;
    let (come, _) = booked.split_at(booked.len() / 2);
    receive(&cast.desk, come, Entry::Full(&cast.nurse)).await
}

/// Drives of this week and next, some nearly full.
async fn coming(
    play: &Play<'_>,
    cast: &Cast,
    people: &[Guest],
    programmes: &[String],
) -> anyhow::Result<()> {
    for (number, (days, wanted)) in [(1, 150), (2, 60), (4, 90), (6, 20), (8, 40), (11, 0)]
        .into_iter()
        .enumerate()
    {
        let programme = programmes.get(number % 2).context("no programme")?;
        let open = open(
            &cast.coordinator,
            drive(play, morning(play, days), number, programme),
        )
        .await?;
        let mine = people.get(number * 300..).unwrap_or_default();
        book(&cast.desk, &open, mine, wanted).await;
    }
    Ok(())
}
