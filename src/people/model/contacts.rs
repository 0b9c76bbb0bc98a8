//! By which way a person is reached, sealed as soon as it is read.
use crate::platform::App;
use crate::platform::id::AnyId;
use crate::platform::language::Phrase;
use crate::platform::seal::{Keys, Sealed};
use crate::platform::text::{Email, Phone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// By which way a person is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// A mail address.
    Email,
    /// A telephone number.
    Phone,
}

crate::text_column! {
    pub ContactKind {
        Email => "email",
        Phone => "phone",
    }
}

/// A mail address or a telephone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    /// A mail address.
    Email(Email),
    /// A telephone number.
    Phone(Phone),
}

impl Contact {
    /// Reads either; what has an @ is a mail address.
    pub fn parse(raw: &str) -> Result<Self, Phrase> {
        if raw.contains('@') {
            Email::parse(raw).map(Self::Email)
        } else {
            Phone::parse(raw).map(Self::Phone)
        }
    }

    /// Which of the two.
    pub const fn kind(&self) -> ContactKind {
        match self {
            Self::Email(_) => ContactKind::Email,
            Self::Phone(_) => ContactKind::Phone,
        }
    }

    /// As it is written to or called.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(email) => email.as_str(),
            Self::Phone(phone) => phone.as_str(),
        }
    }

    /// The blind mark by which rows are found.
    pub fn lookup(&self, keys: &Keys) -> String {
        match self {
            Self::Email(email) => keys.lookup("email", &email.lookup_form()),
            Self::Phone(phone) => keys.lookup("phone", phone.as_str()),
        }
    }
}

/// Who gave us a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Giver {
    /// The person it reaches: a code sent to it may sign in.
    Themself,
    /// A club, a desk, a file: it may not, until it is verified.
    SomebodyElse,
}

/// A contact ready to be kept: sealed, and findable by its mark only.
#[derive(Debug, Clone)]
pub struct NewContact {
    pub(in crate::people) id: AnyId,
    pub(in crate::people) kind: ContactKind,
    pub(in crate::people) sealed: String,
    pub(in crate::people) lookup: String,
    pub(in crate::people) giver: Giver,
}

/// Seals a contact for a row of its own; asks `app` for the row's id, the keys and chance, nothing else.
pub fn contact(app: &App, contact: &Contact, giver: Giver) -> NewContact {
    let id: AnyId = app.id();
    let what = Sealed::new("contacts.sealed", id.0);
    NewContact {
        id,
        kind: contact.kind(),
        sealed: app.keys.seal(what, contact.as_str(), &mut app.rng()),
        lookup: contact.lookup(&app.keys),
        giver,
    }
}
