//! Handing somebody their own entry: a link or QR that signs them in once.
use super::{scope, within};
use crate::accounts::{self, Ticket};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::Routes;
use crate::platform::http::{ClubLead, Path, Problems, Role};
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use fast_qr::QRBuilder;
use fast_qr::convert::svg::SvgBuilder;
use serde::Serialize;
use utoipa::ToSchema;

/// The paths of this file.
pub(super) fn routes(config: &mut Routes<'_, '_>) {
    config.service(issue_claim);
}

/// Works once; shown once and kept nowhere.
#[derive(Debug, Serialize, ToSchema)]
struct ClaimView {
    /// To send to the person, or to open on their phone.
    link: String,
    /// The same as a square code to scan or print, an SVG.
    qr_svg: String,
    /// Worthless after.
    expires_at: Moment,
}

/// Make a link or QR by which a member takes over their entry. Earlier ones become worthless.
#[utoipa::path(tag = "donors", params(("id" = PersonId, Path)), responses((status = 201, body = ClaimView), Problems))]
#[post("/members/{id}/claims")]
async fn issue_claim(
    app: Data<App>,
    caller: ClubLead,
    path: Path<PersonId>,
) -> Result<HttpResponse, Problem> {
    let scope = scope(&caller, &[Role::ClubLead])?;
    let ticket = Ticket::new(&app, path.0, caller.person());
    let view = ClaimView {
        link: ticket.link(&app),
        qr_svg: qr(&ticket.link(&app))?,
        expires_at: ticket.expires_at,
    };
    let id = app.id();
    app.db
        .write(move |conn| {
            within(conn, &scope, path.0)?;
            accounts::issue_ticket(conn, id, &ticket)
        })
        .await?;
    Ok(HttpResponse::Created().json(view))
}

fn qr(text: &str) -> Result<String, Problem> {
    let code = QRBuilder::new(text).build().map_err(Problem::internal)?;
    Ok(SvgBuilder::default().to_str(&code))
}
