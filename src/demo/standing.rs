//! What stands open all the time: a fixed site, those who stand by, and one urgent call after another that is over.
use super::present::{Cast, Play};
use super::stage::Stage;
use super::visitor::{Visitor, items, text};
use anyhow::Context;
use chrono::{Days, TimeDelta};
use serde_json::{Value, json};

/// So many members are asked to stand by.
const STAND_BY: usize = 40;

pub(super) async fn fixed_site(stage: &Stage, coordinator: &Visitor) -> anyhow::Result<()> {
    let weekly: Vec<Value> = ["monday", "wednesday", "friday"]
        .into_iter()
        .map(|day| json!({ "weekday": day, "opens": "07:30", "closes": "11:30", "slot_minutes": 60, "capacity": 6 }))
        .collect();
    let site = json!({
        "organiser": stage.centre, "name": "Điểm hiến máu cố định (minh họa)", "kind": "fixed", "collected_by": stage.centre,
        "opening": { "place": "Trung tâm Máu Minh Họa", "address": "Số liệu minh họa", "latitude": 15.61, "longitude": 107.66, "weekly": weekly },
    });
    let made = coordinator.post("/drives", site).await?;
    let path = format!("/drives/{}/state", text(&made, "id")?);
    coordinator
        .put(&path, json!({ "state": "open" }))
        .await
        .map(drop)
}

/// An urgent need of tonight of a rare group: a coordinator has vouched for it, and the hospital asked for stock.
pub(super) async fn open_call(play: &Play<'_>, cast: &Cast) -> anyhow::Result<()> {
    let listed = json!({ "duty_phone": "024 3000 0000", "testing_minutes": 180 });
    let centre = format!("/organisations/{}", play.stage.centre);
    cast.coordinator.patch(&centre, listed).await?;
    let path = post(play, cast, ("O-", 4)).await?;
    let stock = json!({ "found_units": 1, "note": "Số liệu minh họa" });
    cast.hospital
        .post(&format!("{path}/stock-checks"), stock)
        .await?;
    cast.coordinator
        .post(&format!("{path}/verification"), json!({ "accept": true }))
        .await?;
    answers(&path, cast).await
}

/// What the first ones said who were telephoned; of the two who come one is there already.
async fn answers(path: &str, cast: &Cast) -> anyhow::Result<()> {
    cast.coordinator
        .post(&format!("{path}/waves"), json!({}))
        .await?;
    telephone(path, cast, &["comes", "declines", "comes", "no_answer"]).await?;
    let coming = coming(path, cast).await?;
    let first = coming.first().context("nobody comes")?;
    let arrived = json!({ "ask": text(first, "ask")? });
    cast.hospital
        .post(&format!("{path}/arrivals"), arrived)
        .await
        .map(drop)
}

/// What the first ones of the list say when they are telephoned.
async fn telephone(path: &str, cast: &Cast, said: &[&str]) -> anyhow::Result<()> {
    let list = format!("{path}/telephone-list");
    let people = items(&cast.coordinator.get(&list).await?);
    for (person, outcome) in people.iter().zip(said) {
        let tick = json!({ "person": text(person, "person")?, "outcome": outcome });
        cast.coordinator
            .post(&format!("{path}/ticks"), tick)
            .await?;
    }
    Ok(())
}

async fn coming(path: &str, cast: &Cast) -> anyhow::Result<Vec<Value>> {
    let asks = cast.hospital.get(&format!("{path}/asks")).await?;
    let coming = asks.get("coming").and_then(Value::as_array);
    coming.cloned().context("nobody comes")
}

/// An urgent need of a rare group a month ago, which two donors filled in half an hour. Its time ends by itself.
pub(super) async fn past_call(play: &Play<'_>) -> anyhow::Result<()> {
    let path = post(play, &play.cast().await?, ("B-", 2)).await?;
    let cast = later(play, 6).await?;
    cast.coordinator
        .post(&format!("{path}/verification"), json!({ "accept": true }))
        .await?;
    let cast = later(play, 11).await?;
    telephone(&path, &cast, &["comes"]).await?;
    let cast = later(play, 14).await?;
    telephone(&path, &cast, &["comes", "comes"]).await?;
    let cast = later(play, 60).await?;
    for donor in coming(&path, &cast).await? {
        let given = json!({ "outcome": "collected", "volume_ml": 350 });
        let arrived = json!({ "ask": text(&donor, "ask")?, "outcome": given });
        cast.hospital
            .post(&format!("{path}/arrivals"), arrived)
            .await?;
    }
    Ok(())
}

/// So many minutes pass, and everybody signs in anew.
async fn later(play: &Play<'_>, minutes: i64) -> anyhow::Result<Cast> {
    play.app.clock.forward(TimeDelta::minutes(minutes));
    play.cast().await
}

/// Posts a need of so many units for tonight.
async fn post(play: &Play<'_>, cast: &Cast, (group, units): (&str, i32)) -> anyhow::Result<String> {
    let need = json!({
        "hospital": play.stage.hospital, "blood_group": group, "component": "red_cells", "units": units,
        "needed_by": (*play.app.now() + TimeDelta::hours(10)).to_rfc3339(), "accept_compatible": false,
        "note": "Số liệu minh họa",
    });
    let call = cast.hospital.post("/calls", need).await?;
    Ok(format!("/calls/{}", text(&call, "id")?))
}

/// Members of the lead's club who agreed to be called stand by, two of three also at night. Who did not is passed over.
pub(super) async fn reserve(play: &Play<'_>, lead: &Visitor) -> anyhow::Result<()> {
    let club = play.stage.clubs.first().context("no club")?;
    let path = format!("/organisations/{club}");
    let members = items(&lead.get(&format!("{path}/members?limit=200")).await?);
    let ready = members
        .iter()
        .filter(|one| one.get("may_give") == Some(&json!(true)));
    for (n, member) in ready.take(STAND_BY).enumerate() {
        let person = text(member, "id")?;
        let tested = (n % 4 == 0).then(|| play.app.today() - Days::new(45));
        // Some help only when the year ends and Tết drains the stocks.
        let months = (n % 9 == 8).then_some([1, 2, 11, 12]);
        let entry =
            json!({ "max_km": 20, "nights": n % 3 != 2, "tested_on": tested, "months": months });
        let path = format!("{path}/reserve/members/{person}");
        // Refused where they did not agree to calls, as anybody's would be.
        drop(lead.put(&path, entry).await);
    }
    Ok(())
}
