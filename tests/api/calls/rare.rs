//! The rare path: stock first, the province at once, the nation on a coordinator's word, and the telephone beside it.
use super::{address, place, scene, scene_with};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use giothong::blood::BloodGroup;
use giothong::platform::clock::Moment;
use giothong::platform::db::schema::people;
use giothong::platform::http::Role;
use giothong::platform::id::{OrganisationId, PersonId};
use serde_json::{Value, json};

impl super::Scene {
    async fn blood_centre(&self) -> OrganisationId {
        let centre = self
            .app
            .body("blood_centre", "Viện Máu Minh Họa", Some(self.province))
            .await;
        place(&self.app, centre, (21.02, 105.79)).await;
        self.change(centre, json!({ "duty_phone": "024 3000 0001" }))
            .await;
        centre
    }

    /// Lets a donor stand by for a club, at night too or not.
    async fn stand_by(&self, donor: PersonId, nights: bool) {
        let club = self
            .app
            .body("club", "CLB Dự Bị", Some(self.province))
            .await;
        let standing = json!({ "clubs": [club], "max_km": 20, "nights": nights });
        let donor = self.app.signed_in(donor).await;
        donor.put("/me/reserve", standing).await.ok();
    }

    /// A donor far from the hospital, who lives in this commune.
    async fn far_donor(&self, name: &str, commune: OrganisationId, km: f64) -> PersonId {
        let person = self.donor_at(name, BloodGroup::ONegative, km).await;
        self.app
            .rows(move |conn| {
                diesel::update(people::table.find(person))
                    .set(people::commune.eq(Some(commune)))
                    .execute(conn)
            })
            .await;
        person
    }
}

fn steps(call: &Value) -> Vec<(String, bool)> {
    let steps = call["rare_steps"].as_array().unwrap().iter();
    steps
        .map(|step| {
            let name = step["step"].as_str().unwrap().to_owned();
            (name, step["done_at"].is_string())
        })
        .collect()
}

