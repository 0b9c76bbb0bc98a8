//! Questions about health before the day: who answers, who reads, and when they are forgotten.
use super::{Scene, id_of, scene};
use crate::support::Actor;
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::drives::model::DriveState;
use giothong::platform::db::schema::questionnaires;
use giothong::platform::http::Role;
use serde_json::{Value, json};

fn path(id: &str) -> String {
    format!("/registrations/{id}/questionnaire")
}

/// No to everything but one.
async fn answers(donor: &Actor, id: &str, yes: &str) -> Value {
    let form = donor.get(&path(id)).await.ok();
    let questions = form["questions"].as_array().unwrap();
    let answer = |question: &Value| {
        let is_it = question["code"] == yes;
        let note = is_it.then_some("xăm ở vai");
        json!({"question": question["code"], "yes": is_it, "note": note})
    };
    let answers: Vec<Value> = questions.iter().map(answer).collect();
    json!({"version": form["version"], "answers": answers})
}

async fn kept(scene: &Scene) -> i64 {
    scene
        .app
        .rows(|conn| questionnaires::table.count().get_result(conn))
        .await
}

#[actix_web::test]
async fn a_donor_answers_before_the_day_and_a_nurse_of_that_drive_reads_it_and_is_written_down() {
    let scene = scene(|_| {}).await;
    let (donor, id) = scene.booked("Lê Thị An").await;
    let empty = donor.get(&path(&id)).await.ok();
    assert_eq!(empty["answers"], Value::Null);
    assert!(
        empty["questions"][0]["text"]
            .as_str()
            .unwrap()
            .ends_with('?')
    );
    let said = answers(&donor, &id, "six_months").await;
    let back = donor.put(&path(&id), said.clone()).await.ok();
    assert_eq!(back["answers"], said["answers"]);
    // The nurse looks for nothing and leaves no trace where nothing was answered yet.
    let (_, other) = scene.booked("Trần Văn Bình").await;
    let nurse = scene
        .app
        .staff("Y Tá Nga", Role::Nurse, scene.province)
        .await;
    let none = nurse.get(&path(&other)).await.ok();
    assert_eq!(none["answers"], Value::Null);
    let read = nurse.get(&path(&id)).await.ok();
    assert_eq!(read["answers"], said["answers"]);
    let looks = donor.get("/me/accesses").await.ok();
    assert_eq!(looks["items"].as_array().unwrap().len(), 1);
    assert_eq!(looks["items"][0]["act"], "health_read");
    assert_eq!(looks["items"][0]["by"], "Y Tá Nga");
    let row: String = scene
        .app
        .rows(|conn| {
            questionnaires::table
                .select(questionnaires::answers_sealed)
                .first(conn)
        })
        .await;
    assert!(!row.contains("xăm") && !row.contains("six_months"));
}

#[actix_web::test]
async fn nobody_else_reads_or_answers_for_somebody() {
    let scene = scene(|_| {}).await;
    let (donor, id) = scene.booked("Lê Thị An").await;
    let said = answers(&donor, &id, "ill_now").await;
    donor.put(&path(&id), said.clone()).await.ok();
    let elsewhere = scene.app.body("province", "An Giang", None).await;
    let others = [
        scene.app.donor("Trần Văn Bình").await,
        scene.app.staff("Y Tá Xa", Role::Nurse, elsewhere).await,
        scene.app.admin(scene.province).await,
    ];
    for other in others.iter().chain([&scene.desk, &scene.coordinator]) {
        other.get(&path(&id)).await.refused("not-found");
        other
            .put(&path(&id), said.clone())
            .await
            .refused("not-found");
    }
}

#[actix_web::test]
async fn answers_are_whole_and_to_the_questions_of_today() {
    let scene = scene(|_| {}).await;
    let (donor, id) = scene.booked("Lê Thị An").await;
    let whole = answers(&donor, &id, "none").await;
    let put = |body: Value| async { donor.put(&path(&id), body).await };
    let mut old = whole.clone();
    old["version"] = json!("1999");
    put(old).await.invalid(&["version"]);
    let mut part = whole.clone();
    part["answers"].as_array_mut().unwrap().remove(0);
    put(part).await.invalid(&["answers"]);
    let mut odd = whole.clone();
    odd["answers"][0]["note"] = json!("");
    odd["answers"]
        .as_array_mut()
        .unwrap()
        .push(json!({"question": "x", "yes": true}));
    let last = odd["answers"].as_array().unwrap().len() - 1;
    let unknown = format!("answers.{last}.question");
    put(odd).await.invalid(&["answers.0.note", &unknown]);
    let mut twice = whole.clone();
    let first = twice["answers"][0].clone();
    twice["answers"].as_array_mut().unwrap().push(first);
    put(twice).await.invalid(&[&unknown]);
    donor
        .delete(&format!("/registrations/{id}"))
        .await
        .expect(204);
    put(whole).await.refused("registration-not-open");
}

