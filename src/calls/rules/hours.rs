//! When it is night: who stands by only by day is left in peace.
use crate::platform::clock::Moment;
use chrono::Timelike;
use chrono_tz::Tz;

/// Whether the local hour lies in the night, which begins at one full hour and ends at another, over midnight or not.
pub(in crate::calls) fn is_night(now: Moment, zone: Tz, (from, until): (u32, u32)) -> bool {
    let hour = now.with_timezone(&zone).hour();
    if from <= until {
        (from..until).contains(&hour)
    } else {
        hour >= from || hour < until
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};

    #[test]
    fn the_night_goes_over_midnight_and_ends_in_the_morning() {
        let zone = chrono_tz::Asia::Ho_Chi_Minh;
        let at = |text: &str| -> Moment { text.parse::<DateTime<Utc>>().unwrap().into() };
        let night = |text| is_night(at(text), zone, (21, 6));
        assert!(!night("2026-12-31T13:59:00Z"), "20:59");
        assert!(night("2026-12-31T14:00:00Z"), "21:00");
        assert!(night("2026-12-31T20:00:00Z"), "three in the new year");
        assert!(!night("2026-12-31T23:00:00Z"), "06:00");
        assert!(!is_night(at("2026-12-31T20:00:00Z"), zone, (1, 3)), "03:00");
    }
}
