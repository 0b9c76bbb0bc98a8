//! Holding a session elsewhere or at other hours.
use crate::drives::model::{MovedSession, SessionChangeRequest, SessionId};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Body, Coordinator, Path, Problems, Role};
use crate::platform::problem::Problem;
use crate::registrations::actions::{self, Deed};
use actix_web::patch;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// Where and when a session is held now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MovedSessionView {
    /// Which.
    id: SessionId,
    /// Name of the place.
    place: String,
    /// Its street address.
    address: String,
    /// Its local day.
    held_on: NaiveDate,
    /// When it begins.
    starts_at: Moment,
    /// When it ends.
    ends_at: Moment,
    /// How many people have a place there and are told what is new.
    told: usize,
}

impl From<(MovedSession, usize)> for MovedSessionView {
    fn from((moved, told): (MovedSession, usize)) -> Self {
        let held = moved.after;
        Self {
            id: moved.id,
            place: held.place,
            address: held.address,
            held_on: held.held_on,
            starts_at: held.starts_at,
            ends_at: held.ends_at,
            told,
        }
    }
}

/// Hold a session elsewhere or at other hours. Its slots move along, and who has a place is told once what is new.
#[utoipa::path(tag = "drives", request_body = SessionChangeRequest, params(("id" = SessionId, Path)),
    responses((status = 200, body = MovedSessionView), Problems))]
#[patch("/sessions/{id}")]
pub(crate) async fn change_session(
    app: Data<App>,
    caller: Coordinator,
    path: Path<SessionId>,
    body: Body<SessionChangeRequest>,
) -> Result<Json<MovedSessionView>, Problem> {
    let change = body.value.read()?;
    let (deed, bodies) = (
        Deed::of(&app, caller.person()),
        caller.bodies(Role::Coordinator),
    );
    let moved = app
        .db
        .write(move |conn| actions::change_session(conn, &deed, &bodies, (path.0, &change)));
    Ok(Json(moved.await?.into()))
}
