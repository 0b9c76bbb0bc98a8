//! One's own registrations and tickets.
use super::queries::OwnQuery;
use crate::drives::model::SlotId;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{DonorCaller, Page, Paged, Path, Problems, Query};
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::problem::Problem;
use crate::registrations::actions::Powers;
use crate::registrations::model::{RegistrationId, RegistrationState};
use crate::registrations::rules::{self, Refusal};
use crate::registrations::store::{self, OwnRow};
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use fast_qr::convert::{Builder, svg::SvgBuilder};
use fast_qr::qr::QRBuilder;
use serde::Serialize;
use utoipa::ToSchema;

/// What to show at the desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TicketView {
    /// The text in the QR code: the registration and our proof, nothing about the person.
    code: String,
    /// The QR code as an image.
    svg: String,
}

/// Show the ticket of a booked place.
#[utoipa::path(tag = "registrations", params(("id" = RegistrationId, Path)), responses((status = 200, body = TicketView), Problems))]
#[get("/registrations/{id}/ticket")]
pub(crate) async fn show_ticket(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<RegistrationId>,
) -> Result<Json<TicketView>, Problem> {
    let powers = Powers::from(&*caller);
    let found = app
        .db
        .read(move |conn| powers.visit(conn, path.0).map(|visit| visit.registration));
    let registration = found.await?;
    let is_expected = matches!(
        registration.state,
        RegistrationState::Booked | RegistrationState::CheckedIn
    );
    if !is_expected {
        return Err(Refusal::WrongState(registration.state).into());
    }
    let proof = app.keys.mac(
        rules::TICKET_DOMAIN,
        &rules::ticket_message(registration.id),
    );
    TicketView::of(rules::ticket_code(registration.id, &proof)).map(Json)
}

impl TicketView {
    fn of(code: String) -> Result<Self, Problem> {
        let qr = QRBuilder::new(code.as_str()).build();
        let qr = qr.map_err(|error| Problem::internal(format!("{error:?}")))?;
        let svg = SvgBuilder::default().margin(2).to_str(&qr);
        Ok(Self { code, svg })
    }
}

/// One's registration, with where and when.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnRegistrationView {
    /// Which.
    id: RegistrationId,
    /// Of which drive.
    drive: DriveId,
    /// Its name.
    drive_name: String,
    /// How far it has come.
    state: RegistrationState,
    /// Local day of the session.
    held_on: NaiveDate,
    /// When the slot begins; null for who came without booking.
    starts_at: Option<Moment>,
    /// When the session ends.
    ends_at: Moment,
    /// Name of the place.
    place: String,
    /// Its street address.
    address: String,
    /// IANA name of the zone of day and hours.
    time_zone: String,
    /// The body one counts for.
    mobilised_by: OrganisationId,
    /// In which slot.
    slot: Option<SlotId>,
    /// While offered: until when the place waits.
    offered_until: Option<Moment>,
}

impl From<OwnRow> for OwnRegistrationView {
    fn from(row: OwnRow) -> Self {
        let registration = row.registration;
        Self {
            id: registration.id,
            drive: registration.drive,
            drive_name: row.drive_name,
            state: registration.state,
            held_on: registration.held_on,
            starts_at: row.slot_starts_at,
            ends_at: row.session_ends_at,
            place: row.place,
            address: row.address,
            time_zone: row.time_zone,
            mobilised_by: registration.mobilised_by,
            slot: registration.slot,
            offered_until: registration.offered_until,
        }
    }
}

/// List one's own registrations, the latest day first.
#[utoipa::path(tag = "registrations", params(OwnQuery), responses((status = 200, body = Paged<OwnRegistrationView>), Problems))]
#[get("/me/registrations")]
pub(crate) async fn list_my_registrations(
    app: Data<App>,
    caller: DonorCaller,
    query: Query<OwnQuery>,
) -> Result<Json<Paged<OwnRegistrationView>>, Problem> {
    let page = Page::<(NaiveDate, RegistrationId)>::of(query.0.limit, query.0.after.as_deref())?;
    let (me, after, reach) = (caller.person(), page.after, page.reach());
    let rows = app
        .db
        .read(move |conn| store::list_of_person(conn, me, after, reach))
        .await?;
    let key = |row: &OwnRow| (row.registration.held_on, row.registration.id);
    Ok(Json(page.cut(rows, key).map(OwnRegistrationView::from)))
}
