//! How each language writes numbers and days.

use chrono::{Datelike, NaiveDate, Weekday};

use super::Language;

impl Language {
    /// A whole number with thousands marked: `2.896` in Vietnamese, `2,896` in English.
    pub fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut written = String::from(if number < 0 { "-" } else { "" });
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                written.push(self.thousands());
            }
            written.push(digit);
        }
        written
    }

    /// A number rounded to this many places: `109,5` in Vietnamese, `109.5` in English.
    pub fn decimal(self, number: f64, places: usize) -> String {
        let plain = format!("{number:.places$}");
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let Ok(thousands) = whole.parse() else {
            return plain;
        };
        let sign = if thousands == 0 && whole.starts_with('-') {
            "-"
        } else {
            ""
        };
        let whole = self.number(thousands);
        if fraction.is_empty() {
            return format!("{sign}{whole}");
        }
        format!("{sign}{whole}{}{fraction}", self.decimal_mark())
    }

    /// A day with its weekday: `thứ Bảy, 21/11/2026` or `Saturday, 21 November 2026`.
    pub fn long_date(self, day: NaiveDate) -> String {
        match self {
            Self::Vi => format!(
                "{}, {}",
                vietnamese_weekday(day.weekday()),
                self.short_date(day)
            ),
            Self::En => day.format("%A, %-d %B %Y").to_string(),
        }
    }

    /// A day in figures, the same in both languages: `21/11/2026`.
    pub fn short_date(self, day: NaiveDate) -> String {
        day.format("%d/%m/%Y").to_string()
    }

    const fn thousands(self) -> char {
        match self {
            Self::Vi => '.',
            Self::En => ',',
        }
    }

    const fn decimal_mark(self) -> char {
        match self {
            Self::Vi => ',',
            Self::En => '.',
        }
    }
}

const fn vietnamese_weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "thứ Hai",
        Weekday::Tue => "thứ Ba",
        Weekday::Wed => "thứ Tư",
        Weekday::Thu => "thứ Năm",
        Weekday::Fri => "thứ Sáu",
        Weekday::Sat => "thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::Language::{En, Vi};

    #[test]
    fn thousands_are_marked() {
        for (number, vi, en) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (2_896, "2.896", "2,896"),
            (-1_000, "-1.000", "-1,000"),
            (1_234_567, "1.234.567", "1,234,567"),
            (
                i64::MIN,
                "-9.223.372.036.854.775.808",
                "-9,223,372,036,854,775,808",
            ),
        ] {
            assert_eq!(Vi.number(number), vi);
            assert_eq!(En.number(number), en);
        }
    }

    #[test]
    fn decimals_have_their_mark() {
        assert_eq!(Vi.decimal(109.5, 1), "109,5");
        assert_eq!(En.decimal(109.5, 1), "109.5");
        assert_eq!(Vi.decimal(2_896.25, 2), "2.896,25");
        assert_eq!(En.decimal(-0.5, 1), "-0.5");
        assert_eq!(En.decimal(227.0, 0), "227");
        assert_eq!(En.decimal(f64::NAN, 1), "NaN");
    }

    #[test]
    fn days_are_written_with_and_without_their_weekday() {
        let saturday = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
        let sunday = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
        assert_eq!(Vi.long_date(saturday), "thứ Bảy, 21/11/2026");
        assert_eq!(En.long_date(saturday), "Saturday, 21 November 2026");
        assert_eq!(Vi.long_date(sunday), "Chủ nhật, 01/03/2026");
        assert_eq!(En.long_date(sunday), "Sunday, 1 March 2026");
        assert_eq!(En.short_date(sunday), "01/03/2026");
    }
}
