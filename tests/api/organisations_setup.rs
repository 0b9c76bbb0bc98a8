//! The first hour of an installation: the administrator, the chapter, its communes.
use crate::support::{Reply, TestApp};
use actix_web::http::Method;
use giothong::accounts::operator::setup_code;
use giothong::platform::http::Role;
use serde_json::{Value, json};

fn wish(code: &str) -> Value {
    json!({"setup_code": code, "name": "Lê Thị Quản Trị", "email": "quantri@example.vn",
        "password": "hạt gạo làng ta", "chapter": {"name": "Hội Chữ thập đỏ Lào Cai", "kind": "province", "code": "15"}})
}

async fn import(admin: &crate::support::Actor, table: &str) -> Reply {
    admin
        .raw(Method::POST, "/organisations/imports", "text/csv", table)
        .await
}

const UNITS: &str = "code,kind,name,parent_code,latitude,longitude\n\
    15,province,Lào Cai,,22.34,104.15\n\
    02647,ward,Sa Pa,15,22.33,103.84\n";

#[actix_web::test]
async fn the_first_administrator_makes_the_chapter_and_brings_its_communes_in() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    assert_eq!(stranger.get("/setup").await.ok()["needed"], true);
    // Typed as it is read: in groups, in small letters.
    let mut code = setup_code(&app.app.keys).to_lowercase();
    code.insert(5, ' ');
    let made = stranger.post("/setup", wish(&code)).await.created();
    assert_eq!(stranger.get("/setup").await.ok()["needed"], false);

    let credentials = json!({"email": "quantri@example.vn", "password": "hạt gạo làng ta"});
    let tokens = stranger.post("/sign-ins", credentials).await.created();
    let person = made["person"].as_str().unwrap().parse().unwrap();
    let token = tokens["access_token"].as_str().unwrap().to_owned();
    let admin = crate::support::Actor::known(&app, person, token);
    let done = import(&admin, UNITS).await.ok();
    assert_eq!(done, json!({"added": 1, "changed": 1, "same": 0}));
    assert_eq!(import(&admin, UNITS).await.ok()["same"], 2);
    let chapter = made["organisation"].as_str().unwrap();
    let below = stranger
        .get(&format!("/organisations?within={chapter}&kind=commune"))
        .await;
    assert_eq!(below.ok()["items"][0]["name"], "Sa Pa");
    let held = admin.get("/me/grants").await.ok();
    assert_eq!(held["items"][0]["role"], "admin");
    assert_eq!(held["items"][0]["organisation"]["kind"], "national");
}

#[actix_web::test]
async fn only_who_reads_what_the_service_prints_can_begin_and_only_once() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    stranger
        .post("/setup", wish("AAAAAAAAAA"))
        .await
        .invalid(&["setup_code"]);
    let code = setup_code(&app.app.keys);
    let mut weak = wish(&code);
    weak["password"] = json!("12345678");
    weak["email"] = json!("nobody");
    weak["chapter"]["name"] = json!("");
    stranger
        .post("/setup", weak)
        .await
        .invalid(&["email", "password", "chapter.name"]);
    let both = [wish(&code), wish(&code)];
    let [first, second] = both.map(|wish| {
        let stranger = stranger.clone();
        async move { stranger.post("/setup", wish).await.status }
    });
    let mut answers: [u16; 2] = futures_util::future::join(first, second).await.into();
    answers.sort_unstable();
    assert_eq!(answers, [201, 409]);
    stranger
        .post("/setup", wish(&code))
        .await
        .refused("already-set-up");
}

#[actix_web::test]
async fn an_installation_with_roles_needs_no_beginning() {
    let app = TestApp::new().await;
    let body = app.body("national", "Việt Nam", None).await;
    app.admin(body).await;
    assert_eq!(app.stranger().get("/setup").await.ok()["needed"], false);
    let code = setup_code(&app.app.keys);
    app.stranger()
        .post("/setup", wish(&code))
        .await
        .refused("already-set-up");
}

#[actix_web::test]
async fn a_list_that_is_wrong_names_its_line_and_writes_nothing() {
    let app = TestApp::new().await;
    let nation = app.body("national", "Việt Nam", None).await;
    let admin = app.admin(nation).await;
    let wrong = format!("{UNITS}00001,village,Đâu Đó,15,1,2\n");
    let refused = import(&admin, &wrong).await.invalid(&["list"]);
    let said = refused["errors"][0]["message"].as_str().unwrap();
    assert!(said.contains("Dòng 4") && said.contains("kind"), "{said}");
    let found = app.stranger().get("/organisations?kind=commune").await.ok();
    assert_eq!(found["items"], json!([]));
    admin
        .raw(
            Method::POST,
            "/organisations/imports",
            "application/json",
            "{}",
        )
        .await
        .refused("unsupported-media-type");
    import(&admin, &"x".repeat(5 << 20))
        .await
        .refused("payload-too-large");
}

#[actix_web::test]
async fn only_an_administrator_of_the_whole_installation_brings_lists_in() {
    let app = TestApp::new().await;
    let nation = app.body("national", "Việt Nam", None).await;
    let province = app.body("province", "Cần Thơ", Some(nation)).await;
    let partial = app.staff("Ngô Quản Trị", Role::Admin, province).await;
    import(&partial, UNITS).await.refused("not-found");
    let coordinator = app.coordinator(nation).await;
    import(&coordinator, UNITS).await.refused("forbidden");
}
