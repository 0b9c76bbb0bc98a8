//! What is sent to people: whether, when, by which way, and how a reader sees that it is ours.
pub mod channels;
mod checking;
mod faults;
mod inbox;
pub mod relay;
mod rendering;
mod rules;
mod words;

use crate::support::TestApp;
use chrono::TimeDelta;
use diesel::prelude::*;
use giothong::platform::db::schema::{contacts, notices, people};
use giothong::platform::id::{AnyId, PersonId};
use giothong::platform::notices::{
    Composed, Kinds, Letter, NewNotice, NoticeChange, NoticeId, NoticeKind, Purpose, Short,
    history, queue, send_due,
};
use giothong::platform::seal::Sealed;
use serde_json::json;

/// A kind of these tests for each purpose, so that ways and rules are tried without their subjects.
fn kind(purpose: Purpose) -> NoticeKind {
    let name = match purpose {
        Purpose::Code => "test-code",
        Purpose::Call => "test-call",
        Purpose::Booking => "test-booking",
        Purpose::Reminder => "test-reminder",
        Purpose::Thanks => "test-thanks",
        _ => "test-other",
    };
    NoticeKind::named(name, purpose)
}

fn kinds() -> Kinds {
    let purposes = [
        Purpose::Code,
        Purpose::Call,
        Purpose::Booking,
        Purpose::Reminder,
        Purpose::Thanks,
    ];
    purposes
        .into_iter()
        .fold(Kinds::default(), |kinds, purpose| {
            kinds.with(kind(purpose), |_, composing, notice| {
                let subject = notice.datum("subject").unwrap_or("Chào bạn");
                Ok(Composed::Send(Letter {
                    subject: subject.to_owned(),
                    text: format!("Chào {},\n\nHẹn gặp.\n", composing.to.given_name),
                    short: Some(Short::new(
                        subject,
                        "Hẹn gặp.",
                        Some(format!("{}/app/me", composing.settings.site.public_url)),
                    )),
                    sender: Some("Câu lạc bộ Thử".to_owned()),
                    ..Letter::default()
                }))
            })
        })
}

/// Queues a message for this person, worthless in two days; gives its id.
pub async fn tell(app: &TestApp, person: PersonId, purpose: Purpose) -> NoticeId {
    tell_so(app, person, purpose, "Chào bạn").await
}

async fn tell_so(app: &TestApp, person: PersonId, purpose: Purpose, subject: &str) -> NoticeId {
    let (id, now): (NoticeId, _) = (app.app.id(), app.app.now());
    let notice = NewNotice {
        id,
        kind: kind(purpose),
        person,
        about: id.to_string(),
        data: json!({ "subject": subject }),
        secret: None,
        not_before: now,
        expires_at: now + TimeDelta::days(2),
    };
    app.rows(move |conn| queue(conn, notice, now)).await;
    id
}

/// Sends what is due, until nothing is.
pub async fn send(app: &TestApp) {
    while send_due(&app.app, &kinds()).await.unwrap() > 0 {}
}

/// Waits for an hour and sends what is due then.
async fn send_later(app: &TestApp) {
    app.forward(TimeDelta::hours(1));
    send(app).await;
}

/// State, reason and way of a message.
async fn fate(app: &TestApp, id: NoticeId) -> (String, Option<String>, Option<String>) {
    app.rows(move |conn| {
        notices::table
            .find(id)
            .select((notices::state, notices::reason, notices::channel))
            .first(conn)
    })
    .await
}

async fn is_refused(app: &TestApp, id: NoticeId, reason: &str) {
    let (state, said, _) = fate(app, id).await;
    assert_eq!((state.as_str(), said.as_deref()), ("dropped", Some(reason)));
}

async fn left_by(app: &TestApp, id: NoticeId, channel: &str) {
    let (state, _, way) = fate(app, id).await;
    assert_eq!((state.as_str(), way.as_deref()), ("sent", Some(channel)));
}

/// Every state of a message with its way.
async fn states(app: &TestApp, id: NoticeId) -> Vec<(String, Option<&'static str>)> {
    let changes = app.rows(move |conn| history(conn, id)).await;
    let way = |change: &NoticeChange| {
        change
            .channel
            .map(giothong::platform::notices::Channel::as_str)
    };
    changes
        .iter()
        .map(|change| (change.state.clone(), way(change)))
        .collect()
}

/// Gives a person this address or number, verified.
pub async fn contact(app: &TestApp, person: PersonId, kind: &'static str, value: &str) {
    let id: AnyId = app.app.id();
    let place = Sealed::new("contacts.sealed", id.0);
    let sealed = app.app.keys.seal(place, value, &mut app.app.rng());
    let (lookup, now) = (app.app.keys.lookup(kind, value), app.app.now());
    app.rows(move |conn| {
        let old = contacts::table
            .filter(contacts::person.eq(person))
            .filter(contacts::kind.eq(kind));
        diesel::delete(old).execute(conn)?;
        diesel::insert_into(contacts::table)
            .values((
                contacts::id.eq(id),
                contacts::person.eq(person),
                contacts::kind.eq(kind),
                contacts::sealed.eq(sealed),
                contacts::lookup.eq(lookup),
                contacts::is_own.eq(true),
                contacts::verified_at.eq(Some(now)),
                contacts::created_at.eq(now),
            ))
            .execute(conn)
    })
    .await;
}

/// Takes every contact away.
pub async fn without_contacts(app: &TestApp, person: PersonId) {
    app.rows(move |conn| {
        diesel::delete(contacts::table.filter(contacts::person.eq(person))).execute(conn)
    })
    .await;
}

/// Makes it so that somebody never signed in.
async fn unclaimed(app: &TestApp, person: PersonId) {
    app.rows(move |conn| {
        diesel::update(people::table.find(person))
            .set(people::claimed_at.eq(None::<giothong::platform::clock::Moment>))
            .execute(conn)?;
        diesel::update(contacts::table.filter(contacts::person.eq(person)))
            .set((
                contacts::is_own.eq(false),
                contacts::verified_at.eq(None::<giothong::platform::clock::Moment>),
            ))
            .execute(conn)
    })
    .await;
}
