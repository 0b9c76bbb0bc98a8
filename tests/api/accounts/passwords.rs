//! Passwords: set by a code, hashed dearly, guessed slowly.
use super::{by_password, code_for, come_in, set_password};
use crate::support::TestApp;
use argon2::password_hash::{PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use diesel::prelude::*;
use giothong::platform::db::schema::credentials;
use giothong::platform::id::PersonId;
use serde_json::json;

const TAM: &str = "levantam@example.vn";

async fn kept(app: &TestApp, person: PersonId) -> String {
    app.rows(move |conn| {
        credentials::table
            .find(person)
            .select(credentials::password_hash)
            .first(conn)
    })
    .await
}

#[actix_web::test]
async fn a_password_is_set_with_a_code_and_signs_everyone_else_out() {
    let app = TestApp::new().await;
    let tam = app.person("Lê Văn Tám").await;
    let (phone, tokens) = come_in(&app, tam, TAM).await;
    app.stranger()
        .post("/password-resets", json!({ "contact": TAM }))
        .await
        .expect(202);
    let code = code_for(&app, TAM).await;
    let reset = json!({ "contact": TAM, "code": code, "password": "hạt gạo làng ta" });
    app.stranger()
        .post("/password-resets", reset.clone())
        .await
        .expect(204);
    app.stranger()
        .post("/password-resets", reset)
        .await
        .refused("wrong-code");
    phone.get("/me").await.refused("unauthenticated");
    super::refresh(&app, &tokens).await.refused("session-over");
    by_password(&app, TAM, "hạt gạo làng ta").await.created();
    by_password(&app, "LEVANTAM@example.vn", "hạt gạo làng ta")
        .await
        .created();
}

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let app = TestApp::new().await;
    app.person("Lê Văn Tám").await;
    set_password(&app, TAM, "hạt gạo làng ta").await;
    let wrong = by_password(&app, TAM, "hạt gạo làng tôi").await;
    let unknown = by_password(&app, "nobody@example.vn", "hạt gạo làng ta").await;
    assert_eq!((wrong.status, unknown.status), (401, 401));
    let (wrong, unknown) = (
        wrong.refused("wrong-credentials"),
        unknown.refused("wrong-credentials"),
    );
    assert_eq!(
        (&wrong["title"], &wrong["detail"]),
        (&unknown["title"], &unknown["detail"])
    );
}

#[actix_web::test]
async fn short_long_and_common_passwords_are_refused() {
    let app = TestApp::new().await;
    for password in [
        "bảy chữ",
        &"dài ".repeat(33),
        "matkhau123",
        "MATKHAU123",
        "11111111",
    ] {
        let reset = json!({ "contact": TAM, "code": "123456", "password": password });
        app.stranger()
            .post("/password-resets", reset)
            .await
            .invalid(&["password"]);
    }
    app.stranger()
        .post(
            "/password-resets",
            json!({ "contact": TAM, "code": "12345" }),
        )
        .await
        .invalid(&["code", "password"]);
    app.stranger()
        .post("/password-resets", json!({}))
        .await
        .invalid(&["contact"]);
    app.stranger()
        .post("/sign-ins", json!({}))
        .await
        .invalid(&["email", "password"]);
    app.stranger()
        .post(
            "/sign-ins",
            json!({ "email": TAM, "password": "x", "role": "admin" }),
        )
        .await
        .invalid(&["role"]);
}

#[actix_web::test]
async fn the_kept_hash_is_argon2id_and_a_weaker_one_is_raised_at_the_next_sign_in() {
    let app = TestApp::new().await;
    let tam = app.person("Lê Văn Tám").await;
    set_password(&app, TAM, "hạt gạo làng ta").await;
    assert!(
        kept(&app, tam)
            .await
            .starts_with("$argon2id$v=19$m=64,t=1,p=1$")
    );
    let weak = Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(16, 1, 1, None).unwrap(),
    );
    let salt = SaltString::encode_b64(b"0123456789abcdef").unwrap();
    let weak = weak
        .hash_password("hạt gạo làng ta".as_bytes(), &salt)
        .unwrap()
        .to_string();
    app.rows(move |conn| {
        diesel::update(credentials::table.find(tam))
            .set(credentials::password_hash.eq(weak))
            .execute(conn)
    })
    .await;
    by_password(&app, TAM, "sai mật khẩu")
        .await
        .refused("wrong-credentials");
    assert!(kept(&app, tam).await.contains("m=16,"));
    by_password(&app, TAM, "hạt gạo làng ta").await.created();
    assert!(kept(&app, tam).await.contains("m=64,"));
}

#[actix_web::test]
async fn guessing_is_slowed_without_locking_the_true_user_out() {
    let app = TestApp::with(|settings| {
        settings.limits.passwords_per_minute = 3;
        settings.server.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    })
    .await;
    app.person("Lê Văn Tám").await;
    set_password(&app, TAM, "hạt gạo làng ta").await;
    let try_from = async |address: &str, password: &str| {
        let caller = app.stranger().with("X-Forwarded-For", address);
        caller
            .post("/sign-ins", json!({ "email": TAM, "password": password }))
            .await
    };
    for _ in 0..3 {
        try_from("198.51.100.7", "guess guess")
            .await
            .refused("wrong-credentials");
    }
    let slowed = try_from("198.51.100.7", "hạt gạo làng ta").await;
    assert!(slowed.header("retry-after").is_some());
    slowed.refused("too-many-requests");
    try_from("203.0.113.9", "hạt gạo làng ta").await.created();
}

#[actix_web::test]
async fn a_forged_address_does_not_pass_the_limit() {
    let app = TestApp::with(|settings| settings.limits.sign_ins_per_minute = 2).await;
    let ask = async |address: &str| {
        let caller = app.stranger().with("X-Forwarded-For", address);
        caller
            .post("/sign-in-codes", json!({ "contact": TAM }))
            .await
    };
    assert_eq!(
        (
            ask("198.51.100.1").await.status,
            ask("198.51.100.2").await.status
        ),
        (202, 202)
    );
    let third = ask("198.51.100.3").await;
    assert!(third.header("retry-after").is_some());
    third.refused("too-many-requests");
}

#[actix_web::test]
async fn when_too_many_wait_to_be_hashed_the_next_is_told_to_come_back() {
    let app = TestApp::with(|settings| settings.accounts.argon_waiting = 0).await;
    let reply = by_password(&app, TAM, "hạt gạo làng ta").await;
    assert_eq!(reply.header("retry-after"), Some("2"));
    reply.refused("overloaded");
}
