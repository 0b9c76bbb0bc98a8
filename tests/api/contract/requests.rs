//! Requests that cannot be read, are too large, come twice or too often: each a named refusal, nothing half done.
use crate::support::{Actor, TestApp};
use actix_web::http::Method;
use diesel::prelude::*;
use giothong::platform::clock::Moment;
use giothong::platform::db::schema::idempotency_keys;
use giothong::platform::db::{Db, DbOptions, Json};
use giothong::platform::gates::Gate;
use giothong::platform::problem::Problem;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use std::sync::mpsc::channel;

async fn coordinator(app: &TestApp) -> Actor {
    let body = app.body("national", "Ban chỉ đạo quốc gia", None).await;
    app.coordinator(body).await
}

fn programme(name: &str) -> Value {
    json!({"name": name, "edition": 2026})
}

async fn programmes(caller: &Actor) -> usize {
    let list = caller.get("/programmes").await.ok();
    list["items"].as_array().unwrap().len()
}

#[actix_web::test]
async fn a_body_that_cannot_be_read_is_refused_by_name() {
    let app = TestApp::new().await;
    let caller = coordinator(&app).await;
    let bodies: [&[u8]; 5] = [
        b"",
        b"{",
        b"{\"name\": \"A\", \"edition\": 2026} more",
        b"{\"name\": \"\xff\xfe\", \"edition\": 2026}",
        b"{'name': 'A'}",
    ];
    for body in bodies {
        let reply = caller
            .raw(Method::POST, "/programmes", "application/json", body)
            .await;
        reply.refused("unreadable");
    }
    let deep = "[".repeat(100_000).into_bytes();
    let reply = caller.raw(Method::POST, "/programmes", "application/json", deep);
    reply.await.refused("payload-too-large");
    let deep = "[".repeat(10_000).into_bytes();
    let reply = caller.raw(Method::POST, "/programmes", "application/json", deep);
    assert!([400, 422].contains(&reply.await.status));
    assert_eq!(programmes(&caller).await, 0);
}

#[actix_web::test]
async fn two_megabytes_are_too_much_and_text_is_no_json() {
    let app = TestApp::new().await;
    let caller = coordinator(&app).await;
    let large = format!("{{\"name\": \"{}\"}}", "a".repeat(2_000_000)).into_bytes();
    let reply = caller.raw(Method::POST, "/programmes", "application/json", large);
    reply.await.refused("payload-too-large");
    for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
        let body = programme("Hành trình đỏ").to_string();
        let reply = caller.raw(Method::POST, "/programmes", kind, body);
        reply.await.refused("unsupported-media-type");
    }
    assert_eq!(programmes(&caller).await, 0);
}

#[actix_web::test]
async fn a_nul_an_unknown_field_and_a_missing_one_are_told_by_name() {
    let app = TestApp::new().await;
    let caller = coordinator(&app).await;
    let nul = programme("Hành trình\u{0} đỏ");
    caller.post("/programmes", nul).await.invalid(&["name"]);
    let odd = json!({"name": "A", "edition": 2026, "role": "admin"});
    caller.post("/programmes", odd).await.invalid(&["role"]);
    let short = json!({"name": "A"});
    caller
        .post("/programmes", short)
        .await
        .invalid(&["edition"]);
    let reply = caller.get("/programmes?colour=red").await;
    reply.invalid(&["colour"]);
    assert_eq!(programmes(&caller).await, 0);
}

#[actix_web::test]
async fn what_stands_in_an_address_is_read_as_strictly_as_a_body() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    stranger
        .get("/organisations?q=L%C3%A0o%00")
        .await
        .invalid(&["query"]);
    for broken in ["%ff", "a%C3", "%C3%28"] {
        let path = format!("/organisations?q={broken}");
        stranger.get(&path).await.refused("unreadable");
    }
    for odd in ["%00", "%ff", "x", "..%2f..%2fetc"] {
        let path = format!("/organisations/{odd}");
        stranger.get(&path).await.refused("not-found");
    }
    let found = stranger.get("/organisations?q=L%C3%A0o%20Cai").await.ok();
    assert_eq!(found["items"], json!([]));
}

/// What a person reads of bad input: in Vietnamese, in English, and never the same words.
#[actix_web::test]
async fn bad_input_is_explained_in_the_callers_language() {
    let app = TestApp::new().await;
    let caller = coordinator(&app).await;
    let json = "application/json";
    let large = format!("{{\"name\": \"{}\"}}", "a".repeat(2_000_000));
    let bad: [(&str, Method, &str, &str, Vec<u8>); 8] = [
        ("unreadable", Method::POST, "/programmes", json, b"{".into()),
        (
            "unreadable",
            Method::POST,
            "/programmes",
            json,
            b"{\"name\": \"\xff\"}".into(),
        ),
        (
            "payload-too-large",
            Method::POST,
            "/programmes",
            json,
            large.into(),
        ),
        (
            "unsupported-media-type",
            Method::POST,
            "/programmes",
            "text/plain",
            b"A".into(),
        ),
        (
            "invalid-input",
            Method::POST,
            "/programmes",
            json,
            b"{\"role\": 1}".into(),
        ),
        (
            "invalid-input",
            Method::POST,
            "/programmes",
            json,
            br#"{"name": "\u0000", "edition": 2026}"#.into(),
        ),
        (
            "method-not-allowed",
            Method::PUT,
            "/programmes",
            json,
            b"{}".into(),
        ),
        (
            "stale-cursor",
            Method::GET,
            "/programmes?after=abc",
            json,
            Vec::new(),
        ),
    ];
    for (slug, method, path, kind, body) in bad {
        let english = caller.with("Accept-Language", "en-GB");
        let vietnamese = caller.raw(method.clone(), path, kind, body.clone()).await;
        let vietnamese = vietnamese.refused(slug);
        let english = english.raw(method, path, kind, body).await.refused(slug);
        for words in ["title", "detail"] {
            assert_ne!(vietnamese[words], english[words], "{slug}");
            assert!(!vietnamese[words].as_str().unwrap().is_ascii(), "{slug}");
            assert!(english[words].as_str().unwrap().is_ascii(), "{slug}");
        }
    }
    assert_eq!(programmes(&caller).await, 0);
}

