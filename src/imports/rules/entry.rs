//! What a row says, read: contacts and marks among it, so it rests sealed only.
use crate::blood::{BloodGroup, Component};
use crate::imports::model::{GivenOutcome, Remark};
use crate::people::{Purpose, Sex};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a row says.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::imports) struct Entry {
    pub(in crate::imports) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) birth_date: Option<NaiveDate>,
    /// Known where the day is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) birth_year: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) sex: Option<Sex>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) email: Option<String>,
    /// The blind mark of the identity card's number; the number itself goes nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) citizen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) group: Option<BloodGroup>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) given_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) component: Option<Component>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) volume_ml: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) unit_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) outcome: Option<GivenOutcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) until: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::imports) certificate: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::imports) consents: Vec<Purpose>,
    /// The blind marks of phone and mail address.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::imports) contacts: Vec<String>,
}

impl Entry {
    /// What was given, where the row tells of a donation: whole blood unless it says otherwise.
    pub(in crate::imports) fn gift(&self) -> Option<(Component, NaiveDate)> {
        let component = self.component.unwrap_or(Component::WholeBlood);
        self.given_on.map(|on| (component, on))
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entry(…)")
    }
}

/// How a row reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::imports) enum Soundness {
    /// Nothing stands in its way.
    Sound,
    /// Part of it cannot be kept as it is: a person decides.
    Doubtful,
    /// Something in it is wrong.
    Wrong,
}

/// A row as it was read.
#[derive(Debug, Clone)]
pub(in crate::imports) struct ReadRow {
    pub(in crate::imports) number: i32,
    pub(in crate::imports) entry: Entry,
    pub(in crate::imports) remarks: Vec<Remark>,
    pub(in crate::imports) soundness: Soundness,
}
