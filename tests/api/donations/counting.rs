//! Whatever happens, in whatever order: the sums are what a count of the rows gives.
use super::{Table, accepted, bag, table};
use crate::support::Sums;
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::platform::db::schema::{donations, registrations, slots};
use giothong::platform::id::OrganisationId;
use giothong::registrations::model::RegistrationState;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;

/// What a count of the rows gives for one body.
async fn counted(table: &Table, body: OrganisationId) -> Sums {
    let drive = table.drive.id;
    table
        .app
        .rows(move |conn| {
            let states: Vec<RegistrationState> = registrations::table
                .filter(registrations::drive.eq(drive))
                .filter(registrations::mobilised_by.eq(body))
                .select(registrations::state)
                .load(conn)?;
            let bags: Vec<(i32, bool, Option<String>)> = donations::table
                .filter(donations::drive.eq(drive))
                .filter(donations::mobilised_by.eq(body))
                .filter(donations::voided_at.is_null())
                .select((
                    donations::volume_ml,
                    donations::is_first_time,
                    donations::result,
                ))
                .load(conn)?;
            let count = |how_many: usize| i64::try_from(how_many).unwrap();
            Ok(Sums {
                registered: count(states.iter().filter(|state| state.is_registered()).count()),
                attended: count(states.iter().filter(|state| state.is_attended()).count()),
                collected: count(bags.len()),
                safe: count(
                    bags.iter()
                        .filter(|bag| bag.2.as_deref() == Some("safe"))
                        .count(),
                ),
                ml: bags.iter().map(|bag| i64::from(bag.0)).sum(),
                ml350plus: count(bags.iter().filter(|bag| bag.0 >= 350).count()),
                first_time: count(bags.iter().filter(|bag| bag.1).count()),
            })
        })
        .await
}

/// Places taken, as the slots say and as the rows do.
async fn places(table: &Table) -> (i64, i64) {
    let drive = table.drive.id;
    table
        .app
        .rows(move |conn| {
            let taken: Vec<i32> = slots::table
                .filter(slots::drive.eq(drive))
                .select(slots::taken)
                .load(conn)?;
            let held: i64 = registrations::table
                .filter(registrations::drive.eq(drive))
                .filter(registrations::slot.is_not_null())
                .filter(registrations::state.ne_all(["waitlisted", "cancelled"]))
                .count()
                .get_result(conn)?;
            Ok((taken.into_iter().map(i64::from).sum(), held))
        })
        .await
}

struct Visit {
    id: String,
    donation: Option<String>,
}

#[actix_web::test]
async fn after_a_day_of_anything_the_sums_are_what_a_count_gives() {
    let table = table(|wanted| {
        wanted.in_days = 1;
        wanted.slots = vec![3, 2, 4];
    })
    .await;
    let school = table
        .app
        .body("school", "THPT Lưu Hữu Phước", Some(table.province))
        .await;
    let bodies = [table.province, school];
    let mut chance = StdRng::seed_from_u64(2026);
    let mut visits: Vec<Visit> = Vec::new();
    for number in 0..24 {
        let donor = table.app.donor(&format!("Người Hiến {number}")).await;
        let body = bodies[chance.random_range(0..2)];
        let slot = table.drive.slots[chance.random_range(0..3)];
        let asked = json!({ "slot": slot, "mobilised_by": body });
        let reply = donor.post(&table.drive.path("/registrations"), asked).await;
        visits.push(Visit {
            id: reply.body["id"].as_str().unwrap().to_owned(),
            donation: None,
        });
    }
    for round in 0..200 {
        if round == 40 {
            table.app.forward(TimeDelta::days(1));
        }
        table
            .app
            .forward(TimeDelta::minutes(chance.random_range(0..3)));
        let at = chance.random_range(0..visits.len());
        act(
            &table,
            &mut visits[at],
            (round, chance.random_range(0..10)),
            bodies,
        )
        .await;
        if round % 20 == 19 {
            table.app.run_jobs().await;
            let (taken, held) = places(&table).await;
            assert_eq!(taken, held, "round {round}");
            for body in bodies {
                assert_eq!(
                    table.app.sums(table.drive.id, Some(body)).await,
                    counted(&table, body).await,
                    "round {round}"
                );
            }
        }
    }
    assert!(
        table.app.sums(table.drive.id, None).await.collected > 3,
        "too little happened to prove anything"
    );
}

/// Tries one thing; the world may well refuse it.
async fn act(
    table: &Table,
    visit: &mut Visit,
    (round, what): (usize, u8),
    bodies: [OrganisationId; 2],
) {
    let path = format!("/registrations/{}", visit.id);
    let body = bodies[usize::from(what % 2 == 0)];
    match what {
        0 if round % 3 == 0 => drop(table.desk.delete(&path).await),
        1 => drop(
            table
                .desk
                .patch(&path, json!({ "slot": table.drive.slots[round % 3] }))
                .await,
        ),
        2 => drop(
            table
                .desk
                .patch(&path, json!({ "mobilised_by": body }))
                .await,
        ),
        3 => drop(
            table
                .desk
                .post(&format!("{path}/check-in"), json!({}))
                .await,
        ),
        4 => drop(
            table
                .desk
                .post(&format!("{path}/acceptance"), json!({}))
                .await,
        ),
        5 => {
            let volume = [250, 350, 450][round % 3];
            let tap = json!({ "outcome": "collected", "volume_ml": volume });
            let reply = table.desk.post(&format!("{path}/outcome"), tap).await;
            if reply.status == 200 {
                visit.donation = reply.body["donation"]["id"].as_str().map(str::to_owned);
            }
        }
        6 => drop(
            table
                .nurse
                .post(&format!("{path}/screening"), accepted(60.0))
                .await,
        ),
        7 => {
            let reply = table
                .nurse
                .post(&format!("{path}/donation"), bag(&format!("26/{round}")))
                .await;
            if reply.status == 201 {
                visit.donation = reply.body["id"].as_str().map(str::to_owned);
            }
        }
        8 => {
            if let Some(donation) = &visit.donation {
                let result = ["safe", "discarded"][round % 2];
                let path = format!("/donations/{donation}/result");
                drop(table.nurse.post(&path, json!({ "result": result })).await);
            }
        }
        _ => {
            if let Some(donation) = &visit.donation {
                let path = format!("/donations/{donation}/corrections");
                let change = match round % 3 {
                    0 => json!({ "reason": "x", "void": true }),
                    1 => json!({ "reason": "x", "mobilised_by": body }),
                    _ => json!({ "reason": "x", "volume_ml": 250 }),
                };
                drop(table.nurse.post(&path, change).await);
            }
        }
    }
}
