//! From draft to signed, and who did not come.
use super::{scene, state_of};
use chrono::TimeDelta;
use giothong::drives::model::DriveState;
use giothong::platform::http::Role;
use serde_json::json;

#[actix_web::test]
async fn a_drive_goes_from_draft_to_signed_and_no_further() {
    let scene = scene(|wanted| wanted.state = DriveState::Draft).await;
    let path = scene.drive.path("/state");
    let to = |state: &str| json!({ "state": state });
    scene
        .coordinator
        .put(&path, to("running"))
        .await
        .refused("drive-state-not-allowed");
    assert_eq!(
        scene.coordinator.put(&path, to("open")).await.ok()["state"],
        "open"
    );
    // Again changes nothing.
    scene.coordinator.put(&path, to("open")).await.ok();
    scene
        .coordinator
        .put(&path, to("completed"))
        .await
        .refused("drive-not-begun");
    scene.app.forward(TimeDelta::days(7));
    scene.coordinator.put(&path, to("running")).await.ok();
    scene.coordinator.put(&path, to("completed")).await.ok();
    scene.coordinator.put(&path, to("signed")).await.ok();
    for state in ["draft", "open", "running", "completed", "cancelled"] {
        scene
            .coordinator
            .put(&path, to(state))
            .await
            .refused("drive-state-not-allowed");
    }
    scene
        .coordinator
        .put(&path, to("lost"))
        .await
        .invalid(&["state"]);
}

#[actix_web::test]
async fn staff_run_a_drive_but_do_not_open_or_sign_it() {
    let scene = scene(|wanted| wanted.in_days = 0).await;
    let path = scene.drive.path("/state");
    scene
        .desk
        .put(&path, json!({ "state": "cancelled" }))
        .await
        .refused("forbidden");
    scene
        .desk
        .put(&path, json!({ "state": "running" }))
        .await
        .ok();
    scene
        .desk
        .put(&path, json!({ "state": "completed" }))
        .await
        .ok();
    scene
        .desk
        .put(&path, json!({ "state": "signed" }))
        .await
        .refused("forbidden");
    let elsewhere = scene.app.body("province", "An Giang", None).await;
    let stranger = scene
        .app
        .staff("Bàn Khác", Role::Coordinator, elsewhere)
        .await;
    stranger
        .put(&path, json!({ "state": "signed" }))
        .await
        .refused("not-found");
    let donor = scene.app.donor("Lê Văn An").await;
    donor
        .put(&path, json!({ "state": "signed" }))
        .await
        .refused("forbidden");
}

#[actix_web::test]
async fn a_cancelled_drive_tells_everybody_and_counts_nobody() {
    let scene = scene(|wanted| wanted.slots = vec![1]).await;
    let (booked, _) = scene.booked("Lê Văn An").await;
    let (waiting, _) = scene.waiting("Phạm Thị Lan").await;
    scene.app.run_jobs().await;
    scene
        .coordinator
        .put(&scene.drive.path("/state"), json!({ "state": "cancelled" }))
        .await
        .ok();
    assert_eq!(
        (state_of(&booked).await, state_of(&waiting).await),
        ("cancelled".into(), "cancelled".into())
    );
    assert_eq!(scene.app.sums(scene.drive.id, None).await.registered, 0);
    scene.app.run_jobs().await;
    for address in ["levanan@example.vn", "phamthilan@example.vn"] {
        let last = scene.app.mails_to(address).pop().unwrap();
        assert!(last.subject.contains("bị hủy"), "{}", last.subject);
    }
}

#[actix_web::test]
async fn who_does_not_come_is_absent_and_comes_late_into_the_journal() {
    let scene = scene(|wanted| wanted.in_days = 0).await;
    scene.app.forward(TimeDelta::hours(-2));
    let (donor, id) = scene.booked("Lê Văn An").await;
    scene.app.forward(TimeDelta::hours(4));
    scene.app.run_jobs().await;
    assert_eq!(state_of(&donor).await, "booked");
    scene.app.forward(TimeDelta::hours(2));
    scene.app.run_jobs().await;
    assert_eq!(state_of(&donor).await, "no_show");
    let sums = scene.app.sums(scene.drive.id, None).await;
    assert_eq!((sums.registered, sums.attended), (1, 0));
    scene
        .desk
        .post(&format!("/registrations/{id}/check-in"), json!({}))
        .await
        .ok();
    let sums = scene.app.sums(scene.drive.id, None).await;
    assert_eq!((sums.registered, sums.attended), (1, 1));
}

#[actix_web::test]
async fn completing_a_drive_settles_who_waits_and_who_is_late() {
    let scene = scene(|wanted| {
        wanted.in_days = 0;
        wanted.slots = vec![1];
    })
    .await;
    scene.app.forward(TimeDelta::hours(-2));
    let (booked, id) = scene.booked("Lê Văn An").await;
    let (waiting, _) = scene.waiting("Phạm Thị Lan").await;
    scene.app.forward(TimeDelta::hours(6));
    scene
        .coordinator
        .put(&scene.drive.path("/state"), json!({ "state": "completed" }))
        .await
        .ok();
    assert_eq!(
        (state_of(&booked).await, state_of(&waiting).await),
        ("no_show".into(), "cancelled".into())
    );
    scene
        .coordinator
        .put(&scene.drive.path("/state"), json!({ "state": "signed" }))
        .await
        .ok();
    let late = scene
        .desk
        .post(&format!("/registrations/{id}/check-in"), json!({}))
        .await;
    late.refused("drive-signed");
    booked
        .delete(&format!("/registrations/{id}"))
        .await
        .refused("drive-signed");
}
