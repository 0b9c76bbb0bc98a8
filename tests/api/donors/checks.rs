//! "May I give?" asked by somebody who is not known and leaves nothing behind.
use crate::support::TestApp;
use diesel::prelude::*;
use giothong::platform::db::schema::{gifts, people};
use serde_json::{Value, json};

async fn ask(app: &TestApp, question: Value) -> Value {
    app.stranger()
        .post("/eligibility/checks", question)
        .await
        .ok()
}

#[actix_web::test]
async fn a_stranger_learns_from_which_day_they_may_give_and_nothing_is_kept() {
    let app = TestApp::new().await;
    let free = json!({"sex": "female", "birth_date": "1996-01-31", "weight_kg": 48});
    assert_eq!(ask(&app, free).await["may_give_on"], "2026-05-01");
    let gave = json!({"sex": "male", "birth_date": "1996-01-31",
        "last_donation": {"component": "whole_blood", "on": "2026-04-01"}});
    let answer = ask(&app, gave).await;
    assert_eq!(answer["may_give_on"], "2026-06-24");
    assert_eq!(answer["reasons"][0]["rule"], "interval_whole_blood");
    assert_eq!(answer["rule_set"], "vn-2013");
    let kept: (i64, i64) = app
        .rows(|conn| {
            Ok((
                people::table.count().get_result(conn)?,
                gifts::table.count().get_result(conn)?,
            ))
        })
        .await;
    assert_eq!(kept, (0, 0));
}

#[actix_web::test]
async fn who_is_too_young_or_too_light_learns_why() {
    let app = TestApp::new().await;
    let young = ask(&app, json!({"sex": "male", "birth_date": "2008-09-02"})).await;
    assert_eq!(
        (&young["may_give_on"], &young["reasons"][0]["rule"]),
        (&json!("2026-09-02"), &json!("too_young"))
    );
    let light = json!({"sex": "male", "birth_date": "1996-01-31", "weight_kg": 44.5});
    let light = ask(&app, light).await;
    assert_eq!(light["may_give_on"], Value::Null);
    assert_eq!(light["reasons"][0]["rule"], "weight_low");
    assert_eq!(light["text"], "Cân nặng dưới mức tối thiểu 45 kg.");
    let woman = json!({"sex": "female", "birth_date": "1996-01-31", "weight_kg": 44.5});
    assert_eq!(ask(&app, woman).await["may_give_on"], "2026-05-01");
}

#[actix_web::test]
async fn a_question_that_makes_no_sense_names_its_fields() {
    let app = TestApp::new().await;
    let asked = |question| async { app.stranger().post("/eligibility/checks", question).await };
    asked(
        json!({"sex": "female", "birth_date": "2030-01-01", "weight_kg": 4,
        "last_donation": {"component": "plasma", "on": "2026-05-02"}}),
    )
    .await
    .invalid(&["birth_date", "weight_kg", "last_donation.on"]);
    asked(json!({"sex": "x", "birth_date": "1996-01-31"}))
        .await
        .invalid(&["sex"]);
    asked(json!({"sex": "male"})).await.invalid(&["birth_date"]);
}

#[actix_web::test]
async fn who_asks_all_the_time_is_told_to_wait() {
    let app = TestApp::with(|settings| settings.limits.checks_per_minute = 1).await;
    let question = json!({"sex": "female", "birth_date": "1996-01-31"});
    ask(&app, question.clone()).await;
    let refused = app.stranger().post("/eligibility/checks", question).await;
    assert!(refused.header("retry-after").is_some());
    refused.refused("too-many-requests");
}
