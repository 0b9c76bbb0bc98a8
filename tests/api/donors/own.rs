//! What donors may know, tell and take back themselves.
use crate::support::{Actor, TestApp};
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::donors;
use giothong::donors::model::{DeferralId, NewDeferral};
use giothong::eligibility::find_rules;
use giothong::platform::db::schema::{donors as table, gifts, people};
use giothong::platform::id::{AnyId, PersonId};
use giothong::platform::seal::Sealed;
use rand::SeedableRng;
use serde_json::json;

async fn defer(app: &TestApp, person: PersonId, code: &str, until: Option<&str>) {
    let id: DeferralId = app.app.id();
    let what = Sealed::new("deferrals.reason_sealed", id.0);
    let mut chance = rand::rngs::StdRng::seed_from_u64(3);
    let deferral = NewDeferral {
        id,
        person,
        reason_sealed: app.app.keys.seal(what, code, &mut chance),
        event_on: "2026-04-10".parse().unwrap(),
        until: until.map(|day| day.parse().unwrap()),
        drive: None,
        registration: None,
        decided_by: person,
    };
    let (rules, now) = (find_rules("vn-2013").unwrap(), app.app.now());
    app.rows(move |conn| donors::defer(conn, rules, &deferral, now))
        .await;
}

async fn gave(donor: &Actor, component: &str, on: &str) -> serde_json::Value {
    let body = json!({"component": component, "on": on, "place": "Viện Huyết học"});
    donor.post("/me/donations", body).await.created()
}

#[actix_web::test]
async fn who_never_gave_and_is_of_age_may_give_today() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    let answer = hoa.get("/me/eligibility").await.ok();
    assert_eq!(answer["may_give_on"], "2026-05-01");
    assert_eq!(answer["reasons"], json!([]));
    assert_eq!(answer["rule_set"], "vn-2013");
    assert_eq!(answer["text"], "Bạn có thể hiến máu từ hôm nay.");
}

#[actix_web::test]
async fn a_donor_reads_every_reason_and_the_day_it_ends_in_their_language() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    gave(&hoa, "whole_blood", "2026-04-01").await;
    defer(&app, hoa.id(), "tattoo", Some("2026-10-10")).await;
    let answer = hoa
        .with("Accept-Language", "en")
        .get("/me/eligibility")
        .await
        .ok();
    assert_eq!(answer["may_give_on"], "2026-10-10");
    assert_eq!(
        answer["reasons"],
        json!([
            {"rule": "deferral_tattoo", "until": "2026-10-10",
             "text": "Deferred: Tattoo. You may give again from 10/10/2026."},
            {"rule": "interval_whole_blood", "until": "2026-06-24",
             "text": "Your body needs time after your last gift of whole blood. You may give again from 24/06/2026."},
        ])
    );
    let vietnamese = hoa.get("/me/eligibility").await.ok();
    assert!(
        vietnamese["reasons"][0]["text"]
            .as_str()
            .unwrap()
            .contains("Xăm trổ")
    );
    app.forward(TimeDelta::days(162));
    let hoa = app.signed_in(hoa.id()).await;
    assert_eq!(hoa.get("/me/eligibility").await.ok()["reasons"], json!([]));
}

#[actix_web::test]
async fn who_may_not_give_any_more_is_told_so() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    defer(&app, hoa.id(), "hepatitis_b", None).await;
    let answer = hoa.get("/me/eligibility").await.ok();
    assert_eq!(answer["may_give_on"], json!(null));
    assert_eq!(answer["reasons"][0]["rule"], "deferral_hepatitis_b");
    assert_eq!(answer["reasons"][0]["until"], json!(null));
}

#[actix_web::test]
async fn a_donation_elsewhere_moves_the_day_and_is_listed_newest_first() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    gave(&hoa, "plasma", "2026-01-05").await;
    gave(&hoa, "whole_blood", "2026-03-02").await;
    let first = hoa.get("/me/donations?limit=1").await.ok();
    assert_eq!(first["items"][0]["on"], "2026-03-02");
    assert_eq!(first["items"][0]["place"], "Viện Huyết học");
    let next = first["next"].as_str().unwrap();
    let second = hoa
        .get(&format!("/me/donations?limit=1&after={next}"))
        .await
        .ok();
    assert_eq!(
        (&second["items"][0]["on"], &second["next"]),
        (&json!("2026-01-05"), &json!(null))
    );
    assert_eq!(
        hoa.get("/me/eligibility").await.ok()["may_give_on"],
        "2026-05-25"
    );
}

#[actix_web::test]
async fn the_same_donation_is_told_of_once() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    let body = json!({"component": "whole_blood", "on": "2026-03-02"});
    let first = hoa
        .key("a")
        .post("/me/donations", body.clone())
        .await
        .created();
    let again = hoa
        .key("a")
        .post("/me/donations", body.clone())
        .await
        .created();
    assert_eq!(first["id"], again["id"]);
    hoa.post("/me/donations", body)
        .await
        .refused("gift-already-known");
}

