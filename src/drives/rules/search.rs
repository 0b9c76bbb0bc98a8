//! What somebody looks for in the list of drives.
use crate::drives::model::{ProgrammeId, Reach};
use crate::platform::clock::Moment;
use crate::platform::fold::fold;
use crate::platform::id::OrganisationId;
use crate::platform::language::{Phrase, keys};
use crate::platform::text::{Coordinates, Invalid};
use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

const USUAL_DAYS: u64 = 60;
const MOST_DAYS: i64 = 366;
const MOST_WORDS: usize = 100;
const USUAL_KM: f64 = 30.0;
const MOST_KM: f64 = 500.0;

/// What a list of drives is to hold.
#[derive(Debug, Clone)]
pub(in crate::drives) struct Filter {
    pub(in crate::drives) period: Period,
    pub(in crate::drives) around: Option<Around>,
    pub(in crate::drives) programme: Option<ProgrammeId>,
    pub(in crate::drives) organisation: Option<OrganisationId>,
    /// The facility whose team draws the blood, or a body above it.
    pub(in crate::drives) collected_by: Option<OrganisationId>,
    /// Only those this caller has to do with.
    pub(in crate::drives) mine: Option<Reach>,
    /// Folded; found anywhere in name and places.
    pub(in crate::drives) words: Option<String>,
    /// Only those that take bookings and have places.
    pub(in crate::drives) is_open: bool,
    pub(in crate::drives) sees: Sees,
}

/// Whose list it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::drives) enum Sees {
    /// What anyone may see.
    Public,
    /// Drafts, signed and cancelled ones too: the organiser's own.
    Own,
    /// Signed ones too, beside what anyone may see: those one has to do with.
    Involved,
}

/// The days asked for, and the moments that bound slots which can still be taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::drives) struct Period {
    pub(in crate::drives) from: NaiveDate,
    pub(in crate::drives) to: NaiveDate,
    pub(in crate::drives) now: Moment,
    pub(in crate::drives) until: Moment,
}

/// A circle on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::drives) struct Around {
    pub(in crate::drives) at: Coordinates,
    pub(in crate::drives) km: f64,
}

impl Period {
    /// From today on for sixty days, unless asked otherwise; at most a year.
    pub(in crate::drives) fn read(
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        (now, zone): (Moment, Tz),
    ) -> Result<Self, Invalid> {
        let from = from.unwrap_or_else(|| now.date_in(zone));
        let usual = || from.checked_add_days(Days::new(USUAL_DAYS)).unwrap_or(from);
        let to = to.unwrap_or_else(usual);
        if to < from {
            return Err(Invalid::one("to", keys::FIELD_WRONG_ORDER));
        }
        if (to - from).num_days() > MOST_DAYS {
            let phrase = Phrase::new(keys::DRIVE_PERIOD_TOO_LONG).with("max", MOST_DAYS);
            return Err(Invalid::one("to", phrase));
        }
        let until = end_of(to, zone).ok_or_else(|| Invalid::one("to", keys::FIELD_NOT_A_DATE))?;
        if !is_sane(until) {
            return Err(Invalid::one("to", keys::FIELD_NOT_A_DATE));
        }
        Ok(Self {
            from,
            to,
            now,
            until,
        })
    }
}

/// Within the years both databases can hold, and anybody can mean.
pub(in crate::drives) fn is_sane(moment: Moment) -> bool {
    (1900..2200).contains(&moment.year())
}

impl Period {
    /// Whether a page may begin after this day: a cursor of another question leads nowhere.
    pub(in crate::drives) fn holds(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

fn end_of(day: NaiveDate, zone: Tz) -> Option<Moment> {
    let midnight = day.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN);
    let end = zone.from_local_datetime(&midnight).earliest()?;
    Some(end.with_timezone(&Utc).into())
}

impl Around {
    /// Whole metres to a place inside the circle; none for one outside.
    pub(in crate::drives) fn metres(&self, latitude: f64, longitude: f64) -> Option<i64> {
        let metres = self
            .at
            .metres_to(Coordinates::parse(latitude, longitude).ok()?);
        let kilometres = i32::try_from(metres).map(|metres| f64::from(metres) / 1000.0);
        kilometres.is_ok_and(|km| km <= self.km).then_some(metres)
    }

