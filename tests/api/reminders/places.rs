//! What is said of a place that was booked: the day before, shortly before, and when staff change something.
use super::{FORM, link_in};
use crate::support::{Actor, TestApp, Wanted, drive_plan};
use actix_web::http::Method;
use chrono::TimeDelta;
use giothong::drives::model::DriveState;
use giothong::platform::clock::Moment;
use giothong::platform::http::Role;
use giothong::platform::id::{DriveId, OrganisationId};
use giothong::platform::notices::SentMail;
use serde_json::{Value, json};

/// A province with an open drive on 8 May from 07:30, with hours at 07:30 and 09:30, and somebody who booked the later.
struct Visit {
    app: TestApp,
    province: OrganisationId,
    coordinator: Actor,
    drive: DriveId,
    session: String,
    hours: Vec<String>,
    mai: Actor,
    registration: String,
}

async fn visit() -> Visit {
    let app = TestApp::new().await;
    let province = app.body("province", "Hà Nội", None).await;
    let coordinator = app.coordinator(province).await;
    let (drive, hours) = app.open_drive(&coordinator, drive_plan(province)).await;
    let shown = app.stranger().get(&format!("/drives/{drive}")).await.ok();
    let session = shown["sessions"][0]["id"].as_str().unwrap().to_owned();
    let mai = app.donor("Nguyễn Mai").await;
    let path = format!("/drives/{drive}/registrations");
    let booked = mai.post(&path, json!({"slot": hours[1]})).await.created();
    let registration = booked["id"].as_str().unwrap().to_owned();
    app.run_jobs().await;
    Visit {
        app,
        province,
        coordinator,
        drive,
        session,
        hours,
        mai,
        registration,
    }
}

impl Visit {
    /// Moves the clock to this local hour of May 2026, then does everything that is due.
    async fn at(&self, day: u32, hour: u32) {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 5, day).unwrap();
        let at = Moment::at_hour(day, hour, chrono_tz::Asia::Ho_Chi_Minh).unwrap();
        self.app.forward(at - self.app.app.now());
        self.app.run_jobs().await;
    }

    /// What Mai was told with these words in its subject.
    fn told(&self, words: &str) -> Vec<SentMail> {
        let mails = self.app.mails_to("nguyenmai@example.vn");
        mails
            .into_iter()
            .filter(|mail| mail.subject.starts_with(words))
            .collect()
    }

    async fn change(&self, change: Value) -> Value {
        let path = format!("/sessions/{}", self.session);
        self.coordinator.patch(&path, change).await.ok()
    }

    async fn state(&self) -> String {
        let own = self.mai.get("/me/registrations").await.ok();
        own["items"][0]["state"].as_str().unwrap().to_owned()
    }
}

const EVE: &str = "Ngày mai";
const SOON: &str = "Sắp đến giờ";
const CHANGED: &str = "Có thay đổi";

#[actix_web::test]
async fn who_has_a_place_is_told_on_the_eve_and_two_hours_before() {
    let visit = visit().await;
    visit.at(7, 17).await;
    assert!(visit.told(EVE).is_empty());
    visit.at(7, 18).await;
    let eve = visit.told(EVE);
    assert_eq!(eve.len(), 1);
    assert!(eve[0].text.contains("09:30") && eve[0].text.contains("Nhà văn hóa"));
    visit.at(8, 7).await;
    assert!(visit.told(SOON).is_empty());
    visit.at(8, 8).await;
    assert_eq!(visit.told(SOON).len(), 1, "07:30 has come");
    visit.at(9, 12).await;
    assert_eq!((visit.told(EVE).len(), visit.told(SOON).len()), (1, 1));
}

#[actix_web::test]
async fn who_gave_the_place_up_or_came_is_told_nothing() {
    let visit = visit().await;
    let path = format!("/registrations/{}", visit.registration);
    visit.mai.delete(&path).await.expect(204);
    visit.at(8, 9).await;
    assert!(visit.told(EVE).is_empty() && visit.told(SOON).is_empty());
    let lan = visit.app.donor("Lê Lan").await;
    let desk = visit
        .app
        .staff("Bàn Đón", Role::DriveStaff, visit.province)
        .await;
    // Who books within the two hours needs no reminder, nor who is there.
    let path = format!("/drives/{}/registrations", visit.drive);
    let booked = lan
        .post(&path, json!({"slot": visit.hours[1]}))
        .await
        .created();
    visit.app.run_jobs().await;
    let path = format!("/registrations/{}/check-in", booked["id"].as_str().unwrap());
    desk.post(&path, json!({})).await.ok();
    visit.at(8, 10).await;
    let mails = visit.app.mails_to("lelan@example.vn");
    assert_eq!(mails.len(), 1, "the confirmation alone: {mails:?}");
}

