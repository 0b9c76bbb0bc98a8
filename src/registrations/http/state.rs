//! From draft to signed.
use crate::drives::model::{Drive, DriveState};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Body, DriveStaff, Path, Problems};
use crate::platform::id::DriveId;
use crate::platform::problem::Problem;
use crate::registrations::actions::{self, Deed, Powers};
use actix_web::put;
use actix_web::web::{Data, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a drive shall stand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DriveStateRequest {
    /// The next state.
    state: DriveState,
}

/// Where a drive stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DriveStateView {
    /// Which.
    id: DriveId,
    /// Its state.
    state: DriveState,
    /// Since when.
    changed_at: Moment,
}

impl From<Drive> for DriveStateView {
    fn from(drive: Drive) -> Self {
        Self {
            id: drive.id,
            state: drive.state,
            changed_at: drive.changed_at,
        }
    }
}

/// Open, run, complete, sign or cancel a drive.
#[utoipa::path(tag = "drives", request_body = DriveStateRequest, params(("id" = DriveId, Path)),
    responses((status = 200, body = DriveStateView), Problems))]
#[put("/drives/{id}/state")]
pub(crate) async fn change_drive_state(
    app: Data<App>,
    caller: DriveStaff,
    path: Path<DriveId>,
    body: Body<DriveStateRequest>,
) -> Result<Json<DriveStateView>, Problem> {
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    let (drive, to) = (path.0, body.value.state);
    let changed = app
        .db
        .write(move |conn| actions::set_state(conn, &deed, (&powers, drive), to));
    Ok(Json(changed.await?.into()))
}
