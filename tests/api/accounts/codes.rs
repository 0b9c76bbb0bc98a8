//! Six-digit codes and one-time tickets.
use super::{ask_code, by_code, code_for, set_password, with_token};
use crate::support::TestApp;
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::accounts::{self, Ticket};
use giothong::people::{self, Contact, Giver, NewPerson};
use giothong::platform::db::schema::{notices, people as rows, sign_in_codes};
use giothong::platform::http::Role;
use giothong::platform::id::PersonId;
use giothong::platform::language::Language;
use giothong::platform::text::{Email, PersonName};
use serde_json::json;

/// Somebody not claimed yet, with an address that they or somebody else typed.
async fn unclaimed(app: &TestApp, name: &str, email: &str, giver: Giver) -> PersonId {
    let contact = Contact::Email(Email::parse(email).unwrap());
    let person = NewPerson {
        id: app.app.id(),
        name: PersonName::parse(name).unwrap(),
        birth_date: None,
        sex: None,
        language: Language::Vi,
        commune: None,
        coordinates: None,
        citizen_lookup: None,
        contacts: vec![people::contact(&app.app, &contact, giver)],
        created_at: app.app.now(),
    };
    let id = person.id;
    app.rows(move |conn| people::insert(conn, &person)).await;
    id
}

#[actix_web::test]
async fn a_code_sent_by_mail_signs_in_once() {
    let app = TestApp::new().await;
    let hoa = app.person("Nguyễn Thị Hoa").await;
    ask_code(&app, "nguyenthihoa@example.vn").await;
    let code = code_for(&app, "nguyenthihoa@example.vn").await;
    let tokens = by_code(&app, "nguyenthihoa@example.vn", &code)
        .await
        .created();
    assert_eq!(
        (&tokens["token_type"], &tokens["expires_in"]),
        (&json!("Bearer"), &json!(600))
    );
    let me = with_token(&app, hoa, &tokens).get("/me").await.ok();
    assert_eq!(me["name"], "Nguyễn Thị Hoa");
    by_code(&app, "nguyenthihoa@example.vn", &code)
        .await
        .refused("wrong-code");
}

#[actix_web::test]
async fn an_address_nobody_has_is_answered_the_same_and_gets_no_mail() {
    let app = TestApp::new().await;
    app.person("Nguyễn Thị Hoa").await;
    ask_code(&app, "nobody@example.vn").await;
    ask_code(&app, "091 234 56 78").await;
    app.run_jobs().await;
    assert!(app.mails().is_empty());
    by_code(&app, "nobody@example.vn", "123456")
        .await
        .refused("wrong-code");
    app.stranger()
        .post("/sign-in-codes", json!({ "contact": "12" }))
        .await
        .invalid(&["contact"]);
}

#[actix_web::test]
async fn after_five_wrong_tries_even_the_right_code_is_dead() {
    let app = TestApp::new().await;
    app.person("Lê Văn Tám").await;
    ask_code(&app, "levantam@example.vn").await;
    let code = code_for(&app, "levantam@example.vn").await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        by_code(&app, "levantam@example.vn", wrong)
            .await
            .refused("wrong-code");
    }
    by_code(&app, "levantam@example.vn", &code)
        .await
        .refused("wrong-code");
    ask_code(&app, "levantam@example.vn").await;
    let fresh = code_for(&app, "levantam@example.vn").await;
    by_code(&app, "levantam@example.vn", &fresh).await.created();
}

#[actix_web::test]
async fn of_fifty_right_codes_at_once_one_signs_in() {
    let app = TestApp::with(|settings| settings.accounts.code_tries = 1000).await;
    app.person("Lê Văn Tám").await;
    ask_code(&app, "levantam@example.vn").await;
    let code = code_for(&app, "levantam@example.vn").await;
    let tries = (0..50).map(|_| by_code(&app, "levantam@example.vn", &code));
    let replies = futures_util::future::join_all(tries).await;
    let (came_in, refused): (Vec<_>, Vec<_>) =
        replies.into_iter().partition(|reply| reply.status == 201);
    assert_eq!(came_in.len(), 1);
    for reply in refused {
        reply.refused("wrong-code");
    }
}

