//! What desk, nurses and leads may see of and do for others.
use crate::support::{Actor, Reply, TestApp};
use diesel::prelude::*;
use giothong::donors;
use giothong::donors::model::NEVER;
use giothong::platform::db::schema::{accesses, consents, deferrals, donors as table};
use giothong::platform::http::Role;
use giothong::platform::id::{OrganisationId, PersonId};
use serde_json::{Value, json};

struct Place {
    app: TestApp,
    province: OrganisationId,
    lead: Actor,
    nurse: Actor,
    member: PersonId,
}

async fn place() -> Place {
    let app = TestApp::new().await;
    let province = app.body("province", "Tỉnh Lào Cai", None).await;
    let club = app.body("club", "Câu lạc bộ Sa Pa", Some(province)).await;
    let lead = app.staff("Lò Văn Trưởng", Role::ClubLead, club).await;
    let nurse = app.staff("Y Tá Nga", Role::Nurse, province).await;
    let body = json!({"name": "Vàng A Sử", "birth_date": "1990-02-03", "phone": "0912345678"});
    let member = lead
        .post(&format!("/organisations/{club}/members"), body)
        .await
        .created();
    let member = member["id"].as_str().unwrap().parse().unwrap();
    Place {
        app,
        province,
        lead,
        nurse,
        member,
    }
}

impl Place {
    async fn defer(&self, actor: &Actor, body: Value) -> Reply {
        let path = format!("/people/{}/deferrals", self.member);
        actor.post(&path, body).await
    }
}

#[actix_web::test]
async fn people_of_ones_clubs_are_found_by_part_of_a_name_without_accents() {
    let place = place().await;
    let found = place.lead.get("/people?q=vang%20a").await.ok();
    assert_eq!(found["items"][0]["name"], "Vàng A Sử");
    for nothing in ["/people?q=hoa", "/people?q=%25%25su%25"] {
        let found = place.lead.get(nothing).await;
        assert!(
            found.status == 200 || found.status == 422,
            "{}",
            found.text()
        );
    }
    place.lead.get("/people?q=a").await.invalid(&["q"]);
    place.lead.get("/people?q=%25_").await.invalid(&["q"]);
    place.lead.get("/people").await.invalid(&["q"]);
    let elsewhere = place.app.body("club", "Câu lạc bộ khác", None).await;
    let other = place
        .app
        .staff("Người Khác", Role::ClubLead, elsewhere)
        .await;
    assert_eq!(other.get("/people?q=vang").await.ok()["items"], json!([]));
    let donor = place.app.donor("Nguyễn Thị Hoa").await;
    donor.get("/people?q=vang").await.refused("forbidden");
}

#[actix_web::test]
async fn who_was_found_can_see_by_whom() {
    let place = place().await;
    place.lead.get("/people?q=su").await.ok();
    let member = place.member;
    let actors: Vec<PersonId> = place
        .app
        .rows(move |conn| {
            accesses::table
                .filter(accesses::person.eq(member))
                .select(accesses::actor)
                .load(conn)
        })
        .await;
    assert_eq!(actors, [place.lead.id()]);
}

#[actix_web::test]
async fn contacts_are_shown_for_a_reason_and_within_ones_clubs_only() {
    let place = place().await;
    let path = format!("/people/{}/contact-reveals", place.member);
    let body = json!({"reason": "Nhắc lịch hiến máu"});
    let shown = place.lead.post(&path, body.clone()).await.ok();
    assert_eq!(
        shown["items"],
        json!([{"kind": "phone", "value": "+84912345678", "link": "tel:+84912345678"}])
    );
    place
        .lead
        .post(&path, json!({"reason": ""}))
        .await
        .invalid(&["reason"]);
    let hoa = place.app.donor("Nguyễn Thị Hoa").await;
    let path = format!("/people/{}/contact-reveals", hoa.id());
    place.lead.post(&path, body).await.refused("not-found");
}

#[actix_web::test]
async fn a_deferral_counts_from_what_happened_and_its_reason_lies_sealed() {
    let place = place().await;
    let body = json!({"code": "tattoo", "event_on": "2026-04-10"});
    let deferral = place.defer(&place.nurse, body).await.created();
    assert_eq!(deferral["until"], "2026-10-10");
    assert_eq!(deferral["may_give"], false);
    let member = place.member;
    let sealed: String = place
        .app
        .rows(move |conn| {
            deferrals::table
                .filter(deferrals::person.eq(member))
                .select(deferrals::reason_sealed)
                .first(conn)
        })
        .await;
    assert!(!sealed.contains("tattoo"));
    let list = place.lead.get("/people?q=vang").await;
    assert!(!list.text().contains("2026-10") && !list.text().contains("tattoo"));
    assert_eq!(list.ok()["items"][0]["may_give"], false);
}

