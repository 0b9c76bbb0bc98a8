//! How the asking stands, and receiving those who come.
use super::bodies;
use super::staff::view;
use super::views::{ArrivalRequest, AsksQuery, AsksView, CallView};
use crate::calls::actions::{self, Came, Manner};
use crate::calls::letters::ASK;
use crate::calls::model::CallId;
use crate::calls::rules::{AskOfWave, Asked};
use crate::calls::store::{self, SentAsk};
use crate::eligibility::find_rules;
use crate::organisations;
use crate::platform::App;
use crate::platform::http::{
    Body, CallKeeper, Once, Path, Problems, Query, Role, answer_once, created,
};
use crate::platform::notices;
use crate::platform::problem::Problem;
use crate::registrations::model::{Deed, RegistrationState};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};

/// Why a message waits for the morning.
const QUIET: &str = notices::rules::Refusal::QUIET;

/// Show how the asking stands and who comes; to coordinators the waves, and with `explain` who was left out and why.
#[utoipa::path(tag = "calls", params(("id" = CallId, Path), AsksQuery), responses((status = 200, body = AsksView), Problems))]
#[get("/calls/{id}/asks")]
pub(super) async fn show_asks(
    app: Data<App>,
    caller: CallKeeper,
    id: Path<CallId>,
    query: Query<AsksQuery>,
) -> Result<Json<AsksView>, Problem> {
    let (bodies, now, manner) = (bodies(&caller), app.now(), Manner::of(&app));
    let coordinated = caller.bodies(Role::Coordinator);
    let shown = app.db.read(move |conn| {
        let call = actions::seen(conn, id.0, &bodies)?;
        let counts = store::counts(conn, call.id)?;
        let held_back = store::held_back(conn, call.id, (ASK.name, QUIET))?;
        let mut asks = AsksView::of(counts, store::coming(conn, call.id)?, held_back);
        if organisations::covers(conn, &coordinated, call.hospital)? {
            let all = store::asked_for(conn, &[call.id])?.into_iter();
            asks = asks.with_waves(&all.map(|(_, ask)| sent(ask)).collect::<Vec<_>>());
        }
        if query.0.explain {
            asks = asks.explained(actions::left_out(conn, &call, (now, &manner))?);
        }
        Ok::<_, Problem>(asks)
    });
    Ok(Json(shown.await?))
}

/// An ask as rules see it.
pub(super) fn sent((wave, asked, state): SentAsk) -> AskOfWave {
    let ((wave, sent_at, chance), (ring, answer, answered_at)) = (wave, asked);
    AskOfWave {
        wave,
        sent_at,
        chance,
        asked: Asked {
            ring,
            answer,
            answered_at,
            has_given: state == Some(RegistrationState::Collected),
        },
    }
}

/// Receive somebody who said yes, and record what came of it: one tap is enough. Counts as emergency in all totals.
///
/// For who works at the hospital, or at the facility where its donors give. Who could not give is replaced: the call
/// asks again while there is time.
#[utoipa::path(request_body = ArrivalRequest, tag = "calls", params(("id" = CallId, Path)), responses((status = 201, body = CallView), Problems))]
#[post("/calls/{id}/arrivals")]
pub(super) async fn record_arrival(
    app: Data<App>,
    caller: CallKeeper,
    id: Path<CallId>,
    once: Once,
    body: Body<ArrivalRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let came = came(&app, &body.value)?;
    let (deed, bodies) = (Deed::of(&app, caller.person()), bodies(&caller));
    let nation = find_rules(&app.settings.eligibility.rule_set).map_err(Problem::internal)?;
    answer_once(&app, caller.person(), once, move |conn| {
        let call = actions::seen(conn, id.0, &bodies)?;
        let call = actions::receive(conn, &deed, (call, body.value.ask), (&came, nation))?;
        created(view(conn, call)?)
    })
    .await
}

fn came(app: &App, request: &ArrivalRequest) -> Result<Came, Problem> {
    match &request.outcome {
        Some(outcome) => Ok(Came::Concluded(outcome.outcome(app)?)),
        None => Ok(Came::Arrived),
    }
}
