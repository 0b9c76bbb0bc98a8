//! Reminders: once per return, on the day, with the facts asked again before they leave.
mod days;
mod gifts;
mod links;
mod places;
mod reserve;
mod results;
mod tokens;
mod views;
pub mod year;

use crate::support::{Ready, TestApp};
use actix_web::http::Method;
use chrono::{Days, NaiveDate, TimeDelta};
use diesel::prelude::*;
use giothong::blood::BloodGroup;
use giothong::platform::db::schema::{donors, notices};
use giothong::platform::id::{OrganisationId, PersonId};
use giothong::platform::jobs::run_due;
use giothong::platform::notices::{SentMail as Mail, send_due};
use serde_json::json;

/// The tests' own today.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 1).unwrap()
}

/// The rest of the link to this page in the words of a message, for a caller: `//r/…`.
fn link_in(text: &str, page: &str) -> String {
    let token = text.split(&format!("/{page}/")).nth(1).unwrap();
    format!("//{page}/{}", token.split_whitespace().next().unwrap())
}

const FORM: &str = "application/x-www-form-urlencoded";

async fn due(app: &TestApp, name: &str, from: NaiveDate) -> PersonId {
    app.ready_donor(
        name,
        Ready {
            from,
            ..Ready::of(BloodGroup::APositive)
        },
    )
    .await
}

/// Makes somebody one of a club's people.
async fn belongs(app: &TestApp, person: PersonId, club: OrganisationId) {
    app.rows(move |conn| {
        diesel::update(donors::table.find(person))
            .set(donors::main_club.eq(Some(club)))
            .execute(conn)
    })
    .await;
}

async fn state(app: &TestApp, person: PersonId) -> Vec<(String, Option<String>)> {
    app.rows(move |conn| {
        notices::table
            .filter(notices::person.eq(person))
            .filter(notices::kind.eq("eligibility-returned"))
            .select((notices::state, notices::last_error))
            .load(conn)
    })
    .await
}

#[actix_web::test]
async fn who_may_give_again_is_told_once_on_the_day() {
    let app = TestApp::new().await;
    due(&app, "Nguyễn Mai", today()).await;
    due(&app, "Lê Sớm", today() + Days::new(1)).await;
    due(&app, "Trần Đã Lâu", today() - Days::new(8)).await;
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(
        mails
            .iter()
            .map(|mail| mail.to.as_str())
            .collect::<Vec<_>>(),
        ["nguyenmai@example.vn"]
    );
    assert!(mails[0].subject.contains("hiến máu trở lại"));
    app.forward(TimeDelta::days(1));
    app.run_jobs().await;
    app.forward(TimeDelta::days(1));
    app.run_jobs().await;
    assert_eq!(app.mails_to("nguyenmai@example.vn").len(), 1);
    assert_eq!(app.mails_to("lesom@example.vn").len(), 1);
    assert!(
        app.mails_to("trandalau@example.vn").is_empty(),
        "an import does not mail everyone"
    );
}

#[actix_web::test]
async fn two_processes_that_race_tell_nobody_twice() {
    let app = TestApp::new().await;
    for number in ["Một", "Hai", "Ba", "Bốn", "Năm"] {
        due(&app, &format!("Người {number}"), today()).await;
    }
    let (jobs, kinds) = (giothong::app::jobs(), giothong::app::notices());
    for _ in 0..3 {
        let scans = tokio::join!(run_due(&app.app, &jobs), run_due(&app.app, &jobs));
        let sends = tokio::join!(send_due(&app.app, &kinds), send_due(&app.app, &kinds));
        assert!(scans.0.is_ok() && scans.1.is_ok() && sends.0.is_ok() && sends.1.is_ok());
    }
    let mut told: Vec<String> = app.mails().into_iter().map(|mail| mail.to).collect();
    told.sort();
    let all = told.len();
    told.dedup();
    assert_eq!((all, told.len()), (5, 5));
}

#[actix_web::test]
async fn a_fact_that_changed_before_the_mail_left_stops_it() {
    let app = TestApp::new().await;
    app.app.mailer.fail_next(1);
    let person = due(&app, "Nguyễn Mai", today()).await;
    app.run_jobs().await;
    app.rows(move |conn| {
        diesel::update(donors::table.find(person))
            .set(donors::available_from.eq(today() + Days::new(84)))
            .execute(conn)
    })
    .await;
    app.forward(TimeDelta::minutes(10));
    app.run_jobs().await;
    assert!(app.mails().is_empty());
    assert_eq!(
        state(&app, person).await,
        [("dropped".to_owned(), Some("deferred".to_owned()))]
    );
}

