//! Booking, moving and giving up.
use super::{id_of, scene, state_of};
use crate::support::Wanted;
use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use futures_util::future::join_all;
use giothong::drives::model::DriveState;
use giothong::platform::db::schema::{donors, organisations, registrations};
use giothong::platform::id::PersonId;
use serde_json::json;

impl super::Scene {
    async fn may_give(&self, person: PersonId, from: &str, until: Option<&str>) {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let (from, until, now) = (day(from), until.map(day), self.app.app.now());
        self.app
            .rows(move |conn| {
                diesel::insert_into(donors::table)
                    .values((
                        donors::person.eq(person),
                        donors::blood.eq(-1_i16),
                        donors::group_certainty.eq("unknown"),
                        donors::available_from.eq(from),
                        donors::available_until.eq(until),
                        donors::opted_in.eq(false),
                        donors::wants_reminders.eq(false),
                        donors::cell.eq(-1),
                        donors::latitude.eq(0.0),
                        donors::longitude.eq(0.0),
                        donors::last_asked_on.eq(day("1900-01-01")),
                        donors::gifts.eq(1),
                        donors::created_at.eq(now),
                    ))
                    .execute(conn)
            })
            .await;
    }
}

#[actix_web::test]
async fn a_donor_books_a_place_for_a_body_and_is_told_when_to_come() {
    let scene = scene(|_| {}).await;
    let school = scene
        .app
        .body("school", "THPT Lưu Hữu Phước", Some(scene.province))
        .await;
    let donor = scene.app.donor("Nguyễn Thị Hoa").await;
    let body = json!({ "slot": scene.drive.slots[0], "mobilised_by": school });
    let booked = donor
        .post(&scene.drive.path("/registrations"), body)
        .await
        .created();
    assert_eq!(booked["state"], "booked");
    assert_eq!(booked["mobilised_by"], json!(school));
    assert_eq!(booked["held_on"], "2026-05-08");
    assert_eq!(
        scene
            .app
            .sums(scene.drive.id, Some(school))
            .await
            .registered,
        1
    );
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 1);

    scene.app.run_jobs().await;
    let mails = scene.app.mails_to("nguyenthihoa@example.vn");
    let [mail] = mails.as_slice() else {
        panic!("one mail, not {mails:?}")
    };
    assert!(
        mail.text.contains("08:00") && mail.text.contains("Nhà văn hóa"),
        "{}",
        mail.text
    );
    assert!(
        mail.text.contains("Chào Hoa,") && !mail.text.contains("Nguyễn"),
        "{}",
        mail.text
    );
    let calendar = mail.calendar.as_deref().unwrap();
    assert!(calendar.contains("DTSTART:20260508T010000Z"), "{calendar}");
}

#[actix_web::test]
async fn who_names_no_body_counts_for_the_organiser() {
    let scene = scene(|_| {}).await;
    scene.booked("Lê Văn An").await;
    assert_eq!(
        scene
            .app
            .sums(scene.drive.id, Some(scene.province))
            .await
            .registered,
        1
    );
}

#[actix_web::test]
async fn the_list_of_ones_registrations_says_where_and_when_page_by_page() {
    let scene = scene(|_| {}).await;
    let (donor, first) = scene.booked("Lê Văn An").await;
    let later = Wanted {
        in_days: 9,
        ..Wanted::by(scene.province)
    };
    let later = scene.app.drive(later).await;
    let body = json!({ "slot": later.slots[0] });
    let second = id_of(
        &donor
            .post(&later.path("/registrations"), body)
            .await
            .created(),
    );
    let page = donor.get("/me/registrations?limit=1").await.ok();
    assert_eq!(page["items"][0]["id"], second);
    let next = page["next"].as_str().unwrap();
    let page = donor
        .get(&format!("/me/registrations?limit=1&after={next}"))
        .await
        .ok();
    assert_eq!(page["items"][0]["id"], first);
    assert_eq!(page["items"][0]["place"], "Nhà văn hóa");
    assert_eq!(page["items"][0]["starts_at"], "2026-05-08T01:00:00Z");
    assert!(page["next"].is_null());
    donor
        .get("/me/registrations?after=abc")
        .await
        .refused("stale-cursor");
}

