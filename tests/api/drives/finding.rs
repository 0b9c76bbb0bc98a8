//! Finding a drive: by day, by distance, by name, in a calendar, on a board.
use super::Chapter;
use crate::support::{Actor, TestApp, drive_plan, session_plan};
use diesel::prelude::*;
use giothong::drives::model::{DriveKind, DriveState, Near, SessionId, SlotId};
use giothong::drives::{self, slots};
use giothong::platform::db::schema as rows;
use giothong::platform::http::Role;
use giothong::platform::id::DriveId;
use giothong::platform::text::Coordinates;
use serde_json::{Value, json};

fn plan(chapter: &Chapter, name: &str, day: &str, at: (f64, f64)) -> Value {
    let mut plan = drive_plan(chapter.body);
    plan["name"] = json!(name);
    plan["sessions"] = json!([session_plan(day)]);
    plan["sessions"][0]["latitude"] = json!(at.0);
    plan["sessions"][0]["longitude"] = json!(at.1);
    plan
}

async fn open(chapter: &Chapter, name: &str, day: &str, at: (f64, f64)) -> (DriveId, Vec<String>) {
    chapter
        .app
        .open_drive(&chapter.coordinator, plan(chapter, name, day, at))
        .await
}

const KIM_LIEN: (f64, f64) = (21.0085, 105.8342);
const HOAN_KIEM: (f64, f64) = (21.0287, 105.8524);
const SAI_GON: (f64, f64) = (10.7769, 106.7009);

async fn names(app: &TestApp, query: &str) -> Vec<String> {
    let page = app.stranger().get(&format!("/drives{query}")).await.ok();
    named(&page)
}

