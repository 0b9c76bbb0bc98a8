//! What may stand behind the question mark.
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// The cursor of the page before.
    pub(super) after: Option<String>,
}

/// What can be listed: what is dead waits for a person.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Waiting {
    /// Used up its tries.
    Dead,
}

/// Which page of which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct QueueQuery {
    /// Only `dead` so far, which is also meant when it is left out.
    #[param(inline)]
    #[expect(dead_code, reason = "there is one choice; it is read to refuse others")]
    state: Option<Waiting>,
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// The cursor of the page before.
    pub(super) after: Option<String>,
}
