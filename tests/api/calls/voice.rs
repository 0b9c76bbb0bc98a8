//! The gateway rings up donors of the telephone list: once, within the contact rules, and for all to see.
use super::{Scene, scene_with};
use crate::notices::contact;
use chrono::{DateTime, TimeDelta, Utc};
use giothong::blood::BloodGroup;
use giothong::platform::clock::Moment;
use giothong::platform::config::{Settings, Template};
use giothong::platform::id::PersonId;
use serde_json::{Value, json};

fn with_voice(settings: &mut Settings) {
    "https://voice.example.vn/call".clone_into(&mut settings.gateway.url);
    let template = Template {
        id: "V-1".to_owned(),
        price: 900,
    };
    let templates = &mut settings.gateway.templates;
    templates.insert("call-voice".to_owned(), template);
}

impl Scene {
    async fn with_number(&self, name: &str) -> PersonId {
        let donors = self.donors(BloodGroup::ONegative, &[name]).await;
        contact(&self.app, donors[0], "phone", "+84912345678").await;
        donors[0]
    }

    /// Somebody of the telephone list, by person.
    async fn listed(&self, path: &str, person: PersonId) -> Value {
        let list = format!("{path}/telephone-list");
        let list = self.duty.get(&list).await.ok();
        let mut items = list["items"].as_array().unwrap().iter();
        let one = items.find(|one| one["person"] == json!(person));
        one.expect("not on the list").clone()
    }
}

fn whom(person: PersonId) -> Value {
    json!({ "person": person })
}

#[actix_web::test]
async fn the_gateway_rings_a_donor_up_once_and_the_list_and_the_history_show_it() {
    let scene = scene_with(with_voice).await;
    let donor = scene.with_number("Lê Bình").await;
    let path = scene.asking_for(scene.rare_need(2)).await;
    let list = scene.duty.get(&format!("{path}/telephone-list")).await.ok();
    assert_eq!(list["offers_voice"], true);
    assert_eq!(scene.listed(&path, donor).await["voice"], Value::Null);
    let voice = format!("{path}/voice-calls");
    let once = scene.duty.key("v1");
    once.post(&voice, whom(donor)).await.created();
    once.post(&voice, whom(donor)).await.created();
    scene.app.run_jobs().await;
    let posted = scene.app.app.net.posted();
    assert_eq!(posted.len(), 1, "sent twice, rung once");
    let said: Value = serde_json::from_slice(&posted[0].body).unwrap();
    assert_eq!(
        (&said["template_id"], &said["to"]),
        (&json!("V-1"), &json!("+84912345678"))
    );
    assert_eq!(said["data"]["hospital"], "Bệnh viện Minh Họa");
    assert_eq!(said["data"]["hour"], "16:00");
    let link = said["data"]["link"].as_str().unwrap();
    let words = said["data"].to_string();
    assert!(!words.contains("O-") && !words.contains("O+"), "{words}");
    assert_eq!(scene.listed(&path, donor).await["voice"]["state"], "sent");
    let call = scene.call(&path).await;
    let mut history = call["history"].as_array().unwrap().iter();
    let step = history.find(|step| step["act"] == "voice_called").unwrap();
    assert_eq!(step["by"], "Phạm Trực Ban");
    let steps = call["rare_steps"].as_array().unwrap().iter();
    let mut telephone = steps.filter(|step| step["step"] == "telephone");
    assert!(telephone.next_back().unwrap()["done_at"].is_string());
    let again = scene.coordinator.post(&voice, whom(donor)).await;
    again.refused("voice-call-not-needed");
    let token = link.rsplit_once("/a/").unwrap().1;
    assert_eq!(scene.say(token, "yes").await.ok()["answer"], "yes");
}

#[actix_web::test]
async fn who_answered_has_no_number_or_is_not_on_the_list_is_not_rung_up() {
    let scene = scene_with(with_voice).await;
    let donor = scene.with_number("Lê Bình").await;
    let silent = scene.donors(BloodGroup::ONegative, &["Không Số"]).await;
    let path = scene.asking_for(scene.rare_need(2)).await;
    let voice = format!("{path}/voice-calls");
    scene.say(&scene.link_of("Lê Bình"), "no").await.ok();
    let ring = async |person| scene.duty.post(&voice, whom(person)).await;
    ring(donor).await.refused("voice-call-not-needed");
    ring(silent[0]).await.refused("donor-has-no-number");
    ring(scene.duty.id()).await.refused("not-found");
    scene
        .app
        .signed_in(donor)
        .await
        .post(&voice, whom(donor))
        .await
        .refused("forbidden");
    let cancelled = json!({ "state": "cancelled" });
    scene
        .duty
        .put(&format!("{path}/state"), cancelled)
        .await
        .ok();
    ring(silent[0]).await.refused("call-over");
    scene.app.run_jobs().await;
    assert!(scene.app.app.net.posted().is_empty());
}

#[actix_web::test]
async fn the_contact_rules_hold_for_voice_calls_too() {
    let scene = scene_with(|settings| {
        with_voice(settings);
        settings.notices.quiet_from = 21;
    })
    .await;
    let night: DateTime<Utc> = "2026-05-01T20:00:00Z".parse().unwrap();
    scene.app.forward(Moment::from(night) - scene.app.app.now());
    let donor = scene.with_number("Lê Bình").await;
    let path = scene.asking_for(scene.rare_need(2)).await;
    let voice = format!("{path}/voice-calls");
    let ring = async || scene.duty.post(&voice, whom(donor)).await;
    ring().await.refused("contact-not-at-night");
    assert_eq!(scene.listed(&path, donor).await["voice"], Value::Null);
    scene.app.forward(TimeDelta::hours(4));
    let consents = json!({ "granted": false });
    let donor = scene.app.signed_in(donor).await;
    donor.put("/me/consents/calls", consents).await.ok();
    ring().await.refused("contact-not-allowed");
    scene.app.run_jobs().await;
    assert!(scene.app.app.net.posted().is_empty());
}

#[actix_web::test]
async fn without_a_template_or_with_one_too_dear_there_are_no_voice_calls() {
    for price in [None, Some(1001)] {
        let scene = scene_with(|settings| {
            with_voice(settings);
            let templates = &mut settings.gateway.templates;
            match price {
                None => drop(templates.remove("call-voice")),
                Some(price) => templates.get_mut("call-voice").unwrap().price = price,
            }
        })
        .await;
        let donor = scene.with_number("Lê Bình").await;
        let path = scene.asking_for(scene.rare_need(1)).await;
        let list = scene.duty.get(&format!("{path}/telephone-list")).await.ok();
        assert_eq!(list["offers_voice"], false);
        scene
            .duty
            .post(&format!("{path}/voice-calls"), whom(donor))
            .await
            .refused("voice-calls-not-set-up");
    }
}
