//! What is done while a call asks: more donors, wider, held up; stock asked for; the ward called back.
use super::bodies;
use super::staff::view;
use super::views::{
    CallBackRequest, CallView, PauseRequest, StockCheckRequest, WaveRequest, WaveView,
};
use crate::calls::actions::{self, Hold, Manner};
use crate::calls::model::CallId;
use crate::platform::App;
use crate::platform::http::{
    Body, CallKeeper, Coordinator, Once, Path, Problems, Role, answer_once, created,
};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::{Invalid, Line};
use crate::registrations::model::Deed;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, post, put};

/// Ask the next donors at once, and wider from now on if a scope says so.
#[utoipa::path(request_body = WaveRequest, tag = "calls", params(("id" = CallId, Path)), responses((status = 201, body = WaveView), Problems))]
#[post("/calls/{id}/waves")]
pub(super) async fn send_wave(
    app: Data<App>,
    caller: Coordinator,
    id: Path<CallId>,
    once: Once,
    body: Body<WaveRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let (deed, manner) = (Deed::of(&app, caller.person()), Manner::of(&app));
    let bodies = caller.bodies(Role::Coordinator);
    answer_once(&app, caller.person(), once, move |conn| {
        let call = actions::owned(conn, id.0, &bodies)?;
        let asked = actions::force_wave(conn, &deed, (call, body.value.scope), &manner)?;
        created(WaveView { asked })
    })
    .await
}

/// Hold the asking up, or let it go on. Answers still count meanwhile.
#[utoipa::path(request_body = PauseRequest, tag = "calls", params(("id" = CallId, Path)), responses((status = 200, body = CallView), Problems))]
#[put("/calls/{id}/pause")]
pub(super) async fn pause_call(
    app: Data<App>,
    caller: Coordinator,
    id: Path<CallId>,
    body: Body<PauseRequest>,
) -> Result<Json<CallView>, Problem> {
    let deed = Deed::of(&app, caller.person());
    let bodies = caller.bodies(Role::Coordinator);
    let hold = if body.value.paused {
        Hold::Up
    } else {
        Hold::Off
    };
    let changed = app.db.write(move |conn| {
        let call = actions::owned(conn, id.0, &bodies)?;
        let call = actions::pause(conn, &deed, call, hold)?;
        view(conn, call)
    });
    Ok(Json(changed.await?))
}

/// Note that the blood centre was asked for its stock: the first thing to do on the rare path.
///
/// Nobody waits for it: the province is asked meanwhile. Where the stock is enough, take the call back.
#[utoipa::path(request_body = StockCheckRequest, tag = "calls", params(("id" = CallId, Path)), responses((status = 201, body = CallView), Problems))]
#[post("/calls/{id}/stock-checks")]
pub(super) async fn check_stock(
    app: Data<App>,
    caller: CallKeeper,
    id: Path<CallId>,
    once: Once,
    body: Body<StockCheckRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let found = found(body.value)?;
    let (deed, bodies) = (Deed::of(&app, caller.person()), bodies(&caller));
    answer_once(&app, caller.person(), once, move |conn| {
        let call = actions::owned(conn, id.0, &bodies)?;
        actions::check_stock(conn, &deed, &call, found)?;
        created(view(conn, call)?)
    })
    .await
}

/// So many units are in no stock that is asked for one patient.
const MOST_UNITS: i32 = 1000;

fn found(request: StockCheckRequest) -> Result<(Option<i32>, Option<String>), Invalid> {
    let mut invalid = Invalid::default();
    let range = Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", 0)
        .with("max", MOST_UNITS);
    if request
        .found_units
        .is_some_and(|units| !(0..=MOST_UNITS).contains(&units))
    {
        invalid.refuse("found_units", range);
    }
    let note = invalid.take_given("note", note(request.note));
    invalid.build(|| Ok((request.found_units, note?)))
}

/// A line of at most 500 characters, if one was given.
pub(super) fn note(raw: Option<String>) -> Option<Result<String, Phrase>> {
    raw.map(|raw| Line::parse(&raw, 500).map(String::from))
}

/// Note that the ward was called back on its listed number. If it did not post the call, the call is taken back.
#[utoipa::path(request_body = CallBackRequest, tag = "calls", params(("id" = CallId, Path)), responses((status = 201, body = CallView), Problems))]
#[post("/calls/{id}/call-backs")]
pub(super) async fn call_back(
    app: Data<App>,
    caller: Coordinator,
    id: Path<CallId>,
    once: Once,
    body: Body<CallBackRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let deed = Deed::of(&app, caller.person());
    let bodies = caller.bodies(Role::Coordinator);
    answer_once(&app, caller.person(), once, move |conn| {
        let call = actions::owned(conn, id.0, &bodies)?;
        let word = (body.value.genuine, body.value.note);
        let call = actions::call_back(conn, &deed, call, word)?;
        created(view(conn, call)?)
    })
    .await
}
