//! The days that a site's opening hours make, eight weeks ahead.
use super::opening::{Opening, OpeningHours, Weekday};
use super::{Hours, NewSession, NewSlot};
use crate::drives::model::{SessionId, SlotId};
use crate::platform::clock::Moment;
use crate::platform::id::DriveId;
use crate::platform::text::Coordinates;
use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// Days ahead for which a fixed site can be booked.
const AHEAD: u64 = 56;

impl Opening {
    /// Everything the site is open on this day, in order.
    fn on(&self, day: NaiveDate) -> Vec<OpeningHours> {
        let exception = self.exceptions.iter().find(|exception| exception.on == day);
        let weekday = Weekday::from(day.weekday());
        let mut hours = match exception {
            Some(exception) => exception.hours.clone(),
            None => self
                .weekly
                .iter()
                .filter(|weekly| weekly.weekday == weekday)
                .map(|weekly| weekly.hours)
                .collect(),
        };
        hours.sort_by_key(|hours| hours.opens);
        hours
    }

    /// One session for each day the site is open in the eight weeks from `now` on, days that are over left out.
    /// The same day always gets the same ids, so that writing it twice is writing it once.
    pub(in crate::drives) fn sessions(
        &self,
        drive: DriveId,
        zone: Tz,
        now: Moment,
    ) -> Vec<NewSession> {
        let first = now.date_in(zone);
        (0..=AHEAD)
            .filter_map(|days| first.checked_add_days(Days::new(days)))
            .filter_map(|day| self.session(drive, zone, day))
            .filter(|session| session.hours.ends_at > now)
            .collect()
    }

    fn session(&self, drive: DriveId, zone: Tz, day: NaiveDate) -> Option<NewSession> {
        let open = self.on(day);
        let starts_at = moment(zone, day, open.first()?.opens)?;
        let ends_at = moment(zone, day, open.last()?.closes)?;
        let id = SessionId(derived(drive.0, day.num_days_from_ce().into()));
        let starts = open.iter().flat_map(|hours| starts_of(*hours, zone, day));
        Some(NewSession {
            id,
            place: self.site.place.clone(),
            address: self.site.address.clone(),
            commune: self.site.commune,
            at: self
                .site
                .at
                .and_then(|(north, east)| Coordinates::parse(north, east).ok()),
            hours: Hours { starts_at, ends_at },
            slots: starts
                .map(|(starts_at, capacity)| NewSlot {
                    id: SlotId(derived(id.0, starts_at.timestamp())),
                    starts_at,
                    capacity,
                })
                .collect(),
        })
    }
}

/// When slots begin. They are counted in time that passes, so a night with two three-o'clocks doubles none; what
/// is left before closing and is shorter than a slot is not offered.
fn starts_of(hours: OpeningHours, zone: Tz, day: NaiveDate) -> Vec<(Moment, i32)> {
    let step = TimeDelta::minutes(hours.slot_minutes.into());
    let (Some(opens), Some(closes)) = (
        moment(zone, day, hours.opens),
        moment(zone, day, hours.closes),
    ) else {
        return Vec::new();
    };
    std::iter::successors(Some(opens), |start| Some(*start + step))
        .take_while(|start| *start + step <= closes)
        .map(|start| (start, hours.capacity))
        .collect()
}

/// A local time as a moment: of two the first; one that the clock skips is where the clock goes on.
fn moment(zone: Tz, day: NaiveDate, time: NaiveTime) -> Option<Moment> {
    let local = day.and_time(time);
    let known = |local| zone.from_local_datetime(&local).earliest();
    let found = known(local).or_else(|| known(local + TimeDelta::hours(1)))?;
    Some(found.with_timezone(&Utc).into())
}

