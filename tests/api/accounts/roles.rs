//! Roles on parts of the tree, and invitations to them.
use crate::support::{Actor, TestApp};
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::platform::db::schema::drives;
use giothong::platform::http::Role;
use giothong::platform::id::{DriveId, OrganisationId};
use serde_json::json;

struct World {
    app: TestApp,
    nation: OrganisationId,
    province: OrganisationId,
    commune: OrganisationId,
}

async fn world() -> World {
    let app = TestApp::with(|settings| settings.accounts.access_minutes = 24 * 60).await;
    let nation = app
        .body("national", "Hội Chữ thập đỏ (minh họa)", None)
        .await;
    let province = app.body("province", "Tỉnh A", Some(nation)).await;
    let commune = app.body("commune", "Xã B", Some(province)).await;
    World {
        app,
        nation,
        province,
        commune,
    }
}

async fn give(by: &Actor, body: OrganisationId, to: &Actor, role: &str) -> crate::support::Reply {
    by.post(
        &format!("/organisations/{body}/grants"),
        json!({ "person": to.id(), "role": role }),
    )
    .await
}

async fn drive(app: &TestApp, organiser: OrganisationId) -> DriveId {
    let (id, now, today): (DriveId, _, _) = (app.app.id(), app.app.now(), app.app.today());
    app.rows(move |conn| {
        diesel::insert_into(drives::table)
            .values((
                (
                    drives::id.eq(id),
                    drives::organiser.eq(organiser),
                    drives::kind.eq("planned"),
                ),
                (
                    drives::name.eq("Ngày hội (minh họa)"),
                    drives::search_name.eq("ngay hoi"),
                ),
                (
                    drives::state.eq("open"),
                    drives::time_zone.eq("Asia/Ho_Chi_Minh"),
                ),
                (
                    drives::starts_on.eq(today),
                    drives::ends_on.eq(today),
                    drives::is_hidden.eq(false),
                ),
                (drives::created_at.eq(now), drives::changed_at.eq(now)),
            ))
            .execute(conn)
    })
    .await;
    id
}

