//! Takes due notices, lets each try once, and writes down how it ended.
use super::attempt::{Tried, attempt};
use super::letter::Kinds;
use super::model::Channel;
use super::store::{self, Change, Ending, Notice};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::jobs::backoff;
use chrono::TimeDelta;
use futures_util::StreamExt;

/// Sends one batch of due notices; answers how many there were.
pub async fn send_due(app: &App, kinds: &Kinds) -> anyhow::Result<usize> {
    let now = app.now();
    let until = now + TimeDelta::seconds(app.settings.jobs.lease_seconds);
    let most = app.settings.jobs.batch;
    if !app.db.read(move |conn| store::is_due(conn, now)).await? {
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
    let tried = attempt(app, kinds, &notice, until).await;
    let Some(ending) = ending(app, &notice, until, tried) else {
        return Ok(());
    };
    if let Some(error) = &ending.error {
        tracing::info!(notice = %notice.id, kind = notice.kind, state = ending.change.state, error, "a notice did not leave");
    }
    app.db
        .write(move |conn| store::settle(conn, notice.id, until, &ending))
        .await?;
    Ok(())
}

/// How this try ends in its row; nothing where another process holds it.
fn ending(app: &App, notice: &Notice, until: Moment, tried: Tried) -> Option<Ending> {
    let end = |state, word, channel| plain(app, notice, until, (state, word, channel));
    Some(match tried {
        Tried::Lost => return None,
        Tried::Sent(way) => Ending {
            cost: way.price,
            ..end("sent", "sent", Some(way.channel))
        },
        Tried::Refused(refusal) => end("dropped", "refused", None).because(refusal.slug()),
        Tried::Dropped(reason) => end("dropped", "dropped", None).because(reason),
        Tried::Later(at, reason) => Ending {
            due_at: at,
            tries: notice.tries - 1,
            ..end("waiting", "later", None).after(reason)
        },
        Tried::Again(channel, error) if notice.tries < app.settings.jobs.tries => Ending {
            due_at: app.now() + backoff(notice.tries, notice.id.0.as_u128()),
            ..end("waiting", "failed", channel).after(&error)
        },
        Tried::Again(channel, error) | Tried::Dead(channel, error) => {
            end("dead", "dead", channel).after(&error)
        }
    })
}

fn plain(
    app: &App,
    notice: &Notice,
    until: Moment,
    (state, word, channel): (&'static str, &'static str, Option<Channel>),
) -> Ending {
    Ending {
        state,
        due_at: until,
        error: None,
        reason: None,
        cost: 0,
        tries: notice.tries,
        change: Change::new(app.id(), word, channel, app.now()),
    }
}

impl Ending {
    /// With what the last try said.
    fn after(mut self, words: &str) -> Self {
        self.change.detail = Some(words.to_owned());
        self.error = Some(words.to_owned());
        self
    }

    /// With why it was not sent.
    fn because(self, reason: &str) -> Self {
        Self {
            reason: Some(reason.to_owned()),
            ..self.after(reason)
        }
    }
}
