//! The tree of bodies: finding, adding, changing and ending them, and what they declare.
use crate::support::{Actor, TestApp};
use actix_web::http::Method;
use giothong::organisations::import::UnitList;
use giothong::platform::http::Role;
use giothong::platform::id::OrganisationId;
use serde_json::{Value, json};

struct World {
    app: TestApp,
    nation: OrganisationId,
    province: OrganisationId,
    admin: Actor,
}

async fn world() -> World {
    let app = TestApp::new().await;
    let nation = app.body("national", "Việt Nam", None).await;
    let province = app.body("province", "Lào Cai", Some(nation)).await;
    let admin = app.admin(nation).await;
    World {
        app,
        nation,
        province,
        admin,
    }
}

fn names(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["name"].as_str().unwrap())
        .collect()
}

#[actix_web::test]
async fn a_club_is_found_by_the_short_word_for_it_however_it_calls_itself() {
    let world = world().await;
    for name in ["CLB Máu hiếm", "Câu lạc bộ Giọt hồng", "Trường THPT Số 1"] {
        world.app.body("club", name, Some(world.province)).await;
    }
    let stranger = world.app.stranger();
    for (typed, found) in [
        ("clb", vec!["Câu lạc bộ Giọt hồng", "CLB Máu hiếm"]),
        (
            "c%C3%A2u%20l%E1%BA%A1c%20b%E1%BB%99",
            vec!["Câu lạc bộ Giọt hồng", "CLB Máu hiếm"],
        ),
        ("CLB%20gi%E1%BB%8Dt", vec!["Câu lạc bộ Giọt hồng"]),
        ("cau%20lac%20bo%20mau", vec!["CLB Máu hiếm"]),
        ("trung%20hoc%20pho%20thong", vec!["Trường THPT Số 1"]),
        ("clbx", vec![]),
    ] {
        let path = format!("/organisations?q={typed}");
        assert_eq!(names(&stranger.get(&path).await.ok()), found, "{typed}");
    }
}

#[actix_web::test]
async fn a_body_is_found_by_part_of_its_name_without_accents_by_anyone() {
    let world = world().await;
    for name in ["Sa Pa", "Bát Xát", "100% Hồng_Tím"] {
        world.app.body("commune", name, Some(world.province)).await;
    }
    let stranger = world.app.stranger();
    assert_eq!(
        names(&stranger.get("/organisations?q=bat%20x").await.ok()),
        ["Bát Xát"]
    );
    assert_eq!(
        names(&stranger.get("/organisations?q=%25%20hong_").await.ok()),
        ["100% Hồng_Tím"]
    );
    assert_eq!(
        names(&stranger.get("/organisations?q=_a").await.ok()),
        Vec::<&str>::new()
    );
    assert_eq!(
        names(&stranger.get("/organisations?kind=province").await.ok()),
        ["Lào Cai"]
    );
    let within = format!(
        "/organisations?within={}&kind=commune&limit=2",
        world.province
    );
    let first = stranger.get(&within).await.ok();
    assert_eq!(names(&first), ["100% Hồng_Tím", "Bát Xát"]);
    let next = format!("{within}&after={}", first["next"].as_str().unwrap());
    let last = stranger.get(&next).await.ok();
    assert_eq!((names(&last), &last["next"]), (vec!["Sa Pa"], &Value::Null));
    stranger
        .get("/organisations?kind=town")
        .await
        .invalid(&["kind"]);
    stranger
        .get("/organisations?limit=201")
        .await
        .invalid(&["limit"]);
    stranger
        .get("/organisations?after=x")
        .await
        .refused("stale-cursor");
}

