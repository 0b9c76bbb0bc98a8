//! The words other subjects use for a registration: its ids, states and facts.
pub use super::actions::{Booking, Deed, Powers, Way};
pub use super::http::RegistrationView;
pub use super::store::Registration;
use crate::drives::model::{Delta, Drive, TallyKey};
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::ids! {
    /// Names one person's place at one drive.
    RegistrationId,
    /// Names places kept for a body.
    HoldId,
}

/// How far a registration has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationState {
    /// Waits for a place.
    Waitlisted,
    /// Has a place until `offered_until`, if taken.
    Offered,
    /// Has a place.
    Booked,
    /// Has come.
    CheckedIn,
    /// Came and may not give for now.
    Deferred,
    /// Came and gave.
    Collected,
    /// Came and went without giving.
    Left,
    /// Had a place and did not come.
    NoShow,
    /// Given up.
    Cancelled,
}

impl RegistrationState {
    /// Whether the person is still expected or being received; of these a drive has one for each person.
    pub fn is_live(self) -> bool {
        matches!(
            self,
            Self::Waitlisted | Self::Offered | Self::Booked | Self::CheckedIn
        )
    }

    /// Whether it counts as registered: a place was theirs, or they came.
    pub fn is_registered(self) -> bool {
        !matches!(self, Self::Waitlisted | Self::Offered | Self::Cancelled)
    }

    /// Whether the person came.
    pub fn is_attended(self) -> bool {
        matches!(
            self,
            Self::CheckedIn | Self::Deferred | Self::Collected | Self::Left
        )
    }

    /// What a registration in this state adds to the sums of its drive and body; gifts are added apart.
    pub fn counts(self) -> Delta {
        Delta {
            registered: i32::from(self.is_registered()),
            attended: i32::from(self.is_attended()),
            ..Delta::default()
        }
    }
}

crate::text_column! {
    pub RegistrationState {
        Waitlisted => "waitlisted",
        Offered => "offered",
        Booked => "booked",
        CheckedIn => "checked_in",
        Deferred => "deferred",
        Collected => "collected",
        Left => "left",
        NoShow => "no_show",
        Cancelled => "cancelled",
    }
}

/// A registration with its drive: what every change must know.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// The registration.
    pub registration: Registration,
    /// Its drive.
    pub drive: Drive,
}

impl Visit {
    /// The sums it counts in.
    pub fn tally(&self) -> TallyKey {
        tally_of(
            &self.drive,
            self.registration.held_on,
            self.registration.mobilised_by,
        )
    }
}

/// The sums of a drive's day and body.
pub fn tally_of(drive: &Drive, held_on: NaiveDate, body: OrganisationId) -> TallyKey {
    TallyKey {
        drive: drive.id,
        held_on,
        body,
        kind: drive.kind.units(),
        organiser: drive.organiser,
        programme: drive.main_programme,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_reads_back() {
        for state in RegistrationState::ALL {
            assert_eq!(RegistrationState::parse(state.as_str()), Some(state));
            assert_eq!(
                serde_json::to_value(state).ok(),
                Some(state.as_str().into())
            );
        }
        assert_eq!(RegistrationState::parse("lost"), None);
    }

    #[test]
    fn who_came_was_registered() {
        assert!(
            RegistrationState::ALL
                .into_iter()
                .filter(|state| state.is_attended())
                .all(RegistrationState::is_registered)
        );
        assert!(!RegistrationState::Waitlisted.is_registered());
        assert!(RegistrationState::NoShow.is_registered());
    }
}
