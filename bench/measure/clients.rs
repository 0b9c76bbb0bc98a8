//! Clients that each keep one connection and send their next request when the last is answered. Cheap on purpose: they
//! share the machine with what they measure.
use super::{Outcome, percentile};
use serde::Deserialize;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

/// What to send: a file written by `bench/run`.
#[derive(Deserialize)]
struct Plan {
    address: String,
    clients: usize,
    seconds: f64,
    /// At most so many requests, from this one on.
    first: usize,
    most: usize,
    /// Paths to read, in turn; empty for bookings.
    paths: Vec<String>,
    /// Who books: access tokens.
    tokens: Vec<String>,
    /// Drives and their slots: person n books at every drive once.
    drives: Vec<(String, Vec<String>)>,
}

/// What the clients share.
struct Run {
    plan: Plan,
    next: Cell<usize>,
    begun: Instant,
    statuses: RefCell<BTreeMap<u16, usize>>,
    millis: RefCell<Vec<f64>>,
    sample: RefCell<String>,
}

pub(crate) async fn run(file: &str) -> Outcome<serde_json::Value> {
    let plan: Plan = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let run = Rc::new(Run {
        next: Cell::new(plan.first),
        plan,
        begun: Instant::now(),
        statuses: RefCell::default(),
        millis: RefCell::default(),
        sample: RefCell::default(),
    });
    let clients = LocalSet::new();
    for _ in 0..run.plan.clients {
        let run = run.clone();
        clients.spawn_local(async move {
            if let Err(error) = client(&run).await {
                // Counted as an answer no server gives.
                *run.sample.borrow_mut() = error.to_string();
                *run.statuses.borrow_mut().entry(0).or_default() += 1;
            }
        });
    }
    clients.await;
    Ok(run.found())
}

async fn client(run: &Run) -> Outcome<()> {
    let mut stream = TcpStream::connect(&run.plan.address).await?;
    stream.set_nodelay(true)?;
    let mut answer = Vec::with_capacity(16_384);
    while let Some(number) = run.take() {
        let request = run.request(number)?;
        let sent = Instant::now();
        stream.write_all(request.as_bytes()).await?;
        let status = read(&mut stream, &mut answer).await?;
        run.millis
            .borrow_mut()
            .push(sent.elapsed().as_secs_f64() * 1000.0);
        *run.statuses.borrow_mut().entry(status).or_default() += 1;
        if run.sample.borrow().is_empty() {
            *run.sample.borrow_mut() = String::from_utf8_lossy(&answer).into_owned();
        }
    }
    Ok(())
}

/// Reads one whole answer; leaves its body and says its status.
async fn read(stream: &mut TcpStream, answer: &mut Vec<u8>) -> Outcome<u16> {
    answer.clear();
    let head = loop {
        if stream.read_buf(answer).await? == 0 {
            return Err("the server closed the connection".into());
        }
        if let Some(at) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
    };
    let text = std::str::from_utf8(answer.get(..head).unwrap_or_default())?.to_ascii_lowercase();
    let status = text.get(9..12).ok_or("no status")?.parse()?;
    let length = text
        .split("content-length: ")
        .nth(1)
        .and_then(|rest| rest.split("\r\n").next());
    let whole = head
        + length
            .ok_or("an answer without a length")?
            .parse::<usize>()?;
    while answer.len() < whole {
        if stream.read_buf(answer).await? == 0 {
            return Err("the server closed the connection".into());
        }
    }
    answer.drain(..head);
    Ok(status)
}

impl Run {
    /// The number of the next request; none when the time is over.
    fn take(&self) -> Option<usize> {
        let number = self.next.get();
        let is_over = self.begun.elapsed() >= Duration::from_secs_f64(self.plan.seconds);
        if is_over || number >= self.plan.first + self.plan.most {
            return None;
        }
        self.next.set(number + 1);
        Some(number)
    }

    fn request(&self, number: usize) -> Outcome<String> {
        let host = &self.plan.address;
        if !self.plan.paths.is_empty() {
            let path = self
                .plan
                .paths
                .get(number % self.plan.paths.len())
                .ok_or("no path")?;
            let token = self
                .plan
                .tokens
                .first()
                .map(|token| format!("Authorization: Bearer {token}\r\n"));
            let token = token.unwrap_or_default();
            return Ok(format!(
                "GET {path} HTTP/1.1\r\nHost: {host}\r\n{token}\r\n"
            ));
        }
        // As in `reference.py`: nobody meets the same drive twice, and neighbours meet different drives.
        let people = self.plan.tokens.len();
        let person = number % people;
        let drive = (number / people + person) % self.plan.drives.len();
        let (drive, slots) = self.plan.drives.get(drive).ok_or("no drive")?;
        let slot = slots.get(person * 7 % slots.len()).ok_or("no slot")?;
        let token = self.plan.tokens.get(person).ok_or("nobody")?;
        let body = format!("{{\"slot\":\"{slot}\"}}");
        Ok(format!(
            "POST /api/v1/drives/{drive}/registrations HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nIdempotency-Key: bench-{number}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    }

    fn found(&self) -> serde_json::Value {
        let mut millis = self.millis.take();
        millis.sort_by(f64::total_cmp);
        let seconds = self.begun.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a count of requests")]
        let rate = millis.len() as f64 / seconds;
        serde_json::json!({
            "requests": millis.len(), "seconds": seconds, "rate": rate, "statuses": self.statuses.take(),
            "p50_ms": percentile(&millis, 0.5), "p99_ms": percentile(&millis, 0.99), "max_ms": millis.last(),
            "next": self.next.get(), "sample": self.sample.take(),
        })
    }
}
