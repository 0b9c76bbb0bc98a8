//! Screening and collecting.
use super::{accepted, bag, may_give_on, table};
use crate::support::Wanted;
use diesel::prelude::*;
use giothong::drives::model::DriveKind;
use giothong::platform::db::schema::{donors, organisations, screenings, tallies};
use serde_json::json;

#[actix_web::test]
async fn one_tap_records_a_bag_that_is_completed_later() {
    let table = table(|_| {}).await;
    let (donor, visit) = table.arrived("Lê Văn An").await;
    let path = format!("/registrations/{visit}/outcome");
    let tapped = table
        .desk
        .post(&path, json!({ "outcome": "collected", "volume_ml": 250 }))
        .await
        .ok();
    assert_eq!(tapped["state"], "collected");
    assert_eq!(tapped["donation"]["is_complete"], false);
    let sums = table.app.sums(table.drive.id, None).await;
    assert_eq!((sums.collected, sums.ml, sums.ml350plus), (1, 250, 0));
    assert_eq!(may_give_on(&donor).await, "2026-07-24");

    table
        .nurse
        .post(&format!("/registrations/{visit}/screening"), accepted(50.0))
        .await
        .created();
    let path = format!("/registrations/{visit}/donation");
    let whole = table.nurse.post(&path, bag("26/0042")).await.created();
    assert_eq!(whole["id"], tapped["donation"]["id"]);
    assert_eq!(whole["is_complete"], true);
    let sums = table.app.sums(table.drive.id, None).await;
    assert_eq!(
        (sums.collected, sums.ml, sums.ml350plus, sums.first_time),
        (1, 350, 1, 1)
    );
    table
        .nurse
        .post(&path, bag("26/0043"))
        .await
        .refused("already-collected");
}

#[actix_web::test]
async fn one_tap_checks_in_who_was_only_booked() {
    let table = table(|wanted| wanted.in_days = 1).await;
    let donor = table.app.donor("Lê Văn An").await;
    let slot = json!({ "slot": table.drive.slots[0] });
    let booked = donor
        .post(&table.drive.path("/registrations"), slot)
        .await
        .created();
    let path = format!("/registrations/{}/outcome", booked["id"].as_str().unwrap());
    let tap = json!({ "outcome": "left" });
    table
        .desk
        .post(&path, tap.clone())
        .await
        .refused("registration-for-another-day");
    table.app.forward(chrono::TimeDelta::days(1));
    assert_eq!(table.desk.post(&path, tap).await.ok()["state"], "left");
    let sums = table.app.sums(table.drive.id, None).await;
    assert_eq!((sums.registered, sums.attended, sums.collected), (1, 1, 0));
}

#[actix_web::test]
async fn who_is_deferred_until_a_day_may_not_give_before() {
    let table = table(|_| {}).await;
    let (donor, visit) = table.arrived("Lê Văn An").await;
    let path = format!("/registrations/{visit}/outcome");
    let tap = json!({ "outcome": "deferred", "until": "2026-06-01" });
    assert_eq!(table.desk.post(&path, tap).await.ok()["state"], "deferred");
    assert_eq!(may_give_on(&donor).await, "2026-06-01");
}

#[actix_web::test]
async fn an_outcome_that_makes_no_sense_is_named() {
    let table = table(|_| {}).await;
    let (_, visit) = table.arrived("Lê Văn An").await;
    let path = format!("/registrations/{visit}/outcome");
    table
        .desk
        .post(&path, json!({ "outcome": "collected" }))
        .await
        .invalid(&["volume_ml"]);
    for ml in [49, 701] {
        let tap = json!({ "outcome": "collected", "volume_ml": ml });
        table.desk.post(&path, tap).await.invalid(&["volume_ml"]);
    }
    table
        .desk
        .post(&path, json!({ "outcome": "lost" }))
        .await
        .invalid(&["outcome"]);
    let tap = json!({ "outcome": "collected", "volume_ml": 600 });
    table
        .desk
        .post(&path, tap)
        .await
        .refused("volume-too-large");
    assert_eq!(table.app.sums(table.drive.id, None).await.collected, 0);
}

#[actix_web::test]
async fn what_was_found_is_sealed_and_seen_by_nurses_only() {
    let table = table(|_| {}).await;
    let (donor, visit) = table.arrived("Lê Văn An").await;
    let path = format!("/registrations/{visit}");
    let mut found = accepted(50.0);
    found["pulse_bpm"] = json!(120);
    let screened = table
        .nurse
        .post(&format!("{path}/screening"), found)
        .await
        .created();
    assert_eq!(screened["findings"][0]["rule"], "pulse_high");
    assert_ne!(screened["findings"][0]["text"], "pulse_high");
    assert_eq!(screened["state"], "checked_in");
    let seen = table.nurse.get(&path).await.ok();
    assert_eq!(seen["screening"]["found"]["pulse_bpm"], 120);
    for other in [&table.desk, &donor, &table.coordinator] {
        assert!(other.get(&path).await.ok()["screening"].is_null());
    }
    let stranger = table.app.donor("Phạm Thị Lan").await;
    stranger.get(&path).await.refused("not-found");
    let kept: Vec<String> = table
        .app
        .rows(|conn| {
            screenings::table
                .select(screenings::findings_sealed)
                .load(conn)
        })
        .await;
    assert!(kept.iter().all(|text| !text.contains("pulse")), "{kept:?}");
}

