//! A drive as its organiser plans it, and the limits of such a plan.
use super::Opening;
use crate::drives::model::{DriveKind, DriveState, ProgrammeId, SessionId, SlotId};
use crate::platform::clock::Moment;
use crate::platform::fold::fold;
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::language::{Phrase, keys};
use crate::platform::text::{Coordinates, Invalid, Line, Noted};
use chrono::TimeDelta;
use chrono_tz::Tz;
use std::collections::{BTreeSet, HashSet};
use thiserror::Error;

/// Sessions of a drive whose sessions are not generated.
pub(in crate::drives) const MOST_SESSIONS: usize = 60;
/// Slots of one session.
pub(in crate::drives) const MOST_SLOTS: usize = 200;
const MOST_PLACES: i32 = 10_000;
const MOST_UNITS: i32 = 1_000_000;
const LONGEST: TimeDelta = TimeDelta::hours(24);
const FARTHEST: TimeDelta = TimeDelta::days(731);

/// Why the plan of a drive cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(in crate::drives) enum Refusal {
    /// It is over, signed or cancelled.
    #[error("the drive is settled")]
    Settled,
    /// More sessions or slots than a drive or session may have.
    #[error("the drive is too large")]
    TooLarge,
    /// More places are taken than the slot would have.
    #[error("{0} places are taken")]
    Taken(i32),
}

/// A drive to be.
#[derive(Debug, Clone)]
pub(in crate::drives) struct NewDrive {
    pub(in crate::drives) id: DriveId,
    pub(in crate::drives) organiser: OrganisationId,
    pub(in crate::drives) collected_by: Option<OrganisationId>,
    pub(in crate::drives) kind: DriveKind,
    pub(in crate::drives) name: Line,
    /// The first is the main one.
    pub(in crate::drives) programmes: Vec<ProgrammeId>,
    pub(in crate::drives) target_units: Option<i32>,
    pub(in crate::drives) zone: Tz,
    pub(in crate::drives) plan: Plan,
    pub(in crate::drives) now: Moment,
}

/// When a drive is held: on given days, or as weekly hours say.
#[derive(Debug, Clone)]
pub(in crate::drives) enum Plan {
    Sessions(Vec<NewSession>),
    Opening(Opening),
}

/// One place on one day.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::drives) struct NewSession {
    pub(in crate::drives) id: SessionId,
    pub(in crate::drives) place: String,
    pub(in crate::drives) address: String,
    pub(in crate::drives) commune: Option<OrganisationId>,
    pub(in crate::drives) at: Option<Coordinates>,
    pub(in crate::drives) hours: Hours,
    pub(in crate::drives) slots: Vec<NewSlot>,
}

/// Part of a session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::drives) struct NewSlot {
    pub(in crate::drives) id: SlotId,
    pub(in crate::drives) starts_at: Moment,
    pub(in crate::drives) capacity: i32,
}

/// What is to change on a drive; the inner option of a field is its new value, which may be none.
#[expect(
    clippy::option_option,
    reason = "left out, null and a value are three things"
)]
#[derive(Debug, Clone, Default)]
pub(in crate::drives) struct Change {
    pub(in crate::drives) organiser: Option<OrganisationId>,
    pub(in crate::drives) name: Option<Line>,
    pub(in crate::drives) target_units: Option<Option<i32>>,
    pub(in crate::drives) collected_by: Option<Option<OrganisationId>>,
    pub(in crate::drives) programmes: Option<Vec<ProgrammeId>>,
    pub(in crate::drives) opening: Option<Opening>,
}

/// From when to when a session is held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::drives) struct Hours {
    pub(in crate::drives) starts_at: Moment,
    pub(in crate::drives) ends_at: Moment,
}

impl Hours {
    /// Hours that are not over at `now`, at most a day long and at most two years away.
    pub(in crate::drives) fn read(
        invalid: &mut Invalid,
        (starts_at, ends_at): (Moment, Moment),
        now: Moment,
    ) -> Result<Self, Noted> {
        if starts_at >= ends_at {
            return Err(invalid.refuse("ends_at", keys::FIELD_WRONG_ORDER));
        }
        if ends_at <= now {
            return Err(invalid.refuse("ends_at", keys::DRIVE_PAST));
        }
        if ends_at - starts_at > LONGEST {
            return Err(invalid.refuse("ends_at", keys::DRIVE_SESSION_TOO_LONG));
        }
        if starts_at > now + FARTHEST {
            return Err(invalid.refuse("starts_at", keys::DRIVE_TOO_FAR));
        }
        Ok(Self { starts_at, ends_at })
    }

    fn holds(self, moment: Moment) -> bool {
        self.starts_at <= moment && moment < self.ends_at
    }

