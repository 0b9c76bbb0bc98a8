//! The day from which a donor may give again, moved by each fact and equal to a count from scratch.
use crate::support::TestApp;
use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use giothong::blood::Component;
use giothong::donors;
use giothong::donors::model::{
    ALWAYS, DeferralId, DonorFacts, Gift, GiftSource, NEVER, NewDeferral,
};
use giothong::eligibility::{Deferral, Facts, Given, RuleSet, find_rules, may_give};
use giothong::platform::db::schema::{deferrals, donors as table, gifts, people};
use giothong::platform::id::{AnyId, PersonId};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

fn rules() -> &'static RuleSet {
    find_rules("vn-2013").unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn gift(app: &TestApp, person: PersonId, component: Component, on: &str) -> Gift {
    Gift {
        id: app.app.id(),
        person,
        component,
        given_on: day(on),
        source: GiftSource::Recorded,
        donation: Some(app.app.id()),
        place: None,
        created_by: None,
    }
}

async fn record(app: &TestApp, gift: &Gift) -> AnyId {
    let (row, now) = (gift.clone(), app.app.now());
    app.rows(move |conn| donors::record_gift(conn, rules(), &row, now))
        .await;
    gift.donation.unwrap()
}

async fn defer(app: &TestApp, person: PersonId, until: Option<NaiveDate>) -> DeferralId {
    let id: DeferralId = app.app.id();
    let (row, now) = (
        NewDeferral {
            id,
            person,
            reason_sealed: "k1.x".to_owned(),
            event_on: day("2026-04-01"),
            until,
            drive: None,
            registration: None,
            decided_by: person,
        },
        app.app.now(),
    );
    app.rows(move |conn| donors::defer(conn, rules(), &row, now))
        .await;
    id
}

async fn facts(app: &TestApp, person: PersonId) -> DonorFacts {
    app.rows(move |conn| donors::facts(conn, person))
        .await
        .expect("a donor")
}

#[actix_web::test]
async fn twelve_weeks_after_whole_blood_one_may_give_again() {
    let app = TestApp::new().await;
    let person = app.person("Nguyễn Thị Hoa").await;
    assert_eq!(
        app.rows(move |conn| donors::facts(conn, person)).await,
        None
    );
    record(
        &app,
        &gift(&app, person, Component::WholeBlood, "2026-03-01"),
    )
    .await;
    let facts = facts(&app, person).await;
    assert_eq!(facts.available_from, day("2026-05-24"));
    assert_eq!(facts.available_until, Some(day("2056-01-31")));
    assert_eq!(facts.gifts, 1);
    assert!(!facts.may_give_on(day("2026-05-23")) && facts.may_give_on(day("2026-05-24")));
}

#[actix_web::test]
async fn a_correction_and_a_void_move_the_day_back() {
    let app = TestApp::new().await;
    let person = app.person("Nguyễn Thị Hoa").await;
    let now = app.app.now();
    record(
        &app,
        &gift(&app, person, Component::WholeBlood, "2026-01-01"),
    )
    .await;
    let donation = record(
        &app,
        &gift(&app, person, Component::WholeBlood, "2026-04-20"),
    )
    .await;
    assert_eq!(facts(&app, person).await.available_from, day("2026-07-13"));
    app.rows(move |conn| {
        let change = (Component::Plasma, day("2026-04-10"));
        donors::move_gift(conn, rules(), donation, change, now)
    })
    .await;
    assert_eq!(facts(&app, person).await.available_from, day("2026-04-24"));
    for _ in 0..2 {
        app.rows(move |conn| donors::void_gift(conn, rules(), donation, now))
            .await;
        let facts = facts(&app, person).await;
        assert_eq!((facts.available_from, facts.gifts), (day("2026-03-26"), 1));
    }
}

#[actix_web::test]
async fn a_deferral_without_end_means_never_until_it_is_taken_back() {
    let app = TestApp::new().await;
    let person = app.person("Nguyễn Thị Hoa").await;
    let id = defer(&app, person, None).await;
    assert_eq!(facts(&app, person).await.available_from, NEVER);
    let now = app.app.now();
    app.rows(move |conn| donors::lift_deferral(conn, rules(), id, now))
        .await;
    // The eighteenth birthday, long ago.
    assert_eq!(facts(&app, person).await.available_from, day("2014-01-31"));
}