#[actix_web::test]
async fn a_night_with_four_o_negative_and_two_donors_in_reach() {
    let scene = scene_with(|settings| settings.notices.quiet_from = 21).await;
    let night: DateTime<Utc> = "2026-05-01T20:00:00Z".parse().unwrap();
    scene.app.forward(Moment::from(night) - scene.app.app.now());
    let centre = scene.blood_centre().await;
    let commune = scene
        .app
        .body("commune", "Ba Vì", Some(scene.province))
        .await;
    let elsewhere = scene.app.body("province", "Nghệ An", None).await;
    let vinh = scene.app.body("commune", "Vinh", Some(elsewhere)).await;
    let near = scene
        .donors(BloodGroup::ONegative, &["Gần Một", "Gần Hai"])
        .await;
    scene.stand_by(near[0], true).await;
    scene.far_donor("Cùng Tỉnh", commune, 55.0).await;
    scene.far_donor("Tỉnh Khác", vinh, 250.0).await;

    let call = scene
        .duty
        .post("/calls", scene.rare_need(4))
        .await
        .created();
    assert_eq!(
        (&call["path"], &call["state"]),
        (&json!("rare"), &json!("submitted"))
    );
    assert_eq!(
        call["stock"],
        json!({ "organisation": centre, "name": "Viện Máu Minh Họa", "phone": "+842430000001" })
    );
    assert_eq!(
        steps(&call),
        [
            ("stock", false),
            ("province", false),
            ("telephone", false),
            ("nation", false)
        ]
        .map(|(step, done)| (step.to_owned(), done))
    );
    let path = format!("/calls/{}", call["id"].as_str().unwrap());
    let list_path = format!("{path}/telephone-list");
    let list = scene.duty.get(&list_path).await.ok();
    let names = list["items"].as_array().unwrap().iter();
    let names: Vec<&Value> = names.map(|one| &one["given_name"]).collect();
    assert_eq!(
        names,
        [&json!("Một"), &json!("Hai"), &json!("Tỉnh")],
        "the telephone list waits for nobody, who stands by comes first"
    );
    let checked = json!({ "found_units": 1, "note": "Còn một đơn vị" });
    let checked = scene
        .duty
        .post(&format!("{path}/stock-checks"), checked)
        .await
        .created();
    assert!(steps(&checked)[0].1);
    let last = checked["history"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["act"], &last["amount"], &last["by"]),
        (&json!("stock_checked"), &json!(1), &json!("Phạm Trực Ban"))
    );

    scene.vouch(&path).await;
    scene.app.run_jobs().await;
    assert_eq!(
        scene.asked(),
        [address("Gần Một")],
        "at three only who allowed it is woken"
    );
    let asks = scene.duty.get(&format!("{path}/asks")).await.ok();
    assert_eq!(
        (&asks["counts"]["asked"], &asks["held_back"]),
        (
            &json!(3),
            &json!({ "asks": 2, "until": "2026-05-02T00:00:00Z" })
        ),
        "the others of the province are asked, and hear of it at seven"
    );
    assert_eq!(scene.call(&path).await["failing"], json!([]));
    let declined = json!({ "person": near[1], "outcome": "declines" });
    let ticks = format!("{path}/ticks");
    scene.coordinator.post(&ticks, declined).await.created();
    scene.app.forward(TimeDelta::minutes(239));
    scene.app.run_jobs().await;
    assert_eq!(scene.asked().len(), 1, "a minute before seven");
    scene.app.forward(TimeDelta::minutes(1));
    scene.app.run_jobs().await;
    let mut province = ["Gần Một", "Cùng Tỉnh"].map(address);
    province.sort();
    assert_eq!(
        scene.asked(),
        province,
        "all of the province, but who said no by telephone meanwhile"
    );
    let asks = scene.duty.get(&format!("{path}/asks")).await.ok();
    assert_eq!(asks["held_back"], json!({ "asks": 0, "until": null }));

    let waves = format!("{path}/waves");
    scene
        .duty
        .post(&waves, json!({ "scope": "nation" }))
        .await
        .refused("forbidden");
    let wider = scene
        .coordinator
        .post(&waves, json!({ "scope": "nation" }))
        .await
        .created();
    assert_eq!(wider["asked"], 1);
    scene.app.run_jobs().await;
    assert!(scene.asked().contains(&address("Tỉnh Khác")));
    let call = scene.call(&path).await;
    assert_eq!(call["scope"], "nation");
    assert!(steps(&call)[1].1 && steps(&call)[3].1);
    let asks = scene.coordinator.get(&format!("{path}/asks")).await.ok();
    let rings: Vec<&Value> = asks["rings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ring| &ring["ring"])
        .collect();
    assert_eq!(
        rings,
        [
            &json!("reserve"),
            &json!("near"),
            &json!("province"),
            &json!("nation")
        ]
    );
}

