//! What may stand behind the question mark.
use crate::blood::BloodGroup;
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// Rows on a page, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// `next` of the page before.
    pub(super) after: Option<String>,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum MayGive {
    /// May give on that day.
    Yes,
    /// Not yet, or not any more.
    No,
}

/// Which members of a club.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MembersQuery {
    /// Only who may give, or may not; who does not let clubs see it is in neither list.
    #[param(inline)]
    pub(super) may_give: Option<MayGive>,
    /// On this day, for `may_give` in the question and in the answer; left out, today. At most a year ahead, and not earlier.
    pub(super) on: Option<NaiveDate>,
    /// Only of this blood group.
    #[param(inline)]
    pub(super) group: Option<BloodGroup>,
    /// Part of a name, with or without accents.
    #[param(max_length = 100)]
    pub(super) q: Option<String>,
    /// Rows on a page, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// `next` of the page before.
    pub(super) after: Option<String>,
}

/// Whom one looks for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PeopleQuery {
    /// Part of a name, with or without accents, at least two letters.
    #[param(min_length = 2, max_length = 100)]
    pub(super) q: String,
    /// Rows on a page, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// `next` of the page before.
    pub(super) after: Option<String>,
}

/// Which part of a roster.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RosterQuery {
    /// Only of this blood group.
    #[param(inline)]
    pub(super) blood_group: Option<BloodGroup>,
    /// Only who lives in this commune.
    pub(super) commune: Option<OrganisationId>,
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// The cursor of the page before.
    pub(super) after: Option<String>,
}
