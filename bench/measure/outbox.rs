//! Letting reminders leave by the service's own worker: to a mail server and to a push service on this machine.
use super::{Outcome, reminding};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{NaiveDate, TimeDelta};
use diesel::dsl::count_star;
use diesel::prelude::*;
use giothong::platform::App;
use giothong::platform::clock::Moment;
use giothong::platform::config::{Encryption, OutwardWay, RhNegative, Settings, Transport};
use giothong::platform::db::Conn;
use giothong::platform::db::schema::{
    consents, contacts, donors, jobs as job_rows, notice_changes, notices as rows,
    push_subscriptions,
};
use giothong::platform::id::{AnyId, PersonId};
use giothong::platform::notices::push::Endpoint;
use giothong::platform::notices::{
    self, NewNotice, NoticeKind, Purpose, Subscription, SubscriptionId, send_due, subscriptions,
};
use giothong::platform::problem::Problem;
use giothong::platform::seal::Sealed;
use p256::SecretKey;
use p256::elliptic_curve::sec1::ToEncodedPoint;
use serde_json::json;
use std::time::Instant;

/// The message of a return, as `reminders` writes it.
const RETURNED: NoticeKind = NoticeKind::named("eligibility-returned", Purpose::Reminder);
/// Mails under way at once, each on its connection.
const IN_FLIGHT: usize = 16;

/// By which way, to whom, how many.
pub(crate) struct Plan<'a> {
    pub(crate) url: &'a str,
    pub(crate) day: NaiveDate,
    pub(crate) port: u16,
    pub(crate) many: i64,
}

/// Mails to the server on this port.
pub(crate) async fn mails(plan: &Plan<'_>) -> Outcome<serde_json::Value> {
    let app = reminding::app(plan.url, plan.day, |settings| {
        settings.mail.transport = Transport::Smtp;
        "127.0.0.1".clone_into(&mut settings.mail.host);
        settings.mail.port = plan.port;
        settings.mail.encryption = Encryption::None;
        open(settings);
    })?;
    run(&app, plan, address).await
}

/// Pushes to the service on this port.
pub(crate) async fn pushes(plan: &Plan<'_>) -> Outcome<serde_json::Value> {
    let app = reminding::app(plan.url, plan.day, |settings| {
        settings.outward.way = OutwardWay::Http;
        settings.outward.allow_private = true;
        open(settings);
    })?;
    run(&app, plan, browser).await
}

/// Nothing holds back but the work itself.
fn open(settings: &mut Settings) {
    settings.mail.in_flight = IN_FLIGHT;
    settings.mail.per_minute = 0;
    settings.mail.per_day = 0;
    settings.push.per_minute = 0;
    settings.push.per_day = 0;
    settings.reminders.rh_negative = RhNegative::Remind;
}

