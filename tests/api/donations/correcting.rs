//! Corrections, voids and results.
use super::{bag, may_give_on, table};
use crate::support::Sums;
use diesel::prelude::*;
use giothong::drives::model::DriveState;
use giothong::platform::db::schema::{donation_changes, donors};
use giothong::registrations::model::RegistrationState;
use serde_json::json;

#[actix_web::test]
async fn a_voided_bag_takes_back_sums_and_days_and_frees_its_number() {
    let table = table(|_| {}).await;
    let (donor, visit, donation) = table.given("Lê Văn An", "26/0042").await;
    let path = format!("/donations/{donation}/corrections");
    let wrong = json!({ "reason": "Nhầm người", "void": true });
    let voided = table.nurse.post(&path, wrong.clone()).await.created();
    assert!(voided["voided_at"].is_string());
    let sums = table.app.sums(table.drive.id, None).await;
    assert_eq!(
        (sums.registered, sums.attended, sums.collected, sums.ml),
        (1, 1, 0, 0)
    );
    assert_eq!((sums.first_time, sums.ml350plus), (0, 0));
    assert_eq!(may_give_on(&donor).await, "2026-05-01");
    let seen = donor.get(&format!("/registrations/{visit}")).await.ok();
    assert_eq!(
        seen["registration"]["state"],
        RegistrationState::CheckedIn.as_str()
    );
    table
        .nurse
        .post(&path, wrong)
        .await
        .refused("donation-voided");
    let result = table
        .nurse
        .post(
            &format!("/donations/{donation}/result"),
            json!({ "result": "safe" }),
        )
        .await;
    result.refused("donation-voided");
    // The bag was another person's.
    table.given("Phạm Thị Lan", "26/0042").await;
    assert_eq!(table.app.sums(table.drive.id, None).await.collected, 1);
    // And the first one gave after all, from the right bag.
    table
        .nurse
        .post(&format!("/registrations/{visit}/donation"), bag("26/0043"))
        .await
        .created();
    assert_eq!(table.app.sums(table.drive.id, None).await.collected, 2);
    assert_eq!(may_give_on(&donor).await, "2026-07-24");
}

#[actix_web::test]
async fn a_correction_moves_what_depends_on_it_and_keeps_what_stood() {
    let table = table(|_| {}).await;
    let school = table
        .app
        .body("school", "THPT Lưu Hữu Phước", Some(table.province))
        .await;
    let (donor, _, donation) = table.given("Lê Văn An", "26/0042").await;
    let path = format!("/donations/{donation}/corrections");
    let correction = json!({ "reason": "Gõ nhầm", "volume_ml": 250, "component": "plasma",
        "unit_number": "26/0024", "mobilised_by": school });
    let corrected = table.nurse.post(&path, correction).await.created();
    assert_eq!(
        (
            corrected["volume_ml"].as_i64(),
            corrected["bag_ml"].as_i64()
        ),
        (Some(250), Some(250))
    );
    assert_eq!(corrected["unit_number"], "26/0024");
    assert_eq!(corrected["blood_group"], "O+");
    let sums = table.app.sums(table.drive.id, Some(school)).await;
    assert_eq!((sums.registered, sums.attended, sums.collected), (1, 1, 1));
    assert_eq!((sums.ml, sums.ml350plus, sums.first_time), (250, 0, 1));
    assert_eq!(
        table.app.sums(table.drive.id, Some(table.province)).await,
        Sums::default()
    );
    // Two weeks after plasma, not twelve.
    assert_eq!(may_give_on(&donor).await, "2026-05-15");
    let kept: Vec<(String, String)> = table
        .app
        .rows(|conn| {
            donation_changes::table
                .select((donation_changes::act, donation_changes::reason))
                .load(conn)
        })
        .await;
    assert_eq!(kept, [("corrected".to_owned(), "Gõ nhầm".to_owned())]);
    // Its old number is free, its new one is not.
    table.given("Phạm Thị Lan", "26/0042").await;
    let (_, visit) = table.ready("Trần Văn Ba").await;
    let path = format!("/registrations/{visit}/donation");
    table
        .nurse
        .post(&path, bag("26/0024"))
        .await
        .refused("unit-number-used");
}

#[actix_web::test]
async fn a_correction_says_why_and_what() {
    let table = table(|_| {}).await;
    let (_, _, donation) = table.given("Lê Văn An", "26/0042").await;
    let path = format!("/donations/{donation}/corrections");
    table
        .nurse
        .post(&path, json!({ "reason": " ", "volume_ml": 250 }))
        .await
        .invalid(&["reason"]);
    table
        .nurse
        .post(&path, json!({ "reason": "x" }))
        .await
        .invalid(&["void"]);
    let both = json!({ "reason": "x", "void": true, "volume_ml": 250 });
    table.nurse.post(&path, both).await.invalid(&["void"]);
    let number = json!({ "reason": "x", "unit_number": "G123498654321X" });
    table
        .nurse
        .post(&path, number)
        .await
        .refused("unit-number-misread");
    table
        .desk
        .post(&path, json!({ "reason": "x", "void": true }))
        .await
        .refused("forbidden");
    assert_eq!(table.app.sums(table.drive.id, None).await.collected, 1);
}

