//! The way of a call: vouched for, asked in waves, filled, taken back, or over by itself.
use super::{FIVE, five_asked, scene};
use actix_web::http::Method;
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::blood::BloodGroup;
use giothong::platform::db::schema::organisations;
use giothong::platform::http::Role;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_call_is_vouched_for_asked_answered_and_closes_itself() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    scene
        .donors(BloodGroup::APositive, &["Người Khác Nhóm"])
        .await;
    let path = scene.asking(2).await;
    let links = scene.links();
    assert_eq!(
        links.len(),
        5,
        "the five with the patient's own group, nobody else"
    );
    let mail = &scene.app.mails_to(&links[0].0)[0];
    assert!(
        !mail.text.contains("O+") && !mail.text.contains("O-"),
        "the ask never names a group"
    );

    let first = scene.say(&links[0].1, "yes").await.ok();
    assert_eq!(
        (first["answer"].as_str(), first["state"].as_str()),
        (Some("yes"), Some("asking"))
    );
    let second = scene.say(&links[1].1, "yes").await.ok();
    assert_eq!(second["state"], "filled");
    let late = scene.say(&links[2].1, "yes").await.ok();
    assert_eq!(late["answer"], "late");

    scene.app.run_jobs().await;
    for (address, _) in &links[2..] {
        let last = scene.app.mails_to(address).pop().unwrap();
        assert!(last.subject.contains("đã đủ người"), "{}", last.subject);
    }
    let told = scene.app.mails_to(&links[0].0);
    let stays = told.iter().any(|mail| mail.subject.contains("đã đủ người"));
    assert!(!stays, "who comes is not told to stay at home");
    let asks = scene.duty.get(&format!("{path}/asks")).await.ok();
    assert_eq!(asks["counts"]["yes"], 2);
    assert_eq!(asks["coming"].as_array().unwrap().len(), 2);
    let public = scene
        .app
        .stranger()
        .get(&format!("/public{path}"))
        .await
        .ok();
    assert_eq!(
        (public["state"].as_str(), public["units_missing"].as_i64()),
        (Some("filled"), Some(0))
    );
}

#[actix_web::test]
async fn a_yes_taken_back_opens_the_call_again() {
    let (scene, path) = five_asked(1).await;
    let links = scene.links();
    assert_eq!(scene.say(&links[0].1, "yes").await.ok()["state"], "filled");
    let back = scene
        .app
        .stranger()
        .put(
            &format!("/answers/{}", links[0].1),
            json!({ "answer": "no" }),
        )
        .await
        .ok();
    assert_eq!(
        (back["answer"].as_str(), back["state"].as_str()),
        (Some("no"), Some("asking"))
    );
    assert_eq!(scene.say(&links[1].1, "yes").await.ok()["state"], "filled");
    let states = scene.states(&path).await;
    assert_eq!(
        states,
        [
            "submitted",
            "verified",
            "asking",
            "filled",
            "asking",
            "filled"
        ]
    );
}

#[actix_web::test]
async fn who_leaves_for_good_says_no_to_every_call_and_somebody_else_is_asked() {
    let (scene, path) = five_asked(1).await;
    let links = scene.links();
    let (said_yes, silent) = (&links[0], &links[1]);
    assert_eq!(scene.say(&said_yes.1, "yes").await.ok()["state"], "filled");
    for (email, _) in [said_yes, silent] {
        let leaving = scene.called(email).await;
        leaving.delete("/me").await.expect(204);
    }
    let call = scene.duty.get(&path).await.ok();
    assert_eq!(
        (&call["state"], &call["missing"], &call["counts"]["no"]),
        (&json!("asking"), &json!(1), &json!(2)),
        "{call}"
    );
    scene.say(&silent.1, "yes").await.refused("not-found");
    assert_eq!(scene.say(&links[2].1, "yes").await.ok()["state"], "filled");
}

#[actix_web::test]
async fn the_next_wave_asks_others_and_nobody_twice() {
    let (scene, _) = five_asked(1).await;
    assert_eq!(scene.links().len(), 4);
    scene.app.forward(TimeDelta::minutes(31));
    scene.app.run_jobs().await;
    let mut addresses: Vec<String> = scene
        .links()
        .into_iter()
        .map(|(address, _)| address)
        .collect();
    addresses.sort();
    addresses.dedup();
    assert_eq!((scene.links().len(), addresses.len()), (5, 5));
}

#[actix_web::test]
async fn a_call_nobody_filled_ends_by_itself_and_says_so() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE[..1]).await;
    let path = scene.asking(3).await;
    let (address, token) = scene.links().remove(0);
    scene.app.forward(TimeDelta::hours(10));
    scene.app.run_jobs().await;
    assert_eq!(scene.duty.get(&path).await.ok()["state"], "expired");
    scene.say(&token, "yes").await.refused("call-over");
    // What would come after the need is over is not sent any more.
    assert_eq!(scene.app.mails_to(&address).len(), 1);
}