#[actix_web::test]
async fn answers_are_forgotten_once_the_drive_is_signed_or_some_days_after_it() {
    let scene = scene(|_| {}).await;
    let (donor, id) = scene.booked("Lê Thị An").await;
    let said = answers(&donor, &id, "none").await;
    donor.put(&path(&id), said).await.ok();
    scene.app.run_jobs().await;
    assert_eq!(kept(&scene).await, 1);
    scene
        .app
        .put_state(scene.drive.id, DriveState::Signed)
        .await;
    scene.app.forward(TimeDelta::hours(2));
    scene.app.run_jobs().await;
    assert_eq!(kept(&scene).await, 0);

    scene.app.put_state(scene.drive.id, DriveState::Open).await;
    let (donor, id) = scene.booked("Trần Văn Bình").await;
    let said = answers(&donor, &id, "none").await;
    donor.put(&path(&id), said).await.ok();
    // The session is in seven days, and answers stay seven days longer.
    scene.app.forward(TimeDelta::days(14));
    scene.app.run_jobs().await;
    assert_eq!(kept(&scene).await, 1);
    scene.app.forward(TimeDelta::days(1));
    scene.app.run_jobs().await;
    assert_eq!(kept(&scene).await, 0);
}

#[actix_web::test]
async fn a_lead_sees_who_came_and_never_what_became_of_it() {
    let scene = scene(|wanted| wanted.in_days = 0).await;
    scene.app.forward(TimeDelta::hours(-2));
    let school = scene
        .app
        .body("school", "Đại học Cần Thơ", Some(scene.province))
        .await;
    let lead = scene.app.staff("Thầy Hùng", Role::ClubLead, school).await;
    let an = scene.app.donor("Lê Thị An").await;
    let mut wish = scene.slot(0);
    wish["mobilised_by"] = json!(school);
    let booked = an
        .post(&scene.drive.path("/registrations"), wish)
        .await
        .created();
    scene.booked("Người Ngoài").await;
    let list = format!("/organisations/{school}/attendance");
    let expected = lead.get(&list).await.ok();
    assert_eq!(expected["items"].as_array().unwrap().len(), 1);
    assert_eq!(expected["items"][0]["attendance"], "expected");
    assert_eq!(expected["items"][0]["may_give"], json!(null));
    for purpose in ["data", "club_sharing"] {
        let path = format!("/me/consents/{purpose}");
        an.put(&path, json!({"granted": true})).await.ok();
    }
    let shared = lead.get(&list).await.ok();
    assert_eq!(shared["items"][0]["may_give"], true);
    scene.app.forward(TimeDelta::hours(2));
    scene
        .app
        .put_state(scene.drive.id, DriveState::Running)
        .await;
    let id = id_of(&booked);
    let nurse = scene
        .app
        .staff("Y Tá Nga", Role::Nurse, scene.province)
        .await;
    nurse
        .post(&format!("/registrations/{id}/check-in"), json!({}))
        .await
        .ok();
    let gave = json!({"outcome": "collected", "volume_ml": 350});
    nurse
        .post(&format!("/registrations/{id}/outcome"), gave)
        .await;
    let came = lead.get(&format!("{list}?drive={}", scene.drive.id)).await;
    assert!(!came.text().contains("collected"));
    let came = came.ok();
    assert_eq!(came["items"][0]["attendance"], "came");
    assert_eq!(came["items"][0]["name"], "Lê Thị An");
    assert_eq!(came["items"][0]["may_give"], false, "and never why");
    let later = lead.get(&format!("{list}?from=2030-01-01")).await.ok();
    assert_eq!(later["items"], json!([]));
    let elsewhere = scene.app.body("school", "Đại học An Giang", None).await;
    let other = scene.app.staff("Cô Mai", Role::ClubLead, elsewhere).await;
    other.get(&list).await.refused("not-found");
}

#[actix_web::test]
async fn what_was_answered_goes_along_with_everything_else_that_is_kept_of_me() {
    let scene = scene(|_| {}).await;
    let (donor, id) = scene.booked("Lê Thị An").await;
    let said = answers(&donor, &id, "six_months").await;
    donor.put(&path(&id), said.clone()).await.ok();
    let export = donor.get("/me/export").await.ok();
    let kept = &export["questionnaires"][0];
    assert_eq!(kept["registration"], id);
    assert_eq!(kept["version"], said["version"]);
    let opened: Value = serde_json::from_str(kept["answers"].as_str().unwrap()).unwrap();
    assert_eq!(opened, said["answers"]);
    let (other, _) = scene.booked("Trần Văn Bình").await;
    let export = other.get("/me/export").await.ok();
    assert_eq!(export["questionnaires"], json!([]));
}