#[actix_web::test]
async fn a_hundred_who_race_for_forty_places_get_forty_and_a_waitlist() {
    let scene = scene(|_| {}).await;
    let mut donors = Vec::new();
    for number in 0..100 {
        donors.push(scene.app.donor(&format!("Người Hiến {number}")).await);
    }
    let path = scene.drive.path("/registrations");
    let replies = join_all(donors.iter().map(|donor| donor.post(&path, scene.slot(0)))).await;
    let count = |status| {
        replies
            .iter()
            .filter(|reply| reply.status == status)
            .count()
    };
    assert_eq!((count(201), count(202)), (40, 60));
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 40);
    assert_eq!(scene.app.sums(scene.drive.id, None).await.registered, 40);
    let drive = scene.drive.id;
    let booked: i64 = scene
        .app
        .rows(move |conn| {
            registrations::table
                .filter(registrations::drive.eq(drive))
                .filter(registrations::state.eq("booked"))
                .count()
                .get_result(conn)
        })
        .await;
    assert_eq!(booked, 40);
}

#[actix_web::test]
async fn the_same_request_sent_again_is_answered_the_same_and_books_once() {
    let scene = scene(|_| {}).await;
    let donor = scene.app.donor("Lê Văn An").await;
    let path = scene.drive.path("/registrations");
    let once = donor.key("a1");
    let replies = join_all((0..20).map(|_| once.post(&path, scene.slot(0)))).await;
    let first = replies
        .iter()
        .find(|reply| reply.status == 201)
        .unwrap()
        .body
        .clone();
    for reply in replies {
        match reply.status {
            201 => assert_eq!(reply.body, first),
            _ => drop(reply.refused("still-running")),
        }
    }
    assert_eq!(once.post(&path, scene.slot(0)).await.created(), first);
    let other = json!({ "slot": scene.drive.slots[0], "mobilised_by": scene.province });
    once.post(&path, other)
        .await
        .refused("idempotency-key-reused");
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 1);
    assert_eq!(scene.app.sums(scene.drive.id, None).await.registered, 1);
}

#[actix_web::test]
async fn a_refused_booking_leaves_its_key_free() {
    let scene = scene(|wanted| wanted.state = DriveState::Draft).await;
    let donor = scene.app.donor("Lê Văn An").await.key("a1");
    let path = scene.drive.path("/registrations");
    donor
        .post(&path, scene.slot(0))
        .await
        .refused("drive-not-open");
    scene.app.put_state(scene.drive.id, DriveState::Open).await;
    donor.post(&path, scene.slot(0)).await.created();
}

#[actix_web::test]
async fn a_drive_that_takes_no_bookings_says_why() {
    let scene = scene(|_| {}).await;
    let donor = scene.app.donor("Lê Văn An").await;
    for (state, slug) in [
        (DriveState::Draft, "drive-not-open"),
        (DriveState::Completed, "drive-closed"),
        (DriveState::Signed, "drive-signed"),
        (DriveState::Cancelled, "drive-cancelled"),
    ] {
        scene.app.put_state(scene.drive.id, state).await;
        donor
            .post(&scene.drive.path("/registrations"), scene.slot(0))
            .await
            .refused(slug);
    }
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 0);
}

#[actix_web::test]
async fn a_slot_must_be_of_this_drive_and_ahead() {
    let scene = scene(|_| {}).await;
    let other = scene.app.drive(Wanted::by(scene.province)).await;
    let donor = scene.app.donor("Lê Văn An").await;
    let path = scene.drive.path("/registrations");
    donor
        .post(&path, json!({ "slot": other.slots[0] }))
        .await
        .refused("slot-of-another-drive");
    donor
        .post(&path, json!({ "slot": scene.drive.id }))
        .await
        .refused("not-found");
    scene.app.forward(TimeDelta::days(7));
    donor
        .post(&path, scene.slot(0))
        .await
        .refused("slot-started");
}

