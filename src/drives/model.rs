//! The words other subjects use for a drive: its ids, kinds, states and facts.
pub use super::http::SessionChangeRequest;
pub use super::rules::{Held, MovedSession, SessionChange};
pub use super::store::Drive;
pub use super::store::slots::{FreeSlot, Place};
use crate::platform::clock::Moment;
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::text::Coordinates;
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::ids! {
    /// Names a programme's edition of one year.
    ProgrammeId,
    /// Names one place on one day.
    SessionId,
    /// Names part of a session with a capacity.
    SlotId,
}

macro_rules! named {
    ($($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident => $text:literal),+ $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$case_doc])* $case),+ }

        crate::text_column! { pub $name { $($case => $text),+ } }
    )+ };
}

named! {
    /// How far a drive has come. Staff move it, never a clock.
    DriveState {
        /// Being prepared; only its organiser sees it.
        Draft => "draft",
        /// Takes bookings.
        Open => "open",
        /// People are being received.
        Running => "running",
        /// Over; its numbers may still be corrected.
        Completed => "completed",
        /// Its numbers are fixed.
        Signed => "signed",
        /// Does not take place.
        Cancelled => "cancelled",
    }

    /// What brings a drive about.
    DriveKind {
        /// "Tập trung": arranged beforehand.
        Planned => "planned",
        /// "Đột xuất": for an urgent need.
        Emergency => "emergency",
        /// A fixed site with weekly opening hours.
        Fixed => "fixed",
    }

    /// How units are reported apart.
    UnitKind {
        /// From planned drives and fixed sites.
        Planned => "planned",
        /// Given for an urgent need.
        Emergency => "emergency",
    }
}

impl DriveKind {
    /// As what the units of such a drive count, unless a unit says otherwise.
    pub fn units(self) -> UnitKind {
        match self {
            Self::Emergency => UnitKind::Emergency,
            Self::Planned | Self::Fixed => UnitKind::Planned,
        }
    }
}

/// The part of the tree, and the single drives, on which a caller acts in one role.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// Bodies under which the role holds: `caller.bodies(role)`.
    pub bodies: Vec<OrganisationId>,
    /// Drives for which it holds: `caller.drives(role)`.
    pub drives: Vec<DriveId>,
}

/// A drive made to carry an emergency call: one session, one slot, in no list.
#[derive(Debug, Clone)]
pub struct HiddenDrive {
    /// Its id.
    pub id: DriveId,
    /// The id of its session.
    pub session: SessionId,
    /// The id of its slot.
    pub slot: SlotId,
    /// The body that calls.
    pub organiser: OrganisationId,
    /// Where the blood is drawn.
    pub collected_by: Option<OrganisationId>,
    /// What it is called in lists of staff.
    pub name: String,
    /// Where to come to.
    pub place: String,
    /// The street address.
    pub address: String,
    /// Where that is on the map.
    pub at: Option<Coordinates>,
    /// From when one may come.
    pub starts_at: Moment,
    /// By when one must have come.
    pub ends_at: Moment,
    /// Units needed.
    pub capacity: i32,
    /// The zone of its day.
    pub time_zone: Tz,
    /// This moment.
    pub now: Moment,
}

/// Open drives with places around a point.
#[derive(Debug, Clone)]
pub struct Near {
    /// The point.
    pub at: Coordinates,
    /// How far away at most.
    pub within_km: f64,
    /// Slots that begin after this.
    pub from: Moment,
    /// Slots that begin before this.
    pub to: Moment,
    /// How many drives at most.
    pub limit: usize,
}

/// An open drive near somebody, with its nearest session that has places.
#[derive(Debug, Clone, PartialEq)]
pub struct NearDrive {
    /// Which.
    pub drive: DriveId,
    /// Its nearest session that has places.
    pub session: SessionId,
    /// Its name.
    pub name: String,
    /// Name of the place.
    pub place: String,
    /// Its street address.
    pub address: String,
    /// When the session begins.
    pub starts_at: Moment,
    /// When the session ends.
    pub ends_at: Moment,
    /// IANA name of the zone of its hours.
    pub time_zone: String,
    /// Places left in that session.
    pub places_left: i64,
    /// Metres as the crow flies.
    pub distance_m: i64,
}

/// Which sums: those of one drive, day, mobilising body and kind of unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TallyKey {
    /// The drive.
    pub drive: DriveId,
    /// Local day of the session.
    pub held_on: NaiveDate,
    /// The body whose people they are.
    pub body: OrganisationId,
    /// Planned or emergency.
    pub kind: UnitKind,
    /// The drive's organiser, copied in.
    pub organiser: OrganisationId,
    /// The drive's main programme, copied in.
    pub programme: Option<ProgrammeId>,
}

/// By how much sums move; negative takes back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delta {
    /// Places booked or walked in.
    pub registered: i32,
    /// People received.
    pub attended: i32,
    /// Units collected.
    pub collected: i32,
    /// Units found safe.
    pub safe: i32,
    /// Millilitres collected.
    pub ml: i64,
    /// Units of 350 ml and more.
    pub ml350plus: i32,
    /// Units from people who gave for the first time.
    pub first_time: i32,
}

impl Delta {
    /// What undoes this.
    #[must_use]
    pub fn taken_back(self) -> Self {
        Self {
            registered: -self.registered,
            attended: -self.attended,
            collected: -self.collected,
            safe: -self.safe,
            ml: -self.ml,
            ml350plus: -self.ml350plus,
            first_time: -self.first_time,
        }
    }
}