#[actix_web::test]
async fn a_coordinator_adds_and_changes_bodies_below_their_own_only() {
    let world = world().await;
    let coordinator = world.app.coordinator(world.province).await;
    let club = json!({"kind": "club", "name": "  Giọt Hồng  Sa Pa", "parent": world.province, "brand": "CLB Sa Pa", "latitude": 22.3, "longitude": 103.8});
    let made = coordinator
        .post("/organisations", club.clone())
        .await
        .created();
    assert_eq!(made["name"], "Giọt Hồng Sa Pa");
    assert_eq!(made["above"][0]["name"], "Lào Cai");
    assert_eq!(made["above"][1]["name"], "Việt Nam");
    let path = format!("/organisations/{}", made["id"].as_str().unwrap());
    let changed = coordinator
        .patch(&path, json!({"name": "Giọt Hồng Fansipan"}))
        .await
        .ok();
    assert_eq!(
        (&changed["name"], &changed["brand"]),
        (&json!("Giọt Hồng Fansipan"), &json!("CLB Sa Pa"))
    );
    assert_eq!(
        names(
            &world
                .app
                .stranger()
                .get("/organisations?q=fansi")
                .await
                .ok()
        ),
        ["Giọt Hồng Fansipan"]
    );

    let elsewhere = json!({"kind": "club", "name": "X", "parent": world.nation});
    coordinator
        .post("/organisations", elsewhere)
        .await
        .refused("not-found");
    coordinator
        .post("/organisations", json!({"kind": "club", "name": "X"}))
        .await
        .refused("not-found");
    let nation = format!("/organisations/{}", world.nation);
    coordinator
        .patch(&nation, json!({"name": "X"}))
        .await
        .refused("not-found");
    coordinator
        .patch(&path, json!({"parent": world.nation}))
        .await
        .refused("not-found");
    world
        .app
        .donor("Nguyễn Thị Hoa")
        .await
        .post("/organisations", club)
        .await
        .refused("forbidden");
}