#[actix_web::test]
async fn the_drive_of_a_call_is_not_there_for_who_was_not_asked() {
    let scene = scene(|wanted| wanted.is_hidden = true).await;
    let donor = scene.app.donor("Lê Văn An").await;
    donor
        .post(&scene.drive.path("/registrations"), scene.slot(0))
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn nobody_has_two_live_registrations_at_a_drive() {
    let scene = scene(|wanted| wanted.slots = vec![1, 5]).await;
    let (donor, id) = scene.booked("Lê Văn An").await;
    let path = scene.drive.path("/registrations");
    donor
        .post(&path, scene.slot(1))
        .await
        .refused("already-registered");
    donor
        .delete(&format!("/registrations/{id}"))
        .await
        .expect(204);
    donor.post(&path, scene.slot(1)).await.created();
}

#[actix_web::test]
async fn a_donor_cannot_book_inside_the_interval_but_on_its_last_day_can() {
    let scene = scene(|_| {}).await;
    let path = scene.drive.path("/registrations");
    let early = scene.app.donor("Lê Văn An").await;
    scene.may_give(early.id(), "2026-05-09", None).await;
    early
        .post(&path, scene.slot(0))
        .await
        .refused("not-yet-eligible");
    let never = scene.app.donor("Lê Văn Bình").await;
    scene.may_give(never.id(), "9999-12-31", None).await;
    never
        .post(&path, scene.slot(0))
        .await
        .refused("not-yet-eligible");
    let old = scene.app.donor("Lê Văn Cao").await;
    scene
        .may_give(old.id(), "2026-01-01", Some("2026-05-07"))
        .await;
    old.post(&path, scene.slot(0)).await.refused("past-age");
    let ready = scene.app.donor("Lê Văn Dũng").await;
    scene
        .may_give(ready.id(), "2026-05-08", Some("2026-05-08"))
        .await;
    ready.post(&path, scene.slot(0)).await.created();
}

#[actix_web::test]
async fn who_draws_the_blood_may_ask_for_a_longer_wait_than_the_nation() {
    let scene = scene(|wanted| wanted.in_days = 7).await;
    let centre = json!({"kind": "blood_centre", "name": "Trung tâm máu", "parent": scene.province,
        "rule_set": "facility-plasma-21"});
    let centre = scene.coordinator.post("/organisations", centre).await;
    let centre = id_of(&centre.created()).parse().unwrap();
    let by_centre = |in_days| Wanted {
        collected_by: Some(centre),
        in_days,
        ..Wanted::by(scene.province)
    };
    let stricter = scene.app.drive(by_centre(7)).await;
    let later = scene.app.drive(by_centre(10)).await;
    let donor = scene.app.donor("Lê Văn An").await;
    let yes = json!({"granted": true});
    donor.put("/me/consents/data", yes).await.ok();
    // Eighteen days before the drives of 8 May, 21 before that of 11 May.
    let told = json!({"component": "plasma", "on": "2026-04-20"});
    donor.post("/me/donations", told).await.created();
    let in_slot = |drive: &crate::support::Arranged| json!({ "slot": drive.slots[0] });
    donor
        .post(&stricter.path("/registrations"), in_slot(&stricter))
        .await
        .refused("not-yet-eligible");
    donor
        .post(&scene.drive.path("/registrations"), scene.slot(0))
        .await
        .created();
    donor
        .post(&later.path("/registrations"), in_slot(&later))
        .await
        .created();
    scene.app.forward(TimeDelta::days(7));
    let desk = &scene.desk;
    let walk_in = json!({ "person": donor.id() });
    desk.post(&stricter.path("/walk-ins"), walk_in)
        .await
        .refused("not-yet-eligible");
}

#[actix_web::test]
async fn a_body_must_stand_on_the_day_of_the_drive() {
    let scene = scene(|_| {}).await;
    let donor = scene.app.donor("Lê Văn An").await;
    let path = scene.drive.path("/registrations");
    let nobody = json!({ "slot": scene.drive.slots[0], "mobilised_by": scene.drive.id });
    donor.post(&path, nobody).await.refused("unknown-body");
    let ended = scene
        .app
        .body("district", "Ninh Kiều", Some(scene.province))
        .await;
    scene
        .app
        .rows(move |conn| {
            diesel::update(organisations::table.find(ended))
                .set(organisations::valid_to.eq(NaiveDate::from_ymd_opt(2025, 6, 30)))
                .execute(conn)
        })
        .await;
    let dead = json!({ "slot": scene.drive.slots[0], "mobilised_by": ended });
    donor.post(&path, dead).await.refused("unknown-body");
}

#[actix_web::test]
async fn what_does_not_fit_is_named() {
    let scene = scene(|_| {}).await;
    let donor = scene.app.donor("Lê Văn An").await;
    let path = scene.drive.path("/registrations");
    donor.post(&path, json!({})).await.invalid(&["slot"]);
    donor
        .post(&path, json!({ "slot": "x" }))
        .await
        .invalid(&["slot"]);
    donor
        .post(&path, json!({ "slot": scene.drive.slots[0], "seat": 1 }))
        .await
        .invalid(&["seat"]);
}

#[actix_web::test]
async fn only_who_leads_or_works_there_books_for_somebody_else() {
    let scene = scene(|_| {}).await;
    let other = scene.app.person("Phạm Thị Lan").await;
    let body = json!({ "slot": scene.drive.slots[0], "person": other });
    let path = scene.drive.path("/registrations");
    let stranger = scene.app.donor("Lê Văn An").await;
    stranger
        .post(&path, body.clone())
        .await
        .refused("not-found");
    let booked = scene.desk.post(&path, body).await.created();
    assert_eq!(booked["person"], json!(other));
}

#[actix_web::test]
async fn somebody_elses_registration_is_not_there() {
    let scene = scene(|wanted| wanted.slots = vec![2, 2]).await;
    let (donor, id) = scene.booked("Lê Văn An").await;
    let stranger = scene.app.donor("Phạm Thị Lan").await;
    let path = format!("/registrations/{id}");
    stranger.delete(&path).await.refused("not-found");
    stranger
        .patch(&path, scene.slot(1))
        .await
        .refused("not-found");
    stranger
        .get(&format!("{path}/ticket"))
        .await
        .refused("not-found");
    stranger
        .post(&format!("{path}/acceptance"), json!({}))
        .await
        .refused("not-found");
    assert_eq!(state_of(&donor).await, "booked");
}

#[actix_web::test]
async fn a_booking_moves_to_another_slot_with_its_place() {
    let scene = scene(|wanted| wanted.slots = vec![2, 1]).await;
    let (donor, id) = scene.booked("Lê Văn An").await;
    let moved = donor
        .patch(&format!("/registrations/{id}"), scene.slot(1))
        .await
        .ok();
    assert_eq!(moved["slot"], json!(scene.drive.slots[1]));
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 0);
    assert_eq!(scene.app.taken(scene.drive.slots[1]).await, 1);
    assert_eq!(scene.app.sums(scene.drive.id, None).await.registered, 1);
    scene.app.run_jobs().await;
    let mails = scene.app.mails_to("levanan@example.vn");
    // The confirmation of the first hour is no longer true when it would leave.
    let [mail] = mails.as_slice() else {
        panic!("one mail, not {mails:?}")
    };
    assert!(mail.text.contains("08:30"), "{}", mail.text);
}

