//! What hospitals and coordinators send.
use crate::blood::{BloodGroup, Component};
use crate::calls::model::{CallState, Scope};
use crate::calls::rules::Request;
use crate::platform::clock::Moment;
use crate::platform::id::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page of calls.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::calls::http) struct CallsQuery {
    /// 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub(in crate::calls::http) limit: Option<i64>,
    /// `next` of the page before.
    pub(in crate::calls::http) after: Option<String>,
}

/// An urgent need.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct CallRequest {
    hospital: OrganisationId,
    /// The patient's group: `O-`.
    #[schema(value_type = String, example = "O-")]
    blood_group: BloodGroup,
    #[schema(value_type = String, example = "red_cells")]
    component: Component,
    /// 1 to 50.
    #[schema(minimum = 1, maximum = 50)]
    units: i32,
    /// Donors must have come earlier, by the time the facility's testing takes (`testing_minutes` of the body).
    needed_by: Moment,
    /// The facility that draws it; the hospital itself when absent.
    give_at: Option<OrganisationId>,
    /// Whether compatible groups may be asked too. Rh− is never widened to Rh+.
    accept_compatible: bool,
    /// For donors; without patient data. What looks like a name, a telephone or a citizen number is refused with
    /// `note-looks-private` until it is sent again with `note_confirmed`.
    #[schema(max_length = 500)]
    note: Option<String>,
    /// Somebody looked at the note again: it says nothing of the patient.
    #[serde(default)]
    note_confirmed: bool,
}

impl From<CallRequest> for Request {
    fn from(request: CallRequest) -> Self {
        Self {
            hospital: request.hospital,
            blood_group: request.blood_group,
            component: request.component,
            units: request.units,
            needed_by: request.needed_by,
            give_at: request.give_at.unwrap_or(request.hospital),
            is_widening: request.accept_compatible,
            note: request.note,
            is_note_confirmed: request.note_confirmed,
        }
    }
}

/// A coordinator's word on a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct VerificationRequest {
    /// Whether it is genuine and may be asked for.
    pub(in crate::calls::http) accept: bool,
    /// Why not, or what was checked.
    #[schema(max_length = 500)]
    pub(in crate::calls::http) note: Option<String>,
}

/// Where somebody moves a call.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct CallStateRequest {
    /// `cancelled`; everything else comes by itself.
    pub(in crate::calls::http) state: CallState,
    /// Why.
    #[schema(max_length = 500)]
    pub(in crate::calls::http) note: Option<String>,
}

/// What the ward said on its listed number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct CallBackRequest {
    /// Whether the ward posted it; if not, the call is taken back.
    pub(in crate::calls::http) genuine: bool,
    /// In somebody's words.
    #[schema(max_length = 500)]
    pub(in crate::calls::http) note: Option<String>,
}

/// That the blood centre was asked for its stock.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct StockCheckRequest {
    /// How many units it had.
    #[schema(minimum = 0, maximum = 1000)]
    pub(in crate::calls::http) found_units: Option<i32>,
    /// In somebody's words.
    #[schema(max_length = 500)]
    pub(in crate::calls::http) note: Option<String>,
}

/// Whether the asking is held up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct PauseRequest {
    pub(in crate::calls::http) paused: bool,
}

/// How wide the next wave asks.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct WaveRequest {
    /// Left out: as wide as before. A call never asks less wide again.
    pub(in crate::calls::http) scope: Option<Scope>,
}

/// How many were asked by a forced wave.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct WaveView {
    pub(in crate::calls::http) asked: usize,
}
