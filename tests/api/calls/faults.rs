//! What breaks while a call asks: nobody is forgotten, nobody asked twice, and the call says what fails.
use super::{FIVE, scene};
use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use giothong::blood::BloodGroup;
use giothong::platform::db::Conn;
use serde_json::{Value, json};

fn say(conn: &mut Conn, statement: &str) -> diesel::QueryResult<()> {
    match conn {
        Conn::Postgres(conn) => conn.batch_execute(statement),
        Conn::Sqlite(conn) => conn.batch_execute(statement),
    }
}

#[actix_web::test]
async fn with_the_mail_server_down_nobody_is_forgotten_and_the_call_says_which_channel_fails() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    scene.app.app.mailer.fail_next(4);
    let path = scene.asking(1).await;
    assert!(scene.links().is_empty());
    let failing = scene.call(&path).await["failing"].clone();
    assert_eq!(
        (
            &failing[0]["channel"],
            &failing[0]["waiting"],
            &failing[0]["dead"]
        ),
        (&json!("email"), &json!(4), &json!(0)),
        "{failing}"
    );
    assert!(failing[0]["error"].is_string() && failing[0]["since"].is_string());
    scene.app.forward(TimeDelta::minutes(5));
    scene.app.run_jobs().await;
    assert_eq!(scene.links().len(), 4);
    assert_eq!(scene.call(&path).await["failing"], json!([]));
}

#[actix_web::test]
async fn a_wave_that_breaks_off_has_asked_nobody_and_goes_out_once() {
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    let call = scene.duty.post("/calls", scene.need(1)).await.created();
    let path = format!("/calls/{}", call["id"].as_str().unwrap());
    scene
        .coordinator
        .post(&format!("{path}/verification"), json!({ "accept": true }))
        .await
        .ok();
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
    let scene = scene().await;
    scene.donors(BloodGroup::OPositive, &FIVE).await;
    let path = scene.asking(1).await;
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