#[actix_web::test]
async fn who_told_no_birth_date_and_never_gave_may_give_on_any_day() {
    let app = TestApp::new().await;
    let (person, now) = (app.person("Nguyễn Thị Hoa").await, app.app.now());
    app.rows(move |conn| {
        diesel::update(people::table.find(person))
            .set(people::birth_date.eq(None::<NaiveDate>))
            .execute(conn)?;
        donors::enrol(conn, rules(), person, now)
    })
    .await;
    let facts = facts(&app, person).await;
    assert_eq!(
        (facts.available_from, facts.available_until),
        (ALWAYS, None)
    );
}

/// Everything as the tables have it, counted once more by the rules alone.
async fn from_scratch(app: &TestApp, person: PersonId) -> NaiveDate {
    app.rows(move |conn| {
        let birth_date = people::table
            .find(person)
            .select(people::birth_date)
            .first(conn)?;
        let history: Vec<(Component, NaiveDate)> = gifts::table
            .filter(gifts::person.eq(person))
            .filter(gifts::voided_at.is_null())
            .select((gifts::component, gifts::given_on))
            .load(conn)?;
        let open: Vec<Option<NaiveDate>> = deferrals::table
            .filter(deferrals::person.eq(person))
            .filter(deferrals::lifted_at.is_null())
            .select(deferrals::until)
            .load(conn)?;
        let history: Vec<Given> = history
            .into_iter()
            .map(|(component, on)| Given { component, on })
            .collect();
        let open: Vec<Deferral> = open
            .into_iter()
            .map(|until| Deferral {
                code: "doctor_decision".to_owned(),
                event_on: None,
                until,
                is_permanent: until.is_none(),
            })
            .collect();
        let facts = Facts {
            birth_date,
            history: &history,
            deferrals: &open,
        };
        let end = may_give(&facts, rules(), day("2026-05-01")).clear_from;
        Ok(end.map_or(ALWAYS, |end| end.day().unwrap_or(NEVER)))
    })
    .await
}

fn some_day(chance: &mut StdRng) -> NaiveDate {
    day("2024-01-01") + Days::new(chance.random_range(0..900))
}

async fn act(app: &TestApp, chance: &mut StdRng, person: PersonId, known: &mut Vec<AnyId>) {
    let component = Component::ALL[chance.random_range(0..6)];
    let (on, now) = (some_day(chance), app.app.now());
    let earlier = known
        .get(chance.random_range(0..known.len().max(1)))
        .copied();
    match (chance.random_range(0..6), earlier) {
        (0, Some(donation)) => {
            app.rows(move |conn| donors::void_gift(conn, rules(), donation, now))
                .await;
        }
        (1, Some(donation)) => {
            app.rows(move |conn| donors::move_gift(conn, rules(), donation, (component, on), now))
                .await;
        }
        (2, _) => {
            let before = app.rows(move |conn| donors::facts(conn, person)).await;
            let until = chance.random_bool(0.9).then_some(on);
            let id = defer(app, person, until).await;
            let after = facts(app, person).await.available_from;
            assert!(before.is_none_or(|before| before.available_from <= after));
            if chance.random_bool(0.5) {
                app.rows(move |conn| donors::lift_deferral(conn, rules(), id, now))
                    .await;
            }
        }
        _ => {
            let before = app.rows(move |conn| donors::facts(conn, person)).await;
            let donation = record(app, &gift(app, person, component, &on.to_string())).await;
            known.push(donation);
            let after = facts(app, person).await.available_from;
            assert!(before.is_none_or(|before| before.available_from <= after));
        }
    }
}

#[actix_web::test]
async fn after_any_series_of_facts_everyones_day_equals_a_count_from_scratch() {
    let app = TestApp::new().await;
    let mut chance = StdRng::seed_from_u64(84);
    for number in 0..12 {
        let person = app.person(&format!("Người Thứ {number}")).await;
        let mut known = Vec::new();
        for _ in 0..chance.random_range(1..15) {
            act(&app, &mut chance, person, &mut known).await;
        }
    }
    let kept: Vec<(PersonId, NaiveDate)> = app
        .rows(|conn| {
            table::table
                .select((table::person, table::available_from))
                .load(conn)
        })
        .await;
    assert!(kept.len() > 8);
    for (person, available_from) in kept {
        assert_eq!(available_from, from_scratch(&app, person).await);
    }
}
