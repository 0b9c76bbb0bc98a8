//! The day a person was born, and how old that makes them.

use std::fmt;

use chrono::{Days, Months, NaiveDate};

use crate::platform::language::{Phrase, keys};

/// A birth date not in the future and at most 120 years back; kept out of logs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BirthDate(NaiveDate);

impl BirthDate {
    /// The oldest age a living person may have, in years.
    pub const OLDEST: u32 = 120;

    /// Reads `1998-05-30`.
    pub fn parse(raw: &str, today: NaiveDate) -> Result<Self, Phrase> {
        let raw = raw.trim();
        if raw.is_empty() {
            return Err(Phrase::new(keys::FIELD_REQUIRED));
        }
        let day = NaiveDate::parse_from_str(raw, "%Y-%m-%d");
        Self::new(
            day.map_err(|_not_a_day| Phrase::new(keys::FIELD_NOT_A_DATE))?,
            today,
        )
    }

    /// The same for a day that was read already.
    pub fn new(day: NaiveDate, today: NaiveDate) -> Result<Self, Phrase> {
        if day > today {
            return Err(Phrase::new(keys::FIELD_IN_THE_FUTURE));
        }
        if age(day, today) <= Self::OLDEST {
            return Ok(Self(day));
        }
        Err(Phrase::new(keys::FIELD_OUT_OF_RANGE)
            .with("min", earliest(today))
            .with("max", today))
    }

    /// A birth date that passed the rule when it was stored.
    pub const fn stored(day: NaiveDate) -> Self {
        Self(day)
    }

    /// The day itself.
    pub const fn day(self) -> NaiveDate {
        self.0
    }

    /// Completed years on this day; born on 29 February, one is a year older from 1 March.
    pub fn age_on(self, day: NaiveDate) -> u32 {
        age(self.0, day)
    }
}

fn earliest(today: NaiveDate) -> NaiveDate {
    let turned = today.checked_sub_months(Months::new(12 * (BirthDate::OLDEST + 1)));
    turned
        .and_then(|day| day.checked_add_days(Days::new(1)))
        .unwrap_or(today)
}

fn age(born: NaiveDate, day: NaiveDate) -> u32 {
    day.years_since(born).unwrap_or(0)
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BirthDate(…)")
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::BirthDate;
    use crate::platform::language::{Key, Language, keys, say};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn refused(raw: &str) -> Key {
        BirthDate::parse(raw, day("2026-11-21"))
            .expect_err("a refusal")
            .key()
    }

    #[test]
    fn a_child_born_today_has_a_birth_date_and_one_born_tomorrow_has_not() {
        assert!(BirthDate::parse("2026-11-21", day("2026-11-21")).is_ok());
        assert_eq!(refused("2026-11-22"), keys::FIELD_IN_THE_FUTURE);
    }

    #[test]
    fn nobody_is_older_than_120() {
        let today = day("2026-11-21");
        let refusal = BirthDate::parse("1905-11-21", today).expect_err("a refusal");
        assert_eq!(
            say(Language::En, &refusal),
            "The value must be between 22/11/1905 and 21/11/2026."
        );
        assert!(BirthDate::parse("1905-11-22", today).is_ok());
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for raw in [
            "30/05/1998",
            "1998-02-30",
            "1998",
            "hoa",
            "1998-05-30T00:00:00Z",
        ] {
            assert_eq!(refused(raw), keys::FIELD_NOT_A_DATE, "{raw}");
        }
        assert_eq!(refused(" "), keys::FIELD_REQUIRED);
    }

    #[test]
    fn one_is_a_year_older_on_the_birthday() {
        let born = BirthDate::stored(day("2008-11-22"));
        assert_eq!(
            (
                born.age_on(day("2026-11-21")),
                born.age_on(day("2026-11-22"))
            ),
            (17, 18)
        );
        let leap = BirthDate::stored(day("2008-02-29"));
        assert_eq!(
            (
                leap.age_on(day("2026-02-28")),
                leap.age_on(day("2026-03-01"))
            ),
            (17, 18)
        );
        assert_eq!(format!("{leap:?}"), "BirthDate(…)");
    }
}
