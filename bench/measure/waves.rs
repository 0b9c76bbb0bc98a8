//! Whom the next wave of each open call would ask: match, history and rank, as the service does it, without sending.
use super::{Outcome, open, percentile};
use diesel::prelude::*;
use giothong::calls::model::{Call, CallState};
use giothong::calls::next_to_ask;
use giothong::platform::clock::Moment;
use giothong::platform::config::Settings;
use giothong::platform::db::Conn;
use giothong::platform::db::schema::calls;
use giothong::platform::problem::Problem;
use std::time::Instant;

const PASSES: usize = 3;

pub(crate) async fn run(url: &str) -> Outcome<serde_json::Value> {
    let db = open(url)?;
    let settings = Settings::defaults()?;
    let timing = db.read(move |conn| time(conn, &settings)).await;
    let (mut millis, asked) = timing.map_err(|problem: Problem| problem.causes())?;
    millis.sort_by(f64::total_cmp);
    Ok(serde_json::json!({
        "calls": millis.len(), "asked": asked, "p50_ms": percentile(&millis, 0.5),
        "p99_ms": percentile(&millis, 0.99), "max_ms": millis.last(),
    }))
}

/// Milliseconds of each wave, and how many donors all of one pass would ask; a first pass only warms the database up.
fn time(conn: &mut Conn, settings: &Settings) -> Result<(Vec<f64>, usize), Problem> {
    let asking: Vec<Call> = calls::table
        .filter(calls::state.eq(CallState::Asking))
        .order(calls::id)
        .select(Call::as_select())
        .load(conn)?;
    let (mut millis, mut asked) = (Vec::new(), 0);
    for pass in 0..=PASSES {
        asked = 0;
        for call in &asking {
            let begun = Instant::now();
            asked += next_to_ask(conn, call, (now(), settings))?.len();
            if pass > 0 {
                millis.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
        }
    }
    Ok((millis, asked))
}

#[expect(clippy::disallowed_methods, reason = "measured now")]
fn now() -> Moment {
    chrono::Utc::now().into()
}
