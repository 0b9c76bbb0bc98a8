//! Leaving.
use crate::donors::actions;
use crate::platform::App;
use crate::platform::http::Routes;
use crate::platform::http::{DonorCaller, Problems};
use crate::platform::problem::Problem;
use actix_web::web::Data;
use actix_web::{HttpResponse, delete};

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config.service(leave);
}

/// Erase me. What was counted stays counted, without a name; every sign-in ends.
#[utoipa::path(tag = "donors", responses((status = 204, description = "Gone."), Problems))]
#[delete("/me")]
async fn leave(app: Data<App>, caller: DonorCaller) -> Result<HttpResponse, Problem> {
    let (person, now) = (caller.person(), app.now());
    app.db
        .write(move |conn| actions::leave(conn, person, now))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
