//! Places kept for a body.
use super::{Scene, id_of, scene, state_of};
use crate::support::{Actor, Wanted};
use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use giothong::platform::db::schema::memberships;
use giothong::platform::http::Role;
use giothong::platform::id::{OrganisationId, PersonId};
use serde_json::{Value, json};

struct Club {
    scene: Scene,
    id: OrganisationId,
    lead: Actor,
}

async fn club(slots: Vec<i32>) -> Club {
    let scene = scene(|wanted| wanted.slots = slots).await;
    let id = scene
        .app
        .body("club", "CLB Giọt Hồng", Some(scene.province))
        .await;
    let lead = scene.app.staff("Trưởng Nhóm", Role::ClubLead, id).await;
    Club { scene, id, lead }
}

impl Club {
    async fn member(&self, name: &str) -> PersonId {
        let person = self.scene.app.person(name).await;
        let club = self.id;
        self.scene
            .app
            .rows(move |conn| {
                diesel::insert_into(memberships::table)
                    .values((
                        memberships::club.eq(club),
                        memberships::person.eq(person),
                        memberships::joined_on.eq(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()),
                    ))
                    .execute(conn)
            })
            .await;
        person
    }

    fn asked(&self, places: i32) -> Value {
        json!({ "slot": self.scene.drive.slots[0], "organisation": self.id, "places": places,
            "release_at": "2026-05-06T00:00:00Z" })
    }

    async fn kept(&self, places: i32) -> String {
        let path = self.scene.drive.path("/holds");
        id_of(&self.lead.post(&path, self.asked(places)).await.created())
    }
}

#[actix_web::test]
async fn a_lead_keeps_places_and_names_members_for_them() {
    let club = club(vec![3]).await;
    let hold = club.kept(2).await;
    let slot = club.scene.drive.slots[0];
    assert_eq!(club.scene.app.taken(slot).await, 2);
    let (an, lan) = (
        club.member("Lê Văn An").await,
        club.member("Phạm Thị Lan").await,
    );
    let names = format!("/holds/{hold}/names");
    let named = club
        .lead
        .put(&names, json!({ "people": [an, lan] }))
        .await
        .ok();
    assert_eq!(named["hold"]["named"], 2);
    assert_eq!(named["registrations"][0]["mobilised_by"], json!(club.id));
    assert_eq!(club.scene.app.taken(slot).await, 2);
    assert_eq!(
        club.scene
            .app
            .sums(club.scene.drive.id, Some(club.id))
            .await
            .registered,
        2
    );

    // Who is no longer on the list gives the place back to the hold, not to the waitlist.
    let named = club.lead.put(&names, json!({ "people": [an] })).await.ok();
    assert_eq!(
        (
            named["hold"]["named"].as_i64(),
            club.scene.app.taken(slot).await
        ),
        (Some(1), 2)
    );
    assert_eq!(
        club.scene
            .app
            .sums(club.scene.drive.id, Some(club.id))
            .await
            .registered,
        1
    );
    let list = club.lead.get(&club.scene.drive.path("/holds")).await.ok();
    assert_eq!(list["items"][0]["named"], 1);
}

#[actix_web::test]
async fn who_is_named_for_a_hold_can_be_read_by_its_lead_and_no_other() {
    let club = club(vec![3]).await;
    let names = format!("/holds/{}/names", club.kept(2).await);
    let nobody = club.lead.get(&names).await.ok();
    assert_eq!(nobody["registrations"], json!([]));
    let member = club.member("Lê Văn An").await;
    let named = json!({ "people": [member] });
    let named = club.lead.put(&names, named).await.ok();
    assert_eq!(club.lead.get(&names).await.ok(), named);
    assert_eq!(named["registrations"][0]["person"], json!(member));
    let other = club.scene.app.body("club", "CLB Khác", None).await;
    let other = club.scene.app.staff("Người Khác", Role::ClubLead, other);
    other.await.get(&names).await.refused("not-found");
    let donor = club.scene.app.donor("Phạm Thị Lan").await;
    donor.get(&names).await.refused("forbidden");
}

#[actix_web::test]
async fn places_nobody_was_named_for_go_to_who_waits_when_the_time_comes() {
    let club = club(vec![2]).await;
    let hold = club.kept(2).await;
    let member = club.member("Lê Văn An").await;
    club.lead
        .put(
            &format!("/holds/{hold}/names"),
            json!({ "people": [member] }),
        )
        .await
        .ok();
    let (waiting, _) = club.scene.waiting("Phạm Thị Lan").await;
    club.scene.app.forward(TimeDelta::days(5));
    club.scene.app.run_jobs().await;
    assert_eq!(state_of(&waiting).await, "offered");
    assert_eq!(club.scene.app.taken(club.scene.drive.slots[0]).await, 2);
    let late = club
        .lead
        .put(&format!("/holds/{hold}/names"), json!({ "people": [] }))
        .await;
    late.refused("hold-released");
}

