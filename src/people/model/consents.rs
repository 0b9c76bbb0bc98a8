//! What a person may agree to, each asked for itself.
use crate::platform::language::{Key, Language, Phrase, keys, say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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

crate::text_column! {
    pub Purpose {
        Data => "data",
        Reminders => "reminders",
        Calls => "calls",
        ClubSharing => "club_sharing",
        Honours => "honours",
        Research => "research",
    }
}

crate::text_column! {
    pub ConsentSource {
        Themself => "self",
        Paper => "paper",
        Link => "link",
    }
}
