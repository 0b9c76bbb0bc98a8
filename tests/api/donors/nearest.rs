//! Whom a call finds, against looking at everyone.
use crate::support::TestApp;
use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use futures_util::future::join_all;
use giothong::blood::BloodGroup;
use giothong::donors::model::Certainty;
use giothong::donors::reach::{self, Candidate, Due, Duty, Need};
use giothong::on_each;
use giothong::platform::db::schema::{donors as table, people};
use giothong::platform::id::PersonId;
use giothong::platform::text::Coordinates;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct Anyone {
    person: PersonId,
    blood_group: Option<BloodGroup>,
    blood: i16,
    group_certainty: Certainty,
    available_from: NaiveDate,
    available_until: Option<NaiveDate>,
    opted_in: bool,
    wants_reminders: bool,
    cell: i32,
    latitude: f64,
    longitude: f64,
    last_asked_on: NaiveDate,
    gifts: i32,
    created_at: giothong::platform::clock::Moment,
}

const COUNT: usize = 3000;

fn today() -> NaiveDate {
    "2026-05-01".parse().unwrap()
}

/// Day `today` moved by a random number of days.
fn around(chance: &mut StdRng, back: u64, ahead: u64) -> NaiveDate {
    today() - Days::new(back) + Days::new(chance.random_range(0..=back + ahead))
}

fn anyone(app: &TestApp, chance: &mut StdRng) -> Anyone {
    let blood = chance.random_range(-1..8);
    let at = Coordinates::parse(
        20.7 + chance.random_range(0.0..0.7),
        105.5 + chance.random_range(0.0..0.7),
    )
    .unwrap();
    Anyone {
        person: app.app.id(),
        blood_group: BloodGroup::from_index(blood),
        blood,
        group_certainty: Certainty::Declared,
        available_from: around(chance, 60, 30),
        available_until: chance.random_bool(0.7).then(|| around(chance, 10, 500)),
        opted_in: chance.random_bool(0.7),
        wants_reminders: chance.random_bool(0.7),
        cell: at.cell(),
        latitude: at.latitude(),
        longitude: at.longitude(),
        last_asked_on: around(chance, 40, 0),
        gifts: 1,
        created_at: app.app.now(),
    }
}

/// Many donors about Hà Nội, drawn from one seed.
async fn crowd(app: &TestApp) -> Vec<Anyone> {
    let mut chance = StdRng::seed_from_u64(20_260_501);
    let crowd: Vec<Anyone> = (0..COUNT).map(|_| anyone(app, &mut chance)).collect();
    let rows = crowd.clone();
    app.rows(move |conn| {
        for part in rows.chunks(500) {
            let persons: Vec<_> = part
                .iter()
                .map(|one| {
                    (
                        people::id.eq(one.person),
                        people::name.eq("Người Hiến"),
                        people::search_name.eq("nguoi hien"),
                        people::language.eq("vi"),
                        people::created_at.eq(one.created_at),
                    )
                })
                .collect();
            on_each!(conn => diesel::insert_into(people::table).values(persons).execute(conn))?;
            let part = part.to_vec();
            on_each!(conn => diesel::insert_into(table::table).values(part).execute(conn))?;
        }
        Ok(())
    })
    .await;
    crowd
}

fn looked_at(crowd: &[Anyone], need: &Need) -> Vec<Candidate> {
    let suits = |one: &&Anyone| {
        one.opted_in
            && one
                .blood_group
                .is_some_and(|group| need.groups.contains(&group))
            && one.available_from <= need.on
            && one.available_until.is_none_or(|last| need.on <= last)
            && one.last_asked_on < need.not_asked_since
    };
    let mut found: Vec<Candidate> = crowd
        .iter()
        .filter(suits)
        .map(|one| Candidate {
            distance_m: need
                .at
                .metres_to(Coordinates::parse(one.latitude, one.longitude).unwrap()),
            person: one.person,
            blood: one.blood_group.unwrap(),
        })
        .filter(|one| {
            i32::try_from(one.distance_m).is_ok_and(|m| f64::from(m) <= need.within_km * 1000.0)
        })
        .collect();
    found.sort_unstable();
    found.truncate(need.limit);
    found
}

fn need(chance: &mut StdRng) -> Need {
    let groups = BloodGroup::ALL
        .into_iter()
        .filter(|_| chance.random_bool(0.4))
        .collect();
    Need {
        groups,
        at: Coordinates::parse(
            20.5 + chance.random_range(0.0..1.1),
            105.3 + chance.random_range(0.0..1.1),
        )
        .unwrap(),
        within_km: chance.random_range(0.5..40.0),
        on: around(chance, 20, 20),
        not_asked_since: around(chance, 30, 0),
        limit: chance.random_range(1..120),
    }
}

