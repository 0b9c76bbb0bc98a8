//! Finding, adding, changing and ending bodies.
use super::super::actions::{self, guard};
use super::super::rules;
use super::super::store::{self, Organisation, Wanted};
use super::views::{
    OrganisationChange, OrganisationPage, OrganisationRequest, OrganisationView,
    OrganisationsQuery, SuccessionRequest,
};
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::fold::fold;
use crate::platform::http::{
    Anyone, Body, Coordinator, Once, Page, Paged, Path, Problems, Query, Role, answer_once, created,
};
use crate::platform::id::OrganisationId;
use crate::platform::problem::Problem;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, patch, post};

fn page(conn: &mut Conn, body: Organisation) -> Result<OrganisationPage, Problem> {
    let above = store::ancestors(conn, body.id)?;
    let successions = store::came_from(conn, body.id)?;
    Ok(OrganisationPage::of(body, above, successions))
}

/// Find bodies by kind, place in the tree, name and day.
#[utoipa::path(tag = "organisations", security(()), params(OrganisationsQuery), responses((status = 200, body = Paged<OrganisationView>), Problems))]
#[get("/organisations")]
pub(super) async fn list_organisations(
    app: Data<App>,
    _: Anyone,
    query: Query<OrganisationsQuery>,
) -> Result<Json<Paged<OrganisationView>>, Problem> {
    let query = query.0;
    let page = Page::of(query.limit, query.after.as_deref())?;
    let wanted = Wanted {
        kind: query.kind,
        within: query.within,
        name: query.q.as_deref().map(|name| rules::spellings(&fold(name))),
        on: query.on,
    };
    let found = app.db.read(move |conn| {
        let rows = store::list(conn, &wanted, &page)?;
        Ok::<_, Problem>(page.cut(rows, |(name, body)| (name.clone(), body.id)))
    });
    Ok(Json(found.await?.map(|(_, body)| body.into())))
}

/// Add a body below one that the caller coordinates.
#[utoipa::path(tag = "organisations", request_body = OrganisationRequest, responses((status = 201, body = OrganisationPage), Problems))]
#[post("/organisations")]
pub(super) async fn create_organisation(
    app: Data<App>,
    caller: Coordinator,
    once: Once,
    body: Body<OrganisationRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let kind = body.value.kind;
    let new = rules::new_organisation(app.id(), kind, body.value.said())?;
    let (bodies, now) = (caller.bodies(Role::Coordinator), app.now());
    answer_once(&app, caller.person(), once, move |conn| {
        let body = actions::create(conn, new, &bodies, now)?;
        created(page(conn, body)?)
    })
    .await
}

/// Show a body, those above it, and what came before and after it.
#[utoipa::path(tag = "organisations", security(()), params(("id" = uuid::Uuid, Path)), responses((status = 200, body = OrganisationPage), Problems))]
#[get("/organisations/{id}")]
pub(super) async fn show_organisation(
    app: Data<App>,
    _: Anyone,
    path: Path<OrganisationId>,
) -> Result<Json<OrganisationPage>, Problem> {
    let found = app.db.read(move |conn| {
        let body = store::find(conn, path.0)?;
        page(conn, body)
    });
    Ok(Json(found.await?))
}

/// Change a body; under another parent, all below it come along.
#[utoipa::path(tag = "organisations", request_body = OrganisationChange, params(("id" = uuid::Uuid, Path)), responses((status = 200, body = OrganisationPage), Problems))]
#[patch("/organisations/{id}")]
pub(super) async fn change_organisation(
    app: Data<App>,
    caller: Coordinator,
    path: Path<OrganisationId>,
    body: Body<OrganisationChange>,
) -> Result<Json<OrganisationPage>, Problem> {
    let change = body.value.said().checked()?;
    let bodies = caller.bodies(Role::Coordinator);
    let changed = app.db.write(move |conn| {
        let body = actions::change(conn, path.0, change, &bodies)?;
        page(conn, body)
    });
    Ok(Json(changed.await?))
}

/// End a body and say what it became.
#[utoipa::path(tag = "organisations", request_body = SuccessionRequest, params(("id" = uuid::Uuid, Path)), responses((status = 201, body = OrganisationPage), Problems))]
#[post("/organisations/{id}/successions")]
pub(super) async fn end_organisation(
    app: Data<App>,
    caller: Coordinator,
    path: Path<OrganisationId>,
    once: Once,
    body: Body<SuccessionRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let said = body.value;
    let ending = rules::ending(said.kind, said.on, &said.heirs(), app.today())?;
    let bodies = caller.bodies(Role::Coordinator);
    let shared = app.clone();
    answer_once(&app, caller.person(), once, move |conn| {
        guard(conn, &bodies, path.0)?;
        for heir in &ending.into {
            guard(conn, &bodies, heir.organisation)?;
        }
        let body = actions::end(conn, path.0, &ending, (&mut || shared.id(), shared.now()))?;
        created(page(conn, body)?)
    })
    .await
}
