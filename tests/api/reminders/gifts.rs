//! What is said after a gift: thanks on the evening, how are you on the day after, and that it went on its way.
use super::due;
use crate::support::{Actor, Arranged, TestApp, Wanted};
use chrono::{NaiveDate, TimeDelta};
use giothong::platform::clock::Moment;
use giothong::platform::http::Role;
use giothong::platform::id::OrganisationId;
use giothong::platform::notices::SentMail;
use serde_json::{Value, json};

/// A drive of today, collected by a hospital, where Mai just gave 350 ml.
struct Given {
    app: TestApp,
    hospital: OrganisationId,
    drive: Arranged,
    coordinator: Actor,
    nurse: Actor,
    visit: String,
    donation: String,
}

const NUMBER: &str = "HN-0001";

async fn given(app: TestApp) -> Given {
    let province = app.body("province", "Cần Thơ", None).await;
    let hospital = app.body("hospital", "Huyết học Cần Thơ", None).await;
    let mut wanted = Wanted::by(province);
    wanted.in_days = 0;
    wanted.collected_by = Some(hospital);
    let drive = app.drive(wanted).await;
    let desk = app.staff("Bàn Đón", Role::DriveStaff, province).await;
    let nurse = app.staff("Điều Dưỡng", Role::Nurse, hospital).await;
    let coordinator = app.coordinator(province).await;
    let long_ago = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    let mai = due(&app, "Nguyễn Mai", long_ago).await;
    let walk_in = json!({"person": mai});
    let visit = desk.post(&drive.path("/walk-ins"), walk_in).await.created();
    let visit = visit["id"].as_str().unwrap().to_owned();
    let screening = json!({ "weight_kg": 50.0, "systolic_mmhg": 118, "diastolic_mmhg": 76, "pulse_bpm": 72,
        "haemoglobin_g_l": 132, "decision": "accepted" });
    let path = format!("/registrations/{visit}/screening");
    nurse.post(&path, screening).await.created();
    let bag = json!({ "unit_number": NUMBER, "component": "whole_blood", "volume_ml": 350, "blood_group": "A+" });
    let path = format!("/registrations/{visit}/donation");
    let donation = nurse.post(&path, bag).await.created();
    app.run_jobs().await;
    Given {
        donation: donation["id"].as_str().unwrap().to_owned(),
        app,
        hospital,
        drive,
        coordinator,
        nurse,
        visit,
    }
}

impl Given {
    /// Moves the clock to this local hour of May 2026, then does everything that is due.
    async fn at(&self, day: u32, hour: u32) {
        let day = NaiveDate::from_ymd_opt(2026, 5, day).unwrap();
        let at = Moment::at_hour(day, hour, chrono_tz::Asia::Ho_Chi_Minh).unwrap();
        self.app.forward(at - self.app.app.now());
        self.app.run_jobs().await;
    }

    fn told(&self, words: &str) -> Vec<SentMail> {
        let mails = self.app.mails_to("nguyenmai@example.vn");
        let with = |mail: &SentMail| mail.subject.contains(words);
        mails.into_iter().filter(with).collect()
    }

    async fn result(&self, result: &str) -> Value {
        let path = format!("/donations/{}/result", self.donation);
        self.nurse.post(&path, json!({"result": result})).await.ok()
    }
}

const THANKS: &str = "cảm ơn bạn";
const CARE: &str = "thế nào?";
const WAY: &str = "đã lên đường";

/// Nobody who reads over a shoulder learns a group, a day, a volume or a result.
#[track_caller]
fn tells_nothing(mail: &SentMail) {
    let words = format!("{}\n{}", mail.subject, mail.text);
    for secret in [
        "A+",
        "350",
        "ml",
        "01/05",
        "2026",
        "xét nghiệm đạt",
        "an toàn",
        "Mai Nguyễn",
        "Nguyễn Mai",
    ] {
        assert!(!words.contains(secret), "{secret}: {words}");
    }
}

#[actix_web::test]
async fn who_gave_is_thanked_on_the_evening_and_asked_how_they_are_on_the_day_after() {
    let given = given(TestApp::new().await).await;
    given.at(1, 18).await;
    assert!(given.told(THANKS).is_empty());
    given.at(1, 19).await;
    assert_eq!(given.told(THANKS).len(), 1);
    tells_nothing(&given.told(THANKS)[0]);
    given.at(2, 9).await;
    assert!(given.told(CARE).is_empty());
    given.at(2, 10).await;
    let care = given.told(CARE);
    assert_eq!(care.len(), 1);
    tells_nothing(&care[0]);
    assert!(
        care[0].text.contains("115"),
        "nobody is named to ring up, but where to turn is said"
    );
    given.at(9, 12).await;
    assert_eq!((given.told(THANKS).len(), given.told(CARE).len()), (1, 1));
}

