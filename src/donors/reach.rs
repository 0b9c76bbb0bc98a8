//! Whom a call or a reminder may reach: the nearest who may give, and those whose day has come.
pub use super::actions::written_to;
pub use super::store::{claim, due, funnel, nearest, standing_by, suitable};
use crate::blood::BloodGroup;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::text::Coordinates;
use chrono::NaiveDate;

/// Whom a call looks for.
#[derive(Debug, Clone)]
pub struct Need {
    /// Any of these groups.
    pub groups: Vec<BloodGroup>,
    /// Around this place.
    pub at: Coordinates,
    /// At most so far away.
    pub within_km: f64,
    /// Who may give on this day.
    pub on: NaiveDate,
    /// Who was last asked before this day.
    pub not_asked_since: NaiveDate,
    /// At most so many.
    pub limit: usize,
}

impl Need {
    /// Whether a place so far away is still near enough.
    pub fn reaches(&self, distance_m: i64) -> bool {
        i32::try_from(distance_m).is_ok_and(|metres| f64::from(metres) <= self.within_km * 1000.0)
    }
}

/// A donor near the place of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// How far away, along the ground.
    pub distance_m: i64,
    /// Who.
    pub person: PersonId,
    /// Which group.
    pub blood: BloodGroup,
}

/// Somebody who stands by for a club near enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standby {
    /// Who, and how far away.
    pub candidate: Candidate,
    /// When their blood was last tested beforehand.
    pub tested_on: Option<NaiveDate>,
    /// For which club; of several the first.
    pub club: OrganisationId,
    /// Whether they may be asked at night.
    pub nights: bool,
}

/// Which hours those who stand by are needed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty {
    /// The month, from 1.
    pub month: u32,
    /// Whether it is night.
    pub is_night: bool,
}

/// How many donors fall out at each question, each counted at the first that keeps them; and how many are left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Funnel {
    /// Another group, or none known.
    pub group: i64,
    /// Too far away, or it is not known where they live.
    pub too_far: i64,
    /// They did not agree to be called.
    pub no_consent: i64,
    /// They may not give on that day.
    pub not_eligible: i64,
    /// Those who are left, in squares that lie within reach at least in part.
    pub left: i64,
}

/// A donor whose day has come, by day and person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The day from which they may give again.
    pub available_from: NaiveDate,
    /// Who.
    pub person: PersonId,
    /// Whose people they are.
    pub main_club: Option<OrganisationId>,
}
