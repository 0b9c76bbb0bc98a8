//! What anyone may know of a call, so that stale appeals can be told from live ones.
use super::views::PublicCallView;
use crate::calls::model::CallId;
use crate::calls::store;
use crate::organisations;
use crate::platform::App;
use crate::platform::http::{Anyone, Path, Problems};
use crate::platform::problem::{Kind, Problem};
use actix_web::http::header::{CACHE_CONTROL, CacheControl, CacheDirective};
use actix_web::web::Data;
use actix_web::{HttpResponse, get};

/// The call as anyone sees it; what no coordinator has vouched for is not there.
pub(super) async fn look(app: &App, id: CallId) -> Result<PublicCallView, Problem> {
    let seen = app.db.read(move |conn| {
        let call = store::find(conn, id)?;
        if call.drive.is_none() {
            return Err(Problem::from(&Kind::NOT_FOUND));
        }
        let counts = store::counts(conn, id)?;
        let place = organisations::find(conn, call.give_at)?.name;
        Ok(PublicCallView {
            id,
            blood_group: call.blood_group,
            component: call.component,
            units_missing: counts.missing(call.units),
            place,
            arrive_by: call.arrive_by,
            state: call.state,
        })
    });
    seen.await
}

/// Show the live state of a call, without personal data.
#[utoipa::path(tag = "calls", security(()), params(("id" = CallId, Path)), responses((status = 200, body = PublicCallView), Problems))]
#[get("/public/calls/{id}")]
pub(super) async fn show_public_call(
    app: Data<App>,
    _: Anyone,
    id: Path<CallId>,
) -> Result<HttpResponse, Problem> {
    let view = look(&app, id.0).await?;
    let brief = CacheControl(vec![CacheDirective::Public, CacheDirective::MaxAge(10)]);
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CACHE_CONTROL, brief.to_string()));
    Ok(answer.json(view))
}
