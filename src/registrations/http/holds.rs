//! Places kept for a body.
use super::RegistrationView;
use crate::drives::model::SlotId;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Body, ClubLead, Once, Paged, Path, Problems, answer_once, created};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::registrations::actions::{self, Deed, HoldRequested, Powers};
use crate::registrations::model::{HoldId, Registration, RegistrationId};
use crate::registrations::store::{self, Hold};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most places one hold may keep.
const MOST: i32 = 500;

/// Places to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoldRequest {
    /// In which slot.
    slot: SlotId,
    /// For whose people.
    organisation: OrganisationId,
    /// How many.
    #[schema(minimum = 1, maximum = 500)]
    places: i32,
    /// Until when; at the latest when the slot begins.
    release_at: Moment,
}

/// Places kept for a body.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HoldView {
    /// Which.
    id: HoldId,
    /// At which drive.
    drive: DriveId,
    /// In which slot.
    slot: SlotId,
    /// For whose people.
    organisation: OrganisationId,
    /// How many.
    places: i32,
    /// For how many of them somebody is named.
    named: i32,
    /// Until when.
    release_at: Moment,
    /// Since when it is over.
    released_at: Option<Moment>,
}

impl From<Hold> for HoldView {
    fn from(hold: Hold) -> Self {
        Self {
            id: hold.id,
            drive: hold.drive,
            slot: hold.slot,
            organisation: hold.organisation,
            places: hold.places,
            named: hold.named,
            release_at: hold.release_at,
            released_at: hold.released_at,
        }
    }
}

/// Keep places for a body; who gets them is named later.
#[utoipa::path(tag = "registrations", request_body = HoldRequest, params(("id" = DriveId, Path)),
    responses((status = 201, body = HoldView), Problems))]
#[post("/drives/{id}/holds")]
pub(crate) async fn keep_places(
    app: Data<App>,
    caller: ClubLead,
    path: Path<DriveId>,
    once: Once,
    body: Body<HoldRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let asked = body.value.asked(app.id(), path.0)?;
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    answer_once(&app, caller.person(), once, move |conn| {
        created(HoldView::from(actions::keep_places(
            conn, &deed, &powers, &asked,
        )?))
    })
    .await
}

impl HoldRequest {
    fn asked(&self, id: HoldId, drive: DriveId) -> Result<HoldRequested, Problem> {
        if !(1..=MOST).contains(&self.places) {
            return Err(Problem::field("places", range()));
        }
        Ok(HoldRequested {
            id,
            drive,
            slot: self.slot,
            organisation: self.organisation,
            places: self.places,
            release_at: self.release_at,
        })
    }
}

fn range() -> Phrase {
    Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", 1)
        .with("max", MOST)
}

/// List the holds of a drive, as far as they are one's own.
#[utoipa::path(tag = "registrations", params(("id" = DriveId, Path)), responses((status = 200, body = Paged<HoldView>), Problems))]
#[get("/drives/{id}/holds")]
pub(crate) async fn list_holds(
    app: Data<App>,
    caller: ClubLead,
    path: Path<DriveId>,
) -> Result<Json<Paged<HoldView>>, Problem> {
    let powers = Powers::from(&*caller);
    let holds = app.db.read(move |conn| {
        let mut own = Vec::new();
        for hold in store::list_holds(conn, path.0)? {
            if actions::owned_hold(conn, &powers, hold.id).is_ok() {
                own.push(HoldView::from(hold));
            }
        }
        Ok::<_, Problem>(own)
    });
    Ok(Json(Paged {
        items: holds.await?,
        next: None,
    }))
}

/// Whose the places are: the whole list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NamesRequest {
    /// Members of the body; who is no longer on the list gives the place back.
    #[schema(max_items = 500)]
    people: Vec<PersonId>,
}

/// A hold and who is named for its places.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedView {
    /// The hold.
    hold: HoldView,
    /// The registrations that use its places.
    registrations: Vec<RegistrationView>,
}

impl From<(Hold, Vec<Registration>)> for NamedView {
    fn from((hold, registrations): (Hold, Vec<Registration>)) -> Self {
        Self {
            hold: hold.into(),
            registrations: registrations.into_iter().map(Into::into).collect(),
        }
    }
}

/// Say whose the places of a hold are.
#[utoipa::path(tag = "registrations", request_body = NamesRequest, params(("id" = HoldId, Path)),
    responses((status = 200, body = NamedView), Problems))]
#[put("/holds/{id}/names")]
pub(crate) async fn name_people(
    app: Data<App>,
    caller: ClubLead,
    path: Path<HoldId>,
    body: Body<NamesRequest>,
) -> Result<Json<NamedView>, Problem> {
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    let people = body.value.people;
    let people: Vec<(RegistrationId, PersonId)> = people
        .into_iter()
        .map(|person| (app.id(), person))
        .collect();
    let named = app
        .db
        .write(move |conn| actions::name_people(conn, &deed, (&powers, path.0), &people));
    Ok(Json(named.await?.into()))
}

/// Show whose the places of a hold are.
#[utoipa::path(tag = "registrations", params(("id" = HoldId, Path)), responses((status = 200, body = NamedView), Problems))]
#[get("/holds/{id}/names")]
pub(crate) async fn show_names(
    app: Data<App>,
    caller: ClubLead,
    path: Path<HoldId>,
) -> Result<Json<NamedView>, Problem> {
    let powers = Powers::from(&*caller);
    let named = app.db.read(move |conn| {
        let hold = actions::owned_hold(conn, &powers, path.0)?;
        let registrations = store::of_hold(conn, hold.id)?;
        Ok::<_, Problem>((hold, registrations))
    });
    Ok(Json(named.await?.into()))
}

/// End a hold; places nobody was named for go to who waits.
#[utoipa::path(tag = "registrations", params(("id" = HoldId, Path)), responses((status = 204), Problems))]
#[delete("/holds/{id}")]
pub(crate) async fn release_hold(
    app: Data<App>,
    caller: ClubLead,
    path: Path<HoldId>,
) -> Result<HttpResponse, Problem> {
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    app.db
        .write(move |conn| {
            let hold = actions::owned_hold(conn, &powers, path.0)?;
            actions::release(conn, &deed, hold.id)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
