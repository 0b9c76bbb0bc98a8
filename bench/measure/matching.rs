//! The match of a call by itself: whom the service would ask, for every group, in cities and anywhere.
use super::{Outcome, open, percentile};
use chrono::{Days, NaiveDate};
use diesel::QueryResult;
use giothong::blood::{BloodGroup, Component, Widening, donors_for};
use giothong::donors::reach::{Need, nearest};
use giothong::platform::db::Conn;
use giothong::platform::text::Coordinates;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::time::Instant;

const CALLS: usize = 120;
const PASSES: usize = 3;
/// Where two of three calls come from, as in `world.py`.
const CITIES: [(f64, f64); 5] = [
    (10.78, 106.69),
    (21.02, 105.84),
    (16.06, 108.21),
    (20.85, 106.68),
    (10.03, 105.78),
];

pub(crate) async fn run(url: &str, day: &str) -> Outcome<serde_json::Value> {
    let db = open(url)?;
    let needs = needs(day.parse()?)?;
    let timing = db.read(move |conn| time(conn, &needs)).await;
    let (mut millis, found) = timing.map_err(|problem| problem.to_string())?;
    millis.sort_by(f64::total_cmp);
    Ok(serde_json::json!({
        "calls": millis.len(), "found": found, "p50_ms": percentile(&millis, 0.5),
        "p99_ms": percentile(&millis, 0.99), "max_ms": millis.last(),
    }))
}

/// Milliseconds of each match, and how many donors all of one pass found; a first pass only warms the database up.
fn time(conn: &mut Conn, needs: &[Need]) -> QueryResult<(Vec<f64>, usize)> {
    let (mut millis, mut found) = (Vec::new(), 0);
    for pass in 0..=PASSES {
        found = 0;
        for need in needs {
            let begun = Instant::now();
            found += nearest(conn, need)?.len();
            if pass > 0 {
                millis.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
        }
    }
    Ok((millis, found))
}

fn needs(today: NaiveDate) -> Outcome<Vec<Need>> {
    let mut chance = StdRng::seed_from_u64(20_261_121);
    (0..CALLS)
        .map(|number| {
            let (latitude, longitude) = match CITIES.get(number % 8) {
                Some((latitude, longitude)) => (
                    latitude + chance.random_range(-0.1..0.1),
                    longitude + chance.random_range(-0.1..0.1),
                ),
                None => (
                    chance.random_range(9.0..22.5),
                    chance.random_range(104.0..109.0),
                ),
            };
            let group = BloodGroup::ALL
                .get(number / 8 % 8)
                .copied()
                .ok_or("no group")?;
            Ok(Need {
                groups: donors_for(Component::RedCells, group, Widening::Compatible),
                at: Coordinates::parse(latitude, longitude).map_err(|_wrong| "no place")?,
                within_km: 30.0,
                on: today,
                not_asked_since: today - Days::new(14),
                limit: 200,
            })
        })
        .collect()
}
