//! Telephoning donors: the code by which they know who calls, and who watches over looks.
use crate::support::TestApp;
use chrono::TimeDelta;
use giothong::platform::http::Role;
use serde_json::json;

#[actix_web::test]
async fn a_donor_sees_who_telephones_and_by_which_code() {
    let app = TestApp::new().await;
    let province = app.body("province", "Tỉnh Lào Cai", None).await;
    let club = app.body("club", "Câu lạc bộ Sa Pa", Some(province)).await;
    let lead = app.staff("Lò Văn Trưởng", Role::ClubLead, club).await;
    let added = lead
        .post(
            &format!("/organisations/{club}/members"),
            json!({"name": "Vàng A Sử"}),
        )
        .await
        .created();
    let member = added["id"].as_str().unwrap().parse().unwrap();
    let donor = app.signed_in(member).await;
    assert_eq!(
        donor.get("/me/spoken-codes/current").await.ok()["items"],
        json!([])
    );
    let path = format!("/people/{member}/spoken-codes");
    lead.post(&path, json!({})).await.created();
    let said = lead.post(&path, json!({})).await.created();
    let seen = donor.get("/me/spoken-codes/current").await.ok();
    assert_eq!(
        seen["items"].as_array().unwrap().len(),
        1,
        "the earlier code ends"
    );
    assert_eq!(seen["items"][0]["code"], said["code"]);
    assert_eq!(seen["items"][0]["by"], "Lò Văn Trưởng");
    assert_eq!(said["code"].as_str().unwrap().len(), 6);
    let looks = donor.get("/me/accesses").await.ok();
    assert_eq!(looks["items"][0]["act"], "code_spoken");
    app.forward(TimeDelta::minutes(31));
    assert_eq!(
        donor.get("/me/spoken-codes/current").await.ok()["items"],
        json!([])
    );

    let elsewhere = app.body("club", "Câu lạc bộ Xa", None).await;
    let other = app.staff("Người Lạ", Role::ClubLead, elsewhere).await;
    other.post(&path, json!({})).await.refused("not-found");
    donor.post(&path, json!({})).await.refused("forbidden");
}

#[actix_web::test]
async fn an_auditor_sees_who_looked_at_the_people_of_their_part() {
    let app = TestApp::new().await;
    let province = app.body("province", "Tỉnh Lào Cai", None).await;
    let club = app.body("club", "Câu lạc bộ Sa Pa", Some(province)).await;
    let lead = app.staff("Lò Văn Trưởng", Role::ClubLead, club).await;
    let added = lead
        .post(
            &format!("/organisations/{club}/members"),
            json!({"name": "Vàng A Sử"}),
        )
        .await
        .created();
    lead.get("/people?q=vang").await.ok();
    let auditor = app.staff("Kiểm Soát Viên", Role::Auditor, province).await;
    let path = format!("/people/{}/accesses", added["id"].as_str().unwrap());
    let looks = auditor.get(&path).await.ok();
    assert_eq!(looks["items"][0]["act"], "opened");
    assert_eq!(looks["items"][0]["by"], "Lò Văn Trưởng");
    lead.get(&path).await.refused("forbidden");
    let elsewhere = app.body("province", "An Giang", None).await;
    let other = app.staff("Kiểm Soát Xa", Role::Auditor, elsewhere).await;
    other.get(&path).await.refused("not-found");
}

#[actix_web::test]
async fn a_lead_asks_who_may_give_on_a_day_and_learns_nothing_of_who_keeps_it_private() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Sa Pa", None).await;
    let lead = app.staff("Lò Văn Trưởng", Role::ClubLead, club).await;
    let members = format!("/organisations/{club}/members");
    let gave = |on: &str| json!({"component": "whole_blood", "on": on});
    for member in [
        json!({"name": "Vàng A Sử", "blood_group": "B+", "last_donation": gave("2026-04-20")}),
        json!({"name": "Giàng Thị Mỷ", "blood_group": "O+", "last_donation": gave("2025-12-20")}),
        json!({"name": "Đặng Văn Ước"}),
    ] {
        lead.post(&members, member).await.created();
    }
    let private = lead
        .post(&members, json!({"name": "Lý Thị Kín"}))
        .await
        .created();
    let private = private["id"].as_str().unwrap().parse().unwrap();
    // Whoever takes over their entry decides by themself whether the club sees it.
    let ticket = lead
        .post(&format!("/members/{private}/claims"), json!({}))
        .await
        .created();
    let secret = ticket["link"]
        .as_str()
        .unwrap()
        .split("#ticket=")
        .nth(1)
        .unwrap();
    app.stranger()
        .post("/sign-ins", json!({"ticket": secret}))
        .await
        .created();
    let names = |query: &'static str| {
        let (lead, members) = (lead.clone(), members.clone());
        async move {
            let list = lead.get(&format!("{members}?{query}")).await.ok();
            let items = list["items"].as_array().unwrap().clone();
            items
                .iter()
                .map(|item| item["name"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        }
    };
    assert_eq!(
        names("may_give=yes").await,
        ["Đặng Văn Ước", "Giàng Thị Mỷ"]
    );
    assert_eq!(names("may_give=no").await, ["Vàng A Sử"]);
    assert_eq!(
        names("may_give=yes&on=2026-07-13").await,
        ["Đặng Văn Ước", "Giàng Thị Mỷ", "Vàng A Sử"]
    );
    assert_eq!(names("group=B%2B").await, ["Vàng A Sử"]);
    assert_eq!(names("q=giang").await, ["Giàng Thị Mỷ"]);
    assert_eq!(names("q=kin").await, ["Lý Thị Kín"]);
    let asked = |query: &str| format!("{members}?{query}");
    lead.get(&asked("on=2026-04-30")).await.invalid(&["on"]);
    lead.get(&asked("on=2030-01-01")).await.invalid(&["on"]);
    lead.get(&asked("group=X")).await.invalid(&["group"]);
    let agreed = app.signed_in(private).await;
    agreed
        .put("/me/consents/club_sharing", json!({"granted": true}))
        .await
        .ok();
    assert_eq!(names("may_give=yes&q=kin").await, ["Lý Thị Kín"]);
}
