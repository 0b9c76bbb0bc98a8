//! Days are dates: leap days, the end of a year, the site's own zone; and what comes after some days.
use super::{due, state, today};
use crate::support::{Ready, TestApp};
use chrono::{Days, NaiveDate, TimeDelta};
use diesel::prelude::*;
use giothong::blood::{BloodGroup, Component};
use giothong::donors;
use giothong::donors::model::{Gift, GiftSource};
use giothong::eligibility::find_rules;
use giothong::platform::clock::Moment;
use giothong::platform::db::schema::donors as table;
use giothong::platform::id::PersonId;
use serde_json::json;

async fn gave(app: &TestApp, person: PersonId, on: NaiveDate) {
    let gift = Gift {
        id: app.app.id(),
        person,
        component: Component::WholeBlood,
        given_on: on,
        source: GiftSource::Declared,
        donation: None,
        place: None,
        created_by: None,
    };
    let (rules, now) = (find_rules("vn-2013").unwrap(), app.app.now());
    app.rows(move |conn| donors::record_gift(conn, rules, &gift, now))
        .await;
}

/// Sets the clock to this local hour of a day in Vietnam.
fn set_clock(app: &TestApp, day: &str, hour: u32) {
    let day: NaiveDate = day.parse().unwrap();
    let at = Moment::at_hour(day, hour, chrono_tz::Asia::Ho_Chi_Minh).unwrap();
    app.forward(at - app.app.now());
}

#[actix_web::test]
async fn twelve_weeks_end_on_the_29th_of_february_on_new_years_eve_and_on_new_years_day() {
    for (given, told) in [
        ("2027-12-07", "2028-02-29"),
        ("2026-10-08", "2026-12-31"),
        ("2026-10-09", "2027-01-01"),
        ("2026-12-06", "2027-02-28"),
        ("2026-12-07", "2027-03-01"),
    ] {
        let app = TestApp::new().await;
        let person = app
            .ready_donor("Nguyễn Mai", Ready::of(BloodGroup::APositive))
            .await;
        set_clock(&app, given, 10);
        gave(&app, person, given.parse().unwrap()).await;
        app.run_jobs().await;
        let eve = told.parse::<NaiveDate>().unwrap().pred_opt().unwrap();
        set_clock(&app, &eve.to_string(), 23);
        app.run_jobs().await;
        set_clock(&app, told, 8);
        app.run_jobs().await;
        assert!(app.mails().is_empty(), "{given}: before nine");
        set_clock(&app, told, 9);
        app.run_jobs().await;
        assert_eq!(app.mails().len(), 1, "{given}");
        set_clock(&app, told, 22);
        app.run_jobs().await;
        assert_eq!(app.mails().len(), 1, "{given}");
    }
}

#[actix_web::test]
async fn nine_oclock_is_the_sites_own_nine_oclock() {
    // At the start it is 19:00 of 30 April in Los Angeles.
    let app =
        TestApp::with(|settings| settings.site.time_zone = chrono_tz::America::Los_Angeles).await;
    due(&app, "Nguyễn Mai", today()).await;
    app.run_jobs().await;
    assert!(app.mails().is_empty(), "there it is still the day before");
    app.forward(TimeDelta::hours(13));
    app.run_jobs().await;
    assert!(app.mails().is_empty(), "eight in the morning");
    app.forward(TimeDelta::hours(1));
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1);
}

#[actix_web::test]
async fn who_neither_gave_nor_booked_is_asked_once_more_where_the_settings_say_so() {
    let app = TestApp::with(|settings| settings.reminders.follow_up_days = vec![14, 45]).await;
    let mai = due(&app, "Nguyễn Mai", today()).await;
    let lan = due(&app, "Lê Lan", today()).await;
    let silent = due(&app, "Trần Lặng", today() - Days::new(14)).await;
    let mut told = Vec::new();
    for day in 0..60 {
        app.run_jobs().await;
        let so_far = app.mails_to("nguyenmai@example.vn").len();
        if so_far > told.len() {
            told.push(day);
        }
        if day == 20 {
            gave(&app, lan, today() + Days::new(20)).await;
        }
        app.forward(TimeDelta::days(1));
    }
    assert_eq!(told, [0, 14, 45]);
    assert_eq!(
        app.mails_to("lelan@example.vn").len(),
        2,
        "she gave after the second"
    );
    assert!(
        app.mails_to("tranlang@example.vn").is_empty(),
        "no second message without a first"
    );
    assert!(state(&app, silent).await.is_empty());
    assert_eq!(state(&app, mai).await.len(), 1);
}

