//! What a message says, and who writes it.
use super::model::{NoticeKind, Recipient};
use super::store::Notice;
use crate::platform::clock::Moment;
use crate::platform::config::Settings;
use crate::platform::db::{Conn, Json};
use crate::platform::problem::Problem;
use crate::platform::seal::Keys;
use std::collections::BTreeMap;
use std::str::FromStr;

/// What fits on a locked screen: read by whoever looks over a shoulder, so it says even less than a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Short {
    /// A few words.
    pub title: String,
    /// One sentence.
    pub body: String,
    /// Where a tap leads: an address of this site.
    pub link: Option<String>,
}

impl Short {
    /// The longest title and body.
    pub const MAX: usize = 120;

    /// With title and body cut where they are too long.
    pub fn new(title: &str, body: &str, link: Option<String>) -> Self {
        Self {
            title: cut(title),
            body: cut(body),
            link,
        }
    }
}

impl Letter {
    /// In the name of `sender`; a small screen shows its subject, one more sentence, and leads to a page of the app.
    pub fn signed(
        sender: String,
        subject: String,
        text: String,
        (body, page): (&str, String),
    ) -> Self {
        Self {
            short: Some(Short::new(&subject, body, Some(page))),
            sender: Some(sender),
            subject,
            text,
            ..Self::default()
        }
    }

    /// What a telephone shows, with where it leads: its own link if it has one.
    pub(super) fn shown(&self) -> Short {
        let given = self.short.clone();
        let short = given.unwrap_or_else(|| Short::new(&self.subject, "", None));
        Short {
            link: self.act.clone().or(short.link),
            ..short
        }
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= Short::MAX {
        return text.to_owned();
    }
    let kept: String = text.chars().take(Short::MAX - 1).collect();
    format!("{}…", kept.trim_end())
}

/// What a message says. The check code, and that we never ask for money or papers, is added to all of them alike.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// Plain text; the HTML is made from it.
    pub text: String,
    /// For a small screen; left out, the subject.
    pub short: Option<Short>,
    /// A link that acts for its reader: where a telephone leads instead. It leaves, and is kept nowhere.
    pub act: Option<String>,
    /// In whose name; left out, the site's.
    pub sender: Option<String>,
    /// What fills the gateway's template beside code, title, link and sender.
    pub data: BTreeMap<&'static str, String>,
    /// Where one click stops this kind of message.
    pub unsubscribe: Option<String>,
    /// An .ics file that goes with it.
    pub calendar: Option<String>,
    /// Another address than the person's present one: the one a code was asked for, or the one that was replaced.
    pub to: Option<String>,
}

/// What the facts say when a notice is about to leave.
#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "lives for one try, and every subject writes `Send(Letter { … })`"
)]
pub enum Composed {
    /// Still true: these words.
    Send(Letter),
    /// No longer true; the reason stays in its row.
    Drop(&'static str),
    /// Still true, but not now: asked again then, and no try is used up.
    Later(Moment),
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
pub struct Kinds(BTreeMap<&'static str, (NoticeKind, Compose)>);

impl Kinds {
    /// Adds a kind.
    #[must_use]
    pub fn with(mut self, kind: NoticeKind, compose: Compose) -> Self {
        self.0.insert(kind.name, (kind, compose));
        self
    }

    /// Every kind, by name.
    pub fn all(&self) -> impl Iterator<Item = NoticeKind> {
        self.0.values().map(|(kind, _)| *kind)
    }

    pub(super) fn get(&self, kind: &str) -> Option<(NoticeKind, Compose)> {
        self.0.get(kind).copied()
    }
}

impl Notice {
    /// A date, id or number of its data as text.
    pub fn datum(&self, name: &str) -> Option<&str> {
        let Json(data) = &self.data;
        data.get(name)?.as_str()
    }

    /// An id of its data.
    pub fn id_of<T: FromStr>(&self, name: &str) -> Option<T> {
        self.datum(name)?.parse().ok()
    }

    /// Whether it is of this kind.
    pub fn is(&self, kind: NoticeKind) -> bool {
        self.kind == kind.name
    }
}
