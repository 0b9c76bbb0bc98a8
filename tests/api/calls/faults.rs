//! What breaks while a call asks: nobody is forgotten, nobody asked twice, and the call says what fails.
use super::{FIVE, Scene, five_asked, scene, scene_with};
use crate::notices::channels::Browser;
use crate::notices::contact;
use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use giothong::blood::BloodGroup;
use giothong::platform::config::{Settings, Template};
use giothong::platform::db::Conn;
use serde_json::{Value, json};

fn say(conn: &mut Conn, statement: &str) -> diesel::QueryResult<()> {
    match conn {
        Conn::Postgres(conn) => conn.batch_execute(statement),
        Conn::Sqlite(conn) => conn.batch_execute(statement),
    }
}

fn with_gateway(settings: &mut Settings) {
    "https://sms.example.vn/send".clone_into(&mut settings.gateway.url);
    let template = Template {
        id: "T-ask".to_owned(),
        price: 400,
    };
    let templates = &mut settings.gateway.templates;
    templates.insert("call-ask".to_owned(), template);
}

impl Scene {
    /// Three donors: one with a browser and a mail address, one with a number and a mail address, one with mail alone.
    async fn three_ways(&self) {
        let donors = self.donors(BloodGroup::OPositive, &FIVE[..3]).await;
        Browser::new(1)
            .subscribe(&self.app.signed_in(donors[0]).await)
            .await;
        contact(&self.app, donors[1], "phone", "+84912345678").await;
    }

    /// The channels that fail, each with how many asks wait, are lost, and went another way.
    async fn failing(&self, path: &str) -> Vec<(String, [i64; 3])> {
        let call = self.call(path).await;
        let failing = call["failing"].as_array().unwrap().iter();
        failing
            .inspect(|one| assert!(one["error"].is_string() && one["since"].is_string()))
            .map(|one| {
                let numbers = ["waiting", "dead", "rerouted"];
                let numbers = numbers.map(|number| one[number].as_i64().unwrap());
                (one["channel"].as_str().unwrap().to_owned(), numbers)
            })
            .collect()
    }
}

fn fails(channel: &str, numbers: [i64; 3]) -> (String, [i64; 3]) {
    (channel.to_owned(), numbers)
}

#[actix_web::test]
async fn with_the_mail_server_down_nobody_is_forgotten_and_the_call_says_which_channel_fails() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    scene.app.app.mailer.fail_next(4);
    let path = scene.asking(1).await;
    assert!(scene.links().is_empty());
    assert_eq!(scene.failing(&path).await, [fails("mail", [4, 0, 0])]);
    scene.app.forward(TimeDelta::minutes(5));
    scene.app.run_jobs().await;
    assert_eq!(scene.links().len(), 4);
    assert!(scene.failing(&path).await.is_empty());
}

#[actix_web::test]
async fn with_the_mail_server_down_browsers_and_numbers_are_still_asked() {
    let scene = scene_with(with_gateway).await;
    scene.three_ways().await;
    scene.app.app.mailer.fail_next(99);
    let path = scene.asking(1).await;
    let posted = scene.app.app.net.posted();
    let mut hosts: Vec<&str> = posted
        .iter()
        .map(|posted| posted.url.split('/').nth(2).unwrap())
        .collect();
    hosts.sort_unstable();
    assert_eq!(hosts, ["push.example.vn", "sms.example.vn"]);
    assert!(scene.links().is_empty());
    assert_eq!(scene.failing(&path).await, [fails("mail", [1, 0, 0])]);
    assert_eq!(
        scene.coordinator.get(&path).await.ok()["failing"],
        scene.call(&path).await["failing"],
        "the coordinator sees it as the hospital does"
    );
    for _ in 0..20 {
        scene.app.forward(TimeDelta::minutes(10));
        scene.app.run_jobs().await;
    }
    assert_eq!(scene.failing(&path).await, [fails("mail", [0, 1, 0])]);
}