async fn run(
    app: &App,
    plan: &Plan<'_>,
    way: fn(&App, &Plan<'_>, Place) -> Outcome<Given>,
) -> Outcome<serde_json::Value> {
    forget(app).await?;
    queue(app, plan, way).await?;
    let kinds = giothong::app::notices();
    let begun = Instant::now();
    while send_due(app, &kinds).await? > 0 {}
    let seconds = begun.elapsed().as_secs_f64();
    let counted = app.db.read(|conn| {
        let sent = rows::table.filter(rows::state.eq("sent"));
        let others = notice_changes::table.filter(notice_changes::detail.is_not_null());
        let others = others.group_by((notice_changes::state, notice_changes::detail));
        let others = others.select((notice_changes::state, notice_changes::detail, count_star()));
        let others: Vec<(String, Option<String>, i64)> = others.load(conn)?;
        Ok::<_, Problem>((sent.count().get_result::<i64>(conn)?, others))
    });
    let (sent, others) = done(counted.await)?;
    forget(app).await?;
    #[expect(clippy::cast_precision_loss, reason = "some thousand messages")]
    let rate = sent as f64 / seconds;
    Ok(json!({ "sent": sent, "others": others, "seconds": seconds, "rate": rate }))
}

/// Who is reached, and the how manieth they are.
#[derive(Clone, Copy)]
struct Place {
    person: PersonId,
    number: u64,
}

/// A way to one reader.
enum Given {
    Address {
        id: AnyId,
        person: PersonId,
        sealed: String,
        lookup: String,
    },
    Browser(Subscription),
}

#[expect(clippy::unnecessary_wraps, reason = "the other way can fail")]
fn address(app: &App, _: &Plan<'_>, Place { person, number }: Place) -> Outcome<Given> {
    let id: AnyId = app.id();
    let address = format!("reader{number}@example.vn");
    let place = Sealed::new("contacts.sealed", id.0);
    Ok(Given::Address {
        sealed: app.keys.seal(place, &address, &mut app.rng()),
        lookup: app.keys.lookup("email", &address),
        id,
        person,
    })
}

fn browser(app: &App, plan: &Plan<'_>, Place { person, number }: Place) -> Outcome<Given> {
    let id: SubscriptionId = app.id();
    let mut secret = [0; 32];
    let (_, low) = secret.split_at_mut(24);
    low.copy_from_slice(&(number + 1).to_be_bytes());
    let public = SecretKey::from_slice(&secret)?.public_key();
    let endpoint = Endpoint {
        endpoint: format!("http://127.0.0.1:{}/{number}", plan.port),
        p256dh: URL_SAFE_NO_PAD.encode(public.to_encoded_point(false).as_bytes()),
        auth: URL_SAFE_NO_PAD.encode([7; 16]),
    };
    let opened = serde_json::to_string(&endpoint)?;
    Ok(Given::Browser(Subscription {
        id,
        person,
        lookup: app.keys.lookup("push", &endpoint.endpoint),
        sealed: app.keys.seal(Endpoint::place(id), &opened, &mut app.rng()),
        waits_until: None,
        created_at: app.now(),
    }))
}

/// Lets so many donors' day be today, gives each a way, and queues a reminder for each.
async fn queue(
    app: &App,
    plan: &Plan<'_>,
    way: fn(&App, &Plan<'_>, Place) -> Outcome<Given>,
) -> Outcome<()> {
    let (many, day, now) = (plan.many, plan.day, app.now());
    let people = app.db.read(move |conn| {
        // The first of them have a place at a drive by now, and are not reminded.
        let some = donors::table.order(donors::person.desc()).limit(many);
        some.select(donors::person).load::<PersonId>(conn)
    });
    let people = done(people.await)?;
    for (number, person) in (0..).zip(people) {
        let given = way(app, plan, Place { person, number })?;
        let (notice, consent) = (notice(app, plan, person), app.id());
        let written = app.db.write(move |conn| {
            agree(conn, (consent, person), (day, now))?;
            give(conn, &given, now)?;
            notices::queue(conn, notice, now).map(drop)
        });
        done(written.await)?;
    }
    Ok(())
}

fn notice(app: &App, plan: &Plan<'_>, person: PersonId) -> NewNotice {
    NewNotice {
        id: app.id(),
        kind: RETURNED,
        person,
        about: plan.day.to_string(),
        data: json!({}),
        secret: None,
        not_before: app.now(),
        expires_at: app.now() + TimeDelta::days(2),
    }
}

fn agree(
    conn: &mut Conn,
    (id, person): (AnyId, PersonId),
    (day, now): (NaiveDate, Moment),
) -> QueryResult<()> {
    diesel::update(donors::table.find(person))
        .set((
            donors::available_from.eq(day),
            donors::wants_reminders.eq(true),
        ))
        .execute(conn)?;
    diesel::insert_into(consents::table)
        .values((
            consents::id.eq(id),
            consents::person.eq(person),
            consents::purpose.eq("reminders"),
            consents::is_granted.eq(true),
            consents::text_version.eq("bench"),
            consents::source.eq("self"),
            consents::given_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

fn give(conn: &mut Conn, given: &Given, now: Moment) -> QueryResult<()> {
    match given {
        Given::Browser(browser) => subscriptions::put(conn, browser).map(drop),
        Given::Address {
            id,
            person,
            sealed,
            lookup,
        } => diesel::insert_into(contacts::table)
            .values((
                contacts::id.eq(id),
                contacts::person.eq(person),
                contacts::kind.eq("email"),
                contacts::sealed.eq(sealed),
                contacts::lookup.eq(lookup),
                contacts::is_own.eq(true),
                contacts::verified_at.eq(Some(now)),
                contacts::created_at.eq(now),
            ))
            .execute(conn)
            .map(drop),
    }
}

/// What earlier parts queued, and every way to anybody.
async fn forget(app: &App) -> Outcome<()> {
    let forgotten = app.db.write(|conn| {
        diesel::delete(notice_changes::table).execute(conn)?;
        diesel::delete(rows::table).execute(conn)?;
        diesel::delete(job_rows::table).execute(conn)?;
        diesel::delete(contacts::table).execute(conn)?;
        diesel::delete(consents::table).execute(conn)?;
        diesel::delete(push_subscriptions::table).execute(conn)
    });
    done(forgotten.await).map(drop)
}

fn done<T>(result: Result<T, Problem>) -> Outcome<T> {
    result.map_err(|problem| format!("{problem}: {}", problem.causes()).into())
}
