//! Who looked at one's entry.
use super::queries::PageQuery;
use crate::accounts::model::Act;
use crate::accounts::store::accesses::{self, Access};
use crate::people;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{DonorCaller, Page, Paged, Problems, Query};
use crate::platform::id::{AnyId, PersonId};
use crate::platform::problem::Problem;
use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;
use utoipa::ToSchema;

/// One look at the caller's entry.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AccessView {
    id: AnyId,
    at: Moment,
    act: Act,
    /// Who looked.
    by: String,
    /// Why, in their words.
    reason: Option<String>,
}

/// Show who looked at one's entry, newest first.
#[utoipa::path(tag = "accounts", params(PageQuery), responses((status = 200, body = Paged<AccessView>), Problems))]
#[get("/me/accesses")]
pub(super) async fn list_accesses(
    app: Data<App>,
    caller: DonorCaller,
    query: Query<PageQuery>,
) -> Result<Json<Paged<AccessView>>, Problem> {
    let page = Page::<(Moment, AnyId)>::of(query.0.limit, query.0.after.as_deref())?;
    let (person, asked) = (caller.person(), page.clone());
    let read = app.db.read(move |conn| {
        let rows = accesses::list(conn, person, &asked)?;
        let actors: Vec<PersonId> = rows.iter().map(|access| access.actor).collect();
        let names = people::names(conn, &actors)?;
        Ok::<_, Problem>((rows, names))
    });
    let (rows, names) = read.await?;
    let view = |access: Access| AccessView {
        id: access.id,
        at: access.at,
        act: access.act,
        by: names.get(&access.actor).cloned().unwrap_or_default(),
        reason: access.reason,
    };
    Ok(Json(
        page.cut(rows, |access| (access.at, access.id)).map(view),
    ))
}
