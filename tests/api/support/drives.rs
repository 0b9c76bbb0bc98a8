//! Drives a test needs before it begins.
use super::{Actor, TestApp};
use giothong::drives;
use giothong::drives::model::DriveState;
use giothong::platform::id::{DriveId, OrganisationId};
use serde_json::{Value, json};

/// The plan of a drive on 2026-05-08 from 07:30 to 11:30 in Hà Nội, with two slots of ten places.
pub fn drive_plan(organiser: OrganisationId) -> Value {
    json!({
        "organiser": organiser,
        "name": "Giọt máu hồng Kim Liên",
        "kind": "planned",
        "target_units": 100,
        "sessions": [session_plan("2026-05-08")],
    })
}

/// A session on this day with slots at 07:30 and 09:30.
pub fn session_plan(day: &str) -> Value {
    json!({
        "place": "Nhà văn hóa phường Kim Liên",
        "address": "46 Phạm Ngọc Thạch, Hà Nội",
        "latitude": 21.0085,
        "longitude": 105.8342,
        "starts_at": format!("{day}T07:30:00+07:00"),
        "ends_at": format!("{day}T11:30:00+07:00"),
        "slots": [
            {"starts_at": format!("{day}T07:30:00+07:00"), "capacity": 10},
            {"starts_at": format!("{day}T09:30:00+07:00"), "capacity": 10},
        ],
    })
}

/// The id in a reply.
pub fn id_of<T: std::str::FromStr<Err: std::fmt::Debug>>(view: &Value) -> T {
    view["id"].as_str().unwrap().parse().unwrap()
}

impl TestApp {
    /// Puts a drive into this state, whatever state it is in.
    pub async fn set_state(&self, id: DriveId, to: DriveState) {
        let now = self.app.now();
        self.rows(move |conn| {
            let from = drives::find(conn, id)?.state;
            drives::set_state(conn, id, from, to, now)
        })
        .await;
    }

    /// An open drive of this plan; answers its id and the ids of its slots, earliest first.
    pub async fn open_drive(&self, coordinator: &Actor, plan: Value) -> (DriveId, Vec<String>) {
        let drive = coordinator.post("/drives", plan).await.created();
        let id: DriveId = id_of(&drive);
        self.set_state(id, DriveState::Open).await;
        let path = format!("/drives/{id}/slots?limit=200");
        let slots = self.stranger().get(&path).await.ok();
        let slots = slots["items"].as_array().unwrap().clone();
        let ids = slots
            .iter()
            .map(|slot| slot["id"].as_str().unwrap().to_owned());
        (id, ids.collect())
    }
}
