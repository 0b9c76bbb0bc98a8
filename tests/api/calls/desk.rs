//! Receiving who said yes: one tap at the hospital, counted as emergency everywhere.
use super::{FIVE, Scene, five_asked, place, scene};
use crate::support::Reply;
use chrono::TimeDelta;
use giothong::blood::BloodGroup;
use giothong::platform::http::Role;
use serde_json::{Value, json};

impl Scene {
    async fn coming(&self, path: &str) -> Vec<Value> {
        let asks = self.duty.get(&format!("{path}/asks")).await.ok();
        asks["coming"].as_array().unwrap().clone()
    }

    async fn arrive(&self, path: &str, ask: &Value, outcome: Option<Value>) -> Reply {
        let mut body = json!({ "ask": ask });
        if let Some(outcome) = outcome {
            body["outcome"] = outcome;
        }
        self.duty.post(&format!("{path}/arrivals"), body).await
    }
}

fn gave() -> Value {
    json!({ "outcome": "collected", "volume_ml": 350 })
}

#[actix_web::test]
async fn who_comes_is_received_and_what_they_give_counts_as_emergency() {
    let (scene, path) = five_asked(2).await;
    let links = scene.links();
    for (_, token) in &links[..2] {
        scene.say(token, "yes").await.ok();
    }
    let coming = scene.coming(&path).await;
    scene.app.forward(TimeDelta::hours(1));
    let there = scene.arrive(&path, &coming[0]["ask"], None).await.created();
    assert_eq!(there["counts"]["arrived"], 1);
    assert_eq!(scene.coming(&path).await[0]["state"], "checked_in");
    scene
        .arrive(&path, &coming[0]["ask"], Some(gave()))
        .await
        .created();
    let after = scene
        .arrive(&path, &coming[1]["ask"], Some(gave()))
        .await
        .created();
    assert_eq!(
        (&after["counts"]["donated"], &after["state"]),
        (&json!(2), &json!("filled"))
    );
    scene
        .arrive(&path, &coming[1]["ask"], Some(gave()))
        .await
        .refused("already-collected");
    let totals = scene
        .coordinator
        .get(&format!(
            "/totals?organisation={}&from=2026-05-01&to=2026-05-31&by=kind",
            scene.hospital
        ))
        .await
        .ok();
    let rows = totals["rows"].as_array().unwrap();
    let emergency = rows.iter().find(|row| row["key"] == "emergency").unwrap();
    assert_eq!(emergency["recorded"]["collected"], 2.0, "{totals}");
    let donor = scene.called(&links[0].0).await;
    let gifts = donor.get("/me/donations").await.ok();
    assert_eq!(gifts["items"][0]["on"], "2026-05-01", "{gifts}");
}

#[actix_web::test]
async fn whoever_cannot_give_is_replaced() {
    let (scene, path) = five_asked(1).await;
    let links = scene.links();
    scene.say(&links[0].1, "yes").await.ok();
    let coming = scene.coming(&path).await;
    let deferred = Some(json!({ "outcome": "deferred" }));
    let after = scene
        .arrive(&path, &coming[0]["ask"], deferred)
        .await
        .created();
    assert_eq!(
        (
            &after["state"],
            &after["missing"],
            &after["counts"]["in_vain"]
        ),
        (&json!("asking"), &json!(1), &json!(1))
    );
    assert_eq!(scene.say(&links[1].1, "yes").await.ok()["state"], "filled");
    assert_eq!(scene.say(&links[2].1, "yes").await.ok()["answer"], "late");
}

#[actix_web::test]
async fn the_facility_where_donors_give_receives_them_and_nobody_else_does() {
    let scene = scene().await;
    let centre = scene
        .app
        .body("blood_centre", "Viện Minh Họa", Some(scene.province))
        .await;
    place(&scene.app, centre, (21.02, 105.79)).await;
    let at_centre = scene
        .app
        .staff("Người Viện Máu", Role::Hospital, centre)
        .await;
    let elsewhere = scene
        .app
        .body("hospital", "Bệnh viện Khác", Some(scene.province))
        .await;
    let other = scene
        .app
        .staff("Người Nơi Khác", Role::Hospital, elsewhere)
        .await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    let mut need = scene.need(1);
    need["give_at"] = json!(centre);
    let path = scene.asking_for(need).await;
    scene.say(&scene.links()[0].1, "yes").await.ok();
    let ask = scene.coming(&path).await[0]["ask"].clone();
    let arrivals = format!("{path}/arrivals");
    other
        .post(&arrivals, json!({ "ask": ask }))
        .await
        .refused("not-found");
    at_centre
        .post(&arrivals, json!({ "ask": ask }))
        .await
        .created();
    assert_eq!(
        at_centre.get("/calls").await.ok()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    at_centre
        .put(&format!("{path}/state"), json!({ "state": "cancelled" }))
        .await
        .refused("not-found");
    let nobody = json!({ "ask": "01890000-0000-7000-8000-000000000000" });
    at_centre.post(&arrivals, nobody).await.refused("not-found");
}

#[actix_web::test]
async fn only_who_accepted_is_received_or_looked_up_and_is_told_at_once() {
    let scene = scene().await;
    let people = scene.donors(BloodGroup::OPositive, &FIVE).await;
    let path = scene.asking(1).await;
    let token = scene.link_of(FIVE[0]);
    let reveals = format!("{path}/contact-reveals");
    let look = json!({ "person": people[0], "reason": "Hẹn giờ đến" });
    scene
        .duty
        .post(&reveals, look.clone())
        .await
        .refused("donor-did-not-accept");
    scene.say(&token, "yes").await.ok();
    let seen = scene.duty.post(&reveals, look.clone()).await.ok();
    assert_eq!(seen["items"][0]["value"], super::address(FIVE[0]));
    assert_eq!(seen["code"].as_str().unwrap().len(), 6);
    scene.app.run_jobs().await;
    let told = scene.app.mails_to(&super::address(FIVE[0]));
    let subjects: Vec<&str> = told.iter().map(|mail| mail.subject.as_str()).collect();
    assert!(
        subjects.iter().any(|subject| subject.contains("xem")),
        "{subjects:?}"
    );
    let donor = scene.called(&super::address(FIVE[0])).await;
    let acts = donor.get("/me/accesses").await.ok();
    let acts: Vec<&Value> = acts["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["act"])
        .collect();
    assert!(acts.contains(&&json!("contact_revealed")) && acts.contains(&&json!("code_spoken")));
    let codes = donor.get("/me/spoken-codes/current").await.ok();
    assert_eq!(codes["items"][0]["code"], seen["code"]);
    // The fifth was never asked, and is nobody this hospital may ask for.
    let asked = scene.asked();
    let name = FIVE
        .iter()
        .find(|name| !asked.contains(&super::address(name)))
        .unwrap();
    let at = FIVE.iter().position(|one| one == name).unwrap();
    let look = json!({ "person": people[at], "reason": "Hẹn giờ đến" });
    scene
        .duty
        .post(&reveals, look.clone())
        .await
        .refused("not-found");
    scene
        .coordinator
        .post(&reveals, look)
        .await
        .refused("not-found");
    let no = scene.coming(&path).await[0]["ask"].clone();
    scene.say(&token, "no").await.ok();
    scene
        .arrive(&path, &no, None)
        .await
        .refused("donor-did-not-accept");
}
