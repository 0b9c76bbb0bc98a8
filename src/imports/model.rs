//! The words of imports: what kind of list it is, how far it has come, what was found of each row.
use crate::platform::id::PersonId;
use crate::platform::language::{Key, Phrase};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::ids! {
    /// Names one list taken in.
    ImportId
}

macro_rules! named {
    ($($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident => $text:literal),+ $(,)? })+) => { $(
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        $(#[$doc])*
        pub enum $name { $($(#[$case_doc])* $case),+ }

        crate::text_column! { pub $name { $($case => $text),+ } }
    )+ };
}

named! {
    /// What a list tells of.
    ImportKind {
        /// Who belongs to a club.
        Roster => "roster",
        /// What members of a club gave before; it moves the day they may give again and counts in no total.
        History => "history",
        /// What came of each visit of a drive, as the hospital's team wrote it down.
        Results => "results",
    }

    /// How far an import has come.
    ImportState {
        /// Read and judged; nothing of it counts yet.
        Checked => "checked",
        /// Everything in it counts.
        Applied => "applied",
        /// What it made was taken back.
        Undone => "undone",
        /// It waited too long; what stood in it is forgotten.
        Expired => "expired",
    }

    /// What was found of a row.
    Verdict {
        /// Somebody not known yet.
        New => "new",
        /// Somebody known, of whom the row tells something new.
        Same => "same",
        /// Known with everything the row says: nothing to do.
        There => "there",
        /// An earlier row of the same list says the same.
        Repeated => "repeated",
        /// A person has to decide.
        Unsure => "unsure",
        /// Something in it is wrong; it can only be left out.
        Problem => "problem",
    }

    /// What a person decided of a row.
    #[schema(as = ImportDecision)]
    Decision {
        /// It is somebody known, or an earlier row.
        Same => "same",
        /// It is somebody else.
        New => "new",
        /// It is left out.
        Skip => "skip",
    }

    /// What came of a visit, as a result list says it.
    GivenOutcome {
        /// They gave.
        Collected => "collected",
        /// Not today.
        Deferred => "deferred",
        /// They went without giving.
        Left => "left",
    }

    /// What a column tells.
    Field {
        /// The whole name.
        Name => "name",
        /// The family name and what stands between, where the name is in two columns.
        FamilyName => "family_name",
        /// The given name, where the name is in two columns.
        GivenName => "given_name",
        /// The birth date, or the year of it.
        BirthDate => "birth_date",
        /// Female or male.
        Sex => "sex",
        /// A telephone number.
        Phone => "phone",
        /// A mail address.
        Email => "email",
        /// The number of the identity card; only its blind mark is kept.
        CitizenNumber => "citizen_number",
        /// Where they live.
        Address => "address",
        /// The commune they live in; kept with the address.
        Commune => "commune",
        /// The blood group.
        BloodGroup => "blood_group",
        /// The Rhesus factor, where it has a column of its own.
        Rhesus => "rhesus",
        /// The day of a donation: the last one, or the one the row tells of.
        GivenOn => "given_on",
        /// How often they gave; read and not kept, as only days count.
        Gifts => "gifts",
        /// What was given.
        Component => "component",
        /// Where it was given.
        Place => "place",
        /// How much, in millilitres.
        Volume => "volume_ml",
        /// The number on the bag.
        UnitNumber => "unit_number",
        /// What came of the visit.
        Outcome => "outcome",
        /// Until when somebody was deferred.
        Until => "until",
        /// The number of the paper certificate.
        Certificate => "certificate_serial",
        /// That they signed that their data may be kept.
        Consent => "consent",
        /// That they signed that they may be reminded.
        ConsentReminders => "consent_reminders",
        /// That they signed that they may be called in an emergency.
        ConsentCalls => "consent_calls",
        /// Anything else; read and not kept.
        Note => "note",
    }
}

/// Somebody known, or an earlier row of the same list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Who {
    /// Somebody known.
    Person(PersonId),
    /// Whoever that row tells of.
    Row(i32),
}

/// What is to be said of a cell, or of a row as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Remark {
    /// The column's letter as spreadsheets show it; none for the row as a whole.
    pub(super) column: Option<String>,
    /// What the column tells.
    pub(super) field: Option<Field>,
    /// What is to be said.
    pub(super) phrase: Phrase,
}

impl From<Key> for Remark {
    /// Said of a row as a whole.
    fn from(key: Key) -> Self {
        Self {
            column: None,
            field: None,
            phrase: Phrase::new(key),
        }
    }
}

/// A column with a heading, and what we take it for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "what spreadsheets call it")]
pub(super) struct Column {
    /// Its letter as spreadsheets show it.
    pub(super) column: String,
    /// Its heading as it stands there.
    pub(super) heading: String,
    /// What it tells; null when it is not read.
    pub(super) field: Option<Field>,
}
