//! The rare path's telephone list: whom to call, how they are reached, what they said.
use super::bodies;
use super::steering::note;
use super::views::{
    RevealRequest, RevealView, RevealedView, TelephoneView, TickRequest, TickedView, VoiceRequest,
};
use crate::accounts::{self, Reveal, SpokenCode};
use crate::calls::actions::{self, Looker, Manner, Voice};
use crate::calls::letters::VOICE;
use crate::calls::model::{Call, CallId, CallState, Tick};
use crate::organisations;
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::http::{
    Body, CallKeeper, Caller, Once, Path, Problems, Role, answer_once, created,
};
use crate::platform::notices::Judge;
use crate::platform::problem::Problem;
use crate::platform::text::{Invalid, Line};
use crate::registrations::model::Deed;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};

/// As who the caller looks at this call.
fn looker(conn: &mut Conn, caller: &Caller, call: &Call) -> Result<Looker, Problem> {
    let coordinated = caller.bodies(Role::Coordinator);
    let is_above = organisations::covers(conn, &coordinated, call.hospital)?;
    Ok(if is_above {
        Looker::Coordinator
    } else {
        Looker::Hospital
    })
}

/// Show whom to telephone for a rare call: bodies whose duty answers, then donors, those who stand by first.
#[utoipa::path(tag = "calls", params(("id" = CallId, Path)), responses((status = 200, body = TelephoneView), Problems))]
#[get("/calls/{id}/telephone-list")]
pub(super) async fn show_telephone_list(
    app: Data<App>,
    caller: CallKeeper,
    id: Path<CallId>,
) -> Result<Json<TelephoneView>, Problem> {
    let (now, manner, voice) = (app.now(), Manner::of(&app), voice(&app));
    let shown = app.db.read(move |conn| {
        let call = actions::owned(conn, id.0, &bodies(&caller))?;
        let looker = looker(conn, &caller, &call)?;
        let list = actions::telephone_list(conn, &call, (now, &manner), looker)?;
        let on_duty = actions::on_duty(conn, &list)?;
        let voice = match call.state {
            CallState::Asking => voice,
            _ => Voice::Missing,
        };
        Ok::<_, Problem>(TelephoneView::of(list, on_duty, voice))
    });
    Ok(Json(shown.await?))
}

fn voice(app: &App) -> Voice {
    if app.settings.gateway.offers(VOICE.name) {
        Voice::Offered
    } else {
        Voice::Missing
    }
}

/// Let the gateway ring somebody up who has not answered: once for a call. Their number is shown to nobody.
///
/// What the sender would refuse is refused here: who stopped, who sleeps and did not allow calls at night. Whoever is on
/// the list and was not asked by message is asked by this.
#[utoipa::path(request_body = VoiceRequest, tag = "calls", params(("id" = CallId, Path)), responses((status = 201, body = TickedView), Problems))]
#[post("/calls/{id}/voice-calls")]
pub(super) async fn ring_up(
    app: Data<App>,
    caller: CallKeeper,
    id: Path<CallId>,
    once: Once,
    body: Body<VoiceRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let (deed, manner) = (Deed::of(&app, caller.person()), Manner::of(&app));
    let (voice, judge, bodies) = (voice(&app), Judge::of(&app), bodies(&caller));
    answer_once(&app, caller.person(), once, move |conn| {
        let call = actions::owned(conn, id.0, &bodies)?;
        let whom = (body.value.person, voice, &judge);
        let ask = actions::ring(conn, &deed, (&call, &manner), whom)?;
        created(TickedView::of(ask.person, ask.answer))
    })
    .await
}

/// Tick off somebody who was telephoned. What they said counts as their answer, at once or, while nobody has vouched for
/// the call, as soon as somebody does.
#[utoipa::path(request_body = TickRequest, tag = "calls", params(("id" = CallId, Path)), responses((status = 201, body = TickedView), Problems))]
#[post("/calls/{id}/ticks")]
pub(super) async fn tick_off(
    app: Data<App>,
    caller: CallKeeper,
    id: Path<CallId>,
    once: Once,
    body: Body<TickRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let (deed, manner) = (Deed::of(&app, caller.person()), Manner::of(&app));
    let (tick, bodies) = (new_tick(&deed, id.0, body.value)?, bodies(&caller));
    answer_once(&app, caller.person(), once, move |conn| {
        let call = actions::owned(conn, id.0, &bodies)?;
        let said = actions::tick(conn, &deed, (&call, &manner), &tick)?;
        created(TickedView::of(tick.person, said))
    })
    .await
}

fn new_tick(deed: &Deed, call: CallId, request: TickRequest) -> Result<Tick, Invalid> {
    let mut invalid = Invalid::default();
    let note = invalid.take_given("note", note(request.note));
    invalid.build(|| {
        Ok(Tick {
            id: deed.id(),
            call,
            person: request.person,
            outcome: request.outcome,
            note: note?,
            ticked_by: deed.by,
            ticked_at: deed.now,
        })
    })
}

/// Look up how somebody is reached, with a code to read out to them. It is written down, and they are told at once.
///
/// Coordinators may for whoever was asked or stands on a rare call's telephone list; the hospital for who accepted, and
/// on a rare call for who stands by. Takes no idempotency key: asked again, it is another look and another code.
#[utoipa::path(request_body = RevealRequest, tag = "calls", params(("id" = CallId, Path)), responses((status = 200, body = RevealView), Problems))]
#[post("/calls/{id}/contact-reveals")]
pub(super) async fn reveal_number(
    app: Data<App>,
    caller: CallKeeper,
    id: Path<CallId>,
    body: Body<RevealRequest>,
) -> Result<Json<RevealView>, Problem> {
    let (person, me) = (body.value.person, caller.person());
    let reveal = Reveal::new(&app, me, person, reason(&body.value.reason)?);
    let spoken = SpokenCode::new(&app, me, person);
    let (now, manner, keys) = (app.now(), Manner::of(&app), app.keys.clone());
    let revealed = app.db.write(move |conn| {
        let call = actions::owned(conn, id.0, &bodies(&caller))?;
        let looker = looker(conn, &caller, &call)?;
        actions::may_reveal(conn, &call, (person, looker), (now, &manner))?;
        let cards = accounts::reveal(conn, &keys, &reveal)?;
        accounts::keep_spoken_code(conn, &spoken)?;
        Ok::<_, Problem>(RevealView {
            items: cards.into_iter().map(RevealedView::from).collect(),
            code: spoken.code.clone(),
            expires_at: spoken.expires_at,
        })
    });
    Ok(Json(revealed.await?))
}

fn reason(raw: &str) -> Result<String, Invalid> {
    let mut invalid = Invalid::default();
    let reason = invalid.take("reason", Line::parse(raw, 200));
    invalid.build(|| Ok(reason?.into()))
}
