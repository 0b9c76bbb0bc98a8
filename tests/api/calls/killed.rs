//! The service is killed in the midst of waves: whoever was asked was asked once, and nobody is forgotten.
use super::{Scene, names, scene};
use crate::support::binary::{Desk, Served};
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::blood::BloodGroup;
use giothong::platform::clock::Clock;
use giothong::platform::db::schema::asks;
use giothong::platform::id::PersonId;
use std::collections::BTreeSet;

const CALLS: usize = 20;
/// Whom the first wave of a call for one unit asks.
const WAVE: usize = 4;
/// Mails that may be on their way at once, as the settings have it.
const IN_FLIGHT: usize = 8;

impl Scene {
    /// Brings the standing clock to where the real one is, for a service that has no other.
    fn catch_up(&self) {
        self.app.forward(*Clock::System.now() - *self.app.app.now());
    }

    /// Calls whose first wave is due at once, with donors enough for all.
    async fn calls_due(&mut self) -> Vec<String> {
        self.catch_up();
        self.duty = self.app.signed_in(self.duty.id()).await;
        self.coordinator = self.app.signed_in(self.coordinator.id()).await;
        let names = names(CALLS * (WAVE + 1));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.donors(BloodGroup::OPositive, &names).await;
        let mut paths = Vec::new();
        for _ in 0..CALLS {
            paths.push(self.verified(self.need(1)).await);
        }
        paths
    }

    async fn asked_people(&self) -> Vec<PersonId> {
        self.app
            .rows(|conn| asks::table.select(asks::person).load(conn))
            .await
    }
}

/// The service itself, beside the test's: it asks as the test's would.
fn desk(scene: &Scene) -> Desk {
    let log = "warn,giothong::commands=info,giothong::calls=info".to_owned();
    let hour = scene.app.app.settings.notices.quiet_to.to_string();
    let chance = scene.app.app.settings.calls.waves.others_chance;
    Desk::beside(&scene.app)
        .with("GIOTHONG__LOG__FILTER", log)
        .with("GIOTHONG__NOTICES__QUIET_FROM", hour)
        .with("GIOTHONG__CALLS__WAVES__OTHERS_CHANCE", chance.to_string())
}

/// The ids of the messages that the killed service sent, by the names of their files.
fn left_before(desk: &Desk) -> BTreeSet<String> {
    let Ok(files) = std::fs::read_dir(desk.file("data/mails")) else {
        return BTreeSet::new();
    };
    files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .map(|name| name.trim_end_matches(".eml").to_owned())
        .collect()
}

async fn killed_after(waves: usize) {
    let mut scene = scene().await;
    let paths = scene.calls_due().await;
    let desk = desk(&scene);
    let mut served = Served::start(&desk);
    for _ in 0..waves {
        served.hear("a wave went out");
    }
    served.child.kill().unwrap();
    drop(served);
    let before = scene.asked_people().await.len();
    // The last wave it spoke of may not have been written down yet.
    assert!(before >= (waves - 1) * WAVE, "{before}");
    assert!(before < CALLS * WAVE, "it was to die in the midst");
    assert_eq!(before % WAVE, 0, "no wave is there in part");

    // Whoever held the waves and messages is dead: when their lease is over, they are anybody's.
    scene.catch_up();
    let lease = scene.app.app.settings.jobs.lease_seconds;
    scene.app.forward(TimeDelta::seconds(lease + 1));
    scene.app.run_jobs().await;
    let asked = scene.asked_people().await;
    let people: BTreeSet<PersonId> = asked.iter().copied().collect();
    assert_eq!(
        (asked.len(), people.len()),
        (CALLS * WAVE, CALLS * WAVE),
        "nobody twice"
    );
    for path in &paths {
        let counts = &scene.call(path).await["counts"];
        assert_eq!(
            (counts["asked"].as_u64(), counts["waves"].as_u64()),
            (Some(4), Some(1)),
            "each call asked once: {counts}"
        );
    }
    every_message_left(&scene, &left_before(&desk));
}

/// Each message left once; what was on its way when the service died may have left again, under the same id.
fn every_message_left(scene: &Scene, before: &BTreeSet<String>) {
    let ids = scene.app.mails().into_iter().filter_map(|mail| {
        let is_ask = mail.text.contains("/a/");
        let id = mail.message_id.trim_start_matches('<').split('@').next();
        id.filter(|_| is_ask).map(str::to_owned)
    });
    let after: Vec<String> = ids.collect();
    let later: BTreeSet<String> = after.iter().cloned().collect();
    assert_eq!(after.len(), later.len(), "none left twice afterwards");
    let again = later.intersection(before).count();
    assert!(again <= IN_FLIGHT, "{again}");
    let asks = before.union(&later).count();
    assert_eq!(asks, CALLS * WAVE, "and none is missing");
}

#[actix_web::test]
async fn a_service_killed_in_the_midst_of_waves_asks_nobody_twice_and_forgets_nobody() {
    for waves in [3, 12] {
        killed_after(waves).await;
    }
}
