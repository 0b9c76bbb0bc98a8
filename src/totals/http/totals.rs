//! Totals.
use super::super::actions;
use super::query::TotalsQuery;
use super::views::TotalsView;
use crate::platform::App;
use crate::platform::http::{Auditor, Problems, Query, Role};
use crate::platform::problem::Problem;
use actix_web::get;
use actix_web::web::{Data, Json};

/// Show totals of a body, a cluster or the nation: recorded, declared, official, against targets.
#[utoipa::path(tag = "totals", params(TotalsQuery), responses((status = 200, body = TotalsView), Problems))]
#[get("/totals")]
pub(super) async fn show_totals(
    app: Data<App>,
    caller: Auditor,
    query: Query<TotalsQuery>,
) -> Result<Json<TotalsView>, Problem> {
    let request = query.0.read()?;
    let (bodies, today, language) = (caller.bodies(Role::Auditor), app.today(), caller.language);
    let found = app
        .db
        .read(move |conn| actions::totals(conn, request, &bodies, today));
    Ok(Json(TotalsView::of(found.await?, language)))
}
