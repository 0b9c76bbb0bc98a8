//! What happens to the rare.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What happens to Rh− donors: as their body decides, else as the settings say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RhNegative {
    /// Reminded like everyone.
    Remind,
    /// Kept for emergency calls.
    Reserve,
}

crate::text_column! {
    pub RhNegative {
        Remind => "remind",
        Reserve => "reserve",
    }
}
