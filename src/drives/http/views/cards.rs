//! How drives look in a list.
use super::BodyView;
use crate::drives::model::{DriveKind, DriveState, ProgrammeId, SessionId};
use crate::drives::store::{Card, SessionRow};
use crate::platform::clock::Moment;
use crate::platform::id::DriveId;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A drive in a list, with its first or nearest session of the period.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::drives::http) struct CardView {
    id: DriveId,
    name: String,
    kind: DriveKind,
    state: DriveState,
    organiser: BodyView,
    main_programme: Option<ProgrammeId>,
    time_zone: String,
    session: CardSession,
    /// Places that can still be taken in the period.
    places_left: i64,
    /// As the crow flies, when `near` was asked.
    distance_m: Option<i64>,
}

/// Where and when to go.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::drives::http) struct CardSession {
    id: SessionId,
    place: String,
    address: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    held_on: NaiveDate,
    starts_at: Moment,
    ends_at: Moment,
}

impl CardView {
    /// The card, with the distance if one was asked for.
    pub(in crate::drives::http) fn of(card: Card, distance_m: Option<i64>) -> Self {
        let drive = card.drive;
        Self {
            id: drive.id,
            name: drive.name,
            kind: drive.kind,
            state: drive.state,
            organiser: BodyView {
                id: drive.organiser,
                name: card.organiser_name,
            },
            main_programme: drive.main_programme,
            time_zone: drive.time_zone,
            session: card.session.into(),
            places_left: card.places_left,
            distance_m,
        }
    }
}

impl From<SessionRow> for CardSession {
    fn from(row: SessionRow) -> Self {
        Self {
            id: row.id,
            place: row.place,
            address: row.address,
            latitude: row.latitude,
            longitude: row.longitude,
            held_on: row.held_on,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        }
    }
}
