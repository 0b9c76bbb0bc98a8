//! One try of one notice: are its facts still true, and may its reader be written to?
use super::judge::Judge;
use super::letter::{Compose, Composed, Composing, Kinds, Letter};
use super::model::{Channel, NoticeKind, Purpose, Reach};
use super::rules::{Refusal, Way, moment_of};
use super::sending;
use super::store::Notice;
use super::ways::{Finding, Ways, ways};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::config::Settings;
use crate::platform::db::Conn;
use crate::platform::problem::Problem;
use crate::platform::seal::Keys;
use std::sync::Arc;

/// What became of one try.
pub(super) enum Tried {
    /// It left by this way.
    Sent(Way),
    /// The contact rules say no, for good.
    Refused(Refusal),
    /// Its facts are no longer true.
    Dropped(&'static str),
    /// Not now; no try is used up.
    Later(Moment, &'static str),
    /// Another try may work.
    Again(Option<Channel>, String),
    /// No try will.
    Dead(Option<Channel>, String),
    /// Another process holds it.
    Lost,
}

/// What is about to leave.
pub(super) struct Ready {
    pub(super) kind: NoticeKind,
    pub(super) reach: Reach,
    pub(super) letter: Letter,
    pub(super) ways: Ways,
}

enum Found {
    Ready(Box<Ready>),
    Not(Tried),
}

/// Tries once; what it says is written down by the caller.
pub(super) async fn attempt(app: &App, kinds: &Kinds, notice: &Notice, until: Moment) -> Tried {
    if notice.expires_at <= app.now() {
        return Tried::Dropped("expired");
    }
    let again = |error: anyhow::Error| Tried::Again(None, format!("{error:#}"));
    match prepare(app, kinds, notice).await {
        Ok(Found::Ready(ready)) => sending::send(app, notice, until, &ready)
            .await
            .unwrap_or_else(again),
        Ok(Found::Not(tried)) => tried,
        Err(error) => again(error),
    }
}

/// Asks the rules, then the subject, then which ways are open.
async fn prepare(app: &App, kinds: &Kinds, notice: &Notice) -> anyhow::Result<Found> {
    let Some((kind, write)) = kinds.get(&notice.kind) else {
        anyhow::bail!("no such kind of notice: {}", notice.kind)
    };
    let asking = Asking {
        judge: Judge::of(app),
        keys: app.keys.clone(),
        settings: app.settings.clone(),
        now: app.now(),
        kind,
        write,
    };
    let notice = notice.clone();
    let found = app.db.read(move |conn| asking.ask(conn, &notice)).await;
    found.map_err(|problem| anyhow::anyhow!("{problem}: {}", problem.causes()))
}

/// Everything one try needs to know beside its row.
struct Asking {
    judge: Judge,
    keys: Keys,
    settings: Arc<Settings>,
    now: Moment,
    kind: NoticeKind,
    write: Compose,
}

impl Asking {
    fn ask(&self, conn: &mut Conn, notice: &Notice) -> Result<Found, Problem> {
        let judged = self.judge.ask(conn, notice.person, self.kind.purpose)?;
        let Some(reach) = judged.reach else {
            return Ok(Found::Not(Tried::Refused(Refusal::Gone)));
        };
        if let Err(refusal) = judged.verdict {
            return Ok(Found::Not(refused(refusal, &reach, notice)));
        }
        let composing = Composing {
            settings: &self.settings,
            keys: &self.keys,
            now: self.now,
            to: &reach.to,
        };
        match (self.write)(conn, &composing, notice)? {
            Composed::Send(letter) => self.ready(conn, notice, reach, letter),
            Composed::Drop(reason) => Ok(Found::Not(Tried::Dropped(reason))),
            Composed::Later(at) => Ok(Found::Not(Tried::Later(at, "not yet"))),
        }
    }

    fn ready(
        &self,
        conn: &mut Conn,
        notice: &Notice,
        reach: Reach,
        letter: Letter,
    ) -> Result<Found, Problem> {
        let finding = Finding {
            settings: &self.settings,
            kind: self.kind,
            person: notice.person,
            reach: &reach,
            letter: &letter,
        };
        let ways = ways(conn, &finding)?;
        let is_for_inbox = self.kind.purpose != Purpose::Code && self.kind.only.is_none();
        if ways.route.is_empty() && !is_for_inbox {
            return Ok(Found::Not(Tried::Dropped("no address")));
        }
        Ok(Found::Ready(Box::new(Ready {
            kind: self.kind,
            letter,
            reach,
            ways,
        })))
    }
}

/// What passes by itself is waited for, unless the message is worthless by then.
fn refused(refusal: Refusal, reach: &Reach, notice: &Notice) -> Tried {
    match refusal {
        Refusal::Quiet(local) => match moment_of(local, reach.to.zone) {
            at if at < notice.expires_at => Tried::Later(at, refusal.slug()),
            _ => Tried::Refused(refusal),
        },
        lasting => Tried::Refused(lasting),
    }
}
