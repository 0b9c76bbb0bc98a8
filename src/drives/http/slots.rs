//! Sessions and slots of a drive.
use super::queries::SlotQuery;
use super::reach;
use super::requests::{SessionRequest, SlotChange, SlotsRequest};
use super::views::{NewSessionView, SlotView, SlotsView};
use crate::drives::actions;
use crate::drives::model::{DriveKind, SessionId, SlotId};
use crate::drives::store::slots::{self, SlotPage, SlotRow};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{
    Anyone, Body, Coordinator, Once, Page, Paged, Path, Problems, Query, Role, answer_once, created,
};
use crate::platform::id::{AnyId, DriveId};
use crate::platform::problem::Problem;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, patch, post};

/// List the slots of a drive, earliest first.
#[utoipa::path(tag = "drives", security(()), params(("id" = uuid::Uuid, Path), SlotQuery), responses((status = 200, body = Paged<SlotView>), Problems))]
#[get("/drives/{id}/slots")]
pub(super) async fn list_slots(
    app: Data<App>,
    anyone: Anyone,
    id: Path<DriveId>,
    query: Query<SlotQuery>,
) -> Result<Json<Paged<SlotView>>, Problem> {
    let query = query.0;
    let page = Page::<(Moment, SlotId)>::of(query.limit, query.after.as_deref())?;
    let asked = query.asked(id.0, &page)?;
    let (reach, now) = (reach(&anyone), app.now());
    let rows = app.db.read(move |conn| {
        let drive = actions::glance(conn, asked.drive, &reach)?;
        let from_now = (drive.kind == DriveKind::Fixed).then_some(now);
        let from = asked.from.or(from_now);
        slots::page(conn, &SlotPage { from, ..asked }).map_err(Problem::from)
    });
    let key = |row: &SlotRow| (row.starts_at, row.id);
    Ok(Json(page.cut(rows.await?, key).map(SlotView::from)))
}

/// Add a session with its slots to a drive.
#[utoipa::path(tag = "drives", request_body = SessionRequest, params(("id" = uuid::Uuid, Path)), responses((status = 201, body = NewSessionView), Problems))]
#[post("/drives/{id}/sessions")]
pub(super) async fn add_session(
    app: Data<App>,
    caller: Coordinator,
    id: Path<DriveId>,
    once: Once,
    body: Body<SessionRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let new = body.value.read(&app)?;
    let (bodies, now) = (caller.bodies(Role::Coordinator), app.now());
    answer_once(&app, caller.person(), once, move |conn| {
        let (session, held_on) = actions::add_session(conn, id.0, new, &bodies, now)?;
        created(NewSessionView::of(session, held_on))
    })
    .await
}

/// Add slots to a session.
#[utoipa::path(tag = "drives", request_body = SlotsRequest, params(("id" = uuid::Uuid, Path)), responses((status = 201, body = SlotsView), Problems))]
#[post("/sessions/{id}/slots")]
pub(super) async fn add_slots(
    app: Data<App>,
    caller: Coordinator,
    id: Path<SessionId>,
    once: Once,
    body: Body<SlotsRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let new = body.value.read(&app)?;
    let bodies = caller.bodies(Role::Coordinator);
    answer_once(&app, caller.person(), once, move |conn| {
        actions::add_slots(conn, id.0, &new, &bodies)?;
        let items = new.iter().map(|slot| SlotView::of(id.0, slot)).collect();
        created(SlotsView { items })
    })
    .await
}

/// Give a slot more or fewer places. Who waits for it is offered what is added.
#[utoipa::path(tag = "drives", request_body = SlotChange, params(("id" = uuid::Uuid, Path)), responses((status = 200, body = SlotView), Problems))]
#[patch("/slots/{id}")]
pub(super) async fn change_slot(
    app: Data<App>,
    caller: Coordinator,
    id: Path<SlotId>,
    body: Body<SlotChange>,
) -> Result<Json<SlotView>, Problem> {
    let capacity = body.value.read()?;
    let bodies = caller.bodies(Role::Coordinator);
    let offer = (app.hooks.places_added)(&app, AnyId(id.0.0));
    let write = app.db.write(move |conn| {
        actions::set_capacity(conn, id.0, capacity, &bodies)?;
        offer(conn)?;
        slots::find(conn, id.0).map_err(Problem::from)
    });
    Ok(Json(write.await?.into()))
}
