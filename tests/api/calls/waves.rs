//! How many a wave asks: the fewest who will do, as far as their answers tell.
use super::{Scene, names, scene_with};
use chrono::TimeDelta;
use giothong::blood::BloodGroup;
use serde_json::{Value, json};

/// A scene with so many donors near, with the settings as they come.
async fn with_donors(many: usize) -> Scene {
    let scene = scene_with(|settings| settings.calls.waves.others_chance = 0.11).await;
    let names = names(many);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    scene.donors(BloodGroup::OPositive, &names).await;
    scene
}

impl Scene {
    /// Ends a call, and lets the night pass and so many days after it.
    async fn end(&self, path: &str, days: i64) {
        let end = json!({ "state": "cancelled" });
        self.coordinator
            .put(&format!("{path}/state"), end)
            .await
            .ok();
        self.app.forward(TimeDelta::days(days));
        self.app.run_jobs().await;
    }

    /// Lets all who were asked since there were so many links say something.
    async fn all_say(&self, from: usize, answer: &str) {
        for (_, token) in &self.links()[from..] {
            self.say(token, answer).await.ok();
        }
    }
}

#[actix_web::test]
async fn while_there_is_time_one_unit_asks_seven_and_near_the_deadline_more() {
    let scene = with_donors(60).await;
    let path = scene.asking(1).await;
    assert_eq!(
        scene.links().len(),
        7,
        "one in nine comes, two waves may follow"
    );
    scene.end(&path, 20).await;
    let before = scene.links().len();
    let mut need = scene.need(1);
    need["needed_by"] = json!((*scene.app.app.now() + TimeDelta::minutes(190)).to_rfc3339());
    scene.asking_for(need).await;
    let asked = scene.links().len() - before;
    assert!(asked > 20, "no time for another wave, but {asked} asked");
}

#[actix_web::test]
async fn who_answered_is_not_waited_for_and_silence_is_waited_for_less_and_less() {
    let scene = with_donors(60).await;
    let path = scene.asking(1).await;
    scene.app.forward(TimeDelta::minutes(27));
    scene.app.run_jobs().await;
    let second = scene.links().len() - 7;
    assert!(
        (1..7).contains(&second),
        "{second} fill up what silence took"
    );
    scene.all_say(0, "no").await;
    scene.app.forward(TimeDelta::minutes(27));
    scene.app.run_jobs().await;
    assert!(scene.links().len() - 7 - second >= 7, "all said no");
    let waves = scene.coordinator.get(&format!("{path}/asks")).await.ok();
    assert_eq!(waves["waves"].as_array().unwrap().len(), 3);
}

#[actix_web::test]
async fn what_donors_said_before_decides_how_many_are_asked_next() {
    for (answer, is_more) in [("no", true), ("yes", false)] {
        let scene = with_donors(120).await;
        let path = scene.asking(4).await;
        let first = scene.links().len();
        scene.app.forward(TimeDelta::minutes(20));
        scene.all_say(0, answer).await;
        scene.end(&path, 30).await;
        let before = scene.links().len();
        scene.asking(4).await;
        let second = scene.links().len() - before;
        assert_eq!(
            second > first,
            is_more,
            "{first}, then {second} after {answer}"
        );
        assert_ne!(second, first);
    }
}

#[actix_web::test]
async fn who_could_not_be_there_in_time_is_not_asked() {
    let scene = with_donors(0).await;
    for (name, km) in [("Ở Gần", 2.0), ("Ở Vừa", 9.0), ("Ở Xa", 28.0)] {
        scene.donor_at(name, BloodGroup::OPositive, km).await;
    }
    let mut need = scene.need(1);
    need["needed_by"] = json!((*scene.app.app.now() + TimeDelta::minutes(180)).to_rfc3339());
    scene.asking_for(need).await;
    // An hour is left: a quarter to get ready, and at 24 km/h no more than 18 km.
    assert_eq!(
        scene.asked(),
        ["ogan", "ovua"].map(|who| format!("{who}@example.vn"))
    );
}

#[actix_web::test]
async fn nobody_is_asked_more_often_in_a_quarter_than_the_cap_allows() {
    let scene = with_donors(1).await;
    for round in 1..=6 {
        let path = scene.asking(1).await;
        assert_eq!(scene.links().len(), round.min(4), "in round {round}");
        if round == 5 {
            let explain = format!("{path}/asks?explain=true");
            let explained = scene.coordinator.get(&explain).await.ok();
            assert_eq!(explained["left_out"]["asked_lately"], 1, "{explained}");
        }
        scene.end(&path, 16).await;
    }
    scene.app.forward(TimeDelta::days(60));
    scene.asking(1).await;
    assert_eq!(
        scene.links().len(),
        5,
        "a quarter later they may be asked again"
    );
}

#[actix_web::test]
async fn the_night_learns_once_and_again_the_same() {
    let scene = with_donors(30).await;
    let path = scene.asking(2).await;
    scene.app.forward(TimeDelta::minutes(20));
    scene.all_say(0, "no").await;
    scene.end(&path, 1).await;
    let learnt = async || -> Value {
        let rows = scene.app.rows(|conn| {
            use diesel::prelude::*;
            use giothong::platform::db::schema::{answer_delays, answer_rates};
            let lessons: Vec<i32> = answer_delays::table
                .select(answer_delays::asks)
                .load(conn)?;
            let rates: Vec<(f64, f64)> = answer_rates::table
                .select((answer_rates::yes, answer_rates::asked))
                .load(conn)?;
            Ok::<_, diesel::result::Error>((lessons, rates))
        });
        json!(rows.await)
    };
    let once = learnt().await;
    assert_eq!(
        once[0].as_array().unwrap().last(),
        Some(&json!(scene.links().len()))
    );
    assert_eq!(once[1].as_array().unwrap().len(), 1, "all alike: {once}");
    scene.app.forward(TimeDelta::days(1));
    scene.app.run_jobs().await;
    assert_eq!(
        learnt().await[1],
        once[1],
        "learning again counts nobody twice"
    );
}
