//! Sums of what was recorded, and how days of them are added without counting a drive twice.
use crate::organisations::declared::Period;
use crate::platform::id::{AnyId, OrganisationId};
use chrono::NaiveDate;
use std::collections::HashMap;

/// What was recorded, in units, visits and millilitres; parts of units where a body was split.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::totals) struct Sums {
    pub(in crate::totals) drives: f64,
    pub(in crate::totals) registered: f64,
    pub(in crate::totals) attended: f64,
    pub(in crate::totals) collected: f64,
    pub(in crate::totals) emergency: f64,
    pub(in crate::totals) safe: f64,
    pub(in crate::totals) ml: f64,
    pub(in crate::totals) ml350plus: f64,
    pub(in crate::totals) first_time: f64,
}

impl Sums {
    /// Adds a share of other sums.
    pub(in crate::totals) fn add(&mut self, other: &Self, share: f64) {
        self.drives += other.drives * share;
        self.registered += other.registered * share;
        self.attended += other.attended * share;
        self.collected += other.collected * share;
        self.emergency += other.emergency * share;
        self.safe += other.safe * share;
        self.ml += other.ml * share;
        self.ml350plus += other.ml350plus * share;
        self.first_time += other.first_time * share;
    }

    /// The sum that an indicator counts; none for what only bodies declare.
    pub(in crate::totals) fn of(&self, indicator: &str) -> Option<f64> {
        Some(match indicator {
            "drives" => self.drives,
            "units" => self.collected,
            "units_planned" => self.collected - self.emergency,
            "units_emergency" => self.emergency,
            "safe" => self.safe,
            "registered" => self.registered,
            "attended" => self.attended,
            "ml" => self.ml,
            _ => return None,
        })
    }

    /// Whether anybody recorded what this indicator counts, so that a nought of it is a count and not silence.
    pub(in crate::totals) fn is_known(&self, indicator: &str) -> bool {
        match indicator {
            // Results of tests come later, and from many laboratories never.
            "safe" => self.safe > 0.0,
            _ => *self != Self::default(),
        }
    }
}

/// One day's sums, of one place where places are told apart.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::totals) struct Day {
    pub(in crate::totals) on: NaiveDate,
    pub(in crate::totals) place: Option<OrganisationId>,
    pub(in crate::totals) sums: Sums,
}

/// Sums of one key, of one place where places are told apart.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::totals) struct Keyed {
    pub(in crate::totals) key: Option<AnyId>,
    pub(in crate::totals) place: Option<OrganisationId>,
    pub(in crate::totals) sums: Sums,
}

/// A day of a drive that is held on several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::totals) struct Repeat {
    pub(in crate::totals) drive: AnyId,
    pub(in crate::totals) on: NaiveDate,
    pub(in crate::totals) place: Option<OrganisationId>,
}

/// What was held within a period; `share` says how much of a place counts.
pub(in crate::totals) fn held(
    days: &[Day],
    repeats: &[Repeat],
    period: Period,
    share: impl Fn(Option<OrganisationId>) -> f64,
) -> Sums {
    let within = |on: NaiveDate| period.from <= on && on <= period.to;
    let mut sums = Sums::default();
    for day in days.iter().filter(|day| within(day.on)) {
        sums.add(&day.sums, share(day.place));
    }
    let mut seen: HashMap<(AnyId, Option<OrganisationId>), u32> = HashMap::new();
    for repeat in repeats.iter().filter(|repeat| within(repeat.on)) {
        *seen.entry((repeat.drive, repeat.place)).or_default() += 1;
    }
    for ((_, place), times) in seen {
        sums.drives -= f64::from(times - 1) * share(place);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drive_of_three_days_is_one_drive_and_its_units_are_all_counted() {
        let on = |day: u32| NaiveDate::from_ymd_opt(2026, 5, day).expect("a day");
        let drive = AnyId(uuid::Uuid::from_u128(1));
        let day = |day: u32| Day {
            on: on(day),
            place: None,
            sums: Sums {
                drives: 2.0,
                collected: 10.0,
                ..Sums::default()
            },
        };
        let repeat = |day: u32| Repeat {
            drive,
            on: on(day),
            place: None,
        };
        let (days, repeats) = ([day(1), day(2), day(3)], [repeat(1), repeat(2), repeat(3)]);
        let count = |from: u32, to: u32| {
            let period = Period {
                from: on(from),
                to: on(to),
            };
            let sums = held(&days, &repeats, period, |_| 1.0);
            format!("{} {}", sums.drives, sums.collected)
        };
        assert_eq!(
            (count(1, 3), count(2, 3), count(3, 3)),
            ("4 30".into(), "3 20".into(), "2 10".into())
        );
    }
}
