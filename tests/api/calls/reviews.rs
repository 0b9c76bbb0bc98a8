//! Looking back on calls: how long each step took, and how each hospital fared by month.
use super::{FIVE, five_asked, scene};
use chrono::TimeDelta;
use giothong::blood::BloodGroup;
use giothong::platform::http::Role;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_call_tells_afterwards_how_long_each_step_took() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    let path = scene.posted(scene.need(1)).await;
    scene.app.forward(TimeDelta::minutes(4));
    scene.vouch(&path).await;
    scene.app.run_jobs().await;
    scene.app.forward(TimeDelta::minutes(7));
    let links = scene.links();
    scene.say(&links[0].1, "no").await.ok();
    scene.app.forward(TimeDelta::minutes(9));
    scene.say(&links[1].1, "yes").await.ok();
    scene.say(&links[2].1, "yes").await.ok();
    let review = scene.duty.get(&format!("{path}/review")).await.ok();
    assert_eq!(
        (
            &review["minutes_to_verify"],
            &review["minutes_to_first_yes"],
            &review["minutes_to_filled"]
        ),
        (&json!(4), &json!(20), &json!(20))
    );
    assert_eq!(
        (&review["asked"], &review["asked_per_unit"]),
        (&json!(4), &json!(4.0))
    );
    let ring = &review["rings"][0];
    assert_eq!(
        ["asked", "yes", "late", "no", "silent"].map(|field| ring[field].as_i64().unwrap()),
        [4, 2, 1, 1, 1]
    );
}

#[actix_web::test]
async fn each_hospital_is_looked_at_by_month_and_only_by_who_may() {
    let (scene, path) = five_asked(1).await;
    scene.say(&scene.links()[0].1, "yes").await.ok();
    scene.app.forward(TimeDelta::days(35));
    scene.duty.post("/calls", scene.need(2)).await.created();
    let reviews = format!(
        "/organisations/{}/call-reviews?from=2026-05-01&to=2026-06-30",
        scene.province
    );
    let months = scene.coordinator.get(&reviews).await.ok();
    let rows: Vec<(&Value, &Value, &Value)> = months["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (&row["month"], &row["calls"], &row["filled"]))
        .collect();
    assert_eq!(
        rows,
        [
            (&json!("2026-05"), &json!(1), &json!(1)),
            (&json!("2026-06"), &json!(1), &json!(0))
        ]
    );
    assert_eq!(months["items"][0]["hospital_name"], "Bệnh viện Minh Họa");
    scene.duty.get(&reviews).await.refused("not-found");
    let auditor = scene
        .app
        .staff("Người Kiểm Tra", Role::Auditor, scene.province);
    assert_eq!(auditor.await.get(&reviews).await.ok(), months);
    let too_long = reviews.replace("2026-06-30", "2027-06-30");
    scene.coordinator.get(&too_long).await.invalid(&["to"]);
    let elsewhere = scene.app.body("province", "Nơi Khác", None).await;
    let other = scene
        .app
        .staff("Người Nơi Khác", Role::Coordinator, elsewhere)
        .await;
    other.get(&reviews).await.refused("not-found");
    other
        .get(&format!("{path}/review"))
        .await
        .refused("not-found");
}
