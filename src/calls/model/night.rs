//! Quiet hours: who is asked at night hears of it in the morning, unless they stand by and allowed nights.
use super::asks::Ring;
use crate::platform::clock::Moment;
use crate::platform::notices::rules::QuietHours;
use chrono_tz::Tz;

/// When people sleep, and where.
#[derive(Debug, Clone, Copy)]
pub struct Night {
    /// The hours in which nothing rings, one for all messages.
    pub quiet: QuietHours,
    /// The zone in which a day begins.
    pub zone: Tz,
}

impl Night {
    /// Whether people sleep at this moment.
    pub fn is_at(self, now: Moment) -> bool {
        self.quiet.over_at(now, self.zone).is_some()
    }

    /// When somebody hears who is asked at this moment. At night only those are picked from the reserve who allowed it.
    pub fn heard_at(self, asked_at: Moment, ring: Ring) -> Moment {
        if matches!(ring, Ring::Reserve | Ring::Telephone) {
            return asked_at;
        }
        let morning = self.quiet.over_at(asked_at, self.zone);
        morning.unwrap_or(asked_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};

    fn at(text: &str) -> Moment {
        text.parse::<DateTime<Utc>>().unwrap().into()
    }

    const NIGHT: Night = Night {
        quiet: QuietHours { from: 21, to: 7 },
        zone: chrono_tz::Asia::Ho_Chi_Minh,
    };

    #[test]
    fn the_night_goes_over_midnight_and_ends_in_the_morning() {
        let is_night = |text| NIGHT.is_at(at(text));
        assert!(!is_night("2026-12-31T13:59:00Z"), "20:59");
        assert!(is_night("2026-12-31T14:00:00Z"), "21:00");
        assert!(is_night("2026-12-31T20:00:00Z"), "three in the new year");
        assert!(is_night("2026-12-31T23:59:00Z"), "06:59");
        assert!(!is_night("2027-01-01T00:00:00Z"), "07:00");
    }

    #[test]
    fn at_night_only_the_reserve_and_who_is_telephoned_hear_at_once() {
        let three = at("2026-12-31T20:00:00Z");
        let seven = at("2027-01-01T00:00:00Z");
        for ring in Ring::ALL {
            let hears_at_once = matches!(ring, Ring::Reserve | Ring::Telephone);
            let expected = if hears_at_once { three } else { seven };
            assert_eq!(NIGHT.heard_at(three, ring), expected, "{ring:?}");
            assert_eq!(NIGHT.heard_at(seven, ring), seven, "{ring:?}");
        }
    }
}
