//! What asked donors say: with one tap, from wherever, as often as they change their mind.
use super::{FIVE, Scene, address, five_asked, names, scene, scene_with};
use crate::support::drive_plan;
use actix_web::http::Method;
use chrono::TimeDelta;
use diesel::prelude::*;
use futures_util::future::join_all;
use giothong::blood::BloodGroup;
use giothong::platform::db::schema::slots;
use serde_json::{Value, json};

impl Scene {
    /// Whom another call for two units asks.
    async fn asked_anew(&self) -> Vec<String> {
        let before = self.links().len();
        self.asking(2).await;
        let links = self.links().into_iter().skip(before);
        links.map(|(to, _)| to).collect()
    }
}

#[actix_web::test]
async fn two_hundred_say_yes_at_once_for_four_units_and_four_places_are_held() {
    let scene = scene_with(|settings| settings.calls.waves.others_chance = 0.001).await;
    let names = names(200);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    scene.donors(BloodGroup::OPositive, &names).await;
    let path = scene.asking(4).await;
    let links = scene.links();
    assert_eq!(links.len(), 200);
    let said = join_all(links.iter().map(|(_, token)| scene.say(token, "yes"))).await;
    let count = |word: &str| {
        said.iter()
            .filter(|reply| reply.body["answer"] == word)
            .count()
    };
    assert_eq!((count("yes"), count("late")), (4, 196));
    let call = scene.call(&path).await;
    assert_eq!(
        (call["state"].as_str(), call["missing"].as_i64()),
        (Some("filled"), Some(0))
    );
    let states = scene.states(&path).await;
    assert_eq!(states, ["submitted", "verified", "asking", "filled"]);
    let asks = scene.duty.get(&format!("{path}/asks")).await.ok();
    assert_eq!(asks["coming"].as_array().unwrap().len(), 4);
    let held = scene
        .app
        .rows(|conn| slots::table.select(slots::taken).first::<i32>(conn));
    assert_eq!(held.await, 4);
}

#[actix_web::test]
async fn answering_twice_from_two_phones_holds_one_place() {
    let (scene, path) = five_asked(2).await;
    let token = scene.link_of(FIVE[0]);
    let said = join_all((0..6).map(|_| scene.say(&token, "yes"))).await;
    for reply in said {
        assert_eq!(reply.ok()["answer"], "yes");
    }
    let asks = scene.duty.get(&format!("{path}/asks")).await.ok();
    assert_eq!(asks["counts"]["yes"], 1);
    assert_eq!(asks["coming"].as_array().unwrap().len(), 1);
    assert_eq!(scene.call(&path).await["missing"], 1);
}

#[actix_web::test]
async fn a_yes_says_when_and_whether_the_name_may_be_known() {
    let (scene, path) = five_asked(2).await;
    let at = |hours: i64| (*scene.app.app.now() + TimeDelta::hours(hours)).to_rfc3339();
    let token = scene.link_of("Nguyễn An");
    let yes = |hours| json!({ "answer": "yes", "arriving_at": at(hours), "show_name": true });
    scene.answer(&token, yes(8)).await.invalid(&["arriving_at"]);
    scene
        .answer(&token, yes(-1))
        .await
        .invalid(&["arriving_at"]);
    let said = scene.answer(&token, yes(2)).await.ok();
    assert_eq!(said["show_name"], true);
    scene.say(&scene.link_of("Lê Bình"), "yes").await.ok();
    let asks = scene.duty.get(&format!("{path}/asks")).await.ok();
    let names: Vec<&Value> = asks["coming"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["given_name"])
        .collect();
    assert_eq!(names, [&json!("An"), &Value::Null]);
    assert!(asks["coming"][0]["arriving_at"].is_string());
    // Said again with another hour, the place stays and the hour moves.
    let moved = scene.answer(&token, yes(3)).await.ok();
    assert_ne!(moved["arriving_at"], asks["coming"][0]["arriving_at"]);
    assert_eq!(scene.call(&path).await["counts"]["yes"], 2);
}

#[actix_web::test]
async fn who_wants_peace_gets_it_until_a_day_or_for_good() {
    let scene = scene_with(|settings| settings.calls.rest_days = 0).await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    scene.asking(1).await;
    let asked = scene.links();
    let later = json!({ "answer": "no", "until": "2026-05-20" });
    let said = scene.answer(&asked[0].1, later).await.ok();
    assert_eq!(said["until"], "2026-05-20");
    let stop = json!({ "answer": "no", "stop_asking": true });
    scene.answer(&asked[1].1, stop).await.ok();
    let stopped = scene.called(&asked[1].0).await;
    let consents = stopped.get("/me/consents").await.ok();
    assert!(!consents.to_string().is_empty());
    scene.app.forward(TimeDelta::days(1));
    scene.app.run_jobs().await;
    let now = scene.asked_anew().await;
    assert_eq!(now.len(), 3, "{now:?}");
    assert!(!now.contains(&asked[0].0) && !now.contains(&asked[1].0));
    scene.app.forward(TimeDelta::days(25));
    scene.app.run_jobs().await;
    let now = scene.asked_anew().await;
    assert!(
        now.contains(&asked[0].0) && !now.contains(&asked[1].0),
        "{now:?}"
    );
}

