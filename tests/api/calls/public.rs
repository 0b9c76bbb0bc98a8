//! What anyone may see of a call: live, cheap to ask again, and clearly over when it is.
use super::{FIVE, five_asked, place, scene};
use giothong::blood::BloodGroup;
use serde_json::json;

#[actix_web::test]
async fn the_public_state_is_tagged_and_changes_when_the_call_does() {
    let (scene, path) = five_asked(1).await;
    let public = format!("/public{path}");
    let stranger = scene.app.stranger();
    let first = stranger.get(&public).await;
    assert_eq!(first.header("cache-control"), Some("public, max-age=10"));
    let tag = first.header("etag").unwrap().to_owned();
    let body = first.ok();
    assert_eq!(
        (&body["units_missing"], &body["place"], &body["is_over"]),
        (&json!(1), &json!("Bệnh viện Minh Họa"), &json!(false))
    );
    let known = stranger.with("If-None-Match", &tag);
    assert_eq!(known.get(&public).await.status, 304);
    scene.say(&scene.links()[0].1, "yes").await.ok();
    let now = known.get(&public).await.ok();
    assert_eq!(
        (&now["state"], &now["is_over"]),
        (&json!("filled"), &json!(true))
    );
}

#[actix_web::test]
async fn the_page_has_a_preview_and_says_clearly_when_it_is_over() {
    let (scene, path) = five_asked(1).await;
    let page_path = format!("//c/{}", path.trim_start_matches("/calls/"));
    let stranger = scene.app.stranger();
    let page = stranger.get(&page_path).await;
    assert_eq!(page.header("cache-control"), Some("public, max-age=10"));
    let open = page.text();
    assert!(open.contains("Cần 1 đơn vị máu nhóm O+"), "{open}");
    assert_eq!(open.matches("<dd>Bệnh viện Minh Họa</dd>").count(), 1);
    assert!(open.contains("og:image\" content=\"http") && open.contains("/assets/call-open.png"));
    scene
        .duty
        .put(&format!("{path}/state"), json!({ "state": "cancelled" }))
        .await
        .ok();
    let over = stranger.get(&page_path).await.text();
    assert!(over.contains("Lần huy động máu này đã kết thúc"), "{over}");
    assert!(over.contains("/assets/call-over.png") && !over.contains("Nhóm máu cần"));
    for picture in ["call-open", "call-filled", "call-over"] {
        let shown = stranger.get(&format!("//assets/{picture}.png")).await;
        assert_eq!(
            (shown.status, shown.header("content-type")),
            (200, Some("image/png"))
        );
        assert!(shown.bytes.starts_with(b"\x89PNG"));
    }
}

#[actix_web::test]
async fn the_page_names_the_hospital_beside_the_place_only_where_they_differ() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    let centre = scene
        .app
        .body("blood_centre", "Viện Minh Họa", Some(scene.province))
        .await;
    place(&scene.app, centre, (21.03, 105.85)).await;
    let mut need = scene.need(1);
    need["give_at"] = json!(centre);
    let path = scene.asking_for(need).await;
    let page_path = format!("//c/{}", path.trim_start_matches("/calls/"));
    let page = scene.app.stranger().get(&page_path).await.text();
    assert!(page.contains("<dd>Bệnh viện Minh Họa</dd>"), "{page}");
    assert!(page.contains("<dd>Viện Minh Họa</dd>"), "{page}");
}
