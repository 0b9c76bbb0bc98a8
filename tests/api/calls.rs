//! Emergency calls: posted, vouched for, asked in waves, answered with one tap, and over by themselves.
use crate::support::{Actor, Ready, Reply, TestApp};
use actix_web::http::Method;
use chrono::TimeDelta;
use diesel::prelude::*;
use futures_util::future::join_all;
use giothong::blood::BloodGroup;
use giothong::platform::db::schema::organisations;
use giothong::platform::http::Role;
use giothong::platform::id::OrganisationId;
use serde_json::{Value, json};

/// A province with a hospital in the middle of Hà Nội, somebody on duty there, and a coordinator above.
struct Scene {
    app: TestApp,
    hospital: OrganisationId,
    duty: Actor,
    coordinator: Actor,
}

async fn scene() -> Scene {
    let app = TestApp::new().await;
    let province = app.body("province", "Hà Nội", None).await;
    let hospital = app
        .body("hospital", "Bệnh viện Minh Họa", Some(province))
        .await;
    place(&app, hospital, (21.03, 105.85)).await;
    let duty = app.staff("Phạm Trực Ban", Role::Hospital, hospital).await;
    let coordinator = app.coordinator(province).await;
    Scene {
        app,
        hospital,
        duty,
        coordinator,
    }
}

async fn place(app: &TestApp, body: OrganisationId, (latitude, longitude): (f64, f64)) {
    app.rows(move |conn| {
        diesel::update(organisations::table.find(body))
            .set((
                organisations::latitude.eq(Some(latitude)),
                organisations::longitude.eq(Some(longitude)),
            ))
            .execute(conn)
    })
    .await;
}

impl Scene {
    fn need(&self, units: i32) -> Value {
        json!({
            "hospital": self.hospital, "blood_group": "O-", "component": "red_cells", "units": units,
            "needed_by": (*self.app.app.now() + TimeDelta::hours(9)).to_rfc3339(), "accept_compatible": false,
        })
    }

    async fn asking(&self, units: i32) -> String {
        let call = self.duty.post("/calls", self.need(units)).await.created();
        let path = format!("/calls/{}", call["id"].as_str().unwrap());
        let verified = self
            .coordinator
            .post(&format!("{path}/verification"), json!({ "accept": true }))
            .await
            .ok();
        assert_eq!(verified["state"], "asking");
        self.app.run_jobs().await;
        path
    }

    async fn donors(&self, group: BloodGroup, names: &[&str]) {
        for name in names {
            self.app.ready_donor(name, Ready::of(group)).await;
        }
    }

    /// The tokens of the links that were mailed, by address.
    fn links(&self) -> Vec<(String, String)> {
        let mails = self.app.mails().into_iter();
        mails
            .filter_map(|mail| {
                let token = mail
                    .text
                    .split("/a/")
                    .nth(1)?
                    .split_whitespace()
                    .next()?
                    .to_owned();
                Some((mail.to, token))
            })
            .collect()
    }

    /// Who reads mail at this address, signed in.
    async fn called(&self, email: &str) -> Actor {
        let lookup = self.app.app.keys.lookup("email", email);
        let find = move |conn: &mut _| giothong::people::contacts::with_lookup(conn, &lookup);
        let person = self.app.rows(find).await[0];
        self.app.signed_in(person).await
    }

    async fn say(&self, token: &str, answer: &str) -> Reply {
        self.app
            .stranger()
            .post(&format!("/answers/{token}"), json!({ "answer": answer }))
            .await
    }
}

const FIVE: [&str; 5] = ["Nguyễn An", "Lê Bình", "Trần Chi", "Vũ Dung", "Đỗ Em"];

