//! What donors and club leads do with places.
use super::RegistrationView;
use crate::drives::model::SlotId;
use crate::platform::App;
use crate::platform::gates::Gate;
use crate::platform::http::{
    Body, DonorCaller, Once, Path, Problems, accepted, answer_once, created, done,
};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::problem::Problem;
use crate::registrations::actions::{self, Booking, Deed, Powers, Way};
use crate::registrations::model::{Registration, RegistrationId, RegistrationState};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, patch, post};
use serde::Deserialize;
use utoipa::ToSchema;

/// A place somebody wants.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BookingRequest {
    /// In which slot of the drive.
    slot: SlotId,
    /// For whom: a member of a club one leads, or anyone at a drive one works on; left out, for oneself.
    person: Option<PersonId>,
    /// The body they count for; left out, their club or the organiser.
    mobilised_by: Option<OrganisationId>,
}

/// Book a place, or a turn on the waitlist when the slot is full.
#[utoipa::path(tag = "registrations", request_body = BookingRequest, params(("id" = DriveId, Path)),
    responses((status = 201, body = RegistrationView), (status = 202, body = RegistrationView), Problems))]
#[post("/drives/{id}/registrations")]
pub(crate) async fn book_place(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<DriveId>,
    once: Once,
    body: Body<BookingRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let me = caller.person();
    app.gates.pass(Gate::Booking, &me.to_string())?;
    let (deed, powers) = (Deed::of(&app, me), Powers::from(&*caller));
    let booking = body.value.booking(app.id(), path.0, me);
    answer_once(&app, me, once, move |conn| {
        let registration = actions::book_for(conn, &deed, &powers, &booking)?;
        match registration.state {
            RegistrationState::Waitlisted => accepted(RegistrationView::from(registration)),
            _ => created(RegistrationView::from(registration)),
        }
    })
    .await
}

impl BookingRequest {
    fn booking(&self, id: RegistrationId, drive: DriveId, me: PersonId) -> Booking {
        Booking {
            id,
            drive,
            slot: self.slot,
            person: self.person.unwrap_or(me),
            mobilised_by: self.mobilised_by,
            way: Way::Open,
        }
    }
}

/// Take an offered place.
#[utoipa::path(tag = "registrations", params(("id" = RegistrationId, Path)), responses((status = 200, body = RegistrationView), Problems))]
#[post("/registrations/{id}/acceptance")]
pub(crate) async fn accept_offer(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<RegistrationId>,
    once: Once,
) -> Result<HttpResponse, Problem> {
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    answer_once(&app, caller.person(), once, move |conn| {
        let visit = powers.visit(conn, path.0)?;
        let after = actions::accept(conn, &deed, &visit)?;
        done(RegistrationView::from(after.registration))
    })
    .await
}

/// What to change: another slot, another body, or both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegistrationChange {
    /// Another slot of the same drive.
    slot: Option<SlotId>,
    /// Another body to count for.
    mobilised_by: Option<OrganisationId>,
}

/// Move a registration to another slot, or count it for another body.
#[utoipa::path(tag = "registrations", request_body = RegistrationChange, params(("id" = RegistrationId, Path)),
    responses((status = 200, body = RegistrationView), Problems))]
#[patch("/registrations/{id}")]
pub(crate) async fn change_registration(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<RegistrationId>,
    body: Body<RegistrationChange>,
) -> Result<Json<RegistrationView>, Problem> {
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    let wanted = body.value;
    let changed = app.db.write(move |conn| {
        let mut visit = powers.visit(conn, path.0)?;
        if let Some(slot) = wanted.slot {
            visit = actions::move_to(conn, &deed, &visit, slot)?;
        }
        if let Some(mobilised_by) = wanted.mobilised_by {
            visit = actions::change_body_before_gift(conn, &deed, &visit, mobilised_by)?;
        }
        Ok::<Registration, Problem>(visit.registration)
    });
    Ok(Json(changed.await?.into()))
}

/// Give a registration up; the place goes to who waits.
#[utoipa::path(tag = "registrations", params(("id" = RegistrationId, Path)), responses((status = 204), Problems))]
#[delete("/registrations/{id}")]
pub(crate) async fn cancel_registration(
    app: Data<App>,
    caller: DonorCaller,
    path: Path<RegistrationId>,
) -> Result<HttpResponse, Problem> {
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    app.db
        .write(move |conn| {
            let visit = powers.visit(conn, path.0)?;
            actions::cancel(conn, &deed, &visit)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
