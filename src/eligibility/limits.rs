//! The single limits of a rule set, each of which knows which of two is stricter.
use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::calendar::birthday;
use super::stricter::Stricter;
use crate::blood::Component;

/// The ages between which one may give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Age {
    pub(super) from_years: u32,
    pub(super) to_years: u32,
    last_day: LastDay,
}

/// Which day of the last year of age is the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LastDay {
    Birthday,
    DayBeforeNextBirthday,
}

impl Age {
    pub(super) fn first_day(self, birth_date: NaiveDate) -> NaiveDate {
        birthday(birth_date, self.from_years)
    }

    pub(super) fn last_day(self, birth_date: NaiveDate) -> NaiveDate {
        match self.last_day {
            LastDay::Birthday => birthday(birth_date, self.to_years),
            LastDay::DayBeforeNextBirthday => birthday(birth_date, self.to_years.saturating_add(1))
                .checked_sub_days(Days::new(1))
                .unwrap_or(birth_date),
        }
    }
}

impl Stricter for Age {
    fn stricter(&self, other: &Self) -> Self {
        let (to_years, last_day) =
            (self.to_years, self.last_day).min((other.to_years, other.last_day));
        Self {
            from_years: self.from_years.max(other.from_years),
            to_years,
            last_day,
        }
    }
}

/// At most so many gifts of these components in so many days on end.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Frequency {
    pub(super) components: BTreeSet<Component>,
    pub(super) at_most: u16,
    pub(super) in_days: u32,
}

impl Stricter for Frequency {
    fn stricter(&self, other: &Self) -> Self {
        Self {
            components: &self.components | &other.components,
            at_most: self.at_most.min(other.at_most),
            in_days: self.in_days.max(other.in_days),
        }
    }
}

/// What a measurement must lie between, both ends counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Between {
    pub(super) at_least: i32,
    pub(super) at_most: i32,
}

impl Stricter for Between {
    fn stricter(&self, other: &Self) -> Self {
        Self {
            at_least: self.at_least.max(other.at_least),
            at_most: self.at_most.min(other.at_most),
        }
    }
}

/// What is measured before every gift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VitalLimits {
    pub(super) systolic_mmhg: Between,
    pub(super) diastolic_mmhg: Between,
    pub(super) pulse_bpm: Between,
}

impl Stricter for VitalLimits {
    fn stricter(&self, other: &Self) -> Self {
        Self {
            systolic_mmhg: self.systolic_mmhg.stricter(&other.systolic_mmhg),
            diastolic_mmhg: self.diastolic_mmhg.stricter(&other.diastolic_mmhg),
            pulse_bpm: self.pulse_bpm.stricter(&other.pulse_bpm),
        }
    }
}