#[actix_web::test]
async fn what_is_wrong_with_a_body_is_named() {
    let world = world().await;
    let admin = &world.admin;
    let wrong = json!({"kind": "club", "name": " ", "latitude": 91, "longitude": 0, "valid_from": "1700-01-01"});
    admin
        .post("/organisations", wrong)
        .await
        .invalid(&["name", "latitude", "valid_from"]);
    let half = json!({"kind": "club", "name": "X", "latitude": 9});
    admin
        .post("/organisations", half)
        .await
        .invalid(&["longitude"]);
    admin
        .post("/organisations", json!({"kind": "national", "name": "X"}))
        .await
        .invalid(&["kind"]);
    admin
        .post(
            "/organisations",
            json!({"kind": "club", "name": "X", "size": 1}),
        )
        .await
        .invalid(&["size"]);
    let backward =
        json!({"kind": "club", "name": "X", "valid_from": "2025-01-02", "valid_to": "2025-01-01"});
    admin
        .post("/organisations", backward)
        .await
        .invalid(&["valid_to"]);
    let coded = json!({"kind": "commune", "name": "X", "code": "00001"});
    admin.post("/organisations", coded.clone()).await.created();
    admin
        .post("/organisations", coded)
        .await
        .refused("already-exists");
    let nowhere = "/organisations/01890000-0000-7000-8000-000000000000";
    world.app.stranger().get(nowhere).await.refused("not-found");
    world
        .app
        .stranger()
        .get("/organisations/lao-cai")
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn a_facility_follows_only_rules_that_are_at_hand() {
    let world = world().await;
    let coordinator = world.app.coordinator(world.province).await;
    let facility = json!({"kind": "blood_centre", "name": "Trung tâm máu", "parent": world.province,
        "rule_set": "facility-plasma-21"});
    let made = coordinator.post("/organisations", facility).await;
    let made = made.created();
    assert_eq!(made["rule_set"], "facility-plasma-21");
    let path = format!("/organisations/{}", made["id"].as_str().unwrap());
    let unknown = json!({"rule_set": "facility-of-atlantis"});
    let why = coordinator.patch(&path, unknown.clone()).await;
    let why = why.invalid(&["rule_set"]);
    let text = why["errors"][0]["message"].as_str().unwrap();
    assert!(text.contains("facility-plasma-21"), "{text}");
    let wrong = json!({"rh_negative": "perhaps"});
    coordinator
        .patch(&path, wrong)
        .await
        .invalid(&["rh_negative"]);
    let looser = json!({"rule_set": "vn-2013"});
    let staff = |role| world.app.staff("Lò Văn Trưởng", role, world.province);
    let lead = staff(Role::ClubLead).await;
    lead.patch(&path, looser).await.refused("forbidden");
    let shown = world.app.stranger().get(&path).await.ok();
    assert_eq!(shown["rule_set"], "facility-plasma-21");
}

#[actix_web::test]
async fn a_body_moves_with_all_below_it_and_never_below_itself() {
    let world = world().await;
    let app = &world.app;
    let other = app.body("province", "Yên Bái", Some(world.nation)).await;
    let commune = app.body("commune", "Sa Pa", Some(world.province)).await;
    let club = app.body("club", "Hồng", Some(commune)).await;
    let path = format!("/organisations/{commune}");
    world
        .admin
        .patch(&path, json!({"parent": other}))
        .await
        .ok();
    let above = app
        .stranger()
        .get(&format!("/organisations/{club}"))
        .await
        .ok();
    let line: Vec<&str> = above["above"]
        .as_array()
        .unwrap()
        .iter()
        .map(|body| body["name"].as_str().unwrap())
        .collect();
    assert_eq!(line, ["Sa Pa", "Yên Bái", "Việt Nam"]);
    let listed = app
        .stranger()
        .get(&format!("/organisations?within={}", world.province))
        .await
        .ok();
    assert_eq!(names(&listed), ["Lào Cai"]);
    world
        .admin
        .patch(&path, json!({"parent": club}))
        .await
        .refused("organisation-cycle");
    world
        .admin
        .patch(&path, json!({"parent": commune}))
        .await
        .refused("organisation-cycle");
}

#[actix_web::test]
async fn an_ended_body_keeps_its_row_loses_its_code_and_says_what_it_became() {
    let world = world().await;
    let old = json!({"kind": "province", "name": "Sóc Trăng", "code": "94"});
    let old = world.admin.post("/organisations", old).await.created()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let new = world
        .app
        .body("province", "Cần Thơ", Some(world.nation))
        .await;
    let path = format!("/organisations/{old}/successions");
    let merged =
        json!({"kind": "merged", "on": "2025-07-01", "into": [{"organisation": new, "share": 1}]});
    let ended = world
        .admin
        .key("end")
        .post(&path, merged.clone())
        .await
        .created();
    assert_eq!(
        (&ended["valid_to"], &ended["code"]),
        (&json!("2025-06-30"), &Value::Null)
    );
    assert_eq!(ended["successions"][0]["successor"], json!(new));
    assert_eq!(ended["successions"][0]["share"], 1.0);
    world
        .admin
        .key("end")
        .post(&path, merged.clone())
        .await
        .created();
    world
        .admin
        .post(&path, merged)
        .await
        .refused("organisation-ended");
    let stranger = world.app.stranger();
    let found = |on: &'static str| format!("/organisations?q=soc&on={on}");
    assert_eq!(
        names(&stranger.get(&found("2025-06-30")).await.ok()),
        ["Sóc Trăng"]
    );
    assert_eq!(
        names(&stranger.get(&found("2025-07-01")).await.ok()),
        Vec::<&str>::new()
    );
    let came = stranger.get(&format!("/organisations/{new}")).await.ok();
    assert_eq!(came["successions"][0]["predecessor"], json!(old));
    let again = json!({"kind": "commune", "name": "Phường Sóc Trăng", "code": "94"});
    world.admin.post("/organisations", again).await.created();
}

#[actix_web::test]
async fn a_body_follows_only_one_that_lives_and_never_itself() {
    let world = world().await;
    let (app, admin) = (&world.app, &world.admin);
    let a = app.body("district", "Kiến An", Some(world.nation)).await;
    let b = app.body("district", "Đồ Sơn", Some(world.nation)).await;
    let c = app.body("district", "Hồng Bàng", Some(world.nation)).await;
    let end = |id: OrganisationId| format!("/organisations/{id}/successions");
    let merged = |on: &str, into: OrganisationId| json!({"kind": "merged", "on": on, "into": [{"organisation": into}]});
    admin
        .post(&end(a), merged("2025-07-01", a))
        .await
        .refused("succession-cycle");
    admin.post(&end(a), merged("2025-07-01", b)).await.created();
    admin
        .post(&end(b), merged("2024-07-01", a))
        .await
        .refused("succession-cycle");
    admin
        .post(&end(c), merged("2025-07-01", a))
        .await
        .refused("successor-not-there");
    admin
        .post(&end(c), merged("2027-01-01", b))
        .await
        .invalid(&["on"]);
    let halves = |share: f64| json!({"kind": "split", "on": "2025-07-01", "into": [{"organisation": b, "share": 0.5}, {"organisation": world.province, "share": share}]});
    admin.post(&end(c), halves(0.4)).await.invalid(&["into"]);
    admin.post(&end(c), halves(0.5)).await.created();
    let coordinator = app.coordinator(b).await;
    coordinator
        .post(&end(b), merged("2025-07-01", world.province))
        .await
        .refused("not-found");
}

const LIST: &str = "code,kind,name,parent_code,latitude,longitude\n15,province,Lào Cai,,21.5,104.5\n02647,ward,Lào Cai,15,22.4,103.9\n04252,ward,Yên Bái,15,21.7,104.8\n";

async fn import(app: &TestApp, text: &str) -> (usize, usize, usize) {
    let list = UnitList::read(text.as_bytes()).unwrap();
    let shared = app.app.clone();
    let done = app
        .rows(move |conn| list.import(conn, (|| shared.id(), shared.now()), |_| ()))
        .await;
    (done.added, done.changed, done.same)
}

#[actix_web::test]
async fn units_come_in_by_code_and_never_by_name() {
    let world = world().await;
    assert_eq!(import(&world.app, LIST).await, (3, 0, 0));
    assert_eq!(import(&world.app, LIST).await, (0, 0, 3));
    let stranger = world.app.stranger();
    let found = stranger.get("/organisations?q=lao%20cai").await.ok();
    assert_eq!(
        names(&found).len(),
        3,
        "the old province, the new one and its ward"
    );
    let changed = LIST.replace("04252,ward,Yên Bái", "04252,commune,Âu Lâu");
    assert_eq!(import(&world.app, &changed).await, (0, 1, 2));
    let ward = stranger.get("/organisations?q=au%20lau").await.ok();
    assert_eq!(ward["items"][0]["code"], "04252");
    let moved = format!(
        "{}01,city,Hà Nội,,21.0,105.7\n",
        changed.replace("Âu Lâu,15", "Âu Lâu,01")
    );
    assert_eq!(import(&world.app, &moved).await, (1, 1, 2));
    let id = ward["items"][0]["id"].as_str().unwrap();
    let page = stranger.get(&format!("/organisations/{id}")).await.ok();
    assert_eq!(page["above"][0]["name"], "Hà Nội");
    assert_eq!(page["above"][1]["name"], "Việt Nam");
}

#[actix_web::test]
async fn a_target_is_replaced_by_the_same_and_kept_beside_the_other_kind() {
    let world = world().await;
    let coordinator = world.app.coordinator(world.province).await;
    let path = format!("/organisations/{}/targets", world.province);
    let target = |value: i32, kind: &str| json!({"indicator": "units", "from": "2026-01-01", "to": "2026-12-31", "value": value, "kind": kind});
    coordinator.put(&path, target(1700, "assigned")).await.ok();
    coordinator.put(&path, target(1800, "self_set")).await.ok();
    let listed = coordinator.put(&path, target(1750, "assigned")).await.ok();
    let values: Vec<f64> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["value"].as_f64().unwrap())
        .collect();
    assert_eq!(values.len(), 2);
    assert!(values.contains(&1750.0) && values.contains(&1800.0));
    assert_eq!(coordinator.get(&path).await.ok(), listed);
    let wrong = json!({"indicator": "Units", "from": "2026-02-01", "to": "2026-01-01", "value": -1, "kind": "assigned"});
    coordinator
        .put(&path, wrong)
        .await
        .invalid(&["indicator", "to", "value"]);
    let unknown = json!({"indicator": "smiles", "from": "2026-01-01", "to": "2026-12-31", "value": 1, "kind": "assigned"});
    coordinator
        .put(&path, unknown)
        .await
        .invalid(&["indicator"]);
    let above = format!("/organisations/{}/targets", world.nation);
    coordinator
        .put(&above, target(1, "assigned"))
        .await
        .refused("not-found");
    coordinator.get(&above).await.refused("not-found");
    world
        .app
        .donor("Nguyễn Thị Hoa")
        .await
        .get(&path)
        .await
        .refused("forbidden");
}

