//! A drive as a coordinator opens it and a desk fills it.
use super::names::dice;
use super::people::Guest;
use super::present::Play;
use super::visitor::{Visitor, items, text};
use crate::blood::BloodGroup;
use crate::platform::clock::Moment;
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
    let ids = items(&slots)
        .iter()
        .map(|slot| text(slot, "id"))
        .collect::<anyhow::Result<Vec<_>>>()?;
    Ok((path, ids))
}

/// A place that is taken, and the group that will be found on the bag.
pub(super) struct Booked {
    registration: String,
    group: Option<BloodGroup>,
}

/// Books for people until `wanted` places are taken; who may not give yet is passed over.
pub(super) async fn book(
    desk: &Visitor,
    drive: &(String, Vec<String>),
    people: &[Guest],
    wanted: usize,
) -> Vec<Booked> {
    let mut booked = Vec::new();
    for (n, guest) in people.iter().enumerate() {
        if booked.len() == wanted {
            break;
        }
        let Some(slot) = drive.1.get(n % drive.1.len().max(1)) else {
            break;
        };
        let made = desk
            .post(
                &format!("{}/registrations", drive.0),
                json!({ "slot": slot, "person": guest.person }),
            )
            .await;
        if let Some(registration) = made.ok().and_then(|made| text(&made, "id").ok()) {
            booked.push(Booked {
                registration,
                group: guest.group,
            });
        }
    }
    booked
}

/// How a drive's outcomes are entered.
pub(super) enum Entry<'a> {
    /// By one tap each, as a hospital's team does it.
    Light,
    /// With the group of each bag, by a nurse.
    Full(&'a Visitor),
}

/// Records what became of each; one in ten did not come.
pub(super) async fn receive(
    desk: &Visitor,
    booked: &[Booked],
    entry: Entry<'_>,
) -> anyhow::Result<()> {
    for (n, one) in (0..).zip(booked) {
        if dice(n, 21, 10) == 0 {
            continue;
        }
        let path = format!("/registrations/{}", one.registration);
        desk.post(&format!("{path}/check-in"), json!({})).await?;
        let volume = match dice(n, 22, 20) {
            0 => None,
            1..=5 => Some(250),
            6 => Some(450),
            _ => Some(350),
        };
        match (volume, &entry, one.group) {
            (None, ..) => {
                let left = json!({ "outcome": "left" });
                desk.post(&format!("{path}/outcome"), left).await?
            }
            (Some(volume), Entry::Full(nurse), Some(group)) => {
                let bag = json!({ "component": "whole_blood", "volume_ml": volume, "blood_group": group.as_str() });
                nurse.post(&format!("{path}/donation"), bag).await?
            }
            (Some(volume), ..) => {
                let tap = json!({ "outcome": "collected", "volume_ml": volume });
                desk.post(&format!("{path}/outcome"), tap).await?
            }
        };
    }
    Ok(())
}
