//! Who vouches for a request, how long it waits, and what its history says.
use super::{FIVE, address, five_asked, scene};
use chrono::TimeDelta;
use giothong::blood::BloodGroup;
use giothong::platform::http::Role;
use serde_json::{Value, json};

fn steps(call: &Value) -> Vec<String> {
    let steps = call["history"].as_array().unwrap().iter();
    let text = |step: &Value, field: &str| step[field].as_str().unwrap_or("-").to_owned();
    steps
        .map(|step| {
            let act = text(step, "act");
            let what = if act == "moved" {
                text(step, "state")
            } else {
                act
            };
            format!("{what} by {}", text(step, "by"))
        })
        .collect()
}

#[actix_web::test]
async fn a_request_that_waits_ten_minutes_reaches_the_next_coordinator_up() {
    let scene = scene().await;
    let nation_wide = "Đinh Quốc Gia";
    scene
        .app
        .staff(nation_wide, Role::Coordinator, scene.nation)
        .await;
    let call = scene.duty.post("/calls", scene.need(1)).await.created();
    assert_eq!(call["waits_for"], "Hà Nội");
    scene.app.run_jobs().await;
    let told = scene.app.mails_to(&address("Trần Thị Điều Phối"));
    assert!(told[0].subject.contains("xác minh"), "{}", told[0].subject);
    assert!(scene.app.mails_to(&address(nation_wide)).is_empty());

    scene.app.forward(TimeDelta::minutes(11));
    scene.app.run_jobs().await;
    assert_eq!(scene.app.mails_to(&address(nation_wide)).len(), 1);
    assert_eq!(scene.app.mails_to(&address("Trần Thị Điều Phối")).len(), 1);
    let path = format!("/calls/{}", call["id"].as_str().unwrap());
    assert_eq!(scene.call(&path).await["waits_for"], "Cả nước");
    scene.app.forward(TimeDelta::minutes(11));
    scene.app.run_jobs().await;
    assert_eq!(scene.app.mails_to(&address(nation_wide)).len(), 1);
    assert_eq!(
        steps(&scene.call(&path).await),
        ["submitted by Phạm Trực Ban", "told by -", "told by -"],
    );
}

#[actix_web::test]
async fn what_somebody_vouched_for_reaches_nobody_else() {
    let (scene, path) = five_asked(1).await;
    scene.app.forward(TimeDelta::minutes(11));
    scene.app.run_jobs().await;
    let call = scene.call(&path).await;
    assert_eq!(call["waits_for"], Value::Null);
    assert_eq!(
        steps(&call),
        [
            "submitted by Phạm Trực Ban",
            "told by -",
            "verified by Trần Thị Điều Phối",
            "asking by Trần Thị Điều Phối",
        ]
    );
    let first = &call["history"][0];
    assert_eq!(first["at"], call["created_at"]);
}

#[actix_web::test]
async fn a_ward_on_duty_posts_at_once_and_is_called_back_on_its_listed_number() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    let listed = json!({ "duty_phone": "024 3000 0000" });
    scene.change(scene.hospital, listed).await;
    let call = scene.duty.post("/calls", scene.need(1)).await.created();
    assert_eq!(call["state"], "asking");
    assert_eq!(
        call["call_back"],
        json!({ "phone": "+842430000000", "done_at": null })
    );
    scene.app.run_jobs().await;
    assert_eq!(scene.links().len(), 4);
    let path = format!("/calls/{}", call["id"].as_str().unwrap());
    let said = json!({ "genuine": true, "note": "Bác sĩ trực xác nhận" });
    scene
        .duty
        .post(&format!("{path}/call-backs"), said.clone())
        .await
        .refused("forbidden");
    let after = scene
        .coordinator
        .post(&format!("{path}/call-backs"), said.clone())
        .await
        .created();
    assert!(after["call_back"]["done_at"].is_string());
    let last = after["history"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["act"], &last["by"]),
        (&json!("called_back"), &json!("Trần Thị Điều Phối"))
    );
    scene
        .coordinator
        .post(&format!("{path}/call-backs"), said)
        .await
        .refused("call-step-not-possible");
}

#[actix_web::test]
async fn a_call_the_ward_knows_nothing_of_is_taken_back_and_everyone_is_told() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    let listed = json!({ "duty_phone": "024 3000 0000" });
    scene.change(scene.hospital, listed).await;
    let call = scene.duty.post("/calls", scene.need(1)).await.created();
    scene.app.run_jobs().await;
    let path = format!("/calls/{}/call-backs", call["id"].as_str().unwrap());
    let after = scene
        .coordinator
        .post(&path, json!({ "genuine": false }))
        .await
        .created();
    assert_eq!(after["state"], "cancelled");
    scene.app.run_jobs().await;
    for asked in scene.asked() {
        let last = scene.app.mails_to(&asked).pop().unwrap();
        assert!(last.subject.contains("rút lại"), "{}", last.subject);
    }
}
