//! Months and birthdays, counted so that nobody gives a day too early.
use chrono::{Datelike, Months, NaiveDate};

/// The day that many months later; where the month has no such day, the first of the next one.
pub(super) fn months_after(date: NaiveDate, months: u32) -> NaiveDate {
    match date.checked_add_months(Months::new(months)) {
        Some(same_day) if same_day.day() == date.day() => same_day,
        Some(month_end) => day_after(month_end),
        None => NaiveDate::MAX,
    }
}

/// The birthday of that age; born on 29 February: 1 March in a common year.
pub(super) fn birthday(birth_date: NaiveDate, years: u32) -> NaiveDate {
    months_after(birth_date, years.saturating_mul(12))
}

/// The date that many days later; a date, whatever the clocks do in between.
pub(super) fn days_after(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_add_days(chrono::Days::new(days.into()))
        .unwrap_or(NaiveDate::MAX)
}

fn day_after(date: NaiveDate) -> NaiveDate {
    days_after(date, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_month_without_that_day_ends_on_the_first_of_the_next() {
        assert_eq!(months_after(day("2025-08-31"), 6), day("2026-03-01"));
        assert_eq!(months_after(day("2024-02-29"), 12), day("2025-03-01"));
        assert_eq!(months_after(day("2023-08-29"), 6), day("2024-02-29"));
        assert_eq!(months_after(day("2025-12-31"), 1), day("2026-01-31"));
    }

    #[test]
    fn a_leap_day_child_comes_of_age_on_the_first_of_march() {
        assert_eq!(birthday(day("2008-02-29"), 18), day("2026-03-01"));
        assert_eq!(birthday(day("2008-02-29"), 20), day("2028-02-29"));
        assert_eq!(birthday(day("2007-12-31"), 18), day("2025-12-31"));
    }

    #[test]
    fn twelve_weeks_cross_the_year_and_the_leap_day() {
        assert_eq!(days_after(day("2025-12-01"), 84), day("2026-02-23"));
        assert_eq!(days_after(day("2027-12-31"), 84), day("2028-03-24"));
    }

    #[test]
    fn the_end_of_time_is_no_panic() {
        assert_eq!(days_after(NaiveDate::MAX, 84), NaiveDate::MAX);
        assert_eq!(birthday(NaiveDate::MAX, 18), NaiveDate::MAX);
    }
}
