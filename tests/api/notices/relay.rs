//! What a club's lead says by word of mouth.
use super::{contact, left_by, send, tell, without_contacts};
use crate::support::{Ready, TestApp};
use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use giothong::blood::BloodGroup;
use giothong::platform::db::schema::{consents, donors, memberships};
use giothong::platform::http::Role;
use giothong::platform::id::{AnyId, OrganisationId, PersonId};
use giothong::platform::notices::{Purpose, stops};
use serde_json::json;

/// Somebody of a club who may give and lets the club see it.
pub async fn member(app: &TestApp, club: OrganisationId, name: &str) -> PersonId {
    let person = app
        .ready_donor(name, Ready::of(BloodGroup::OPositive))
        .await;
    let (id, now): (AnyId, _) = (app.app.id(), app.app.now());
    app.rows(move |conn| {
        diesel::insert_into(memberships::table)
            .values((
                memberships::club.eq(club),
                memberships::person.eq(person),
                memberships::joined_on.eq(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()),
            ))
            .execute(conn)?;
        diesel::insert_into(consents::table)
            .values((
                consents::id.eq(id),
                consents::person.eq(person),
                consents::purpose.eq("club_sharing"),
                consents::is_granted.eq(true),
                consents::text_version.eq("test"),
                consents::source.eq("self"),
                consents::given_at.eq(now),
            ))
            .execute(conn)?;
        diesel::update(donors::table.find(person))
            .set(donors::main_club.eq(Some(club)))
            .execute(conn)
    })
    .await;
    person
}

#[actix_web::test]
async fn whom_no_message_reaches_the_lead_is_asked_to_tell_once_a_day() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Giọt hồng", None).await;
    let lead = app.staff("Đỗ Văn Nhóm", Role::ClubLead, club).await;
    let hoa = member(&app, club, "Nguyễn Thị Hoa").await;
    let nam = member(&app, club, "Lê Văn Nam").await;
    without_contacts(&app, hoa).await;
    let id = tell(&app, hoa, Purpose::Reminder).await;
    send(&app).await;
    left_by(&app, id, "relay").await;
    app.forward(TimeDelta::days(1));
    app.run_jobs().await;
    let told = app.mails_to("dovannhom@example.vn");
    assert_eq!(told.len(), 1);
    assert!(told[0].subject.contains("1 người"));
    assert!(
        !told[0].text.contains("Hoa"),
        "no name of others: {}",
        told[0].text
    );
    let list_on_screen = format!("/app/club/{club}/relay");
    assert!(told[0].text.contains(&list_on_screen), "{}", told[0].text);
    let path = format!("/organisations/{club}/relay");
    let list = lead.get(&path).await.ok();
    let people = list["people"].as_array().unwrap();
    assert_eq!(people.len(), 2, "who may give, and who waits: {list}");
    assert_eq!(people[0]["name"], "Nguyễn Thị Hoa");
    assert_eq!(people[0]["is_waiting"], true);
    let text = people[0]["text"].as_str().unwrap();
    assert!(
        text.starts_with("Chào Hoa, mình là Nhóm bên Câu lạc bộ Giọt hồng đây.")
            && !text.contains('{')
    );
    assert!(!list["group_text"].as_str().unwrap().contains("Hoa"));
    let tick = format!("{path}/{hoa}");
    lead.put(&tick, json!({"done": true})).await.expect(204);
    let list = lead.get(&path).await.ok();
    assert_eq!(
        list["people"][1]["name"], "Nguyễn Thị Hoa",
        "done comes last"
    );
    assert!(list["people"][1]["done_at"].is_string());
    app.forward(TimeDelta::days(1));
    app.run_jobs().await;
    assert_eq!(
        app.mails_to("dovannhom@example.vn").len(),
        1,
        "nobody waits any more"
    );
    lead.put(&tick, json!({"done": false})).await.expect(204);
    assert_eq!(lead.get(&path).await.ok()["people"][0]["is_waiting"], true);
    let tick = format!("{path}/{nam}");
    lead.put(&tick, json!({"done": true})).await.expect(204);
    let list = lead.get(&path).await.ok();
    assert!(list["people"][1]["done_at"].is_string());
    lead.put(&tick, json!({"done": false})).await.expect(204);
    let list = lead.get(&path).await.ok();
    let nam = &list["people"][1];
    assert_eq!(nam["name"], "Lê Văn Nam");
    assert_eq!(
        (&nam["is_waiting"], &nam["done_at"]),
        (&json!(false), &json!(null)),
        "nobody asked for him before the wrong tick"
    );
}

