//! Whom a call or a reminder may reach: the nearest who may give, and those whose day has come.
pub use super::store::{due, mark_asked, nearest};
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
    pub(super) fn reaches(&self, distance_m: i64) -> bool {
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