#[actix_web::test]
async fn somebody_may_stop_being_asked_even_when_the_call_is_over() {
    let (scene, path) = five_asked(1).await;
    let (address, token) = scene.links().remove(0);
    scene
        .duty
        .put(&format!("{path}/state"), json!({ "state": "cancelled" }))
        .await
        .ok();
    scene.say(&token, "yes").await.refused("call-over");
    scene.say(&token, "no").await.refused("call-over");
    scene
        .answer(&token, json!({ "answer": "no", "stop_asking": true }))
        .await
        .ok();
    let donor = scene.called(&address).await;
    let standing = json!({ "clubs": [scene.province], "max_km": 10, "nights": true });
    donor
        .put("/me/reserve", standing)
        .await
        .refused("calls-consent-needed");
}

#[actix_web::test]
async fn who_comes_too_late_is_thanked_and_offered_the_next_drive() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    let mut plan = drive_plan(scene.province);
    plan["sessions"][0]["latitude"] = json!(21.03);
    plan["sessions"][0]["longitude"] = json!(105.86);
    let drive = scene.coordinator.post("/drives", plan).await.created();
    let state = format!("/drives/{}/state", drive["id"].as_str().unwrap());
    scene
        .coordinator
        .put(&state, json!({ "state": "open" }))
        .await
        .ok();
    scene.asking(1).await;
    let links = scene.links();
    scene.say(&links[0].1, "yes").await.ok();
    let late = scene.say(&links[1].1, "yes").await.ok();
    assert_eq!(late["answer"], "late");
    assert_eq!(late["next_drives"][0]["drive"], drive["id"]);
    let page = scene
        .app
        .stranger()
        .get(&format!("//a/{}", links[1].1))
        .await
        .text();
    let link = late["next_drives"][0]["link"].as_str().unwrap();
    assert!(page.contains(link), "{page}");
}

#[actix_web::test]
async fn the_page_takes_every_answer_by_its_buttons() {
    let (scene, path) = five_asked(2).await;
    let token = scene.link_of("Nguyễn An");
    let press = async |form: &str| {
        let form_type = "application/x-www-form-urlencoded";
        let stranger = scene.app.stranger();
        let pressed = stranger
            .raw(Method::POST, &format!("//a/{token}"), form_type, form)
            .await;
        assert_eq!(pressed.status, 200);
        pressed.text()
    };
    let yes = press("answer=yes_named&arriving=11%3A30").await;
    assert!(
        yes.contains("Chỗ của bạn đã được giữ") && yes.contains("11:30"),
        "{yes}"
    );
    let asks = scene.duty.get(&format!("{path}/asks")).await.ok();
    assert_eq!(asks["coming"][0]["given_name"], "An");
    assert_eq!(asks["coming"][0]["arriving_at"], "2026-05-01T04:30:00Z");
    let no = press("answer=no_until&until=2026-06-01").await;
    assert!(no.contains("Cảm ơn bạn đã trả lời"), "{no}");
    let too_late = press("answer=yes&arriving=23%3A30").await;
    assert!(too_late.contains("Giờ đến phải nằm giữa"), "{too_late}");
    press("answer=stop").await;
    let donor = scene.called(&address("Nguyễn An")).await;
    let standing = json!({ "clubs": [scene.province], "max_km": 10, "nights": true });
    donor
        .put("/me/reserve", standing)
        .await
        .refused("calls-consent-needed");
}

#[actix_web::test]
async fn who_gives_up_the_place_in_the_app_is_replaced_too() {
    let (scene, path) = five_asked(1).await;
    let (address, token) = scene.links().remove(0);
    scene.say(&token, "yes").await.ok();
    assert_eq!(scene.call(&path).await["state"], "filled");
    let donor = scene.called(&address).await;
    let own = donor.get("/me/registrations").await.ok();
    let registration = own["items"][0]["id"].as_str().unwrap();
    donor
        .delete(&format!("/registrations/{registration}"))
        .await
        .expect(204);
    scene.app.forward(TimeDelta::minutes(2));
    scene.app.run_jobs().await;
    let call = scene.call(&path).await;
    assert_eq!(
        (&call["state"], &call["missing"], &call["counts"]["no"]),
        (&json!("asking"), &json!(1), &json!(1))
    );
}

#[actix_web::test]
async fn a_link_of_another_purpose_or_nobody_answers_nothing() {
    let (scene, path) = five_asked(1).await;
    let (one, other) = (scene.link_of(FIVE[0]), scene.links());
    let other = &other.iter().find(|(_, token)| *token != one).unwrap().1;
    let mixed = format!(
        "{}.{}",
        one.split_once('.').unwrap().0,
        other.split_once('.').unwrap().1
    );
    scene.say(&mixed, "yes").await.refused("link-not-ours");
    scene.say("", "yes").await.refused("not-found");
    scene.say("x.y", "yes").await.refused("link-not-ours");
    assert_eq!(scene.call(&path).await["counts"]["yes"], 0);
}