#[actix_web::test]
async fn a_lead_passes_on_what_waits_and_never_that_somebody_gave() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Giọt hồng", None).await;
    let lead = app.staff("Đỗ Văn Nhóm", Role::ClubLead, club).await;
    let (hoa, nam) = (
        member(&app, club, "Nguyễn Thị Hoa").await,
        member(&app, club, "Lê Văn Nam").await,
    );
    without_contacts(&app, hoa).await;
    without_contacts(&app, nam).await;
    tell(&app, hoa, Purpose::Booking).await;
    let thanks = tell(&app, nam, Purpose::Thanks).await;
    send(&app).await;
    left_by(&app, thanks, "inbox").await;
    let path = format!("/organisations/{club}/relay");
    let list = lead.get(&path).await.ok();
    assert_eq!(list["people"][0]["name"], "Nguyễn Thị Hoa");
    assert_eq!(
        list["people"][0]["text"],
        "Chào Hoa, mình là Nhóm bên Câu lạc bộ Giọt hồng, báo bạn tin này nhé. Hẹn gặp. Nhận được thì nhắn lại mình một tiếng. \
         Xem thêm ở đây: http://127.0.0.1:8080/app/me"
    );
    assert_eq!(list["people"][1]["is_waiting"], false);
    app.rows(move |conn| {
        let (hoa, far) = (
            donors::table.find(hoa),
            NaiveDate::from_ymd_opt(2026, 7, 1).unwrap(),
        );
        diesel::update(hoa)
            .set(donors::available_from.eq(far))
            .execute(conn)
    })
    .await;
    assert_eq!(lead.get(&path).await.ok()["people"][0]["is_waiting"], true);
    app.forward(TimeDelta::days(2));
    let list = lead.get(&path).await.ok();
    let names = list["people"].as_array().unwrap().iter();
    let names: Vec<&str> = names.map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Lê Văn Nam"], "what is over is said no more");
}

#[actix_web::test]
async fn who_does_not_want_to_be_reminded_is_not_on_the_list_unless_something_else_waits() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Giọt hồng", None).await;
    let lead = app.staff("Đỗ Văn Nhóm", Role::ClubLead, club).await;
    let hoa = member(&app, club, "Nguyễn Thị Hoa").await;
    let nam = member(&app, club, "Lê Văn Nam").await;
    let path = format!("/organisations/{club}/relay");
    let names = async || {
        let list = lead.get(&path).await.ok();
        let people = list["people"].as_array().unwrap().iter();
        people
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["Lê Văn Nam", "Nguyễn Thị Hoa"]);
    let said = app.signed_in(hoa).await;
    said.put("/me/consents/reminders", json!({"granted": false}))
        .await
        .expect(200);
    assert_eq!(names().await, ["Lê Văn Nam"]);
    without_contacts(&app, hoa).await;
    tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    assert_eq!(names().await, ["Nguyễn Thị Hoa", "Lê Văn Nam"]);
    let number = "+84912345678";
    contact(&app, nam, "phone", number).await;
    let (lookup, now) = (app.app.keys.lookup("phone", number), app.app.now());
    app.rows(move |conn| stops::put(conn, &[lookup], None, stops::StopReason::Asked, now))
        .await;
    assert_eq!(names().await, ["Nguyễn Thị Hoa"], "a stop by SMS");
}

#[actix_web::test]
async fn a_number_to_ring_is_a_look_that_is_written_down_and_told() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Giọt hồng", None).await;
    let lead = app.staff("Đỗ Văn Nhóm", Role::ClubLead, club).await;
    let hoa = member(&app, club, "Nguyễn Thị Hoa").await;
    contact(&app, hoa, "phone", "+84912345678").await;
    let reveal = format!("/people/{hoa}/contact-reveals");
    let shown = lead.post(&reveal, json!({"reason": "Báo tin"})).await.ok();
    let links: Vec<&str> = shown["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["link"].as_str().unwrap())
        .collect();
    assert!(links.contains(&"tel:+84912345678"), "{links:?}");
    app.run_jobs().await;
    assert_eq!(app.mails_to("nguyenthihoa@example.vn").len(), 1);
}

#[actix_web::test]
async fn another_club_and_who_is_on_no_list_are_not_there() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Giọt hồng", None).await;
    let other = app.body("club", "Câu lạc bộ Khác", None).await;
    let lead = app.staff("Đỗ Văn Nhóm", Role::ClubLead, club).await;
    let stranger = app.donor("Phạm Thị Lạ").await;
    lead.get(&format!("/organisations/{other}/relay"))
        .await
        .refused("not-found");
    let path = format!("/organisations/{club}/relay");
    let tick = format!("{path}/{}", stranger.id());
    lead.put(&tick, json!({"done": true}))
        .await
        .refused("not-found");
    stranger.get(&path).await.refused("forbidden");
}