#[actix_web::test]
async fn the_nearest_are_exactly_those_whom_looking_at_everyone_finds() {
    let app = TestApp::new().await;
    let crowd = crowd(&app).await;
    let mut chance = StdRng::seed_from_u64(1);
    let mut most = 0;
    for _ in 0..60 {
        let need = need(&mut chance);
        let expected = looked_at(&crowd, &need);
        most = most.max(expected.len());
        let asked = need.clone();
        let found = app.rows(move |conn| reach::nearest(conn, &asked)).await;
        assert_eq!(found, expected, "{need:?}");
    }
    assert!(most > 50, "the questions were too narrow to prove anything");
}

#[actix_web::test]
async fn who_was_just_asked_is_left_in_peace() {
    let app = TestApp::new().await;
    crowd(&app).await;
    let need = Need {
        groups: BloodGroup::ALL.to_vec(),
        at: Coordinates::parse(21.0, 105.8).unwrap(),
        within_km: 30.0,
        on: today(),
        not_asked_since: today() - Days::new(14),
        limit: 20,
    };
    let first = need.clone();
    let found = app.rows(move |conn| reach::nearest(conn, &first)).await;
    assert_eq!(found.len(), 20);
    let asked: Vec<PersonId> = found.iter().map(|one| one.person).collect();
    let persons = asked.clone();
    app.rows(move |conn| reach::claim(conn, &persons, today(), today()))
        .await;
    let next = app.rows(move |conn| reach::nearest(conn, &need)).await;
    assert!(next.iter().all(|one| !asked.contains(&one.person)));
    assert!(next.first().unwrap().distance_m >= found.last().unwrap().distance_m);
}

#[actix_web::test]
async fn of_calls_that_want_the_same_donors_at_once_each_donor_goes_to_one() {
    let app = TestApp::new().await;
    let people: Vec<PersonId> = crowd(&app)
        .await
        .into_iter()
        .take(30)
        .map(|one| one.person)
        .collect();
    let claims = (0..8).map(|_| {
        let persons = people.clone();
        app.rows(move |conn| reach::claim(conn, &persons, today(), today()))
    });
    let mut claimed: Vec<PersonId> = join_all(claims).await.concat();
    let count = claimed.len();
    claimed.sort();
    claimed.dedup();
    assert!(count > 0, "somebody was free");
    assert_eq!(claimed.len(), count, "nobody was taken twice");
}

#[actix_web::test]
async fn pages_of_who_is_due_hold_everyone_once_and_nobody_else() {
    let app = TestApp::new().await;
    let mut expected: Vec<Due> = crowd(&app)
        .await
        .into_iter()
        .filter(|one| one.wants_reminders)
        .filter(|one| today() - Days::new(6) <= one.available_from && one.available_from <= today())
        .filter(|one| one.available_until.is_none_or(|last| today() <= last))
        .map(|one| Due {
            available_from: one.available_from,
            person: one.person,
            main_club: None,
        })
        .collect();
    expected.sort_unstable();
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = app
            .rows(move |conn| reach::due(conn, today(), 7, after, 17))
            .await;
        found.extend(page.iter().copied());
        after = page.last().copied();
        if page.len() < 17 {
            break;
        }
    }
    assert!(expected.len() > 100);
    assert_eq!(found, expected);
}

#[actix_web::test]
async fn calls_and_reminders_read_their_own_indexes() {
    let app = TestApp::new().await;
    crowd(&app).await;
    looks_up_who_stands_by(&app).await;
    app.analyze().await;
    looks_up_who_stands_by(&app).await;
    let need = Need {
        groups: vec![BloodGroup::ONegative],
        at: Coordinates::parse(21.0, 105.8).unwrap(),
        within_km: 5.0,
        on: today(),
        not_asked_since: today(),
        limit: 20,
    };
    let calls = app.plans(move |conn| reach::nearest(conn, &need)).await;
    assert!(!calls.is_empty());
    for plan in calls {
        assert!(plan.contains("donors_for_calls"), "{plan}");
        assert!(
            app.app.db.engine() != "sqlite" || plan.contains("COVERING"),
            "{plan}"
        );
    }
    let after = Some(Due {
        available_from: today(),
        person: app.app.id(),
        main_club: None,
    });
    for after in [None, after] {
        let plans = app
            .plans(move |conn| reach::due(conn, today(), 7, after, 100))
            .await;
        assert!(plans[0].contains("donors_for_reminders"), "{}", plans[0]);
    }
}

/// Nobody stands by yet, which an engine that has not counted the table does not know.
async fn looks_up_who_stands_by(app: &TestApp) {
    let need = Need {
        groups: vec![BloodGroup::OPositive],
        at: Coordinates::parse(21.0, 105.8).unwrap(),
        within_km: 30.0,
        on: today(),
        not_asked_since: today(),
        limit: 20,
    };
    let duty = Duty {
        month: 11,
        is_night: false,
    };
    let plans = app
        .plans(move |conn| reach::standing_by(conn, &need, duty))
        .await
        .concat();
    let reads_all = plans.contains("SCAN donors") || plans.contains("donors_for_calls");
    assert!(app.app.db.engine() != "sqlite" || !reads_all, "{plans}");
}
