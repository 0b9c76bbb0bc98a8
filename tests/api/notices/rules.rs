//! The contact rules as they hold for real rows: consent, stop, lists, night, caps, erasure.
use super::{contact, fate, is_refused, left_by, send, tell, tell_so, unclaimed};
use crate::support::{Ready, TestApp};
use actix_web::http::Method;
use chrono::{Days, NaiveDate, TimeDelta};
use diesel::prelude::*;
use giothong::blood::BloodGroup;
use giothong::people::{ConsentChange, ConsentSource, Purpose as Consent, consents};
use giothong::platform::db::schema::donors;
use giothong::platform::id::PersonId;
use giothong::platform::notices::{Judge, Purpose};
use serde_json::json;

async fn donor(app: &TestApp, name: &str) -> PersonId {
    app.ready_donor(name, Ready::of(BloodGroup::OPositive))
        .await
}

#[actix_web::test]
async fn who_agreed_to_calls_is_called_and_who_took_it_back_is_not() {
    let app = TestApp::new().await;
    let hoa = donor(&app, "Nguyễn Thị Hoa").await;
    let before = tell(&app, hoa, Purpose::Call).await;
    send(&app).await;
    left_by(&app, before, "mail").await;
    let actor = app.signed_in(hoa).await;
    let no = json!({"granted": false});
    actor.put("/me/consents/calls", no).await.expect(200);
    let after = tell(&app, hoa, Purpose::Call).await;
    send(&app).await;
    is_refused(&app, after, "stopped").await;
    let reminder = tell(&app, hoa, Purpose::Reminder).await;
    send(&app).await;
    left_by(&app, reminder, "mail").await;
    let yes = json!({"granted": true});
    actor.put("/me/consents/calls", yes).await.expect(200);
    let again = tell(&app, hoa, Purpose::Call).await;
    send(&app).await;
    left_by(&app, again, "mail").await;
}

#[actix_web::test]
async fn a_stop_outlives_the_entry_and_a_list_that_brings_the_address_back() {
    let app = TestApp::new().await;
    let hoa = donor(&app, "Nguyễn Thị Hoa").await;
    let actor = app.signed_in(hoa).await;
    let no = json!({"granted": false});
    actor.put("/me/consents/reminders", no).await.expect(200);
    actor.call(Method::DELETE, "/me", None).await.expect(204);
    let gone = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    is_refused(&app, gone, "gone").await;
    // A club lists her again, with a paper that says yes.
    let back = app.person("Nguyễn Thị Hoa").await;
    unclaimed(&app, back).await;
    let now = app.app.now();
    for purpose in [Consent::Data, Consent::Reminders] {
        let paper = ConsentChange {
            id: app.app.id(),
            person: back,
            purpose,
            is_granted: true,
            text_version: "test".to_owned(),
            source: ConsentSource::Paper,
            recorded_by: None,
            form: Some("Tờ 7".to_owned()),
            given_at: now,
        };
        app.rows(move |conn| consents::record(conn, &paper)).await;
    }
    let reminder = tell(&app, back, Purpose::Reminder).await;
    let booking = tell(&app, back, Purpose::Booking).await;
    send(&app).await;
    is_refused(&app, reminder, "stopped").await;
    left_by(&app, booking, "mail").await;
}

#[actix_web::test]
async fn who_was_only_listed_is_not_written_to() {
    let app = TestApp::new().await;
    let hoa = donor(&app, "Nguyễn Thị Hoa").await;
    unclaimed(&app, hoa).await;
    for purpose in [Purpose::Code, Purpose::Booking, Purpose::Reminder] {
        let id = tell(&app, hoa, purpose).await;
        send(&app).await;
        is_refused(&app, id, "listed").await;
    }
    assert!(app.mails().is_empty());
}

