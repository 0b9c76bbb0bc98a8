//! The hours in which people sleep.
use chrono::{Days, NaiveDateTime, NaiveTime};

/// From this hour to that, past midnight where the first is the later one; equal hours are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// The first full hour.
    pub from: u32,
    /// The full hour at which the day begins again.
    pub to: u32,
}

impl QuietHours {
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
