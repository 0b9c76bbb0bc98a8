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

crate::text_column! {
    pub OrganisationKind {
        National => "national",
        Province => "province",
        District => "district",
        Commune => "commune",
        School => "school",
        Company => "company",
        Club => "club",
        Hospital => "hospital",
        BloodCentre => "blood_centre",
        Other => "other",
    }
}