#[actix_web::test]
async fn a_doctors_word_may_end_the_giving() {
    let place = place().await;
    let body = json!({"code": "doctor_decision", "event_on": "2026-04-10"});
    place
        .defer(&place.nurse, body.clone())
        .await
        .invalid(&["until"]);
    let mut never = body;
    never["permanent"] = json!(true);
    let deferral = place.defer(&place.nurse, never).await.created();
    assert_eq!(deferral["until"], json!(null));
    let member = place.member;
    let facts = place
        .app
        .rows(move |conn| donors::facts(conn, member))
        .await;
    assert_eq!(facts.unwrap().available_from, NEVER);
}

#[actix_web::test]
async fn only_nurses_and_coordinators_defer_and_only_with_a_known_reason() {
    let place = place().await;
    let body = json!({"code": "flu", "event_on": "2026-04-30"});
    place
        .defer(&place.lead, body.clone())
        .await
        .refused("forbidden");
    let coordinator = place.app.coordinator(place.province).await;
    place.defer(&coordinator, body).await.created();
    for (body, field) in [
        (
            json!({"code": "bad_mood", "event_on": "2026-04-30"}),
            "code",
        ),
        (json!({"code": "flu", "event_on": "2026-05-02"}), "event_on"),
        (json!({"code": "flu", "event_on": "1800-05-02"}), "event_on"),
        (
            json!({"code": "flu", "event_on": "2026-04-30", "until": "1800-01-01"}),
            "until",
        ),
    ] {
        place.defer(&place.nurse, body).await.invalid(&[field]);
    }
    let elsewhere = place.app.body("province", "Tỉnh khác", None).await;
    let other = place.app.staff("Y Tá Khác", Role::Nurse, elsewhere).await;
    let body = json!({"code": "flu", "event_on": "2026-04-30"});
    place.defer(&other, body).await.refused("not-found");
}

#[actix_web::test]
async fn staff_may_tell_of_a_donation_elsewhere() {
    let place = place().await;
    let path = format!("/people/{}/donations", place.member);
    let body = json!({"component": "platelets", "on": "2026-04-28"});
    let gift = place.nurse.post(&path, body.clone()).await.created();
    assert_eq!(gift["source"], "declared");
    place
        .lead
        .post(&path, body)
        .await
        .refused("gift-already-known");
    let hoa = place.app.donor("Nguyễn Thị Hoa").await;
    let path = format!("/people/{}/donations", hoa.id());
    let body = json!({"component": "platelets", "on": "2026-04-28"});
    place
        .lead
        .post(&path, body.clone())
        .await
        .refused("not-found");
    hoa.post(&path, body).await.refused("forbidden");
}

#[actix_web::test]
async fn a_consent_on_paper_is_kept_with_who_when_and_which_form() {
    let place = place().await;
    let path = |purpose: &str| format!("/people/{}/consents/{purpose}", place.member);
    let body = json!({"granted": true, "form": "Phiếu số 12, tủ hồ sơ Sa Pa"});
    for purpose in ["data", "calls"] {
        let view = place.lead.put(&path(purpose), body.clone()).await.ok();
        assert_eq!(view["source"], "paper");
    }
    let (member, lead) = (place.member, place.lead.id());
    let (by, asked): (Option<PersonId>, bool) = place
        .app
        .rows(move |conn| {
            let by = consents::table
                .filter(consents::person.eq(member))
                .select(consents::recorded_by)
                .first(conn)?;
            let asked = table::table
                .find(member)
                .select(table::opted_in)
                .first(conn)?;
            Ok((by, asked))
        })
        .await;
    assert_eq!((by, asked), (Some(lead), true));
    place
        .lead
        .put(&path("calls"), json!({"granted": true}))
        .await
        .invalid(&["form"]);
    let hoa = place.app.donor("Nguyễn Thị Hoa").await;
    let path = format!("/people/{}/consents/data", hoa.id());
    place.lead.put(&path, body).await.refused("not-found");
}
