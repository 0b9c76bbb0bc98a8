//! The kinds of body there are.

/// What a body is; in the database and on the wire `blood_centre`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// The nation; its subtree is everything.
    National,
    /// A province or a city under the nation.
    Province,
    /// A district; the level ended on 2025-06-30.
    District,
    /// A commune, ward or special zone.
    Commune,
    /// A school or university.
    School,
    /// A company or an office.
    Company,
    /// Donors who organise together.
    Club,
    /// Treats, and perhaps collects.
    Hospital,
    /// Collects, tests and gives out blood.
    BloodCentre,
    /// Anything else.
    Other,
}

impl OrganisationKind {
    /// Every kind, from the top down.
    pub(super) const ALL: [Self; 10] = [
        Self::National,
        Self::Province,
        Self::District,
        Self::Commune,
        Self::School,
        Self::Company,
        Self::Club,
        Self::Hospital,
        Self::BloodCentre,
        Self::Other,
    ];

    /// The text kept in the row.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
            Self::School => "school",
            Self::Company => "company",
            Self::Club => "club",
            Self::Hospital => "hospital",
            Self::BloodCentre => "blood_centre",
            Self::Other => "other",
        }
    }

    /// The kind that `text` names.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

crate::text_column!(OrganisationKind);