#[actix_web::test]
async fn a_hold_given_up_frees_its_places_once() {
    let club = club(vec![5]).await;
    let hold = club.kept(4).await;
    for _ in 0..2 {
        club.lead
            .delete(&format!("/holds/{hold}"))
            .await
            .expect(204);
        assert_eq!(club.scene.app.taken(club.scene.drive.slots[0]).await, 0);
    }
}

#[actix_web::test]
async fn a_hold_is_taken_whole_or_not_at_all() {
    let club = club(vec![3]).await;
    let path = club.scene.drive.path("/holds");
    club.lead
        .post(&path, club.asked(4))
        .await
        .refused("slot-full");
    club.lead
        .post(&path, club.asked(0))
        .await
        .invalid(&["places"]);
    club.lead
        .post(&path, club.asked(501))
        .await
        .invalid(&["places"]);
    let mut late = club.asked(1);
    late["release_at"] = json!("2026-05-08T01:00:01Z");
    club.lead.post(&path, late).await.invalid(&["release_at"]);
    let other = club.scene.app.drive(Wanted::by(club.scene.province)).await;
    club.lead
        .post(&other.path("/holds"), club.asked(1))
        .await
        .refused("slot-of-another-drive");
    assert_eq!(club.scene.app.taken(club.scene.drive.slots[0]).await, 0);
}

#[actix_web::test]
async fn only_members_who_may_come_are_named_and_never_more_than_places() {
    let club = club(vec![5]).await;
    let hold = format!("/holds/{}/names", club.kept(2).await);
    let member = club.member("Lê Văn An").await;
    let stranger = club.scene.app.person("Phạm Thị Lan").await;
    let both = json!({ "people": [member, stranger] });
    club.lead.put(&hold, both).await.invalid(&["people.1"]);
    assert_eq!(
        club.scene
            .app
            .sums(club.scene.drive.id, None)
            .await
            .registered,
        0
    );
    let twice = json!({ "people": [member, member] });
    club.lead.put(&hold, twice).await.invalid(&["people.1"]);
    let many = json!({ "people": [member, stranger, club.lead.id()] });
    club.lead.put(&hold, many).await.refused("hold-too-small");
}

#[actix_web::test]
async fn a_lead_of_another_club_neither_keeps_nor_names() {
    let club = club(vec![5]).await;
    let hold = club.kept(2).await;
    let other = club
        .scene
        .app
        .body("club", "CLB Khác", Some(club.scene.province))
        .await;
    let stranger = club
        .scene
        .app
        .staff("Người Khác", Role::ClubLead, other)
        .await;
    stranger
        .post(&club.scene.drive.path("/holds"), club.asked(1))
        .await
        .refused("not-found");
    stranger
        .delete(&format!("/holds/{hold}"))
        .await
        .refused("not-found");
    let list = stranger.get(&club.scene.drive.path("/holds")).await.ok();
    assert_eq!(list["items"], json!([]));
    let donor = club.scene.app.donor("Lê Văn An").await;
    donor
        .post(&club.scene.drive.path("/holds"), club.asked(1))
        .await
        .refused("forbidden");
}

#[actix_web::test]
async fn a_lead_books_for_members_only() {
    let club = club(vec![5]).await;
    let path = club.scene.drive.path("/registrations");
    let member = club.member("Lê Văn An").await;
    let stranger = club.scene.app.person("Phạm Thị Lan").await;
    let slot = club.scene.drive.slots[0];
    club.lead
        .post(&path, json!({ "slot": slot, "person": member }))
        .await
        .created();
    club.lead
        .post(&path, json!({ "slot": slot, "person": stranger }))
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn the_place_of_a_named_member_who_leaves_for_good_goes_back_to_the_hold() {
    let club = club(vec![3]).await;
    let hold = club.kept(2).await;
    let member = club.member("Phạm Thị Lan").await;
    let names = format!("/holds/{hold}/names");
    club.lead
        .put(&names, json!({ "people": [member] }))
        .await
        .ok();
    let lan = club.scene.app.signed_in(member).await;
    lan.delete("/me").await.expect(204);
    let drive = &club.scene.drive;
    let list = club.lead.get(&drive.path("/holds")).await.ok();
    assert_eq!(list["items"][0]["named"], 0);
    assert_eq!(club.scene.app.taken(drive.slots[0]).await, 2);
    let sums = club.scene.app.sums(drive.id, Some(club.id)).await;
    assert_eq!(sums.registered, 0);
    let members = format!("/organisations/{}/members", club.id);
    let members = club.lead.get(&members).await.ok();
    assert_eq!(members["items"], json!([]), "{members}");
}
