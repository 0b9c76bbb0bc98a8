//! How long to wait after something happened, and the day it ends.
use chrono::NaiveDate;
use serde::Deserialize;

use super::calendar::{days_after, months_after};
use super::stricter::Stricter;

/// When a wait ends. A day is earlier than never, so the latest of several is their `max`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// The first day on which one may give again.
    Day(NaiveDate),
    /// One may not give again, or nobody can say when.
    Never,
}

impl Until {
    /// `None` for never.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Never => None,
        }
    }
}

/// In a rule file "7 days", "4 weeks", "12 months", "never" or "stated". The stricter of two keeps months and days both,
/// because which of 1 month and 30 days is longer depends on the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Wait {
    months: u32,
    days: u32,
    end: End,
}

/// Who knows the end, from the mildest to the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum End {
    #[default]
    Counted,
    Stated,
    Never,
}

impl Wait {
    /// The earliest day it may end.
    pub(super) fn end_after(self, event_on: NaiveDate) -> Until {
        if self.is_never() {
            return Until::Never;
        }
        Until::Day(months_after(event_on, self.months).max(days_after(event_on, self.days)))
    }

    /// Only the doctor says when it ends.
    pub(super) fn is_stated(self) -> bool {
        self.end == End::Stated
    }

    pub(super) fn is_never(self) -> bool {
        self.end == End::Never
    }
}

impl Stricter for Wait {
    fn stricter(&self, other: &Self) -> Self {
        Self {
            months: self.months.max(other.months),
            days: self.days.max(other.days),
            end: self.end.max(other.end),
        }
    }
}

impl TryFrom<String> for Wait {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        read(&text).ok_or_else(|| {
            format!(
                r#"a wait is "N days", "N weeks", "N months", "never" or "stated", not {text:?}"#
            )
        })
    }
}

fn read(text: &str) -> Option<Wait> {
    let (months, days, end) = match text {
        "stated" => (0, 0, End::Stated),
        "never" => (0, 0, End::Never),
        counted => {
            let (count, unit) = counted.split_once(' ')?;
            let count = u32::from(count.parse::<u16>().ok().filter(|count| *count > 0)?);
            let (months, days) = match unit {
                "days" => (0, count),
                "weeks" => (0, 7 * count),
                "months" => (count, 0),
                _ => return None,
            };
            (months, days, End::Counted)
        }
    };
    Some(Wait { months, days, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn end(wait: &str, event_on: &str) -> Option<Until> {
        read(wait).map(|wait| wait.end_after(day(event_on)))
    }

    #[test]
    fn a_wait_counts_from_the_day_of_the_event() {
        assert_eq!(
            end("7 days", "2025-12-28"),
            Some(Until::Day(day("2026-01-04")))
        );
        assert_eq!(
            end("4 weeks", "2026-02-01"),
            Some(Until::Day(day("2026-03-01")))
        );
        assert_eq!(
            end("12 months", "2025-03-10"),
            Some(Until::Day(day("2026-03-10")))
        );
        assert_eq!(end("never", "2025-03-10"), Some(Until::Never));
    }

    #[test]
    fn the_stricter_of_a_month_and_thirty_days_depends_on_the_month() {
        let both = read("1 months")
            .unwrap_or_default()
            .stricter(&read("30 days").unwrap_or_default());
        assert_eq!(
            both.end_after(day("2026-02-01")),
            Until::Day(day("2026-03-03"))
        );
        assert_eq!(
            both.end_after(day("2026-03-01")),
            Until::Day(day("2026-04-01"))
        );
    }

    #[test]
    fn what_a_doctor_must_state_for_one_is_stated_for_both() {
        let week = read("7 days").unwrap_or_default();
        let both = week.stricter(&read("stated").unwrap_or_default());
        assert!(both.is_stated() && !week.is_stated());
        assert_eq!(
            both.end_after(day("2026-01-01")),
            Until::Day(day("2026-01-08"))
        );
    }

    #[test]
    fn a_wait_that_says_nothing_clear_is_refused() {
        for text in [
            "",
            "7",
            "days",
            "0 days",
            "-1 days",
            "7  days",
            "7 Days",
            "1.5 months",
            "99999 days",
            "soon",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn never_is_later_than_any_day() {
        assert!(Until::Never > Until::Day(NaiveDate::MAX));
        assert_eq!(Until::Never.day(), None);
    }
}
