//! Clubs' lists.
use crate::support::{Actor, TestApp};
use chrono::TimeDelta;
use giothong::platform::http::Role;
use giothong::platform::id::OrganisationId;
use serde_json::{Value, json};

struct Club {
    app: TestApp,
    id: OrganisationId,
    lead: Actor,
}

async fn club() -> Club {
    let app = TestApp::new().await;
    let province = app.body("province", "Tỉnh Lào Cai", None).await;
    let id = app
        .body("club", "Câu lạc bộ Giọt Hồng Sa Pa", Some(province))
        .await;
    let lead = app.staff("Lò Văn Trưởng", Role::ClubLead, id).await;
    Club { app, id, lead }
}

impl Club {
    fn path(&self) -> String {
        format!("/organisations/{}/members", self.id)
    }

    async fn add(&self, member: Value) -> crate::support::Reply {
        self.lead.post(&self.path(), member).await
    }
}

#[actix_web::test]
async fn a_lead_keeps_the_clubs_list_by_name() {
    let club = club().await;
    for name in ["Vàng A Sử", "Giàng Thị Mỷ", "Đặng Văn Ước"] {
        club.add(json!({"name": name})).await.created();
    }
    let first = club
        .lead
        .get(&format!("{}?limit=2", club.path()))
        .await
        .ok();
    let next = first["next"].as_str().unwrap();
    let rest = club
        .lead
        .get(&format!("{}?limit=2&after={next}", club.path()))
        .await
        .ok();
    let items = [&first["items"][0], &first["items"][1], &rest["items"][0]];
    assert_eq!(
        items.map(|item| item["name"].as_str().unwrap()),
        ["Đặng Văn Ước", "Giàng Thị Mỷ", "Vàng A Sử"]
    );
    assert_eq!(rest["next"], json!(null));
    assert_eq!(items[0]["claimed"], false);
}

#[actix_web::test]
async fn a_club_sees_may_give_or_not_yet_and_never_the_day() {
    let club = club().await;
    let gave = |on: &str| json!({"component": "whole_blood", "on": on});
    let member = json!({
        "name": "Vàng A Sử", "birth_date": "1990-02-03", "phone": "0912345678",
        "blood_group": "B+", "last_donation": gave("2026-04-20"),
    });
    let added = club.add(member).await.created();
    assert_eq!(added["may_give"], false);
    let member = json!({"name": "Giàng Thị Mỷ", "last_donation": gave("2025-12-20")});
    assert_eq!(club.add(member).await.created()["may_give"], true);
    let list = club.lead.get(&club.path()).await;
    assert!(!list.text().contains("2026-04-20") && !list.text().contains("2026-07"));
    let list = list.ok();
    assert_eq!(
        list["items"][1],
        json!({"id": added["id"], "name": "Vàng A Sử", "birth_year": 1990, "blood_group": "B+",
               "group_certainty": "declared", "may_give": false, "claimed": false})
    );
}

#[actix_web::test]
async fn a_member_who_signed_in_decides_what_the_club_sees() {
    let club = club().await;
    let hoa = club.app.donor("Nguyễn Thị Hoa").await;
    let (body, person, lead, today) = (club.id, hoa.id(), club.lead.id(), club.app.app.today());
    club.app
        .rows(move |conn| {
            use diesel::prelude::*;
            use giothong::platform::db::schema::memberships as table;
            diesel::insert_into(table::table)
                .values((
                    table::club.eq(body),
                    table::person.eq(person),
                    table::joined_on.eq(today),
                    table::added_by.eq(Some(lead)),
                ))
                .execute(conn)
        })
        .await;
    let seen = || async { club.lead.get(&club.path()).await.ok()["items"][0]["may_give"].clone() };
    assert_eq!(seen().await, json!(null));
    let yes = json!({"granted": true});
    hoa.put("/me/consents/club_sharing", yes).await.ok();
    assert_eq!(seen().await, json!(true));
    club.app.forward(TimeDelta::seconds(1));
    let no = json!({"granted": false});
    hoa.put("/me/consents/club_sharing", no).await.ok();
    assert_eq!(seen().await, json!(null));
}

#[actix_web::test]
async fn nobody_stands_on_the_list_twice() {
    let club = club().await;
    let member = json!({
        "name": "Vàng A Sử", "birth_date": "1990-02-03", "phone": "0912345678",
        "citizen_number": "010090001234",
    });
    club.add(member).await.created();
    for double in [
        json!({"name": "Vàng Sử", "citizen_number": "010090001234"}),
        json!({"name": "vang a su", "phone": "+84 912 345 678"}),
        json!({"name": "Vàng A Sử", "birth_date": "1990-02-03"}),
    ] {
        club.add(double).await.refused("member-already-known");
    }
    // Families share a telephone, and names are shared by many.
    let wife = json!({"name": "Giàng Thị Mỷ", "phone": "0912345678"});
    club.add(wife).await.created();
    let namesake = json!({"name": "Vàng A Sử", "birth_date": "1991-02-03"});
    club.add(namesake).await.created();
}

#[actix_web::test]
async fn another_clubs_list_is_not_there() {
    let club = club().await;
    let other = club.app.body("club", "Câu lạc bộ khác", None).await;
    let path = format!("/organisations/{other}/members");
    club.lead.get(&path).await.refused("not-found");
    let body = json!({"name": "Vàng A Sử"});
    club.lead.post(&path, body).await.refused("not-found");
    let donor = club.app.donor("Nguyễn Thị Hoa").await;
    donor.get(&club.path()).await.refused("forbidden");
}

#[actix_web::test]
async fn what_is_wrong_with_a_member_is_told_field_by_field() {
    let club = club().await;
    for (body, field) in [
        (json!({"name": " "}), "name"),
        (
            json!({"name": "Sử", "birth_date": "2027-01-01"}),
            "birth_date",
        ),
        (json!({"name": "Sử", "phone": "1"}), "phone"),
        (
            json!({"name": "Sử", "citizen_number": "123"}),
            "citizen_number",
        ),
        (json!({"name": "Sử", "age": 30}), "age"),
    ] {
        club.add(body).await.invalid(&[field]);
    }
}

#[actix_web::test]
async fn a_claim_is_handed_to_members_only_and_never_to_staff() {
    let club = club().await;
    let member = club.add(json!({"name": "Vàng A Sử"})).await.created();
    let path = format!("/members/{}/claims", member["id"].as_str().unwrap());
    let claim = club.lead.post(&path, json!({})).await.created();
    assert!(claim["link"].as_str().unwrap().contains("#ticket="));
    assert!(claim["qr_svg"].as_str().unwrap().starts_with("<svg"));
    let stranger = club.app.donor("Nguyễn Thị Hoa").await;
    let path = format!("/members/{}/claims", stranger.id());
    club.lead.post(&path, json!({})).await.refused("not-found");
    let member = member["id"].as_str().unwrap().parse().unwrap();
    club.app
        .grant(member, Role::Coordinator, Some(club.id), None)
        .await;
    let path = format!("/members/{member}/claims");
    club.lead
        .post(&path, json!({}))
        .await
        .refused("ticket-for-staff");
}