#[actix_web::test]
async fn a_donation_that_cannot_have_been_is_refused() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    for on in ["2026-05-02", "1995-01-01", "0001-01-01", "9999-12-31"] {
        let body = json!({"component": "whole_blood", "on": on});
        hoa.post("/me/donations", body).await.invalid(&["on"]);
    }
    let body = json!({"component": "blood", "on": "2026-01-01"});
    hoa.post("/me/donations", body)
        .await
        .invalid(&["component"]);
    assert_eq!(hoa.get("/me/donations").await.ok()["items"], json!([]));
}

#[actix_web::test]
async fn a_consent_taken_back_takes_the_donor_off_calls_and_reminders() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    let wishes = |person: PersonId| {
        let app = app.clone();
        async move {
            let row: (bool, bool) = app
                .rows(move |conn| {
                    table::table
                        .find(person)
                        .select((table::opted_in, table::wants_reminders))
                        .first(conn)
                })
                .await;
            row
        }
    };
    let yes = json!({"granted": true});
    hoa.put("/me/consents/calls", yes.clone()).await.ok();
    assert_eq!(wishes(hoa.id()).await, (false, false));
    hoa.put("/me/consents/data", yes.clone()).await.ok();
    hoa.put("/me/consents/reminders", yes).await.ok();
    assert_eq!(wishes(hoa.id()).await, (true, true));
    app.forward(TimeDelta::seconds(1));
    let no = hoa
        .put("/me/consents/calls", json!({"granted": false}))
        .await
        .ok();
    assert_eq!(
        (&no["granted"], &no["source"]),
        (&json!(false), &json!("self"))
    );
    assert_eq!(wishes(hoa.id()).await, (false, true));
    hoa.put("/me/consents/data", json!({"granted": false}))
        .await
        .refused("data-consent-needed");
    hoa.put("/me/consents/anything", json!({"granted": true}))
        .await
        .refused("not-found");
}

#[actix_web::test]
async fn who_leaves_is_nobodys_name_any_more_and_their_donations_stay_counted() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    hoa.put("/me/consents/data", json!({"granted": true}))
        .await
        .ok();
    hoa.put("/me/consents/calls", json!({"granted": true}))
        .await
        .ok();
    gave(&hoa, "whole_blood", "2026-01-02").await;
    let (person, donation) = (hoa.id(), app.app.id::<AnyId>());
    app.rows(move |conn| {
        diesel::update(gifts::table.filter(gifts::person.eq(person)))
            .set(gifts::donation.eq(Some(donation)))
            .execute(conn)
    })
    .await;
    gave(&hoa, "plasma", "2026-04-02").await;
    defer(&app, person, "tattoo", Some("2026-10-10")).await;
    assert_eq!(hoa.delete("/me").await.status, 204);
    hoa.get("/me/eligibility").await.refused("unauthenticated");
    let (name, asked, kept): (String, bool, i64) = app
        .rows(move |conn| {
            let name = people::table
                .find(person)
                .select(people::name)
                .first(conn)?;
            let asked = table::table
                .find(person)
                .select(table::opted_in)
                .first(conn)?;
            let kept = gifts::table
                .filter(gifts::person.eq(person))
                .count()
                .get_result(conn)?;
            Ok((name, asked, kept))
        })
        .await;
    assert_ne!(name, "Nguyễn Thị Hoa");
    assert!(!asked);
    assert_eq!(kept, 1);
}

#[actix_web::test]
async fn a_donor_takes_along_everything_kept_of_them_opened() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    hoa.put("/me/consents/data", json!({"granted": true}))
        .await
        .ok();
    gave(&hoa, "plasma", "2026-04-02").await;
    defer(&app, hoa.id(), "tattoo", Some("2026-10-10")).await;
    let export = hoa.get("/me/export").await.ok();
    assert_eq!(export["person"]["name"], "Nguyễn Thị Hoa");
    assert_eq!(
        export["contacts"],
        json!([{"kind": "email", "value": "nguyenthihoa@example.vn", "link": "mailto:nguyenthihoa@example.vn"}])
    );
    assert_eq!(export["consents"][0]["purpose"], "data");
    assert_eq!(export["donations_known"][0]["on"], "2026-04-02");
    assert_eq!(export["deferrals"][0]["reason"], "tattoo");
    assert_eq!(export["registrations"], json!([]));
}

#[actix_web::test]
async fn donations_told_of_at_the_same_moment_all_count() {
    let app = TestApp::new().await;
    let hoa = app.donor("Nguyễn Thị Hoa").await;
    let tell = |number: u32| {
        let (hoa, day) = (hoa.clone(), format!("2026-03-{number:02}"));
        async move { gave(&hoa, "whole_blood", &day).await }
    };
    futures_util::future::join_all((1..=12).map(tell)).await;
    let person = hoa.id();
    let facts = app.rows(move |conn| donors::facts(conn, person)).await;
    let facts = facts.unwrap();
    assert_eq!(facts.gifts, 12);
    assert_eq!(facts.available_from, "2026-06-04".parse().unwrap());
}