    /// `21.03,105.85` and kilometres, 30 unless asked otherwise.
    pub(in crate::drives) fn read(
        near: Option<&str>,
        within_km: Option<f64>,
    ) -> Result<Option<Self>, Invalid> {
        let Some(near) = near else {
            return match within_km {
                Some(_) => Err(Invalid::one("near", keys::FIELD_REQUIRED)),
                None => Ok(None),
            };
        };
        let mut invalid = Invalid::default();
        let at = invalid.take("near", point(near));
        let km = invalid.take("within_km", distance(within_km.unwrap_or(USUAL_KM)));
        invalid.build(|| Ok(Some(Self { at: at?, km: km? })))
    }
}

fn point(raw: &str) -> Result<Coordinates, Phrase> {
    let numbers = raw
        .split_once(',')
        .and_then(|(north, east)| Some((north.trim().parse().ok()?, east.trim().parse().ok()?)));
    let (north, east) = numbers.ok_or(keys::DRIVE_NOT_A_POINT)?;
    Coordinates::parse(north, east)
}

fn distance(km: f64) -> Result<f64, Phrase> {
    if km > 0.0 && km <= MOST_KM {
        return Ok(km);
    }
    Err(Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", 1)
        .with("max", 500))
}

impl Filter {
    /// What was typed into the search box, as the search column holds it.
    pub(in crate::drives) fn words(typed: Option<&str>) -> Result<Option<String>, Invalid> {
        if typed.is_some_and(|typed| typed.chars().count() > MOST_WORDS) {
            let phrase = Phrase::new(keys::FIELD_TOO_LONG).with("max", MOST_WORDS);
            return Err(Invalid::one("q", phrase));
        }
        Ok(typed.map(fold).filter(|words| !words.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use chrono_tz::Asia::Ho_Chi_Minh;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: Option<&str>, to: Option<&str>) -> Result<(String, String), String> {
        let now: Moment = "2026-05-01T20:00:00Z"
            .parse::<DateTime<Utc>>()
            .unwrap()
            .into();
        Period::read(from.map(day), to.map(day), (now, Ho_Chi_Minh))
            .map(|period| (period.from.to_string(), period.to.to_string()))
            .map_err(|invalid| invalid.0[0].field.clone())
    }

    #[test]
    fn the_usual_period_begins_today_where_the_site_is() {
        let usual = period(None, None).unwrap();
        assert_eq!(usual, ("2026-05-02".into(), "2026-07-01".into()));
    }

    #[test]
    fn a_period_runs_forward_and_no_longer_than_a_year() {
        assert!(period(Some("2026-01-01"), Some("2027-01-02")).is_ok());
        assert_eq!(
            period(Some("2026-01-01"), Some("2027-01-03")),
            Err("to".into())
        );
        assert_eq!(
            period(Some("2026-01-02"), Some("2026-01-01")),
            Err("to".into())
        );
    }

    #[test]
    fn a_circle_needs_a_point_on_earth_and_a_sane_radius() {
        let field = |near: Option<&str>, km| Around::read(near, km).unwrap_err().0[0].field.clone();
        assert!(Around::read(Some("21.03, 105.85"), None).unwrap().is_some());
        for near in ["21.03", "a,b", "91,0", "NaN,0", ""] {
            assert_eq!(field(Some(near), None), "near", "{near}");
        }
        for km in [0.0, -1.0, 501.0, f64::NAN] {
            assert_eq!(field(Some("21,105"), Some(km)), "within_km");
        }
        assert_eq!(field(None, Some(5.0)), "near");
    }
}
