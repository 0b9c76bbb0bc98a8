//! Making, changing and reading a drive.
use super::reach;
use super::requests::{DriveChange, DriveRequest};
use super::views::DriveView;
use crate::drives::actions;
use crate::platform::App;
use crate::platform::http::{
    Anyone, Body, Coordinator, Once, Path, Problems, Role, answer_once, created,
};
use crate::platform::id::DriveId;
use crate::platform::problem::Problem;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, patch, post};

/// Plan a drive; it stays a draft until it is opened.
#[utoipa::path(tag = "drives", request_body = DriveRequest, responses((status = 201, body = DriveView), Problems))]
#[post("/drives")]
pub(super) async fn create_drive(
    app: Data<App>,
    caller: Coordinator,
    once: Once,
    body: Body<DriveRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let new = body.value.read(&app)?;
    let bodies = caller.bodies(Role::Coordinator);
    answer_once(&app, caller.person(), once, move |conn| {
        let whole = actions::create(conn, &new, &bodies)?;
        created(DriveView::of(whole, new.now))
    })
    .await
}

/// Show a drive with its sessions.
#[utoipa::path(tag = "drives", security(()), params(("id" = uuid::Uuid, Path)), responses((status = 200, body = DriveView), Problems))]
#[get("/drives/{id}")]
pub(super) async fn show_drive(
    app: Data<App>,
    anyone: Anyone,
    id: Path<DriveId>,
) -> Result<Json<DriveView>, Problem> {
    let (reach, now) = (reach(&anyone), app.now());
    let whole = app
        .db
        .read(move |conn| actions::show(conn, id.0, &reach, now))
        .await?;
    Ok(Json(DriveView::of(whole, now)))
}

/// Change a drive; what is counted moves with its organiser and main programme.
#[utoipa::path(tag = "drives", request_body = DriveChange, params(("id" = uuid::Uuid, Path)), responses((status = 200, body = DriveView), Problems))]
#[patch("/drives/{id}")]
pub(super) async fn change_drive(
    app: Data<App>,
    caller: Coordinator,
    id: Path<DriveId>,
    body: Body<DriveChange>,
) -> Result<Json<DriveView>, Problem> {
    let change = body.value.read()?;
    let (bodies, now) = (caller.bodies(Role::Coordinator), app.now());
    let whole = app
        .db
        .write(move |conn| actions::change(conn, id.0, &change, &bodies, now))
        .await?;
    Ok(Json(DriveView::of(whole, now)))
}
