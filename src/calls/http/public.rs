//! What anyone may know of a call, so that stale appeals can be told from live ones.
use super::views::PublicCallView;
use crate::calls::model::{CallId, CallState};
use crate::calls::store;
use crate::platform::App;
use crate::platform::http::{Anyone, Path, Problems, tagged};
use crate::platform::problem::Problem;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};

/// For how long anybody may keep what they saw.
pub(super) const KEPT: &str = "public, max-age=10";

/// The call as anyone sees it; what nobody has vouched for is not there.
pub(super) async fn look(app: &App, id: CallId) -> Result<PublicCallView, Problem> {
    let now = app.now();
    let seen = app.db.read(move |conn| {
        let call = store::find_public(conn, id)?;
        let units_missing = store::counts(conn, id)?.missing(call.units);
        Ok::<_, Problem>(PublicCallView {
            id,
            hospital: call.hospital,
            blood_group: call.blood_group,
            component: call.component,
            units: call.units,
            units_missing,
            place: call.place,
            arrive_by: call.arrive_by,
            state: call.state,
            is_over: call.state != CallState::Asking || call.arrive_by <= now,
        })
    });
    seen.await
}

/// Show the live state of a call, without personal data; answers may be kept for ten seconds.
#[utoipa::path(tag = "calls", security(()), params(("id" = CallId, Path)), responses((status = 200, body = PublicCallView), (status = 304, description = "As before."), Problems))]
#[get("/public/calls/{id}")]
pub(super) async fn show_public_call(
    app: Data<App>,
    _: Anyone,
    id: Path<CallId>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    tagged(&request, &look(&app, id.0).await?, KEPT)
}
