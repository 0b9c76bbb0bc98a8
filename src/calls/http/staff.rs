//! Hospitals and coordinators.
use super::views::{
    AsksView, CallRequest, CallStateRequest, CallView, CallsQuery, VerificationRequest, WaveView,
};
use crate::calls::actions::{self, Manner};
use crate::calls::model::{Call, CallId, CallState};
use crate::calls::rules::{self, Frame, Refusal, Request};
use crate::calls::store;
use crate::organisations;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::{
    Body, CallKeeper, Caller, Coordinator, Hospital, Once, Page, Paged, Path, Problems, Query,
    Role, answer_once, created,
};
use crate::platform::id::OrganisationId;
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::Deed;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post, put};
use chrono::TimeDelta;

/// Every body under which the caller answers for calls: as hospital or as coordinator.
fn bodies(caller: &Caller) -> Vec<OrganisationId> {
    let mut bodies = caller.bodies(Role::Hospital);
    bodies.extend(caller.bodies(Role::Coordinator));
    bodies
}

/// Post an urgent need.
#[utoipa::path(request_body = CallRequest, tag = "calls", responses((status = 201, body = CallView), Problems))]
#[post("/calls")]
pub(super) async fn create_call(
    app: Data<App>,
    caller: Hospital,
    once: Once,
    body: Body<CallRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let frame = frame(&app);
    let call = new_call(
        &app,
        &caller,
        rules::check(body.value.into(), &frame)?,
        &frame,
    );
    let (deed, zone) = (Deed::of(&app, caller.person()), app.settings.site.time_zone);
    let bodies = caller.bodies(Role::Hospital);
    answer_once(&app, caller.person(), once, move |conn| {
        if !organisations::covers(conn, &bodies, call.hospital)? {
            return Err(Problem::from(&Kind::NOT_FOUND));
        }
        let call = actions::submit(conn, &deed, call, zone)?;
        created(view(conn, call)?)
    })
    .await
}

fn frame(app: &App) -> Frame {
    Frame {
        now: app.now(),
        horizon: TimeDelta::hours(app.settings.calls.horizon_hours),
        testing: TimeDelta::hours(app.settings.calls.testing_hours),
    }
}

fn new_call(app: &App, caller: &Caller, request: Request, frame: &Frame) -> Call {
    Call {
        id: app.id(),
        hospital: request.hospital,
        blood_group: request.blood_group,
        component: request.component,
        units: request.units,
        needed_by: request.needed_by,
        arrive_by: frame.arrive_by(request.needed_by),
        give_at: request.give_at,
        is_widening: request.is_widening,
        note: request.note,
        state: CallState::Submitted,
        drive: None,
        slot: None,
        requested_by: caller.person(),
        created_at: frame.now,
        changed_at: frame.now,
    }
}

fn view(conn: &mut Conn, call: Call) -> Result<CallView, Problem> {
    let counts = store::counts(conn, call.id)?;
    let history = store::steps(conn, call.id)?;
    Ok(CallView::of(call, counts, history))
}

/// List calls of one's hospital, or of those under one's bodies, newest first.
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
        let call = actions::owned(conn, id.0, &bodies)?;
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
    let (deed, bodies) = (
        Deed::of(&app, caller.person()),
        caller.bodies(Role::Coordinator),
    );
    let zone = app.settings.site.time_zone;
    let verified = app.db.write(move |conn| {
        let call = actions::owned(conn, id.0, &bodies)?;
        let call = if body.value.accept {
            actions::open(conn, &deed, call, zone)?
        } else {
            actions::refuse(conn, &deed, call, body.value.note)?
        };
        view(conn, call)
    });
    Ok(Json(verified.await?))
}

/// Ask the next donors at once.
#[utoipa::path(tag = "calls", params(("id" = CallId, Path)), responses((status = 201, body = WaveView), Problems))]
#[post("/calls/{id}/waves")]
pub(super) async fn send_wave(
    app: Data<App>,
    caller: Coordinator,
    id: Path<CallId>,
    once: Once,
) -> Result<HttpResponse, Problem> {
    let (deed, manner) = (Deed::of(&app, caller.person()), Manner::of(&app));
    let bodies = caller.bodies(Role::Coordinator);
    answer_once(&app, caller.person(), once, move |conn| {
        let call = actions::owned(conn, id.0, &bodies)?;
        created(WaveView {
            asked: actions::force_wave(conn, &deed, &call, &manner)?,
        })
    })
    .await
}

/// Show how the asking stands and who comes.
#[utoipa::path(tag = "calls", params(("id" = CallId, Path)), responses((status = 200, body = AsksView), Problems))]
#[get("/calls/{id}/asks")]
pub(super) async fn show_asks(
    app: Data<App>,
    caller: CallKeeper,
    id: Path<CallId>,
) -> Result<Json<AsksView>, Problem> {
    let bodies = bodies(&caller);
    let shown = app.db.read(move |conn| {
        let call = actions::owned(conn, id.0, &bodies)?;
        let counts = store::counts(conn, call.id)?;
        Ok::<_, Problem>(AsksView::of(counts, store::coming(conn, call.id)?))
    });
    Ok(Json(shown.await?))
}
