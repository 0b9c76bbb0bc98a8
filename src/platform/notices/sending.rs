//! Letting one message leave: by the best way that has room, by the next where one fails for good.
use super::attempt::{Ready, Tried};
use super::deliver::{Delivered, Parcel};
use super::frame::{self, Framed, frame};
use super::model::{Channel, Purpose};
use super::rules::Way;
use super::store::{self, Change, Leaving, Notice, Said, Turn};
use super::ways::room;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::{Conn, Json};
use crate::platform::seal::Keys;
use diesel::QueryResult;

/// A message with everything that stands around it.
struct Sending<'a> {
    app: &'a App,
    notice: &'a Notice,
    until: Moment,
    ready: &'a Ready,
    code: String,
    framed: Framed,
}

/// What one way came to.
enum Step {
    Done(Tried),
    /// The next way may be tried; if there is none, this is how it ends.
    Next(Tried),
}

/// Writes down what its reader will find in their inbox, then lets it leave.
pub(super) async fn send(
    app: &App,
    notice: &Notice,
    until: Moment,
    ready: &Ready,
) -> anyhow::Result<Tried> {
    if frame::has_break(&ready.letter, &ready.reach.to) {
        let words = "a line break in a name or subject".to_owned();
        return Ok(Tried::Dead(None, words));
    }
    let made = notice.code.clone();
    let code = made.unwrap_or_else(|| frame::code(app.chance.bytes()));
    let framed = frame(&ready.letter, &code, &ready.reach.to, &app.settings.site)?;
    let sending = Sending {
        app,
        notice,
        until,
        ready,
        code,
        framed,
    };
    sending.by_any().await
}

impl Sending<'_> {
    async fn by_any(&self) -> anyhow::Result<Tried> {
        let inbox = Way {
            channel: Channel::Inbox,
            price: 0,
        };
        let route = &self.ready.ways.route;
        if route.is_empty() {
            return Ok(match self.by(inbox).await? {
                Step::Done(tried) | Step::Next(tried) => tried,
            });
        }
        let mut last = Tried::Lost;
        for way in route {
            match self.by(*way).await? {
                Step::Done(tried) => return Ok(tried),
                Step::Next(tried) => last = better(last, tried),
            }
        }
        Ok(last)
    }

    async fn by(&self, way: Way) -> anyhow::Result<Step> {
        let app = self.app;
        let turn = Turn {
            channel: way.channel,
            price: way.price,
            room: room(
                &app.settings,
                way.channel,
                self.ready.kind.purpose.urgency(),
            ),
            now: app.now(),
        };
        let (id, until, leaving) = (self.notice.id, self.until, self.leaving(way)?);
        let left = app
            .db
            .write(move |conn: &mut Conn| take_off(conn, id, until, (&turn, &leaving)));
        match left.await? {
            Departure::Lost => return Ok(Step::Done(Tried::Lost)),
            Departure::Full(at) => return Ok(Step::Next(Tried::Later(at, "the way is full"))),
            Departure::Off => {}
        }
        let delivered = self.parcel().by(way.channel).await?;
        self.step(way, delivered).await
    }

    fn parcel(&self) -> Parcel<'_> {
        Parcel {
            app: self.app,
            notice: self.notice,
            kind: self.ready.kind,
            reach: &self.ready.reach,
            letter: &self.ready.letter,
            ways: &self.ready.ways,
            code: &self.code,
            framed: &self.framed,
        }
    }

    async fn step(&self, way: Way, delivered: Delivered) -> anyhow::Result<Step> {
        let channel = Some(way.channel);
        let is_last_try = self.notice.tries >= self.app.settings.jobs.tries;
        Ok(match delivered {
            Delivered::Yes => Step::Done(Tried::Sent(way)),
            Delivered::NotBefore(at) => Step::Next(Tried::Later(at, "asked to wait")),
            Delivered::Passing(error) if !is_last_try => Step::Done(Tried::Again(channel, error)),
            Delivered::Passing(error) | Delivered::Lasting(error) => {
                self.note(way.channel, &error).await?;
                Step::Next(Tried::Dead(channel, error))
            }
        })
    }

    /// Keeps that this way failed for good, before the next is tried.
    async fn note(&self, channel: Channel, error: &str) -> anyhow::Result<()> {
        let (id, now) = (self.notice.id, self.app.now());
        let change = Change {
            detail: Some(error.to_owned()),
            ..Change::new(self.app.id(), "failed", Some(channel), now)
        };
        let write = move |conn: &mut Conn| store::put_change(conn, id, &change);
        Ok(self.app.db.write(write).await?)
    }

    fn leaving(&self, way: Way) -> anyhow::Result<Leaving> {
        let said = said(self.app, &self.code, self.ready);
        Ok(Leaving {
            code: self.code.clone(),
            said: Json(serde_json::to_value(said)?),
            change: Change::new(self.app.id(), "sending", Some(way.channel), self.app.now()),
        })
    }
}

/// Waiting is better than giving up.
fn better(before: Tried, now: Tried) -> Tried {
    match (before, now) {
        (Tried::Later(before, why), Tried::Later(now, _)) => Tried::Later(before.min(now), why),
        (Tried::Later(at, why), _) => Tried::Later(at, why),
        (_, now) => now,
    }
}

enum Departure {
    Off,
    /// The way has no room before then.
    Full(Moment),
    /// Another process holds the row.
    Lost,
}

/// Takes a place on the way and writes down what leaves, both or neither.
fn take_off(
    conn: &mut Conn,
    id: store::NoticeId,
    until: Moment,
    (turn, leaving): (&Turn, &Leaving),
) -> QueryResult<Departure> {
    if let Err(at) = store::take(conn, turn)? {
        return Ok(Departure::Full(at));
    }
    if store::leave(conn, id, until, leaving)? {
        Ok(Departure::Off)
    } else {
        Ok(Departure::Lost)
    }
}

/// What stands in the inbox. A code is shown nowhere but where it was sent.
fn said(app: &App, code: &str, ready: &Ready) -> Said {
    let letter = &ready.letter;
    let short = letter.short.clone().unwrap_or_default();
    let is_shown = ready.kind.purpose != Purpose::Code;
    let title = if short.title.is_empty() {
        &letter.subject
    } else {
        &short.title
    };
    let site = &app.settings.site.name;
    Said {
        title: is_shown.then(|| title.clone()),
        body: Some(short.body).filter(|body| is_shown && !body.is_empty()),
        link: short.link.filter(|_| is_shown),
        sender: letter.sender.clone().unwrap_or_else(|| site.clone()),
        marks: marks(&app.keys, code, ready),
    }
}

/// What somebody who has this message must know to check it: it went to them if they do.
fn marks(keys: &Keys, code: &str, ready: &Ready) -> Vec<String> {
    let known = ready.reach.email.iter().chain(&ready.reach.phone);
    let known = known.map(|way| way.value.as_str());
    let parts = known.chain(ready.letter.to.as_deref());
    let parts = parts.filter_map(super::check::own_part);
    parts
        .map(|part| super::check::mark(keys, code, &part))
        .collect()
}
