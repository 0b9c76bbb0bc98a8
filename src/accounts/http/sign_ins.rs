//! The devices on which one is signed in, and signing out.
use super::client::set_cookie;
use crate::accounts::store::sign_ins::{self, SignIn};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{DonorCaller, Path, Problems};
use crate::platform::id::SignInId;
use crate::platform::problem::{Kind, Problem};
use actix_web::http::header::SET_COOKIE;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get};
use serde::Serialize;
use utoipa::ToSchema;

/// One device on which the caller is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SignInView {
    id: SignInId,
    /// What the device calls itself.
    device: String,
    created_at: Moment,
    /// When it last exchanged its refresh token.
    used_at: Moment,
    /// When it ends whatever happens.
    ends_at: Moment,
    /// Whether this request came from it.
    is_current: bool,
}

/// The devices on which the caller is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SignInList {
    /// Newest first.
    items: Vec<SignInView>,
    /// Always null: a person has few devices, and at most 200 are shown.
    next: Option<String>,
}

/// List the devices on which one is signed in.
#[utoipa::path(tag = "accounts", responses((status = 200, body = SignInList), Problems))]
#[get("/sign-ins")]
pub(super) async fn list_sign_ins(
    app: Data<App>,
    caller: DonorCaller,
) -> Result<Json<SignInList>, Problem> {
    let (person, current, now) = (caller.person(), caller.sign_in(), app.now());
    let rows = app
        .db
        .read(move |conn| sign_ins::list(conn, person, now))
        .await?;
    let view = |row: SignIn| SignInView {
        id: row.id,
        device: row.label,
        created_at: row.created_at,
        used_at: row.used_at,
        ends_at: row.ends_at,
        is_current: row.id == current,
    };
    Ok(Json(SignInList {
        items: rows.into_iter().map(view).collect(),
        next: None,
    }))
}

/// Sign out on this device (`current`) or on another; its tokens stop at once.
#[utoipa::path(tag = "accounts", params(("id" = String, Path, description = "`current`, or the id of a sign-in")), responses((status = 204), Problems))]
#[delete("/sign-ins/{id}")]
pub(super) async fn sign_out(
    app: Data<App>,
    caller: DonorCaller,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let (person, now) = (caller.person(), app.now());
    let id = match id.0.as_str() {
        "current" => caller.sign_in(),
        other => other
            .parse()
            .map_err(|_no_id| Problem::from(&Kind::NOT_FOUND))?,
    };
    let ended = app
        .db
        .write(move |conn| sign_ins::end(conn, person, id, now))
        .await?;
    if !ended {
        return Err((&Kind::NOT_FOUND).into());
    }
    Ok(HttpResponse::NoContent()
        .insert_header((SET_COOKIE, set_cookie(None, 0)))
        .finish())
}
