//! Tests that take long, or need the real data that is not part of the repository: run by `make evaluate`.
use crate::support::TestApp;
use giothong::organisations::import::UnitList;
use std::path::PathBuf;
use std::time::{Duration, Instant};

fn data(file: &str) -> Vec<u8> {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings file")]
    let folder = std::env::var("GIOTHONG_DATA").expect("run by `make evaluate`");
    std::fs::read(PathBuf::from(folder).join(file)).unwrap()
}

#[actix_web::test]
#[ignore = "needs the real data"]
async fn the_whole_country_of_today_comes_in_within_five_seconds_and_once() {
    let app = TestApp::new().await;
    let mut done = Vec::new();
    for _ in 0..2 {
        let (text, shared, begun) = (data("units-vn.csv"), app.app.clone(), Instant::now());
        let list = UnitList::read(&text).unwrap();
        let stamp = move || shared.id();
        let now = app.app.now();
        let did = app
            .rows(move |conn| list.import(conn, (stamp, now), |_| ()))
            .await;
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{:?}",
            begun.elapsed()
        );
        done.push((did.added, did.changed, did.same));
    }
    assert_eq!(done, [(3355, 0, 0), (0, 0, 3355)]);
    let stranger = app.stranger();
    let within = |name: &str| format!("/organisations?kind=province&q={name}");
    let today = stranger.get(&within("lao%20cai")).await.ok();
    assert_eq!(today["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
#[ignore = "takes minutes"]
async fn a_service_that_is_killed_ten_times_during_two_thousand_bookings_loses_and_doubles_none() {
    let rounds = crate::crash::rounds(10, 2000).await;
    assert_eq!(rounds.len(), 10);
    for round in &rounds {
        say(&format!(
            "killed after {} of 2000 acknowledged bookings; {} more were kept, none lost, none doubled",
            round.acknowledged, round.kept_unsaid
        ));
    }
}

#[expect(clippy::print_stderr, reason = "`make evaluate` shows what it saw")]
fn say(words: &str) {
    eprintln!("{words}");
}
