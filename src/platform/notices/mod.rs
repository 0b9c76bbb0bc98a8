//! What is sent to people: a row in the transaction of its cause, checked against the facts again before it leaves.
mod mail;
mod sent;
mod store;
mod worker;

use super::config::Settings;
use super::db::{Conn, Json};
use super::id::PersonId;
use super::language::Language;
use super::problem::Problem;
use super::seal::Keys;
use crate::platform::clock::Moment;
use diesel::QueryResult;
pub use mail::{Mailer, SentMail};
pub use sent::{SentNotice, sent_to};
use serde_json::Value;
use std::collections::HashMap;
pub use store::{DeadNotice, Notice, NoticeId, dead, find, find_state, pending, retry};
pub use worker::send_due;

/// Where and in which language a person is written to.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// A verified or claimed address.
    pub email: String,
    /// What they read.
    pub language: Language,
    /// Their given name, for the greeting; never the full name.
    pub given_name: String,
}

impl Recipient {
    /// The same person at another address, if one is given.
    fn at(mut self, address: Option<&String>) -> Self {
        if let Some(address) = address {
            self.email.clone_from(address);
        }
        self
    }
}

/// A message to one person, to be written when it leaves.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// Its id; the mail's Message-ID follows from it, so that a second try is the same mail.
    pub id: NoticeId,
    /// Which words, `reminder`, `call-ask`: a key of the page of routes' list.
    pub kind: &'static str,
    /// To whom.
    pub person: PersonId,
    /// With kind and person: what it is about. The same thing is never said twice.
    pub about: String,
    /// Ids and dates for the words; nothing personal.
    pub data: Value,
    /// What must not lie open in the database, sealed for this row: `Keys::seal` with `notices.secret`.
    pub secret: Option<String>,
    /// Not before.
    pub not_before: Moment,
    /// Worthless after.
    pub expires_at: Moment,
}

/// Writes a notice into the caller's transaction; false when the same thing was said or queued before.
pub fn queue(conn: &mut Conn, notice: NewNotice, now: Moment) -> QueryResult<bool> {
    store::insert_one(conn, &store::Row::of(notice, now))
}

/// Writes many notices in one statement, those that were said or queued before left out; answers how many were new.
pub fn queue_all(conn: &mut Conn, notices: Vec<NewNotice>, now: Moment) -> QueryResult<usize> {
    let rows: Vec<store::Row> = notices
        .into_iter()
        .map(|notice| store::Row::of(notice, now))
        .collect();
    store::insert(conn, &rows)
}

/// What a mail says.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// Where one click stops this kind of message.
    pub unsubscribe: Option<String>,
    /// An .ics file that goes with it.
    pub calendar: Option<String>,
    /// Another address than the person's present one: the one a code was asked for, or the one that was replaced.
    pub to: Option<String>,
}

/// What the facts say when a notice is about to leave.
#[derive(Debug, Clone)]
pub enum Composed {
    /// Still true: these words.
    Send(Letter),
    /// No longer true; the reason stays in its row.
    Drop(&'static str),
}

/// What the words are made with.
pub struct Composing<'a> {
    /// Names and links.
    pub settings: &'a Settings,
    /// For signed links.
    pub keys: &'a Keys,
    /// This moment.
    pub now: Moment,
    /// To whom.
    pub to: &'a Recipient,
}

/// Checks the facts and writes the words.
pub type Compose = fn(&mut Conn, &Composing<'_>, &Notice) -> Result<Composed, Problem>;

/// Every kind of notice this process can write; the page of routes fills it.
#[derive(Default, Clone)]
pub struct Kinds(HashMap<&'static str, Compose>);

impl Kinds {
    /// Adds a kind.
    #[must_use]
    pub fn with(mut self, kind: &'static str, compose: Compose) -> Self {
        self.0.insert(kind, compose);
        self
    }
    fn get(&self, kind: &str) -> Option<Compose> {
        self.0.get(kind).copied()
    }
}

impl Notice {
    /// A date, id or number of its data as text.
    pub fn datum(&self, name: &str) -> Option<&str> {
        let Json(data) = &self.data;
        data.get(name)?.as_str()
    }
}