#[actix_web::test]
async fn who_would_hear_only_after_the_end_is_not_asked_at_night_and_stays_free() {
    let scene = scene_with(|settings| settings.notices.quiet_from = 21).await;
    let night: DateTime<Utc> = "2026-05-01T18:00:00Z".parse().unwrap();
    scene.app.forward(Moment::from(night) - scene.app.app.now());
    let names = ["Đêm Thức", "Đêm Ngủ"];
    let donors = scene.donors(BloodGroup::ONegative, &names).await;
    scene.stand_by(donors[0], true).await;
    scene.stand_by(donors[1], false).await;
    let mut need = scene.rare_need(1);
    need["needed_by"] = json!("2026-05-02T02:00:00Z");
    let path = scene.asking_for(need).await;
    assert_eq!(scene.asked(), [address("Đêm Thức")], "they come by seven");
    let asks = scene.coordinator.get(&format!("{path}/asks")).await.ok();
    assert_eq!(asks["counts"]["asked"], 1);
    assert_eq!(asks["held_back"]["asks"], 0);
    let list = format!("{path}/telephone-list");
    let list = scene.coordinator.get(&list).await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn an_ordinary_call_of_the_night_does_not_take_sleepers_for_unwilling() {
    let scene = scene_with(|settings| settings.notices.quiet_from = 21).await;
    let night: DateTime<Utc> = "2026-05-01T15:00:00Z".parse().unwrap();
    scene.app.forward(Moment::from(night) - scene.app.app.now());
    let names = super::names(40);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    scene.donors(BloodGroup::OPositive, &names).await;
    let mut need = scene.need(1);
    need["needed_by"] = json!("2026-05-02T05:00:00Z");
    let path = scene.asking_for(need).await;
    let asked = async || scene.call(&path).await["counts"]["asked"].as_i64().unwrap();
    let first = asked().await;
    assert!((1..20).contains(&first), "{first}");
    for _ in 0..16 {
        scene.app.forward(TimeDelta::minutes(30));
        scene.app.run_jobs().await;
    }
    assert_eq!(asked().await, first, "nobody more while they sleep");
    assert_eq!(scene.asked(), [""; 0]);
    scene.app.forward(TimeDelta::hours(1));
    scene.app.run_jobs().await;
    assert!(scene.asked().len() >= usize::try_from(first).unwrap());
}

#[actix_web::test]
async fn somebody_telephones_down_the_list_and_ticks_each_call_off() {
    let scene = scene().await;
    let club = scene
        .app
        .body("club", "CLB Máu Hiếm", Some(scene.province))
        .await;
    scene
        .change(club, json!({ "duty_phone": "0912 345 678" }))
        .await;
    let standby = scene.donor_at("Lê Dự Bị", BloodGroup::ONegative, 3.0).await;
    let other = scene.donor_at("Trần Gần", BloodGroup::ONegative, 1.0).await;
    let third = scene.donor_at("Vũ Vắng", BloodGroup::ONegative, 2.0).await;
    let standing = json!({ "clubs": [club], "max_km": 20, "nights": true });
    scene
        .app
        .signed_in(standby)
        .await
        .put("/me/reserve", standing)
        .await
        .ok();
    let path = scene.asking_for(scene.rare_need(2)).await;
    let list_path = format!("{path}/telephone-list");
    let list = scene.duty.get(&list_path).await.ok();
    assert_eq!(
        list["on_duty"],
        json!([{ "organisation": club, "name": "CLB Máu Hiếm", "phone": "+84912345678", "standing_by": 1 }])
    );
    let seen: Vec<(&str, &Value, &Value)> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["given_name"].as_str().unwrap(),
                &one["may_reveal"],
                &one["is_asked"],
            )
        })
        .collect();
    let (yes, no) = (json!(true), json!(false));
    assert_eq!(
        seen,
        [("Bị", &yes, &yes), ("Gần", &no, &yes), ("Vắng", &no, &yes)],
        "who stands by comes first, and only their number is for the hospital"
    );
    let reveals = format!("{path}/contact-reveals");
    let look = |person| json!({ "person": person, "reason": "Gọi cho ca hiếm" });
    scene.duty.post(&reveals, look(standby)).await.ok();
    scene
        .duty
        .post(&reveals, look(other))
        .await
        .refused("donor-did-not-accept");
    scene.coordinator.post(&reveals, look(other)).await.ok();

    let ticks = format!("{path}/ticks");
    let tick = |person, outcome| json!({ "person": person, "outcome": outcome });
    let came = scene
        .duty
        .post(&ticks, tick(standby, "comes"))
        .await
        .created();
    assert_eq!(came["answer"], "yes");
    let away = scene
        .coordinator
        .post(&ticks, tick(third, "no_answer"))
        .await
        .created();
    assert_eq!(away["answer"], Value::Null);
    scene
        .coordinator
        .post(&ticks, tick(other, "declines"))
        .await
        .created();
    scene
        .duty
        .post(&ticks, tick(scene.duty.id(), "comes"))
        .await
        .refused("not-found");
    let call = scene.call(&path).await;
    assert_eq!(
        (&call["counts"]["yes"], &call["counts"]["no"]),
        (&json!(1), &json!(1))
    );
    assert!(steps(&call)[2].1);
    let list = scene.coordinator.get(&list_path).await.ok();
    let vang = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["given_name"] == "Vắng");
    let vang = &vang.unwrap()["ticks"][0];
    assert_eq!(
        (&vang["outcome"], &vang["by"]),
        (&json!("no_answer"), &json!("Trần Thị Điều Phối"))
    );
}

