//! The hot path: how much is said to the database, and that it never reads a whole table.
use super::scene;
use serde_json::json;

#[actix_web::test]
async fn a_booking_says_at_most_six_things_to_the_database() {
    let scene = scene(|wanted| wanted.slots = vec![2]).await;
    let path = scene.drive.path("/registrations");
    let body = json!({ "slot": scene.drive.slots[0], "mobilised_by": scene.province });
    let statements = scene.app.record().await;
    // The first booking of a body writes its sums, the second changes them; the third waits.
    for (name, status) in [
        ("Lê Văn An", 201),
        ("Phạm Thị Lan", 201),
        ("Trần Văn Ba", 202),
    ] {
        let donor = scene.app.donor(name).await;
        statements.take();
        donor
            .key("once")
            .post(&path, body.clone())
            .await
            .expect(status);
        let said = statements.take();
        assert!(
            (3..=6).contains(&said.len()),
            "{} statements: {said:#?}",
            said.len()
        );
        for text in said {
            assert!(statements.is_prepared(&text), "parsed each time: {text}");
        }
    }
}

#[actix_web::test]
async fn a_booking_finds_all_its_rows_by_an_index() {
    let scene = scene(|_| {}).await;
    let donor = scene.app.donor("Lê Văn An").await;
    let statements = scene.app.record().await;
    let body = json!({ "slot": scene.drive.slots[0], "mobilised_by": scene.province });
    donor
        .key("a")
        .post(&scene.drive.path("/registrations"), body)
        .await
        .created();
    let said = statements.take();
    assert_eq!(said.len(), 6, "{said:#?}");
    for statement in said {
        scene.app.uses_indexes(statement).await;
    }
}

#[actix_web::test]
async fn a_check_in_finds_all_its_rows_by_an_index() {
    let scene = scene(|wanted| wanted.in_days = 0).await;
    scene.app.forward(chrono::TimeDelta::hours(-2));
    let (_, id) = scene.booked("Lê Văn An").await;
    let statements = scene.app.record().await;
    scene
        .desk
        .post(&format!("/registrations/{id}/check-in"), json!({}))
        .await
        .ok();
    for statement in statements.take() {
        scene.app.uses_indexes(statement).await;
    }
}
