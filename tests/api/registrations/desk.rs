//! Receiving people.
use super::{id_of, scene, state_of};
use crate::support::Wanted;
use chrono::TimeDelta;
use giothong::platform::http::Role;
use serde_json::json;

#[actix_web::test]
async fn a_ticket_checks_its_donor_in_and_says_nothing_about_them() {
    let scene = scene(|wanted| wanted.in_days = 0).await;
    scene.app.forward(TimeDelta::hours(-2));
    let (donor, id) = scene.booked("Lê Văn An").await;
    scene.app.forward(TimeDelta::hours(2));
    let ticket = donor.get(&format!("/registrations/{id}/ticket")).await.ok();
    let code = ticket["code"].as_str().unwrap();
    assert!(code.starts_with("GH1.") && code.len() < 60, "{code}");
    assert!(ticket["svg"].as_str().unwrap().starts_with("<svg"));
    let shown = json!({ "drive": scene.drive.id, "code": code });
    let here = scene.desk.post("/check-ins", shown.clone()).await.ok();
    assert_eq!(
        (here["id"].as_str(), here["state"].as_str()),
        (Some(id.as_str()), Some("checked_in"))
    );
    // Shown again at the next table.
    scene.desk.post("/check-ins", shown).await.ok();
    let sums = scene.app.sums(scene.drive.id, None).await;
    assert_eq!((sums.registered, sums.attended), (1, 1));
}

