//! Signing up as a donor.
use super::{called, sign_in};
use crate::support::TestApp;
use diesel::prelude::*;
use giothong::donors;
use giothong::platform::db::schema::{donors as table, organisations};
use giothong::platform::http::Role;
use serde_json::{Value, json};

fn hoa() -> Value {
    json!({
        "name": "Nguyễn Thị Hoa",
        "birth_date": "1998-05-30",
        "sex": "female",
        "email": "hoa@example.vn",
        "consents": ["data", "reminders"],
    })
}

fn with(changes: &Value) -> Value {
    let mut body = hoa();
    let fields = body.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            fields.remove(name);
        } else {
            fields.insert(name.clone(), value.clone());
        }
    }
    body
}

#[actix_web::test]
async fn who_signs_up_is_a_donor_who_agreed_to_what_they_named_and_nothing_else() {
    let app = TestApp::new().await;
    app.stranger().post("/donors", hoa()).await.created();
    let hoa = sign_in(&app, "Nguyễn Thị Hoa").await;
    let consents = hoa.get("/me/consents").await.ok();
    let granted: Vec<&str> = consents["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["granted"] == true)
        .map(|item| item["purpose"].as_str().unwrap())
        .collect();
    assert_eq!(granted, ["data", "reminders"]);
    let person = hoa.id();
    let (asked, reminded): (bool, bool) = app
        .rows(move |conn| {
            table::table
                .find(person)
                .select((table::opted_in, table::wants_reminders))
                .first(conn)
        })
        .await;
    assert!(!asked && reminded);
}

#[actix_web::test]
async fn the_last_donation_and_the_group_told_of_at_sign_up_count() {
    let app = TestApp::new().await;
    let body = with(&json!({
        "blood_group": "O-",
        "last_donation": {"component": "whole_blood", "on": "2026-04-01"},
    }));
    app.stranger().post("/donors", body).await.created();
    let hoa = sign_in(&app, "Nguyễn Thị Hoa").await;
    let eligibility = hoa.get("/me/eligibility").await.ok();
    assert_eq!(eligibility["may_give_on"], "2026-06-24");
    let gifts = hoa.get("/me/donations").await.ok();
    assert_eq!(gifts["items"][0]["source"], "declared");
    let person = hoa.id();
    let facts = app
        .rows(move |conn| donors::facts(conn, person))
        .await
        .unwrap();
    assert_eq!(facts.blood_group.unwrap().as_str(), "O-");
    assert_eq!(facts.certainty, donors::model::Certainty::Declared);
}

#[actix_web::test]
async fn nobody_learns_at_sign_up_whether_somebody_is_known() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let first = stranger.post("/donors", hoa()).await.created();
    let again = stranger.post("/donors", hoa()).await.created();
    assert_eq!(first, again);
    assert_eq!(called(&app, "Nguyễn Thị Hoa").await.len(), 1);
    // A sister on the same mail address is somebody else.
    let sister = with(&json!({"name": "Nguyễn Thị Huệ"}));
    assert_eq!(stranger.post("/donors", sister).await.created(), first);
    assert_eq!(called(&app, "Nguyễn Thị Huệ").await.len(), 1);
}

#[actix_web::test]
async fn without_the_consent_to_keep_the_data_there_is_no_entry() {
    let app = TestApp::new().await;
    let body = with(&json!({"consents": ["reminders"]}));
    let reply = app.stranger().post("/donors", body).await;
    reply.invalid(&["consents"]);
    assert!(called(&app, "Nguyễn Thị Hoa").await.is_empty());
}

#[actix_web::test]
async fn what_is_wrong_with_a_sign_up_is_told_field_by_field() {
    let app = TestApp::new().await;
    for (change, fields) in [
        (json!({"name": "123"}), vec!["name"]),
        (json!({"birth_date": "2026-05-02"}), vec!["birth_date"]),
        (json!({"birth_date": "1890-01-01"}), vec!["birth_date"]),
        (json!({"birth_date": "2011-05-01"}), vec!["birth_date"]),
        (json!({"birth_date": "30/05/1998"}), vec!["birth_date"]),
        (json!({"sex": "x"}), vec!["sex"]),
        (json!({"email": null}), vec!["email"]),
        (json!({"email": "hoa@"}), vec!["email"]),
        (json!({"phone": "12"}), vec!["phone"]),
        (json!({"blood_group": "C+"}), vec!["blood_group"]),
        (json!({"language": "fr"}), vec!["language"]),
        (json!({"consents": ["data", "all"]}), vec!["consents[1]"]),
        (json!({"nickname": "Hoa"}), vec!["nickname"]),
        (
            json!({"commune": "01890000-0000-7000-8000-000000000000"}),
            vec!["commune"],
        ),
        (
            json!({"last_donation": {"component": "whole_blood", "on": "2026-05-02"}}),
            vec!["last_donation.on"],
        ),
        (
            json!({"last_donation": {"component": "whole_blood", "on": "1997-05-02"}}),
            vec!["last_donation.on"],
        ),
    ] {
        let reply = app.stranger().post("/donors", with(&change)).await;
        assert_eq!(reply.status, 422, "{change}: {}", reply.text());
        reply.invalid(&fields);
    }
    assert!(called(&app, "Nguyễn Thị Hoa").await.is_empty());
}

#[actix_web::test]
async fn the_commune_says_about_where_a_donor_lives() {
    let app = TestApp::new().await;
    let province = app.body("province", "Thành phố Hà Nội", None).await;
    let commune = app.body("commune", "Phường Cầu Giấy", Some(province)).await;
    app.rows(move |conn| {
        diesel::update(organisations::table.find(commune))
            .set((
                organisations::latitude.eq(Some(21.03)),
                organisations::longitude.eq(Some(105.79)),
            ))
            .execute(conn)
    })
    .await;
    let stranger = app.stranger();
    let body = with(&json!({"commune": province}));
    stranger.post("/donors", body).await.invalid(&["commune"]);
    let body = with(&json!({"commune": commune, "consents": ["data", "calls"]}));
    stranger.post("/donors", body).await.created();
    let person = called(&app, "Nguyễn Thị Hoa").await[0];
    let (cell, asked): (i32, bool) = app
        .rows(move |conn| {
            table::table
                .find(person)
                .select((table::cell, table::opted_in))
                .first(conn)
        })
        .await;
    let at = giothong::platform::text::Coordinates::parse(21.03, 105.79).unwrap();
    assert_eq!((cell, asked), (at.cell(), true));
}

#[actix_web::test]
async fn who_was_only_listed_by_a_club_may_still_sign_up() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Sa Pa", None).await;
    let lead = app.staff("Lò Văn Trưởng", Role::ClubLead, club).await;
    let member =
        json!({"name": "Nguyễn Thị Hoa", "birth_date": "1998-05-30", "email": "hoa@example.vn"});
    let path = format!("/organisations/{club}/members");
    lead.post(&path, member).await.created();
    app.stranger().post("/donors", hoa()).await.created();
    assert_eq!(called(&app, "Nguyễn Thị Hoa").await.len(), 2);
}