    /// Notes every slot that begins outside these hours or together with another.
    pub(in crate::drives) fn check(self, invalid: &mut Invalid, slots: &[NewSlot]) {
        let mut begun = HashSet::new();
        for (at, slot) in slots.iter().enumerate() {
            let field = format!("slots.{at}.starts_at");
            if !self.holds(slot.starts_at) {
                invalid.refuse(field, keys::DRIVE_SLOT_OUTSIDE);
            } else if !begun.insert(slot.starts_at) {
                invalid.refuse(field, keys::DRIVE_SLOT_DOUBLED);
            }
        }
    }
}

/// Places of one slot, 1 to 10,000.
pub(in crate::drives) fn capacity(places: i32) -> Result<i32, Phrase> {
    between(places, MOST_PLACES)
}

/// Units hoped for, 1 to a million.
pub(in crate::drives) fn target(units: i32) -> Result<i32, Phrase> {
    between(units, MOST_UNITS)
}

fn between(number: i32, most: i32) -> Result<i32, Phrase> {
    if (1..=most).contains(&number) {
        return Ok(number);
    }
    Err(Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", 1)
        .with("max", most))
}

/// A zone by its IANA name.
pub(in crate::drives) fn time_zone(name: &str) -> Result<Tz, Phrase> {
    name.parse()
        .map_err(|_unknown| keys::DRIVE_NOT_A_ZONE.into())
}

/// What a search looks into: the name and every place, folded.
pub(in crate::drives) fn search_text<'a>(
    name: &str,
    places: impl Iterator<Item = (&'a str, &'a str)>,
) -> String {
    let places: BTreeSet<String> = places
        .map(|(place, address)| fold(&format!("{place}, {address}")))
        .collect();
    let mut text = fold(name);
    for place in places {
        text.push_str("; ");
        text.push_str(&place);
    }
    text
}

impl DriveState {
    /// Sessions and slots may still be added.
    pub(in crate::drives) fn may_be_planned(self) -> Result<(), Refusal> {
        match self {
            Self::Draft | Self::Open | Self::Running => Ok(()),
            Self::Completed | Self::Signed | Self::Cancelled => Err(Refusal::Settled),
        }
    }

    /// What it is called and under whom it counts may still change.
    pub(in crate::drives) fn may_be_changed(self) -> Result<(), Refusal> {
        match self {
            Self::Signed | Self::Cancelled => Err(Refusal::Settled),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};

    fn at(text: &str) -> Moment {
        text.parse::<DateTime<Utc>>().unwrap().into()
    }

    fn refused(starts_at: &str, ends_at: &str) -> Vec<(String, &'static str)> {
        let mut invalid = Invalid::default();
        let now = at("2026-05-01T02:00:00Z");
        let _noted = Hours::read(&mut invalid, (at(starts_at), at(ends_at)), now);
        invalid
            .0
            .iter()
            .map(|error| (error.field.clone(), error.phrase.key().name()))
            .collect()
    }

    #[test]
    fn a_session_under_way_may_still_be_written_down_and_one_that_is_over_may_not() {
        assert_eq!(refused("2026-05-01T01:00:00Z", "2026-05-01T02:00:01Z"), []);
        let past = refused("2026-05-01T01:00:00Z", "2026-05-01T02:00:00Z");
        assert_eq!(past, [("ends_at".to_owned(), "drive.past")]);
    }

    #[test]
    fn a_session_ends_after_it_starts_within_a_day_and_within_two_years() {
        let name = |starts, ends| refused(starts, ends).first().map(|(_, name)| *name);
        let day = "2026-06-01T00:00:00Z";
        assert_eq!(name(day, day), Some("field.wrong-order"));
        assert_eq!(name(day, "2026-06-02T00:00:00Z"), None);
        let long = name(day, "2026-06-02T00:00:01Z");
        assert_eq!(long, Some("drive.session-too-long"));
        let far = name("2028-06-01T00:00:00Z", "2028-06-01T01:00:00Z");
        assert_eq!(far, Some("drive.too-far"));
    }

    #[test]
    fn a_slot_begins_inside_the_session_and_not_together_with_another() {
        let hours = Hours {
            starts_at: at("2026-06-01T00:00:00Z"),
            ends_at: at("2026-06-01T04:00:00Z"),
        };
        let slot = |time: &str| NewSlot {
            id: SlotId(uuid::Uuid::nil()),
            starts_at: at(&format!("2026-06-01T{time}:00Z")),
            capacity: 1,
        };
        let mut invalid = Invalid::default();
        hours.check(
            &mut invalid,
            &[slot("00:00"), slot("03:59"), slot("04:00"), slot("00:00")],
        );
        let fields: Vec<&str> = invalid.0.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["slots.2.starts_at", "slots.3.starts_at"]);
    }

    #[test]
    fn a_search_finds_the_name_and_each_place_once() {
        let places = [
            ("Nhà văn hóa", "12 Lê Lợi"),
            ("Nhà văn hóa", "12 Lê Lợi"),
            ("Bưu điện", "1 Trần Phú"),
        ];
        assert_eq!(
            search_text("Giọt hồng", places.into_iter()),
            "giot hong; buu dien, 1 tran phu; nha van hoa, 12 le loi"
        );
    }
}