#[actix_web::test]
async fn a_forged_ticket_and_one_of_another_drive_are_refused() {
    let scene = scene(|_| {}).await;
    let (donor, id) = scene.booked("Lê Văn An").await;
    let ticket = donor.get(&format!("/registrations/{id}/ticket")).await.ok();
    let code = ticket["code"].as_str().unwrap().to_owned();
    let (start, proof) = code.rsplit_once('.').unwrap();
    let turned: String = proof.chars().rev().collect();
    for forged in [
        "",
        "GH1",
        "hello",
        &format!("{start}."),
        &format!("{start}.{turned}"),
    ] {
        let shown = json!({ "drive": scene.drive.id, "code": forged });
        scene
            .desk
            .post("/check-ins", shown)
            .await
            .refused("ticket-forged");
    }
    let other = scene.app.drive(Wanted::by(scene.province)).await;
    let shown = json!({ "drive": other.id, "code": code });
    scene
        .desk
        .post("/check-ins", shown.clone())
        .await
        .refused("ticket-of-another-drive");
    let elsewhere = scene.app.body("province", "An Giang", None).await;
    let stranger = scene
        .app
        .staff("Bàn Khác", Role::DriveStaff, elsewhere)
        .await;
    stranger
        .post("/check-ins", shown)
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn nobody_is_checked_in_before_their_day_or_by_who_does_not_work_there() {
    let scene = scene(|_| {}).await;
    let (donor, id) = scene.booked("Lê Văn An").await;
    let path = format!("/registrations/{id}/check-in");
    scene
        .desk
        .post(&path, json!({}))
        .await
        .refused("registration-for-another-day");
    donor.post(&path, json!({})).await.refused("forbidden");
    let elsewhere = scene.app.body("province", "An Giang", None).await;
    let stranger = scene
        .app
        .staff("Bàn Khác", Role::DriveStaff, elsewhere)
        .await;
    stranger.post(&path, json!({})).await.refused("not-found");
    scene.app.forward(TimeDelta::days(7));
    scene.desk.post(&path, json!({})).await.ok();
    assert_eq!(state_of(&donor).await, "checked_in");
}

#[actix_web::test]
async fn a_nurse_of_the_collecting_facility_and_a_helper_of_the_day_work_at_the_desk() {
    let app = crate::support::TestApp::new().await;
    let province = app.body("province", "Cần Thơ", None).await;
    let hospital = app.body("hospital", "Huyết học", None).await;
    let drive = app
        .drive(Wanted {
            collected_by: Some(hospital),
            ..Wanted::by(province)
        })
        .await;
    let nurse = app.staff("Điều Dưỡng", Role::Nurse, hospital).await;
    nurse.get(&drive.path("/registrations")).await.ok();
    let helper = app.donor("Tình Nguyện").await;
    app.grant(helper.id(), Role::DriveStaff, None, Some(drive.id))
        .await;
    helper.get(&drive.path("/registrations")).await.ok();
    let other = app.drive(Wanted::by(province)).await;
    helper
        .get(&other.path("/registrations"))
        .await
        .refused("not-found");
    nurse
        .get(&other.path("/registrations"))
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn who_waited_for_a_place_and_comes_is_received_without_one() {
    let scene = scene(|wanted| wanted.slots = vec![1]).await;
    scene.booked("Lê Văn An").await;
    let (_, waiting) = scene.waiting("Phạm Thị Lan").await;
    scene.app.forward(TimeDelta::days(7));
    let here = scene
        .desk
        .post(&format!("/registrations/{waiting}/check-in"), json!({}))
        .await
        .ok();
    assert_eq!(
        (here["is_walk_in"].as_bool(), here["slot"].is_null()),
        (Some(true), true)
    );
    let sums = scene.app.sums(scene.drive.id, None).await;
    assert_eq!((sums.registered, sums.attended), (2, 1));
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 1);
}

#[actix_web::test]
async fn who_just_comes_is_registered_and_received_at_once() {
    let scene = scene(|wanted| wanted.in_days = 0).await;
    let path = scene.drive.path("/walk-ins");
    let known = scene.app.person("Lê Văn An").await;
    let here = scene
        .desk
        .post(&path, json!({ "person": known }))
        .await
        .created();
    assert_eq!(
        (here["state"].as_str(), here["slot"].is_null()),
        (Some("checked_in"), true)
    );
    scene
        .desk
        .post(&path, json!({ "person": known }))
        .await
        .refused("already-registered");
    let new = json!({ "name": "Phạm Thị Lan", "birth_date": "1999-02-03", "sex": "female", "contact": "0912345678" });
    scene.desk.post(&path, new).await.created();
    let sums = scene.app.sums(scene.drive.id, None).await;
    assert_eq!((sums.registered, sums.attended), (2, 2));
    let list = scene
        .desk
        .get(&scene.drive.path("/registrations?q=pham"))
        .await
        .ok();
    assert_eq!(list["items"][0]["name"], "Phạm Thị Lan");
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn what_is_said_of_a_newcomer_must_make_sense() {
    let scene = scene(|wanted| wanted.in_days = 0).await;
    let path = scene.drive.path("/walk-ins");
    let wrong = json!({ "name": "", "birth_date": "2026-05-02", "contact": "12" });
    scene
        .desk
        .post(&path, wrong)
        .await
        .invalid(&["name", "birth_date", "contact"]);
    let both = json!({ "name": "Lan", "person": scene.desk.id() });
    scene.desk.post(&path, both).await.invalid(&["name"]);
    scene
        .desk
        .post(&path, json!({ "person": scene.drive.id }))
        .await
        .refused("not-found");
    assert_eq!(scene.app.sums(scene.drive.id, None).await.registered, 0);
}

#[actix_web::test]
async fn nobody_walks_in_on_a_day_without_a_session() {
    let scene = scene(|_| {}).await;
    let path = scene.drive.path("/walk-ins");
    scene
        .desk
        .post(&path, json!({ "name": "Lan" }))
        .await
        .refused("no-session-today");
    let tomorrow = json!({ "name": "Lan", "session": scene.drive.session });
    scene
        .desk
        .post(&path, tomorrow.clone())
        .await
        .refused("no-session-today");
    scene.app.forward(TimeDelta::days(9));
    // A sheet of paper typed in two days later.
    scene.desk.post(&path, tomorrow).await.created();
}

#[actix_web::test]
async fn the_desk_sees_names_states_and_bodies_but_never_reasons() {
    let scene = scene(|wanted| wanted.slots = vec![1]).await;
    let (_, id) = scene.booked("Lê Văn An").await;
    scene.waiting("Phạm Thị Lan").await;
    let page = scene
        .desk
        .get(&scene.drive.path("/registrations?state=booked"))
        .await
        .ok();
    let row = &page["items"][0];
    assert_eq!(id_of(row), id);
    assert_eq!(row["name"], "Lê Văn An");
    assert_eq!(row["mobilised_by_name"], "Cần Thơ");
    assert_eq!(row["slot_starts_at"], "2026-05-08T01:00:00Z");
    assert!(!page.to_string().contains("available"));
    let both = scene
        .desk
        .get(&scene.drive.path("/registrations?limit=1"))
        .await
        .ok();
    assert!(both["next"].is_string());
    scene
        .desk
        .get(&scene.drive.path("/registrations?state=lost"))
        .await
        .invalid(&["state"]);
}