/// An id that follows from what it names (UUID version 8).
fn derived(parent: Uuid, part: i64) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(parent.as_bytes());
    hash.update(part.to_be_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let (bytes, _) = digest.split_first_chunk::<16>().unwrap_or((&[0; 16], &[]));
    Builder::from_custom_bytes(*bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::super::{Exception, Site, WeeklyHours};
    use super::*;
    use chrono::DateTime;
    use chrono_tz::Asia::Ho_Chi_Minh;
    use chrono_tz::Europe::Paris;

    fn at(text: &str) -> Moment {
        text.parse::<DateTime<Utc>>().unwrap().into()
    }

    fn hours(opens: &str, closes: &str, slot_minutes: i32) -> OpeningHours {
        OpeningHours::read(opens, closes, (slot_minutes, 10)).unwrap()
    }

    fn opening(weekly: Vec<(Weekday, OpeningHours)>, exceptions: Vec<Exception>) -> Opening {
        let weekly = weekly.into_iter();
        Opening {
            site: Site {
                place: "Điểm cố định".into(),
                address: "26 Lương Ngọc Quyến".into(),
                commune: None,
                at: None,
            },
            weekly: weekly
                .map(|(weekday, hours)| WeeklyHours { weekday, hours })
                .collect(),
            exceptions,
        }
    }

    fn days(opening: &Opening, zone: Tz, now: &str) -> Vec<String> {
        let sessions = opening.sessions(DriveId(Uuid::nil()), zone, at(now));
        sessions
            .iter()
            .map(|session| session.hours.starts_at.date_in(zone).to_string())
            .collect()
    }

    #[test]
    fn eight_weeks_of_mondays_run_over_the_end_of_the_year() {
        let mondays = opening(vec![(Weekday::Monday, hours("07:30", "11:30", 30))], vec![]);
        let days = days(&mondays, Ho_Chi_Minh, "2026-12-02T00:00:00Z");
        assert_eq!(
            days,
            [
                "2026-12-07",
                "2026-12-14",
                "2026-12-21",
                "2026-12-28",
                "2027-01-04",
                "2027-01-11",
                "2027-01-18",
                "2027-01-25"
            ]
        );
    }

    #[test]
    fn an_exception_closes_a_day_or_gives_it_other_hours() {
        let on = |day: &str, hours| Exception {
            on: day.parse().unwrap(),
            hours,
        };
        let fridays = opening(
            vec![(Weekday::Friday, hours("07:30", "11:30", 60))],
            vec![
                on("2026-05-08", vec![]),
                on("2026-05-10", vec![hours("13:00", "15:00", 60)]),
            ],
        );
        let now = at("2026-05-01T02:00:00Z");
        let sessions = fridays.sessions(DriveId(Uuid::nil()), Ho_Chi_Minh, now);
        let made = sessions.iter().take(3).map(|session| {
            let day = session.hours.starts_at.date_in(Ho_Chi_Minh);
            (day.to_string(), session.slots.len())
        });
        let day = |day: &str, slots| (day.to_owned(), slots);
        let [first, tenth, next] = ["2026-05-01", "2026-05-10", "2026-05-15"];
        let expected = [day(first, 4), day(tenth, 2), day(next, 4)];
        assert_eq!(made.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_day_with_two_openings_is_one_session_with_a_pause() {
        let both = vec![
            (Weekday::Friday, hours("13:30", "16:00", 60)),
            (Weekday::Friday, hours("07:30", "09:30", 60)),
        ];
        let sessions = opening(both, vec![]).sessions(
            DriveId(Uuid::nil()),
            Ho_Chi_Minh,
            at("2026-05-01T02:00:00Z"),
        );
        let today = &sessions[0];
        assert_eq!(today.hours.starts_at, at("2026-05-01T00:30:00Z"));
        assert_eq!(today.hours.ends_at, at("2026-05-01T09:00:00Z"));
        let starts: Vec<Moment> = today.slots.iter().map(|slot| slot.starts_at).collect();
        assert_eq!(
            starts,
            [
                at("2026-05-01T00:30:00Z"),
                at("2026-05-01T01:30:00Z"),
                at("2026-05-01T06:30:00Z"),
                at("2026-05-01T07:30:00Z")
            ]
        );
    }

    #[test]
    fn a_day_that_is_over_is_left_out_and_the_same_day_always_has_the_same_ids() {
        let fridays = opening(vec![(Weekday::Friday, hours("07:30", "09:00", 30))], vec![]);
        assert_eq!(
            days(&fridays, Ho_Chi_Minh, "2026-05-01T02:00:00Z")[0],
            "2026-05-08"
        );
        let drive = DriveId(Uuid::nil());
        let early = fridays.sessions(drive, Ho_Chi_Minh, at("2026-05-02T02:00:00Z"));
        let later = fridays.sessions(drive, Ho_Chi_Minh, at("2026-05-03T02:00:00Z"));
        assert_eq!(early[0], later[0]);
        let other = DriveId(Uuid::max());
        assert_ne!(
            early[0].id,
            fridays.sessions(other, Ho_Chi_Minh, at("2026-05-02T02:00:00Z"))[0].id
        );
    }

    #[test]
    fn where_clocks_change_no_slot_is_doubled_and_none_falls_into_the_gap() {
        let nights = opening(vec![(Weekday::Sunday, hours("00:30", "04:00", 60))], vec![]);
        let slots = |now: &str| {
            let sessions = nights.sessions(DriveId(Uuid::nil()), Paris, at(now));
            let starts = sessions[0].slots.iter().map(|slot| slot.starts_at);
            starts.collect::<Vec<_>>()
        };
        let autumn = slots("2026-10-24T12:00:00Z");
        assert_eq!(autumn.len(), 4);
        assert_eq!(slots("2026-03-28T12:00:00Z").len(), 2);
        let gap = moment(
            Paris,
            "2026-03-29".parse().unwrap(),
            NaiveTime::from_hms_opt(2, 30, 0).unwrap(),
        );
        assert_eq!(gap, Some(at("2026-03-29T01:30:00Z")));
    }
}
