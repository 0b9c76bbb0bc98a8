//! What the desk of a drive does.
use super::RegistrationView;
use super::queries::DeskQuery;
use crate::drives::model::SessionId;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::fold::fold;
use crate::platform::http::{
    Body, DriveStaff, Once, Page, Paged, Path, Problems, Query, answer_once, done,
};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::problem::Problem;
use crate::registrations::actions::{self, Deed, Powers};
use crate::registrations::model::{HoldId, RegistrationId, RegistrationState};
use crate::registrations::rules::{self, Refusal};
use crate::registrations::store::{self, DeskFilter, DeskRow};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A registration as the desk sees it: never why somebody may not give.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeskView {
    /// Which.
    id: RegistrationId,
    /// Whose.
    person: PersonId,
    /// Their full name.
    name: String,
    /// Their blood group, where known.
    blood_group: Option<String>,
    /// How far it has come.
    state: RegistrationState,
    /// Of which session.
    session: SessionId,
    /// When their slot begins; null for who came without booking.
    slot_starts_at: Option<Moment>,
    /// Local day of the session.
    held_on: NaiveDate,
    /// The body they count for.
    mobilised_by: OrganisationId,
    /// Its name.
    mobilised_by_name: String,
    /// The hold whose place it uses.
    hold: Option<HoldId>,
    /// Came without booking.
    is_walk_in: bool,
    /// When they came.
    checked_in_at: Option<Moment>,
}

impl From<DeskRow> for DeskView {
    fn from(row: DeskRow) -> Self {
        let registration = row.registration;
        Self {
            id: registration.id,
            person: registration.person,
            name: row.name,
            blood_group: row.blood_group,
            state: registration.state,
            session: registration.session,
            slot_starts_at: row.slot_starts_at,
            held_on: registration.held_on,
            mobilised_by: registration.mobilised_by,
            mobilised_by_name: row.body_name,
            hold: registration.hold,
            is_walk_in: registration.is_walk_in,
            checked_in_at: registration.checked_in_at,
        }
    }
}

/// List the registrations of a drive one works on.
#[utoipa::path(tag = "registrations", params(("id" = DriveId, Path), DeskQuery), responses((status = 200, body = Paged<DeskView>), Problems))]
#[get("/drives/{id}/registrations")]
pub(crate) async fn list_registrations(
    app: Data<App>,
    caller: DriveStaff,
    path: Path<DriveId>,
    query: Query<DeskQuery>,
) -> Result<Json<Paged<DeskView>>, Problem> {
    let query = query.0;
    let page = Page::<RegistrationId>::of(query.limit, query.after.as_deref())?;
    let (powers, drive) = (Powers::from(&*caller), path.0);
    let wanted = DeskFilter {
        state: query.state,
        session: query.session,
        name: query.q.map(|q| fold(&q)),
        after: page.after,
        reach: page.reach(),
    };
    let rows = app.db.read(move |conn| {
        powers.staffed(conn, drive)?;
        Ok::<_, Problem>(store::list_of_drive(conn, drive, &wanted)?)
    });
    let cut = page.cut(rows.await?, |row| row.registration.id);
    Ok(Json(cut.map(DeskView::from)))
}

/// Receive somebody who booked.
#[utoipa::path(tag = "registrations", params(("id" = RegistrationId, Path)), responses((status = 200, body = RegistrationView), Problems))]
#[post("/registrations/{id}/check-in")]
pub(crate) async fn check_in(
    app: Data<App>,
    caller: DriveStaff,
    path: Path<RegistrationId>,
    once: Once,
) -> Result<HttpResponse, Problem> {
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    answer_once(&app, caller.person(), once, move |conn| {
        let visit = powers.visit_as(conn, path.0, &powers.staff)?;
        let after = actions::check_in(conn, &deed, &visit)?;
        done(RegistrationView::from(after.registration))
    })
    .await
}

/// A ticket somebody shows.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TicketScanned {
    /// At which drive's desk.
    drive: DriveId,
    /// The text of the QR code.
    #[schema(max_length = 200)]
    code: String,
}

/// Receive who shows a ticket.
#[utoipa::path(tag = "registrations", request_body = TicketScanned, responses((status = 200, body = RegistrationView), Problems))]
#[post("/check-ins")]
pub(crate) async fn check_in_by_ticket(
    app: Data<App>,
    caller: DriveStaff,
    once: Once,
    body: Body<TicketScanned>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    let (id, proof) = rules::read_ticket(&body.value.code)?;
    let message = rules::ticket_message(id);
    if !app.keys.verify(rules::TICKET_DOMAIN, &message, proof) {
        return Err(Refusal::ForgedTicket.into());
    }
    let shown = (body.value.drive, id);
    answer_once(&app, caller.person(), once, move |conn| {
        let after = actions::check_in_by_ticket(conn, &deed, &powers, shown)?;
        done(RegistrationView::from(after.registration))
    })
    .await
}
