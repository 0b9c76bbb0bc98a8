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

/// Erase me. Places and promises go to others, every sign-in ends; what was counted stays counted, without a name.
#[utoipa::path(tag = "donors", responses((status = 204, description = "Gone."), Problems))]
#[delete("/me")]
async fn leave(app: Data<App>, caller: DonorCaller) -> Result<HttpResponse, Problem> {
    let (person, now) = (caller.person(), app.now());
    let give_back = (app.hooks.person_left)(&app, person);
    let write = app.db.write(move |conn| {
        actions::leave(conn, person, now)?;
        give_back(conn)
    });
    write.await?;
    Ok(HttpResponse::NoContent().finish())
}
