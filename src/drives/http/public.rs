//! What a public board shows of a drive: its state in numbers, nobody's name, cheap to ask again and again.
use super::views::{BodyView, SessionView, collector, places_left};
use crate::drives::actions::{self, Live};
use crate::drives::model::{DriveKind, DriveState};
use crate::drives::store::Detail;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Anyone, Path, Problems};
use crate::platform::id::DriveId;
use crate::platform::problem::Problem;
use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use sha2::{Digest, Sha256};
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
    let view = PublicDriveView::of(live, now);
    let body = serde_json::to_vec(&view).map_err(Problem::internal)?;
    Ok(tagged(&request, body))
}

/// The body with its tag, or only the tag when the caller has it already.
fn tagged(request: &HttpRequest, body: Vec<u8>) -> HttpResponse {
    let tag = tag(&body);
    let known = request
        .headers()
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| known.contains(&tag));
    let mut response = if is_known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response.insert_header((ETAG, tag));
    response.insert_header((CACHE_CONTROL, "public, max-age=15"));
    if is_known {
        response.finish()
    } else {
        response.content_type("application/json").body(body)
    }
}

fn tag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let hex: Vec<String> = digest
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("\"{}\"", hex.concat())
}
