//! What stands open all the time: a fixed site, and one urgent call.
use super::present::{Cast, Play};
use super::stage::Stage;
use super::visitor::{Visitor, items, text};
use anyhow::Context;
use chrono::TimeDelta;
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
    let need = json!({
        "hospital": play.stage.hospital, "blood_group": "O-", "component": "red_cells", "units": 4,
        "needed_by": (*play.app.now() + TimeDelta::hours(10)).to_rfc3339(), "accept_compatible": false,
        "note": "Số liệu minh họa",
    });
    let call = cast.hospital.post("/calls", need).await?;
    let path = format!("/calls/{}", text(&call, "id")?);
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
    let list = format!("{path}/telephone-list");
    let people = items(&cast.coordinator.get(&list).await?);
    let said = ["comes", "declines", "comes", "no_answer"];
    for (person, outcome) in people.iter().zip(said) {
        let tick = json!({ "person": text(person, "person")?, "outcome": outcome });
        cast.coordinator
            .post(&format!("{path}/ticks"), tick)
            .await?;
    }
    let coming = cast.hospital.get(&format!("{path}/asks")).await?;
    let first = coming.pointer("/coming/0").context("nobody comes")?;
    let arrived = json!({ "ask": text(first, "ask")? });
    cast.hospital
        .post(&format!("{path}/arrivals"), arrived)
        .await
        .map(drop)
}

/// Members of the lead's club who agreed to be called, two of three also at night; who did not is passed over.
pub(super) async fn reserve(stage: &Stage, lead: &Visitor) -> anyhow::Result<()> {
    let club = stage.clubs.first().context("no club")?;
    let path = format!("/organisations/{club}");
    let members = items(&lead.get(&format!("{path}/members?limit=200")).await?);
    let ready = members
        .iter()
        .filter(|one| one.get("may_give") == Some(&json!(true)));
    for (n, member) in ready.take(STAND_BY).enumerate() {
        let person = text(member, "id")?;
        let entry = json!({ "max_km": 20, "nights": n % 3 != 2 });
        let path = format!("{path}/reserve/members/{person}");
        // Refused where they did not agree to calls, as anybody's would be.
        drop(lead.put(&path, entry).await);
    }
    Ok(())
}
