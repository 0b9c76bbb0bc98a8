//! What tests are written with: the real app with its own database, people who call it, and what they are answered.
mod actor;
mod arranged;
pub mod binary;
mod builders;
mod database;
mod discreet;
mod drives;
pub mod peers;
mod plans;
mod ready;
mod reply;
mod statements;

pub use actor::Actor;
pub use arranged::{Arranged, Sums, Wanted};
pub use database::{Fresh, open, server};
pub use drives::{drive_plan, id_of, session_plan};
pub use ready::Ready;
pub use reply::Reply;

use actix_http::Request;
use actix_web::dev::Service;
use actix_web::test::{init_service, read_body};
use actix_web::web::Data;
use chrono::{DateTime, TimeDelta};
use futures_util::future::LocalBoxFuture;
use giothong::platform::App;
use giothong::platform::app::Chance;
use giothong::platform::clock::{Clock, Moment};
use giothong::platform::config::{OutwardWay, Settings, Transport};
use giothong::platform::gates::Gates;
use giothong::platform::id::Ids;
use giothong::platform::jobs;
use giothong::platform::notices::{Mailer, Net, SentMail, send_due};
use giothong::platform::seal::Keys;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::rc::Rc;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

type Call = dyn Fn(Request) -> LocalBoxFuture<'static, Reply>;

/// The service under test. The clock stands at 2026-05-01 09:00 in Vietnam (Friday) until moved.
#[derive(Clone)]
pub struct TestApp {
    pub app: Data<App>,
    call: Rc<Call>,
    _database: Rc<Fresh>,
}

/// 2026-05-01 02:00 UTC: a Friday morning in Vietnam.
pub fn start() -> Moment {
    "2026-05-01T02:00:00Z"
        .parse::<DateTime<chrono::Utc>>()
        .unwrap()
        .into()
}

impl TestApp {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// With settings changed before the start.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let database = Fresh::new();
        let mut settings = Settings::defaults().unwrap();
        settings.mail.transport = Transport::Memory;
        settings.outward.way = OutwardWay::Memory;
        settings.accounts.argon_memory_kib = 64;
        settings.accounts.argon_rounds = 1;
        settings.limits.sign_ins_per_minute = 10_000;
        settings.limits.bookings_per_minute = 10_000;
        settings.limits.passwords_per_minute = 10_000;
        settings.database.url.clone_from(&database.url);
        change(&mut settings);
        let app = Data::new(app_of(settings, &database));
        jobs::seed(&app, &giothong::app::jobs()).await.unwrap();
        let service = Rc::new(init_service(giothong::app::service(app.clone())).await);
        let call: Rc<Call> = Rc::new(move |request| {
            let service = service.clone();
            Box::pin(async move {
                let response = service
                    .call(request)
                    .await
                    .unwrap_or_else(|error| panic!("the service broke: {error}"));
                let (status, headers) = (response.status().as_u16(), response.headers().clone());
                Reply::of(status, headers, read_body(response).await)
            })
        });
        Self {
            app,
            call,
            _database: Rc::new(database),
        }
    }

    /// Sends a raw request; a 500 ends the test.
    pub async fn send(&self, request: Request) -> Reply {
        let what = format!("{} {}", request.method(), request.uri());
        let reply = (self.call)(request).await;
        assert_ne!(reply.status, 500, "{what} -> {}", reply.text());
        reply
    }

    /// Moves the clock.
    pub fn forward(&self, by: TimeDelta) {
        self.app.clock.forward(by);
    }

    /// Does every job and sends every notice that is due, until nothing is.
    pub async fn run_jobs(&self) {
        let (jobs, kinds) = (giothong::app::jobs(), giothong::app::notices());
        for _ in 0..1000 {
            let done = jobs::run_due(&self.app, &jobs).await.unwrap()
                + send_due(&self.app, &kinds).await.unwrap();
            if done == 0 {
                self.look_at_mails().await;
                return;
            }
        }
        panic!("the queues never run empty");
    }

    /// Mails that left so far.
    pub fn mails(&self) -> Vec<SentMail> {
        self.app.mailer.sent_after(0)
    }

    /// Mails that left to this address.
    pub fn mails_to(&self, email: &str) -> Vec<SentMail> {
        self.mails()
            .into_iter()
            .filter(|mail| mail.to == email)
            .collect()
    }
}

/// The same chance in every test, and so the same keys.
pub fn chance() -> StdRng {
    StdRng::seed_from_u64(7)
}

fn app_of(settings: Settings, database: &Fresh) -> App {
    let mut chance = chance();
    let keys = Keys::random(&mut chance);
    App {
        db: database.open(),
        mailer: Mailer::new(&settings).unwrap(),
        net: Net::new(&settings.outward).unwrap(),
        gates: Gates::new(&settings),
        clock: Clock::still(start()),
        ids: Arc::new(Ids::Random),
        chance: Chance::Seeded(Box::new(Mutex::new(chance))),
        keys,
        hooks: giothong::app::hooks(),
        stopping: AtomicBool::new(false),
        settings: Arc::new(settings),
    }
}
