//! One's own entry: what it shows, what changes it, and who is written to.
use crate::support::TestApp;
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::people::{self, ConsentChange, ConsentSource, Purpose};
use giothong::platform::db::schema::donors;
use serde_json::json;

#[actix_web::test]
async fn everyone_sees_and_changes_their_own_entry() {
    let app = TestApp::new().await;
    let commune = app.body("commune", "Xã B", None).await;
    let tam = app.donor("Lê Văn Tám").await;
    let me = tam.get("/me").await.ok();
    assert_eq!(
        (&me["sex"], &me["birth_date"]),
        (&json!("female"), &json!("1996-01-31"))
    );
    assert_eq!(
        me["contacts"],
        json!([{ "kind": "email", "value": "levantam@example.vn", "is_verified": true }])
    );
    let change = json!({ "name": "Lê  Văn Chín", "language": "en", "commune": commune, "latitude": 21.5, "longitude": 105.5 });
    let changed = tam.patch("/me", change).await.ok();
    assert_eq!(changed, tam.get("/me").await.ok());
    assert_eq!(
        (&changed["name"], &changed["language"], &changed["latitude"]),
        (&json!("Lê Văn Chín"), &json!("en"), &json!(21.5))
    );
    assert_eq!(changed["birth_date"], "1996-01-31");
    assert_eq!(tam.patch("/me", json!({})).await.ok(), changed);
}

#[actix_web::test]
async fn what_cannot_be_true_of_a_person_is_refused() {
    let app = TestApp::new().await;
    let club = app.body("club", "CLB Giọt hồng", None).await;
    let tam = app.donor("Lê Văn Tám").await;
    let wrong = json!({ "name": " ", "birth_date": "2026-05-02", "latitude": 1.0 });
    tam.patch("/me", wrong)
        .await
        .invalid(&["name", "birth_date", "longitude"]);
    tam.patch("/me", json!({ "commune": club }))
        .await
        .invalid(&["commune"]);
    tam.patch("/me", json!({ "commune": tam.id() }))
        .await
        .invalid(&["commune"]);
    tam.patch("/me", json!({ "claimed_at": "2026-01-01T00:00:00Z" }))
        .await
        .invalid(&["claimed_at"]);
    tam.patch("/me", json!({ "sex": "other" }))
        .await
        .invalid(&["sex"]);
}

#[actix_web::test]
async fn a_new_address_needs_a_fresh_sign_in_and_the_old_one_is_told() {
    let app = TestApp::new().await;
    let tam = app.donor("Lê Văn Tám").await;
    let change = json!({ "value": "moi@example.vn" });
    tam.put("/me/contacts/email", json!({ "value": "moi" }))
        .await
        .invalid(&["value"]);
    tam.put("/me/contacts/fax", change.clone())
        .await
        .refused("not-found");
    tam.put("/me/contacts/email", change.clone())
        .await
        .expect(204);
    tam.put("/me/contacts/phone", json!({ "value": "091 234 56 78" }))
        .await
        .expect(204);
    app.run_jobs().await;
    assert_eq!(app.mails_to("levantam@example.vn").len(), 1);
    assert!(app.mails_to("moi@example.vn").is_empty());
    let me = tam.get("/me").await.ok();
    assert_eq!(
        me["contacts"][0],
        json!({ "kind": "email", "value": "moi@example.vn", "is_verified": false })
    );
    assert_eq!(me["contacts"][1]["value"], "+84912345678");
    app.stranger()
        .post("/sign-in-codes", json!({ "contact": "moi@example.vn" }))
        .await
        .expect(202);
    app.run_jobs().await;
    let mail = app.mails_to("moi@example.vn").pop().unwrap();
    let code = mail.subject.split(' ').next().unwrap();
    app.stranger()
        .post(
            "/sign-ins",
            json!({ "contact": "moi@example.vn", "code": code }),
        )
        .await
        .created();
    assert_eq!(
        tam.get("/me").await.ok()["contacts"][0]["is_verified"],
        true
    );
    app.forward(TimeDelta::minutes(9));
    tam.put("/me/contacts/email", change.clone())
        .await
        .expect(204);
    let later = app.signed_in(tam.id()).await;
    app.forward(TimeDelta::minutes(9));
    later.put("/me/contacts/email", change).await.expect(204);
}

#[actix_web::test]
async fn a_sign_in_of_the_morning_changes_no_address() {
    let app = TestApp::with(|settings| settings.accounts.access_minutes = 60).await;
    let tam = app.donor("Lê Văn Tám").await;
    app.forward(TimeDelta::minutes(16));
    tam.put("/me/contacts/email", json!({ "value": "moi@example.vn" }))
        .await
        .refused("stale-sign-in");
}

#[actix_web::test]
async fn the_newest_word_on_a_purpose_counts() {
    let app = TestApp::new().await;
    let tam = app.person("Lê Văn Tám").await;
    for (is_granted, minutes) in [(true, 0), (false, 1), (true, 2)] {
        let change = ConsentChange {
            id: app.app.id(),
            person: tam,
            purpose: Purpose::Reminders,
            is_granted,
            text_version: Purpose::text_version(),
            source: ConsentSource::Themself,
            recorded_by: None,
            form: None,
            given_at: app.app.now() + TimeDelta::minutes(minutes),
        };
        app.rows(move |conn| people::consents::record(conn, &change))
            .await;
        let counts = app
            .rows(move |conn| people::consents::has(conn, tam, Purpose::Reminders))
            .await;
        assert_eq!(counts, is_granted);
    }
    assert!(
        !app.rows(move |conn| people::consents::has(conn, tam, Purpose::Calls))
            .await
    );
    assert_eq!(
        app.rows(move |conn| people::consents::list(conn, tam))
            .await
            .len(),
        3
    );
}

#[actix_web::test]
async fn who_moves_is_asked_where_they_live_now() {
    let app = TestApp::new().await;
    let tam = app.donor("Lê Văn Tám").await;
    tam.patch("/me", json!({ "latitude": 10.78, "longitude": 106.70 }))
        .await
        .ok();
    let person = tam.id();
    let place: (f64, f64) = app
        .rows(move |conn| {
            donors::table
                .find(person)
                .select((donors::latitude, donors::longitude))
                .first(conn)
        })
        .await;
    assert_eq!(place, (10.78, 106.70));
}
