//! Pages for people: the front page, the pages of refusals, the readable reference.
use crate::support::{Reply, TestApp};
use actix_web::http::Method;
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::platform::db::schema::donors;
use giothong::platform::id::PersonId;

fn shows(reply: &Reply, words: &str) -> bool {
    reply.text().contains(words)
}

#[actix_web::test]
async fn the_front_page_speaks_the_browsers_language_or_the_chosen_one() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let english = stranger.with("Accept-Language", "en-GB,en;q=0.8");
    assert!(shows(&stranger.get("//").await, "<html lang=\"vi\">"));
    assert!(shows(&english.get("//").await, "<html lang=\"en\">"));
    let chosen = english.get("//?lang=vi").await;
    assert!(shows(&chosen, "<html lang=\"vi\">") && shows(&chosen, "đợt hiến máu trong tuần này"));
    assert_eq!(chosen.header("content-language"), Some("vi"));
}

#[actix_web::test]
async fn the_front_page_counts_anew_after_some_seconds() {
    let app = TestApp::new().await;
    let count = "<dt>người hiến máu</dt><dd>";
    assert!(shows(
        &app.stranger().get("//").await,
        &format!("{count}0<")
    ));
    let person = app.person("Nguyễn Thị Hoa").await;
    willing(&app, person).await;
    assert!(shows(
        &app.stranger().get("//").await,
        &format!("{count}0<")
    ));
    app.forward(TimeDelta::seconds(11));
    assert!(shows(
        &app.stranger().get("//").await,
        &format!("{count}1<")
    ));
}

async fn willing(app: &TestApp, person: PersonId) {
    let (now, today) = (app.app.now(), app.app.today());
    app.rows(move |conn| {
        diesel::insert_into(donors::table)
            .values((
                donors::person.eq(person),
                donors::blood.eq(0_i16),
                donors::group_certainty.eq("declared"),
                donors::available_from.eq(today),
                donors::opted_in.eq(false),
                donors::wants_reminders.eq(false),
                donors::cell.eq(0),
                donors::latitude.eq(0.0),
                donors::longitude.eq(0.0),
                donors::last_asked_on.eq(today),
                donors::gifts.eq(0),
                donors::created_at.eq(now),
            ))
            .execute(conn)
    })
    .await;
}

#[actix_web::test]
async fn every_refusal_has_a_page_in_both_languages() {
    let app = TestApp::new().await;
    let catalogue = super::contract::catalogue();
    assert!(catalogue.len() > 10);
    for slug in catalogue {
        for (language, words) in [("vi", "Dành cho lập trình viên"), ("en", "For developers")]
        {
            let page = app
                .stranger()
                .get(&format!("//problems/{slug}?lang={language}"))
                .await;
            assert_eq!(page.status, 200, "{slug}");
            let text = page.text();
            assert!(text.contains(words) && text.contains(&format!("<code>{slug}</code>")));
            assert!(!text.contains('{'), "{slug} shows a gap: {text}");
        }
    }
    app.stranger()
        .get("//problems/no-such-thing")
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn the_reference_is_served_from_here_and_reads_our_document() {
    let app = TestApp::new().await;
    let moved = app.stranger().get("//docs").await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (301, Some("/docs/"))
    );
    let start = app.stranger().get("//docs/swagger-initializer.js").await;
    assert!(shows(&start, "/api/v1/openapi.json") && shows(&start, "\"validatorUrl\": \"none\""));
    let document = app.stranger().get("/openapi.json").await.ok();
    assert_eq!(
        document["openapi"]
            .as_str()
            .map(|version| version.starts_with("3.1")),
        Some(true)
    );
    app.stranger()
        .get("//docs/../../etc/passwd")
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn a_page_is_only_for_reading() {
    let app = TestApp::new().await;
    for page in ["//", "//problems", "//assets/site.css"] {
        let reply = app.stranger().call(Method::POST, page, None).await;
        assert_eq!(reply.header("allow"), Some("GET, HEAD"), "{page}");
        reply.refused("method-not-allowed");
        let head = app.stranger().call(Method::HEAD, page, None).await;
        assert_eq!((head.status, head.bytes.len()), (200, 0), "{page}");
    }
    app.stranger()
        .get("//assets/other.css")
        .await
        .refused("not-found");
}
