//! Links by which day helpers and others take up a role.
use super::roles::{GrantView, ahead};
use crate::accounts::actions::roles::{self, Giver};
use crate::accounts::model::{Invitation, InvitationTerms, Place};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{
    Body, Coordinator, DonorCaller, Once, Problems, Role, answer_once, created,
};
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::Invalid;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use chrono::{Days, NaiveTime, TimeZone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A role for whoever opens the link: on one drive, or on a body.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InvitationRequest {
    role: Role,
    /// The drive it holds for; instead of a body.
    drive: Option<DriveId>,
    /// The body it holds on; instead of a drive.
    organisation: Option<OrganisationId>,
    /// When the role ends by itself; for a drive midnight after today unless said otherwise.
    until: Option<Moment>,
    /// How many people may take it up.
    #[schema(minimum = 1, maximum = 200)]
    places: Option<i32>,
}

/// A link that gives a role; shown once.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct InvitationView {
    /// What the link and the QR hold.
    secret: String,
    /// To show as a QR.
    link: String,
    role: Role,
    until: Option<Moment>,
    places: i32,
    /// Worthless after.
    expires_at: Moment,
}

/// Make a link by which day helpers, or others, take up a role.
///
/// Takes no idempotency key: the secret is kept nowhere, so it could not be answered again.
#[utoipa::path(tag = "accounts", request_body = InvitationRequest, responses((status = 201, body = InvitationView), Problems))]
#[post("/invitations")]
pub(super) async fn invite(
    app: Data<App>,
    caller: Coordinator,
    body: Body<InvitationRequest>,
) -> Result<HttpResponse, Problem> {
    let terms = terms(&app, &body.value)?;
    let invitation = Invitation::new(&app, terms, caller.person());
    let view = InvitationView {
        secret: invitation.secret.clone(),
        link: invitation.link(&app),
        role: invitation.role,
        until: invitation.until,
        places: invitation.places,
        expires_at: invitation.expires_at,
    };
    let giver = Giver::from(&*caller);
    app.db
        .write(move |conn| roles::invite(conn, &giver, &invitation))
        .await?;
    Ok(HttpResponse::Created().json(view))
}

fn terms(app: &App, asked: &InvitationRequest) -> Result<InvitationTerms, Invalid> {
    let mut invalid = Invalid::default();
    let place = match (asked.drive, asked.organisation) {
        (Some(drive), None) => Ok(Place::Drive(drive)),
        (None, Some(body)) => Ok(Place::Organisation(body)),
        (None, None) => Err(Phrase::new(keys::FIELD_REQUIRED)),
        (Some(_), Some(_)) => Err(Phrase::new(keys::FIELD_DOES_NOT_FIT)),
    };
    let place = invalid.take("drive", place);
    let places = asked.places.unwrap_or(1);
    let range = Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", 1)
        .with("max", 200);
    let places = invalid.take(
        "places",
        (1..=200).contains(&places).then_some(places).ok_or(range),
    );
    let until = invalid.take_whole(ahead(asked.until, app.now()));
    let tonight = asked.drive.and_then(|_| tonight(app));
    invalid.build(|| {
        Ok(InvitationTerms {
            role: asked.role,
            place: place?,
            until: until?.or(tonight),
            places: places?,
        })
    })
}

/// Midnight after today in the site's zone.
fn tonight(app: &App) -> Option<Moment> {
    let tomorrow = (app.today() + Days::new(1)).and_time(NaiveTime::MIN);
    let midnight = app
        .settings
        .site
        .time_zone
        .from_local_datetime(&tomorrow)
        .earliest()?;
    Some(midnight.to_utc().into())
}

/// What an invitation's link held.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JoinRequest {
    /// The part of the link behind #.
    #[schema(max_length = 100)]
    secret: String,
}

/// Take up an invitation; the role holds from the next request on.
#[utoipa::path(tag = "accounts", request_body = JoinRequest, responses((status = 201, body = GrantView), Problems))]
#[post("/invitations/acceptances")]
pub(super) async fn join(
    app: Data<App>,
    caller: DonorCaller,
    once: Once,
    body: Body<JoinRequest>,
) -> Result<HttpResponse, Problem> {
    let (person, now) = (caller.person(), app.now());
    let (once, hash) = (
        once.over(&body),
        app.keys.lookup("invitation", &body.value.secret),
    );
    let new = (app.id(), person);
    answer_once(&app, person, once, move |conn| {
        created(GrantView::from(roles::join(conn, &hash, new, now)?))
    })
    .await
}
