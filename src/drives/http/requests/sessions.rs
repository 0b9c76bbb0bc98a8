//! What is sent to add sessions and slots.
use crate::drives::rules::{self, Hours, MOST_SESSIONS, MOST_SLOTS, NewSession, NewSlot};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::id::OrganisationId;
use crate::platform::language::{Phrase, keys};
use crate::platform::text::{Coordinates, Invalid, Line, Noted};
use serde::Deserialize;
use utoipa::ToSchema;

/// One place on one day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drives::http) struct SessionRequest {
    #[schema(max_length = 200)]
    place: String,
    #[schema(max_length = 300)]
    address: String,
    commune: Option<OrganisationId>,
    #[schema(minimum = -90, maximum = 90)]
    latitude: Option<f64>,
    #[schema(minimum = -180, maximum = 180)]
    longitude: Option<f64>,
    starts_at: Moment,
    ends_at: Moment,
    #[serde(default)]
    #[schema(max_items = 200)]
    slots: Vec<SlotRequest>,
}

/// Part of a session.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drives::http) struct SlotRequest {
    starts_at: Moment,
    #[schema(minimum = 1, maximum = 10000)]
    capacity: i32,
}

/// Slots to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drives::http) struct SlotsRequest {
    #[schema(min_items = 1, max_items = 200)]
    slots: Vec<SlotRequest>,
}

/// A slot's new size.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drives::http) struct SlotChange {
    #[schema(minimum = 1, maximum = 10000)]
    capacity: i32,
}

impl SessionRequest {
    /// The session, or everything that is wrong with it.
    pub(in crate::drives::http) fn read(self, app: &App) -> Result<NewSession, Invalid> {
        let mut invalid = Invalid::default();
        let place = invalid.take("place", line(&self.place, 200));
        let address = invalid.take("address", line(&self.address, 300));
        let at = point(&mut invalid, self.latitude, self.longitude);
        let hours = Hours::read(&mut invalid, (self.starts_at, self.ends_at), app.now());
        let slots = read_slots(&mut invalid, &self.slots, app);
        if let (Ok(hours), Ok(slots)) = (hours, &slots) {
            hours.check(&mut invalid, slots);
        }
        invalid.build(|| {
            Ok(NewSession {
                id: app.id(),
                place: place?,
                address: address?,
                commune: self.commune,
                at: at?,
                hours: hours?,
                slots: slots?,
            })
        })
    }
}

impl SlotsRequest {
    /// The slots; that they fit the session is seen when it is known.
    pub(in crate::drives::http) fn read(self, app: &App) -> Result<Vec<NewSlot>, Invalid> {
        let mut invalid = Invalid::default();
        if self.slots.is_empty() {
            invalid.refuse("slots", keys::FIELD_REQUIRED);
        }
        let slots = read_slots(&mut invalid, &self.slots, app);
        invalid.build(|| slots)
    }
}

impl SlotChange {
    /// The new capacity.
    pub(in crate::drives::http) fn read(&self) -> Result<i32, Invalid> {
        rules::capacity(self.capacity).map_err(|phrase| Invalid::one("capacity", phrase))
    }
}

fn read_slots(
    invalid: &mut Invalid,
    slots: &[SlotRequest],
    app: &App,
) -> Result<Vec<NewSlot>, Noted> {
    if slots.len() > MOST_SLOTS {
        return Err(invalid.refuse("slots", too_many(MOST_SLOTS)));
    }
    let read: Vec<_> = slots
        .iter()
        .enumerate()
        .map(|(at, slot)| {
            let capacity = rules::capacity(slot.capacity);
            Ok(NewSlot {
                id: app.id(),
                starts_at: slot.starts_at,
                capacity: invalid.take(format!("slots.{at}.capacity"), capacity)?,
            })
        })
        .collect();
    read.into_iter().collect()
}

/// The sessions of a new drive, or everything that is wrong with them.
pub(super) fn read_sessions(
    invalid: &mut Invalid,
    sessions: Vec<SessionRequest>,
    app: &App,
) -> Result<Vec<NewSession>, Noted> {
    if sessions.is_empty() {
        return Err(invalid.refuse("sessions", keys::DRIVE_NEEDS_SESSION));
    }
    if sessions.len() > MOST_SESSIONS {
        return Err(invalid.refuse("sessions", too_many(MOST_SESSIONS)));
    }
    let read: Vec<_> = sessions
        .into_iter()
        .enumerate()
        .map(|(at, session)| invalid.take_part(format!("sessions.{at}"), session.read(app)))
        .collect();
    read.into_iter().collect()
}

pub(super) fn too_many(max: usize) -> Phrase {
    Phrase::new(keys::DRIVE_TOO_MANY).with("max", max)
}

/// A line as plain text.
pub(in crate::drives::http) fn line(raw: &str, most: usize) -> Result<String, Phrase> {
    Line::parse(raw, most).map(String::from)
}

/// Both coordinates or neither.
pub(in crate::drives::http) fn point(
    invalid: &mut Invalid,
    latitude: Option<f64>,
    longitude: Option<f64>,
) -> Result<Option<Coordinates>, Noted> {
    match (latitude, longitude) {
        (None, None) => Ok(None),
        (Some(latitude), Some(longitude)) => {
            let is_north_wrong = Coordinates::parse(latitude, 0.0).is_err();
            let field = if is_north_wrong {
                "latitude"
            } else {
                "longitude"
            };
            invalid
                .take(field, Coordinates::parse(latitude, longitude))
                .map(Some)
        }
        (Some(_), None) => Err(invalid.refuse("longitude", keys::DRIVE_BOTH_COORDINATES)),
        (None, Some(_)) => Err(invalid.refuse("latitude", keys::DRIVE_BOTH_COORDINATES)),
    }
}
