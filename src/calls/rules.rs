//! What a request must say, and who may move a call where.
use super::model::{CallState, Counts};
use crate::blood::{BloodGroup, Component};
use crate::platform::clock::Moment;
use crate::platform::id::OrganisationId;
use crate::platform::language::{Phrase, keys};
use crate::platform::text::{Invalid, Note};
use chrono::TimeDelta;

/// Units one request may ask for; more is a drive.
pub(super) const MOST_UNITS: i32 = 50;
const NOTE: usize = 500;

/// Why something cannot be done with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is over, or was answered for already.
    #[error("a call in this state does not take this step")]
    WrongStep,
    /// Its place of giving is not on the map, so nobody near can be found.
    #[error("the place of giving has no coordinates")]
    PlaceUnknown,
    /// The link is not ours, or of another call.
    #[error("the link is not ours")]
    DeadLink,
    /// The call is over.
    #[error("the call is over")]
    Over,
    /// Nobody is left to ask, or enough come.
    #[error("no wave is needed")]
    NothingMissing,
}

/// What a hospital posts.
#[derive(Debug, Clone)]
pub(super) struct Request {
    /// Who needs it.
    pub hospital: OrganisationId,
    /// The patient's group.
    pub blood_group: BloodGroup,
    /// What is needed.
    pub component: Component,
    /// How many units.
    pub units: i32,
    /// By when.
    pub needed_by: Moment,
    /// Where it is drawn.
    pub give_at: OrganisationId,
    /// Whether compatible groups may be asked.
    pub is_widening: bool,
    /// For donors.
    pub note: Option<String>,
}

/// How far ahead a need may lie, and how long testing takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// This moment.
    pub now: Moment,
    /// How far ahead.
    pub horizon: TimeDelta,
    /// How long testing takes.
    pub testing: TimeDelta,
}

impl Frame {
    /// By when donors must have come.
    pub(super) fn arrive_by(&self, needed_by: Moment) -> Moment {
        needed_by - self.testing
    }
}

/// Every fault of a request at once.
pub(super) fn check(request: Request, frame: &Frame) -> Result<Request, Invalid> {
    let mut invalid = Invalid::default();
    if !(1..=MOST_UNITS).contains(&request.units) {
        let range = Phrase::new(keys::FIELD_OUT_OF_RANGE)
            .with("min", 1)
            .with("max", MOST_UNITS);
        invalid.refuse("units", range);
    }
    if frame.arrive_by(request.needed_by) <= frame.now {
        invalid.refuse("needed_by", keys::CALL_TOO_SOON);
    }
    if request.needed_by > frame.now + frame.horizon {
        let hours = Phrase::new(keys::CALL_TOO_FAR).with("hours", frame.horizon.num_hours());
        invalid.refuse("needed_by", hours);
    }
    if let Some(note) = &request.note
        && let Err(phrase) = Note::parse(note, NOTE)
    {
        invalid.refuse("note", phrase);
    }
    invalid.check().map(|()| request)
}

/// The states that may follow this one, by a person's word or by itself.
pub(super) fn may_become(from: CallState, to: CallState) -> Result<(), Refusal> {
    use CallState::{Asking, Cancelled, Expired, Filled, Submitted, Verified};
    let is_step = matches!(
        (from, to),
        (Submitted, Verified | Expired | Cancelled)
            | (Verified | Filled, Asking | Expired | Cancelled)
            | (Asking, Filled | Expired | Cancelled)
    );
    if is_step {
        Ok(())
    } else {
        Err(Refusal::WrongStep)
    }
}

/// How many more donors to ask: some for each missing unit, less those whose answer may still come.
pub(super) fn wave_size(units: i32, counts: &Counts, asks_per_unit: i64) -> usize {
    let missing = counts.missing(units);
    usize::try_from(missing * asks_per_unit.max(1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use uuid::Uuid;

    fn now() -> Moment {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap().into()
    }

    fn frame() -> Frame {
        Frame {
            now: now(),
            horizon: TimeDelta::hours(240),
            testing: TimeDelta::hours(2),
        }
    }

    fn request() -> Request {
        Request {
            hospital: Uuid::nil().into(),
            blood_group: BloodGroup::ONegative,
            component: Component::RedCells,
            units: 4,
            needed_by: now() + TimeDelta::hours(9),
            give_at: Uuid::nil().into(),
            is_widening: false,
            note: None,
        }
    }

    fn faults(change: impl FnOnce(&mut Request)) -> Vec<String> {
        let mut request = request();
        change(&mut request);
        let faults = check(request, &frame()).err().unwrap_or_default().0;
        faults.into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn a_need_within_reach_is_taken() {
        assert!(faults(|_| ()).is_empty());
    }

    #[test]
    fn none_or_too_many_units_and_times_out_of_reach_are_faults() {
        assert_eq!(faults(|r| r.units = 0), ["units"]);
        assert_eq!(faults(|r| r.units = 500), ["units"]);
        assert_eq!(
            faults(|r| r.needed_by = now() - TimeDelta::hours(1)),
            ["needed_by"]
        );
        assert_eq!(
            faults(|r| r.needed_by = now() + TimeDelta::hours(2)),
            ["needed_by"]
        );
        assert_eq!(
            faults(|r| r.needed_by = now() + TimeDelta::days(11)),
            ["needed_by"]
        );
        assert_eq!(faults(|r| r.note = Some("x".repeat(501))), ["note"]);
    }

    #[test]
    fn a_call_goes_its_way_and_never_comes_back_from_its_end() {
        for to in CallState::ALL {
            assert_eq!(
                may_become(CallState::Cancelled, to),
                Err(Refusal::WrongStep)
            );
            assert_eq!(may_become(CallState::Expired, to), Err(Refusal::WrongStep));
        }
        assert_eq!(may_become(CallState::Filled, CallState::Asking), Ok(()));
        assert_eq!(
            may_become(CallState::Submitted, CallState::Asking),
            Err(Refusal::WrongStep)
        );
    }

    #[test]
    fn a_wave_asks_for_what_is_missing() {
        let counts = Counts {
            asked: 10,
            yes: 3,
            ..Counts::default()
        };
        assert_eq!(wave_size(4, &counts, 4), 4);
        assert_eq!(wave_size(3, &counts, 4), 0);
    }
}
