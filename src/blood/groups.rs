//! The eight blood groups, ABO with Rh, read from whatever people write.
use std::fmt;

use serde::{Deserialize, Serialize};

use super::spellings;

/// A blood group as a hospital asks for it: ABO and Rh together, on the wire `"O+"` to `"AB-"`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(into = "&'static str", try_from = "String")]
pub enum BloodGroup {
    /// O, Rh positive: about 45 in 100 people in Vietnam.
    #[schema(rename = "O+")]
    OPositive,
    /// O, Rh negative.
    #[schema(rename = "O-")]
    ONegative,
    /// A, Rh positive.
    #[schema(rename = "A+")]
    APositive,
    /// A, Rh negative.
    #[schema(rename = "A-")]
    ANegative,
    /// B, Rh positive.
    #[schema(rename = "B+")]
    BPositive,
    /// B, Rh negative.
    #[schema(rename = "B-")]
    BNegative,
    /// AB, Rh positive.
    #[schema(rename = "AB+")]
    AbPositive,
    /// AB, Rh negative.
    #[schema(rename = "AB-")]
    AbNegative,
}

/// The ABO half of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abo {
    O,
    A,
    B,
    Ab,
}

impl BloodGroup {
    /// All eight, in the order of their [`index`](Self::index).
    pub const ALL: [Self; 8] = [
        Self::OPositive,
        Self::ONegative,
        Self::APositive,
        Self::ANegative,
        Self::BPositive,
        Self::BNegative,
        Self::AbPositive,
        Self::AbNegative,
    ];

    /// Reads any usual spelling: `O+`, `o rh+`, `A−`, `B dương`, `O Rh(D) âm`, `AB neg`. `None` for ABO without Rh.
    pub fn parse(text: &str) -> Option<Self> {
        spellings::read(text)
    }

    /// The canonical text, as shown, sent and stored: `O+`, `AB-`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OPositive => "O+",
            Self::ONegative => "O-",
            Self::APositive => "A+",
            Self::ANegative => "A-",
            Self::BPositive => "B+",
            Self::BNegative => "B-",
            Self::AbPositive => "AB+",
            Self::AbNegative => "AB-",
        }
    }

    /// 0 to 7, for keys of the database; never changes.
    pub fn index(self) -> i16 {
        match self {
            Self::OPositive => 0,
            Self::ONegative => 1,
            Self::APositive => 2,
            Self::ANegative => 3,
            Self::BPositive => 4,
            Self::BNegative => 5,
            Self::AbPositive => 6,
            Self::AbNegative => 7,
        }
    }

    /// The group of an [`index`](Self::index); `None` outside 0 to 7.
    pub fn from_index(index: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.index() == index)
    }

    /// Rare in Vietnam (4 to 10 in 10,000): such calls and reminders take their own path.
    pub fn is_rh_negative(self) -> bool {
        matches!(
            self,
            Self::ONegative | Self::ANegative | Self::BNegative | Self::AbNegative
        )
    }

    pub(super) fn abo(self) -> Abo {
        match self {
            Self::OPositive | Self::ONegative => Abo::O,
            Self::APositive | Self::ANegative => Abo::A,
            Self::BPositive | Self::BNegative => Abo::B,
            Self::AbPositive | Self::AbNegative => Abo::Ab,
        }
    }

    pub(super) fn of(abo: Abo, sign: Sign) -> Self {
        match (abo, sign) {
            (Abo::O, Sign::Positive) => Self::OPositive,
            (Abo::O, Sign::Negative) => Self::ONegative,
            (Abo::A, Sign::Positive) => Self::APositive,
            (Abo::A, Sign::Negative) => Self::ANegative,
            (Abo::B, Sign::Positive) => Self::BPositive,
            (Abo::B, Sign::Negative) => Self::BNegative,
            (Abo::Ab, Sign::Positive) => Self::AbPositive,
            (Abo::Ab, Sign::Negative) => Self::AbNegative,
        }
    }
}

/// The Rh half of a group.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sign {
    Positive,
    Negative,
}

crate::text_column!(BloodGroup);

impl fmt::Display for BloodGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for BloodGroup {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a blood group is ABO and Rh together, such as O+")
    }
}

impl From<BloodGroup> for &'static str {
    fn from(group: BloodGroup) -> Self {
        group.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_index_lead_back_to_the_same_group() {
        for (place, group) in (0..).zip(BloodGroup::ALL) {
            assert_eq!(BloodGroup::parse(group.as_str()), Some(group));
            assert_eq!(group.index(), place);
            assert_eq!(BloodGroup::from_index(place), Some(group));
            assert_eq!(group.is_rh_negative(), group.as_str().ends_with('-'));
        }
        assert_eq!(BloodGroup::from_index(8), None);
        assert_eq!(BloodGroup::from_index(-1), None);
    }

    #[test]
    fn json_carries_the_canonical_text() {
        assert_eq!(
            serde_json::to_string(&BloodGroup::AbNegative)
                .ok()
                .as_deref(),
            Some("\"AB-\"")
        );
        assert_eq!(
            serde_json::from_str::<BloodGroup>("\"B dương\"").ok(),
            Some(BloodGroup::BPositive)
        );
        assert!(serde_json::from_str::<BloodGroup>("\"B\"").is_err());
    }
}
