//! What a request must say.
use crate::blood::{BloodGroup, Component};
use crate::platform::clock::Moment;
use crate::platform::id::OrganisationId;
use crate::platform::language::{Phrase, keys};
use crate::platform::text::{Invalid, Note};
use chrono::TimeDelta;

/// Units one request may ask for; more is a drive.
const MOST_UNITS: i32 = 50;
const NOTE: usize = 500;

/// What a hospital posts.
#[derive(Debug, Clone)]
pub(in crate::calls) struct Request {
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
    /// Somebody looked at the note again: it says nothing of the patient.
    pub is_note_confirmed: bool,
}

/// How far ahead a need may lie, and how long testing takes.
#[derive(Debug, Clone, Copy)]
pub(in crate::calls) struct Frame {
    /// This moment.
    pub now: Moment,
    /// How far ahead.
    pub horizon: TimeDelta,
    /// How long testing takes.
    pub testing: TimeDelta,
}

impl Frame {
    /// By when donors must have come.
    pub(in crate::calls) fn arrive_by(&self, needed_by: Moment) -> Moment {
        needed_by - self.testing
    }
}

/// Every fault of a request at once.
pub(in crate::calls) fn check(request: Request, frame: &Frame) -> Result<Request, Invalid> {
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

/// Whether somebody who means to come then comes in time; not much earlier than now either, or it is another day's hour.
pub(in crate::calls) fn arrives_in_time(
    arriving_at: Moment,
    now: Moment,
    arrive_by: Moment,
) -> Result<(), Invalid> {
    if arriving_at > arrive_by || arriving_at < now - TimeDelta::minutes(15) {
        return Err(Invalid::one("arriving_at", keys::CALL_ARRIVES_TOO_LATE));
    }
    Ok(())
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
            is_note_confirmed: false,
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
    fn who_comes_comes_between_now_and_the_last_hour() {
        let until = now() + TimeDelta::hours(5);
        assert!(arrives_in_time(until, now(), until).is_ok());
        assert!(arrives_in_time(now() - TimeDelta::minutes(5), now(), until).is_ok());
        let late = until + TimeDelta::minutes(1);
        assert!(arrives_in_time(late, now(), until).is_err());
        let yesterday = now() - TimeDelta::days(1);
        assert!(arrives_in_time(yesterday, now(), until).is_err());
    }

    #[test]
    fn at_the_change_of_the_year_hours_are_counted_on() {
        let eve: DateTime<chrono::Utc> = "2026-12-31T16:30:00Z".parse().unwrap();
        let frame = Frame {
            now: eve.into(),
            ..frame()
        };
        let needed_by = frame.now + TimeDelta::hours(6);
        let arrive_by = frame.arrive_by(needed_by);
        assert_eq!(arrive_by.to_rfc3339(), "2026-12-31T20:30:00+00:00");
        let zone = chrono_tz::Asia::Ho_Chi_Minh;
        assert_eq!(arrive_by.date_in(zone).to_string(), "2027-01-01");
    }
}
