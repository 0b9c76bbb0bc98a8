//! Handing one message to one way.
use super::frame::{self, Framed};
use super::gateway::{Handed, Handing};
use super::letter::Letter;
use super::mail::{MailError, Outgoing};
use super::model::{Channel, NoticeKind, Reach};
use super::push::{Push, Pushed};
use super::store::{Notice, Subscription, relay, stops, subscriptions};
use super::ways::Ways;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use chrono::TimeDelta;
use std::collections::BTreeMap;

/// What one way made of a message.
#[derive(Debug)]
pub(super) enum Delivered {
    /// It took it.
    Yes,
    /// Not before then.
    NotBefore(Moment),
    /// Another try may work.
    Passing(String),
    /// No try will.
    Lasting(String),
}

impl Delivered {
    /// The better of two: taken, may work, must wait, never.
    fn or(self, other: Self) -> Self {
        let worth = |one: &Self| match one {
            Self::Yes => 3,
            Self::Passing(_) => 2,
            Self::NotBefore(_) => 1,
            Self::Lasting(_) => 0,
        };
        if worth(&other) >= worth(&self) {
            other
        } else {
            self
        }
    }
}

/// A message, ready to be handed to any way.
pub(super) struct Parcel<'a> {
    pub(super) app: &'a App,
    pub(super) notice: &'a Notice,
    pub(super) kind: NoticeKind,
    pub(super) reach: &'a Reach,
    pub(super) letter: &'a Letter,
    pub(super) ways: &'a Ways,
    pub(super) code: &'a str,
    pub(super) framed: &'a Framed,
}

impl Parcel<'_> {
    /// Hands it over.
    pub(super) async fn by(&self, channel: Channel) -> anyhow::Result<Delivered> {
        match channel {
            Channel::Inbox => Ok(Delivered::Yes),
            Channel::Mail => self.by_mail().await,
            Channel::Push => self.by_push().await,
            Channel::Gateway => Ok(self.by_gateway().await),
            Channel::Relay => self.by_relay().await,
        }
    }

    async fn by_mail(&self) -> anyhow::Result<Delivered> {
        let mail = Outgoing {
            id: self.notice.id,
            address: self.ways.email.as_deref().unwrap_or_default(),
            name: &self.reach.to.given_name,
            letter: self.letter,
            framed: self.framed,
        };
        Ok(match self.app.mailer.send(&mail).await {
            Ok(()) => Delivered::Yes,
            Err(MailError::Passing(error)) => Delivered::Passing(error),
            Err(MailError::Lasting(error)) => Delivered::Lasting(error),
            Err(MailError::Bounced(error)) => {
                self.stop_address(mail.address).await?;
                Delivered::Lasting(error)
            }
        })
    }

    /// The server knows no such address: nothing more goes there until a code comes back from it.
    async fn stop_address(&self, address: &str) -> anyhow::Result<()> {
        let known = self.reach.email.as_ref();
        let Some(known) = known.filter(|email| email.value == address) else {
            return Ok(());
        };
        let (lookups, now) = (vec![known.lookup.clone()], self.app.now());
        let reason = stops::StopReason::Bounced;
        let write = move |conn: &mut Conn| stops::put(conn, &lookups, None, reason, now);
        Ok(self.app.db.write(write).await?)
    }

    fn never(&self) -> String {
        frame::never(self.reach.to.language)
    }

    /// To every browser; one that takes it is enough.
    async fn by_push(&self) -> anyhow::Result<Delivered> {
        let short = self.letter.shown();
        let push = Push {
            keys: &self.app.keys,
            contact: &self.app.settings.push.contact,
            short: &short,
            code: self.code,
            never: &self.never(),
            is_urgent: self.kind.purpose.is_urgent(),
            now: self.app.now(),
            expires_at: self.notice.expires_at,
        };
        let mut best = Delivered::Lasting("no browser left".to_owned());
        for browser in &self.ways.browsers {
            let waits = browser.waits_until.filter(|until| *until > push.now);
            best = match waits {
                Some(until) => best.or(Delivered::NotBefore(until)),
                None => best.or(self.push_to(&push, browser).await?),
            };
        }
        Ok(best)
    }

    async fn push_to(&self, push: &Push<'_>, browser: &Subscription) -> anyhow::Result<Delivered> {
        let id = browser.id;
        Ok(match push.send(&self.app.net, browser).await {
            Pushed::Taken => Delivered::Yes,
            Pushed::Gone => {
                let gone = move |conn: &mut Conn| subscriptions::drop_one(conn, id);
                self.app.db.write(gone).await?;
                Delivered::Lasting("the browser is gone".to_owned())
            }
            Pushed::Wait(seconds) => {
                let until = push.now + TimeDelta::seconds(seconds);
                let wait = move |conn: &mut Conn| subscriptions::wait(conn, id, until);
                self.app.db.write(wait).await?;
                Delivered::NotBefore(until)
            }
            Pushed::Passing(error) => Delivered::Passing(error),
            Pushed::Lasting(error) => Delivered::Lasting(error),
        })
    }

    /// What fills a template of the gateway's provider.
    fn blanks(&self) -> BTreeMap<&'static str, String> {
        let short = self.letter.shown();
        let mut data = self.letter.data.clone();
        let site = &self.app.settings.site;
        let link = short.link.unwrap_or_else(|| site.public_url.clone());
        let sender = self.letter.sender.clone();
        data.insert("check", frame::shown(self.code));
        data.insert("title", short.title);
        data.insert("text", short.body);
        data.insert("never", self.never());
        data.insert("link", link);
        data.insert("sender", sender.unwrap_or_else(|| site.name.clone()));
        data
    }

    async fn by_gateway(&self) -> Delivered {
        let handing = Handing {
            settings: &self.app.settings.gateway,
            id: self.notice.id,
            kind: self.kind.name,
            number: self.ways.phone.as_deref().unwrap_or_default(),
            to: &self.reach.to,
            data: self.blanks(),
            now: self.app.now(),
        };
        match handing.send(&self.app.net).await {
            Handed::Taken => Delivered::Yes,
            Handed::Wait(seconds) => {
                Delivered::NotBefore(handing.now + TimeDelta::seconds(seconds))
            }
            Handed::Passing(error) => Delivered::Passing(error),
            Handed::Lasting(error) => Delivered::Lasting(error),
        }
    }

    async fn by_relay(&self) -> anyhow::Result<Delivered> {
        let Some(club) = self.reach.club else {
            return Ok(Delivered::Lasting("no club".to_owned()));
        };
        let item = relay::NewItem {
            id: self.app.id(),
            club,
            person: self.notice.person,
            made_on: self.app.today(),
            created_at: self.app.now(),
        };
        let write = move |conn: &mut Conn| relay::add(conn, &item);
        self.app.db.write(write).await?;
        Ok(Delivered::Yes)
    }
}
