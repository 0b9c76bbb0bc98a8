//! Before staff telephone somebody: a code to read out, by which the donor knows them.
use super::{scope, within};
use crate::accounts::{self, SpokenCode};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::Routes;
use crate::platform::http::{DonorCaller, Path, Problems, Role};
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use serde::Serialize;
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config.service(speak_code);
}

/// What to read out.
#[derive(Debug, Serialize, ToSchema)]
struct SpeakView {
    /// Six digits; the donor sees the same in the app, with the caller's name.
    code: String,
    /// Worthless after.
    expires_at: Moment,
}

/// Make a code to read out to somebody on the telephone. It is written down, and an earlier one of mine ends.
///
/// Takes no idempotency key: asked again, it makes another code.
#[utoipa::path(tag = "donors", params(("id" = PersonId, Path)), responses((status = 201, body = SpeakView), Problems))]
#[post("/people/{id}/spoken-codes")]
async fn speak_code(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<PersonId>,
) -> Result<HttpResponse, Problem> {
    let scope = scope(&caller, &[Role::ClubLead, Role::DriveStaff])?;
    let spoken = SpokenCode::new(&app, caller.person(), path.0);
    let view = SpeakView {
        code: spoken.code.clone(),
        expires_at: spoken.expires_at,
    };
    app.db
        .write(move |conn| {
            within(conn, &scope, path.0)?;
            accounts::keep_spoken_code(conn, &spoken)
        })
        .await?;
    Ok(HttpResponse::Created().json(view))
}
