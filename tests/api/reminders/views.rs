//! What coordinators see: who would be reminded and why not, and what became of it.
use super::{belongs, due, link_in, today};
use crate::support::{Actor, Ready, TestApp, drive_plan};
use actix_web::http::Method;
use chrono::{Days, NaiveDate, TimeDelta};
use diesel::prelude::*;
use giothong::blood::BloodGroup;
use giothong::people::contacts;
use giothong::platform::config::Settings;
use giothong::platform::db::schema::{consents, donors as table};
use giothong::platform::http::Role;
use giothong::platform::id::{AnyId, OrganisationId, PersonId};
use giothong::platform::notices::{Purpose, stops};
use serde_json::{Value, json};

/// Lets others see that they may give.
async fn shares(app: &TestApp, person: PersonId) {
    let (id, now): (AnyId, _) = (app.app.id(), app.app.now());
    app.rows(move |conn| {
        diesel::insert_into(consents::table)
            .values((
                consents::id.eq(id),
                consents::person.eq(person),
                consents::purpose.eq("club_sharing"),
                consents::is_granted.eq(true),
                consents::text_version.eq("test"),
                consents::source.eq("self"),
                consents::given_at.eq(now),
            ))
            .execute(conn)
    })
    .await;
}

/// A province with two clubs, and its coordinator.
struct Tree {
    app: TestApp,
    province: OrganisationId,
    clubs: [OrganisationId; 2],
    coordinator: Actor,
}

async fn tree() -> Tree {
    tree_with(|_| ()).await
}

async fn tree_with(change: impl FnOnce(&mut Settings)) -> Tree {
    let app = TestApp::with(change).await;
    let province = app.body("province", "Hà Nội", None).await;
    let clubs = [
        app.body("club", "Câu lạc bộ An", Some(province)).await,
        app.body("club", "Câu lạc bộ Bình", Some(province)).await,
    ];
    Tree {
        coordinator: app.coordinator(province).await,
        app,
        province,
        clubs,
    }
}

impl Tree {
    async fn member(&self, name: &str, from: NaiveDate, club: usize) -> PersonId {
        let person = due(&self.app, name, from).await;
        belongs(&self.app, person, self.clubs[club]).await;
        shares(&self.app, person).await;
        person
    }
}

fn names_and_reasons(page: &Value) -> Vec<(String, Value)> {
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            (
                item["name"].as_str().unwrap_or("?").to_owned(),
                item["reason"].clone(),
            )
        })
        .collect()
}

#[actix_web::test]
async fn a_coordinator_sees_who_would_be_reminded_and_why_the_others_would_not() {
    let tree = tree().await;
    let app = &tree.app;
    tree.member("Nguyễn Mai", today(), 0).await;
    let stopped = tree.member("Lê Thôi", today(), 0).await;
    let booked = tree.member("Trần Đặt", today() - Days::new(1), 1).await;
    let old = tree.member("Phạm Già", today(), 1).await;
    tree.member("Vũ Sớm", today() + Days::new(1), 1).await;
    tree.member("Đỗ Lâu", today() - Days::new(7), 1).await;
    let rare = app
        .ready_donor(
            "Hồ Hiếm",
            Ready {
                from: today(),
                ..Ready::of(BloodGroup::ONegative)
            },
        )
        .await;
    belongs(app, rare, tree.clubs[1]).await;
    let (drive, hours) = app
        .open_drive(&tree.coordinator, drive_plan(tree.province))
        .await;
    let body = json!({"slot": hours[0]});
    let donor = app.signed_in(booked).await;
    donor
        .post(&format!("/drives/{drive}/registrations"), body)
        .await
        .created();
    app.rows(move |conn| {
        diesel::update(table::table.find(stopped))
            .set(table::wants_reminders.eq(false))
            .execute(conn)?;
        diesel::update(table::table.find(old))
            .set(table::available_until.eq(Some(today() - Days::new(1))))
            .execute(conn)
    })
    .await;
    let page = tree.coordinator.get("/reminders/preview").await.ok();
    let mut seen = names_and_reasons(&page);
    let clubs: Vec<_> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["club_name"].clone())
        .collect();
    assert_eq!(clubs[..2], ["Câu lạc bộ An", "Câu lạc bộ An"], "by club");
    seen.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(
        seen,
        [
            ("?".to_owned(), json!("kept_in_reserve")),
            ("Lê Thôi".to_owned(), json!("no_consent")),
            ("Nguyễn Mai".to_owned(), json!(null)),
            ("Phạm Già".to_owned(), json!("over_age")),
            ("Trần Đặt".to_owned(), json!("booked")),
        ]
    );
    let text = page.to_string();
    assert!(!text.contains("2026-0"), "never a day: {text}");
    let tomorrow = tree
        .coordinator
        .get("/reminders/preview?on=2026-05-02")
        .await
        .ok();
    assert!(names_and_reasons(&tomorrow).contains(&("Vũ Sớm".to_owned(), json!(null))));
    app.run_jobs().await;
    let later = tree.coordinator.get("/reminders/preview").await.ok();
    assert!(names_and_reasons(&later).contains(&("Nguyễn Mai".to_owned(), json!("told"))));
}

