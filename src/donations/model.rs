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

/// What the nurse decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// May give now.
    Accepted,
    /// Not today.
    Deferred,
}

/// Why a donation is no longer what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Something in it was wrong.
    Corrected,
    /// It never was.
    Voided,
    /// The tests were done.
    Result,
}

crate::text_column! {
    pub UnitResult {
        Safe => "safe",
        Discarded => "discarded",
    }
}

crate::text_column! {
    pub Decision {
        Accepted => "accepted",
        Deferred => "deferred",
    }
}

crate::text_column! {
    pub Act {
        Corrected => "corrected",
        Voided => "voided",
        Result => "result",
    }
}
