//! Coming in, staying in, roles, and who looked: as the people who do it.
mod codes;
mod leaving;
mod looks;
mod messages;
mod passwords;
mod roles;
mod sessions;
mod tokens;

use crate::support::{Actor, Reply, TestApp};
use chrono::TimeDelta;
use giothong::platform::id::{PersonId, SignInId};
use serde_json::{Value, json};

/// The six digits of the newest mail to this address.
async fn code_for(app: &TestApp, email: &str) -> String {
    app.run_jobs().await;
    let mail = app.mails_to(email).pop().expect("no mail");
    let digits = |word: &str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    let code = mail.text.split_whitespace().find(|word| digits(word));
    code.expect("no code in the mail").to_owned()
}

async fn ask_code(app: &TestApp, email: &str) {
    let asked = app
        .stranger()
        .post("/sign-in-codes", json!({ "contact": email }))
        .await;
    assert_eq!(asked.status, 202, "{}", asked.text());
    // Which of two codes is the newer shows only when time goes on.
    app.forward(TimeDelta::seconds(1));
}

async fn by_code(app: &TestApp, email: &str, code: &str) -> Reply {
    app.stranger()
        .post("/sign-ins", json!({ "contact": email, "code": code }))
        .await
}

async fn by_password(app: &TestApp, email: &str, password: &str) -> Reply {
    app.stranger()
        .post("/sign-ins", json!({ "email": email, "password": password }))
        .await
}

async fn set_password(app: &TestApp, email: &str, password: &str) {
    let asked = app
        .stranger()
        .post("/password-resets", json!({ "contact": email }))
        .await;
    assert_eq!(asked.status, 202, "{}", asked.text());
    let code = code_for(app, email).await;
    let reset = json!({ "contact": email, "code": code, "password": password });
    app.stranger()
        .post("/password-resets", reset)
        .await
        .expect(204);
}

/// Signed in by a code: the person as a caller, and the tokens.
async fn come_in(app: &TestApp, person: PersonId, email: &str) -> (Actor, Value) {
    ask_code(app, email).await;
    let code = code_for(app, email).await;
    let tokens = by_code(app, email, &code).await.created();
    (with_token(app, person, &tokens), tokens)
}

fn with_token(app: &TestApp, person: PersonId, tokens: &Value) -> Actor {
    Actor::known(
        app,
        person,
        tokens["access_token"].as_str().unwrap().to_owned(),
    )
}

async fn refresh(app: &TestApp, tokens: &Value) -> Reply {
    let body = json!({ "refresh_token": tokens["refresh_token"] });
    app.stranger().post("/sign-ins/refresh", body).await
}

/// A living sign-in of this person, read off their own list.
async fn current(actor: &Actor) -> SignInId {
    let list = actor.get("/sign-ins").await.ok();
    let items = list["items"].as_array().unwrap();
    let current = items
        .iter()
        .find(|item| item["is_current"] == true)
        .unwrap();
    current["id"].as_str().unwrap().parse().unwrap()
}
