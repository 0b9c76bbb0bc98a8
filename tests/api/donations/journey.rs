//! The first journey, whole: from the open drive to the sums that moved.
use super::may_give_on;
use crate::support::{TestApp, drive_plan, id_of};
use chrono::TimeDelta;
use giothong::platform::http::Role;
use giothong::platform::id::DriveId;
use serde_json::json;

#[actix_web::test]
async fn a_donor_books_for_a_body_gives_350_ml_and_the_sums_of_drive_and_body_move() {
    let app = TestApp::new().await;
    let province = app.body("province", "Cần Thơ", None).await;
    let school = app.body("school", "Đại học Cần Thơ", Some(province)).await;
    let hospital = app.body("hospital", "Huyết học Cần Thơ", None).await;
    let coordinator = app.coordinator(province).await;
    let desk = app.staff("Bàn Đón", Role::DriveStaff, province).await;
    let nurse = app.staff("Điều Dưỡng", Role::Nurse, hospital).await;
    let donor = app.donor("Nguyễn Thị Hoa").await;

    // The coordinator opens a drive.
    let mut plan = drive_plan(province);
    plan["collected_by"] = json!(hospital);
    let drive: DriveId = id_of(&coordinator.post("/drives", plan).await.created());
    let state = format!("/drives/{drive}/state");
    coordinator
        .put(&state, json!({ "state": "open" }))
        .await
        .ok();

    // The donor finds a slot and books for the school that mobilised them.
    let slots = donor.get(&format!("/drives/{drive}/slots")).await.ok();
    let body = json!({ "slot": slots["items"][0]["id"], "mobilised_by": school });
    let booked = donor
        .post(&format!("/drives/{drive}/registrations"), body)
        .await
        .created();
    let visit = booked["id"].as_str().unwrap().to_owned();
    let ticket = donor
        .get(&format!("/registrations/{visit}/ticket"))
        .await
        .ok();

    // On the day the desk scans the ticket.
    app.forward(TimeDelta::days(7));
    desk.put(&state, json!({ "state": "running" })).await.ok();
    let shown = json!({ "drive": drive, "code": ticket["code"] });
    assert_eq!(
        desk.post("/check-ins", shown).await.ok()["state"],
        "checked_in"
    );

    // The nurse screens and collects.
    let screening = nurse
        .post(
            &format!("/registrations/{visit}/screening"),
            super::accepted(50.0),
        )
        .await
        .created();
    assert_eq!(screening["findings"], json!([]));
    let bag = super::bag("G123498654321H");
    let given = nurse
        .post(&format!("/registrations/{visit}/donation"), bag)
        .await
        .created();
    assert_eq!(
        (
            given["is_complete"].as_bool(),
            given["is_first_time"].as_bool()
        ),
        (Some(true), Some(true))
    );
    assert_eq!(given["unit_number"], "G123498654321");

    // Everything moved: the sums of the drive and of the school, the visit, the donor's day.
    for body in [None, Some(school)] {
        let sums = app.sums(drive, body).await;
        assert_eq!((sums.registered, sums.attended, sums.collected), (1, 1, 1));
        assert_eq!(
            (sums.ml, sums.ml350plus, sums.first_time, sums.safe),
            (350, 1, 1, 0)
        );
    }
    assert_eq!(app.sums(drive, Some(province)).await.registered, 0);
    let seen = donor.get(&format!("/registrations/{visit}")).await.ok();
    assert_eq!(seen["registration"]["state"], "collected");
    assert_eq!(may_give_on(&donor).await, "2026-07-31");

    // The blood centre says it is safe, and the coordinator signs.
    let id = given["id"].as_str().unwrap();
    nurse
        .post(
            &format!("/donations/{id}/result"),
            json!({ "result": "safe" }),
        )
        .await
        .ok();
    assert_eq!(app.sums(drive, Some(school)).await.safe, 1);
    for next in ["completed", "signed"] {
        coordinator.put(&state, json!({ "state": next })).await.ok();
    }
    let late = nurse
        .post(
            &format!("/donations/{id}/result"),
            json!({ "result": "discarded" }),
        )
        .await;
    late.refused("drive-signed");
}
