//! Roles: who holds which, giving and taking them.
use super::queries::PageQuery;
use crate::accounts::actions::roles::{self, Giver, Named};
use crate::accounts::model::Place;
use crate::accounts::store::grants::{GrantId, NewGrant};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{
    Body, Coordinator, Once, Page, Paged, Path, Problems, Query, Role, answer_once, created,
};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::Invalid;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A role that somebody holds.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GrantView {
    id: GrantId,
    person: PersonId,
    /// The holder's name.
    name: String,
    role: Role,
    /// The body under which it holds.
    organisation: Option<OrganisationId>,
    /// The drive for which it holds.
    drive: Option<DriveId>,
    /// When it ends by itself.
    until: Option<Moment>,
    granted_by: Option<PersonId>,
    created_at: Moment,
}

impl From<Named> for GrantView {
    fn from((grant, name): Named) -> Self {
        Self {
            id: grant.id,
            person: grant.person,
            name,
            role: grant.role,
            organisation: grant.organisation,
            drive: grant.drive,
            until: grant.until,
            granted_by: grant.granted_by,
            created_at: grant.created_at,
        }
    }
}

/// List who holds a role on this body.
#[utoipa::path(tag = "accounts", params(("id" = OrganisationId, Path), PageQuery), responses((status = 200, body = Paged<GrantView>), Problems))]
#[get("/organisations/{id}/grants")]
pub(super) async fn list_grants(
    app: Data<App>,
    caller: Coordinator,
    id: Path<OrganisationId>,
    query: Query<PageQuery>,
) -> Result<Json<Paged<GrantView>>, Problem> {
    let page = Page::<GrantId>::of(query.0.limit, query.0.after.as_deref())?;
    let (giver, asked, now) = (Giver::from(&*caller), page.clone(), app.now());
    let rows = app
        .db
        .read(move |conn| roles::list(conn, &giver, id.0, (&asked, now)))
        .await?;
    Ok(Json(
        page.cut(rows, |(grant, _)| grant.id).map(GrantView::from),
    ))
}

/// A role for a person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantRequest {
    person: PersonId,
    role: Role,
    /// When it ends by itself.
    until: Option<Moment>,
}

/// Give a role on this body and everything below it; nobody gives a role above their own.
#[utoipa::path(tag = "accounts", params(("id" = OrganisationId, Path)), request_body = GrantRequest, responses((status = 201, body = GrantView), Problems))]
#[post("/organisations/{id}/grants")]
pub(super) async fn give_role(
    app: Data<App>,
    caller: Coordinator,
    id: Path<OrganisationId>,
    once: Once,
    body: Body<GrantRequest>,
) -> Result<HttpResponse, Problem> {
    let (once, asked, now) = (once.over(&body), body.value, app.now());
    let until = ahead(asked.until, now)?;
    let (giver, person) = (Giver::from(&*caller), caller.person());
    let new = NewGrant {
        id: app.id(),
        person: asked.person,
        role: asked.role,
        place: Place::Organisation(id.0),
        until,
        granted_by: Some(person),
        at: now,
    };
    answer_once(&app, person, once, move |conn| {
        created(GrantView::from(roles::give(conn, &giver, &new)?))
    })
    .await
}

/// A moment that has not come.
pub(super) fn ahead(until: Option<Moment>, now: Moment) -> Result<Option<Moment>, Invalid> {
    match until {
        Some(late) if late <= now => {
            Err(Invalid::one("until", Phrase::new(keys::FIELD_IN_THE_PAST)))
        }
        given => Ok(given),
    }
}

/// Take a role; it ends on the holder's next request.
#[utoipa::path(tag = "accounts", params(("id" = GrantId, Path)), responses((status = 204), Problems))]
#[delete("/grants/{id}")]
pub(super) async fn take_role(
    app: Data<App>,
    caller: Coordinator,
    id: Path<GrantId>,
) -> Result<HttpResponse, Problem> {
    let (giver, now) = (Giver::from(&*caller), app.now());
    app.db
        .write(move |conn| roles::take(conn, &giver, id.0, now))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