#[actix_web::test]
async fn whoever_is_not_known_is_told_so_before_anything_is_read() {
    let app = TestApp::new().await;
    let body = json!({"nonsense": true});
    let nobody = app.stranger();
    let reply = nobody.post("/programmes", body.clone()).await;
    assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
    reply.refused("unauthenticated");
    for forged in ["Bearer x", "Bearer ", "Basic YTpi", "Bearer e30.e30."] {
        let caller = nobody.with("Authorization", forged);
        let reply = caller.post("/programmes", body.clone()).await;
        reply.refused("unauthenticated");
    }
}

#[actix_web::test]
async fn the_same_request_sent_twice_does_its_work_once() {
    let app = TestApp::new().await;
    let caller = coordinator(&app).await;
    let keyed = caller.key("3b241101-e2bb-4255-8caf-4136c566a962");
    let first = keyed.post("/programmes", programme("Hành trình đỏ")).await;
    let again = keyed.post("/programmes", programme("Hành trình đỏ")).await;
    assert_eq!(first.bytes, again.bytes);
    assert_eq!(first.status, again.status);
    let other = keyed.post("/programmes", programme("Chủ nhật đỏ")).await;
    other.refused("idempotency-key-reused");
    assert_eq!(programmes(&caller).await, 1);
    for odd in ["", &"k".repeat(101)] {
        let reply = caller
            .key(odd)
            .post("/programmes", programme("Chủ nhật đỏ"))
            .await;
        reply.refused("idempotency-key-invalid");
    }
}

/// On SQLite one writer takes all; only on PostgreSQL can a twin still be under way.
#[actix_web::test]
async fn a_twin_that_is_still_under_way_is_waited_for_and_then_told() {
    let app = TestApp::new().await;
    if app.app.db.engine() == "sqlite" {
        return;
    }
    let caller = coordinator(&app).await;
    let (go, wait) = channel::<()>();
    let (started, begun) = tokio::sync::oneshot::channel();
    let (person, now) = (caller.id(), app.app.now());
    let twin = app.app.db.write(move |conn| {
        keep(conn, person, now)?;
        started.send(()).unwrap();
        wait.recv().unwrap();
        Ok::<_, Problem>(())
    });
    let meanwhile = async {
        begun.await.unwrap();
        let keyed = caller.key("twin");
        let reply = keyed.post("/programmes", programme("Hành trình đỏ")).await;
        go.send(()).unwrap();
        assert!(reply.header("retry-after").is_some());
        reply.refused("still-running");
    };
    let (twin, ()) = tokio::join!(twin, meanwhile);
    twin.unwrap();
    assert_eq!(programmes(&caller).await, 0);
}

fn keep(
    conn: &mut giothong::platform::db::Conn,
    person: giothong::platform::id::PersonId,
    now: Moment,
) -> QueryResult<usize> {
    diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::person.eq(person),
            idempotency_keys::route.eq("POST /api/v1/programmes"),
            idempotency_keys::key.eq("twin"),
            idempotency_keys::body_hash.eq("x"),
            idempotency_keys::status.eq(201),
            idempotency_keys::answer.eq(Json(json!({}))),
            idempotency_keys::created_at.eq(now),
        ))
        .execute(conn)
}

#[actix_web::test]
async fn who_tries_too_often_is_told_when_to_come_back() {
    let app = TestApp::with(|settings| settings.limits.sign_ins_per_minute = 2).await;
    let gates = &app.app.gates;
    for _ in 0..2 {
        gates.pass(Gate::SignIn, "192.0.2.1").unwrap();
    }
    let refused = gates.pass(Gate::SignIn, "192.0.2.1").unwrap_err();
    assert_eq!(refused.kind().slug, "too-many-requests");
    assert!(refused.retry_seconds().is_some_and(|wait| wait <= 61));
    gates.pass(Gate::SignIn, "192.0.2.2").unwrap();
}

#[actix_web::test]
async fn more_work_than_turns_is_told_to_come_back() {
    let app = TestApp::new().await;
    let narrow = Db::open(&DbOptions {
        url: app.app.settings.database.url.clone(),
        connections: 1,
        readers: 1,
        patience_seconds: 1,
        queue: 1,
    })
    .unwrap();
    let (go, wait) = channel::<()>();
    let (started, begun) = tokio::sync::oneshot::channel();
    let slow = narrow.read(move |_| {
        started.send(()).unwrap();
        wait.recv().unwrap();
        Ok::<_, Problem>(())
    });
    let meanwhile = async {
        begun.await.unwrap();
        let refused = narrow.read(|_| Ok::<_, Problem>(())).await.unwrap_err();
        go.send(()).unwrap();
        assert_eq!(refused.kind().slug, "overloaded");
        assert!(refused.retry_seconds().is_some());
    };
    let (slow, ()) = tokio::join!(slow, meanwhile);
    slow.unwrap();
}

#[actix_web::test]
async fn a_process_about_to_end_is_not_ready() {
    let app = TestApp::new().await;
    app.stranger().get("//health/ready").await.ok();
    app.app.stopping.store(true, Ordering::Relaxed);
    let reply = app.stranger().get("//health/ready").await;
    assert!(reply.header("retry-after").is_some());
    reply.refused("unavailable");
    assert_eq!(app.stranger().get("//health/live").await.status, 200);
}