#[actix_web::test]
async fn who_moved_to_another_hour_is_reminded_of_that_one() {
    let visit = visit().await;
    let path = format!("/registrations/{}", visit.registration);
    visit
        .mai
        .patch(&path, json!({"slot": visit.hours[0]}))
        .await
        .ok();
    visit.at(7, 18).await;
    let eve = visit.told(EVE);
    assert_eq!(eve.len(), 1, "of the old hour nothing is said");
    assert!(eve[0].text.contains("07:30"));
    visit.at(8, 7).await;
    assert_eq!(visit.told(SOON).len(), 1);
}

#[actix_web::test]
async fn a_session_that_is_delayed_is_told_once_with_what_is_new() {
    let visit = visit().await;
    let moved = visit
        .change(json!({"starts_at": "2026-05-08T08:30:00+07:00"}))
        .await;
    assert_eq!(moved["told"], 1);
    assert_eq!(
        moved["ends_at"], "2026-05-08T05:30:00Z",
        "the end moves along"
    );
    visit.app.run_jobs().await;
    let told = visit.told(CHANGED);
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains("10:30"), "{}", told[0].text);
    let again = visit
        .change(json!({"starts_at": "2026-05-08T08:30:00+07:00"}))
        .await;
    assert_eq!(again["told"], 0, "nothing is new");
    visit.at(7, 18).await;
    visit.at(8, 9).await;
    visit.at(8, 12).await;
    assert_eq!(visit.told(CHANGED).len(), 1);
    assert_eq!((visit.told(EVE).len(), visit.told(SOON).len()), (1, 1));
    assert!(visit.told(EVE)[0].text.contains("10:30"));
}

#[actix_web::test]
async fn of_two_changes_in_a_row_only_the_last_is_told() {
    let visit = visit().await;
    visit.change(json!({"place": "Trường Tiểu học"})).await;
    visit.app.forward(TimeDelta::seconds(30));
    visit
        .change(json!({"place": "Nhà thi đấu", "address": "1 Trịnh Hoài Đức"}))
        .await;
    visit.app.run_jobs().await;
    let told = visit.told(CHANGED);
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains("Nhà thi đấu, 1 Trịnh Hoài Đức"));
}

#[actix_web::test]
async fn a_session_moved_to_another_day_takes_its_registrations_and_sums_along() {
    let visit = visit().await;
    let before = visit.app.sums(visit.drive, None).await;
    visit
        .change(json!({"starts_at": "2026-05-10T07:30:00+07:00"}))
        .await;
    assert_eq!(visit.app.sums(visit.drive, None).await, before);
    let own = visit.mai.get("/me/registrations").await.ok();
    assert_eq!(own["items"][0]["held_on"], "2026-05-10");
    assert_eq!(own["items"][0]["starts_at"], "2026-05-10T02:30:00Z");
    let drive = visit
        .app
        .stranger()
        .get(&format!("/drives/{}", visit.drive))
        .await
        .ok();
    assert_eq!(drive["sessions"][0]["held_on"], "2026-05-10");
    visit.at(7, 19).await;
    assert!(visit.told(EVE).is_empty());
    visit.at(9, 18).await;
    assert_eq!(visit.told(EVE).len(), 1);
}

#[actix_web::test]
async fn a_place_is_kept_or_given_up_by_the_buttons_of_its_page_only() {
    let visit = visit().await;
    visit.change(json!({"place": "Nhà thi đấu"})).await;
    visit.app.run_jobs().await;
    let page = link_in(&visit.told(CHANGED)[0].text, "k");
    let stranger = visit.app.stranger();
    let shown = stranger.get(&page).await.text();
    assert!(
        shown.contains("Nhà thi đấu") && shown.contains("nhường chỗ"),
        "{shown}"
    );
    assert_eq!(visit.state().await, "booked");
    let press = |act: &'static str| stranger.raw(Method::POST, &page, FORM, act);
    let kept = press("act=keep").await.text();
    assert!(kept.contains("vẫn được giữ"), "{kept}");
    assert_eq!(visit.state().await, "booked");
    press("act=dance").await.invalid(&["act"]);
    let given_up = press("act=give-up").await.text();
    assert!(given_up.contains("đã được nhường"), "{given_up}");
    assert_eq!(visit.state().await, "cancelled");
    let again = press("act=give-up").await.text();
    assert!(again.contains("đã được nhường"));
    let shown = stranger.get(&page).await.text();
    assert!(
        shown.contains("đã được nhường") && !shown.contains("<button"),
        "{shown}"
    );
    visit.at(9, 9).await;
    assert!(visit.told(EVE).is_empty());
}