#[actix_web::test]
async fn the_preview_says_what_then_happens() {
    let tree = tree().await;
    for number in 0..7 {
        let club = number % 2;
        let from = today() - Days::new(u64::try_from(number).unwrap());
        tree.member(&format!("Người {number}"), from, club).await;
    }
    let pause = json!({"paused_until": "2026-05-09"});
    let path = format!("/organisations/{}/reminders", tree.clubs[1]);
    tree.coordinator.put(&path, pause).await.ok();
    let mut named = Vec::new();
    let mut path = "/reminders/preview?limit=3".to_owned();
    loop {
        let page = tree.coordinator.get(&path).await.ok();
        named.extend(names_and_reasons(&page));
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/reminders/preview?limit=3&after={next}");
    }
    assert_eq!(named.len(), 7);
    tree.app.run_jobs().await;
    for (name, reason) in named {
        let mail = format!(
            "{}@example.vn",
            giothong::platform::fold::fold(&name).replace(' ', "")
        );
        let is_told = !tree.app.mails_to(&mail).is_empty();
        assert_eq!(is_told, reason.is_null(), "{name}: {reason}");
        assert!(reason.is_null() || reason == "paused");
    }
}

#[actix_web::test]
async fn the_preview_heeds_the_rules_of_contact() {
    let tree = tree_with(|settings| settings.notices.per_week.in_all = 1).await;
    let stopped = tree.member("Nguyễn Ngừng", today(), 0).await;
    let full = tree.member("Lê Nhiều", today(), 0).await;
    tree.member("Trần Mai", today() + Days::new(1), 0).await;
    let now = tree.app.app.now();
    tree.app
        .rows(move |conn| {
            let lookups = contacts::lookups(conn, stopped)?;
            stops::put(conn, &lookups, None, stops::StopReason::Asked, now)
        })
        .await;
    crate::notices::tell(&tree.app, full, Purpose::Thanks).await;
    crate::notices::send(&tree.app).await;
    let page = tree.coordinator.get("/reminders/preview").await.ok();
    assert_eq!(
        names_and_reasons(&page),
        [
            ("Nguyễn Ngừng".to_owned(), json!("stopped")),
            ("Lê Nhiều".to_owned(), json!("weekly_cap")),
        ]
    );
    let ahead = "/reminders/preview?on=2026-05-02";
    let page = tree.coordinator.get(ahead).await.ok();
    let mai = ("Trần Mai".to_owned(), json!(null));
    assert!(names_and_reasons(&page).contains(&mai), "not yet today");
}

#[actix_web::test]
async fn who_is_told_once_more_is_seen_beforehand_with_the_reason_why_others_are_not() {
    let tree = tree_with(|settings| settings.reminders.follow_up_days = vec![14, 45]).await;
    let app = &tree.app;
    tree.member("Nguyễn Mai", today(), 0).await;
    tree.member("Lê Sau", today(), 0).await;
    let booked = tree.member("Trần Đặt", today(), 1).await;
    tree.member("Vũ Lặng", today() - Days::new(14), 1).await;
    let again = async |on: &str| {
        let path = format!("/reminders/preview?on={on}");
        let page = tree.coordinator.get(&path).await.ok();
        let rows = page["items"].as_array().unwrap().iter();
        let mut rows: Vec<(String, Value, Value)> = rows
            .map(|row| {
                let name = row["name"].as_str().unwrap().to_owned();
                (name, row["after_days"].clone(), row["reason"].clone())
            })
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows
    };
    let row = |name: &str, after: i64, reason: Value| (name.to_owned(), json!(after), reason);
    assert_eq!(
        again("2026-05-15").await,
        [
            row("Lê Sau", 14, json!(null)),
            row("Nguyễn Mai", 14, json!(null)),
            row("Trần Đặt", 14, json!(null)),
        ],
        "before the first left it is believed to leave"
    );
    app.run_jobs().await;
    let page = link_in(&app.mails_to("lesau@example.vn")[0].text, "r");
    app.stranger()
        .raw(Method::POST, &page, super::FORM, "act=later")
        .await;
    let (drive, hours) = app
        .open_drive(&tree.coordinator, {
            let mut plan = drive_plan(tree.province);
            plan["sessions"] = json!([crate::support::session_plan("2026-05-20")]);
            plan
        })
        .await;
    let donor = app.signed_in(booked).await;
    let path = format!("/drives/{drive}/registrations");
    donor.post(&path, json!({"slot": hours[0]})).await.created();
    let expected = [
        row("Lê Sau", 14, json!("asked_for_later")),
        row("Nguyễn Mai", 14, json!(null)),
        row("Trần Đặt", 14, json!("booked")),
    ];
    assert_eq!(again("2026-05-15").await, expected);
    assert_eq!(
        again("2026-05-01").await[3],
        row("Vũ Lặng", 14, json!("first_not_sent")),
        "no second message without a first"
    );
    for _ in 0..14 {
        app.forward(TimeDelta::days(1));
        app.run_jobs().await;
    }
    assert_eq!(app.mails_to("nguyenmai@example.vn").len(), 2);
    assert_eq!(app.mails_to("lesau@example.vn").len(), 1);
    let told = again("2026-05-15").await;
    assert!(
        told.contains(&row("Nguyễn Mai", 14, json!("told"))),
        "{told:?}"
    );
    let third = again("2026-06-15").await;
    assert!(
        third.contains(&row("Nguyễn Mai", 45, json!(null))),
        "{third:?}"
    );
}