#[actix_web::test]
async fn a_role_holds_from_the_next_request_and_ends_with_the_next() {
    let World {
        app,
        province,
        commune,
        nation,
    } = world().await;
    let admin = app.admin(nation).await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    let path = format!("/organisations/{commune}/grants");
    hoa.get(&path).await.refused("forbidden");
    let grant = give(&admin, province, &hoa, "coordinator").await.created();
    assert_eq!(
        (&grant["name"], &grant["role"]),
        (&json!("Nguyễn Thị Hoa"), &json!("coordinator"))
    );
    hoa.get(&path).await.ok();
    assert_eq!(
        hoa.get("/me").await.ok()["roles"],
        json!([{ "role": "coordinator", "organisation": province, "drive": null }])
    );
    admin
        .delete(&format!("/grants/{}", grant["id"].as_str().unwrap()))
        .await
        .expect(204);
    hoa.get(&path).await.refused("forbidden");
    admin
        .delete(&format!("/grants/{}", grant["id"].as_str().unwrap()))
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn nobody_gives_or_takes_a_role_above_their_own() {
    let World {
        app,
        province,
        commune,
        nation,
    } = world().await;
    let admin = app.admin(nation).await;
    let coordinator = app.coordinator(province).await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    for role in ["admin", "coordinator"] {
        give(&coordinator, commune, &hoa, role)
            .await
            .refused("role-above-own");
        let held = give(&admin, commune, &hoa, role).await.created();
        let path = format!("/grants/{}", held["id"].as_str().unwrap());
        coordinator.delete(&path).await.refused("role-above-own");
    }
    for role in ["club_lead", "drive_staff", "nurse", "hospital", "auditor"] {
        give(&coordinator, commune, &hoa, role).await.created();
    }
    give(
        &app.staff("Phó Nhóm", Role::ClubLead, commune).await,
        commune,
        &hoa,
        "club_lead",
    )
    .await
    .refused("forbidden");
    let listed = coordinator
        .get(&format!("/organisations/{commune}/grants?limit=3"))
        .await
        .ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
    let next = listed["next"].as_str().unwrap();
    let rest = coordinator
        .get(&format!("/organisations/{commune}/grants?after={next}"))
        .await
        .ok();
    assert_eq!(
        (rest["items"].as_array().unwrap().len(), &rest["next"]),
        (5, &json!(null))
    );
}

#[actix_web::test]
async fn a_role_beside_or_above_ones_own_place_is_not_to_be_found() {
    let World {
        app,
        nation,
        province,
        ..
    } = world().await;
    let beside = app.body("province", "Tỉnh C", Some(nation)).await;
    let coordinator = app.coordinator(province).await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    for body in [nation, beside] {
        give(&coordinator, body, &hoa, "nurse")
            .await
            .refused("not-found");
        coordinator
            .get(&format!("/organisations/{body}/grants"))
            .await
            .refused("not-found");
    }
    let admin = app.admin(nation).await;
    let grant = give(&admin, beside, &hoa, "nurse").await.created();
    coordinator
        .delete(&format!("/grants/{}", grant["id"].as_str().unwrap()))
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn a_role_for_a_time_ends_by_itself() {
    let World { app, province, .. } = world().await;
    let coordinator = app.coordinator(province).await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    let path = format!("/organisations/{province}/grants");
    let until = |hours: i64| (*app.app.now() + TimeDelta::hours(hours)).to_rfc3339();
    let past = json!({ "person": hoa.id(), "role": "nurse", "until": until(-1) });
    coordinator.post(&path, past).await.invalid(&["until"]);
    let body = json!({ "person": hoa.id(), "role": "nurse", "until": until(8) });
    coordinator.post(&path, body).await.created();
    assert_eq!(hoa.get("/me").await.ok()["roles"][0]["role"], "nurse");
    app.forward(TimeDelta::hours(8));
    assert_eq!(hoa.get("/me").await.ok()["roles"], json!([]));
}

#[actix_web::test]
async fn giving_a_role_twice_makes_one() {
    let World { app, province, .. } = world().await;
    let coordinator = app.coordinator(province).await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    let first = give(&coordinator, province, &hoa, "nurse").await.created();
    assert_eq!(
        give(&coordinator, province, &hoa, "nurse").await.created()["id"],
        first["id"]
    );
    let nobody = json!({ "person": "01890000-0000-7000-8000-000000000000", "role": "nurse" });
    coordinator
        .post(&format!("/organisations/{province}/grants"), nobody)
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn the_last_administrator_stays() {
    let World { app, nation, .. } = world().await;
    let admin = app.admin(nation).await;
    let own = admin
        .get(&format!("/organisations/{nation}/grants"))
        .await
        .ok();
    let path = format!("/grants/{}", own["items"][0]["id"].as_str().unwrap());
    admin.delete(&path).await.refused("last-admin");
    give(&admin, nation, &app.donor("Nguyễn Thị Hoa").await, "admin")
        .await
        .created();
    admin.delete(&path).await.expect(204);
}

#[actix_web::test]
async fn day_helpers_join_a_drive_by_link_until_midnight() {
    let World {
        app,
        province,
        commune,
        ..
    } = world().await;
    let drive = drive(&app, commune).await;
    let coordinator = app.coordinator(province).await;
    let asked = json!({ "drive": drive, "role": "drive_staff", "places": 2 });
    let invitation = coordinator.post("/invitations", asked).await.created();
    assert_eq!(invitation["until"], "2026-05-01T17:00:00Z");
    assert!(
        invitation["link"]
            .as_str()
            .unwrap()
            .contains("/join#invitation=")
    );
    let secret = json!({ "secret": invitation["secret"] });
    let helpers = [
        app.donor("Tình Nguyện Một").await,
        app.donor("Tình Nguyện Hai").await,
        app.donor("Tình Nguyện Ba").await,
    ];
    for helper in [&helpers[0], &helpers[0], &helpers[1]] {
        helper
            .post("/invitations/acceptances", secret.clone())
            .await
            .created();
    }
    helpers[2]
        .post("/invitations/acceptances", secret.clone())
        .await
        .refused("invitation-over");
    let roles = helpers[0].get("/me").await.ok()["roles"].clone();
    assert_eq!(
        roles,
        json!([{ "role": "drive_staff", "organisation": null, "drive": drive }])
    );
    app.forward(TimeDelta::hours(15));
    assert_eq!(helpers[1].get("/me").await.ok()["roles"], json!([]));
    helpers[0]
        .post("/invitations/acceptances", secret)
        .await
        .refused("invitation-over");
}

#[actix_web::test]
async fn an_invitation_gives_no_more_than_its_maker_may() {
    let World {
        app,
        nation,
        province,
        ..
    } = world().await;
    let beside = app.body("province", "Tỉnh C", Some(nation)).await;
    let coordinator = app.coordinator(province).await;
    let invite = async |body: serde_json::Value| coordinator.post("/invitations", body).await;
    invite(json!({ "organisation": province, "role": "admin" }))
        .await
        .refused("role-above-own");
    invite(json!({ "organisation": beside, "role": "nurse" }))
        .await
        .refused("not-found");
    invite(json!({ "drive": drive(&app, beside).await, "role": "nurse" }))
        .await
        .refused("not-found");
    invite(json!({ "role": "nurse", "places": 0 }))
        .await
        .invalid(&["drive", "places"]);
    let both = json!({ "role": "nurse", "organisation": province, "drive": province, "until": "2026-01-01T00:00:00Z" });
    invite(both).await.invalid(&["drive", "until"]);
    let guess = json!({ "secret": "x".repeat(43) });
    coordinator
        .post("/invitations/acceptances", guess)
        .await
        .refused("invitation-over");
}
