//! What stands open all the time: a fixed site, and one urgent call.
use super::present::{Cast, Play};
use super::stage::Stage;
use super::visitor::{Visitor, text};
use chrono::TimeDelta;
use serde_json::{Value, json};

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
        .await
        .map(drop)
}
