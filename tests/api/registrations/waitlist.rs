//! A place that is freed goes to who has waited longest.
use super::{scene, state_of};
use chrono::TimeDelta;
use giothong::drives::model::DriveState;
use serde_json::json;

#[actix_web::test]
async fn a_freed_place_is_offered_to_who_has_waited_longest_and_taken() {
    let scene = scene(|wanted| wanted.slots = vec![1]).await;
    let (first, id) = scene.booked("Lê Văn An").await;
    let (second, waiting) = scene.waiting("Phạm Thị Lan").await;
    let (third, _) = scene.waiting("Trần Văn Ba").await;
    assert_eq!(scene.app.sums(scene.drive.id, None).await.registered, 1);

    first
        .delete(&format!("/registrations/{id}"))
        .await
        .expect(204);
    assert_eq!(
        (state_of(&second).await, state_of(&third).await),
        ("offered".into(), "waitlisted".into())
    );
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 1);
    assert_eq!(scene.app.sums(scene.drive.id, None).await.registered, 0);
    scene.app.run_jobs().await;
    let mails = scene.app.mails_to("phamthilan@example.vn");
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].text.contains("11:00"),
        "two hours from nine: {}",
        mails[0].text
    );

    let taken = second
        .post(&format!("/registrations/{waiting}/acceptance"), json!({}))
        .await
        .ok();
    assert_eq!(taken["state"], "booked");
    assert_eq!(scene.app.sums(scene.drive.id, None).await.registered, 1);
    scene.app.run_jobs().await;
    assert_eq!(scene.app.mails_to("phamthilan@example.vn").len(), 2);
    scene.app.forward(TimeDelta::hours(3));
    scene.app.run_jobs().await;
    assert_eq!(state_of(&second).await, "booked");
}

#[actix_web::test]
async fn an_offer_nobody_takes_goes_on_until_the_place_is_free_again() {
    let scene = scene(|wanted| wanted.slots = vec![1]).await;
    let (first, id) = scene.booked("Lê Văn An").await;
    let (second, offer) = scene.waiting("Phạm Thị Lan").await;
    let (third, _) = scene.waiting("Trần Văn Ba").await;
    first
        .delete(&format!("/registrations/{id}"))
        .await
        .expect(204);
    scene.app.forward(TimeDelta::minutes(121));
    second
        .post(&format!("/registrations/{offer}/acceptance"), json!({}))
        .await
        .refused("offer-over");
    scene.app.run_jobs().await;
    assert_eq!(
        (state_of(&second).await, state_of(&third).await),
        ("cancelled".into(), "offered".into())
    );
    scene.app.forward(TimeDelta::minutes(121));
    scene.app.run_jobs().await;
    assert_eq!(state_of(&third).await, "cancelled");
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 0);
    assert_eq!(scene.app.sums(scene.drive.id, None).await.registered, 0);
}

#[actix_web::test]
async fn nothing_is_offered_at_a_drive_that_is_over() {
    let scene = scene(|wanted| wanted.slots = vec![1]).await;
    let (first, id) = scene.booked("Lê Văn An").await;
    let (second, offer) = scene.waiting("Phạm Thị Lan").await;
    scene
        .app
        .put_state(scene.drive.id, DriveState::Completed)
        .await;
    first
        .delete(&format!("/registrations/{id}"))
        .await
        .expect(204);
    assert_eq!(state_of(&second).await, "waitlisted");
    let path = format!("/registrations/{offer}/acceptance");
    second.post(&path, json!({})).await.refused("drive-closed");
}

#[actix_web::test]
async fn a_waiting_donor_moves_to_a_slot_that_has_places() {
    let scene = scene(|wanted| wanted.slots = vec![1, 1]).await;
    scene.booked("Lê Văn An").await;
    let (second, waiting) = scene.waiting("Phạm Thị Lan").await;
    let moved = second
        .patch(&format!("/registrations/{waiting}"), scene.slot(1))
        .await
        .ok();
    assert_eq!(moved["state"], "booked");
    assert_eq!(scene.app.taken(scene.drive.slots[1]).await, 1);
    assert_eq!(scene.app.sums(scene.drive.id, None).await.registered, 2);
}

#[actix_web::test]
async fn a_place_freed_while_somebody_joined_the_waitlist_is_found_by_the_sweep() {
    let scene = scene(|wanted| wanted.slots = vec![1]).await;
    scene.booked("Lê Văn An").await;
    let (second, _) = scene.waiting("Phạm Thị Lan").await;
    // As if the two had crossed: the place is free, and nobody told who waits.
    let slot = scene.drive.slots[0];
    scene
        .app
        .rows(move |conn| giothong::drives::slots::give_back(conn, slot, 1))
        .await;
    scene.app.forward(TimeDelta::minutes(16));
    scene.app.run_jobs().await;
    assert_eq!(state_of(&second).await, "offered");
}

#[actix_web::test]
async fn places_that_are_added_to_a_slot_are_offered_at_once_to_who_waits() {
    let scene = scene(|wanted| wanted.slots = vec![1]).await;
    scene.booked("Lê Văn An").await;
    let (second, _) = scene.waiting("Phạm Thị Lan").await;
    let (third, _) = scene.waiting("Trần Văn Ba").await;
    let (fourth, _) = scene.waiting("Vũ Thị Dung").await;
    let path = format!("/slots/{}", scene.drive.slots[0]);
    let slot = scene.coordinator.patch(&path, json!({"capacity": 3})).await;
    assert_eq!(slot.ok()["places_left"], 0);
    assert_eq!(
        (
            state_of(&second).await,
            state_of(&third).await,
            state_of(&fourth).await
        ),
        ("offered".into(), "offered".into(), "waitlisted".into())
    );
    let slot = scene.coordinator.patch(&path, json!({"capacity": 9})).await;
    assert_eq!(slot.ok()["places_left"], 5);
    assert_eq!(state_of(&fourth).await, "offered");
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 4);
    scene.app.run_jobs().await;
    for name in ["phamthilan", "tranvanba", "vuthidung"] {
        let mails = scene.app.mails_to(&format!("{name}@example.vn"));
        assert_eq!(mails.len(), 1, "{name}");
    }
}

#[actix_web::test]
async fn places_added_when_the_slot_has_begun_are_offered_to_nobody() {
    let scene = scene(|wanted| wanted.slots = vec![1]).await;
    scene.booked("Lê Văn An").await;
    let (second, _) = scene.waiting("Phạm Thị Lan").await;
    scene.app.forward(TimeDelta::days(7));
    let path = format!("/slots/{}", scene.drive.slots[0]);
    let slot = scene.coordinator.patch(&path, json!({"capacity": 3})).await;
    assert_eq!(slot.ok()["places_left"], 2);
    assert_eq!(state_of(&second).await, "waitlisted");
}
