//! Days as people write them; what is not a whole day is never made one.
use super::table::Cell;
use crate::platform::fold::fold;
use chrono::{Datelike, Days, NaiveDate};

/// How exactly a cell names a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::imports) enum When {
    /// The day itself.
    Day(NaiveDate),
    /// Only the month.
    Month(i32, u32),
    /// Only the year.
    Year(i32),
}

/// Days since 1899-12-30 that spreadsheets keep, where they can be told from a year: 1927 to 2119.
const SERIALS: std::ops::RangeInclusive<f64> = 10_000.0..=80_000.0;

/// Reads a cell; none when it names no day. Two digits of a year are the latest such year that is not to come.
pub(in crate::imports) fn read(cell: &Cell, today: NaiveDate) -> Option<When> {
    match cell {
        Cell::Day(day) => Some(When::Day(*day)),
        Cell::Number(number) => of_number(*number),
        Cell::Text(text) => of_text(text, today),
        Cell::Formula | Cell::Broken => None,
    }
}

fn of_number(number: f64) -> Option<When> {
    if SERIALS.contains(&number) {
        return of_serial(number).map(When::Day);
    }
    let years = 1900..=2100;
    years
        .into_iter()
        .find(|year| (f64::from(*year) - number).abs() < f64::EPSILON)
        .map(When::Year)
}

/// The day of a spreadsheet's count; the hour is dropped.
fn of_serial(number: f64) -> Option<NaiveDate> {
    let days: u64 = format!("{:.0}", number.floor()).parse().ok()?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

/// The day of a spreadsheet's date cell, as its reader takes it apart.
pub(in crate::imports) fn of_ymd(
    (year, month, day, ..): (u16, u8, u8, u8, u8, u8, u16),
) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
}

fn of_text(text: &str, today: NaiveDate) -> Option<When> {
    let folded = fold(text);
    let folded = without_hour(&folded);
    let mut plain = String::with_capacity(folded.len());
    for word in folded.split([' ', '/', '-', '.', ',']) {
        let word = word
            .strip_prefix('t')
            .filter(|rest| is_number(rest))
            .unwrap_or(word);
        if ["ngay", "thang", "nam", "mung", ""].contains(&word) {
            continue;
        }
        plain.push_str(word);
        plain.push(' ');
    }
    let parts: Vec<&str> = plain.split_ascii_whitespace().collect();
    if !parts.iter().all(|part| is_number(part) && part.len() <= 4) {
        return None;
    }
    match *parts.as_slice() {
        [year, month, day] if year.len() == 4 => whole(year, month, day, today),
        [day, month, year] => whole(year, month, day, today),
        [year, month] if year.len() == 4 => month_of(year, month),
        [month, year] if year.len() == 4 => month_of(year, month),
        [year] if year.len() == 4 => Some(When::Year(year.parse().ok()?)),
        _ => None,
    }
}

/// `2026-11-21 00:00:00` and `2026-11-21t00:00:00z`, as databases and web pages write a day.
fn without_hour(text: &str) -> &str {
    let Some((before, after)) = text.split_once([' ', 't']) else {
        return text;
    };
    if after.contains(':') && before.len() >= 8 {
        before
    } else {
        text
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn whole(year: &str, month: &str, day: &str, today: NaiveDate) -> Option<When> {
    let year = match year.len() {
        4 => year.parse().ok()?,
        2 => century(year.parse().ok()?, today),
        _ => return None,
    };
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    NaiveDate::from_ymd_opt(year, month, day).map(When::Day)
}

fn century(short: i32, today: NaiveDate) -> i32 {
    let this = today.year() - today.year() % 100 + short;
    if this > today.year() {
        this - 100
    } else {
        this
    }
}

fn month_of(year: &str, month: &str) -> Option<When> {
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    NaiveDate::from_ymd_opt(year, month, 1).map(|_| When::Month(year, month))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn text(raw: &str) -> Option<When> {
        read(&Cell::Text(raw.into()), day("2026-11-21"))
    }

    #[test]
    fn one_day_is_the_same_however_it_is_written() {
        for raw in [
            "21/11/2026",
            "21-11-26",
            "21.11.2026",
            "2026-11-21",
            " 21 / 11 / 2026 ",
            "ngày 21 tháng 11 năm 2026",
            "2026-11-21 00:00:00",
            "2026/11/21",
        ] {
            assert_eq!(text(raw), Some(When::Day(day("2026-11-21"))), "{raw}");
        }
        let today = day("2026-11-21");
        for cell in [
            Cell::Day(today),
            Cell::Number(46347.0),
            Cell::Number(46347.75),
        ] {
            assert_eq!(read(&cell, today), Some(When::Day(today)), "{cell:?}");
        }
    }

    #[test]
    fn two_digits_of_a_year_never_lie_ahead() {
        assert_eq!(text("1/2/90"), Some(When::Day(day("1990-02-01"))));
        assert_eq!(text("1/2/26"), Some(When::Day(day("2026-02-01"))));
        assert_eq!(text("1/2/27"), Some(When::Day(day("1927-02-01"))));
    }

    #[test]
    fn a_month_stays_a_month_and_a_year_a_year() {
        for raw in [
            "tháng 11/2026",
            "11/2026",
            "T11/2026",
            "tháng 11 năm 2026",
            "2026-11",
        ] {
            assert_eq!(text(raw), Some(When::Month(2026, 11)), "{raw}");
        }
        assert_eq!(text("1990"), Some(When::Year(1990)));
        assert_eq!(
            read(&Cell::Number(1990.0), day("2026-11-21")),
            Some(When::Year(1990))
        );
    }

    #[test]
    fn what_is_no_day_is_not_made_one() {
        for raw in [
            "11/21/2026",
            "31/02/2026",
            "21/11",
            "hôm qua",
            "",
            "21/11/026",
            "21112026",
            "1.2.3.4",
            "13/2026",
        ] {
            assert_eq!(text(raw), None, "{raw}");
        }
        assert_eq!(read(&Cell::Number(5.5), day("2026-11-21")), None);
        assert_eq!(read(&Cell::Formula, day("2026-11-21")), None);
    }
}