#[actix_web::test]
async fn a_signed_figure_stands_until_an_administrator_replaces_it() {
    let world = world().await;
    let coordinator = world.app.coordinator(world.province).await;
    let path = format!("/organisations/{}/figures", world.province);
    let figure = |value: i32, signed: bool| json!({"indicator": "units_planned", "from": "2022-01-01", "to": "2022-06-30", "value": value, "exactness": "just_under", "is_signed": signed});
    coordinator.put(&path, figure(2800, false)).await.ok();
    let signed = coordinator.put(&path, figure(2900, true)).await.ok();
    assert_eq!(signed["items"][0]["text"], "gần 2.900");
    assert_eq!(signed["items"].as_array().unwrap().len(), 1);
    coordinator.put(&path, figure(2900, true)).await.ok();
    coordinator
        .put(&path, figure(2901, true))
        .await
        .refused("figure-signed");
    coordinator
        .put(&path, figure(2900, false))
        .await
        .refused("figure-signed");
    let english = world
        .admin
        .with("Accept-Language", "en")
        .put(&path, figure(2901, true))
        .await
        .ok();
    assert_eq!(english["items"][0]["text"], "nearly 2,901");
    let wrong = json!({"indicator": "units", "from": "1822-01-01", "to": "2022-01-01", "value": 1, "exactness": "exact"});
    coordinator.put(&path, wrong).await.invalid(&["to"]);
}

