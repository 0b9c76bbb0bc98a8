//! What may stand behind the question mark.
use crate::drives::model::SessionId;
use crate::platform::id::DriveId;
use crate::registrations::model::RegistrationState;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

/// Whose attendance, and when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AttendanceQuery {
    /// Only at this drive.
    pub(crate) drive: Option<DriveId>,
    /// Only from this day on.
    pub(crate) from: Option<NaiveDate>,
    /// Only up to this day.
    pub(crate) to: Option<NaiveDate>,
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(crate) limit: Option<i64>,
    /// The cursor of the page before.
    pub(crate) after: Option<String>,
}

/// Which page of one's registrations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OwnQuery {
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(crate) limit: Option<i64>,
    /// The cursor of the page before.
    pub(crate) after: Option<String>,
}

/// Which of a drive's registrations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DeskQuery {
    /// Only those in this state.
    pub(crate) state: Option<RegistrationState>,
    /// Only those of this session.
    pub(crate) session: Option<SessionId>,
    /// Part of a name, with or without accents.
    #[param(max_length = 100)]
    pub(crate) q: Option<String>,
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(crate) limit: Option<i64>,
    /// The cursor of the page before.
    pub(crate) after: Option<String>,
}
