//! Counts typed by hand.
use super::table;
use crate::support::TestApp;
use diesel::prelude::*;
use giothong::drives::model::DriveState;
use giothong::platform::db::schema::declared_counts;
use serde_json::json;

async fn declared(app: &TestApp) -> i64 {
    app.rows(|conn| declared_counts::table.count().get_result(conn))
        .await
}

#[actix_web::test]
async fn declared_counts_stand_beside_what_was_recorded_and_are_replaced_whole() {
    let table = table(|_| {}).await;
    let school = table
        .app
        .body("school", "THPT Lưu Hữu Phước", Some(table.province))
        .await;
    let path = table.drive.path("/declared");
    let rows = json!({ "rows": [
        { "kind": "planned", "collected": 120, "registered": 150, "ml": 40000 },
        { "mobilised_by": school, "kind": "planned", "collected": 30 },
    ] });
    let kept = table.coordinator.put(&path, rows).await.ok();
    assert_eq!(kept["rows"][0]["mobilised_by"], json!(table.province));
    assert_eq!(declared(&table.app).await, 2);
    assert_eq!(table.app.sums(table.drive.id, None).await.collected, 0);
    let fewer = json!({ "rows": [{ "kind": "emergency", "collected": 3 }] });
    table.coordinator.put(&path, fewer).await.ok();
    assert_eq!(declared(&table.app).await, 1);
}

#[actix_web::test]
async fn counts_that_make_no_sense_are_named_and_nothing_is_lost() {
    let table = table(|_| {}).await;
    let path = table.drive.path("/declared");
    let good = json!({ "rows": [{ "kind": "planned", "collected": 120 }] });
    table.coordinator.put(&path, good.clone()).await.ok();
    let wrong = json!({ "rows": [{ "kind": "planned", "collected": -1, "ml": 1_000_000_000 }] });
    table
        .coordinator
        .put(&path, wrong)
        .await
        .invalid(&["rows.0.collected", "rows.0.ml"]);
    let twice = json!({ "rows": [{ "kind": "planned", "collected": 1 }, { "kind": "planned", "collected": 2 }] });
    table
        .coordinator
        .put(&path, twice)
        .await
        .invalid(&["rows.1.mobilised_by"]);
    let nobody =
        json!({ "rows": [{ "mobilised_by": table.drive.id, "kind": "planned", "collected": 1 }] });
    table
        .coordinator
        .put(&path, nobody)
        .await
        .refused("unknown-body");
    table
        .desk
        .put(&path, good.clone())
        .await
        .refused("forbidden");
    table
        .app
        .put_state(table.drive.id, DriveState::Signed)
        .await;
    table
        .coordinator
        .put(&path, good)
        .await
        .refused("drive-signed");
    assert_eq!(declared(&table.app).await, 1);
}
