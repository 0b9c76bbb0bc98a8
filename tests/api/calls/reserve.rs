//! Standing by for emergencies: pledged and withdrawn in one tap, kept by clubs, counted for a night.
use super::{Scene, place, scene};
use crate::support::Ready;
use diesel::prelude::*;
use giothong::blood::BloodGroup;
use giothong::donors::joining;
use giothong::platform::db::schema::people;
use giothong::platform::http::Role;
use giothong::platform::id::{OrganisationId, PersonId};
use serde_json::{Value, json};

async fn lives_in(scene: &Scene, person: PersonId, commune: OrganisationId) {
    let home = people::commune.eq(Some(commune));
    let moved = move |conn: &mut _| {
        diesel::update(people::table.find(person))
            .set(home)
            .execute(conn)
    };
    scene.app.rows(moved).await;
}

fn o_negative(cover: &Value) -> &Value {
    let mut groups = cover["groups"].as_array().unwrap().iter();
    groups.find(|group| group["blood_group"] == "O-").unwrap()
}

#[actix_web::test]
async fn donors_pledge_and_withdraw_and_the_club_sees_whether_the_night_is_covered() {
    let scene = scene().await;
    let club = scene
        .app
        .body("club", "CLB Máu Hiếm", Some(scene.province))
        .await;
    place(&scene.app, club, (21.03, 105.85)).await;
    let lead = scene.app.staff("Trưởng Nhóm", Role::ClubLead, club).await;
    let reserve = format!("/organisations/{club}/reserve");
    let mut donors = Vec::new();
    for (name, km) in [("Nguyễn An", 1.0), ("Lê Bình", 2.0), ("Trần Chi", 60.0)] {
        let person = scene.donor_at(name, BloodGroup::ONegative, km).await;
        donors.push(scene.app.signed_in(person).await);
    }
    let standing = |nights| json!({ "clubs": [club], "max_km": 30, "nights": nights });
    for donor in &donors {
        let kept = donor.put("/me/reserve", standing(true)).await.ok();
        assert_eq!(kept["items"][0]["name"], "CLB Máu Hiếm");
        assert_eq!(kept["items"][0]["months"].as_array().unwrap().len(), 12);
    }
    let cover = lead.get(&reserve).await.ok();
    assert_eq!(cover["within_km"], 10.0);
    assert_eq!(
        o_negative(&cover),
        &json!({ "blood_group": "O-", "standing_by": 3, "ready": 3, "tonight": 3, "tonight_near": 2, "is_gap": false })
    );
    let gaps = cover["gaps"].as_array().unwrap();
    assert!(gaps.contains(&json!("AB-")) && !gaps.contains(&json!("O-")));

    donors[0].put("/me/reserve", standing(false)).await.ok();
    let cover = lead.get(&reserve).await.ok();
    assert_eq!(o_negative(&cover)["is_gap"], true, "one sleeps at night");
    donors[0].delete("/me/reserve").await.expect(204);
    assert_eq!(donors[0].get("/me/reserve").await.ok()["items"], json!([]));
    donors[1]
        .put(
            "/me/reserve",
            json!({ "clubs": [], "max_km": 1, "nights": false }),
        )
        .await
        .ok();
    let cover = scene
        .coordinator
        .get(&format!("/organisations/{}/reserve", scene.province))
        .await
        .ok();
    assert_eq!(o_negative(&cover)["standing_by"], 1, "seen from above too");
    let export = donors[2].get("/me/export").await.ok();
    assert_eq!(export["stands_by"][0]["club"], "CLB Máu Hiếm");
    donors[2].delete("/me").await.expect(204);
    assert_eq!(o_negative(&lead.get(&reserve).await.ok())["standing_by"], 0);
}

