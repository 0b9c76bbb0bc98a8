//! The words of the outbox: why something is written, to whom, and what it says.
pub use super::kind::NoticeKind;
use super::store::NoticeId;
use crate::platform::clock::Moment;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::Language;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Why a message may be sent. What a person agreed to, how urgent it is and whether it may ring at night follow from it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = MessagePurpose)]
pub enum Purpose {
    /// A code somebody asked for and waits for.
    Code,
    /// That something happened to their entry: somebody looked, an address was replaced.
    Account,
    /// An emergency asks them to come.
    Call,
    /// What became of a call that asked them.
    CallNews,
    /// A place they booked or wait for.
    Booking,
    /// They may give again.
    Reminder,
    /// How they are, days after a gift.
    FollowUp,
    /// Thanks for a gift.
    Thanks,
    /// The club they lead has something for them to do.
    Club,
}

crate::text_column! {
    pub Purpose {
        Code => "code",
        Account => "account",
        Call => "call",
        CallNews => "call_news",
        Booking => "booking",
        Reminder => "reminder",
        FollowUp => "follow_up",
        Thanks => "thanks",
        Club => "club",
    }
}

impl Purpose {
    /// What leaves first: 0 codes, 1 calls, 2 what one waits for, 3 the rest.
    pub const fn urgency(self) -> i16 {
        match self {
            Self::Code => 0,
            Self::Call | Self::CallNews => 1,
            Self::Account | Self::Booking => 2,
            Self::Reminder | Self::FollowUp | Self::Thanks | Self::Club => 3,
        }
    }

    /// The purpose of consent without which nothing is sent: the text of `people::Purpose`.
    pub const fn consent(self) -> Option<&'static str> {
        match self {
            Self::Call => Some("calls"),
            Self::Reminder | Self::FollowUp => Some("reminders"),
            Self::Code
            | Self::Account
            | Self::CallNews
            | Self::Booking
            | Self::Thanks
            | Self::Club => None,
        }
    }

    /// Whether it matters that somebody stands by: to ring at night, or to leave them in peace while too few do.
    pub const fn regards_reserve(self) -> bool {
        matches!(self, Self::Call | Self::CallNews | Self::Reminder)
    }

    /// Whether it is a matter of minutes.
    pub const fn is_urgent(self) -> bool {
        self.urgency() <= 1
    }

    /// Whether its reader did something and waits for it: it goes at any hour, however many there are.
    pub const fn is_awaited(self) -> bool {
        matches!(self, Self::Code | Self::Account | Self::Booking)
    }

    /// Whether a week holds only so many of it: what nobody waits for and what asks for something.
    pub const fn is_counted(self) -> bool {
        matches!(
            self,
            Self::Call | Self::Reminder | Self::FollowUp | Self::Thanks
        )
    }
}

/// A message to one person, to be written when it leaves.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// Its id; the mail's Message-ID follows from it, so that a second try is the same mail.
    pub id: NoticeId,
    /// Which words, and why.
    pub kind: NoticeKind,
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

/// By which way a message reaches its reader.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Their own list in the app: always, and the truth.
    Inbox,
    /// A browser or app that shows it.
    Push,
    /// A mail.
    Mail,
    /// An SMS or Zalo message, through a provider.
    Gateway,
    /// Their club's lead says it.
    Relay,
}

crate::text_column! {
    pub Channel {
        Inbox => "inbox",
        Push => "push",
        Mail => "mail",
        Gateway => "gateway",
        Relay => "relay",
    }
}

/// To whom words are written.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// What they read.
    pub language: Language,
    /// Their given name, for the greeting; never the full name.
    pub given_name: String,
    /// Where their days begin.
    pub zone: Tz,
}

/// An address that may be written to, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The mail address or telephone number itself.
    pub value: String,
    /// The blind mark it is found by.
    pub lookup: String,
}

/// How somebody came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// They gave their contact themself, or signed in.
    Own,
    /// Listed by somebody else, with a paper they signed.
    Signed,
    /// Listed by somebody else: not written to.
    Listed,
}

/// Whether somebody stands by for emergencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reserve {
    /// No.
    #[default]
    Outside,
    /// Yes, by day.
    Day,
    /// Yes, and calls may come at night.
    Nights,
    /// Yes, and so few do that they are not reminded to give meanwhile.
    BelowCover,
}

/// Everything the platform asks of subjects before it writes to somebody.
#[derive(Debug, Clone)]
pub struct Reach {
    /// Name and language.
    pub to: Recipient,
    /// Where a mail goes.
    pub email: Option<Address>,
    /// Where an SMS goes.
    pub phone: Option<Address>,
    /// Contacts that may not be written to: nobody verified them, or they are dead. A stop on them holds all the same.
    pub unused: Vec<Address>,
    /// How they came to be known.
    pub entry: Entry,
    /// Each purpose of consent whose newest word is yes.
    pub agreed: BTreeSet<String>,
    /// Whether something keeps them from giving today.
    pub is_deferred: bool,
    /// Whether they stand by for emergencies.
    pub reserve: Reserve,
    /// Whose lead may say it to them.
    pub club: Option<OrganisationId>,
    /// By which way they wish to be reached.
    pub wished: Option<Channel>,
}

impl Reach {
    /// Of somebody of whom no contact is known yet.
    pub fn new(to: Recipient, entry: Entry, agreed: BTreeSet<String>) -> Self {
        Self {
            to,
            email: None,
            phone: None,
            unused: Vec::new(),
            entry,
            agreed,
            is_deferred: false,
            reserve: Reserve::Outside,
            club: None,
            wished: None,
        }
    }
}
