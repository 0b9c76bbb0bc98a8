//! The demonstration: what `make run` shows, played on a still clock so that it is the same every time.
use crate::support::{Actor, TestApp};
use giothong::demo;
use serde_json::{Value, json};

/// The demonstration as loaded on the day of the tests.
async fn played() -> TestApp {
    let app = TestApp::new().await;
    let today = app.app.now();
    app.app.clock.forward(-demo::PAST);
    let accounts = demo::load(app.app.clone(), today, |_| {}).await.unwrap();
    assert_eq!(accounts.len(), 9);
    app
}

async fn signed_in(app: &TestApp, mailbox: &str) -> Actor {
    let email = format!("{mailbox}@giothong.example");
    let account = json!({ "email": email, "password": "giot-hong-minh-hoa" });
    let signed = app.stranger().post("/sign-ins", account).await.created();
    app.stranger().with(
        "authorization",
        &format!("Bearer {}", signed["access_token"].as_str().unwrap()),
    )
}

async fn items(who: &Actor, path: &str) -> Vec<Value> {
    who.get(path).await.ok()["items"]
        .as_array()
        .unwrap()
        .clone()
}

async fn body(who: &Actor, name: &str) -> String {
    let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let found = items(who, &format!("/organisations?q={name}&limit=1")).await;
    found[0]["id"].as_str().unwrap().to_owned()
}

async fn official(who: &Actor, scope: &str) -> impl Fn(&str) -> String + use<> {
    let totals = who.get(&format!("/totals?{scope}")).await.ok();
    move |slug: &str| {
        let mut lines = totals["total"]["indicators"].as_array().unwrap().iter();
        let line = lines.find(|line| line["indicator"] == slug).unwrap();
        let percent = line["targets"][0]["percent_text"].as_str().unwrap_or("");
        let text = line["official"]["text"].as_str().unwrap();
        format!("{text} {percent}").trim().to_owned()
    }
}

#[actix_web::test]
async fn the_demonstration_says_what_it_is_and_is_the_same_every_time() {
    let app = played().await;
    let front = app.stranger().get("//").await.text();
    assert!(front.contains("số liệu minh họa"), "{front}");
    assert!(front.contains("<dt>người hiến máu</dt><dd>2.001<"));

    let stranger = app.stranger();
    let drives = items(&stranger, "/drives").await;
    let left: Vec<i64> = drives
        .iter()
        .map(|drive| drive["places_left"].as_i64().unwrap())
        .collect();
    assert_eq!(left, LEFT);
    assert!(drives.iter().all(|drive| {
        let said = [&drive["name"], &drive["organiser"]["name"]];
        said.iter()
            .any(|name| name.as_str().unwrap().contains("minh họa"))
    }));

    let coordinator = signed_in(&app, "dieuphoi").await;
    let province = body(&coordinator, "Tỉnh Minh Họa").await;
    let year = format!("organisation={province}&from=2026-01-01&to=2026-12-31");
    let totals = coordinator.get(&format!("/totals?{year}")).await.ok();
    let recorded = &totals["total"]["recorded"];
    let sums = ["drives", "registered", "attended", "collected"].map(|sum| recorded[sum].as_f64());
    assert_eq!(sums, SUMS.map(Some));
    let looked = items(&coordinator, "/reminders/preview?limit=200").await;
    let named = |one: &&Value| one["is_reminded"] == true && one["name"].is_string();
    assert!(looked.iter().filter(named).count() > 10, "{looked:?}");
    assert!(looked.iter().any(|one| one["reason"] == "no_consent"));

    // A lead of the demonstration has somebody to call on, and does not see everybody.
    let lead = signed_in(&app, "caulacbo").await;
    let me = lead.get("/me").await.ok();
    let club = me["roles"][0]["organisation"].as_str().unwrap();
    let members = items(&lead, &format!("/organisations/{club}/members?limit=200")).await;
    let seen = |may: Value| members.iter().filter(|one| one["may_give"] == may).count();
    let seen = [json!(true), json!(false), json!(null)].map(seen);
    assert_eq!(seen, SEEN);
    let reserve = items(&lead, &format!("/organisations/{club}/reserve/members")).await;
    assert!(reserve.len() > 20 && reserve.iter().any(|one| one["tested_on"].is_string()));

    let calls = items(&signed_in(&app, "benhvien").await, "/calls").await;
    let states: Vec<&Value> = calls.iter().map(|call| &call["state"]).collect();
    assert_eq!(states, ["asking", "filled"]);
    let past = format!("/calls/{}/review", calls[1]["id"].as_str().unwrap());
    let past = coordinator.get(&past).await.ok();
    let minutes = ["verify", "first_yes", "filled"].map(|step| &past[format!("minutes_to_{step}")]);
    assert_eq!(minutes, [6, 17, 31]);
    let donor = signed_in(&app, "nguoihien").await;
    let reserve = donor.get("/me/reserve").await.ok();
    assert_eq!(reserve["clubs"].as_array().unwrap().len(), 1);
    assert_eq!(items(&donor, "/me/donations").await.len(), 3);

    // What chapters really published, whole, and nothing invented beside it.
    let nation = signed_in(&app, "trunguong").await;
    let lao_cai = body(&nation, "tỉnh Lào Cai").await;
    let half = official(
        &nation,
        &format!("organisation={lao_cai}&from=2022-01-01&to=2022-06-30"),
    )
    .await;
    assert_eq!(half("drives"), "6");
    assert_eq!(half("units_planned"), "gần 2.900");
    assert_eq!(half("units_emergency"), "gần 140");
    let soc_trang = body(&nation, "tỉnh Sóc Trăng").await;
    let years = official(
        &nation,
        &format!("organisation={soc_trang}&from=2015-01-01&to=2020-06-19"),
    )
    .await;
    assert_eq!(years("units"), "49.546");
    let district = body(&nation, "quận Nam Từ Liêm").await;
    let year = official(
        &nation,
        &format!("organisation={district}&from=2024-01-01&to=2024-12-31"),
    )
    .await;
    assert_eq!(year("units"), "3.858 227 %");
    let cluster = items(&nation, "/clusters").await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let months = official(
        &nation,
        &format!("cluster={cluster}&from=2024-01-01&to=2024-10-31"),
    )
    .await;
    assert_eq!(months("units"), "6.727");
}

/// Places left on each drive that is open, in the order of the list.
const LEFT: [i64; 8] = [49, 588, 12, 100, 70, 140, 120, 160];
/// Members on the first page of the lead's list who may give, not yet, and do not say.
const SEEN: [usize; 3] = [119, 29, 52];
/// Drives, registered, attended, collected of the year.
const SUMS: [f64; 4] = [4.0, 562.0, 147.0, 139.0];
