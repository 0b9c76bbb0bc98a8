//! How one drive looks to a client.
use super::SessionView;
use crate::drives::actions::Whole;
use crate::drives::http::opening::OpeningForm;
use crate::drives::http::programmes::ProgrammeView;
use crate::drives::model::{DriveKind, DriveState};
use crate::drives::rules::Opening;
use crate::drives::store::{Detail, SessionDetail};
use crate::platform::clock::Moment;
use crate::platform::db::Json;
use crate::platform::id::{DriveId, OrganisationId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A body by name.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::drives::http) struct BodyView {
    pub(in crate::drives::http) id: OrganisationId,
    pub(in crate::drives::http) name: String,
}

/// A drive with its sessions; those of a fixed site from now on.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::drives::http) struct DriveView {
    pub(in crate::drives::http) id: DriveId,
    pub(in crate::drives::http) name: String,
    pub(in crate::drives::http) kind: DriveKind,
    pub(in crate::drives::http) state: DriveState,
    pub(in crate::drives::http) organiser: BodyView,
    pub(in crate::drives::http) collected_by: Option<BodyView>,
    /// The first is the one it counts under.
    pub(in crate::drives::http) programmes: Vec<ProgrammeView>,
    pub(in crate::drives::http) target_units: Option<i32>,
    /// IANA name of the zone of its days and hours.
    pub(in crate::drives::http) time_zone: String,
    pub(in crate::drives::http) starts_on: NaiveDate,
    pub(in crate::drives::http) ends_on: NaiveDate,
    /// Places left in sessions that are not over.
    pub(in crate::drives::http) places_left: i64,
    pub(in crate::drives::http) sessions: Vec<SessionView>,
    pub(in crate::drives::http) opening: Option<OpeningForm>,
    pub(in crate::drives::http) changed_at: Moment,
}

impl DriveView {
    /// The drive as it is at `now`.
    pub(in crate::drives::http) fn of(whole: Whole, now: Moment) -> Self {
        let Detail {
            drive,
            opening: kept,
            organiser_name,
            collector_name,
            sessions,
        } = whole.detail;
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
            programmes: whole.programmes.into_iter().map(Into::into).collect(),
            target_units: drive.target_units,
            time_zone: drive.time_zone,
            starts_on: drive.starts_on,
            ends_on: drive.ends_on,
            places_left: places_left(&sessions, now),
            sessions: sessions.into_iter().map(Into::into).collect(),
            opening: kept.and_then(opening),
            changed_at: drive.changed_at,
        }
    }
}

pub(in crate::drives::http) fn collector(
    id: Option<OrganisationId>,
    name: Option<String>,
) -> Option<BodyView> {
    id.zip(name).map(|(id, name)| BodyView { id, name })
}

fn opening(kept: Json) -> Option<OpeningForm> {
    Opening::deserialize(kept.0).ok().map(OpeningForm::from)
}

/// Places left in sessions that are not over.
pub(in crate::drives::http) fn places_left(sessions: &[SessionDetail], now: Moment) -> i64 {
    let coming = sessions.iter().filter(|session| session.row.ends_at > now);
    coming.map(|session| session.capacity - session.taken).sum()
}
