//! The hours in which people sleep.
use crate::platform::clock::Moment;
use crate::platform::config::Notices;
use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

/// From this hour to that, past midnight where the first is the later one; equal hours are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// The first full hour.
    pub from: u32,
    /// The full hour at which the day begins again.
    pub to: u32,
}

impl QuietHours {
    /// As the settings say, one for all messages.
    pub fn by(settings: &Notices) -> Self {
        Self {
            from: settings.quiet_from,
            to: settings.quiet_to,
        }
    }

    /// The moment at which the quiet that holds now in this zone ends; none where it does not hold.
    pub fn over_at(self, now: Moment, zone: Tz) -> Option<Moment> {
        let local = now.with_timezone(&zone).naive_local();
        self.ends(local).map(|ends| moment_of(ends, zone))
    }

    /// When the quiet that holds at this local time ends; none where it does not hold.
    pub fn ends(self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        let from = NaiveTime::from_hms_opt(self.from, 0, 0)?;
        let to = NaiveTime::from_hms_opt(self.to, 0, 0)?;
        let (day, time) = (local.date(), local.time());
        let tomorrow = day.checked_add_days(Days::new(1))?;
        if from <= to {
            return (from <= time && time < to).then(|| day.and_time(to));
        }
        if time < to {
            Some(day.and_time(to))
        } else {
            (from <= time).then(|| tomorrow.and_time(to))
        }
    }
}

/// The moment of a local time; where the clocks skip it, the moment they have.
pub(in crate::platform::notices) fn moment_of(local: NaiveDateTime, zone: Tz) -> Moment {
    let found = zone.from_local_datetime(&local).earliest();
    let found = found.or_else(|| {
        let after = local + TimeDelta::hours(1);
        zone.from_local_datetime(&after).earliest()
    });
    found.map_or_else(
        || Moment::from(local.and_utc()),
        |moment| moment.to_utc().into(),
    )
}