#[actix_web::test]
async fn a_place_that_is_over_can_no_longer_be_given_up_by_a_link() {
    let visit = visit().await;
    visit.at(7, 18).await;
    let page = link_in(&visit.told(EVE)[0].text, "k");
    visit.at(8, 13).await;
    let stranger = visit.app.stranger();
    let late = stranger.raw(Method::POST, &page, FORM, "act=give-up").await;
    assert!(late.text().contains("đã qua"), "{}", late.text());
    assert_ne!(visit.state().await, "cancelled");
}

#[actix_web::test]
async fn a_drive_that_is_cancelled_is_told_once_and_nothing_is_reminded() {
    let visit = visit().await;
    visit.change(json!({"place": "Nhà thi đấu"})).await;
    visit
        .coordinator
        .put(
            &format!("/drives/{}/state", visit.drive),
            json!({"state": "cancelled"}),
        )
        .await
        .ok();
    visit.at(8, 12).await;
    assert_eq!(visit.told("Đợt hiến máu bị hủy").len(), 1);
    assert!(visit.told(CHANGED).is_empty() && visit.told(EVE).is_empty());
}

#[actix_web::test]
async fn only_its_coordinator_moves_a_session_and_only_while_nobody_has_come() {
    let visit = visit().await;
    let path = format!("/sessions/{}", visit.session);
    let change = json!({"place": "Nhà thi đấu"});
    visit
        .app
        .stranger()
        .patch(&path, change.clone())
        .await
        .refused("unauthenticated");
    visit
        .mai
        .patch(&path, change.clone())
        .await
        .refused("forbidden");
    let other = visit.app.body("province", "Cần Thơ", None).await;
    let other = visit
        .app
        .staff("Điều Phối Khác", Role::Coordinator, other)
        .await;
    other
        .patch(&path, change.clone())
        .await
        .refused("not-found");
    for (odd, field) in [
        (json!({"place": ""}), "place"),
        (json!({"latitude": 21.0}), "longitude"),
        (json!({"latitude": 91.0, "longitude": 105.0}), "latitude"),
        (json!({"ends_at": "2026-05-08T07:00:00+07:00"}), "ends_at"),
        (json!({"ends_at": "2026-05-08T09:00:00+07:00"}), "ends_at"),
        (json!({"starts_at": "2026-04-08T07:30:00+07:00"}), "ends_at"),
        (
            json!({"starts_at": "2030-05-08T07:30:00+07:00"}),
            "starts_at",
        ),
        (json!({"colour": "red"}), "colour"),
    ] {
        visit.coordinator.patch(&path, odd).await.invalid(&[field]);
    }
    visit.at(8, 8).await;
    let desk = visit
        .app
        .staff("Bàn Đón", Role::DriveStaff, visit.province)
        .await;
    let here = format!("/registrations/{}/check-in", visit.registration);
    desk.post(&here, json!({})).await.ok();
    visit
        .coordinator
        .patch(&path, change.clone())
        .await
        .refused("session-begun");
    visit
        .app
        .set_state(visit.drive, DriveState::Completed)
        .await;
    visit
        .coordinator
        .patch(&path, change)
        .await
        .refused("drive-settled");
}

#[actix_web::test]
async fn who_comes_to_an_emergency_call_is_not_reminded_of_it() {
    let app = TestApp::new().await;
    let province = app.body("province", "Hà Nội", None).await;
    let mut wanted = Wanted::by(province);
    wanted.is_hidden = true;
    let drive = app.drive(wanted).await;
    let desk = app.staff("Bàn Đón", Role::DriveStaff, province).await;
    let mai = app.donor("Nguyễn Mai").await;
    let deed = giothong::registrations::model::Deed::of(&app.app, desk.id());
    let booking = giothong::registrations::model::Booking {
        id: app.app.id(),
        drive: drive.id,
        slot: drive.slots[0],
        person: mai.id(),
        mobilised_by: None,
        way: giothong::registrations::model::Way::Call,
    };
    app.app
        .db
        .write(move |conn| giothong::registrations::book(conn, &deed, &booking))
        .await
        .unwrap();
    app.run_jobs().await;
    app.forward(TimeDelta::hours(166));
    app.run_jobs().await;
    app.forward(TimeDelta::days(1));
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1, "the confirmation alone");
}
