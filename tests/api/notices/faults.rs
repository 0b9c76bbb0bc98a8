//! Servers that refuse, wait, lie or die, and workers that do: nobody is missed, nobody is told twice.
use super::{contact, fate, kinds, left_by, send, send_later, tell, without_contacts};
use crate::support::TestApp;
use crate::support::peers::{Manner, mail_server, web_server};
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::platform::config::{Encryption, OutwardWay, Secret, Settings, Template, Transport};
use giothong::platform::db::schema::{notices, stops};
use giothong::platform::id::PersonId;
use giothong::platform::notices::{Purpose, send_due};

fn by_smtp(port: u16) -> impl FnOnce(&mut Settings) {
    move |settings| {
        settings.mail.transport = Transport::Smtp;
        settings.mail.encryption = Encryption::None;
        settings.mail.port = port;
        settings.mail.timeout_seconds = 1;
    }
}

async fn reached_at(app: &TestApp, name: &str, address: &str) -> PersonId {
    let person = app.person(name).await;
    contact(app, person, "email", address).await;
    person
}

fn message_ids(mails: &[String]) -> Vec<String> {
    let line = |mail: &String| {
        let found = mail.lines().find(|line| line.starts_with("Message-ID:"));
        found.unwrap().to_owned()
    };
    mails.iter().map(line).collect()
}

#[actix_web::test]
async fn a_real_mail_says_everything_twice_and_how_to_check_it() {
    let (port, arrived) = mail_server().await;
    let app = TestApp::with(by_smtp(port)).await;
    let hoa = reached_at(&app, "Nguyễn Thị Hoa", "hoa@example.vn").await;
    let id = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    left_by(&app, id, "mail").await;
    let mail = arrived.lock().unwrap().remove(0);
    assert!(mail.contains("multipart/alternative"), "{mail}");
    assert!(mail.contains("text/plain") && mail.contains("text/html"));
    assert!(mail.contains(&format!("Message-ID: <{id}@localhost>")));
}

#[actix_web::test]
async fn a_server_that_says_not_now_is_asked_again_later() {
    let (port, arrived) = mail_server().await;
    let app = TestApp::with(by_smtp(port)).await;
    let hoa = reached_at(&app, "Nguyễn Thị Hoa", "tempfail@example.vn").await;
    let id = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    send(&app).await;
    let (state, _, _) = fate(&app, id).await;
    assert_eq!(state, "waiting", "not before its time");
    contact(&app, hoa, "email", "hoa@example.vn").await;
    send_later(&app).await;
    left_by(&app, id, "mail").await;
    assert_eq!(arrived.lock().unwrap().len(), 1);
}

#[actix_web::test]
async fn an_address_nobody_knows_is_stopped_until_its_code_comes_back() {
    let (port, arrived) = mail_server().await;
    let app = TestApp::with(by_smtp(port)).await;
    let hoa = reached_at(&app, "Nguyễn Thị Hoa", "reject@example.vn").await;
    let id = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    assert_eq!(fate(&app, id).await.0, "dead");
    let next = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    left_by(&app, next, "inbox").await;
    assert!(arrived.lock().unwrap().is_empty());
    let lookup = app.app.keys.lookup("email", "reject@example.vn");
    let why: String = app
        .rows(move |conn| {
            stops::table
                .filter(stops::lookup.eq(lookup))
                .select(stops::reason)
                .first(conn)
        })
        .await;
    assert_eq!(why, "bounced");
}

#[actix_web::test]
async fn a_server_that_refuses_us_says_nothing_about_the_address() {
    let (port, _) = mail_server().await;
    let app = TestApp::with(by_smtp(port)).await;
    let hoa = reached_at(&app, "Nguyễn Thị Hoa", "policy@example.vn").await;
    let id = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    assert_eq!(fate(&app, id).await.0, "dead");
    let many: i64 = app.rows(|conn| stops::table.count().get_result(conn)).await;
    assert_eq!(many, 0);
}

