//! The service dies without warning in the midst of bookings: whatever it had acknowledged is there, and once.
use crate::support::binary::{Desk, Served};
use crate::support::{Actor, Arranged, TestApp, Wanted};
use giothong::platform::clock::Clock;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

const CLIENTS: usize = 32;
const SLOTS: usize = 20;

/// What became of one round.
#[derive(Debug)]
pub struct Round {
    /// Bookings that were acknowledged before the service died.
    pub acknowledged: usize,
    /// Bookings that were kept although their acknowledgement never arrived.
    pub kept_unsaid: usize,
}

/// A donor who sends the same request again until it is answered.
struct Client {
    token: String,
    key: String,
    body: Value,
    /// The registration's id, once it was acknowledged.
    told: Mutex<Option<String>>,
}

/// The service on the test's own database, with the test's own keys.
struct Scene {
    app: TestApp,
    desk: Desk,
}

impl Scene {
    async fn new() -> Self {
        let app = TestApp::new().await;
        // Nobody reads the log while it serves, and a full pipe would hold it up.
        let quiet = "warn,giothong::commands=info".to_owned();
        let desk = Desk::beside(&app).with("GIOTHONG__LOG__FILTER", quiet);
        Self { app, desk }
    }

    /// A drive with exactly as many places as there are people who want one.
    async fn drive(&self, places: usize) -> (Arranged, Vec<Client>) {
        let app = &self.app;
        app.forward(*Clock::System.now() - *app.app.now());
        let organiser = app.body("province", "Cần Thơ", None).await;
        let drive = app
            .drive(Wanted {
                slots: vec![i32::try_from(places / SLOTS).unwrap(); SLOTS],
                ..Wanted::by(organiser)
            })
            .await;
        let client = |(number, donor): (usize, &Actor)| Client {
            token: donor.token().unwrap().to_owned(),
            key: format!("booking-{number}"),
            body: json!({ "slot": drive.slots[number % SLOTS] }),
            told: Mutex::new(None),
        };
        let crowd = app.crowd(places).await;
        let clients = crowd.iter().enumerate().map(client).collect();
        (drive, clients)
    }

    /// Kills the service when a part of the bookings was acknowledged, and says what was there afterwards.
    async fn round(&self, bookings: usize, until: usize) -> Round {
        let (drive, clients) = self.drive(bookings).await;
        let path = format!("/api/v1{}", drive.path("/registrations"));
        let mut served = Served::start(&self.desk);
        let told = AtomicUsize::new(0);
        let (port, child) = (served.port, Mutex::new(&mut served.child));
        let is_alive = each(&clients, |client| {
            let answer = client.book(port, &path)?;
            assert_eq!(answer.0, 201, "{}", answer.1);
            *client.told.lock().unwrap() = Some(id_of(&answer.1));
            if told.fetch_add(1, Ordering::SeqCst) + 1 == until {
                child.lock().unwrap().kill()?;
            }
            Ok(())
        });
        assert!(!is_alive, "it was to die in the midst");
        drop(served);
        self.look_back(&path, &drive, &clients).await
    }

    async fn look_back(&self, path: &str, drive: &Arranged, clients: &[Client]) -> Round {
        let served = Served::start(&self.desk);
        let (port, kept_unsaid) = (served.port, AtomicUsize::new(0));
        let is_alive = each(clients, |client| {
            let told = client.told.lock().unwrap().clone();
            let found = client.own(port)?;
            match &told {
                Some(id) => assert_eq!(
                    found,
                    std::slice::from_ref(id),
                    "acknowledged, so there, and once"
                ),
                None if found.is_empty() => {}
                None => drop(kept_unsaid.fetch_add(1, Ordering::SeqCst)),
            }
            let again = client.book(port, path)?;
            assert_eq!(again.0, 201, "{}", again.1);
            let id = id_of(&again.1);
            assert!(told.is_none_or(|told| told == id), "the same as before");
            assert_eq!(client.own(port)?, [id], "sent again, and still once");
            Ok(())
        });
        assert!(is_alive);
        for slot in &drive.slots {
            let taken = self.app.taken(*slot).await;
            assert_eq!(usize::try_from(taken).unwrap(), clients.len() / SLOTS);
        }
        let sums = self.app.sums(drive.id, None).await;
        assert_eq!(usize::try_from(sums.registered).unwrap(), clients.len());
        let acknowledged = clients.iter().filter(|client| client.was_told());
        Round {
            acknowledged: acknowledged.count(),
            kept_unsaid: kept_unsaid.into_inner(),
        }
    }
}

impl Client {
    fn was_told(&self) -> bool {
        self.told.lock().unwrap().is_some()
    }

    fn book(&self, port: u16, path: &str) -> std::io::Result<(u16, Value)> {
        self.ask(port, &format!("POST {path}"), &self.body.to_string())
    }

    /// The ids of one's registrations that live.
    fn own(&self, port: u16) -> std::io::Result<Vec<String>> {
        let (status, list) = self.ask(port, "GET /api/v1/me/registrations", "")?;
        assert_eq!(status, 200, "{list}");
        let items = list["items"].as_array().unwrap().iter();
        Ok(items
            .inspect(|item| assert_eq!(item["state"], "booked"))
            .map(id_of)
            .collect())
    }

    /// One request on a connection of its own; an error when no whole answer came.
    fn ask(&self, port: u16, what: &str, body: &str) -> std::io::Result<(u16, Value)> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        write!(
            stream,
            "{what} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {}\r\nIdempotency-Key: {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.token,
            self.key,
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(broken)?;
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        let body = serde_json::from_str(body).map_err(|_fault| broken())?;
        Ok((status.ok_or_else(broken)?, body))
    }
}

/// Every client does its work, many at once; false when the service went away meanwhile.
fn each(clients: &[Client], work: impl Fn(&Client) -> std::io::Result<()> + Sync) -> bool {
    let next = AtomicUsize::new(0);
    let turn = || {
        while let Some(client) = clients.get(next.fetch_add(1, Ordering::SeqCst)) {
            if work(client).is_err() {
                return false;
            }
        }
        true
    };
    std::thread::scope(|scope| {
        let turns: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(turn)).collect();
        let ended: Vec<bool> = turns.into_iter().map(|turn| turn.join().unwrap()).collect();
        ended.into_iter().all(|is_over| is_over)
    })
}

fn id_of(view: &Value) -> String {
    view["id"].as_str().unwrap().to_owned()
}

/// So many rounds on one database, each killed a little later than the one before.
pub async fn rounds(rounds: usize, bookings: usize) -> Vec<Round> {
    let scene = Scene::new().await;
    let mut seen = Vec::new();
    for round in 1..=rounds {
        let until = bookings * round / (rounds + 1);
        seen.push(scene.round(bookings, until).await);
    }
    seen
}

#[actix_web::test]
async fn a_service_that_is_killed_loses_no_booking_and_doubles_none() {
    for round in rounds(2, 200).await {
        assert!(round.acknowledged >= 66, "{round:?}");
    }
}