#[actix_web::test]
async fn a_call_is_vouched_for_asked_answered_and_closes_itself() {
    let scene = scene().await;
    scene.donors(BloodGroup::ONegative, &FIVE).await;
    scene
        .donors(BloodGroup::OPositive, &["Người Khác Nhóm"])
        .await;
    let path = scene.asking(2).await;
    let links = scene.links();
    assert_eq!(
        links.len(),
        5,
        "the five with the patient's own group, nobody else"
    );
    let mail = &scene.app.mails_to(&links[0].0)[0];
    assert!(
        !mail.text.contains("O-") && !mail.text.contains("O−"),
        "the ask never names a group"
    );

    let first = scene.say(&links[0].1, "yes").await.ok();
    assert_eq!(
        (first["answer"].as_str(), first["state"].as_str()),
        (Some("yes"), Some("asking"))
    );
    let second = scene.say(&links[1].1, "yes").await.ok();
    assert_eq!(second["state"], "filled");
    let late = scene.say(&links[2].1, "yes").await.ok();
    assert_eq!(late["answer"], "late");

    scene.app.run_jobs().await;
    for (address, _) in &links[2..] {
        let last = scene.app.mails_to(address).pop().unwrap();
        assert!(last.subject.contains("đã đủ người"), "{}", last.subject);
    }
    let told = scene.app.mails_to(&links[0].0);
    let stays = told.iter().any(|mail| mail.subject.contains("đã đủ người"));
    assert!(!stays, "who comes is not told to stay at home");
    let asks = scene.duty.get(&format!("{path}/asks")).await.ok();
    assert_eq!(asks["counts"]["yes"], 2);
    assert_eq!(asks["coming"].as_array().unwrap().len(), 2);
    let public = scene
        .app
        .stranger()
        .get(&format!("/public{path}"))
        .await
        .ok();
    assert_eq!(
        (public["state"].as_str(), public["units_missing"].as_i64()),
        (Some("filled"), Some(0))
    );
}

#[actix_web::test]
async fn twenty_say_yes_at_once_for_four_units_and_four_places_are_held() {
    let scene = scene().await;
    let names: Vec<String> = (0..16)
        .map(|n| {
            format!(
                "Người Thứ {}",
                ["Một", "Hai", "Ba", "Tư"][n / 4].to_owned() + &"a".repeat(n % 4 + 1)
            )
        })
        .collect();
    scene
        .donors(
            BloodGroup::ONegative,
            &names.iter().map(String::as_str).collect::<Vec<_>>(),
        )
        .await;
    let path = scene.asking(4).await;
    let links = scene.links();
    assert_eq!(links.len(), 16);
    let said = join_all(links.iter().map(|(_, token)| scene.say(token, "yes"))).await;
    let count = |word: &str| {
        said.iter()
            .filter(|reply| reply.body["answer"] == word)
            .count()
    };
    assert_eq!((count("yes"), count("late")), (4, 12));
    let call = scene.duty.get(&path).await.ok();
    assert_eq!(
        (call["state"].as_str(), call["missing"].as_i64()),
        (Some("filled"), Some(0))
    );
}

#[actix_web::test]
async fn a_yes_taken_back_opens_the_call_again() {
    let scene = scene().await;
    scene.donors(BloodGroup::ONegative, &FIVE).await;
    let path = scene.asking(1).await;
    let links = scene.links();
    assert_eq!(scene.say(&links[0].1, "yes").await.ok()["state"], "filled");
    let back = scene
        .app
        .stranger()
        .put(
            &format!("/answers/{}", links[0].1),
            json!({ "answer": "no" }),
        )
        .await
        .ok();
    assert_eq!(
        (back["answer"].as_str(), back["state"].as_str()),
        (Some("no"), Some("asking"))
    );
    assert_eq!(scene.say(&links[1].1, "yes").await.ok()["state"], "filled");
    let states: Vec<String> = scene.duty.get(&path).await.ok()["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["state"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        states,
        [
            "submitted",
            "verified",
            "asking",
            "filled",
            "asking",
            "filled"
        ]
    );
}

