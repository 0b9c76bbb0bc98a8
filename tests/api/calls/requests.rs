//! What a hospital may ask for, and what is refused.
use super::{FIVE, place, scene};
use chrono::{DateTime, TimeDelta, Utc};
use giothong::blood::BloodGroup;
use giothong::platform::clock::Moment;
use serde_json::{Value, json};

#[actix_web::test]
async fn what_cannot_be_asked_for_is_refused_with_its_fields() {
    let scene = scene().await;
    let post = async |change: &str, value: Value| {
        let mut need = scene.need(4);
        need[change] = value;
        scene.duty.post("/calls", need).await
    };
    post("units", json!(0)).await.invalid(&["units"]);
    post("units", json!(500)).await.invalid(&["units"]);
    post("needed_by", json!("2020-01-01T00:00:00Z"))
        .await
        .invalid(&["needed_by"]);
    post("needed_by", json!("2030-01-01T00:00:00Z"))
        .await
        .invalid(&["needed_by"]);
    post("blood_group", json!("C+"))
        .await
        .invalid(&["blood_group"]);
    post("hospital", json!("01890000-0000-7000-8000-000000000000"))
        .await
        .refused("not-found");
    let other = scene.app.body("hospital", "Bệnh viện Khác", None).await;
    post("hospital", json!(other)).await.refused("not-found");
    let nowhere = scene
        .app
        .body("hospital", "Cơ sở chưa có tọa độ", None)
        .await;
    post("give_at", json!(nowhere))
        .await
        .refused("place-not-on-the-map");
    let listed = scene.duty.get("/calls").await.ok();
    assert_eq!(listed["items"], json!([]), "nothing refused was kept");
}

#[actix_web::test]
async fn each_facility_takes_its_own_time_for_testing() {
    let scene = scene().await;
    let centre = scene
        .app
        .body("blood_centre", "Viện Minh Họa", Some(scene.province))
        .await;
    place(&scene.app, centre, (21.02, 105.79)).await;
    scene
        .change(centre, json!({ "testing_minutes": 300 }))
        .await;
    let mut need = scene.need(1);
    need["give_at"] = json!(centre);
    let call = scene.duty.post("/calls", need.clone()).await.created();
    let arrive_by =
        |call: &Value| -> DateTime<Utc> { call["arrive_by"].as_str().unwrap().parse().unwrap() };
    let now = *scene.app.app.now();
    assert_eq!(arrive_by(&call), now + TimeDelta::hours(4));
    assert_eq!(call["give_at_name"], "Viện Minh Họa");
    let own = scene.duty.post("/calls", scene.need(1)).await.created();
    assert_eq!(
        arrive_by(&own),
        now + TimeDelta::hours(7),
        "as the settings say"
    );

    scene
        .change(centre, json!({ "testing_minutes": 540 }))
        .await;
    scene
        .duty
        .post("/calls", need)
        .await
        .invalid(&["needed_by"]);
    scene
        .coordinator
        .patch(
            &format!("/organisations/{centre}"),
            json!({ "testing_minutes": 2881, "duty_phone": "12" }),
        )
        .await
        .invalid(&["duty_phone", "testing_minutes"]);
}

#[actix_web::test]
async fn a_note_that_seems_to_name_the_patient_is_looked_at_twice() {
    let scene = scene().await;
    let mut need = scene.need(1);
    need["note"] = json!("Cho bệnh nhân Nguyễn Văn An, gọi 0912 345 678");
    let refused = scene.duty.post("/calls", need.clone()).await;
    let refused = refused.refused("note-looks-private");
    let detail = refused["detail"].as_str().unwrap();
    assert!(
        detail.contains("0912 345 678") && detail.contains("Nguyễn Văn An"),
        "{detail}"
    );
    need["note_confirmed"] = json!(true);
    let call = scene.duty.post("/calls", need.clone()).await.created();
    assert_eq!(call["note"], need["note"]);
    need["note_confirmed"] = json!(false);
    need["note"] = json!("Vào cổng sau, đường Nguyễn Trãi, tầng 3");
    scene.duty.post("/calls", need).await.created();
}

#[actix_web::test]
async fn a_call_of_the_last_night_of_the_year_is_answered_and_collected_in_the_new_one() {
    let mut scene = scene().await;
    let eve: DateTime<Utc> = "2026-12-31T15:00:00Z".parse().unwrap();
    scene.app.forward(Moment::from(eve) - scene.app.app.now());
    scene.duty = scene.app.signed_in(scene.duty.id()).await;
    scene.coordinator = scene.app.signed_in(scene.coordinator.id()).await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    let mut need = scene.need(1);
    need["needed_by"] = json!("2027-01-01T00:00:00Z");
    let path = scene.asking_for(need).await;
    assert_eq!(scene.call(&path).await["arrive_by"], "2026-12-31T22:00:00Z");
    let token = scene.links().remove(0).1;
    let yes = json!({ "answer": "yes", "arriving_at": "2026-12-31T18:00:00Z" });
    scene.answer(&token, yes).await.ok();
    scene.app.forward(TimeDelta::hours(3));
    let coming = scene.duty.get(&format!("{path}/asks")).await.ok();
    let given = json!({
        "ask": coming["coming"][0]["ask"], "outcome": { "outcome": "collected", "volume_ml": 350 },
    });
    scene
        .duty
        .post(&format!("{path}/arrivals"), given)
        .await
        .created();
    let totals = async |from: &str, to: &str| {
        let path = format!(
            "/totals?organisation={}&from={from}&to={to}&kind=emergency",
            scene.hospital
        );
        scene.coordinator.get(&path).await.ok()["total"]["recorded"]["collected"].clone()
    };
    assert_eq!(totals("2027-01-01", "2027-01-31").await, 1.0);
    assert_ne!(totals("2026-12-01", "2026-12-31").await, 1.0);
}
