//! What `bench/run` measures with: many clients at once against the service, and by themselves the
//! match of calls, whom their next wave would ask, the look for who may give again, and letting messages leave to a mail
//! server and a push service that it plays itself.
//! It says what it found as one line of JSON.
mod clients;
mod matching;
mod outbox;
mod reminding;
mod sinks;
mod waves;

use giothong::platform::db::{Db, DbOptions};
use std::error::Error;

/// Everything here ends the measurement when it fails.
type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let found = match words.as_slice() {
        ["clients", plan, ..] => clients::run(plan).await?,
        ["matching", url, day, ..] => matching::run(url, day).await?,
        ["waves", url, ..] => waves::run(url).await?,
        ["reminding", url, day, ..] => reminding::run(url, day).await?,
        ["sinks", ..] => sinks::run().await?,
        [way @ ("mails" | "pushes"), url, day, port, many, ..] => {
            let plan = outbox::Plan {
                url,
                day: day.parse()?,
                port: port.parse()?,
                many: many.parse()?,
            };
            match *way {
                "mails" => outbox::mails(&plan).await?,
                _ => outbox::pushes(&plan).await?,
            }
        }
        // `cargo bench` passes arguments of its own.
        _ => return Ok(()),
    };
    say(&found)
}

/// One line for who called.
fn say(found: &serde_json::Value) -> Outcome<()> {
    let mut out = std::io::stdout();
    std::io::Write::write_all(&mut out, format!("{found}\n").as_bytes())?;
    Ok(std::io::Write::flush(&mut out)?)
}

/// A database as it is, with patience.
fn open(url: &str) -> Outcome<Db> {
    Ok(Db::open(&DbOptions {
        url: url.to_owned(),
        connections: 2,
        readers: 2,
        patience_seconds: 60,
        queue: 16,
    })?)
}

/// The value below which this part of the sorted values lies.
fn percentile(sorted: &[f64], part: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a list of some thousand values"
    )]
    let at = (last as f64 * part).round() as usize;
    sorted.get(at).copied().unwrap_or_default()
}
