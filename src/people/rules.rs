//! What is said of a person: sex, contacts, and what they agreed to.
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::id::{AnyId, OrganisationId, PersonId};
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::seal::{Keys, Sealed};
use crate::platform::text::{BirthDate, Coordinates, Email, PersonName, Phone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// As the rules on weight and intervals ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Nữ.
    Female,
    /// Nam.
    Male,
}

impl Sex {
    /// The text kept in a row.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }

    /// The sex that `text` names.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Female, Self::Male]
            .into_iter()
            .find(|sex| sex.as_str() == text)
    }
}

/// What a person may agree to, each asked for itself and never ticked beforehand.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// That we keep and use their data to run drives; without it there is no donor.
    Data,
    /// To be told when they may give again.
    Reminders,
    /// To be asked in an emergency.
    Calls,
    /// That their club sees whether they may give.
    ClubSharing,
    /// To be named in lists of honour.
    Honours,
    /// That their data, without their name, serves research.
    Research,
}

impl Purpose {
    /// Every purpose, in the order in which people are asked.
    pub const ALL: [Self; 6] = [
        Self::Data,
        Self::Reminders,
        Self::Calls,
        Self::ClubSharing,
        Self::Honours,
        Self::Research,
    ];

    /// The text kept in a row and written in paths.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Reminders => "reminders",
            Self::Calls => "calls",
            Self::ClubSharing => "club_sharing",
            Self::Honours => "honours",
            Self::Research => "research",
        }
    }

    /// The purpose that `text` names.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|purpose| purpose.as_str() == text)
    }

    /// The question a person is asked.
    pub const fn question(self) -> Key {
        match self {
            Self::Data => keys::CONSENT_DATA,
            Self::Reminders => keys::CONSENT_REMINDERS,
            Self::Calls => keys::CONSENT_CALLS,
            Self::ClubSharing => keys::CONSENT_CLUB_SHARING,
            Self::Honours => keys::CONSENT_HONOURS,
            Self::Research => keys::CONSENT_RESEARCH,
        }
    }

    /// Which wording of the questions is asked today, kept beside every answer.
    pub fn text_version() -> String {
        say(Language::Vi, &Phrase::new(keys::CONSENT_VERSION))
    }
}

/// How we know of a consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentSource {
    /// They said so here.
    #[serde(rename = "self")]
    Themself,
    /// They signed a form that somebody recorded.
    Paper,
    /// They used the link of a message.
    Link,
}

impl ConsentSource {
    /// The text kept in a row.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Themself => "self",
            Self::Paper => "paper",
            Self::Link => "link",
        }
    }

    /// The source that `text` names.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Themself, Self::Paper, Self::Link]
            .into_iter()
            .find(|source| source.as_str() == text)
    }
}

/// By which way a person is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// A mail address.
    Email,
    /// A telephone number.
    Phone,
}

impl ContactKind {
    /// The text kept in a row, and the domain of its lookups.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }

    /// The kind that `text` names.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Email, Self::Phone]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

crate::text_column!(Sex, Purpose, ConsentSource, ContactKind);

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
    pub(super) id: AnyId,
    pub(super) kind: ContactKind,
    pub(super) sealed: String,
    pub(super) lookup: String,
    pub(super) giver: Giver,
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

/// Somebody not known yet.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Made by `app.id()`.
    pub id: PersonId,
    /// As they are called.
    pub name: PersonName,
    /// Their birth date, where known.
    pub birth_date: Option<BirthDate>,
    /// Their sex, where known.
    pub sex: Option<Sex>,
    /// What they read.
    pub language: Language,
    /// The commune they live in.
    pub commune: Option<OrganisationId>,
    /// About where they live: their own word, or their commune's middle.
    pub coordinates: Option<Coordinates>,
    /// `keys.lookup("citizen", …)`, to find doubles; the number itself is never kept.
    pub citizen_lookup: Option<String>,
    /// At most one of each kind.
    pub contacts: Vec<NewContact>,
    /// This moment.
    pub created_at: Moment,
}

/// What a person is called by those who know them: the last word of a Vietnamese name.
pub(super) fn given_name(name: &str) -> String {
    name.split_whitespace()
        .last()
        .unwrap_or_default()
        .to_owned()
}
