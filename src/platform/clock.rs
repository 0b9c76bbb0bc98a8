//! What time it is: asked once per request or job, and owned by the tests.
use chrono::{DateTime, LocalResult, NaiveDate, NaiveTime, SubsecRound, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use std::fmt;
use std::ops::{Add, Deref, Sub};
use std::sync::atomic::{AtomicI64, Ordering};

/// A moment in UTC in whole microseconds, what PostgreSQL keeps: what is read back equals what was written.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[serde(from = "DateTime<Utc>", into = "DateTime<Utc>")]
#[schema(value_type = DateTime<Utc>)]
#[diesel(sql_type = super::db::Ts)]
pub struct Moment(DateTime<Utc>);

impl Moment {
    /// The local date of this moment.
    pub fn date_in(self, zone: Tz) -> NaiveDate {
        self.0.with_timezone(&zone).date_naive()
    }

    /// The first moment of this full hour of a day; an hour that the clocks skip begins when they have.
    pub fn at_hour(day: NaiveDate, hour: u32, zone: Tz) -> Option<Self> {
        let local = day.and_time(NaiveTime::from_hms_opt(hour, 0, 0)?);
        let moment = match zone.from_local_datetime(&local) {
            LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => moment,
            LocalResult::None => zone
                .from_local_datetime(&(local + TimeDelta::hours(1)))
                .earliest()?,
        };
        Some(moment.to_utc().into())
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(moment: DateTime<Utc>) -> Self {
        Self(moment.trunc_subsecs(6))
    }
}

impl From<Moment> for DateTime<Utc> {
    fn from(moment: Moment) -> Self {
        moment.0
    }
}

impl Deref for Moment {
    type Target = DateTime<Utc>;
    fn deref(&self) -> &DateTime<Utc> {
        &self.0
    }
}

impl Add<TimeDelta> for Moment {
    type Output = Self;
    fn add(self, by: TimeDelta) -> Self {
        Self(self.0 + by)
    }
}

impl Sub<TimeDelta> for Moment {
    type Output = Self;
    fn sub(self, by: TimeDelta) -> Self {
        Self(self.0 - by)
    }
}

impl Sub for Moment {
    type Output = TimeDelta;
    fn sub(self, earlier: Self) -> TimeDelta {
        self.0 - earlier.0
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The only place that knows the time.
#[derive(Debug)]
pub enum Clock {
    /// The machine's own clock.
    System,
    /// Stands still at these microseconds since 1970 until told to move.
    Still(AtomicI64),
    /// Runs like the machine's, this many seconds ahead: a demo or a trial on another day.
    Shifted(i64),
}

impl Clock {
    /// A clock that stands at `moment`.
    pub fn still(moment: Moment) -> Self {
        Self::Still(AtomicI64::new(moment.timestamp_micros()))
    }

    /// The machine's clock, or one that runs so many seconds ahead of it.
    pub const fn ahead(seconds: i64) -> Self {
        match seconds {
            0 => Self::System,
            seconds => Self::Shifted(seconds),
        }
    }

    /// This moment.
    pub fn now(&self) -> Moment {
        match self {
            Self::System => system(),
            Self::Shifted(seconds) => system() + TimeDelta::seconds(*seconds),
            Self::Still(micros) => DateTime::from_timestamp_micros(micros.load(Ordering::Relaxed))
                .unwrap_or_default()
                .into(),
        }
    }

    /// Moves a clock that stands still; the others take no notice.
    pub fn forward(&self, by: TimeDelta) {
        if let Self::Still(micros) = self {
            micros.fetch_add(by.num_microseconds().unwrap_or_default(), Ordering::Relaxed);
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock everyone else asks"
)]
fn system() -> Moment {
    Utc::now().into()
}