#[actix_web::test]
async fn the_number_to_ring_up_is_the_facilitys_or_else_the_sites() {
    let site = |settings: &mut giothong::platform::config::Settings| {
        settings.reminders.reaction_phone = "1900 0000".to_owned();
    };
    let given = given(TestApp::with(site).await).await;
    given.at(1, 19).await;
    assert!(given.told(THANKS)[0].text.contains("1900 0000"));
    let root = given
        .app
        .staff("Giám Đốc", Role::Coordinator, given.hospital)
        .await;
    let path = format!("/organisations/{}", given.hospital);
    let changed = root
        .patch(&path, json!({"reaction_phone": "024 3868 0000"}))
        .await
        .ok();
    assert_eq!(changed["reaction_phone"], "024 3868 0000");
    for odd in ["", "0123456789012345678901234567890", "1\n2"] {
        let odd = json!({"reaction_phone": odd});
        root.patch(&path, odd).await.invalid(&["reaction_phone"]);
    }
    given.at(2, 10).await;
    let care = given.told(CARE).remove(0).text;
    assert!(
        care.contains("024 3868 0000") && !care.contains("1900"),
        "{care}"
    );
}

#[actix_web::test]
async fn a_gift_that_never_was_is_not_thanked_for() {
    let given = given(TestApp::new().await).await;
    let path = format!("/donations/{}/corrections", given.donation);
    given
        .nurse
        .post(&path, json!({"reason": "nhầm túi", "void": true}))
        .await
        .created();
    given.result_refused().await;
    given.at(3, 12).await;
    assert!(given.told(THANKS).is_empty() && given.told(CARE).is_empty());
}

impl Given {
    async fn result_refused(&self) {
        let path = format!("/donations/{}/result", self.donation);
        let reply = self.nurse.post(&path, json!({"result": "safe"})).await;
        reply.refused("donation-voided");
    }
}

#[actix_web::test]
async fn what_passed_its_tests_is_told_of_on_the_next_evening_without_a_result() {
    let given = given(TestApp::new().await).await;
    given.at(3, 20).await;
    given.result("safe").await;
    given.app.run_jobs().await;
    assert!(given.told(WAY).is_empty(), "this evening's hour is over");
    given.at(4, 18).await;
    assert!(given.told(WAY).is_empty());
    given.at(4, 19).await;
    assert_eq!(given.told(WAY).len(), 1);
    tells_nothing(&given.told(WAY)[0]);
    given.result("safe").await;
    given.at(8, 12).await;
    assert_eq!(given.told(WAY).len(), 1);
}

#[actix_web::test]
async fn what_was_discarded_is_not_told_of_nor_what_was_corrected_before_the_evening() {
    let given = given(TestApp::new().await).await;
    given.at(3, 12).await;
    given.result("discarded").await;
    given.at(4, 12).await;
    given.result("safe").await;
    given.result("discarded").await;
    given.at(8, 20).await;
    assert!(given.told(WAY).is_empty());
}

#[actix_web::test]
async fn a_list_of_results_tells_those_whose_bags_passed() {
    let given = given(TestApp::new().await).await;
    given.at(3, 12).await;
    let list = json!({"results": [{"unit_number": NUMBER, "result": "safe"}]});
    let changed = given
        .nurse
        .post(&given.drive.path("/results"), list.clone())
        .await;
    assert_eq!(changed.ok()["changed"], 1);
    let again = given.nurse.post(&given.drive.path("/results"), list).await;
    assert_eq!(again.ok()["changed"], 0);
    given.at(3, 19).await;
    assert_eq!(given.told(WAY).len(), 1);
}

#[actix_web::test]
async fn what_is_typed_in_late_is_not_thanked_for_days_afterwards() {
    let given = given(TestApp::new().await).await;
    let lan = due(
        &given.app,
        "Lê Lan",
        NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(),
    )
    .await;
    let app = &given.app;
    let body = json!({"person": lan});
    let visit = given
        .coordinator
        .post(&given.drive.path("/walk-ins"), body)
        .await
        .created();
    app.forward(TimeDelta::days(3));
    let path = format!("/registrations/{}/outcome", visit["id"].as_str().unwrap());
    let outcome = json!({"outcome": "collected", "volume_ml": 250});
    given.coordinator.post(&path, outcome).await.ok();
    app.run_jobs().await;
    assert!(app.mails_to("lelan@example.vn").is_empty());
    assert_ne!(given.visit, visit["id"].as_str().unwrap());
}
