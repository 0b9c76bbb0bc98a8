//! What stands behind the question mark where lists and their rows are asked for.
use crate::imports::model::{ImportState, Verdict};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which lists.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportsQuery {
    /// Only those in this state.
    pub(super) state: Option<ImportState>,
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// The cursor of the page before.
    pub(super) after: Option<String>,
}

/// Which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportRowsQuery {
    /// Only those with this verdict.
    pub(super) verdict: Option<Verdict>,
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// The cursor of the page before.
    pub(super) after: Option<String>,
}