#[actix_web::test]
async fn a_registration_with_a_bag_counts_for_another_body_by_correction_only() {
    let table = table(|_| {}).await;
    let (donor, visit, _) = table.given("Lê Văn An", "26/0042").await;
    let body = json!({ "mobilised_by": table.province });
    donor
        .patch(&format!("/registrations/{visit}"), body)
        .await
        .refused("registration-not-open");
}

#[actix_web::test]
async fn results_come_one_by_one_or_as_a_list_and_count_once() {
    let table = table(|_| {}).await;
    let (donor, visit, donation) = table.given("Lê Văn An", "26/0042").await;
    table.given("Phạm Thị Lan", "26/0043").await;
    let path = format!("/donations/{donation}/result");
    for _ in 0..2 {
        table
            .nurse
            .post(&path, json!({ "result": "safe" }))
            .await
            .ok();
        assert_eq!(table.app.sums(table.drive.id, None).await.safe, 1);
    }
    let list = table.drive.path("/results");
    let unknown = json!({ "results": [{ "unit_number": "26/0043", "result": "safe" }, { "unit_number": "x", "result": "safe" }] });
    table
        .nurse
        .post(&list, unknown)
        .await
        .invalid(&["results.1.unit_number"]);
    assert_eq!(table.app.sums(table.drive.id, None).await.safe, 1);
    let both = json!({ "results": [{ "unit_number": "26/0042", "result": "discarded" }, { "unit_number": "26/0043", "result": "safe" }] });
    assert_eq!(table.nurse.post(&list, both).await.ok()["changed"], 2);
    assert_eq!(table.app.sums(table.drive.id, None).await.safe, 1);
    table
        .nurse
        .post(&list, json!({ "results": [] }))
        .await
        .invalid(&["results"]);
    // A donor is never told a result here.
    let seen = donor.get(&format!("/registrations/{visit}")).await.ok();
    assert!(seen["donations"][0]["result"].is_null());
    let seen = table
        .nurse
        .get(&format!("/registrations/{visit}"))
        .await
        .ok();
    assert_eq!(seen["donations"][0]["result"], "discarded");
}

/// Somebody who booked and was taken for another by one tap; answers the visit and the donation.
async fn tapped_while_booked(table: &super::Table) -> (String, String) {
    let donor = table.app.donor("Lê Văn An").await;
    let slot = json!({ "slot": table.drive.slots[0] });
    let booked = donor
        .post(&table.drive.path("/registrations"), slot)
        .await
        .created();
    table.app.forward(chrono::TimeDelta::days(1));
    let visit = booked["id"].as_str().unwrap().to_owned();
    let tap = json!({ "outcome": "collected", "volume_ml": 350 });
    let path = format!("/registrations/{visit}/outcome");
    let given = table.desk.post(&path, tap).await.ok();
    let donation = given["donation"]["id"].as_str().unwrap().to_owned();
    (visit, donation)
}

#[actix_web::test]
async fn who_never_came_and_was_tapped_by_mistake_is_booked_again_with_their_place() {
    let table = table(|wanted| wanted.in_days = 1).await;
    let (visit, donation) = tapped_while_booked(&table).await;
    let wrong = json!({ "reason": "Nhầm người", "void": true });
    let path = format!("/donations/{donation}/corrections");
    table.nurse.post(&path, wrong).await.created();
    let seen = table.desk.get(&format!("/registrations/{visit}")).await;
    assert_eq!(seen.ok()["registration"]["state"], "booked");
    assert_eq!(table.app.taken(table.drive.slots[0]).await, 1);
    let sums = table.app.sums(table.drive.id, None).await;
    assert_eq!((sums.registered, sums.attended, sums.collected), (1, 0, 0));
}

#[actix_web::test]
async fn a_bag_voided_after_the_drive_leaves_nobody_expected() {
    let table = table(|wanted| wanted.in_days = 1).await;
    let (visit, donation) = tapped_while_booked(&table).await;
    table
        .app
        .put_state(table.drive.id, DriveState::Completed)
        .await;
    let wrong = json!({ "reason": "Nhầm người", "void": true });
    let path = format!("/donations/{donation}/corrections");
    table.nurse.post(&path, wrong).await.created();
    let seen = table.desk.get(&format!("/registrations/{visit}")).await;
    assert_eq!(seen.ok()["registration"]["state"], "no_show");
}

#[actix_web::test]
async fn a_bag_voided_while_its_donor_is_received_anew_leaves_the_old_visit_over() {
    let table = table(|_| {}).await;
    let (donor, visit, donation) = table.given("Lê Văn An", "26/0042").await;
    table
        .app
        .rows({
            let person = donor.id();
            move |conn| {
                diesel::update(donors::table.find(person))
                    .set(donors::available_from.eq(chrono::NaiveDate::default()))
                    .execute(conn)
            }
        })
        .await;
    let again = json!({ "person": donor.id() });
    let path = table.drive.path("/walk-ins");
    table.desk.post(&path, again).await.created();
    let wrong = json!({ "reason": "Nhầm túi", "void": true });
    let path = format!("/donations/{donation}/corrections");
    table.nurse.post(&path, wrong).await.created();
    let seen = table.desk.get(&format!("/registrations/{visit}")).await;
    assert_eq!(seen.ok()["registration"]["state"], "left");
}