#[actix_web::test]
async fn who_cannot_be_moved_stays_where_they_are() {
    let scene = scene(|wanted| wanted.slots = vec![2, 1]).await;
    let (donor, id) = scene.booked("Lê Văn An").await;
    let other = scene.app.donor("Phạm Thị Lan").await;
    other
        .post(&scene.drive.path("/registrations"), scene.slot(1))
        .await
        .created();
    let path = format!("/registrations/{id}");
    donor.patch(&path, scene.slot(1)).await.refused("slot-full");
    let elsewhere = scene.app.drive(Wanted::by(scene.province)).await;
    donor
        .patch(&path, json!({ "slot": elsewhere.slots[0] }))
        .await
        .refused("slot-of-another-drive");
    assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 1);
    assert_eq!(state_of(&donor).await, "booked");
}

#[actix_web::test]
async fn a_registration_counts_for_another_body_until_the_drive_is_signed() {
    let scene = scene(|_| {}).await;
    let school = scene
        .app
        .body("school", "THPT Lưu Hữu Phước", Some(scene.province))
        .await;
    let (donor, id) = scene.booked("Lê Văn An").await;
    let path = format!("/registrations/{id}");
    let body = json!({ "mobilised_by": school });
    assert_eq!(
        donor.patch(&path, body.clone()).await.ok()["mobilised_by"],
        json!(school)
    );
    assert_eq!(
        scene
            .app
            .sums(scene.drive.id, Some(school))
            .await
            .registered,
        1
    );
    assert_eq!(
        scene
            .app
            .sums(scene.drive.id, Some(scene.province))
            .await
            .registered,
        0
    );
    donor
        .patch(&path, json!({ "mobilised_by": scene.drive.id }))
        .await
        .refused("unknown-body");
    scene
        .app
        .put_state(scene.drive.id, DriveState::Signed)
        .await;
    donor.patch(&path, body).await.refused("drive-signed");
}

#[actix_web::test]
async fn a_booking_given_up_frees_its_place_and_once_more_changes_nothing() {
    let scene = scene(|_| {}).await;
    let (donor, id) = scene.booked("Lê Văn An").await;
    for _ in 0..2 {
        donor
            .delete(&format!("/registrations/{id}"))
            .await
            .expect(204);
        assert_eq!(scene.app.taken(scene.drive.slots[0]).await, 0);
        assert_eq!(scene.app.sums(scene.drive.id, None).await.registered, 0);
    }
    assert_eq!(state_of(&donor).await, "cancelled");
    scene.app.run_jobs().await;
    assert!(scene.app.mails_to("levanan@example.vn").is_empty());
    let ticket = format!("/registrations/{id}/ticket");
    donor.get(&ticket).await.refused("registration-not-open");
}