#[actix_web::test]
async fn who_leaves_for_good_says_no_to_every_call_and_somebody_else_is_asked() {
    let scene = scene().await;
    scene.donors(BloodGroup::ONegative, &FIVE).await;
    let path = scene.asking(1).await;
    let links = scene.links();
    let (said_yes, silent) = (&links[0], &links[1]);
    assert_eq!(scene.say(&said_yes.1, "yes").await.ok()["state"], "filled");
    for (email, _) in [said_yes, silent] {
        let leaving = scene.called(email).await;
        leaving.delete("/me").await.expect(204);
    }
    let call = scene.duty.get(&path).await.ok();
    assert_eq!(
        (&call["state"], &call["missing"], &call["counts"]["no"]),
        (&json!("asking"), &json!(1), &json!(2)),
        "{call}"
    );
    scene.say(&silent.1, "yes").await.refused("not-found");
    assert_eq!(scene.say(&links[2].1, "yes").await.ok()["state"], "filled");
}

#[actix_web::test]
async fn the_next_wave_asks_others_and_nobody_twice() {
    let scene = scene().await;
    scene.donors(BloodGroup::ONegative, &FIVE).await;
    scene.asking(1).await;
    assert_eq!(scene.links().len(), 4);
    scene.app.forward(TimeDelta::minutes(31));
    scene.app.run_jobs().await;
    let mut addresses: Vec<String> = scene
        .links()
        .into_iter()
        .map(|(address, _)| address)
        .collect();
    addresses.sort();
    addresses.dedup();
    assert_eq!((scene.links().len(), addresses.len()), (5, 5));
}

#[actix_web::test]
async fn a_call_nobody_filled_ends_by_itself_and_says_so() {
    let scene = scene().await;
    scene.donors(BloodGroup::ONegative, &FIVE[..1]).await;
    let path = scene.asking(3).await;
    let (address, token) = scene.links().remove(0);
    scene.app.forward(TimeDelta::hours(10));
    scene.app.run_jobs().await;
    assert_eq!(scene.duty.get(&path).await.ok()["state"], "expired");
    scene.say(&token, "yes").await.refused("call-over");
    // What would come after the need is over is not sent any more.
    assert_eq!(scene.app.mails_to(&address).len(), 1);
}

#[actix_web::test]
async fn a_call_taken_back_frees_its_places_and_tells_everyone() {
    let scene = scene().await;
    scene.donors(BloodGroup::ONegative, &FIVE[..2]).await;
    let path = scene.asking(2).await;
    let links = scene.links();
    scene.say(&links[0].1, "yes").await.ok();
    let state = scene
        .duty
        .put(
            &format!("{path}/state"),
            json!({ "state": "cancelled", "note": "Đã có máu" }),
        )
        .await
        .ok();
    assert_eq!(state["state"], "cancelled");
    scene.app.run_jobs().await;
    for (address, _) in &links {
        assert!(
            scene
                .app
                .mails_to(address)
                .pop()
                .unwrap()
                .subject
                .contains("rút lại")
        );
    }
    scene
        .duty
        .put(&format!("{path}/state"), json!({ "state": "cancelled" }))
        .await
        .refused("call-step-not-possible");
    scene.say(&links[1].1, "yes").await.refused("call-over");
}

#[actix_web::test]
async fn what_cannot_be_asked_for_is_refused_with_its_fields() {
    let scene = scene().await;
    let post = async |change: &str, value: Value| {
        let mut need = scene.need(4);
        need[change] = value;
        scene.duty.post("/calls", need).await
    };
    post("units", json!(0)).await.invalid(&["units"]);
    post("units", json!(500)).await.invalid(&["units"]);
    post("needed_by", json!("2020-01-01T00:00:00Z"))
        .await
        .invalid(&["needed_by"]);
    post("needed_by", json!("2030-01-01T00:00:00Z"))
        .await
        .invalid(&["needed_by"]);
    post("blood_group", json!("C+"))
        .await
        .invalid(&["blood_group"]);
    post("hospital", json!("01890000-0000-7000-8000-000000000000"))
        .await
        .refused("not-found");
    let other = scene.app.body("hospital", "Bệnh viện Khác", None).await;
    post("hospital", json!(other)).await.refused("not-found");
    let nowhere = scene
        .app
        .body("hospital", "Cơ sở chưa có tọa độ", None)
        .await;
    post("give_at", json!(nowhere))
        .await
        .refused("place-not-on-the-map");
}