fn named(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

#[actix_web::test]
async fn drives_are_listed_by_day_and_a_page_leads_to_the_next() {
    let chapter = Chapter::new().await;
    for (name, day) in [
        ("C", "2026-05-20"),
        ("A", "2026-05-08"),
        ("B", "2026-05-09"),
        ("D", "2026-08-01"),
    ] {
        open(&chapter, name, day, KIM_LIEN).await;
    }
    let first = chapter.app.stranger().get("/drives?limit=2").await.ok();
    assert_eq!(named(&first), ["A", "B"]);
    let after = first["next"].as_str().unwrap();
    let second = chapter
        .app
        .stranger()
        .get(&format!("/drives?limit=2&after={after}"))
        .await
        .ok();
    assert_eq!(
        (named(&second), &second["next"]),
        (vec!["C".to_owned()], &Value::Null)
    );
    assert_eq!(
        names(&chapter.app, "?from=2026-07-01&to=2026-08-01").await,
        ["D"]
    );
}

#[actix_web::test]
async fn a_drive_of_several_days_stands_once_under_its_next_day() {
    let chapter = Chapter::new().await;
    let mut plan = drive_plan(chapter.body);
    plan["sessions"] = json!([
        session_plan("2026-05-12"),
        session_plan("2026-05-09"),
        session_plan("2026-05-10")
    ]);
    chapter.app.open_drive(&chapter.coordinator, plan).await;
    let days = |page: Value| {
        let items = page["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|item| item["session"]["held_on"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        days(chapter.app.stranger().get("/drives").await.ok()),
        ["2026-05-09"]
    );
    assert_eq!(
        days(
            chapter
                .app
                .stranger()
                .get("/drives?from=2026-05-10")
                .await
                .ok()
        ),
        ["2026-05-10"]
    );
}

#[actix_web::test]
async fn nearest_comes_first_and_far_away_does_not_come() {
    let chapter = Chapter::new().await;
    open(&chapter, "Sài Gòn", "2026-05-08", SAI_GON).await;
    open(&chapter, "Hoàn Kiếm", "2026-05-08", HOAN_KIEM).await;
    open(&chapter, "Kim Liên", "2026-05-20", KIM_LIEN).await;
    let page = chapter
        .app
        .stranger()
        .get("/drives?near=21.0085,105.8342&limit=1")
        .await
        .ok();
    assert_eq!(named(&page), ["Kim Liên"]);
    assert_eq!(page["items"][0]["distance_m"], 0);
    let after = page["next"].as_str().unwrap();
    let path = format!("/drives?near=21.0085,105.8342&limit=1&after={after}");
    let next = chapter.app.stranger().get(&path).await.ok();
    assert_eq!(
        (named(&next), &next["next"]),
        (vec!["Hoàn Kiếm".to_owned()], &Value::Null)
    );
    let metres = next["items"][0]["distance_m"].as_i64().unwrap();
    assert!((2_900..3_000).contains(&metres), "{metres}");
    assert_eq!(
        names(&chapter.app, "?near=21.0085,105.8342&within_km=2").await,
        ["Kim Liên"]
    );
    chapter
        .app
        .stranger()
        .get(&format!("/drives?after={after}"))
        .await
        .refused("stale-cursor");
}

#[actix_web::test]
async fn a_search_finds_names_and_places_with_or_without_accents() {
    let chapter = Chapter::new().await;
    open(&chapter, "Giọt hồng 100%", "2026-05-08", KIM_LIEN).await;
    for query in [
        "?q=giot%20hong",
        "?q=Ph%E1%BA%A1m%20Ng%E1%BB%8Dc%20Th%E1%BA%A1ch",
        "?q=100%25",
    ] {
        assert_eq!(names(&chapter.app, query).await.len(), 1, "{query}");
    }
    for query in ["?q=giot_hong", "?q=trang%20tien"] {
        assert!(names(&chapter.app, query).await.is_empty(), "{query}");
    }
}

#[actix_web::test]
async fn drives_are_found_by_organisation_programme_and_free_places() {
    let chapter = Chapter::new().await;
    let programme = json!({"name": "Hành trình đỏ", "edition": 2026});
    let programme = chapter
        .coordinator
        .post("/programmes", programme)
        .await
        .created();
    let mut red = plan(&chapter, "Đỏ", "2026-05-08", KIM_LIEN);
    red["programmes"] = json!([programme["id"]]);
    let (_, slot_ids) = chapter.app.open_drive(&chapter.coordinator, red).await;
    open(&chapter, "Hồng", "2026-05-09", KIM_LIEN).await;
    let by_programme = format!("?programme={}", programme["id"].as_str().unwrap());
    assert_eq!(names(&chapter.app, &by_programme).await, ["Đỏ"]);
    let elsewhere = chapter.app.body("province", "Tỉnh Lào Cai", None).await;
    assert!(
        names(&chapter.app, &format!("?organisation={elsewhere}"))
            .await
            .is_empty()
    );
    assert_eq!(
        names(&chapter.app, &format!("?organisation={}", chapter.body))
            .await
            .len(),
        2
    );
    for slot in slot_ids {
        let slot: SlotId = slot.parse().unwrap();
        chapter
            .app
            .rows(move |conn| slots::take_many(conn, slot, 10))
            .await;
    }
    assert_eq!(names(&chapter.app, "?open=true").await, ["Hồng"]);
    let all = chapter.app.stranger().get("/drives").await.ok();
    assert_eq!(
        (
            &all["items"][0]["places_left"],
            &all["items"][1]["places_left"]
        ),
        (&json!(0), &json!(20))
    );
}

#[actix_web::test]
async fn the_public_list_holds_what_is_open_running_or_completed() {
    let chapter = Chapter::new().await;
    let (id, _) = open(&chapter, "Đợt", "2026-05-08", KIM_LIEN).await;
    let own = format!("/drives?organisation={}", chapter.body);
    for (state, is_listed) in [
        (DriveState::Draft, false),
        (DriveState::Open, true),
        (DriveState::Running, true),
        (DriveState::Completed, true),
        (DriveState::Signed, false),
        (DriveState::Cancelled, false),
    ] {
        chapter.app.set_state(id, state).await;
        assert_eq!(
            !names(&chapter.app, "").await.is_empty(),
            is_listed,
            "{state:?}"
        );
        let listed = named(&chapter.coordinator.get(&own).await.ok());
        assert_eq!(listed.len(), 1, "its own coordinator sees it {state:?}");
    }
    chapter.app.set_state(id, DriveState::Draft).await;
    let elsewhere = chapter.stranger_in_office().await;
    assert!(named(&elsewhere.get(&own).await.ok()).is_empty());
}

#[actix_web::test]
async fn drives_are_found_by_who_draws_the_blood() {
    let chapter = Chapter::new().await;
    let centre = chapter.app.body("blood_centre", "Viện Máu", None).await;
    let mut drawn = plan(&chapter, "Viện lấy máu", "2026-05-08", KIM_LIEN);
    drawn["collected_by"] = json!(centre);
    chapter.app.open_drive(&chapter.coordinator, drawn).await;
    open(&chapter, "Chưa rõ ai", "2026-05-09", KIM_LIEN).await;
    let by_centre = format!("?collected_by={centre}");
    assert_eq!(names(&chapter.app, &by_centre).await, ["Viện lấy máu"]);
    let by_another = format!("?collected_by={}", chapter.body);
    assert!(names(&chapter.app, &by_another).await.is_empty());
}

#[actix_web::test]
async fn ones_own_drives_are_those_ones_roles_reach_and_those_ones_people_went_to() {
    let chapter = Chapter::new().await;
    let centre = chapter.app.body("blood_centre", "Viện Máu", None).await;
    let mut drawn = plan(&chapter, "Viện lấy máu", "2026-05-08", KIM_LIEN);
    drawn["collected_by"] = json!(centre);
    let (drawn, slots) = chapter.app.open_drive(&chapter.coordinator, drawn).await;
    let (other, _) = open(&chapter, "Chưa rõ ai", "2026-05-09", KIM_LIEN).await;
    let school = chapter.app.body("school", "Đại học Bách khoa", None).await;
    let donor = chapter.app.donor("Lê Thị An").await;
    let booking = json!({"slot": slots[0], "mobilised_by": school});
    let path = format!("/drives/{drawn}/registrations");
    donor.post(&path, booking).await.created();

    let mine = "/drives?mine=true";
    let own = async |who: &Actor| named(&who.get(mine).await.ok());
    let app = &chapter.app;
    assert_eq!(own(&chapter.coordinator).await.len(), 2);
    let nurse = app.staff("Y Tá Nga", Role::Nurse, centre).await;
    assert_eq!(own(&nurse).await, ["Viện lấy máu"]);
    let lead = app.staff("Thầy Hùng", Role::ClubLead, school).await;
    assert_eq!(own(&lead).await, ["Viện lấy máu"]);
    assert!(own(&chapter.stranger_in_office().await).await.is_empty());
    assert!(own(&donor).await.is_empty());
    app.stranger().get(mine).await.refused("unauthenticated");

    // What is signed is over for everybody else; a draft is nobody's but its coordinator's.
    app.set_state(drawn, DriveState::Signed).await;
    app.set_state(other, DriveState::Draft).await;
    assert_eq!(own(&lead).await, ["Viện lấy máu"]);
    assert_eq!(own(&chapter.coordinator).await, ["Viện lấy máu"]);
}

#[actix_web::test]
async fn a_question_that_makes_no_sense_names_its_parameter() {
    let chapter = Chapter::new().await;
    for (query, field) in [
        ("near=91,0", "near"),
        ("near=here", "near"),
        ("near=21,105&within_km=0", "within_km"),
        ("within_km=5", "near"),
        ("from=2026-05-02&to=2026-05-01", "to"),
        ("from=2026-05-01&to=2028-05-01", "to"),
        ("from=yesterday", "from"),
        ("from=-262143-01-01", "to"),
        ("open=perhaps", "open"),
        ("limit=0", "limit"),
        ("colour=red", "colour"),
        ("from=%2B262142-12-30&to=%2B262142-12-31", "to"),
        (&format!("q={}", "a".repeat(101)), "q"),
    ] {
        chapter
            .app
            .stranger()
            .get(&format!("/drives?{query}"))
            .await
            .invalid(&[field]);
    }
    chapter
        .app
        .stranger()
        .get("/drives?after=abc")
        .await
        .refused("stale-cursor");
}

#[actix_web::test]
async fn a_calendar_has_an_event_for_each_session_that_keeps_its_id() {
    let chapter = Chapter::new().await;
    let mut two_days = plan(&chapter, "Đợt; hai ngày", "2026-05-08", KIM_LIEN);
    two_days["sessions"] = json!([session_plan("2026-05-08"), session_plan("2026-05-09")]);
    chapter.app.open_drive(&chapter.coordinator, two_days).await;
    open(&chapter, "Sài Gòn", "2026-05-08", SAI_GON).await;
    let reply = chapter
        .app
        .stranger()
        .get("/drives.ics?near=21.0,105.8")
        .await;
    assert_eq!(
        reply.header("content-type"),
        Some("text/calendar; charset=utf-8")
    );
    let text = reply.text().replace("\r\n ", "");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 2);
    assert!(text.contains("DTSTART:20260508T003000Z"), "{text}");
    assert!(text.contains("SUMMARY:Đợt\\; hai ngày"), "{text}");
    let uids = |text: &str| {
        let lines = text.lines().filter(|line| line.starts_with("UID:"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let again = chapter
        .app
        .stranger()
        .get("/drives.ics?near=21.0,105.8")
        .await;
    assert_eq!(uids(&text), uids(&again.text()));
    assert_eq!(text, again.text().replace("\r\n ", ""));
    chapter
        .app
        .stranger()
        .get("/drives.ics?limit=5")
        .await
        .invalid(&["limit"]);
}

#[actix_web::test]
async fn the_board_answers_not_modified_until_something_changes() {
    let chapter = Chapter::new().await;
    let (id, slot_ids) = open(&chapter, "Đợt", "2026-05-08", KIM_LIEN).await;
    let path = format!("/public/drives/{id}");
    let reply = chapter.app.stranger().get(&path).await;
    assert_eq!(reply.header("cache-control"), Some("public, max-age=15"));
    let tag = reply.header("etag").unwrap().to_owned();
    let knowing = chapter.app.stranger().with("If-None-Match", &tag);
    let same = knowing.get(&path).await;
    assert_eq!((same.status, same.bytes.len()), (304, 0));
    let slot: SlotId = slot_ids[0].parse().unwrap();
    chapter.app.rows(move |conn| slots::take(conn, slot)).await;
    assert_eq!(knowing.get(&path).await.ok()["places_left"], 19);
}

#[actix_web::test]
async fn reminders_are_offered_the_nearest_open_drives_with_places() {
    let chapter = Chapter::new().await;
    open(&chapter, "Hoàn Kiếm", "2026-05-08", HOAN_KIEM).await;
    open(&chapter, "Kim Liên", "2026-05-09", KIM_LIEN).await;
    open(&chapter, "Xa", "2026-05-08", SAI_GON).await;
    let (full, slot_ids) = open(&chapter, "Hết chỗ", "2026-05-08", KIM_LIEN).await;
    for slot in slot_ids {
        let slot: SlotId = slot.parse().unwrap();
        chapter
            .app
            .rows(move |conn| slots::take_many(conn, slot, 10))
            .await;
    }
    let now = chapter.app.app.now();
    let near = Near {
        at: Coordinates::parse(KIM_LIEN.0, KIM_LIEN.1).unwrap(),
        within_km: 30.0,
        from: now,
        to: now + chrono::TimeDelta::days(14),
        limit: 3,
    };
    let found = chapter
        .app
        .rows(move |conn| drives::near(conn, &near))
        .await;
    let names: Vec<&str> = found.iter().map(|drive| drive.name.as_str()).collect();
    assert_eq!(names, ["Kim Liên", "Hoàn Kiếm"]);
    assert_eq!((found[0].places_left, found[0].distance_m), (20, 0));
    assert!(found.iter().all(|drive| drive.drive != full));
}

#[actix_web::test]
async fn the_hot_questions_use_an_index() {
    let chapter = Chapter::new().await;
    let (id, slot_ids) = open(&chapter, "Đợt", "2026-05-08", KIM_LIEN).await;
    fill(&chapter.app, id).await;
    chapter.app.analyze().await;
    let slot: SlotId = slot_ids[0].parse().unwrap();
    let taking = chapter.app.plans(move |conn| slots::take(conn, slot)).await;
    let finding = chapter.app.plans(move |conn| slots::find(conn, slot)).await;
    let giving = chapter
        .app
        .plans(move |conn| slots::give_back(conn, slot, 1))
        .await;
    for plan in [taking, finding, giving].concat() {
        assert!(!scans(&plan), "{plan}");
    }
    for path in [
        format!("/drives/{id}"),
        format!("/drives/{id}/slots"),
        "/drives".to_owned(),
        "/drives?near=21.0,105.8&within_km=30".to_owned(),
        format!("/public/drives/{id}"),
    ] {
        let stranger = chapter.app.stranger();
        for plan in chapter.app.plans_of(&stranger, &path).await {
            assert!(!scans(&plan), "{path}\n{plan}");
        }
    }
}

/// Whether a plan reads one of the large tables from end to end.
fn scans(plan: &str) -> bool {
    let large = ["drives", "sessions", "slots"];
    plan.lines().any(|line| {
        large.iter().any(|table| {
            line.contains(&format!("Seq Scan on {table}"))
                || line.contains(&format!("SCAN {table}"))
        })
    })
}

/// Six thousand more drives of the next two years, copied from this one.
async fn fill(app: &TestApp, id: DriveId) {
    let now = app.app.now();
    let organiser = app.rows(move |conn| drives::find(conn, id)).await.organiser;
    app.rows(move |conn| {
        for day in 0..40 {
            let (mut drives, mut sessions, mut slots) = (vec![], vec![], vec![]);
            for _ in 0..150 {
                let ids = [(); 3].map(|()| uuid::Uuid::new_v4());
                let starts_at = now + chrono::TimeDelta::days(day * 18);
                let on = starts_at.date_naive();
                drives.push((
                    rows::drives::id.eq(DriveId(ids[0])),
                    rows::drives::organiser.eq(organiser),
                    rows::drives::kind.eq(DriveKind::Planned),
                    rows::drives::name.eq("Đợt"),
                    rows::drives::search_name.eq("dot"),
                    rows::drives::state.eq(DriveState::Open),
                    rows::drives::time_zone.eq("Asia/Ho_Chi_Minh"),
                    rows::drives::starts_on.eq(on),
                    rows::drives::ends_on.eq(on),
                    rows::drives::is_hidden.eq(false),
                    rows::drives::created_at.eq(now),
                    rows::drives::changed_at.eq(now),
                ));
                sessions.push((
                    rows::sessions::id.eq(SessionId(ids[1])),
                    rows::sessions::drive.eq(DriveId(ids[0])),
                    rows::sessions::place.eq("Nhà văn hóa"),
                    rows::sessions::address.eq("1 Lê Lợi"),
                    rows::sessions::held_on.eq(on),
                    rows::sessions::starts_at.eq(starts_at),
                    rows::sessions::ends_at.eq(starts_at + chrono::TimeDelta::hours(4)),
                ));
                slots.push((
                    rows::slots::id.eq(SlotId(ids[2])),
                    rows::slots::session.eq(SessionId(ids[1])),
                    rows::slots::drive.eq(DriveId(ids[0])),
                    rows::slots::starts_at.eq(starts_at),
                    rows::slots::capacity.eq(10),
                ));
            }
            giothong::on_each!(conn => diesel::insert_into(rows::drives::table).values(&drives).execute(conn))?;
            giothong::on_each!(conn => diesel::insert_into(rows::sessions::table).values(&sessions).execute(conn))?;
            giothong::on_each!(conn => diesel::insert_into(rows::slots::table).values(&slots).execute(conn))?;
        }
        Ok(())
    })
    .await;
}