#[actix_web::test]
async fn a_call_taken_back_frees_its_places_and_tells_everyone() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE[..2]).await;
    let path = scene.asking(2).await;
    let links = scene.links();
    scene.say(&links[0].1, "yes").await.ok();
    let state = scene
        .duty
        .put(
            &format!("{path}/state"),
            json!({ "state": "cancelled", "note": "Đã có máu" }),
        )
        .await
        .ok();
    assert_eq!(state["state"], "cancelled");
    scene.app.run_jobs().await;
    for (address, _) in &links {
        assert!(
            scene
                .app
                .mails_to(address)
                .pop()
                .unwrap()
                .subject
                .contains("rút lại")
        );
    }
    scene
        .duty
        .put(&format!("{path}/state"), json!({ "state": "cancelled" }))
        .await
        .refused("call-step-not-possible");
    scene.say(&links[1].1, "yes").await.refused("call-over");
}

#[actix_web::test]
async fn links_are_ours_or_nothing_and_opening_one_never_answers() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE[..1]).await;
    let path = scene.asking(1).await;
    let (_, token) = scene.links().remove(0);
    let stranger = scene.app.stranger();
    stranger
        .get("/answers/forged.token")
        .await
        .refused("link-not-ours");
    stranger
        .post("/answers/forged.token", json!({ "answer": "yes" }))
        .await
        .refused("link-not-ours");
    let page = stranger.get(&format!("//a/{token}")).await;
    assert!(page.status == 200 && page.text().contains("Tôi sẽ đến"));
    assert_eq!(
        stranger.get(&format!("/answers/{token}")).await.ok()["answer"],
        Value::Null
    );
    let pressed = stranger
        .raw(
            Method::POST,
            &format!("//a/{token}"),
            "application/x-www-form-urlencoded",
            "answer=yes",
        )
        .await;
    assert!(
        pressed.status == 200 && pressed.text().contains("Chỗ của bạn đã được giữ"),
        "{}",
        pressed.text()
    );
    let public = stranger
        .get(&format!("//c/{}", path.trim_start_matches("/calls/")))
        .await;
    assert!(public.text().contains("Đã đủ người hiến"));
    assert!(
        stranger
            .get("//a/forged")
            .await
            .text()
            .contains("không còn dùng được")
    );
}

#[actix_web::test]
async fn what_nobody_vouched_for_is_not_public_and_a_refusal_ends_it() {
    let scene = scene().await;
    let path = scene.posted(scene.need(1)).await;
    scene
        .app
        .stranger()
        .get(&format!("/public{path}"))
        .await
        .refused("not-found");
    scene
        .coordinator
        .post(&format!("{path}/waves"), json!({}))
        .await
        .refused("call-nothing-missing");
    scene
        .duty
        .post(&format!("{path}/verification"), json!({ "accept": true }))
        .await
        .refused("forbidden");
    let elsewhere = scene.app.body("province", "Nơi Khác", None).await;
    let other = scene
        .app
        .staff("Người Nơi Khác", Role::Coordinator, elsewhere)
        .await;
    other
        .post(&format!("{path}/verification"), json!({ "accept": true }))
        .await
        .refused("not-found");
    other.get(&path).await.refused("not-found");
    let refused = scene
        .coordinator
        .post(
            &format!("{path}/verification"),
            json!({ "accept": false, "note": "Không liên lạc được" }),
        )
        .await
        .ok();
    assert_eq!(refused["state"], "cancelled");
    scene
        .coordinator
        .post(&format!("{path}/verification"), json!({ "accept": true }))
        .await
        .refused("call-step-not-possible");
}

#[actix_web::test]
async fn a_trusted_hospital_asks_at_once_and_the_list_shows_its_calls() {
    let scene = scene().await;
    let hospital = scene.hospital;
    scene
        .app
        .rows(move |conn| {
            diesel::update(organisations::table.find(hospital))
                .set(organisations::is_trusted.eq(true))
                .execute(conn)
        })
        .await;
    scene.donors(BloodGroup::OPositive, &FIVE[..1]).await;
    let once = scene.duty.key("k1");
    let call = once.post("/calls", scene.need(1)).await.created();
    assert_eq!(call["state"], "asking");
    assert_eq!(
        once.post("/calls", scene.need(1)).await.created()["id"],
        call["id"],
        "sent twice, posted once"
    );
    scene.app.run_jobs().await;
    assert_eq!(scene.links().len(), 1);
    let list = scene.coordinator.get("/calls").await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}
