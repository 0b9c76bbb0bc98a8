//! Takes due notices, asks their subject whether they are still true, and lets them leave.
use super::mail::MailError;
use super::store::{self, Ending, Notice};
use super::{Composed, Composing, Kinds, Letter, Recipient};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::jobs::backoff;
use chrono::TimeDelta;
use futures_util::StreamExt;

/// What became of one try.
enum Tried {
    Sent,
    Dropped(&'static str),
    Again(String),
    Dead(String),
}

/// Sends one batch of due notices; answers how many there were.
pub async fn send_due(app: &App, kinds: &Kinds) -> anyhow::Result<usize> {
    let now = app.now();
    let until = now + TimeDelta::seconds(app.settings.jobs.lease_seconds);
    let most = app.settings.jobs.batch;
    let is_idle = app.db.read(move |conn| store::pending(conn, now)).await?.0 == 0;
    if is_idle {
        return Ok(0);
    }
    let leased = app
        .db
        .write(move |conn| store::lease(conn, now, until, most))
        .await?;
    let count = leased.len();
    let sends = leased
        .into_iter()
        .map(|notice| send_one(app, kinds, notice, until));
    let mut sends =
        futures_util::stream::iter(sends).buffer_unordered(app.settings.mail.in_flight.max(1));
    while let Some(done) = sends.next().await {
        done?;
    }
    Ok(count)
}

async fn send_one(app: &App, kinds: &Kinds, notice: Notice, until: Moment) -> anyhow::Result<()> {
    let tried = attempt(app, kinds, &notice).await;
    let (now, most) = (app.now(), app.settings.jobs.tries);
    app.db
        .write(move |conn| settle(conn, &notice, until, tried, (now, most)))
        .await?;
    Ok(())
}

async fn attempt(app: &App, kinds: &Kinds, notice: &Notice) -> Tried {
    if notice.expires_at <= app.now() {
        return Tried::Dropped("expired");
    }
    match compose(app, kinds, notice).await {
        Ok(Ok((to, letter))) => match app.mailer.send(notice.id, &to, &letter).await {
            Ok(()) => Tried::Sent,
            Err(MailError::Passing(error)) => Tried::Again(error),
            Err(MailError::Lasting(error)) => Tried::Dead(error),
        },
        Ok(Err(reason)) => Tried::Dropped(reason),
        Err(error) => Tried::Again(format!("{error:#}")),
    }
}

/// The words, or why there are none any more.
async fn compose(
    app: &App,
    kinds: &Kinds,
    notice: &Notice,
) -> anyhow::Result<Result<(Recipient, Letter), &'static str>> {
    let Some(write) = kinds.get(&notice.kind) else {
        anyhow::bail!("no such kind of notice: {}", notice.kind)
    };
    let (keys, settings, now, hook) = (
        app.keys.clone(),
        app.settings.clone(),
        app.now(),
        app.hooks.recipient,
    );
    let notice = notice.clone();
    let composed = app.db.read(move |conn| {
        let Some(to) = hook(conn, &keys, notice.person)? else {
            return Ok(Err("no address"));
        };
        let composing = Composing {
            settings: &settings,
            keys: &keys,
            now,
            to: &to,
        };
        Ok::<_, crate::platform::problem::Problem>(match write(conn, &composing, &notice)? {
            Composed::Send(letter) => Ok((to.at(letter.to.as_ref()), letter)),
            Composed::Drop(reason) => Err(reason),
        })
    });
    composed
        .await
        .map_err(|problem| anyhow::anyhow!("{problem}: {}", problem.causes()))
}

fn settle(
    conn: &mut crate::platform::db::Conn,
    notice: &Notice,
    until: Moment,
    tried: Tried,
    (now, most): (Moment, i32),
) -> diesel::QueryResult<()> {
    let again = now + backoff(notice.tries, notice.id.0.as_u128());
    let (state, due_at, error) = match tried {
        Tried::Sent => ("sent", until, None),
        Tried::Dropped(reason) => ("dropped", until, Some(reason.to_owned())),
        Tried::Again(error) if notice.tries < most => ("waiting", again, Some(error)),
        Tried::Again(error) | Tried::Dead(error) => ("dead", until, Some(error)),
    };
    if let Some(error) = &error {
        tracing::info!(notice = %notice.id, kind = notice.kind, state, error, "a notice did not leave");
    }
    store::settle(
        conn,
        notice,
        until,
        &Ending {
            state,
            due_at,
            error: error.as_deref(),
        },
        now,
    )
}
