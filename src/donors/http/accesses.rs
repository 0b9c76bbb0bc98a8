//! Who looked at somebody's entry, for whoever watches over it.
use super::queries::PageQuery;
use super::{scope, within};
use crate::accounts::{self, Access, Act};
use crate::people;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::Routes;
use crate::platform::http::{Auditor, Page, Paged, Path, Problems, Query, Role};
use crate::platform::id::{AnyId, PersonId};
use crate::platform::problem::Problem;
use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config.service(list_accesses_of);
}

/// One look at a person's entry.
#[derive(Debug, Serialize, ToSchema)]
struct AccessOfView {
    id: AnyId,
    at: Moment,
    act: Act,
    /// Who looked.
    actor: PersonId,
    /// Their name.
    by: String,
    /// Why, in their words.
    reason: Option<String>,
}

/// Show who looked at a person's entry, the newest first.
#[utoipa::path(tag = "donors", params(("id" = PersonId, Path), PageQuery), responses((status = 200, body = Paged<AccessOfView>), Problems))]
#[get("/people/{id}/accesses")]
async fn list_accesses_of(
    app: Data<App>,
    caller: Auditor,
    path: Path<PersonId>,
    query: Query<PageQuery>,
) -> Result<Json<Paged<AccessOfView>>, Problem> {
    let page = Page::<(Moment, AnyId)>::of(query.0.limit, query.0.after.as_deref())?;
    let (scope, asked) = (scope(&caller, &[Role::Auditor])?, page.clone());
    let read = app.db.read(move |conn| {
        within(conn, &scope, path.0)?;
        let rows = accounts::accesses::list(conn, path.0, &asked)?;
        let actors: Vec<PersonId> = rows.iter().map(|access| access.actor).collect();
        let names = people::names(conn, &actors)?;
        Ok::<_, Problem>((rows, names))
    });
    let (rows, names) = read.await?;
    let view = |access: Access| AccessOfView {
        id: access.id,
        at: access.at,
        act: access.act,
        by: names.get(&access.actor).cloned().unwrap_or_default(),
        actor: access.actor,
        reason: access.reason,
    };
    let page = page.cut(rows, |access| (access.at, access.id));
    Ok(Json(page.map(view)))
}
