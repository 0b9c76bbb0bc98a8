//! A drive as a coordinator opens it and a desk fills it.
use super::names::dice;
use super::present::Play;
use super::visitor::{Visitor, text};
use crate::platform::clock::Moment;
use crate::platform::id::PersonId;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// Half past seven in the morning, so many days from now.
pub(super) fn morning(play: &Play<'_>, days: i64) -> Option<Moment> {
    let zone = play.app.settings.site.time_zone;
    let day = (play.app.now() + TimeDelta::days(days)).date_in(zone);
    let local = day.and_hms_opt(7, 30, 0)?.and_local_timezone(zone);
    Some(Moment::from(local.earliest()?.to_utc()))
}

/// A drive of four hours with places in slots of half an hour.
pub(super) fn drive(
    play: &Play<'_>,
    starts_at: Option<Moment>,
    number: usize,
    programme: &str,
) -> Value {
    let stage = play.stage;
    let commune = stage.communes.iter().cycle().nth(number).copied();
    let (commune, (name, (latitude, longitude))) =
        commune.unwrap_or((stage.hospital, ("", (0.0, 0.0))));
    let at = |minutes| starts_at.map(|start| (*start + TimeDelta::minutes(minutes)).to_rfc3339());
    let slots: Vec<Value> = (0..8)
        .map(|k| json!({ "starts_at": at(k * 30), "capacity": 20 }))
        .collect();
    json!({
        "organiser": commune, "name": format!("Hành trình đỏ – {name}"), "kind": "planned", "programmes": [programme],
        "collected_by": stage.centre, "target_units": 100,
        "sessions": [{ "place": format!("Nhà văn hóa {name}"), "address": "Số liệu minh họa", "commune": commune,
            "latitude": latitude, "longitude": longitude, "starts_at": at(0), "ends_at": at(240), "slots": slots }],
    })
}

/// Opens a drive; answers its path and its slots.
pub(super) async fn open(
    coordinator: &Visitor,
    drive: Value,
) -> anyhow::Result<(String, Vec<String>)> {
    let made = coordinator.post("/drives", drive).await?;
    let path = format!("/drives/{}", text(&made, "id")?);
    coordinator
        .put(&format!("{path}/state"), json!({ "state": "open" }))
        .await?;
    let slots = coordinator.get(&format!("{path}/slots")).await?;
    let slots = slots
        .get("items")
        .or(Some(&slots))
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let ids = slots
        .iter()
        .map(|slot| text(slot, "id"))
        .collect::<anyhow::Result<Vec<_>>>()?;
    Ok((path, ids))
}

/// Books for people until `wanted` places are taken; who may not give yet is passed over. Answers the registrations.
pub(super) async fn book(
    desk: &Visitor,
    drive: &(String, Vec<String>),
    people: &[PersonId],
    wanted: usize,
) -> Vec<String> {
    let mut booked = Vec::new();
    for (n, person) in people.iter().enumerate() {
        if booked.len() == wanted {
            break;
        }
        let Some(slot) = drive.1.get(n % drive.1.len().max(1)) else {
            break;
        };
        let made = desk
            .post(
                &format!("{}/registrations", drive.0),
                json!({ "slot": slot, "person": person }),
            )
            .await;
        if let Some(id) = made.ok().and_then(|made| text(&made, "id").ok()) {
            booked.push(id);
        }
    }
    booked
}

/// Records what became of each; one in ten did not come.
pub(super) async fn receive(desk: &Visitor, booked: &[String]) -> anyhow::Result<()> {
    for (n, registration) in (0..).zip(booked) {
        if dice(n, 21, 10) == 0 {
            continue;
        }
        let path = format!("/registrations/{registration}");
        desk.post(&format!("{path}/check-in"), json!({})).await?;
        let outcome = match dice(n, 22, 20) {
            0 => json!({ "outcome": "left" }),
            1..=5 => json!({ "outcome": "collected", "volume_ml": 250 }),
            6 => json!({ "outcome": "collected", "volume_ml": 450 }),
            _ => json!({ "outcome": "collected", "volume_ml": 350 }),
        };
        desk.post(&format!("{path}/outcome"), outcome).await?;
    }
    Ok(())
}
