//! Staying in and going out.
use super::{come_in, current, refresh, with_token};
use crate::support::TestApp;
use chrono::TimeDelta;
use giothong::people;
use serde_json::json;

const TAM: &str = "levantam@example.vn";

#[actix_web::test]
async fn a_refresh_token_is_good_for_one_exchange_and_a_copy_ends_the_sign_in() {
    let app = TestApp::new().await;
    let tam = app.person("Lê Văn Tám").await;
    let (_, first) = come_in(&app, tam, TAM).await;
    let second = refresh(&app, &first).await.created();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    app.forward(TimeDelta::seconds(11));
    refresh(&app, &first).await.refused("session-over");
    refresh(&app, &second).await.refused("session-over");
    with_token(&app, tam, &second)
        .get("/me")
        .await
        .refused("unauthenticated");
}

#[actix_web::test]
async fn a_lost_answer_does_not_sign_out() {
    let app = TestApp::new().await;
    let tam = app.person("Lê Văn Tám").await;
    let (_, first) = come_in(&app, tam, TAM).await;
    let second = refresh(&app, &first).await.created();
    app.forward(TimeDelta::seconds(5));
    let again = refresh(&app, &first).await;
    assert_eq!(again.header("retry-after"), Some("1"));
    again.refused("just-refreshed");
    let third = refresh(&app, &second).await.created();
    with_token(&app, tam, &third).get("/me").await.ok();
    // Two exchanges back is no lost answer any more.
    refresh(&app, &first).await.refused("session-over");
}

#[actix_web::test]
async fn of_twenty_exchanges_that_race_one_wins() {
    let app = TestApp::new().await;
    let tam = app.person("Lê Văn Tám").await;
    let (_, first) = come_in(&app, tam, TAM).await;
    let replies = futures_util::future::join_all((0..20).map(|_| refresh(&app, &first))).await;
    let (won, lost): (Vec<_>, Vec<_>) = replies.into_iter().partition(|reply| reply.status == 201);
    assert_eq!((won.len(), lost.len()), (1, 19));
    for reply in lost {
        reply.refused("just-refreshed");
    }
    let tokens = won.into_iter().next().unwrap().created();
    refresh(&app, &tokens).await.created();
}

#[actix_web::test]
async fn a_sign_in_idles_out_and_ends_for_good() {
    let app = TestApp::new().await;
    let tam = app.person("Lê Văn Tám").await;
    let (_, idle) = come_in(&app, tam, TAM).await;
    app.forward(TimeDelta::days(30));
    refresh(&app, &idle).await.refused("session-over");
    let (_, mut tokens) = come_in(&app, tam, TAM).await;
    for _ in 0..8 {
        app.forward(TimeDelta::days(20));
        tokens = refresh(&app, &tokens).await.created();
    }
    app.forward(TimeDelta::days(20));
    refresh(&app, &tokens).await.refused("session-over");
}

#[actix_web::test]
async fn an_access_token_ends_after_ten_minutes() {
    let app = TestApp::new().await;
    let tam = app.person("Lê Văn Tám").await;
    let (phone, _) = come_in(&app, tam, TAM).await;
    app.forward(TimeDelta::minutes(10) - TimeDelta::seconds(1));
    phone.get("/me").await.ok();
    app.forward(TimeDelta::seconds(1));
    phone.get("/me").await.refused("unauthenticated");
}

#[actix_web::test]
async fn signing_out_kills_both_tokens_and_only_ones_own() {
    let app = TestApp::new().await;
    let tam = app.person("Lê Văn Tám").await;
    let (phone, on_phone) = come_in(&app, tam, TAM).await;
    let (desk, on_desk) = come_in(&app, tam, TAM).await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    let list = phone.get("/sign-ins").await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let desk_id = current(&desk).await;
    assert_ne!(desk_id, current(&phone).await);
    hoa.delete(&format!("/sign-ins/{desk_id}"))
        .await
        .refused("not-found");
    hoa.delete("/sign-ins/nonsense").await.refused("not-found");
    phone
        .delete(&format!("/sign-ins/{desk_id}"))
        .await
        .expect(204);
    desk.get("/me").await.refused("unauthenticated");
    refresh(&app, &on_desk).await.refused("session-over");
    phone.delete("/sign-ins/current").await.expect(204);
    phone.get("/me").await.refused("unauthenticated");
    refresh(&app, &on_phone).await.refused("session-over");
}

#[actix_web::test]
async fn an_erased_persons_tokens_stop_at_once() {
    let app = TestApp::new().await;
    let tam = app.person("Lê Văn Tám").await;
    let (phone, tokens) = come_in(&app, tam, TAM).await;
    let now = app.app.now();
    app.rows(move |conn| people::erase(conn, tam, now)).await;
    phone.get("/me").await.refused("unauthenticated");
    refresh(&app, &tokens).await.refused("session-over");
    super::ask_code(&app, TAM).await;
    let before = app.mails_to(TAM).len();
    app.run_jobs().await;
    assert_eq!(app.mails_to(TAM).len(), before);
}

#[actix_web::test]
async fn the_web_app_keeps_its_token_in_a_cookie_that_scripts_cannot_read() {
    let app = TestApp::new().await;
    app.person("Lê Văn Tám").await;
    super::ask_code(&app, TAM).await;
    let code = super::code_for(&app, TAM).await;
    let body = json!({ "contact": TAM, "code": code });
    let page = app.stranger().with("X-Session", "cookie");
    page.post("/sign-ins", body.clone())
        .await
        .refused("foreign-origin");
    let foreign = page.with("Origin", "https://evil.example");
    foreign
        .post("/sign-ins", body.clone())
        .await
        .refused("foreign-origin");
    let page = page.with("Origin", "http://127.0.0.1:8080");
    let reply = page.post("/sign-ins", body).await;
    let cookie = reply.header("set-cookie").unwrap().to_owned();
    for part in [
        "__Host-giothong_refresh=",
        "Path=/;",
        "Secure",
        "HttpOnly",
        "SameSite=Strict",
    ] {
        assert!(cookie.contains(part), "{cookie} lacks {part}");
    }
    assert!(reply.created().get("refresh_token").is_none());
    let pair = cookie.split(';').next().unwrap();
    let with_cookie = foreign.with("Cookie", pair);
    with_cookie
        .post("/sign-ins/refresh", json!({}))
        .await
        .refused("foreign-origin");
    let without_header = app.stranger().with("Cookie", pair);
    without_header
        .post("/sign-ins/refresh", json!({}))
        .await
        .invalid(&["refresh_token"]);
    let renewed = page
        .with("Cookie", &format!("theme=dark; {pair}"))
        .post("/sign-ins/refresh", json!({}))
        .await;
    assert_ne!(renewed.header("set-cookie"), Some(cookie.as_str()));
    renewed.created();
}
