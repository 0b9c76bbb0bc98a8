//! Reading and declaring targets and figures.
use super::super::super::actions::guard;
use super::super::actions::{self, Pen};
use super::super::rules::{NewFigure, Subject};
use super::views::{FigureRequest, FigureView, Numbers, TargetRequest, TargetView};
use crate::organisations::store::declared::clusters::{self, ClusterId};
use crate::organisations::store::declared::{figures, targets};
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::http::{Auditor, Body, Caller, Coordinator, Path, Problems, Role};
use crate::platform::id::OrganisationId;
use crate::platform::problem::Problem;
use actix_web::web::{Data, Json};
use actix_web::{get, put};

/// The body that answers for a subject: itself, or the one that compares.
fn owner(conn: &mut Conn, subject: Subject) -> Result<OrganisationId, Problem> {
    Ok(match subject {
        Subject::Organisation(id) => id,
        Subject::Cluster(id) => clusters::find(conn, id)?.organisation,
    })
}

/// List the targets of a body.
#[utoipa::path(tag = "figures", params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Numbers<TargetView>), Problems))]
#[get("/organisations/{id}/targets")]
pub(super) async fn list_targets(
    app: Data<App>,
    caller: Auditor,
    path: Path<OrganisationId>,
) -> Result<Json<Numbers<TargetView>>, Problem> {
    let bodies = caller.bodies(Role::Auditor);
    let rows = app.db.read(move |conn| {
        guard(conn, &bodies, path.0)?;
        Ok::<_, Problem>(targets::list(conn, path.0)?)
    });
    let items = rows.await?.into_iter().map(Into::into).collect();
    Ok(Json(Numbers { items }))
}

/// Set a target, in place of the one for the same indicator, period and kind.
#[utoipa::path(tag = "figures", request_body = TargetRequest, params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Numbers<TargetView>), Problems))]
#[put("/organisations/{id}/targets")]
pub(super) async fn put_target(
    app: Data<App>,
    caller: Coordinator,
    path: Path<OrganisationId>,
    body: Body<TargetRequest>,
) -> Result<Json<Numbers<TargetView>>, Problem> {
    let new = body.value.read()?;
    let (bodies, pen) = (caller.bodies(Role::Coordinator), pen(&app, &caller));
    let rows = app.db.write(move |conn| {
        guard(conn, &bodies, path.0)?;
        actions::put_target(conn, path.0, &new, pen)?;
        Ok::<_, Problem>(targets::list(conn, path.0)?)
    });
    let items = rows.await?.into_iter().map(Into::into).collect();
    Ok(Json(Numbers { items }))
}

/// List what a body declared.
#[utoipa::path(tag = "figures", params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Numbers<FigureView>), Problems))]
#[get("/organisations/{id}/figures")]
pub(super) async fn list_figures(
    app: Data<App>,
    caller: Auditor,
    path: Path<OrganisationId>,
) -> Result<Json<Numbers<FigureView>>, Problem> {
    list(&app, &caller, Subject::Organisation(path.0)).await
}

/// Declare a number of a body, in place of the one for the same indicator and period.
#[utoipa::path(tag = "figures", request_body = FigureRequest, params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Numbers<FigureView>), Problems))]
#[put("/organisations/{id}/figures")]
pub(super) async fn put_figure(
    app: Data<App>,
    caller: Coordinator,
    path: Path<OrganisationId>,
    body: Body<FigureRequest>,
) -> Result<Json<Numbers<FigureView>>, Problem> {
    let new = body.value.read()?;
    declare(&app, &caller, Subject::Organisation(path.0), new).await
}

/// List what a cluster declared.
#[utoipa::path(tag = "figures", params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Numbers<FigureView>), Problems))]
#[get("/clusters/{id}/figures")]
pub(super) async fn list_cluster_figures(
    app: Data<App>,
    caller: Auditor,
    path: Path<ClusterId>,
) -> Result<Json<Numbers<FigureView>>, Problem> {
    list(&app, &caller, Subject::Cluster(path.0)).await
}

/// Declare a number of a cluster, in place of the one for the same indicator and period.
#[utoipa::path(tag = "figures", request_body = FigureRequest, params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Numbers<FigureView>), Problems))]
#[put("/clusters/{id}/figures")]
pub(super) async fn put_cluster_figure(
    app: Data<App>,
    caller: Coordinator,
    path: Path<ClusterId>,
    body: Body<FigureRequest>,
) -> Result<Json<Numbers<FigureView>>, Problem> {
    let new = body.value.read()?;
    declare(&app, &caller, Subject::Cluster(path.0), new).await
}

async fn list(
    app: &App,
    caller: &Caller,
    subject: Subject,
) -> Result<Json<Numbers<FigureView>>, Problem> {
    let (bodies, language) = (caller.bodies(Role::Auditor), caller.language);
    let rows = app.db.read(move |conn| {
        let owner = owner(conn, subject)?;
        guard(conn, &bodies, owner)?;
        Ok::<_, Problem>(figures::list(conn, subject)?)
    });
    let views = rows.await?.into_iter();
    let items = views.map(|row| FigureView::of(row, language)).collect();
    Ok(Json(Numbers { items }))
}

async fn declare(
    app: &App,
    caller: &Caller,
    subject: Subject,
    new: NewFigure,
) -> Result<Json<Numbers<FigureView>>, Problem> {
    let (bodies, admin) = (caller.bodies(Role::Coordinator), caller.bodies(Role::Admin));
    let (pen, language) = (pen(app, caller), caller.language);
    let rows = app.db.write(move |conn| {
        let owner = owner(conn, subject)?;
        guard(conn, &bodies, owner)?;
        let may_overrule = crate::organisations::covers(conn, &admin, owner)?;
        let pen = Pen {
            may_overrule,
            ..pen
        };
        actions::put_figure(conn, subject, &new, pen)?;
        Ok::<_, Problem>(figures::list(conn, subject)?)
    });
    let views = rows.await?.into_iter();
    let items = views.map(|row| FigureView::of(row, language)).collect();
    Ok(Json(Numbers { items }))
}

fn pen(app: &App, caller: &Caller) -> Pen {
    Pen {
        id: app.id(),
        now: app.now(),
        by: Some(caller.person()),
        may_overrule: false,
    }
}
