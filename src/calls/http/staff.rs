//! Hospitals and coordinators: posting, vouching, looking, taking back.
use super::bodies;
use super::views::{
    Beside, CallRequest, CallStateRequest, CallView, CallsQuery, StockView, VerificationRequest,
};
use crate::calls::actions::{self, Manner};
use crate::calls::letters::ASK;
use crate::calls::model::{self, Call, CallId, CallPath, CallState, Failing};
use crate::calls::rules::Refusal;
use crate::calls::store;
use crate::organisations;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::{
    Body, CallKeeper, Coordinator, Hospital, Once, Page, Paged, Path, Problems, Query, Role,
    answer_once, created,
};
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post, put};

/// Post an urgent need.
///
/// A trusted hospital's is asked for at once. So is that of a ward with a `duty_phone`, which coordinators then call
/// back (`call_back`). Any other waits for a coordinator: first of the nearest body above the hospital, every ten
/// minutes of the next one up (`waits_for`). Look at `path`: on the rare one `rare_steps` says what to do first.
#[utoipa::path(request_body = CallRequest, tag = "calls", responses((status = 201, body = CallView), Problems))]
#[post("/calls")]
pub(super) async fn create_call(
    app: Data<App>,
    caller: Hospital,
    once: Once,
    body: Body<CallRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let (deed, manner) = (Deed::of(&app, caller.person()), Manner::of(&app));
    let bodies = caller.bodies(Role::Hospital);
    answer_once(&app, caller.person(), once, move |conn| {
        let call = actions::post(conn, &deed, &bodies, body.value.into(), &manner)?;
        created(view(conn, call)?)
    })
    .await
}

/// The call with everything that stands beside it.
pub(super) fn view(conn: &mut Conn, call: Call) -> Result<CallView, Problem> {
    let stock = match call.path {
        CallPath::Rare => actions::stock_of(conn, &call)?.map(StockView::from),
        CallPath::Ordinary => None,
    };
    let ticks = store::ticks(conn, call.id)?;
    let beside = Beside {
        hospital_name: organisations::find(conn, call.hospital)?.name,
        give_at_name: organisations::find(conn, call.give_at)?.name,
        counts: store::counts(conn, call.id)?,
        history: store::steps(conn, call.id)?,
        first_tick: ticks.first().map(|(tick, _)| tick.ticked_at),
        stock,
        failing: failing(conn, call.id)?,
    };
    Ok(CallView::of(call, beside))
}

/// The channels that do not take its asks.
fn failing(conn: &mut Conn, call: CallId) -> Result<Vec<Failing>, Problem> {
    let untaken = store::untaken(conn, call, ASK.name)?;
    if untaken.is_empty() {
        return Ok(Vec::new());
    }
    let taken = store::taken(conn, call, ASK.name)?;
    Ok(model::failing(&untaken, &taken))
}

/// List calls of one's hospital, of those that give there, or of those under one's bodies, newest first.
#[utoipa::path(tag = "calls", params(CallsQuery), responses((status = 200, body = Paged<CallView>), Problems))]
#[get("/calls")]
pub(super) async fn list_calls(
    app: Data<App>,
    caller: CallKeeper,
    query: Query<CallsQuery>,
) -> Result<Json<Paged<CallView>>, Problem> {
    let page = Page::<(Moment, CallId)>::of(query.0.limit, query.0.after.as_deref())?;
    let bodies = bodies(&caller);
    let listed = app.db.read(move |conn| {
        let calls = store::list(conn, &bodies, page.after, page.reach())?;
        let page = page.cut(calls, |call| (call.created_at, call.id));
        let views: Result<Vec<CallView>, Problem> = page
            .items
            .into_iter()
            .map(|call| view(conn, call))
            .collect();
        Ok::<_, Problem>(Paged {
            items: views?,
            next: page.next,
        })
    });
    Ok(Json(listed.await?))
}

/// Show one call with its history.
#[utoipa::path(tag = "calls", params(("id" = CallId, Path)), responses((status = 200, body = CallView), Problems))]
#[get("/calls/{id}")]
pub(super) async fn show_call(
    app: Data<App>,
    caller: CallKeeper,
    id: Path<CallId>,
) -> Result<Json<CallView>, Problem> {
    let bodies = bodies(&caller);
    let shown = app.db.read(move |conn| {
        let call = actions::seen(conn, id.0, &bodies)?;
        view(conn, call)
    });
    Ok(Json(shown.await?))
}

/// Take a call back.
#[utoipa::path(request_body = CallStateRequest, tag = "calls", params(("id" = CallId, Path)), responses((status = 200, body = CallView), Problems))]
#[put("/calls/{id}/state")]
pub(super) async fn change_call_state(
    app: Data<App>,
    caller: CallKeeper,
    id: Path<CallId>,
    body: Body<CallStateRequest>,
) -> Result<Json<CallView>, Problem> {
    if body.value.state != CallState::Cancelled {
        return Err(Refusal::WrongStep.into());
    }
    let (deed, bodies) = (Deed::of(&app, caller.person()), bodies(&caller));
    let changed = app.db.write(move |conn| {
        let call = actions::owned(conn, id.0, &bodies)?;
        let call = actions::cancel(conn, &deed, call, body.value.note)?;
        view(conn, call)
    });
    Ok(Json(changed.await?))
}

/// Vouch for a request, or refuse it.
#[utoipa::path(request_body = VerificationRequest, tag = "calls", params(("id" = CallId, Path)), responses((status = 200, body = CallView), Problems))]
#[post("/calls/{id}/verification")]
pub(super) async fn verify_call(
    app: Data<App>,
    caller: Coordinator,
    id: Path<CallId>,
    body: Body<VerificationRequest>,
) -> Result<Json<CallView>, Problem> {
    let (deed, manner) = (Deed::of(&app, caller.person()), Manner::of(&app));
    let bodies = caller.bodies(Role::Coordinator);
    let verified = app.db.write(move |conn| {
        let call = actions::owned(conn, id.0, &bodies)?;
        let call = if body.value.accept {
            actions::open(conn, &deed, call, &manner)?
        } else {
            actions::refuse(conn, &deed, call, body.value.note)?
        };
        view(conn, call)
    });
    Ok(Json(verified.await?))
}
