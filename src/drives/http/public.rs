//! What a public board shows of a drive: its state in numbers, nobody's name, cheap to ask again and again.
use super::views::{BodyView, SessionView, collector, places_left};
use crate::drives::actions::{self, Live};
use crate::drives::model::{DriveKind, DriveState};
use crate::drives::store::Detail;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Anyone, Path, Problems, tagged};
use crate::platform::id::DriveId;
use crate::platform::problem::Problem;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

/// A drive in numbers.
#[derive(Debug, Serialize, ToSchema)]
struct PublicDriveView {
    id: DriveId,
    name: String,
    kind: DriveKind,
    state: DriveState,
    organiser: BodyView,
    collected_by: Option<BodyView>,
    time_zone: String,
    sessions: Vec<SessionView>,
    places_left: i64,
    target_units: Option<i32>,
    /// Places booked and walk-ins.
    registered: i64,
    /// People received.
    attended: i64,
    /// Units collected.
    collected: i64,
}

impl PublicDriveView {
    fn of(live: Live, now: Moment) -> Self {
        let Detail {
            drive,
            organiser_name,
            collector_name,
            sessions,
            ..
        } = live.detail;
        Self {
            id: drive.id,
            name: drive.name,
            kind: drive.kind,
            state: drive.state,
            organiser: BodyView {
                id: drive.organiser,
                name: organiser_name,
            },
            collected_by: collector(drive.collected_by, collector_name),
            time_zone: drive.time_zone,
            places_left: places_left(&sessions, now),
            sessions: sessions.into_iter().map(Into::into).collect(),
            target_units: drive.target_units,
            registered: live.sums.registered,
            attended: live.sums.attended,
            collected: live.sums.collected,
        }
    }
}

/// Show the live state of a drive; answers may be kept for 15 seconds.
#[utoipa::path(tag = "drives", security(()), params(("id" = uuid::Uuid, Path)), responses((status = 200, body = PublicDriveView), (status = 304, description = "As before."), Problems))]
#[get("/public/drives/{id}")]
pub(super) async fn show_public_drive(
    app: Data<App>,
    _anyone: Anyone,
    id: Path<DriveId>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let now = app.now();
    let live = app
        .db
        .read(move |conn| actions::live(conn, id.0, now))
        .await?;
    tagged(
        &request,
        &PublicDriveView::of(live, now),
        "public, max-age=15",
    )
}