#[actix_web::test]
async fn a_server_that_never_answers_holds_nobody_up() {
    let (port, arrived) = mail_server().await;
    let app = TestApp::with(by_smtp(port)).await;
    let slow = reached_at(&app, "Lê Chậm", "slow@example.vn").await;
    let hoa = reached_at(&app, "Nguyễn Thị Hoa", "hoa@example.vn").await;
    let waits = tell(&app, slow, Purpose::Booking).await;
    let goes = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    left_by(&app, goes, "mail").await;
    assert_eq!(fate(&app, waits).await.0, "waiting");
    assert_eq!(arrived.lock().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_mail_that_was_taken_without_an_answer_goes_again_under_the_same_id() {
    let (port, arrived) = mail_server().await;
    let app = TestApp::with(by_smtp(port)).await;
    let hoa = reached_at(&app, "Nguyễn Thị Hoa", "drop@example.vn").await;
    let id = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    for _ in 0..3 {
        send_later(&app).await;
    }
    let mails = arrived.lock().unwrap().clone();
    let ids = message_ids(&mails);
    assert_eq!(
        (ids.len(), &ids[0]),
        (2, &ids[1]),
        "once too often, and known"
    );
    assert!(ids[0].contains(&id.to_string()));
    left_by(&app, id, "mail").await;
}

#[actix_web::test]
async fn with_no_server_at_all_nothing_is_lost() {
    let app = TestApp::with(by_smtp(1)).await;
    let hoa = reached_at(&app, "Nguyễn Thị Hoa", "hoa@example.vn").await;
    let id = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    assert_eq!(fate(&app, id).await.0, "waiting");
}

fn by_gateway(url: String) -> impl FnOnce(&mut Settings) {
    move |settings| {
        settings.outward.way = OutwardWay::Http;
        settings.outward.allow_private = true;
        settings.outward.timeout_seconds = 1;
        settings.gateway.url = url;
        settings.gateway.secret = Secret::new("sesame".to_owned());
        let template = Template {
            id: "T1".to_owned(),
            price: 400,
        };
        let kind = "test-booking".to_owned();
        settings.gateway.templates.insert(kind, template);
    }
}

/// What becomes of a message when the gateway answers in this manner, and what arrived there.
async fn handed(manner: Manner) -> (String, usize) {
    let (url, arrived) = web_server(manner).await;
    let app = TestApp::with(by_gateway(url)).await;
    let hoa = app.person("Nguyễn Thị Hoa").await;
    without_contacts(&app, hoa).await;
    contact(&app, hoa, "phone", "+84912345678").await;
    let id = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    let arrived = arrived.lock().unwrap().clone();
    assert!(
        arrived
            .iter()
            .all(|one| one.contains("x-giothong-signature: t="))
    );
    assert!(arrived.iter().all(|one| one.contains(&id.to_string())));
    (fate(&app, id).await.0, arrived.len())
}

#[actix_web::test]
async fn a_gateway_that_fails_waits_or_sends_elsewhere_loses_nothing() {
    for (manner, state) in [
        (Manner::Status(200), "sent"),
        (Manner::Endless, "sent"),
        (Manner::Status(500), "waiting"),
        (Manner::Busy(429, 30), "waiting"),
        (Manner::Silent, "waiting"),
        (Manner::Status(400), "dead"),
        (Manner::Elsewhere, "dead"),
    ] {
        assert_eq!(handed(manner).await, (state.to_owned(), 1), "{manner:?}");
    }
}

#[actix_web::test]
async fn a_name_that_leads_inside_is_not_asked() {
    let (url, arrived) = web_server(Manner::Status(200)).await;
    let inside = url.replace("http://127.0.0.1", "https://localhost");
    let app = TestApp::with(|settings| {
        by_gateway(inside)(settings);
        settings.outward.allow_private = false;
    })
    .await;
    let hoa = app.person("Nguyễn Thị Hoa").await;
    without_contacts(&app, hoa).await;
    contact(&app, hoa, "phone", "+84912345678").await;
    let id = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    assert_ne!(fate(&app, id).await.0, "sent");
    assert!(arrived.lock().unwrap().is_empty());
}

async fn crowd(app: &TestApp, many: usize) -> Vec<PersonId> {
    let mut people = Vec::new();
    for number in 0..many {
        let name = format!("Người Số {number}");
        let person = reached_at(app, &name, &format!("n{number}@example.vn")).await;
        tell(app, person, Purpose::Booking).await;
        people.push(person);
    }
    people
}

fn each_once(app: &TestApp, many: usize) {
    let mut told: Vec<String> = app.mails().into_iter().map(|mail| mail.to).collect();
    told.sort();
    let all = told.len();
    told.dedup();
    assert_eq!((all, told.len()), (many, many));
}

#[actix_web::test]
async fn two_workers_that_race_tell_everybody_once() {
    let app = TestApp::with(|settings| settings.jobs.batch = 7).await;
    crowd(&app, 40).await;
    let kinds = kinds();
    loop {
        let sends = tokio::join!(send_due(&app.app, &kinds), send_due(&app.app, &kinds));
        if sends.0.unwrap() + sends.1.unwrap() == 0 {
            break;
        }
    }
    each_once(&app, 40);
}

#[actix_web::test]
async fn a_worker_that_dies_between_taking_and_sending_is_replaced_when_its_lease_ends() {
    let app = TestApp::with(|settings| settings.jobs.batch = 5).await;
    crowd(&app, 12).await;
    let kinds = kinds();
    // Dropped after it was begun: the rows it took stay taken.
    for _ in 0..6 {
        let mut round = Box::pin(send_due(&app.app, &kinds));
        for _ in 0..3 {
            let step = std::time::Duration::from_millis(4);
            if tokio::time::timeout(step, &mut round).await.is_ok() {
                break;
            }
        }
        drop(round);
    }
    app.forward(TimeDelta::seconds(app.app.settings.jobs.lease_seconds + 1));
    send(&app).await;
    app.forward(TimeDelta::seconds(app.app.settings.jobs.lease_seconds + 1));
    send(&app).await;
    let waiting: i64 = app
        .rows(|conn| {
            notices::table
                .filter(notices::state.ne("sent"))
                .count()
                .get_result(conn)
        })
        .await;
    assert_eq!(waiting, 0, "nobody is missed");
    let mut ids: Vec<(String, String)> = app
        .mails()
        .into_iter()
        .map(|mail| (mail.to, mail.message_id))
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 12, "whoever got two got the same one");
}

#[actix_web::test]
async fn a_worker_that_dies_between_sending_and_writing_it_down_sends_the_same_mail_again() {
    let (port, arrived) = mail_server().await;
    let app = TestApp::with(by_smtp(port)).await;
    let hoa = reached_at(&app, "Nguyễn Thị Hoa", "hoa@example.vn").await;
    let id = tell(&app, hoa, Purpose::Booking).await;
    send(&app).await;
    // As if the last write had never happened: the lease is still there.
    let until = app.app.now() + TimeDelta::seconds(app.app.settings.jobs.lease_seconds);
    app.rows(move |conn| {
        diesel::update(notices::table.find(id))
            .set((notices::state.eq("waiting"), notices::due_at.eq(until)))
            .execute(conn)
    })
    .await;
    send(&app).await;
    assert_eq!(
        arrived.lock().unwrap().len(),
        1,
        "not while the lease holds"
    );
    send_later(&app).await;
    let mails = arrived.lock().unwrap().clone();
    let ids = message_ids(&mails);
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    let codes: Vec<&str> = mails
        .iter()
        .filter_map(|mail| mail.split("Subject:").nth(1))
        .collect();
    assert_eq!(codes.len(), 2);
}
