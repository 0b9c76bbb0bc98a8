//! Places and sums: what bookings and donations lean on.
use super::Chapter;
use crate::support::drive_plan;
use diesel::prelude::*;
use giothong::drives::model::{Delta, ProgrammeId, SlotId, TallyKey, UnitKind};
use giothong::drives::{self, slots, tallies};
use giothong::platform::db::schema::tallies as rows;
use giothong::platform::id::{DriveId, OrganisationId};
use serde_json::json;

#[actix_web::test]
async fn of_many_who_race_for_the_last_places_as_many_win_as_there_are() {
    let chapter = Chapter::new().await;
    let (_, ids) = chapter
        .app
        .open_drive(&chapter.coordinator, drive_plan(chapter.body))
        .await;
    let slot: SlotId = ids[0].parse().unwrap();
    let take = || chapter.app.rows(move |conn| slots::take(conn, slot));
    let winners = futures_util::future::join_all((0..30).map(|_| take())).await;
    assert_eq!(winners.into_iter().filter(|won| *won).count(), 10);
    let gave = chapter
        .app
        .rows(move |conn| slots::give_back(conn, slot, 3))
        .await;
    assert!(gave);
    let too_many = chapter
        .app
        .rows(move |conn| slots::take_many(conn, slot, 4))
        .await;
    assert!(!too_many, "only three are free");
    let never_taken = chapter
        .app
        .rows(move |conn| slots::give_back(conn, slot, 8))
        .await;
    assert!(!never_taken);
}

async fn key_of(chapter: &Chapter, drive: DriveId, body: OrganisationId) -> TallyKey {
    let drive = chapter
        .app
        .rows(move |conn| drives::find(conn, drive))
        .await;
    TallyKey {
        drive: drive.id,
        held_on: drive.starts_on,
        body,
        kind: UnitKind::Planned,
        organiser: drive.organiser,
        programme: drive.main_programme,
    }
}

#[actix_web::test]
async fn sums_move_both_ways_and_never_below_what_was_recorded() {
    let chapter = Chapter::new().await;
    let (id, _) = chapter
        .app
        .open_drive(&chapter.coordinator, drive_plan(chapter.body))
        .await;
    let key = key_of(&chapter, id, chapter.body).await;
    let booked = Delta {
        registered: 2,
        ..Delta::default()
    };
    let given = Delta {
        attended: 1,
        collected: 1,
        ml: 350,
        ml350plus: 1,
        ..Delta::default()
    };
    for delta in [booked, given, given, given.taken_back()] {
        chapter
            .app
            .rows(move |conn| tallies::record(conn, &key, &delta))
            .await;
    }
    let (month, registered, collected, ml): (i32, i32, i32, i64) = chapter
        .app
        .rows(|conn| {
            rows::table
                .select((rows::month, rows::registered, rows::collected, rows::ml))
                .first(conn)
        })
        .await;
    assert_eq!((month, registered, collected, ml), (202_605, 2, 1, 350));
    let public = chapter
        .app
        .stranger()
        .get(&format!("/public/drives/{id}"))
        .await
        .ok();
    assert_eq!(
        (&public["registered"], &public["collected"]),
        (&json!(2), &json!(1))
    );

    let unknown = TallyKey {
        kind: UnitKind::Emergency,
        ..key
    };
    for (key, delta) in [
        (unknown, given.taken_back()),
        (
            key,
            Delta {
                collected: -2,
                ..Delta::default()
            },
        ),
    ] {
        let refused = chapter
            .app
            .app
            .db
            .write(move |conn| tallies::record(conn, &key, &delta))
            .await;
        assert_eq!(refused.unwrap_err().kind().status, 500);
    }
}

#[actix_web::test]
async fn sums_follow_the_drive_to_another_organiser_and_programme() {
    let chapter = Chapter::new().await;
    let programme = json!({"name": "Chủ nhật đỏ", "edition": 2026});
    let programme = chapter
        .coordinator
        .post("/programmes", programme)
        .await
        .created();
    let (id, _) = chapter
        .app
        .open_drive(&chapter.coordinator, drive_plan(chapter.body))
        .await;
    let key = key_of(&chapter, id, chapter.body).await;
    let delta = Delta {
        collected: 1,
        ml: 250,
        ..Delta::default()
    };
    chapter
        .app
        .rows(move |conn| tallies::record(conn, &key, &delta))
        .await;
    let university = chapter
        .app
        .body("school", "Đại học Bách khoa Hà Nội", Some(chapter.body))
        .await;
    let change =
        json!({"organiser": university, "programmes": [programme["id"]], "target_units": null});
    let changed = chapter
        .coordinator
        .patch(&format!("/drives/{id}"), change)
        .await
        .ok();
    assert_eq!(changed["organiser"]["name"], "Đại học Bách khoa Hà Nội");
    assert_eq!(changed["target_units"], json!(null));
    let (organiser, main): (OrganisationId, Option<ProgrammeId>) = chapter
        .app
        .rows(|conn| {
            rows::table
                .select((rows::organiser, rows::programme))
                .first(conn)
        })
        .await;
    assert_eq!(organiser, university);
    assert_eq!(json!(main), programme["id"]);
    let elsewhere = chapter.app.body("province", "Tỉnh Lào Cai", None).await;
    let change = json!({"organiser": elsewhere});
    chapter
        .coordinator
        .patch(&format!("/drives/{id}"), change)
        .await
        .refused("not-found");
    let change = json!({"programmes": []});
    let changed = chapter
        .coordinator
        .patch(&format!("/drives/{id}"), change)
        .await
        .ok();
    assert_eq!(changed["programmes"], json!([]));
    let main: Option<ProgrammeId> = chapter
        .app
        .rows(|conn| rows::table.select(rows::programme).first(conn))
        .await;
    assert_eq!(main, None);
}
