//! What may stand behind the question mark.
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PreviewQuery {
    /// Today or one of the next 31 days; left out, today.
    pub(super) on: Option<NaiveDate>,
    /// Only this body and those below it.
    pub(super) organisation: Option<OrganisationId>,
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// The cursor of the page before.
    pub(super) after: Option<String>,
}

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ResultsQuery {
    /// The first day.
    pub(super) from: NaiveDate,
    /// The last day, at most 92 days in all.
    pub(super) to: NaiveDate,
}