#[actix_web::test]
async fn guesses_that_race_are_counted_before_they_are_looked_at() {
    let app = TestApp::new().await;
    app.person("Lê Văn Tám").await;
    ask_code(&app, "levantam@example.vn").await;
    let code = code_for(&app, "levantam@example.vn").await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let tries = (0..30).map(|_| by_code(&app, "levantam@example.vn", wrong));
    futures_util::future::join_all(tries).await;
    let counted: i32 = app
        .rows(|conn| {
            sign_in_codes::table
                .select(sign_in_codes::tries)
                .first(conn)
        })
        .await;
    assert_eq!(counted, 5);
    by_code(&app, "levantam@example.vn", &code)
        .await
        .refused("wrong-code");
}

#[actix_web::test]
async fn a_code_ends_after_ten_minutes_and_only_the_newest_counts() {
    let app = TestApp::new().await;
    app.person("Lê Văn Tám").await;
    ask_code(&app, "levantam@example.vn").await;
    let old = code_for(&app, "levantam@example.vn").await;
    app.forward(TimeDelta::minutes(10));
    by_code(&app, "levantam@example.vn", &old)
        .await
        .refused("wrong-code");
    ask_code(&app, "levantam@example.vn").await;
    let first = code_for(&app, "levantam@example.vn").await;
    app.forward(TimeDelta::seconds(1));
    ask_code(&app, "levantam@example.vn").await;
    let second = code_for(&app, "levantam@example.vn").await;
    assert_ne!(first, second);
    by_code(&app, "levantam@example.vn", &first)
        .await
        .refused("wrong-code");
    by_code(&app, "levantam@example.vn", &second)
        .await
        .created();
}

#[actix_web::test]
async fn a_contact_is_sent_five_codes_an_hour_and_no_more() {
    let app = TestApp::new().await;
    app.person("Lê Văn Tám").await;
    for _ in 0..7 {
        ask_code(&app, "levantam@example.vn").await;
    }
    app.run_jobs().await;
    assert_eq!(app.mails_to("levantam@example.vn").len(), 5);
}

#[actix_web::test]
async fn a_code_for_a_password_does_not_sign_in() {
    let app = TestApp::new().await;
    app.person("Lê Văn Tám").await;
    app.stranger()
        .post(
            "/password-resets",
            json!({ "contact": "levantam@example.vn" }),
        )
        .await
        .expect(202);
    let code = code_for(&app, "levantam@example.vn").await;
    by_code(&app, "levantam@example.vn", &code)
        .await
        .refused("wrong-code");
}

#[actix_web::test]
async fn where_a_contact_belongs_to_several_the_answer_asks_whom() {
    let app = TestApp::new().await;
    let mother = app.person("Trần Thị Bình").await;
    let daughter = unclaimed(
        &app,
        "Phạm Thu An",
        "tranthibinh@example.vn",
        Giver::Themself,
    )
    .await;
    ask_code(&app, "tranthibinh@example.vn").await;
    let code = code_for(&app, "tranthibinh@example.vn").await;
    let problem = by_code(&app, "tranthibinh@example.vn", &code)
        .await
        .refused("choose-person");
    assert_eq!(
        problem["choices"],
        json!([{ "id": daughter, "name": "An" }, { "id": mother, "name": "Bình" }])
    );
    let stranger = app.person("Đỗ Lạ").await;
    let choose = |person: PersonId| json!({ "contact": "tranthibinh@example.vn", "code": code, "person": person });
    app.stranger()
        .post("/sign-ins", choose(stranger))
        .await
        .refused("wrong-code");
    let tokens = app
        .stranger()
        .post("/sign-ins", choose(daughter))
        .await
        .created();
    let me = with_token(&app, daughter, &tokens).get("/me").await.ok();
    assert_eq!(me["name"], "Phạm Thu An");
    assert_eq!(me["contacts"][0]["is_verified"], true);
}

#[actix_web::test]
async fn who_was_only_listed_gets_no_code_until_they_give_their_address_themselves() {
    let app = TestApp::new().await;
    unclaimed(&app, "Võ Văn Danh", "danh@example.vn", Giver::SomebodyElse).await;
    ask_code(&app, "danh@example.vn").await;
    app.run_jobs().await;
    assert!(app.mails_to("danh@example.vn").is_empty());
    unclaimed(&app, "Võ Thị Tự", "tu@example.vn", Giver::Themself).await;
    ask_code(&app, "tu@example.vn").await;
    assert_eq!(code_for(&app, "tu@example.vn").await.len(), 6);
}

