//! Who leaves for good does not come in again.
use super::{ask_code, by_code, by_password, code_for, come_in, refresh, set_password};
use crate::support::TestApp;
use chrono::TimeDelta;
use giothong::platform::http::Role;
use serde_json::json;

const HOA: &str = "nguyenthihoa@example.vn";
const PASSWORD: &str = "chuồn chuồn bay thấp thì mưa";

#[actix_web::test]
async fn who_left_for_good_comes_in_by_no_way() {
    let app = TestApp::new().await;
    let province = app.body("province", "Cần Thơ", None).await;
    let hoa = app.person("Nguyễn Thị Hoa").await;
    app.grant(hoa, Role::Nurse, Some(province), None).await;
    set_password(&app, HOA, PASSWORD).await;
    app.forward(TimeDelta::seconds(1));
    let (actor, tokens) = come_in(&app, hoa, HOA).await;
    ask_code(&app, HOA).await;
    let code = code_for(&app, HOA).await;
    actor.delete("/me").await.expect(204);

    actor.get("/me").await.refused("unauthenticated");
    refresh(&app, &tokens).await.refused("session-over");
    by_code(&app, HOA, &code).await.refused("wrong-code");
    by_password(&app, HOA, PASSWORD)
        .await
        .refused("wrong-credentials");
    let mails = app.mails_to(HOA).len();
    ask_code(&app, HOA).await;
    app.run_jobs().await;
    assert_eq!(app.mails_to(HOA).len(), mails, "nobody is known there");
    let admin = app.admin(province).await;
    let grants = admin
        .get(&format!("/organisations/{province}/grants"))
        .await
        .ok();
    let names = grants.to_string();
    assert!(!names.contains("nurse"), "{names}");
}

#[actix_web::test]
async fn a_code_for_the_rest_of_the_family_still_works_when_one_leaves_for_good() {
    let app = TestApp::new().await;
    // Two people of one name share the address.
    let (leaving, staying) = (
        app.person("Nguyễn Thị Hoa").await,
        app.person("Nguyễn Thị Hoa").await,
    );
    let leaving = app.signed_in(leaving).await;
    ask_code(&app, HOA).await;
    let code = code_for(&app, HOA).await;
    leaving.delete("/me").await.expect(204);
    let tokens = by_code(&app, HOA, &code).await.created();
    let token = tokens["access_token"].as_str().unwrap().to_owned();
    let actor = crate::support::Actor::known(&app, staying, token);
    assert_eq!(actor.get("/me").await.ok()["id"], json!(staying));
}

#[actix_web::test]
async fn the_last_administrator_does_not_leave_before_handing_over() {
    let app = TestApp::new().await;
    let nation = app.body("national", "Việt Nam", None).await;
    let admin = app.admin(nation).await;
    admin.delete("/me").await.refused("last-admin");
    admin.get("/me").await.ok();
    app.staff("Phạm Kế Nhiệm", Role::Admin, nation).await;
    admin.delete("/me").await.expect(204);
}