#[actix_web::test]
async fn what_is_said_on_the_telephone_before_anybody_vouched_counts_once_somebody_does() {
    let scene = scene().await;
    let names = ["Lê Đến Ngay", "Trần Không Đến", "Vũ Không Nghe"];
    let donors = scene.donors(BloodGroup::ONegative, &names).await;
    let path = scene.posted(scene.rare_need(2)).await;
    let ticks = format!("{path}/ticks");
    for (donor, outcome) in donors.iter().zip(["comes", "declines", "no_answer"]) {
        let tick = json!({ "person": donor, "outcome": outcome });
        let noted = scene.duty.post(&ticks, tick).await.created();
        assert_eq!(noted["answer"], Value::Null, "it waits: {outcome}");
    }
    let stranger = json!({ "person": scene.duty.id(), "outcome": "comes" });
    scene.duty.post(&ticks, stranger).await.refused("not-found");
    let list_path = format!("{path}/telephone-list");
    let before = scene.duty.get(&list_path).await.ok();
    for one in before["items"].as_array().unwrap() {
        assert_eq!(one["is_asked"], false, "{one}");
        assert_eq!(one["ticks"].as_array().unwrap().len(), 1, "{one}");
    }

    scene.vouch(&path).await;
    scene.app.run_jobs().await;
    let call = scene.call(&path).await;
    assert_eq!(
        (&call["counts"]["yes"], &call["counts"]["no"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        scene.asked(),
        [address("Vũ Không Nghe")],
        "who was not reached is asked by message, nobody else"
    );
}

#[actix_web::test]
async fn who_was_not_asked_by_message_can_still_be_asked_by_telephone() {
    let scene = scene().await;
    let resting = scene
        .donor_at("Đang Nghỉ", BloodGroup::ONegative, 1.0)
        .await;
    let first = scene.asking_for(scene.rare_need(1)).await;
    scene
        .duty
        .put(&format!("{first}/state"), json!({ "state": "cancelled" }))
        .await
        .ok();
    scene.app.forward(TimeDelta::hours(1));
    let path = scene.asking_for(scene.rare_need(1)).await;
    assert_eq!(scene.asked().len(), 1, "they were asked an hour ago");
    let list = scene
        .coordinator
        .get(&format!("{path}/telephone-list"))
        .await
        .ok();
    assert_eq!(list["items"][0]["is_asked"], false);
    let tick = json!({ "person": resting, "outcome": "comes" });
    scene
        .coordinator
        .post(&format!("{path}/ticks"), tick)
        .await
        .created();
    assert_eq!(scene.call(&path).await["state"], "filled");
    let review = scene.coordinator.get(&format!("{path}/review")).await.ok();
    assert_eq!(review["rings"][0]["ring"], "telephone");
}

#[actix_web::test]
async fn a_group_that_is_not_rare_here_has_no_telephone_list() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &super::FIVE).await;
    let path = scene.asking(1).await;
    let call = scene.call(&path).await;
    assert_eq!(
        (&call["path"], &call["rare_steps"]),
        (&json!("ordinary"), &json!([]))
    );
    scene
        .coordinator
        .get(&format!("{path}/telephone-list"))
        .await
        .refused("call-not-rare");
    // Two units more, and five donors are too few for three times the need.
    let call = scene.duty.post("/calls", scene.need(2)).await.created();
    assert_eq!(call["path"], "rare");
    let other = scene
        .app
        .staff("Người Nơi Khác", Role::Coordinator, scene.hospital)
        .await;
    other
        .get(&format!("{path}/telephone-list"))
        .await
        .refused("call-not-rare");
}

#[actix_web::test]
async fn rh_negative_is_never_widened_whatever_the_hospital_allows() {
    let scene = scene().await;
    scene.donors(BloodGroup::APositive, &["Dương Tính"]).await;
    scene.donors(BloodGroup::OPositive, &["Cho Chung"]).await;
    scene.donors(BloodGroup::ONegative, &["Âm Tính"]).await;
    let mut need = scene.need(1);
    need["blood_group"] = json!("A-");
    need["accept_compatible"] = json!(true);
    scene.asking_for(need).await;
    assert_eq!(scene.asked(), [address("Âm Tính")]);
}
