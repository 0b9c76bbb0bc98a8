//! The page behind a reminder: one press books, without signing in; opening it never does.
use super::{FORM, due, link_in, today};
use crate::support::{Actor, Reply, TestApp, drive_plan};
use actix_web::http::Method;
use chrono::{Days, TimeDelta};
use diesel::prelude::*;
use giothong::donors;
use giothong::donors::model::{Gift, GiftSource};
use giothong::eligibility::find_rules;
use giothong::platform::db::schema::{donors as table, registrations, slots};
use giothong::platform::http::link;
use giothong::platform::id::PersonId;
use serde_json::json;

/// Mai, who may give again today, near an open drive with two hours; and her reminder.
struct Reminded {
    app: TestApp,
    coordinator: Actor,
    person: PersonId,
    hours: Vec<String>,
    page: String,
    text: String,
}

async fn reminded(capacity: i32) -> Reminded {
    let app = TestApp::new().await;
    let province = app.body("province", "Hà Nội", None).await;
    let coordinator = app.coordinator(province).await;
    let mut plan = drive_plan(province);
    plan["sessions"][0]["slots"][0]["capacity"] = json!(capacity);
    let (_, hours) = app.open_drive(&coordinator, plan).await;
    let person = due(&app, "Nguyễn Mai", today()).await;
    app.run_jobs().await;
    let text = app.mails_to("nguyenmai@example.vn").remove(0).text;
    Reminded {
        page: link_in(&text, "r"),
        app,
        coordinator,
        person,
        hours,
        text,
    }
}

impl Reminded {
    async fn press(&self, form: &str) -> Reply {
        let stranger = self.app.stranger();
        stranger
            .raw(Method::POST, &self.page, FORM, form.to_owned())
            .await
    }

    async fn open(&self) -> String {
        let page = self.app.stranger().get(&self.page).await;
        assert_eq!(page.status, 200);
        page.text()
    }

    async fn states(&self) -> Vec<String> {
        let person = self.person;
        self.app
            .rows(move |conn| {
                registrations::table
                    .filter(registrations::person.eq(person))
                    .order(registrations::created_at)
                    .select(registrations::state)
                    .load(conn)
            })
            .await
    }

    fn mails(&self) -> usize {
        let all = self.app.mails_to("nguyenmai@example.vn");
        let of_return = |mail: &&crate::reminders::Mail| mail.text.contains("/r/");
        all.iter().filter(of_return).count()
    }
}

#[actix_web::test]
async fn one_press_books_without_signing_in_and_only_once() {
    let mai = reminded(10).await;
    assert!(mai.text.contains("Giọt máu hồng Kim Liên"), "{}", mai.text);
    for _ in 0..3 {
        let page = mai.open().await;
        assert!(page.contains("07:30") && page.contains("09:30"), "{page}");
        assert!(page.contains(&mai.hours[0]));
    }
    assert!(mai.states().await.is_empty(), "opening a link never acts");
    let booked = mai.press(&format!("slot={}", mai.hours[1])).await;
    assert!(
        booked.status == 200 && booked.text().contains("Bạn đã có chỗ"),
        "{}",
        booked.text()
    );
    assert!(booked.text().contains("09:30"));
    let again = mai.press(&format!("slot={}", mai.hours[0])).await;
    assert!(
        again.text().contains("09:30"),
        "the place stays where it is"
    );
    assert_eq!(mai.states().await, ["booked"]);
    mai.app.run_jobs().await;
    let confirmed = mai.app.mails_to("nguyenmai@example.vn");
    assert!(
        confirmed
            .iter()
            .any(|mail| mail.subject.contains("đã đặt chỗ"))
    );
    let person = mai.app.signed_in(mai.person).await;
    let own = person.get("/me/registrations").await.ok();
    let path = format!("/registrations/{}", own["items"][0]["id"].as_str().unwrap());
    person.delete(&path).await.expect(204);
    let used = mai.open().await;
    assert!(
        used.contains("đã được dùng") && !used.contains(&mai.hours[0]),
        "{used}"
    );
    mai.press(&format!("slot={}", mai.hours[0])).await;
    assert_eq!(mai.states().await, ["cancelled"]);
}

#[actix_web::test]
async fn an_hour_that_filled_up_meanwhile_offers_the_others() {
    let mai = reminded(1).await;
    let slot: uuid::Uuid = mai.hours[0].parse().unwrap();
    mai.app
        .rows(move |conn| {
            let full = slots::table.filter(slots::id.eq(giothong::drives::model::SlotId(slot)));
            diesel::update(full).set(slots::taken.eq(1)).execute(conn)
        })
        .await;
    let full = mai.press(&format!("slot={}", mai.hours[0])).await;
    assert_eq!(full.status, 200);
    let page = full.text();
    assert!(
        page.contains("Chưa đặt được") && page.contains(&mai.hours[1]),
        "{page}"
    );
    assert!(!page.contains(&mai.hours[0]), "what is full is not offered");
    assert!(
        mai.states().await.is_empty(),
        "nobody is put on a waitlist by a link"
    );
    let booked = mai.press(&format!("slot={}", mai.hours[1])).await;
    assert!(booked.text().contains("Bạn đã có chỗ"));
    assert_eq!(mai.states().await, ["booked"]);
}

#[actix_web::test]
async fn two_presses_at_once_book_one_place() {
    let mai = reminded(10).await;
    let (first, second) = (
        format!("slot={}", mai.hours[0]),
        format!("slot={}", mai.hours[1]),
    );
    let both = tokio::join!(mai.press(&first), mai.press(&second));
    assert!([200, 503].contains(&both.0.status) && [200, 503].contains(&both.1.status));
    assert_eq!(mai.states().await, ["booked"]);
}

