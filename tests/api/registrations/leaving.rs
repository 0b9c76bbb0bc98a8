//! Who leaves for good gives their places to others.
use super::{scene, state_of};
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn the_place_of_who_leaves_for_good_is_offered_to_who_waits() {
    let scene = scene(|wanted| wanted.slots = vec![1]).await;
    let (leaving, _) = scene.booked("Lê Văn An").await;
    let (next, waiting) = scene.waiting("Phạm Thị Lan").await;
    leaving.delete("/me").await.expect(204);
    assert_eq!(state_of(&next).await, "offered");
    scene.app.run_jobs().await;
    assert_eq!(scene.app.mails_to("phamthilan@example.vn").len(), 1);
    assert!(scene.app.mails_to("levanan@example.vn").is_empty());
    next.post(&format!("/registrations/{waiting}/acceptance"), json!({}))
        .await
        .ok();
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 1);
    assert_eq!(scene.app.sums(scene.drive.id, None).await.registered, 1);
    let list = scene.desk.get(&scene.drive.path("/registrations")).await;
    assert!(!list.text().contains("Lê Văn An"), "{}", list.text());
}

#[actix_web::test]
async fn who_waits_and_leaves_for_good_is_not_offered_a_place() {
    let scene = scene(|wanted| wanted.slots = vec![1]).await;
    let (booked, id) = scene.booked("Lê Văn An").await;
    let (leaving, _) = scene.waiting("Phạm Thị Lan").await;
    let (next, _) = scene.waiting("Trần Văn Ba").await;
    leaving.delete("/me").await.expect(204);
    booked
        .delete(&format!("/registrations/{id}"))
        .await
        .expect(204);
    assert_eq!(state_of(&next).await, "offered");
}

#[actix_web::test]
async fn who_leaves_for_good_while_being_received_stays_counted_as_having_come() {
    let scene = scene(|_| {}).await;
    let (leaving, id) = scene.booked("Lê Văn An").await;
    scene.app.forward(TimeDelta::days(7));
    scene
        .desk
        .post(&format!("/registrations/{id}/check-in"), json!({}))
        .await
        .ok();
    leaving.delete("/me").await.expect(204);
    let sums = scene.app.sums(scene.drive.id, None).await;
    assert_eq!((sums.registered, sums.attended), (1, 1));
}
