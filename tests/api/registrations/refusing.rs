//! What a booking may not look like, and how often it may be tried.
use super::scene;
use crate::support::{TestApp, Wanted};
use actix_web::http::Method;
use serde_json::json;

const JSON: &str = "application/json";

#[actix_web::test]
async fn a_body_that_cannot_be_read_is_refused_by_name_and_books_nothing() {
    let scene = scene(|_| {}).await;
    let donor = scene.app.donor("Lê Văn An").await;
    let path = scene.drive.path("/registrations");
    let slot = scene.slot(0).to_string();
    for broken in ["", "{", "{\"slot\":}"] {
        let reply = donor.raw(Method::POST, &path, JSON, broken).await;
        reply.refused("unreadable");
    }
    let invalid_utf8 = b"{\"slot\": \"\xff\xfe\"}".to_vec();
    donor
        .raw(Method::POST, &path, JSON, invalid_utf8)
        .await
        .refused("unreadable");
    let reply = donor.raw(Method::POST, &path, "text/plain", slot).await;
    reply.refused("unsupported-media-type");
    let large = format!("{{\"slot\": \"{}\"}}", "x".repeat(2_000_000));
    let reply = donor.raw(Method::POST, &path, JSON, large).await;
    reply.refused("payload-too-large");
    let nul = "{\"slot\": \"\\u0000\"}";
    let reply = donor.raw(Method::POST, &path, JSON, nul).await;
    reply.invalid(&["slot"]);
    donor
        .put(&path, scene.slot(0))
        .await
        .refused("method-not-allowed");
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 0);
}

#[actix_web::test]
async fn a_stranger_books_nothing_and_an_unusable_key_is_named() {
    let scene = scene(|_| {}).await;
    let path = scene.drive.path("/registrations");
    let stranger = scene.app.stranger();
    stranger
        .post(&path, scene.slot(0))
        .await
        .refused("unauthenticated");
    let foreign = stranger.with("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30.");
    foreign
        .post(&path, scene.slot(0))
        .await
        .refused("unauthenticated");
    let donor = scene.app.donor("Lê Văn An").await;
    let long = "k".repeat(101);
    donor
        .key(&long)
        .post(&path, scene.slot(0))
        .await
        .refused("idempotency-key-invalid");
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 0);
}

#[actix_web::test]
async fn somebody_who_books_again_and_again_is_told_to_wait() {
    let app = TestApp::with(|settings| settings.limits.bookings_per_minute = 2).await;
    let province = app.body("province", "Cần Thơ", None).await;
    let drive = app.drive(Wanted::by(province)).await;
    let path = drive.path("/registrations");
    let slot = json!({ "slot": drive.slots[0] });
    let eager = app.donor("Lê Văn An").await;
    eager.post(&path, slot.clone()).await.created();
    eager
        .post(&path, slot.clone())
        .await
        .refused("already-registered");
    let reply = eager.post(&path, slot.clone()).await;
    assert!(reply.header("retry-after").is_some());
    reply.refused("too-many-requests");
    // It is one person's limit, nobody else's.
    let other = app.donor("Phạm Thị Lan").await;
    other.post(&path, slot).await.created();
}
