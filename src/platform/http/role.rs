//! What a grant lets a person do, and which role includes which.

/// What a grant lets a person do.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Keeps a club's list, holds places for it.
    ClubLead,
    /// Desk and volunteers of a drive.
    DriveStaff,
    /// Screens and draws blood; sees what the questionnaire says.
    Nurse,
    /// Posts urgent needs.
    Hospital,
    /// Runs drives and reports for a part of the tree.
    Coordinator,
    /// Reads totals and who looked at what.
    Auditor,
    /// Everything, people's roles too.
    Admin,
}

impl Role {
    /// Whether this role may do what `wanted` may. Health answers stay with nurses: nobody above inherits them.
    pub fn covers(self, wanted: Self) -> bool {
        match self {
            Self::Admin => wanted != Self::Nurse,
            Self::Coordinator => {
                matches!(
                    wanted,
                    Self::Coordinator | Self::ClubLead | Self::DriveStaff | Self::Auditor
                )
            }
            Self::Nurse => matches!(wanted, Self::Nurse | Self::DriveStaff),
            _ => self == wanted,
        }
    }
}

crate::text_column! {
    pub Role {
        ClubLead => "club_lead",
        DriveStaff => "drive_staff",
        Nurse => "nurse",
        Hospital => "hospital",
        Coordinator => "coordinator",
        Auditor => "auditor",
        Admin => "admin",
    }
}
