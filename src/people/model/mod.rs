//! What is said of a person: name, sex, contacts, and what they agreed to.
mod consents;
mod contacts;

use crate::platform::clock::Moment;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::Language;
use crate::platform::text::{BirthDate, Coordinates, PersonName};
pub use consents::{ConsentSource, Purpose};
pub use contacts::{Contact, ContactKind, Giver, NewContact, contact};
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

crate::text_column! {
    pub Sex {
        Female => "female",
        Male => "male",
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
pub(in crate::people) fn given_name(name: &str) -> String {
    name.split_whitespace()
        .last()
        .unwrap_or_default()
        .to_owned()
}

/// What a person says anew of themself; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct PersonChange {
    /// As they are called.
    pub name: Option<PersonName>,
    /// Their birth date.
    pub birth_date: Option<BirthDate>,
    /// Their sex.
    pub sex: Option<Sex>,
    /// What they read.
    pub language: Option<Language>,
    /// The commune they live in.
    pub commune: Option<OrganisationId>,
    /// About where they live.
    pub coordinates: Option<Coordinates>,
}
