//! A session that is held elsewhere, or at other hours, than was planned.
use super::Hours;
use crate::drives::model::{Drive, SessionId};
use crate::platform::clock::Moment;
use crate::platform::language::keys;
use crate::platform::text::{Coordinates, Invalid};
use chrono::NaiveDate;

/// What changes of a session; none leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SessionChange {
    /// Name of the place.
    pub place: Option<String>,
    /// Its street address.
    pub address: Option<String>,
    /// Where that is on the map.
    pub at: Option<Coordinates>,
    /// When it begins.
    pub starts_at: Option<Moment>,
    /// When it ends.
    pub ends_at: Option<Moment>,
}

/// Where and when a session is held.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Name of the place.
    pub place: String,
    /// Its street address.
    pub address: String,
    /// Its local day.
    pub held_on: NaiveDate,
    /// When it begins.
    pub starts_at: Moment,
    /// When it ends.
    pub ends_at: Moment,
}

/// A session before and after it was changed.
#[derive(Debug, Clone, PartialEq)]
pub struct MovedSession {
    /// Which.
    pub id: SessionId,
    /// Its drive.
    pub drive: Drive,
    /// As people were told.
    pub before: Held,
    /// As it is now.
    pub after: Held,
}

impl SessionChange {
    /// The hours it will have; `slots` are when its slots begin now, which must still lie within.
    pub(in crate::drives) fn hours(
        &self,
        before: Hours,
        slots: &[Moment],
        now: Moment,
    ) -> Result<Hours, Invalid> {
        let starts_at = self.starts_at.unwrap_or(before.starts_at);
        let by = starts_at - before.starts_at;
        let ends_at = self.ends_at.unwrap_or(before.ends_at + by);
        let mut invalid = Invalid::default();
        let hours = Hours::read(&mut invalid, (starts_at, ends_at), now);
        let is_cut = slots.iter().any(|slot| *slot + by >= ends_at);
        if hours.is_ok() && is_cut {
            invalid.refuse("ends_at", keys::DRIVE_SLOT_OUTSIDE);
        }
        invalid.build(|| hours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};

    fn at(hour: u32) -> Moment {
        let text = format!("2026-05-08T{hour:02}:00:00Z");
        text.parse::<DateTime<Utc>>().unwrap().into()
    }

    fn planned() -> Hours {
        Hours {
            starts_at: at(8),
            ends_at: at(12),
        }
    }

    #[test]
    fn the_end_moves_along_with_the_beginning() {
        let change = SessionChange {
            starts_at: Some(at(10)),
            ..SessionChange::default()
        };
        let hours = change.hours(planned(), &[at(8), at(11)], at(0)).unwrap();
        assert_eq!((hours.starts_at, hours.ends_at), (at(10), at(14)));
    }

    #[test]
    fn an_end_before_the_last_slot_is_refused() {
        let change = SessionChange {
            ends_at: Some(at(11)),
            ..SessionChange::default()
        };
        assert!(change.hours(planned(), &[at(8), at(11)], at(0)).is_err());
        assert!(change.hours(planned(), &[at(8), at(10)], at(0)).is_ok());
    }

    #[test]
    fn what_is_over_cannot_be_planned() {
        let change = SessionChange {
            starts_at: Some(at(1)),
            ends_at: Some(at(2)),
            ..SessionChange::default()
        };
        assert!(change.hours(planned(), &[], at(3)).is_err());
    }
}
