//! The weekly hours of a fixed site and the days that differ.
use crate::platform::id::OrganisationId;
use crate::platform::language::{Phrase, keys};
use crate::platform::text::Invalid;
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use utoipa::ToSchema;

const MOST_WEEKLY: usize = 28;
const MOST_EXCEPTIONS: usize = 366;

/// When and where a fixed site is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::drives) struct Opening {
    pub(in crate::drives) site: Site,
    pub(in crate::drives) weekly: Vec<WeeklyHours>,
    pub(in crate::drives) exceptions: Vec<Exception>,
}

/// Where the site is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::drives) struct Site {
    pub(in crate::drives) place: String,
    pub(in crate::drives) address: String,
    pub(in crate::drives) commune: Option<OrganisationId>,
    /// Degrees north and east.
    pub(in crate::drives) at: Option<(f64, f64)>,
}

/// Open on one weekday.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::drives) struct WeeklyHours {
    pub(in crate::drives) weekday: Weekday,
    pub(in crate::drives) hours: OpeningHours,
}

/// Open from, to, in slots of so many minutes with so many places each.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(in crate::drives) struct OpeningHours {
    pub(in crate::drives) opens: NaiveTime,
    pub(in crate::drives) closes: NaiveTime,
    pub(in crate::drives) slot_minutes: i32,
    pub(in crate::drives) capacity: i32,
}

/// A day with other hours than its weekday; with none it is closed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::drives) struct Exception {
    pub(in crate::drives) on: NaiveDate,
    pub(in crate::drives) hours: Vec<OpeningHours>,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::drives) enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<chrono::Weekday> for Weekday {
    fn from(day: chrono::Weekday) -> Self {
        match day {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

impl OpeningHours {
    /// Hours that end after they begin, in slots of 5 minutes to 8 hours that fit into them.
    pub(in crate::drives) fn read(
        opens: &str,
        closes: &str,
        (slot_minutes, capacity): (i32, i32),
    ) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        let opens = invalid.take("opens", time(opens));
        let closes = invalid.take("closes", time(closes));
        let slot_minutes = invalid.take("slot_minutes", minutes(slot_minutes));
        let capacity = invalid.take("capacity", super::capacity(capacity));
        if let (Ok(opens), Ok(closes), Ok(minutes)) = (opens, closes, slot_minutes) {
            if opens >= closes {
                invalid.refuse("closes", keys::FIELD_WRONG_ORDER);
            } else if closes - opens < TimeDelta::minutes(minutes.into()) {
                invalid.refuse("slot_minutes", keys::DRIVE_SLOT_LONGER_THAN_HOURS);
            }
        }
        invalid.build(|| {
            Ok(Self {
                opens: opens?,
                closes: closes?,
                slot_minutes: slot_minutes?,
                capacity: capacity?,
            })
        })
    }
}

fn time(raw: &str) -> Result<NaiveTime, Phrase> {
    NaiveTime::parse_from_str(raw.trim(), "%H:%M").map_err(|_unread| keys::DRIVE_NOT_A_TIME.into())
}

fn minutes(minutes: i32) -> Result<i32, Phrase> {
    if (5..=480).contains(&minutes) {
        return Ok(minutes);
    }
    Err(Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", 5)
        .with("max", 480))
}

impl Opening {
    /// Notes hours of one day that overlap, a day excepted twice, and more of either than a site can need.
    pub(in crate::drives) fn check(&self, invalid: &mut Invalid) {
        let too_many = |max| Phrase::new(keys::DRIVE_TOO_MANY).with("max", max);
        if self.weekly.is_empty() {
            invalid.refuse("weekly", keys::FIELD_REQUIRED);
        }
        if self.weekly.len() > MOST_WEEKLY {
            invalid.refuse("weekly", too_many(MOST_WEEKLY));
        }
        if self.exceptions.len() > MOST_EXCEPTIONS {
            invalid.refuse("exceptions", too_many(MOST_EXCEPTIONS));
        }
        self.check_overlaps(invalid);
    }

    fn check_overlaps(&self, invalid: &mut Invalid) {
        let mut weekdays: HashMap<Weekday, Vec<OpeningHours>> = HashMap::new();
        for weekly in &self.weekly {
            let day = weekdays.entry(weekly.weekday).or_default();
            day.push(weekly.hours);
        }
        if weekdays.into_values().any(overlap) {
            invalid.refuse("weekly", keys::DRIVE_HOURS_OVERLAP);
        }
        let mut days = HashSet::new();
        for (at, exception) in self.exceptions.iter().enumerate() {
            if !days.insert(exception.on) {
                invalid.refuse(format!("exceptions.{at}.on"), keys::DRIVE_DOUBLED);
            }
            if overlap(exception.hours.clone()) {
                invalid.refuse(format!("exceptions.{at}.hours"), keys::DRIVE_HOURS_OVERLAP);
            }
        }
    }
}

fn overlap(mut hours: Vec<OpeningHours>) -> bool {
    hours.sort_by_key(|hours| hours.opens);
    hours
        .iter()
        .zip(hours.iter().skip(1))
        .any(|(first, second)| second.opens < first.closes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(invalid: Invalid) -> Vec<String> {
        invalid.0.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn hours_that_overlap_and_days_excepted_twice_are_noted() {
        let friday = |opens, closes| WeeklyHours {
            weekday: Weekday::Friday,
            hours: OpeningHours::read(opens, closes, (30, 10)).unwrap(),
        };
        let closed = Exception {
            on: "2026-05-08".parse().unwrap(),
            hours: vec![],
        };
        let odd = Opening {
            site: Site {
                place: "Điểm cố định".into(),
                address: "26 Lương Ngọc Quyến".into(),
                commune: None,
                at: None,
            },
            weekly: vec![friday("07:30", "11:30"), friday("11:00", "12:00")],
            exceptions: vec![closed.clone(), closed],
        };
        let mut invalid = Invalid::default();
        odd.check(&mut invalid);
        assert_eq!(fields(invalid), ["weekly", "exceptions.1.on"]);
    }

    #[test]
    fn hours_that_are_none_are_refused_by_field() {
        let refused = |opens, closes, slot, places| {
            fields(OpeningHours::read(opens, closes, (slot, places)).unwrap_err())
        };
        let all = ["opens", "closes", "slot_minutes", "capacity"];
        assert_eq!(refused("25:00", "x", 4, 0), all);
        assert_eq!(refused("11:00", "07:00", 30, 1), ["closes"]);
        assert_eq!(refused("11:00", "11:10", 30, 1), ["slot_minutes"]);
    }
}
