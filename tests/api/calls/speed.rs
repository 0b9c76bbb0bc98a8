//! How fast a call reaches its donors. Measured without optimisation the times say nothing; `make endurance` holds the
//! release build to them.
use super::{names, scene_with};
use giothong::blood::BloodGroup;
use std::time::{Duration, Instant};

fn within(limit: Duration, took: Duration, what: &str) {
    say(&format!("{what}: {took:?}"));
    assert!(cfg!(debug_assertions) || took < limit, "{what}: {took:?}");
}

#[expect(clippy::print_stderr, reason = "the figures go to PERFORMANCE.md")]
fn say(words: &str) {
    eprintln!("{words}");
}

#[actix_web::test]
#[ignore = "takes its time"]
async fn two_hundred_asks_reach_their_channel_within_two_seconds_of_the_coordinators_word() {
    let scene = scene_with(|settings| settings.calls.waves.others_chance = 0.001).await;
    let names = names(200);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    scene.donors(BloodGroup::OPositive, &names).await;
    let path = scene.posted(scene.need(4)).await;
    let begun = Instant::now();
    scene.vouch(&path).await;
    scene.app.run_jobs().await;
    let took = begun.elapsed();
    assert_eq!(scene.links().len(), 200);
    within(
        Duration::from_secs(2),
        took,
        "from the word to the last of 200 asks",
    );
}

#[actix_web::test]
#[ignore = "takes its time"]
async fn ten_thousand_asks_are_queued_within_a_second() {
    let scene = scene_with(|_| ()).await;
    let names: Vec<String> = (0..10_000).map(|number| spelled("Người", number)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    scene.donors(BloodGroup::ONegative, &names).await;
    let path = scene.verified(scene.rare_need(4)).await;
    let jobs = giothong::app::jobs();
    let begun = Instant::now();
    let done = giothong::platform::jobs::run_due(&scene.app.app, &jobs).await;
    let took = begun.elapsed();
    assert!(done.unwrap() > 0);
    assert_eq!(scene.call(&path).await["counts"]["asked"], 10_000);
    within(Duration::from_secs(1), took, "10,000 asks queued");
}

/// A name that nobody else has, made of letters.
fn spelled(first: &str, number: usize) -> String {
    let letter = |at: u32| char::from(b'a' + u8::try_from(number / 26_usize.pow(at) % 26).unwrap());
    format!(
        "{first} {}{}{}{}",
        letter(3),
        letter(2),
        letter(1),
        letter(0)
    )
}
