//! Planning a drive, and what is refused.
use super::Chapter;
use crate::support::{drive_plan, id_of, session_plan};
use chrono::TimeDelta;
use giothong::drives::model::{DriveState, HiddenDrive, SlotId};
use giothong::drives::{self, slots};
use giothong::platform::http::Role;
use giothong::platform::id::DriveId;
use giothong::platform::text::Coordinates;
use serde_json::{Value, json};

fn with(mut plan: Value, path: &str, value: Value) -> Value {
    *plan.pointer_mut(path).unwrap() = value;
    plan
}

#[actix_web::test]
async fn a_coordinator_plans_a_drive_and_everyone_sees_it_once_it_is_open() {
    let chapter = Chapter::new().await;
    let hospital = chapter
        .app
        .body("hospital", "Bệnh viện Bạch Mai", None)
        .await;
    let programme = json!({"name": "Hành trình đỏ", "edition": 2026});
    let programme = chapter
        .coordinator
        .post("/programmes", programme)
        .await
        .created();
    let mut plan = drive_plan(chapter.body);
    plan["collected_by"] = json!(hospital);
    plan["programmes"] = json!([programme["id"]]);
    let made = chapter.coordinator.post("/drives", plan).await.created();
    assert_eq!(made["state"], "draft");
    assert_eq!(made["programmes"][0]["name"], "Hành trình đỏ");
    assert_eq!(made["collected_by"]["name"], "Bệnh viện Bạch Mai");
    assert_eq!(
        (&made["starts_on"], &made["ends_on"]),
        (&json!("2026-05-08"), &json!("2026-05-08"))
    );
    assert_eq!(made["sessions"][0]["held_on"], "2026-05-08");
    assert_eq!(made["places_left"], 20);

    let id: DriveId = id_of(&made);
    chapter.app.set_state(id, DriveState::Open).await;
    let seen = chapter
        .app
        .stranger()
        .get(&format!("/drives/{id}"))
        .await
        .ok();
    assert_eq!(seen["organiser"]["name"], "Phường Kim Liên");
    let slots = chapter
        .app
        .stranger()
        .get(&format!("/drives/{id}/slots"))
        .await
        .ok();
    let starts: Vec<&Value> = slots["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slot| &slot["starts_at"])
        .collect();
    assert_eq!(
        starts,
        [
            &json!("2026-05-08T00:30:00Z"),
            &json!("2026-05-08T02:30:00Z")
        ]
    );
}

#[actix_web::test]
async fn a_draft_is_seen_by_its_own_coordinators_only() {
    let chapter = Chapter::new().await;
    let made = chapter
        .coordinator
        .post("/drives", drive_plan(chapter.body))
        .await
        .created();
    let path = format!("/drives/{}", made["id"].as_str().unwrap());
    let elsewhere = chapter.stranger_in_office().await;
    for nosy in [chapter.app.stranger(), elsewhere] {
        nosy.get(&path).await.refused("not-found");
        nosy.get(&format!("{path}/slots"))
            .await
            .refused("not-found");
        nosy.get(&format!("/public{path}"))
            .await
            .refused("not-found");
    }
    assert_eq!(chapter.coordinator.get(&path).await.ok()["id"], made["id"]);
    chapter
        .coordinator
        .get(&format!("/public{path}"))
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn nobody_plans_or_changes_a_drive_of_another_body() {
    let chapter = Chapter::new().await;
    let elsewhere = chapter.stranger_in_office().await;
    elsewhere
        .post("/drives", drive_plan(chapter.body))
        .await
        .refused("not-found");
    let (id, slots) = chapter
        .app
        .open_drive(&chapter.coordinator, drive_plan(chapter.body))
        .await;
    let change = json!({"name": "Của tôi"});
    elsewhere
        .patch(&format!("/drives/{id}"), change.clone())
        .await
        .refused("not-found");
    let session = session_plan("2026-05-09");
    elsewhere
        .post(&format!("/drives/{id}/sessions"), session)
        .await
        .refused("not-found");
    elsewhere
        .patch(&format!("/slots/{}", slots[0]), json!({"capacity": 5}))
        .await
        .refused("not-found");
    let donor = chapter.app.donor("Lê Thị Hoa").await;
    donor
        .patch(&format!("/drives/{id}"), change)
        .await
        .refused("forbidden");
    donor
        .post("/drives", drive_plan(chapter.body))
        .await
        .refused("forbidden");
}

#[actix_web::test]
async fn a_plan_with_mistakes_names_each_of_them() {
    let chapter = Chapter::new().await;
    let plan = || drive_plan(chapter.body);
    let nowhere = json!("01890000-0000-7000-8000-000000000000");
    let first = "/sessions/0";
    let cases = [
        (with(plan(), "/name", json!("  ")), vec!["name"]),
        (
            with(plan(), "/target_units", json!(0)),
            vec!["target_units"],
        ),
        (with(plan(), "/sessions", json!([])), vec!["sessions"]),
        (
            with(
                plan(),
                "/sessions",
                json!(vec![session_plan("2026-05-08"); 61]),
            ),
            vec!["sessions"],
        ),
        (
            with(
                plan(),
                &format!("{first}/ends_at"),
                json!("2026-05-08T07:30:00+07:00"),
            ),
            vec!["sessions.0.ends_at"],
        ),
        (
            with(plan(), first, session_plan("2026-04-30")),
            vec!["sessions.0.ends_at"],
        ),
        (
            with(plan(), &format!("{first}/latitude"), json!(91)),
            vec!["sessions.0.latitude"],
        ),
        (
            with(plan(), &format!("{first}/longitude"), json!(null)),
            vec!["sessions.0.longitude"],
        ),
        (
            with(plan(), &format!("{first}/slots/0/capacity"), json!(0)),
            vec!["sessions.0.slots.0.capacity"],
        ),
        (
            with(plan(), &format!("{first}/slots/0/capacity"), json!(10_001)),
            vec!["sessions.0.slots.0.capacity"],
        ),
        (
            with(
                plan(),
                &format!("{first}/slots/1/starts_at"),
                json!("2026-05-08T11:30:00+07:00"),
            ),
            vec!["sessions.0.slots.1.starts_at"],
        ),
        (
            with(
                plan(),
                &format!("{first}/slots/1/starts_at"),
                json!("2026-05-08T07:30:00+07:00"),
            ),
            vec!["sessions.0.slots.1.starts_at"],
        ),
        (
            with(plan(), "/kind", json!("fixed")),
            vec!["sessions", "opening"],
        ),
    ];
    for (plan, fields) in cases {
        chapter
            .coordinator
            .post("/drives", plan)
            .await
            .invalid(&fields);
    }
    for (field, value, named) in [
        ("programmes", json!([nowhere]), "programmes.0"),
        ("collected_by", nowhere.clone(), "collected_by"),
        ("collected_by", json!(chapter.body), "collected_by"),
        ("time_zone", json!("Mars/Olympus"), "time_zone"),
        ("colour", json!("red"), "colour"),
    ] {
        let mut wrong = plan();
        wrong[field] = value;
        chapter
            .coordinator
            .post("/drives", wrong)
            .await
            .invalid(&[named]);
    }
    let mut wrong = plan();
    wrong["sessions"][0]["commune"] = nowhere;
    chapter
        .coordinator
        .post("/drives", wrong)
        .await
        .invalid(&["sessions.0.commune"]);
    let all = format!("/drives?organisation={}", chapter.body);
    assert_eq!(
        chapter.coordinator.get(&all).await.ok()["items"],
        json!([]),
        "nothing half done"
    );
}

#[actix_web::test]
async fn the_same_plan_sent_twice_is_one_drive() {
    let chapter = Chapter::new().await;
    let twice = chapter.coordinator.key("ke-hoach-1");
    let first = twice
        .post("/drives", drive_plan(chapter.body))
        .await
        .created();
    let second = twice
        .post("/drives", drive_plan(chapter.body))
        .await
        .created();
    assert_eq!(first["id"], second["id"]);
    let all = format!("/drives?organisation={}", chapter.body);
    assert_eq!(
        chapter.coordinator.get(&all).await.ok()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[actix_web::test]
async fn a_day_ends_at_midnight_where_the_drive_is() {
    let chapter = Chapter::new().await;
    let mut plan = drive_plan(chapter.body);
    plan["sessions"][0]["starts_at"] = json!("2026-05-07T17:30:00Z");
    plan["sessions"][0]["slots"] = json!([]);
    let made = chapter
        .coordinator
        .post("/drives", plan.clone())
        .await
        .created();
    assert_eq!(made["sessions"][0]["held_on"], "2026-05-08");
    plan["time_zone"] = json!("UTC");
    let made = chapter.coordinator.post("/drives", plan).await.created();
    assert_eq!(made["sessions"][0]["held_on"], "2026-05-07");
}

#[actix_web::test]
async fn sessions_and_slots_are_added_until_the_drive_is_over() {
    let chapter = Chapter::new().await;
    let (id, _) = chapter
        .app
        .open_drive(&chapter.coordinator, drive_plan(chapter.body))
        .await;
    let sessions = format!("/drives/{id}/sessions");
    let made = chapter
        .coordinator
        .post(&sessions, session_plan("2026-05-06"))
        .await
        .created();
    assert_eq!(
        (&made["held_on"], made["slots"].as_array().unwrap().len()),
        (&json!("2026-05-06"), 2)
    );
    let drive = chapter.coordinator.get(&format!("/drives/{id}")).await.ok();
    assert_eq!(
        (&drive["starts_on"], &drive["ends_on"]),
        (&json!("2026-05-06"), &json!("2026-05-08"))
    );

    let slots = format!("/sessions/{}/slots", made["id"].as_str().unwrap());
    let at = |time: &str| json!({"slots": [{"starts_at": format!("2026-05-06T{time}:00+07:00"), "capacity": 3}]});
    chapter
        .coordinator
        .post(&slots, at("08:30"))
        .await
        .created();
    chapter
        .coordinator
        .post(&slots, at("08:30"))
        .await
        .invalid(&["slots.0.starts_at"]);
    chapter
        .coordinator
        .post(&slots, at("12:00"))
        .await
        .invalid(&["slots.0.starts_at"]);
    chapter
        .coordinator
        .post(&slots, json!({"slots": []}))
        .await
        .invalid(&["slots"]);
    let nowhere = "/sessions/01890000-0000-7000-8000-000000000000/slots";
    chapter
        .coordinator
        .post(nowhere, at("08:30"))
        .await
        .refused("not-found");

    chapter.app.set_state(id, DriveState::Completed).await;
    chapter
        .coordinator
        .post(&slots, at("08:45"))
        .await
        .refused("drive-settled");
    chapter
        .coordinator
        .post(&sessions, session_plan("2026-05-07"))
        .await
        .refused("drive-settled");
    let rename = json!({"name": "Tên mới"});
    chapter
        .coordinator
        .patch(&format!("/drives/{id}"), rename.clone())
        .await
        .ok();
    chapter.app.set_state(id, DriveState::Signed).await;
    chapter
        .coordinator
        .patch(&format!("/drives/{id}"), rename)
        .await
        .refused("drive-settled");
}

#[actix_web::test]
async fn a_drive_grows_to_sixty_sessions_and_a_session_to_two_hundred_slots() {
    let chapter = Chapter::new().await;
    let mut plan = drive_plan(chapter.body);
    let mut bare = session_plan("2026-05-08");
    bare["slots"] = json!([]);
    plan["sessions"] = json!(vec![bare.clone(); 60]);
    let drive = chapter.coordinator.post("/drives", plan).await.created();
    let sessions = format!("/drives/{}/sessions", drive["id"].as_str().unwrap());
    chapter
        .coordinator
        .post(&sessions, bare)
        .await
        .refused("drive-too-large");
    let slots = format!(
        "/sessions/{}/slots",
        drive["sessions"][0]["id"].as_str().unwrap()
    );
    let minute = |n: u32| json!({"starts_at": format!("2026-05-08T{:02}:{:02}:00Z", 1 + n / 60, n % 60), "capacity": 1});
    let many: Vec<Value> = (0..180).map(minute).collect();
    chapter
        .coordinator
        .post(&slots, json!({"slots": many}))
        .await
        .created();
    let half: Vec<Value> = (0..21)
        .map(|n| json!({"starts_at": format!("2026-05-08T01:{n:02}:30Z"), "capacity": 1}))
        .collect();
    chapter
        .coordinator
        .post(&slots, json!({"slots": half}))
        .await
        .refused("drive-too-large");
}

#[actix_web::test]
async fn a_slot_never_shrinks_below_what_is_taken() {
    let chapter = Chapter::new().await;
    let (_, ids) = chapter
        .app
        .open_drive(&chapter.coordinator, drive_plan(chapter.body))
        .await;
    let slot: SlotId = ids[0].parse().unwrap();
    assert!(
        chapter
            .app
            .rows(move |conn| slots::take_many(conn, slot, 4))
            .await
    );
    let path = format!("/slots/{slot}");
    let refused = chapter
        .coordinator
        .patch(&path, json!({"capacity": 3}))
        .await
        .refused("slot-capacity-taken");
    assert!(refused["detail"].as_str().unwrap().contains('4'));
    let shrunk = chapter
        .coordinator
        .patch(&path, json!({"capacity": 4}))
        .await
        .ok();
    assert_eq!(
        (&shrunk["capacity"], &shrunk["places_left"]),
        (&json!(4), &json!(0))
    );
    chapter
        .coordinator
        .patch(&path, json!({"capacity": 0}))
        .await
        .invalid(&["capacity"]);
}

#[actix_web::test]
async fn a_programme_has_one_edition_a_year() {
    let chapter = Chapter::new().await;
    let edition = |year| json!({"name": "Lễ hội Xuân hồng", "edition": year, "starts_on": "2026-02-01", "ends_on": "2026-03-01"});
    let made = chapter
        .coordinator
        .post("/programmes", edition(2026))
        .await
        .created();
    chapter
        .coordinator
        .post("/programmes", edition(2025))
        .await
        .created();
    chapter
        .coordinator
        .post("/programmes", edition(2026))
        .await
        .refused("already-exists");
    let wrong =
        json!({"name": "", "edition": 26, "starts_on": "2026-02-01", "ends_on": "2026-01-01"});
    chapter
        .coordinator
        .post("/programmes", wrong)
        .await
        .invalid(&["name", "edition", "ends_on"]);
    let first = chapter.app.stranger().get("/programmes?limit=1").await.ok();
    assert_eq!(first["items"][0]["id"], made["id"]);
    let after = first["next"].as_str().unwrap();
    let second = chapter
        .app
        .stranger()
        .get(&format!("/programmes?limit=1&after={after}"))
        .await
        .ok();
    assert_eq!(
        (&second["items"][0]["edition"], &second["next"]),
        (&json!(2025), &Value::Null)
    );
    let asked = chapter
        .app
        .stranger()
        .get("/programmes?edition=2025")
        .await
        .ok();
    assert_eq!(asked["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_nurse_and_a_day_helper_see_the_draft_they_will_work_on() {
    let chapter = Chapter::new().await;
    let hospital = chapter
        .app
        .body("hospital", "Bệnh viện Bạch Mai", None)
        .await;
    let mut plan = drive_plan(chapter.body);
    plan["collected_by"] = json!(hospital);
    let made = chapter.coordinator.post("/drives", plan).await.created();
    let path = format!("/drives/{}", made["id"].as_str().unwrap());
    let nurse = chapter.app.staff("Phạm Thị Lan", Role::Nurse, hospital);
    assert_eq!(nurse.await.get(&path).await.ok()["id"], made["id"]);
    let helper = chapter.app.donor("Đỗ Văn Nam").await;
    helper.get(&path).await.refused("not-found");
    let drive = Some(id_of(&made));
    let grant = chapter
        .app
        .grant(helper.id(), Role::DriveStaff, None, drive);
    grant.await;
    assert_eq!(helper.get(&path).await.ok()["id"], made["id"]);
    let rename = json!({"name": "Tên khác"});
    helper.patch(&path, rename).await.refused("forbidden");
}

#[actix_web::test]
async fn the_drive_of_an_emergency_call_is_in_no_list_but_its_places_can_be_taken() {
    let chapter = Chapter::new().await;
    let (app, now) = (&chapter.app.app, chapter.app.app.now());
    let hidden = HiddenDrive {
        id: app.id(),
        session: app.id(),
        slot: app.id(),
        organiser: chapter.body,
        collected_by: None,
        name: "Cần 4 đơn vị O−".into(),
        place: "Viện Huyết học".into(),
        address: "Phạm Văn Bạch, Hà Nội".into(),
        at: Coordinates::parse(21.0, 105.8).ok(),
        starts_at: now,
        ends_at: now + TimeDelta::hours(9),
        capacity: 4,
        time_zone: chrono_tz::Asia::Ho_Chi_Minh,
        now,
    };
    let (id, slot) = (hidden.id, hidden.slot);
    let insert = move |conn: &mut _| drives::insert_hidden(conn, &hidden);
    chapter.app.rows(insert).await;
    let stranger = chapter.app.stranger();
    stranger
        .get(&format!("/drives/{id}"))
        .await
        .refused("not-found");
    for path in ["/drives", "/drives?near=21,105.8"] {
        assert_eq!(stranger.get(path).await.ok()["items"], json!([]));
    }
    assert!(!stranger.get("/drives.ics").await.text().contains("VEVENT"));
    let own = chapter.coordinator.get(&format!("/drives/{id}")).await.ok();
    assert_eq!(
        (&own["kind"], &own["places_left"]),
        (&json!("emergency"), &json!(4))
    );
    let took = chapter
        .app
        .rows(move |conn| slots::take_many(conn, slot, 4))
        .await;
    let more = chapter.app.rows(move |conn| slots::take(conn, slot)).await;
    assert!(took && !more);
}

#[actix_web::test]
async fn an_edition_lies_in_years_that_can_be() {
    let chapter = Chapter::new().await;
    let odd = json!({"name": "Chủ nhật đỏ", "edition": 2026, "starts_on": "-9000-01-01", "ends_on": "+9000-01-01"});
    let reply = chapter.coordinator.post("/programmes", odd).await;
    reply.invalid(&["starts_on", "ends_on"]);
}