#[actix_web::test]
async fn not_now_is_asked_again_in_a_month_and_never_earlier() {
    let mai = reminded(10).await;
    let said = mai.press("act=later").await;
    assert!(said.text().contains("nhắc bạn một lần"), "{}", said.text());
    mai.press("act=later").await;
    assert!(mai.open().await.contains("nhắc bạn một lần"));
    for _ in 0..30 {
        mai.app.forward(TimeDelta::days(1));
        mai.app.run_jobs().await;
    }
    assert_eq!(mai.mails(), 1, "not before the month is over");
    mai.app.forward(TimeDelta::days(1));
    mai.app.run_jobs().await;
    assert_eq!(mai.mails(), 2);
    let second = mai.app.mails_to("nguyenmai@example.vn").pop().unwrap();
    assert!(second.subject.contains("nhắc lại"), "{}", second.subject);
    mai.app.forward(TimeDelta::days(20));
    mai.app.run_jobs().await;
    assert_eq!(mai.mails(), 2);
}

#[actix_web::test]
async fn who_asked_for_later_and_gave_meanwhile_is_not_asked() {
    let mai = reminded(10).await;
    mai.press("act=later").await;
    let elsewhere = link_in(&mai.text, "g");
    let told = mai.app.stranger();
    let told = told
        .raw(Method::POST, &elsewhere, FORM, "on=2026-05-01&act=yes")
        .await;
    assert!(told.text().contains("Cảm ơn"), "{}", told.text());
    mai.app.forward(TimeDelta::days(40));
    mai.app.run_jobs().await;
    assert_eq!(mai.mails(), 1);
    assert!(mai.open().await.contains("chưa thể đăng ký"));
}

#[actix_web::test]
async fn a_link_serves_its_purpose_only_dies_with_time_and_bears_nonsense() {
    let mai = reminded(10).await;
    let stranger = mai.app.stranger();
    for (page, other) in [("r", "g"), ("g", "r"), ("k", "r"), ("r", "u")] {
        let token = link_in(&mai.text, other)
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned();
        let text = stranger.get(&format!("//{page}/{token}")).await.text();
        assert!(
            text.contains("không còn dùng được"),
            "{page} by {other}: {text}"
        );
    }
    let unknown = link::token(&mai.app.app.keys, "return", mai.app.app.id());
    for token in ["forged", "a.b", &unknown, &"x".repeat(3000)] {
        let path = format!("//r/{token}");
        let page = stranger.get(&path).await.text();
        assert!(page.contains("không còn dùng được"));
        let press = stranger.raw(Method::POST, &path, FORM, "act=later").await;
        assert!(press.text().contains("không còn dùng được"));
    }
    mai.press("slot=nonsense").await.invalid(&["slot"]);
    mai.press("act=dance").await.invalid(&["act"]);
    mai.press("colour=red").await.invalid(&["colour"]);
    let nothing = mai.press("").await;
    assert!(
        nothing.text().contains(&mai.hours[0]),
        "nothing pressed, nothing done"
    );
    let nowhere = mai
        .press(&format!("slot={}", uuid::Uuid::from_u128(9)))
        .await;
    assert!(nowhere.text().contains("Chưa đặt được"));
    assert!(mai.states().await.is_empty());
    mai.app.forward(TimeDelta::days(7 + 61));
    let page = mai.open().await;
    assert!(page.contains("không còn dùng được"), "{page}");
}

#[actix_web::test]
async fn a_drive_that_is_no_longer_open_cannot_be_booked_by_a_link() {
    let mai = reminded(10).await;
    let drives = mai.app.stranger().get("/drives").await.ok();
    let path = format!(
        "/drives/{}/state",
        drives["items"][0]["id"].as_str().unwrap()
    );
    mai.coordinator
        .put(&path, json!({"state": "cancelled"}))
        .await
        .ok();
    let late = mai.press(&format!("slot={}", mai.hours[0])).await;
    assert!(late.text().contains("Chưa đặt được"), "{}", late.text());
    assert!(late.text().contains("chưa có đợt hiến máu nào gần"));
    assert!(mai.states().await.is_empty());
}

#[actix_web::test]
async fn a_day_that_is_corrected_moves_the_reminder_and_never_doubles_it() {
    let app = TestApp::new().await;
    let person = app
        .ready_donor(
            "Nguyễn Mai",
            crate::support::Ready::of(giothong::blood::BloodGroup::APositive),
        )
        .await;
    let gave = |days: u64| Gift {
        id: app.app.id(),
        person,
        component: giothong::blood::Component::WholeBlood,
        given_on: today() - Days::new(days),
        source: GiftSource::Declared,
        donation: None,
        place: None,
        created_by: None,
    };
    let (first, late) = (gave(84), gave(70));
    let (rules, now) = (find_rules("vn-2013").unwrap(), app.app.now());
    app.rows(move |conn| donors::record_gift(conn, rules, &first, now))
        .await;
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1, "84 days are over today");
    // The day is put a little earlier: this return was told of.
    app.rows(move |conn| {
        diesel::update(table::table.find(person))
            .set(table::available_from.eq(today() - Days::new(2)))
            .execute(conn)
    })
    .await;
    app.forward(TimeDelta::days(1));
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1);
    // A gift that was entered late: its own return is told of on its own day.
    app.rows(move |conn| donors::record_gift(conn, rules, &late, now))
        .await;
    for day in 2..=13 {
        app.forward(TimeDelta::days(1));
        app.run_jobs().await;
        assert_eq!(app.mails().len(), 1, "day {day}");
    }
    app.forward(TimeDelta::days(1));
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 2);
}