#[actix_web::test]
async fn every_other_channel_that_fails_is_named_too_and_its_asks_go_another_way() {
    let scene = scene_with(with_gateway).await;
    scene.three_ways().await;
    // Both services refuse us for good: whichever of the two asks comes first.
    scene.app.app.net.answer_next(403, None);
    scene.app.app.net.answer_next(403, None);
    let path = scene.asking(1).await;
    assert_eq!(scene.links().len(), 3, "all went by mail");
    assert_eq!(
        scene.failing(&path).await,
        [fails("push", [0, 0, 1]), fails("gateway", [0, 0, 1])]
    );
}

#[actix_web::test]
async fn a_wave_that_breaks_off_has_asked_nobody_and_goes_out_once() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    let path = scene.verified(scene.need(1)).await;
    // Messages are the last thing a wave writes: without their table it breaks off with everything else done.
    let away = "ALTER TABLE notices RENAME TO notices_away";
    scene.app.rows(move |conn| say(conn, away)).await;
    let jobs = giothong::app::jobs();
    giothong::platform::jobs::run_due(&scene.app.app, &jobs)
        .await
        .unwrap();
    let back = "ALTER TABLE notices_away RENAME TO notices";
    scene.app.rows(move |conn| say(conn, back)).await;
    let asks = scene
        .coordinator
        .get(&format!("{path}/asks?explain=true"))
        .await
        .ok();
    assert_eq!(
        (&asks["counts"]["asked"], &asks["left_out"]["may_be_asked"]),
        (&json!(0), &json!(5)),
        "nobody was asked, nobody rests: {asks}"
    );
    scene.app.forward(TimeDelta::minutes(2));
    scene.app.run_jobs().await;
    let mut asked = scene.asked();
    asked.dedup();
    assert_eq!((asked.len(), scene.links().len()), (4, 4));
    assert_eq!(scene.call(&path).await["counts"]["waves"], 1);
}

#[actix_web::test]
async fn a_coordinator_holds_the_asking_up_and_lets_it_go_on() {
    let (scene, path) = five_asked(1).await;
    let pause = format!("{path}/pause");
    scene
        .duty
        .put(&pause, json!({ "paused": true }))
        .await
        .refused("forbidden");
    let held = scene
        .coordinator
        .put(&pause, json!({ "paused": true }))
        .await
        .ok();
    assert!(held["paused_at"].is_string() && held["next_wave_at"] == Value::Null);
    scene.app.forward(TimeDelta::minutes(61));
    scene.app.run_jobs().await;
    assert_eq!(scene.links().len(), 4, "nobody more is asked");
    let waves = format!("{path}/waves");
    scene
        .coordinator
        .post(&waves, json!({}))
        .await
        .refused("call-paused");
    let on = scene
        .coordinator
        .put(&pause, json!({ "paused": false }))
        .await
        .ok();
    assert_eq!(on["paused_at"], Value::Null);
    scene.app.run_jobs().await;
    assert_eq!(scene.links().len(), 5);
    let acts: Vec<Value> = scene.call(&path).await["history"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["act"] != "moved")
        .map(|step| step["act"].clone())
        .collect();
    assert_eq!(acts, [json!("told"), json!("paused"), json!("resumed")]);
}

#[actix_web::test]
async fn a_call_opened_again_does_not_ask_at_twice_the_pace() {
    let scene = scene().await;
    let names = super::names(14);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    scene.donors(BloodGroup::OPositive, &names).await;
    let path = scene.asking(1).await;
    let links = scene.links();
    scene.say(&links[0].1, "yes").await.ok();
    scene.say(&links[0].1, "no").await.ok();
    scene.app.run_jobs().await;
    assert_eq!(
        scene.links().len(),
        5,
        "opened again, one is asked in place of who said no"
    );
    scene.app.forward(TimeDelta::minutes(31));
    scene.app.run_jobs().await;
    assert_eq!(scene.links().len(), 8, "and then one wave, not two");
    assert_eq!(scene.call(&path).await["counts"]["waves"], 3);
}