#[actix_web::test]
async fn the_code_lies_nowhere_in_the_database() {
    let app = TestApp::new().await;
    app.person("Lê Văn Tám").await;
    ask_code(&app, "levantam@example.vn").await;
    let code = code_for(&app, "levantam@example.vn").await;
    let kept: Vec<(String, Option<String>)> = app
        .rows(|conn| {
            let hashes = sign_in_codes::table
                .select(sign_in_codes::code_hash)
                .load::<String>(conn)?;
            let secrets = notices::table
                .select(notices::secret)
                .load::<Option<String>>(conn)?;
            Ok(hashes.into_iter().zip(secrets).collect())
        })
        .await;
    assert_eq!(kept.len(), 1);
    assert!(
        kept.iter().all(
            |(hash, secret)| !hash.contains(&code) && !secret.as_ref().unwrap().contains(&code)
        )
    );
}

#[actix_web::test]
async fn a_ticket_signs_a_listed_person_in_once_and_claims_their_entry() {
    let app = TestApp::new().await;
    let lead = app.person("Ngô Trưởng Nhóm").await;
    let danh = unclaimed(&app, "Võ Văn Danh", "danh@example.vn", Giver::SomebodyElse).await;
    let (first, second) = (
        Ticket::new(&app.app, danh, lead),
        Ticket::new(&app.app, danh, lead),
    );
    let secrets = [first.secret.clone(), second.secret.clone()];
    assert!(second.link(&app.app).contains("/sign-in#ticket="));
    for ticket in [first, second] {
        let id = app.app.id();
        app.app
            .db
            .write(move |conn| accounts::issue_ticket(conn, id, &ticket))
            .await
            .unwrap();
    }
    let come = async |secret: &str| {
        app.stranger()
            .post("/sign-ins", json!({ "ticket": secret }))
            .await
    };
    come(&secrets[0]).await.refused("wrong-code");
    let tokens = come(&secrets[1]).await.created();
    come(&secrets[1]).await.refused("wrong-code");
    let danh_in = with_token(&app, danh, &tokens);
    let looks = danh_in.get("/me/accesses").await.ok();
    assert_eq!(
        (&looks["items"][0]["act"], &looks["items"][0]["by"]),
        (&json!("ticket_issued"), &json!("Ngô Trưởng Nhóm"))
    );
    let claimed: Option<giothong::platform::clock::Moment> = app
        .rows(move |conn| rows::table.find(danh).select(rows::claimed_at).first(conn))
        .await;
    assert!(claimed.is_some());
}

#[actix_web::test]
async fn a_ticket_lets_nobody_in_with_anothers_role() {
    let app = TestApp::new().await;
    let body = app.body("club", "CLB Giọt hồng", None).await;
    let lead = app.person("Ngô Trưởng Nhóm").await;
    let nurse = app.staff("Bùi Điều Dưỡng", Role::Nurse, body).await;
    let (ticket, id) = (Ticket::new(&app.app, nurse.id(), lead), app.app.id());
    let refused = app
        .app
        .db
        .write(move |conn| accounts::issue_ticket(conn, id, &ticket))
        .await;
    assert_eq!(refused.unwrap_err().kind().slug, "ticket-for-staff");
    let tam = app.person("Lê Văn Tám").await;
    let (ticket, id) = (Ticket::new(&app.app, tam, lead), app.app.id());
    let secret = ticket.secret.clone();
    app.app
        .db
        .write(move |conn| accounts::issue_ticket(conn, id, &ticket))
        .await
        .unwrap();
    app.grant(tam, Role::Coordinator, Some(body), None).await;
    app.stranger()
        .post("/sign-ins", json!({ "ticket": secret }))
        .await
        .refused("ticket-for-staff");
}

#[actix_web::test]
async fn what_has_ended_is_forgotten_after_a_day() {
    let app = TestApp::new().await;
    app.person("Lê Văn Tám").await;
    set_password(&app, "levantam@example.vn", "hạt gạo làng ta").await;
    app.forward(TimeDelta::hours(26));
    app.run_jobs().await;
    let left: i64 = app
        .rows(|conn| sign_in_codes::table.count().get_result(conn))
        .await;
    assert_eq!(left, 0);
}