#[actix_web::test]
async fn with_the_mail_server_down_nothing_is_lost() {
    let app = TestApp::new().await;
    app.app.mailer.fail_next(3);
    due(&app, "Nguyễn Mai", today()).await;
    app.run_jobs().await;
    assert!(app.mails().is_empty());
    for _ in 0..6 {
        app.forward(TimeDelta::minutes(5));
        app.run_jobs().await;
    }
    assert_eq!(app.mails_to("nguyenmai@example.vn").len(), 1);
}

#[actix_web::test]
async fn rare_donors_are_kept_for_calls_unless_their_body_says_remind() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Hiếm", None).await;
    let rare = Ready {
        from: today(),
        ..Ready::of(BloodGroup::ONegative)
    };
    let kept = app.ready_donor("Nguyễn Hiếm", rare).await;
    let reminded = app.ready_donor("Lê Hiếm", rare).await;
    let coordinator = app.coordinator(club).await;
    let changed = coordinator
        .patch(
            &format!("/organisations/{club}"),
            json!({"rh_negative": "remind"}),
        )
        .await;
    assert_eq!(changed.ok()["rh_negative"], "remind");
    belongs(&app, reminded, club).await;
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1);
    assert!(
        app.mails()[0].subject.starts_with("Câu lạc bộ Hiếm"),
        "in the club's name"
    );
    assert_eq!(
        state(&app, kept).await,
        [("dropped".to_owned(), Some("kept in reserve".to_owned()))]
    );
}

#[actix_web::test]
async fn the_nearest_body_above_that_decided_says_whether_rare_donors_are_reminded() {
    let app = TestApp::new().await;
    let province = app.body("province", "Lào Cai", None).await;
    let above = app.coordinator(province).await;
    let said = |name: &str, policy: Option<&str>| {
        let mut body = json!({"kind": "club", "name": name, "parent": province});
        if let Some(policy) = policy {
            body["rh_negative"] = json!(policy);
        }
        body
    };
    above
        .patch(
            &format!("/organisations/{province}"),
            json!({"rh_negative": "remind"}),
        )
        .await
        .ok();
    let mut donors_of = Vec::new();
    for (club, donor, policy) in [
        ("Câu lạc bộ Như Tỉnh", "Vàng A Một", None),
        ("Câu lạc bộ Dự Bị", "Vàng A Hai", Some("reserve")),
    ] {
        let made = above.post("/organisations", said(club, policy)).await;
        let id: OrganisationId = made.created()["id"].as_str().unwrap().parse().unwrap();
        let rare = Ready {
            from: today(),
            ..Ready::of(BloodGroup::AbNegative)
        };
        let person = app.ready_donor(donor, rare).await;
        belongs(&app, person, id).await;
        donors_of.push(person);
    }
    app.run_jobs().await;
    assert_eq!(app.mails_to("vangamot@example.vn").len(), 1);
    assert!(app.mails_to("vangahai@example.vn").is_empty());
    assert_eq!(
        state(&app, donors_of[1]).await,
        [("dropped".to_owned(), Some("kept in reserve".to_owned()))]
    );
}

#[actix_web::test]
async fn the_links_of_a_reminder_act_only_by_their_buttons() {
    let app = TestApp::new().await;
    due(&app, "Nguyễn Mai", today()).await;
    app.run_jobs().await;
    let mail = app.mails().remove(0);
    let link = |page: &str| link_in(&mail.text, page);
    let stranger = app.stranger();
    let form = FORM;
    assert!(
        stranger
            .get(&link("u"))
            .await
            .text()
            .contains("Ngừng nhắc tôi")
    );
    assert!(
        stranger
            .get(&link("g"))
            .await
            .text()
            .contains("Ngày hiến máu")
    );
    let future = stranger
        .raw(Method::POST, &link("g"), form, "on=2027-01-01&act=yes")
        .await;
    future.invalid(&["on"]);
    let told = stranger
        .raw(Method::POST, &link("g"), form, "on=2026-04-20&act=yes")
        .await;
    assert!(
        told.status == 200 && told.text().contains("Cảm ơn"),
        "{}",
        told.text()
    );
    let again = stranger
        .raw(Method::POST, &link("g"), form, "on=2026-04-21&act=yes")
        .await;
    assert!(again.text().contains("rồi"), "used, and it says so kindly");
    let stopped = stranger
        .raw(Method::POST, &link("u"), form, "List-Unsubscribe=One-Click")
        .await;
    assert!(stopped.status == 200 && stopped.text().contains("Đã ngừng"));
    app.forward(TimeDelta::days(90));
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1, "stopped is stopped");
    assert!(
        stranger
            .get("//u/forged")
            .await
            .text()
            .contains("không còn dùng được")
    );
}
