//! The words of reminders: their kinds, what their links are for, and why somebody is not reminded.
mod reason;

use crate::drives::model::{FreeSlot, NearDrive};
use crate::platform::clock::Moment;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::notices::{NoticeKind, Purpose};
use chrono::{Days, NaiveDate};
pub(in crate::reminders) use reason::Reason;

/// The message that one may give again.
pub(in crate::reminders) const RETURNED: NoticeKind =
    NoticeKind::named("eligibility-returned", Purpose::Reminder);
/// The same once more, for who neither gave nor booked.
pub(in crate::reminders) const FOLLOW_UP: NoticeKind =
    NoticeKind::named("eligibility-follow-up", Purpose::Reminder);
/// The same for who asked for it a month later.
pub(in crate::reminders) const LATER: NoticeKind =
    NoticeKind::named("eligibility-later", Purpose::Reminder);
/// All of them.
pub(in crate::reminders) const KINDS: [&str; 3] = [RETURNED.name, FOLLOW_UP.name, LATER.name];

/// What a link in a reminder stops, what it lets its reader tell, and the page on which they book.
pub(in crate::reminders) const STOP: &str = "stop-reminders";
/// See [`STOP`].
pub(in crate::reminders) const ELSEWHERE: &str = "gave-elsewhere";
/// See [`STOP`].
pub(in crate::reminders) const RETURN: &str = "return";

/// What a reminder is about: the day one may give again and, where it comes once more, how many days after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reminders) struct About {
    /// The day.
    pub(in crate::reminders) due_on: NaiveDate,
    /// Days after it; none the first time.
    pub(in crate::reminders) after: Option<i64>,
}

impl About {
    /// As the row of the message keeps it.
    pub(in crate::reminders) fn text(self) -> String {
        match self.after {
            Some(days) => format!("{}+{days}", self.due_on),
            None => self.due_on.to_string(),
        }
    }

    /// Reads it back.
    pub(in crate::reminders) fn read(text: &str) -> Option<Self> {
        let (day, after) = match text.split_once('+') {
            Some((day, after)) => (day, Some(after.parse().ok()?)),
            None => (text, None),
        };
        let due_on = day.parse().ok()?;
        Some(Self { due_on, after })
    }
}

/// One of the looks of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reminders) struct Round {
    /// How many days after theirs people are told; none the first time.
    pub(in crate::reminders) after: Option<i64>,
    /// The last of the days that are told of.
    pub(in crate::reminders) on: NaiveDate,
}

/// Every look of a day: for those whose day came, then for those whose day came so many days before.
pub(in crate::reminders) fn rounds(today: NaiveDate, follow_up_days: &[i64]) -> Vec<Round> {
    let again = follow_up_days.iter().copied().map(Some);
    let round = |after: Option<i64>| {
        let days = u64::try_from(after.unwrap_or_default()).unwrap_or_default();
        let on = today.checked_sub_days(Days::new(days)).unwrap_or(today);
        Round { after, on }
    };
    std::iter::once(None).chain(again).map(round).collect()
}

/// The first and the last of the days that are reminded of on a day.
pub(in crate::reminders) fn window(on: NaiveDate, look_back_days: i64) -> (NaiveDate, NaiveDate) {
    let back = u64::try_from(look_back_days.saturating_sub(1)).unwrap_or_default();
    (on.checked_sub_days(Days::new(back)).unwrap_or(on), on)
}

/// A drive with the hours that can be booked there by one press.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::reminders) struct Offer {
    pub(in crate::reminders) drive: NearDrive,
    pub(in crate::reminders) slots: Vec<FreeSlot>,
}

/// Where somebody is expected next.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::reminders) struct Place {
    pub(in crate::reminders) drive: String,
    pub(in crate::reminders) time_zone: String,
    #[expect(
        clippy::struct_field_names,
        reason = "a session's place, as everywhere"
    )]
    pub(in crate::reminders) place: String,
    pub(in crate::reminders) address: String,
    pub(in crate::reminders) begins: Moment,
}

/// How it stands with the reader of a reminder when they open its page.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::reminders) enum Standing {
    /// A place waits for them.
    Expected(Place),
    /// The link booked a place that is theirs no more.
    Used,
    /// They asked to be told later.
    Later,
    /// They may not give on this day.
    NotYet,
    /// They may choose; perhaps there is nothing near.
    Free(Vec<Offer>),
}

/// How reminders stand still at a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reminders) struct Paused {
    /// The last day.
    pub(in crate::reminders) until: NaiveDate,
    /// The body that said so: itself or one above.
    pub(in crate::reminders) by: OrganisationId,
}

/// Somebody whose day has come, as a coordinator sees them; the day itself stays inside.
#[derive(Debug, Clone)]
pub(in crate::reminders) struct Candidate {
    pub(in crate::reminders) club: OrganisationId,
    pub(in crate::reminders) club_name: String,
    pub(in crate::reminders) club_search: String,
    pub(in crate::reminders) person: PersonId,
    /// None where they do not let others see that they may give.
    pub(in crate::reminders) name: Option<String>,
    pub(in crate::reminders) is_claimed: bool,
    pub(in crate::reminders) wants: bool,
    pub(in crate::reminders) available_from: NaiveDate,
    pub(in crate::reminders) available_until: Option<NaiveDate>,
    pub(in crate::reminders) is_rh_negative: bool,
}

/// What became of the reminders of one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::reminders) struct DayResult {
    pub(in crate::reminders) sent: i64,
    pub(in crate::reminders) delivered: i64,
    pub(in crate::reminders) booked: i64,
    pub(in crate::reminders) cost: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_a_reminder_is_about_reads_back() {
        for (about, text) in [
            (
                About {
                    due_on: day("2028-02-29"),
                    after: None,
                },
                "2028-02-29",
            ),
            (
                About {
                    due_on: day("2026-12-31"),
                    after: Some(14),
                },
                "2026-12-31+14",
            ),
        ] {
            assert_eq!(about.text(), text);
            assert_eq!(About::read(text), Some(about));
        }
        for odd in ["", "soon", "2027-02-29", "2026-12-31+x"] {
            assert_eq!(About::read(odd), None);
        }
    }

    #[test]
    fn a_week_ends_with_its_own_day_over_the_years_end_and_the_29th_of_february() {
        assert_eq!(
            window(day("2027-01-03"), 7),
            (day("2026-12-28"), day("2027-01-03"))
        );
        assert_eq!(
            window(day("2028-03-01"), 2),
            (day("2028-02-29"), day("2028-03-01"))
        );
        assert_eq!(
            window(day("2027-03-01"), 2),
            (day("2027-02-28"), day("2027-03-01"))
        );
        assert_eq!(
            window(day("2027-03-01"), 0),
            (day("2027-03-01"), day("2027-03-01"))
        );
    }
}
