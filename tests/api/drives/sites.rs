//! Fixed sites: days that make themselves.
use super::Chapter;
use crate::support::{TestApp, id_of};
use chrono::TimeDelta;
use giothong::drives::model::{DriveState, SlotId};
use giothong::drives::slots;
use giothong::platform::id::DriveId;
use serde_json::{Value, json};

fn site(chapter: &Chapter, exceptions: &Value) -> Value {
    json!({
        "organiser": chapter.body,
        "name": "Điểm hiến máu cố định",
        "kind": "fixed",
        "opening": {
            "place": "Trung tâm Máu", "address": "26 Lương Ngọc Quyến",
            "weekly": [
                {"weekday": "friday", "opens": "07:30", "closes": "11:30", "slot_minutes": 60, "capacity": 5},
                {"weekday": "friday", "opens": "13:30", "closes": "15:30", "slot_minutes": 60, "capacity": 5},
                {"weekday": "monday", "opens": "07:30", "closes": "11:30", "slot_minutes": 60, "capacity": 5},
            ],
            "exceptions": exceptions,
        },
    })
}

async fn days(app: &TestApp, id: DriveId) -> Vec<(String, i64)> {
    let drive = app.stranger().get(&format!("/drives/{id}")).await.ok();
    let sessions = drive["sessions"].as_array().unwrap().clone();
    let day = |session: &Value| {
        let day = session["held_on"].as_str().unwrap().to_owned();
        (day, session["capacity"].as_i64().unwrap())
    };
    sessions.iter().map(day).collect()
}

async fn open(chapter: &Chapter, exceptions: Value) -> DriveId {
    let made = chapter
        .coordinator
        .post("/drives", site(chapter, &exceptions))
        .await
        .created();
    let id = id_of(&made);
    chapter.app.set_state(id, DriveState::Open).await;
    id
}

#[actix_web::test]
async fn a_site_can_be_booked_eight_weeks_ahead_but_for_its_closed_days() {
    let chapter = Chapter::new().await;
    let id = open(&chapter, json!([{"on": "2026-05-08"}])).await;
    let days = days(&chapter.app, id).await;
    let day = |day: &str, places| (day.to_owned(), places);
    assert_eq!(
        days[..3],
        [
            day("2026-05-01", 30),
            day("2026-05-04", 20),
            day("2026-05-11", 20)
        ]
    );
    assert_eq!(days.last(), Some(&day("2026-06-26", 30)));
    assert_eq!(days.len(), 16);
    let page = chapter
        .app
        .stranger()
        .get("/drives?q=luong%20ngoc%20quyen")
        .await
        .ok();
    assert_eq!(page["items"][0]["session"]["held_on"], "2026-05-01");
}

#[actix_web::test]
async fn each_night_adds_the_day_that_came_into_sight_and_doubles_none() {
    let chapter = Chapter::new().await;
    let id = open(&chapter, json!([])).await;
    let before = days(&chapter.app, id).await;
    chapter.app.run_jobs().await;
    assert_eq!(days(&chapter.app, id).await, before);
    chapter.app.forward(TimeDelta::days(3));
    chapter.app.run_jobs().await;
    let after = days(&chapter.app, id).await;
    assert_eq!(
        after.first().map(|(day, _)| day.as_str()),
        Some("2026-05-04")
    );
    assert_eq!(after.last(), Some(&("2026-06-29".to_owned(), 20)));
    let drive = chapter
        .app
        .stranger()
        .get(&format!("/drives/{id}"))
        .await
        .ok();
    assert_eq!(drive["ends_on"], "2026-06-29");
    chapter.app.set_state(id, DriveState::Completed).await;
    chapter.app.forward(TimeDelta::days(7));
    chapter.app.run_jobs().await;
    assert_eq!(
        days(&chapter.app, id).await.last(),
        after.last(),
        "a site that is over gets no more days"
    );
}

#[actix_web::test]
async fn other_hours_hold_from_the_next_day_nobody_has_booked() {
    let chapter = Chapter::new().await;
    let id = open(&chapter, json!([])).await;
    let slots = chapter
        .app
        .stranger()
        .get(&format!("/drives/{id}/slots?from=2026-05-08T00:00:00Z"))
        .await
        .ok();
    let booked: SlotId = slots["items"][0]["id"].as_str().unwrap().parse().unwrap();
    chapter
        .app
        .rows(move |conn| slots::take(conn, booked))
        .await;
    let mut opening = site(&chapter, &json!([]))["opening"].clone();
    opening["weekly"] = json!([{"weekday": "friday", "opens": "08:00", "closes": "09:00", "slot_minutes": 30, "capacity": 1}]);
    let path = format!("/drives/{id}");
    chapter
        .coordinator
        .patch(&path, json!({"opening": opening}))
        .await
        .ok();
    let days = days(&chapter.app, id).await;
    let day = |day: &str, places| (day.to_owned(), places);
    assert_eq!(
        days[..3],
        [
            day("2026-05-01", 30),
            day("2026-05-08", 30),
            day("2026-05-15", 2)
        ]
    );
    let shown = chapter.coordinator.get(&path).await.ok();
    assert_eq!(shown["opening"]["weekly"][0]["opens"], "08:00");
}

#[actix_web::test]
async fn an_opening_with_mistakes_names_each_of_them() {
    let chapter = Chapter::new().await;
    let mut wrong = site(
        &chapter,
        &json!([{"on": "2026-05-08"}, {"on": "2026-05-08"}]),
    );
    chapter
        .coordinator
        .post("/drives", wrong.clone())
        .await
        .invalid(&["opening.exceptions.1.on"]);
    wrong["opening"]["weekly"][0]["closes"] = json!("24:30");
    wrong["opening"]["weekly"][1]["slot_minutes"] = json!(1);
    wrong["opening"]["place"] = json!("");
    chapter.coordinator.post("/drives", wrong).await.invalid(&[
        "opening.place",
        "opening.weekly.0.closes",
        "opening.weekly.1.slot_minutes",
    ]);
    let mut planned = crate::support::drive_plan(chapter.body);
    planned["opening"] = site(&chapter, &json!([]))["opening"].clone();
    chapter
        .coordinator
        .post("/drives", planned)
        .await
        .invalid(&["opening"]);
    let id = open(&chapter, json!([])).await;
    let session = crate::support::session_plan("2026-05-09");
    chapter
        .coordinator
        .post(&format!("/drives/{id}/sessions"), session)
        .await
        .invalid(&["starts_at"]);
}
