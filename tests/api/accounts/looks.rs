//! Looking at how a person is reached, and seeing who looked.
use crate::support::TestApp;
use chrono::TimeDelta;
use giothong::accounts::{self, Reveal};
use giothong::platform::id::PersonId;
use serde_json::json;

async fn reveal(
    app: &TestApp,
    actor: PersonId,
    person: PersonId,
) -> Result<Vec<String>, &'static str> {
    let (reveal, keys) = (
        Reveal::new(&app.app, actor, person, "Hỏi lại giờ hẹn".to_owned()),
        app.app.keys.clone(),
    );
    let shown = app
        .app
        .db
        .write(move |conn| accounts::reveal(conn, &keys, &reveal))
        .await;
    shown
        .map(|contacts| contacts.into_iter().map(|contact| contact.value).collect())
        .map_err(|problem| problem.kind().slug)
}

#[actix_web::test]
async fn a_look_at_a_contact_is_written_down_and_told_at_once() {
    let app = TestApp::new().await;
    let nurse = app.person("Bùi Điều Dưỡng").await;
    let tam = app.donor("Lê Văn Tám").await;
    assert_eq!(
        reveal(&app, nurse, tam.id()).await,
        Ok(vec!["levantam@example.vn".to_owned()])
    );
    app.run_jobs().await;
    let mail = app.mails_to("levantam@example.vn").pop().unwrap();
    assert!(mail.text.starts_with("Chào Tám,"), "{}", mail.text);
    let looks = tam.get("/me/accesses").await.ok();
    let look = &looks["items"][0];
    assert_eq!(
        (&look["act"], &look["by"], &look["reason"]),
        (
            &json!("contact_revealed"),
            &json!("Bùi Điều Dưỡng"),
            &json!("Hỏi lại giờ hẹn")
        )
    );
    tam.get("/me/accesses?limit=0").await.invalid(&["limit"]);
    tam.get("/me/accesses?after=x")
        .await
        .refused("stale-cursor");
}

#[actix_web::test]
async fn an_account_may_look_at_so_many_contacts_a_day_and_no_more() {
    let app = TestApp::with(|settings| {
        settings.accounts.reveals_per_day = 2;
        settings.accounts.access_minutes = 24 * 60;
    })
    .await;
    let (nurse, tam) = (
        app.person("Bùi Điều Dưỡng").await,
        app.donor("Lê Văn Tám").await,
    );
    assert!(reveal(&app, nurse, tam.id()).await.is_ok());
    app.forward(TimeDelta::hours(1));
    assert!(reveal(&app, nurse, tam.id()).await.is_ok());
    assert_eq!(reveal(&app, nurse, tam.id()).await, Err("too-many-reveals"));
    let first = tam.get("/me/accesses?limit=1").await.ok();
    let next = first["next"].as_str().unwrap();
    let second = tam
        .get(&format!("/me/accesses?limit=1&after={next}"))
        .await
        .ok();
    assert!(second["next"].is_null() && second["items"][0]["id"] != first["items"][0]["id"]);
    app.forward(TimeDelta::hours(23));
    assert!(reveal(&app, nurse, tam.id()).await.is_ok());
}
