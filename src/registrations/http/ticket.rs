//! A booked place as an entry for the calendar of a phone.
use crate::platform::App;
use crate::platform::http::{DonorCaller, Path, Problems};
use crate::platform::problem::Problem;
use crate::registrations::actions::Powers;
use crate::registrations::calendar;
use crate::registrations::model::RegistrationId;
use crate::registrations::store;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};

/// Save a place in a calendar. The entry keeps its id, so that opening it again after a change moves it.
#[utoipa::path(tag = "registrations", params(("id" = RegistrationId, Path)),
    responses((status = 200, content_type = "text/calendar", body = String), Problems))]
#[get("/registrations/{id}/ticket.ics")]
pub(crate) async fn show_ticket_event(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<RegistrationId>,
) -> Result<HttpResponse, Problem> {
    let powers = Powers::from(&*caller);
    let read = app.db.read(move |conn| {
        powers.visit(conn, path.0)?;
        Ok::<_, Problem>(store::find_own_row(conn, path.0)?)
    });
    let row = read.await?;
    let link = app.link(&format!("/d/{}", row.registration.drive));
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"hien-mau.ics\""))
        .content_type("text/calendar; charset=utf-8")
        .body(calendar::event(&row, &link, app.now())))
}