#[actix_web::test]
async fn nobody_is_asked_twice_by_default() {
    let app = TestApp::new().await;
    due(&app, "Nguyễn Mai", today()).await;
    for _ in 0..60 {
        app.run_jobs().await;
        app.forward(TimeDelta::days(1));
    }
    assert_eq!(app.mails().len(), 1);
}

#[actix_web::test]
async fn a_body_that_pauses_holds_back_all_below_it_and_makes_up_for_the_last_days() {
    let app = TestApp::new().await;
    let province = app.body("province", "Lào Cai", None).await;
    let club = app.body("club", "Câu lạc bộ Sa Pa", Some(province)).await;
    let coordinator = app.coordinator(province).await;
    let lead = app
        .staff(
            "Trưởng Nhóm",
            giothong::platform::http::Role::ClubLead,
            club,
        )
        .await;
    let other = app.body("province", "Cần Thơ", None).await;
    let elsewhere = app
        .staff(
            "Điều Phối Khác",
            giothong::platform::http::Role::Coordinator,
            other,
        )
        .await;
    let person = due(&app, "Nguyễn Mai", today()).await;
    let free = due(&app, "Lê Tự Do", today()).await;
    let early = due(&app, "Phạm Sớm", today() - Days::new(6)).await;
    app.rows(move |conn| {
        diesel::update(table::table.filter(table::person.eq_any([person, early])))
            .set(table::main_club.eq(Some(club)))
            .execute(conn)
    })
    .await;
    let path = format!("/organisations/{province}/reminders");
    let pause = json!({"paused_until": "2026-05-03"});
    elsewhere
        .put(&path, pause.clone())
        .await
        .refused("not-found");
    elsewhere.get(&path).await.refused("not-found");
    lead.put(&path, pause.clone()).await.refused("forbidden");
    for odd in ["2026-04-30", "2027-05-03"] {
        let odd = json!({"paused_until": odd});
        coordinator.put(&path, odd).await.invalid(&["paused_until"]);
    }
    let paused = coordinator.put(&path, pause).await.ok();
    assert_eq!(
        paused,
        json!({"paused_until": "2026-05-03", "paused_by": province})
    );
    let below = format!("/organisations/{club}/reminders");
    assert_eq!(
        coordinator.get(&below).await.ok()["paused_by"],
        json!(province)
    );
    for _ in 0..3 {
        app.run_jobs().await;
        app.forward(TimeDelta::days(1));
    }
    assert_eq!(app.mails().len(), 1, "only who has no such club");
    assert_eq!(state(&app, free).await.len(), 1);
    app.run_jobs().await;
    assert_eq!(app.mails_to("nguyenmai@example.vn").len(), 1, "made up for");
    assert!(
        app.mails_to("phamsom@example.vn").is_empty(),
        "too long ago by then"
    );
    let running = coordinator.get(&path).await.ok();
    assert_eq!(running["paused_until"], json!(null));
    coordinator
        .put(&path, json!({"paused_until": "2026-06-03"}))
        .await
        .ok();
    let lifted = coordinator.put(&path, json!({})).await.ok();
    assert_eq!(lifted["paused_until"], json!(null));
}

#[actix_web::test]
async fn a_pause_that_comes_after_the_look_of_the_day_stops_what_has_not_left() {
    let app = TestApp::new().await;
    let club = app.body("club", "Câu lạc bộ Sa Pa", None).await;
    let coordinator = app.coordinator(club).await;
    let person = due(&app, "Nguyễn Mai", today()).await;
    app.rows(move |conn| {
        diesel::update(table::table.find(person))
            .set(table::main_club.eq(Some(club)))
            .execute(conn)
    })
    .await;
    app.app.mailer.fail_next(1);
    app.run_jobs().await;
    let path = format!("/organisations/{club}/reminders");
    coordinator
        .put(&path, json!({"paused_until": "2026-05-20"}))
        .await
        .ok();
    app.forward(TimeDelta::minutes(10));
    app.run_jobs().await;
    assert!(app.mails().is_empty());
    assert_eq!(
        state(&app, person).await,
        [("dropped".to_owned(), Some("paused".to_owned()))]
    );
}