#[actix_web::test]
async fn at_night_a_call_waits_for_the_morning_where_its_reader_is() {
    let app = TestApp::new().await;
    let hoa = donor(&app, "Nguyễn Thị Hoa").await;
    let far = donor(&app, "Lê Thị Xa").await;
    let wish = json!({"channel": null, "nights": true, "time_zone": "America/Los_Angeles"});
    let actor = app.signed_in(far).await;
    actor.put("/me/contact-wishes", wish).await.ok();
    // 22:00 in Hà Nội is 8:00 in California.
    app.forward(TimeDelta::hours(13));
    let here = tell(&app, hoa, Purpose::Call).await;
    let there = tell(&app, far, Purpose::Call).await;
    let booking = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    left_by(&app, there, "mail").await;
    left_by(&app, booking, "mail").await;
    assert_eq!(fate(&app, here).await.0, "waiting");
    app.forward(TimeDelta::hours(9) - TimeDelta::seconds(1));
    send(&app).await;
    assert_eq!(fate(&app, here).await.0, "waiting");
    app.forward(TimeDelta::seconds(1));
    send(&app).await;
    left_by(&app, here, "mail").await;
}

#[actix_web::test]
async fn a_week_holds_three_calls_and_the_fourth_is_not_sent() {
    let app = TestApp::new().await;
    let hoa = donor(&app, "Nguyễn Thị Hoa").await;
    for _ in 0..3 {
        let id = tell(&app, hoa, Purpose::Call).await;
        send(&app).await;
        left_by(&app, id, "mail").await;
        app.forward(TimeDelta::hours(1));
    }
    let fourth = tell(&app, hoa, Purpose::Call).await;
    send(&app).await;
    is_refused(&app, fourth, "weekly-cap").await;
    app.forward(TimeDelta::days(7) - TimeDelta::hours(2));
    let next = tell(&app, hoa, Purpose::Call).await;
    send(&app).await;
    left_by(&app, next, "mail").await;
}

#[actix_web::test]
async fn who_may_not_give_is_not_called() {
    let app = TestApp::new().await;
    let hoa = donor(&app, "Nguyễn Thị Hoa").await;
    let later = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap() + Days::new(1);
    app.rows(move |conn| {
        diesel::update(donors::table.find(hoa))
            .set(donors::available_from.eq(later))
            .execute(conn)
    })
    .await;
    let call = tell(&app, hoa, Purpose::Call).await;
    send(&app).await;
    is_refused(&app, call, "deferred").await;
    let judge = Judge::of(&app.app);
    let judged = app
        .rows(move |conn| judge.ask(conn, hoa, Purpose::Reminder))
        .await;
    assert_eq!(
        judged.verdict.unwrap_err().slug(),
        "deferred",
        "a preview asks the same rule"
    );
}

#[actix_web::test]
async fn what_was_worthless_by_the_morning_is_not_sent_at_all() {
    let app = TestApp::new().await;
    let hoa = donor(&app, "Nguyễn Thị Hoa").await;
    app.forward(TimeDelta::hours(13));
    let id = tell(&app, hoa, Purpose::Call).await;
    app.rows(move |conn| {
        use giothong::platform::db::schema::notices;
        diesel::update(notices::table.find(id))
            .set(notices::expires_at.eq(notices::due_at))
            .execute(conn)
    })
    .await;
    send(&app).await;
    is_refused(&app, id, "expired").await;
}

#[actix_web::test]
async fn a_line_break_in_a_name_or_subject_never_leaves() {
    let app = TestApp::new().await;
    let hoa = donor(&app, "Nguyễn Thị Hoa").await;
    let id = tell_so(&app, hoa, Purpose::Booking, "Chào\r\nBcc: ai@example.vn").await;
    send(&app).await;
    assert_eq!(fate(&app, id).await.0, "dead");
    let broken = app.person("Nguyễn Thị Hoa\u{b}Bcc").await;
    contact(&app, broken, "email", "khac@example.vn").await;
    let name = tell(&app, broken, Purpose::Booking).await;
    send(&app).await;
    assert!(app.mails().iter().all(|mail| !mail.text.contains("Bcc:")));
    assert_ne!(fate(&app, name).await.0, "waiting");
}