#[actix_web::test]
async fn each_coordinator_sees_their_own_part_of_the_tree() {
    let tree = tree().await;
    tree.member("Nguyễn Mai", today(), 0).await;
    tree.member("Lê Lan", today(), 1).await;
    let one = format!("/reminders/preview?organisation={}", tree.clubs[0]);
    let page = tree.coordinator.get(&one).await.ok();
    assert_eq!(names_and_reasons(&page).len(), 1);
    let other = tree.app.body("province", "Cần Thơ", None).await;
    let other = tree
        .app
        .staff("Điều Phối Khác", Role::Coordinator, other)
        .await;
    let page = other.get("/reminders/preview").await.ok();
    assert_eq!(page["items"], json!([]));
    other.get(&one).await.refused("not-found");
    let lead = tree
        .app
        .staff("Trưởng Nhóm", Role::ClubLead, tree.clubs[0])
        .await;
    lead.get("/reminders/preview").await.refused("forbidden");
    lead.get("/reminders/results?from=2026-05-01&to=2026-05-01")
        .await
        .refused("forbidden");
    for odd in ["2026-04-30", "2026-06-02"] {
        let path = format!("/reminders/preview?on={odd}");
        tree.coordinator.get(&path).await.invalid(&["on"]);
    }
    tree.coordinator
        .get("/reminders/preview?on=soon")
        .await
        .invalid(&["on"]);
    tree.coordinator
        .get("/reminders/preview?limit=0")
        .await
        .invalid(&["limit"]);
    tree.coordinator
        .get("/reminders/preview?after=x")
        .await
        .refused("stale-cursor");
}

#[actix_web::test]
async fn results_count_what_left_and_what_was_booked_within_seven_days() {
    let tree = tree().await;
    tree.member("Nguyễn Mai", today(), 0).await;
    let late = tree.member("Lê Muộn", today(), 0).await;
    tree.member("Trần Không", today(), 1).await;
    tree.member("Vũ Mai Sau", today() + Days::new(1), 1).await;
    due(&tree.app, "Người Ngoài", today()).await;
    let (drive, hours) = tree
        .app
        .open_drive(&tree.coordinator, {
            let mut plan = drive_plan(tree.province);
            plan["sessions"] = json!([crate::support::session_plan("2026-05-20")]);
            plan
        })
        .await;
    tree.app.run_jobs().await;
    let page = link_in(&tree.app.mails_to("nguyenmai@example.vn")[0].text, "r");
    let press = format!("slot={}", hours[0]);
    tree.app
        .stranger()
        .raw(Method::POST, &page, super::FORM, press)
        .await;
    tree.app.forward(TimeDelta::days(1));
    tree.app.run_jobs().await;
    tree.app.forward(TimeDelta::days(8));
    let late = tree.app.signed_in(late).await;
    let body = json!({"slot": hours[0]});
    late.post(&format!("/drives/{drive}/registrations"), body)
        .await
        .created();
    let path = "/reminders/results?from=2026-05-01&to=2026-05-03";
    let results = tree.coordinator.get(path).await.ok();
    assert_eq!(
        results["items"],
        json!([
            {"on": "2026-05-01", "sent": 3, "delivered": 3, "booked": 1, "cost": 0},
            {"on": "2026-05-02", "sent": 1, "delivered": 1, "booked": 0, "cost": 0},
            {"on": "2026-05-03", "sent": 0, "delivered": 0, "booked": 0, "cost": 0},
        ])
    );
    for odd in [
        "from=2026-05-02&to=2026-05-01",
        "from=2026-01-01&to=2026-12-31",
    ] {
        let path = format!("/reminders/results?{odd}");
        tree.coordinator.get(&path).await.invalid(&["to"]);
    }
    tree.coordinator
        .get("/reminders/results")
        .await
        .invalid(&["from"]);
    let other = tree.app.body("province", "Cần Thơ", None).await;
    let other = tree
        .app
        .staff("Điều Phối Khác", Role::Coordinator, other)
        .await;
    let results = other.get(path).await.ok();
    assert_eq!(results["items"][0]["sent"], 0);
}