#[actix_web::test]
async fn nothing_is_declared_of_a_body_that_was_not_there() {
    let world = world().await;
    let new = json!({"kind": "province", "name": "Lào Cai", "valid_from": "2025-07-01"});
    let new = world.admin.post("/organisations", new).await.created()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/organisations/{new}/figures");
    let figure = json!({"indicator": "drives", "from": "2022-01-01", "to": "2022-06-30", "value": 6, "exactness": "exact"});
    world
        .admin
        .put(&path, figure)
        .await
        .refused("organisation-not-there");
}

#[actix_web::test]
async fn a_cluster_compares_bodies_below_the_one_that_made_it() {
    let world = world().await;
    let (app, admin) = (&world.app, &world.admin);
    let inside = app
        .body("district", "Bảo Thắng", Some(world.province))
        .await;
    let outside = app.body("district", "Hạ Long", Some(world.nation)).await;
    let cluster = |members: Value| json!({"name": "Cụm thi đua số 1", "organisation": world.province, "members": members});
    let made = admin
        .post("/clusters", cluster(json!([inside])))
        .await
        .created();
    assert_eq!(made["members"][0]["name"], "Bảo Thắng");
    admin
        .post("/clusters", cluster(json!([inside, outside])))
        .await
        .invalid(&["members"]);
    admin
        .post("/clusters", cluster(json!([inside, inside])))
        .await
        .invalid(&["members"]);
    admin
        .post("/clusters", cluster(json!([])))
        .await
        .invalid(&["members"]);
    let listed = admin
        .get(&format!("/clusters?organisation={}", world.province))
        .await
        .ok();
    assert_eq!(listed["items"][0], made);
    let path = format!("/clusters/{}/figures", made["id"].as_str().unwrap());
    let figure = json!({"indicator": "units", "from": "2024-01-01", "to": "2024-10-31", "value": 6727, "exactness": "exact"});
    assert_eq!(
        admin.put(&path, figure.clone()).await.ok()["items"][0]["text"],
        "6.727"
    );
    assert_eq!(admin.get(&path).await.ok()["items"][0]["value"], 6727.0);
    let stranger = app.staff("Phạm Văn Xa", Role::Coordinator, outside).await;
    stranger.put(&path, figure).await.refused("not-found");
    stranger
        .post("/clusters", cluster(json!([inside])))
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn what_is_counted_can_be_added_to_once() {
    let world = world().await;
    let donor = world.app.donor("Nguyễn Thị Hoa").await;
    let slugs = |list: Value| {
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["slug"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let known = slugs(donor.get("/indicators").await.ok());
    assert_eq!(
        known[..4],
        ["drives", "units", "units_planned", "units_emergency"]
    );
    let gifts = json!({"slug": "tet_gifts", "name_vi": "Suất quà Tết", "name_en": "Tet gifts", "unit": "gift"});
    world
        .admin
        .post("/indicators", gifts.clone())
        .await
        .created();
    world
        .admin
        .post("/indicators", gifts.clone())
        .await
        .refused("already-exists");
    assert_eq!(
        slugs(donor.get("/indicators").await.ok()).last().unwrap(),
        "tet_gifts"
    );
    world
        .admin
        .post(
            "/indicators",
            json!({"slug": "Quà", "name_vi": "", "name_en": "x", "unit": "gift"}),
        )
        .await
        .invalid(&["slug", "name_vi"]);
    donor.post("/indicators", gifts).await.refused("forbidden");
    donor
        .call(Method::DELETE, "/indicators", None)
        .await
        .refused("method-not-allowed");
}
