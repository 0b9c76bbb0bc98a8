//! How sessions and slots look to a client.
use crate::drives::model::{Place, SessionId, SlotId};
use crate::drives::rules::{NewSession, NewSlot};
use crate::drives::store::SessionDetail;
use crate::drives::store::slots::SlotRow;
use crate::platform::clock::Moment;
use crate::platform::id::OrganisationId;
use crate::platform::text::Coordinates;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// One place on one day.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::drives::http) struct SessionView {
    pub(in crate::drives::http) id: SessionId,
    pub(in crate::drives::http) place: String,
    pub(in crate::drives::http) address: String,
    pub(in crate::drives::http) commune: Option<OrganisationId>,
    pub(in crate::drives::http) latitude: Option<f64>,
    pub(in crate::drives::http) longitude: Option<f64>,
    /// Local date.
    pub(in crate::drives::http) held_on: NaiveDate,
    pub(in crate::drives::http) starts_at: Moment,
    pub(in crate::drives::http) ends_at: Moment,
    /// Places of all its slots.
    pub(in crate::drives::http) capacity: i64,
    pub(in crate::drives::http) places_left: i64,
}

/// Part of a session.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::drives::http) struct SlotView {
    pub(in crate::drives::http) id: SlotId,
    pub(in crate::drives::http) session: SessionId,
    pub(in crate::drives::http) starts_at: Moment,
    pub(in crate::drives::http) capacity: i32,
    pub(in crate::drives::http) places_left: i32,
}

/// A session with its slots, as it was made.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::drives::http) struct NewSessionView {
    #[serde(flatten)]
    session: SessionView,
    slots: Vec<SlotView>,
}

/// Slots that were made.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::drives::http) struct SlotsView {
    pub(in crate::drives::http) items: Vec<SlotView>,
}

impl From<SessionDetail> for SessionView {
    fn from(session: SessionDetail) -> Self {
        let row = session.row;
        Self {
            id: row.id,
            place: row.place,
            address: row.address,
            commune: row.commune,
            latitude: row.latitude,
            longitude: row.longitude,
            held_on: row.held_on,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            capacity: session.capacity,
            places_left: session.capacity - session.taken,
        }
    }
}

impl NewSessionView {
    /// A session as it was just made: every place is free.
    pub(in crate::drives::http) fn of(new: NewSession, held_on: NaiveDate) -> Self {
        let id = new.id;
        let capacity = new.slots.iter().map(|slot| i64::from(slot.capacity)).sum();
        let session = SessionView {
            id,
            place: new.place,
            address: new.address,
            commune: new.commune,
            latitude: new.at.map(Coordinates::latitude),
            longitude: new.at.map(Coordinates::longitude),
            held_on,
            starts_at: new.hours.starts_at,
            ends_at: new.hours.ends_at,
            capacity,
            places_left: capacity,
        };
        let slots = new.slots.iter().map(|slot| SlotView::of(id, slot));
        Self {
            session,
            slots: slots.collect(),
        }
    }
}

impl SlotView {
    /// A slot as it was just made.
    pub(in crate::drives::http) fn of(session: SessionId, new: &NewSlot) -> Self {
        Self {
            id: new.id,
            session,
            starts_at: new.starts_at,
            capacity: new.capacity,
            places_left: new.capacity,
        }
    }
}

impl From<SlotRow> for SlotView {
    fn from(slot: SlotRow) -> Self {
        Self {
            id: slot.id,
            session: slot.session,
            starts_at: slot.starts_at,
            capacity: slot.capacity,
            places_left: slot.capacity - slot.taken,
        }
    }
}

impl From<Place> for SlotView {
    fn from(place: Place) -> Self {
        Self {
            id: place.slot,
            session: place.session,
            starts_at: place.starts_at,
            capacity: place.capacity,
            places_left: place.capacity - place.taken,
        }
    }
}
