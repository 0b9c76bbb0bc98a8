//! What may stand behind the question mark.
use serde::Deserialize;
use utoipa::IntoParams;

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
