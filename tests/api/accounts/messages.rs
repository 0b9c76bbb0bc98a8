//! What was sent and why, what could not be sent, and what one may do where.
use super::{ask_code, code_for};
use crate::support::{Actor, TestApp};
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::platform::db::schema::{jobs, notices};
use giothong::platform::http::Role;
use serde_json::json;

async fn admin(app: &TestApp) -> Actor {
    let nation = app.body("national", "Việt Nam", None).await;
    app.admin(nation).await
}

#[actix_web::test]
async fn one_sees_what_was_sent_and_why_but_no_secret_of_it() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    assert_eq!(hoa.get("/me/messages").await.ok()["items"], json!([]));
    ask_code(&app, "nguyenthihoa@example.vn").await;
    let first = code_for(&app, "nguyenthihoa@example.vn").await;
    app.forward(TimeDelta::minutes(5));
    ask_code(&app, "nguyenthihoa@example.vn").await;
    app.run_jobs().await;
    let page = hoa.get("/me/messages?limit=1").await.ok();
    let newest = &page["items"][0];
    assert_eq!(newest["kind"], "sign-in-code");
    assert_eq!(newest["title"], "Mã đăng nhập");
    assert!(newest["why"].as_str().unwrap().contains("yêu cầu mã"));
    assert!(!page.to_string().contains(&first));
    let next = page["next"].as_str().unwrap();
    let rest = hoa.get(&format!("/me/messages?after={next}")).await.ok();
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    assert!(rest["items"][0]["sent_at"].as_str() < newest["sent_at"].as_str());
    let other = app.donor("Trần Văn Nam").await;
    assert_eq!(other.get("/me/messages").await.ok()["items"], json!([]));
}

#[actix_web::test]
async fn an_administrator_gives_a_dead_message_another_try_without_learning_whose_it_is() {
    let app = TestApp::new().await;
    let admin = admin(&app).await;
    app.donor("Nguyễn Thị Hoa").await;
    ask_code(&app, "nguyenthihoa@example.vn").await;
    app.rows(|conn| {
        diesel::update(notices::table)
            .set((
                notices::state.eq("dead"),
                notices::last_error.eq(Some("550 <nguyenthihoa@example.vn> unknown")),
            ))
            .execute(conn)
    })
    .await;
    let dead = admin.get("/notices?state=dead").await.ok();
    let text = dead.to_string();
    assert!(!text.contains('@') && !text.contains("person"), "{text}");
    assert_eq!(dead["items"][0]["error"], "550 … unknown");
    let retry = format!(
        "/notices/{}/retry",
        dead["items"][0]["id"].as_str().unwrap()
    );
    admin.post(&retry, json!({})).await.expect(204);
    app.run_jobs().await;
    assert_eq!(app.mails_to("nguyenthihoa@example.vn").len(), 1);
    admin.post(&retry, json!({})).await.refused("not-found");
    admin.get("/notices?state=sent").await.invalid(&["state"]);
    let hoa = app.donor("Phạm Thị Hoa").await;
    hoa.get("/notices").await.refused("forbidden");
}

#[actix_web::test]
async fn an_administrator_gives_a_dead_job_another_try() {
    let app = TestApp::new().await;
    let admin = admin(&app).await;
    assert_eq!(admin.get("/jobs").await.ok()["items"], json!([]));
    app.rows(|conn| {
        let one = jobs::table.select(jobs::id).order(jobs::id);
        let one: giothong::platform::jobs::JobId = one.first(conn)?;
        diesel::update(jobs::table.find(one))
            .set((jobs::state.eq("dead"), jobs::last_error.eq(Some("no room"))))
            .execute(conn)
    })
    .await;
    let dead = admin.get("/jobs?state=dead&limit=10").await.ok();
    assert_eq!(dead["items"][0]["error"], "no room");
    let retry = format!("/jobs/{}/retry", dead["items"][0]["id"].as_str().unwrap());
    admin.post(&retry, json!({})).await.expect(204);
    assert_eq!(admin.get("/jobs").await.ok()["items"], json!([]));
    admin.post(&retry, json!({})).await.refused("not-found");
}

#[actix_web::test]
async fn one_sees_where_one_may_do_what() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Giọt hồng", None).await;
    let lead = app.staff("Đỗ Văn Nhóm", Role::ClubLead, club).await;
    let wanted = crate::support::Wanted {
        in_days: 0,
        ..crate::support::Wanted::by(club)
    };
    let drive = app.drive(wanted).await;
    app.grant(lead.id(), Role::DriveStaff, None, Some(drive.id))
        .await;
    let held = lead.get("/me/grants").await.ok();
    let items = held["items"].as_array().unwrap();
    let role = |role: &str| items.iter().find(|item| item["role"] == role).unwrap();
    assert_eq!(
        role("club_lead")["organisation"]["name"],
        "Câu lạc bộ Giọt hồng"
    );
    assert_eq!(role("drive_staff")["drive"]["is_today"], true);
    assert_eq!(role("drive_staff")["organisation"], json!(null));
    let nobody = app.donor("Phạm Thị Hoa").await;
    assert_eq!(nobody.get("/me/grants").await.ok()["items"], json!([]));
}