#[actix_web::test]
async fn a_deferral_counts_from_what_happened_and_ends_when_the_decision_changes() {
    let table = table(|_| {}).await;
    let (donor, visit) = table.arrived("Lê Văn An").await;
    let path = format!("/registrations/{visit}/screening");
    let mut deferred = accepted(50.0);
    deferred["decision"] = json!("deferred");
    deferred["reasons"] = json!([{ "code": "tattoo", "event_on": "2026-03-10" }]);
    let screened = table.nurse.post(&path, deferred).await.created();
    assert_eq!(screened["state"], "deferred");
    assert_eq!(may_give_on(&donor).await, "2026-09-10");
    let donation = format!("/registrations/{visit}/donation");
    table
        .nurse
        .post(&donation, bag("26/0042"))
        .await
        .refused("deferred-at-screening");
    // It was somebody else's arm.
    table.nurse.post(&path, accepted(50.0)).await.created();
    assert_eq!(may_give_on(&donor).await, "2026-05-01");
    table.nurse.post(&donation, bag("26/0042")).await.created();
    let sums = table.app.sums(table.drive.id, None).await;
    assert_eq!((sums.registered, sums.attended, sums.collected), (1, 1, 1));
}

#[actix_web::test]
async fn a_screening_that_makes_no_sense_is_named() {
    let table = table(|_| {}).await;
    let (_, visit) = table.arrived("Lê Văn An").await;
    let path = format!("/registrations/{visit}/screening");
    let mut wrong = accepted(5.0);
    wrong["haemoglobin_g_l"] = json!(13);
    wrong["reasons"] = json!([{ "code": "bad_mood" }, { "code": "doctor_decision" }, { "code": "flu", "event_on": "2026-05-02" }]);
    wrong["decision"] = json!("deferred");
    table.nurse.post(&path, wrong).await.invalid(&[
        "weight_kg",
        "haemoglobin_g_l",
        "reasons.0.code",
        "reasons.1.until",
        "reasons.2.event_on",
    ]);
    let mut both = accepted(50.0);
    both["reasons"] = json!([{ "code": "tattoo" }]);
    table.nurse.post(&path, both).await.invalid(&["reasons"]);
    table
        .desk
        .post(&path, accepted(50.0))
        .await
        .refused("forbidden");
}

#[actix_web::test]
async fn the_number_of_a_bag_is_read_with_its_check_character_and_used_once() {
    let table = table(|_| {}).await;
    let (_, visit) = table.ready("Lê Văn An").await;
    let path = format!("/registrations/{visit}/donation");
    table
        .nurse
        .post(&path, bag("G123498654321X"))
        .await
        .refused("unit-number-misread");
    table
        .nurse
        .post(&path, bag("26 0042"))
        .await
        .invalid(&["unit_number"]);
    table
        .nurse
        .post(&path, bag("=%5100"))
        .await
        .invalid(&["unit_number"]);
    table
        .nurse
        .post(&path, bag("G1234 98 654321 H"))
        .await
        .created();
    let (_, other) = table.ready("Phạm Thị Lan").await;
    let path = format!("/registrations/{other}/donation");
    // The same bag, scanned this time.
    table
        .nurse
        .post(&path, bag("=G12349865432177"))
        .await
        .refused("unit-number-used");
    assert_eq!(table.app.sums(table.drive.id, None).await.collected, 1);
    // Another facility may have the same local code.
    table.nurse.post(&path, bag("26/0042")).await.created();
    let elsewhere = Wanted {
        in_days: 0,
        ..Wanted::by(table.province)
    };
    let elsewhere = table.app.drive(elsewhere).await;
    let nurse = table
        .app
        .staff(
            "Điều Dưỡng Khác",
            giothong::platform::http::Role::Nurse,
            table.province,
        )
        .await;
    let third = table.app.person("Trần Văn Ba").await;
    let visit = nurse
        .post(&elsewhere.path("/walk-ins"), json!({ "person": third }))
        .await
        .created();
    let path = format!("/registrations/{}/donation", visit["id"].as_str().unwrap());
    nurse.post(&path, bag("26/0042")).await.created();
}