#[actix_web::test]
async fn links_are_ours_or_nothing_and_opening_one_never_answers() {
    let scene = scene().await;
    scene.donors(BloodGroup::ONegative, &FIVE[..1]).await;
    let path = scene.asking(1).await;
    let (_, token) = scene.links().remove(0);
    let stranger = scene.app.stranger();
    stranger
        .get("/answers/forged.token")
        .await
        .refused("link-not-ours");
    stranger
        .post("/answers/forged.token", json!({ "answer": "yes" }))
        .await
        .refused("link-not-ours");
    let page = stranger.get(&format!("//a/{token}")).await;
    assert!(page.status == 200 && page.text().contains("Tôi sẽ đến"));
    assert_eq!(
        stranger.get(&format!("/answers/{token}")).await.ok()["answer"],
        Value::Null
    );
    let pressed = stranger
        .raw(
            Method::POST,
            &format!("//a/{token}"),
            "application/x-www-form-urlencoded",
            "answer=yes",
        )
        .await;
    assert!(
        pressed.status == 200 && pressed.text().contains("Chỗ của bạn đã được giữ"),
        "{}",
        pressed.text()
    );
    let public = stranger
        .get(&format!("//c/{}", path.trim_start_matches("/calls/")))
        .await;
    assert!(public.text().contains("Đã đủ người hiến"));
    assert!(
        stranger
            .get("//a/forged")
            .await
            .text()
            .contains("không còn dùng được")
    );
}

#[actix_web::test]
async fn what_nobody_vouched_for_is_not_public_and_a_refusal_ends_it() {
    let scene = scene().await;
    let call = scene.duty.post("/calls", scene.need(1)).await.created();
    let path = format!("/calls/{}", call["id"].as_str().unwrap());
    scene
        .app
        .stranger()
        .get(&format!("/public{path}"))
        .await
        .refused("not-found");
    scene
        .coordinator
        .post(&format!("{path}/waves"), json!({}))
        .await
        .refused("call-nothing-missing");
    scene
        .duty
        .post(&format!("{path}/verification"), json!({ "accept": true }))
        .await
        .refused("forbidden");
    let elsewhere = scene.app.body("province", "Nơi Khác", None).await;
    let other = scene
        .app
        .staff("Người Nơi Khác", Role::Coordinator, elsewhere)
        .await;
    other
        .post(&format!("{path}/verification"), json!({ "accept": true }))
        .await
        .refused("not-found");
    other.get(&path).await.refused("not-found");
    let refused = scene
        .coordinator
        .post(
            &format!("{path}/verification"),
            json!({ "accept": false, "note": "Không liên lạc được" }),
        )
        .await
        .ok();
    assert_eq!(refused["state"], "cancelled");
    scene
        .coordinator
        .post(&format!("{path}/verification"), json!({ "accept": true }))
        .await
        .refused("call-step-not-possible");
}

#[actix_web::test]
async fn a_trusted_hospital_asks_at_once_and_the_list_shows_its_calls() {
    let scene = scene().await;
    let hospital = scene.hospital;
    scene
        .app
        .rows(move |conn| {
            diesel::update(organisations::table.find(hospital))
                .set(organisations::is_trusted.eq(true))
                .execute(conn)
        })
        .await;
    scene.donors(BloodGroup::ONegative, &FIVE[..1]).await;
    let once = scene.duty.key("k1");
    let call = once.post("/calls", scene.need(1)).await.created();
    assert_eq!(call["state"], "asking");
    assert_eq!(
        once.post("/calls", scene.need(1)).await.created()["id"],
        call["id"],
        "sent twice, posted once"
    );
    scene.app.run_jobs().await;
    assert_eq!(scene.links().len(), 1);
    let list = scene.coordinator.get("/calls").await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn with_the_mail_server_down_nobody_is_forgotten_and_nobody_asked_twice() {
    let scene = scene().await;
    scene.donors(BloodGroup::ONegative, &FIVE).await;
    scene.app.app.mailer.fail_next(5);
    scene.asking(2).await;
    assert!(scene.links().is_empty());
    scene.app.forward(TimeDelta::minutes(5));
    scene.app.run_jobs().await;
    assert_eq!(scene.links().len(), 5);
}
