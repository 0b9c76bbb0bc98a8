//! Work that repeats itself: one row that never goes, only moves to its next time.
use crate::platform::clock::Moment;
use crate::platform::config::Settings;
use chrono::{Days, TimeDelta};

/// How often a job comes again.
#[derive(Debug, Clone, Copy)]
pub enum Every {
    /// So many minutes after it was done.
    Minutes(i64),
    /// Once a day, at this full hour of the site's zone.
    DailyAt(fn(&Settings) -> u32),
}

impl Every {
    /// When it comes again, after being done at `now`.
    pub(super) fn next(self, now: Moment, settings: &Settings) -> Moment {
        match self {
            Self::Minutes(minutes) => now + TimeDelta::minutes(minutes),
            Self::DailyAt(hour) => {
                let zone = settings.site.time_zone;
                let today = Moment::at_hour(now.date_in(zone), hour(settings), zone);
                today.filter(|today| *today > now).unwrap_or_else(|| {
                    let tomorrow = now.date_in(zone) + Days::new(1);
                    Moment::at_hour(tomorrow, hour(settings), zone)
                        .unwrap_or(now + TimeDelta::days(1))
                })
            }
        }
    }

    /// When it comes for the first time on a new database: at once, unless its hour is still ahead today.
    pub(super) fn first(self, now: Moment, settings: &Settings) -> Moment {
        match self {
            Self::Minutes(_) => now,
            Self::DailyAt(_) => {
                let next = self.next(now, settings);
                let zone = settings.site.time_zone;
                if next.date_in(zone) == now.date_in(zone) {
                    next
                } else {
                    now
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use chrono_tz::Tz;

    fn moment(text: &str) -> Moment {
        text.parse::<chrono::DateTime<chrono::Utc>>()
            .unwrap()
            .into()
    }

    fn nine(zone: Tz) -> (Every, Settings) {
        let mut settings = Settings::defaults().unwrap();
        settings.site.time_zone = zone;
        (Every::DailyAt(|_| 9), settings)
    }

    #[test]
    fn a_daily_job_waits_for_its_hour_in_the_sites_zone() {
        let (every, settings) = nine(Tz::Asia__Ho_Chi_Minh);
        let early = moment("2026-12-31T01:00:00Z");
        assert_eq!(every.next(early, &settings), moment("2026-12-31T02:00:00Z"));
        assert_eq!(
            every.first(early, &settings),
            moment("2026-12-31T02:00:00Z")
        );
        let late = moment("2026-12-31T02:00:00Z");
        assert_eq!(every.next(late, &settings), moment("2027-01-01T02:00:00Z"));
        assert_eq!(every.first(late, &settings), late);
    }

    #[test]
    fn where_the_clocks_change_the_hour_stays_the_hour() {
        let (every, settings) = nine(Tz::Europe__Berlin);
        let before = moment("2026-03-28T10:00:00Z");
        assert_eq!(
            every.next(before, &settings),
            moment("2026-03-29T07:00:00Z")
        );
    }

    #[test]
    fn an_hour_the_clocks_skip_begins_after_it() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
        assert_eq!(
            Moment::at_hour(day, 2, Tz::Europe__Berlin),
            Some(moment("2026-03-29T01:00:00Z"))
        );
    }
}