#[actix_web::test]
async fn nobody_gives_more_than_their_weight_allows_or_the_facility() {
    let table = table(|_| {}).await;
    let (_, visit) = table.arrived("Lê Thị An").await;
    table
        .nurse
        .post(&format!("/registrations/{visit}/screening"), accepted(44.0))
        .await
        .created();
    let path = format!("/registrations/{visit}/donation");
    let refused = table
        .nurse
        .post(&path, bag("26/0042"))
        .await
        .refused("volume-too-large");
    assert!(
        refused["detail"].as_str().unwrap().contains("250"),
        "{refused}"
    );
    let mut small = bag("26/0042");
    small["volume_ml"] = json!(250);
    table.nurse.post(&path, small).await.created();
}

#[actix_web::test]
async fn a_facility_with_rules_of_its_own_collects_by_the_stricter_ones() {
    let table = table(|_| {}).await;
    let hospital = table.hospital;
    table
        .app
        .rows(move |conn| {
            diesel::update(organisations::table.find(hospital))
                .set(organisations::rule_set.eq(Some("facility-plasma-21")))
                .execute(conn)
        })
        .await;
    let (_, visit) = table.ready("Lê Văn An").await;
    table
        .nurse
        .post(&format!("/registrations/{visit}/donation"), bag("26/0042"))
        .await
        .created();
}

#[actix_web::test]
async fn a_bag_that_does_not_fit_is_named() {
    let table = table(|_| {}).await;
    let (_, visit) = table.ready("Lê Văn An").await;
    let path = format!("/registrations/{visit}/donation");
    let wrong = json!({ "component": "milk", "volume_ml": 20, "blood_group": "C+", "certificate_serial": "",
        "collected_at": "2026-05-02T00:00:00Z" });
    let fields = [
        "component",
        "volume_ml",
        "blood_group",
        "certificate_serial",
        "collected_at",
    ];
    table.nurse.post(&path, wrong).await.invalid(&fields);
    let stranger = table.app.body("hospital", "Khác", None).await;
    let stranger = table
        .app
        .staff(
            "Điều Dưỡng Khác",
            giothong::platform::http::Role::Nurse,
            stranger,
        )
        .await;
    stranger
        .post(&path, bag("26/0042"))
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn a_group_found_on_the_bag_is_the_donors_and_an_emergency_counts_apart() {
    let table = table(|wanted| wanted.kind = DriveKind::Emergency).await;
    let (donor, _, _) = table.given("Lê Văn An", "26/0042").await;
    let person = donor.id();
    let group: (Option<String>, String) = table
        .app
        .rows(move |conn| {
            donors::table
                .find(person)
                .select((donors::blood_group, donors::group_certainty))
                .first(conn)
        })
        .await;
    assert_eq!(group, (Some("O+".to_owned()), "confirmed".to_owned()));
    let kinds: Vec<String> = table
        .app
        .rows(|conn| tallies::table.select(tallies::kind).load(conn))
        .await;
    assert_eq!(kinds, ["emergency"]);
}

#[actix_web::test]
async fn the_form_of_the_nurse_shows_the_limits_that_hold_at_that_drive() {
    let table = table(|_| {}).await;
    let path = table.drive.path("/limits");
    let limits = table.nurse.get(&path).await.ok();
    assert_eq!(limits["rule_set"], "vn-2013");
    assert_eq!(
        limits["systolic_mmhg"],
        json!({ "at_least": 100, "at_most": 159 })
    );
    assert_eq!(
        limits["whole_blood"]["at_least_kg"],
        json!({ "female": 42, "male": 45 })
    );
    assert_eq!(limits["whole_blood"]["ml_per_kg"], 9);
    assert_eq!(limits["apheresis"]["at_most_ml"], 650);
    let reasons = limits["reasons"].as_array().unwrap();
    let tattoo = reasons.iter().find(|one| one["code"] == "tattoo").unwrap();
    assert_eq!(tattoo["name"], "Xăm trổ trên da");
    let english = table
        .desk
        .with("Accept-Language", "en")
        .get(&path)
        .await
        .ok();
    assert_eq!(english["name"], "Circular 26/2013/TT-BYT");

    let hospital = table.hospital;
    table
        .app
        .rows(move |conn| {
            diesel::update(organisations::table.find(hospital))
                .set(organisations::rule_set.eq(Some("facility-plasma-21")))
                .execute(conn)
        })
        .await;
    let both = table.nurse.get(&path).await.ok();
    assert_eq!(both["rule_set"], "facility-plasma-21+vn-2013");

    let donor = table.app.donor("Lê Văn An").await;
    donor.get(&path).await.refused("forbidden");
    let elsewhere = table.app.body("province", "Lào Cai", None).await;
    let nurse = table
        .app
        .staff(
            "Y Tá Khác",
            giothong::platform::http::Role::Nurse,
            elsewhere,
        )
        .await;
    nurse.get(&path).await.refused("not-found");
}
