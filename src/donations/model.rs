//! The words other subjects use for a donation: its ids and what became of it.
pub use super::store::Donation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::ids! {
    /// Names one bag collected.
    DonationId,
    /// Names what a nurse found of somebody.
    ScreeningId,
    /// Names a correction.
    ChangeId,
}

/// What the tests of the blood said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitResult {
    /// Passed the tests.
    Safe,
    /// Did not, or was spoilt.
    Discarded,
}

impl UnitResult {
    /// The text in rows and on the wire.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Discarded => "discarded",
        }
    }

    /// Reads that text back.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Safe, Self::Discarded]
            .into_iter()
            .find(|result| result.as_str() == text)
    }
}

/// What the nurse decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// May give now.
    Accepted,
    /// Not today.
    Deferred,
}

impl Decision {
    /// The text in rows and on the wire.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Deferred => "deferred",
        }
    }

    /// Reads that text back.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Accepted, Self::Deferred]
            .into_iter()
            .find(|decision| decision.as_str() == text)
    }
}

/// Why a donation is no longer what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Something in it was wrong.
    Corrected,
    /// It never was.
    Voided,
    /// The tests were done.
    Result,
}

impl Act {
    /// The text in rows and on the wire.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::Voided => "voided",
            Self::Result => "result",
        }
    }

    /// Reads that text back.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Corrected, Self::Voided, Self::Result]
            .into_iter()
            .find(|act| act.as_str() == text)
    }
}

crate::text_column!(UnitResult, Decision, Act);