#[actix_web::test]
async fn a_club_keeps_its_roster_and_nobody_elses() {
    let scene = scene().await;
    let club = scene
        .app
        .body("club", "CLB Một", Some(scene.province))
        .await;
    let other = scene
        .app
        .body("club", "CLB Hai", Some(scene.province))
        .await;
    let commune = scene
        .app
        .body("commune", "Xã Suối Hồng", Some(scene.province))
        .await;
    let lead = scene.app.staff("Trưởng Nhóm", Role::ClubLead, club).await;
    let stranger = scene
        .app
        .staff("Trưởng Nhóm Hai", Role::ClubLead, other)
        .await;
    let person = scene
        .app
        .ready_donor("Lê Bình", Ready::of(BloodGroup::ONegative))
        .await;
    let members = format!("/organisations/{club}/reserve/members");
    let entry =
        json!({ "max_km": 20, "nights": true, "months": [1, 12], "tested_on": "2026-04-01" });
    lead.put(&format!("{members}/{person}"), entry.clone())
        .await
        .refused("not-found");
    let standing = json!({ "clubs": [club], "max_km": 5, "nights": false });
    scene
        .app
        .signed_in(person)
        .await
        .put("/me/reserve", standing)
        .await
        .ok();
    lead.put(&format!("{members}/{person}"), entry.clone())
        .await
        .expect(204);
    let roster = lead.get(&format!("{members}?blood_group=O-")).await.ok();
    let row = &roster["items"][0];
    assert_eq!(
        (
            &row["name"],
            &row["months"],
            &row["tested_on"],
            &row["max_km"]
        ),
        (
            &json!("Lê Bình"),
            &json!([1, 12]),
            &json!("2026-04-01"),
            &json!(20)
        )
    );
    assert_eq!(
        lead.get(&format!("{members}?blood_group=A-")).await.ok()["items"],
        json!([])
    );
    lives_in(&scene, person, commune).await;
    let in_commune = |commune| format!("{members}?blood_group=O-&commune={commune}");
    let there = lead.get(&in_commune(commune)).await.ok();
    assert_eq!(there["items"][0]["commune"], "Xã Suối Hồng");
    let elsewhere = lead.get(&in_commune(other)).await.ok();
    assert_eq!(elsewhere["items"], json!([]));
    let cover = lead
        .get(&format!("/organisations/{club}/reserve"))
        .await
        .ok();
    assert_eq!(
        cover["communes"],
        json!([{ "commune": commune, "name": "Xã Suối Hồng", "standing_by": 1 }])
    );
    let wrong = json!({ "max_km": 0, "nights": true, "months": [13] });
    lead.put(&format!("{members}/{person}"), wrong)
        .await
        .invalid(&["max_km", "months"]);
    stranger.get(&members).await.refused("not-found");
    stranger
        .put(&format!("{members}/{person}"), entry)
        .await
        .refused("not-found");
    stranger
        .delete(&format!("{members}/{person}"))
        .await
        .refused("not-found");
    lead.delete(&format!("{members}/{person}"))
        .await
        .expect(204);
    lead.delete(&format!("{members}/{person}"))
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn who_stands_by_agreed_to_be_called_and_for_a_body_that_is_there() {
    let scene = scene().await;
    let donor = scene.app.donor("Chưa Đồng Ý").await;
    let standing = |club: Value| json!({ "clubs": [club], "max_km": 20, "nights": true });
    let refused = donor
        .put("/me/reserve", standing(json!(scene.hospital)))
        .await;
    refused.refused("calls-consent-needed");
    let person = scene
        .app
        .ready_donor("Đồng Ý", Ready::of(BloodGroup::ONegative))
        .await;
    let donor = scene.app.signed_in(person).await;
    let nobody = json!("01890000-0000-7000-8000-000000000000");
    donor
        .put("/me/reserve", standing(nobody))
        .await
        .invalid(&["clubs"]);
    let far = json!({ "clubs": [], "max_km": 501, "nights": true, "months": [] });
    donor
        .put("/me/reserve", far)
        .await
        .invalid(&["max_km", "months"]);
}

#[actix_web::test]
async fn a_donor_is_told_for_which_clubs_they_may_stand_by() {
    let scene = scene().await;
    let person = scene
        .app
        .ready_donor("Lê Bình", Ready::of(BloodGroup::ONegative))
        .await;
    let club = scene
        .app
        .body("club", "CLB Một", Some(scene.province))
        .await;
    let donor = scene.app.signed_in(person).await;
    let own = donor.get("/me/reserve").await.ok();
    assert_eq!(own, json!({ "items": [], "clubs": [] }));
    let today = scene.app.app.today();
    scene
        .app
        .rows(move |conn| joining::join(conn, club, person, (today, person)))
        .await;
    let own = donor.get("/me/reserve").await.ok();
    assert_eq!(own["clubs"], json!([{ "id": club, "name": "CLB Một" }]));
    assert_eq!(own["items"], json!([]), "nobody stands by unasked");
}
