//! Whom a call asks first, whom it leaves out, and why.
use super::{FIVE, address, names, scene, scene_with};
use crate::support::{Ready, drive_plan};
use chrono::{Days, TimeDelta};
use diesel::prelude::*;
use giothong::blood::BloodGroup;
use giothong::platform::db::schema::donors;
use giothong::platform::http::Role;
use serde_json::json;

#[actix_web::test]
async fn the_reserve_is_asked_before_the_near_and_the_near_before_the_far() {
    let scene = scene_with(|settings| {
        settings.calls.waves.reserve_chance = 0.9;
        settings.calls.waves.others_chance = 0.9;
    })
    .await;
    let club = scene
        .app
        .body("club", "CLB Minh Họa", Some(scene.province))
        .await;
    let group = BloodGroup::OPositive;
    scene.donor_at("Gần Nhất", group, 1.0).await;
    scene.donor_at("Xa Hơn", group, 25.0).await;
    scene.donor_at("Quá Xa", group, 45.0).await;
    let tested = scene.donor_at("Dự Bị Một", group, 40.0).await;
    let untested = scene.donor_at("Dự Bị Hai", group, 2.0).await;
    let lead = scene.app.staff("Trưởng Nhóm", Role::ClubLead, club).await;
    for person in [tested, untested] {
        let standing = json!({ "clubs": [club], "max_km": 50, "nights": true });
        let donor = scene.app.signed_in(person).await;
        donor.put("/me/reserve", standing).await.ok();
    }
    let noted = json!({ "max_km": 50, "nights": true, "tested_on": "2026-04-01" });
    lead.put(
        &format!("/organisations/{club}/reserve/members/{tested}"),
        noted,
    )
    .await
    .expect(204);
    let path = scene.asking(1).await;
    let mut order = Vec::new();
    for _ in 0..5 {
        let asked = scene.asked().into_iter();
        let new: Vec<String> = asked.filter(|one| !order.contains(one)).collect();
        order.extend(new);
        let more = format!("{path}/waves");
        scene.coordinator.post(&more, json!({})).await.created();
        scene.app.run_jobs().await;
    }
    let expected = ["Dự Bị Một", "Dự Bị Hai", "Gần Nhất", "Xa Hơn"].map(address);
    assert_eq!(order, expected);
    let asks = scene.coordinator.get(&format!("{path}/asks")).await.ok();
    let rings: Vec<_> = asks["rings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ring| &ring["ring"])
        .collect();
    assert_eq!(rings, [&json!("reserve"), &json!("near"), &json!("wider")]);
    let waves = asks["waves"].as_array().unwrap();
    let told = waves.iter().map(|wave| {
        let ring = &wave["rings"][0];
        (
            &wave["wave"],
            &ring["ring"],
            &ring["asked"],
            &ring["silent"],
        )
    });
    let told: Vec<_> = told.collect();
    let one = json!(1);
    assert_eq!(
        told,
        [
            (&one, &json!("reserve"), &one, &one),
            (&json!(2), &json!("reserve"), &one, &one),
            (&json!(3), &json!("near"), &one, &one),
            (&json!(4), &json!("wider"), &one, &one),
        ]
    );
    assert_eq!(waves[0]["expected_yes"], 0.9);
    let seen = scene.duty.get(&format!("{path}/asks")).await.ok();
    assert_eq!(seen.get("waves"), None, "the hospital sees no waves");
}

#[actix_web::test]
async fn nobody_is_asked_by_two_calls_at_a_time() {
    let scene = scene_with(|settings| settings.calls.rest_days = 0).await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    scene.asking(1).await;
    assert_eq!(scene.asked().len(), 4);
    scene.app.forward(TimeDelta::minutes(1));
    scene.asking(1).await;
    assert_eq!(scene.asked().len(), 5, "only the fifth was free");
    let (_, token) = scene.links().remove(0);
    scene.say(&token, "no").await.ok();
    scene.app.forward(TimeDelta::days(1));
    scene.app.run_jobs().await;
    let before = scene.asked().len();
    scene.asking(1).await;
    assert_eq!(
        scene.asked().len(),
        before + 5,
        "both are over: all may be asked, and since they were silent, all are"
    );
}

#[actix_web::test]
async fn a_call_explains_in_counts_whom_it_leaves_out() {
    let scene = scene().await;
    let group = BloodGroup::OPositive;
    let people = scene.donors(group, &FIVE).await;
    scene.donors(BloodGroup::APositive, &["Khác Nhóm"]).await;
    scene.donor_at("Ngoài Tầm", group, 33.0).await;
    let soon = scene.app.app.today() + Days::new(3);
    let resting = Ready {
        from: soon,
        ..Ready::of(group)
    };
    scene.app.ready_donor("Chưa Đến Ngày", resting).await;
    let silent = scene
        .app
        .ready_donor("Không Đồng Ý", Ready::of(group))
        .await;
    let (quiet, lately, today) = (people[0], people[1], scene.app.app.today());
    scene
        .app
        .rows(move |conn| {
            diesel::update(donors::table.find(silent))
                .set(donors::opted_in.eq(false))
                .execute(conn)?;
            diesel::update(donors::table.find(lately))
                .set(donors::last_asked_on.eq(today))
                .execute(conn)
        })
        .await;
    let path = scene.asking(1).await;
    let token = scene.link_of(FIVE[0]);
    scene
        .answer(&token, json!({ "answer": "no", "until": "2026-09-01" }))
        .await
        .ok();
    let explained = scene
        .coordinator
        .get(&format!("{path}/asks?explain=true"))
        .await
        .ok();
    assert_eq!(
        explained["left_out"],
        json!({
            "group": 1, "too_far": 1, "no_consent": 1, "not_yet_eligible": 1, "already_asked": 4,
            "open_ask_elsewhere": 0, "booked": 0, "not_until_a_day": 0, "asked_lately": 1, "may_be_asked": 0,
        })
    );
    scene
        .coordinator
        .put(&format!("{path}/state"), json!({ "state": "cancelled" }))
        .await
        .ok();
    scene.app.forward(TimeDelta::days(30));
    let later = scene.asking(1).await;
    let explained = scene
        .coordinator
        .get(&format!("{later}/asks?explain=true"))
        .await
        .ok();
    assert_eq!(
        explained["left_out"]["not_until_a_day"], 1,
        "{quiet} said so"
    );
    assert_eq!(
        explained["left_out"]["already_asked"], 5,
        "the one no of the first call makes the others a little less likely: {explained}"
    );
}

#[actix_web::test]
async fn who_is_on_the_way_to_another_call_or_has_a_place_at_a_drive_is_not_asked() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    let plan = drive_plan(scene.province);
    let (drive, slots) = scene.app.open_drive(&scene.coordinator, plan).await;
    let booked = scene.called(&address(FIVE[4])).await;
    let booking = json!({ "slot": slots[0] });
    booked
        .post(&format!("/drives/{drive}/registrations"), booking)
        .await
        .created();
    scene.asking(1).await;
    assert!(!scene.asked().contains(&address(FIVE[4])));
    scene.say(&scene.link_of(FIVE[0]), "yes").await.ok();
    let second = scene.duty.post("/calls", scene.need(1)).await.created();
    let second = format!("/calls/{}", second["id"].as_str().unwrap());
    let explained = scene
        .coordinator
        .get(&format!("{second}/asks?explain=true"))
        .await
        .ok();
    let out = &explained["left_out"];
    assert_eq!(
        [
            "open_ask_elsewhere",
            "booked",
            "asked_lately",
            "may_be_asked"
        ]
        .map(|field| &out[field]),
        [&json!(1), &json!(1), &json!(3), &json!(0)],
        "{out}"
    );
}

#[actix_web::test]
async fn a_facility_with_longer_waits_asks_only_who_fits_them() {
    let scene = scene().await;
    let many = names(6);
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    scene.donors(BloodGroup::OPositive, &many).await;
    scene
        .change(scene.hospital, json!({ "rule_set": "vn-2013" }))
        .await;
    scene.asking(1).await;
    assert_eq!(
        scene.asked().len(),
        4,
        "the nation's own rules keep nobody else"
    );
}
