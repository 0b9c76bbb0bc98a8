//! Takes due notices, lets each try once, and writes down how it ended.
use super::attempt::{Tried, attempt};
use super::letter::Kinds;
use super::model::Channel;
use super::store::{self, Change, Ending, Notice};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::jobs::backoff;
use chrono::TimeDelta;
use futures_util::future::ready;
use futures_util::{StreamExt, TryStreamExt, stream};

/// Batches in one go; then jobs, such as a call's next wave, have their turn.
const BATCHES: usize = 4;

/// Sends some batches of due notices, each taken when the one before has begun to leave; answers how many there were.
pub async fn send_due(app: &App, kinds: &Kinds) -> anyhow::Result<usize> {
    let batches = stream::iter(0..BATCHES).then(|_| take_batch(app));
    let batches = batches.try_take_while(|(_, taken)| ready(Ok(!taken.is_empty())));
    let notices = batches.map_ok(|(until, taken)| {
        let each = taken.into_iter();
        stream::iter(each.map(move |notice| Ok((notice, until))))
    });
    let sends = notices
        .try_flatten()
        .map_ok(|(notice, until)| send_one(app, kinds, notice, until));
    let in_flight = app.settings.mail.in_flight.max(1);
    let counted = sends.try_buffer_unordered(in_flight);
    counted.try_fold(0, |count, ()| ready(Ok(count + 1))).await
}

/// Takes the most urgent of what is due; until when is said with them.
async fn take_batch(app: &App) -> anyhow::Result<(Moment, Vec<Notice>)> {
    let now = app.now();
    let until = now + TimeDelta::seconds(app.settings.jobs.lease_seconds);
    let most = app.settings.jobs.batch;
    let is_due = app.db.read(move |conn| store::is_due(conn, now)).await?;
    if !is_due {
        return Ok((until, Vec::new()));
    }
    let lease = move |conn: &mut Conn| store::lease(conn, now, until, most);
    Ok((until, app.db.write(lease).await?))
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
