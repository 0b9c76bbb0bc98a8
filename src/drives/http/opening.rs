//! Opening hours of a fixed site as they are sent and shown.
use super::requests::{line, point};
use crate::drives::rules::{Exception, Opening, OpeningHours, Site, Weekday, WeeklyHours};
use crate::platform::id::OrganisationId;
use crate::platform::text::{Coordinates, Invalid};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a fixed site is, and when it is open.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OpeningForm {
    /// Name of the place.
    #[schema(max_length = 200)]
    place: String,
    /// Street address.
    #[schema(max_length = 300)]
    address: String,
    commune: Option<OrganisationId>,
    #[schema(minimum = -90, maximum = 90)]
    latitude: Option<f64>,
    #[schema(minimum = -180, maximum = 180)]
    longitude: Option<f64>,
    /// Every week.
    #[schema(min_items = 1, max_items = 28)]
    weekly: Vec<WeeklyForm>,
    /// Days that differ.
    #[serde(default)]
    #[schema(max_items = 366)]
    exceptions: Vec<ExceptionForm>,
}

/// Open on a weekday.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WeeklyForm {
    weekday: Weekday,
    /// Local time.
    #[schema(example = "07:30")]
    opens: String,
    /// Local time.
    #[schema(example = "11:30")]
    closes: String,
    /// Length of a slot.
    #[schema(minimum = 5, maximum = 480)]
    slot_minutes: i32,
    /// Places in each slot.
    #[schema(minimum = 1, maximum = 10000)]
    capacity: i32,
}

/// Hours of one day.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HoursForm {
    /// Local time.
    #[schema(example = "07:30")]
    opens: String,
    /// Local time.
    #[schema(example = "11:30")]
    closes: String,
    /// Length of a slot.
    #[schema(minimum = 5, maximum = 480)]
    slot_minutes: i32,
    /// Places in each slot.
    #[schema(minimum = 1, maximum = 10000)]
    capacity: i32,
}

/// A day with other hours; none means closed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExceptionForm {
    on: NaiveDate,
    #[serde(default)]
    #[schema(max_items = 4)]
    hours: Vec<HoursForm>,
}

impl OpeningForm {
    /// The opening, or everything that is wrong with it.
    pub(super) fn read(self) -> Result<Opening, Invalid> {
        let mut invalid = Invalid::default();
        let place = invalid.take("place", line(&self.place, 200));
        let address = invalid.take("address", line(&self.address, 300));
        let at = point(&mut invalid, self.latitude, self.longitude);
        let weekly = read_all(&mut invalid, "weekly", self.weekly, WeeklyForm::read);
        let exceptions = read_all(
            &mut invalid,
            "exceptions",
            self.exceptions,
            ExceptionForm::read,
        );
        let degrees = |at: Coordinates| (at.latitude(), at.longitude());
        let commune = self.commune;
        let built = invalid.build(|| {
            Ok(Opening {
                site: Site {
                    place: place?,
                    address: address?,
                    commune,
                    at: at?.map(degrees),
                },
                weekly,
                exceptions,
            })
        })?;
        let mut invalid = Invalid::default();
        built.check(&mut invalid);
        invalid.build(|| Ok(built))
    }
}

/// Reads each part, its errors under its place in the list.
fn read_all<F, T>(
    invalid: &mut Invalid,
    field: &str,
    forms: Vec<F>,
    read: impl Fn(F) -> Result<T, Invalid>,
) -> Vec<T> {
    let parts = forms.into_iter().enumerate();
    parts
        .filter_map(|(at, form)| invalid.take_part(format!("{field}.{at}"), read(form)).ok())
        .collect()
}

impl WeeklyForm {
    fn read(self) -> Result<WeeklyHours, Invalid> {
        let sizes = (self.slot_minutes, self.capacity);
        Ok(WeeklyHours {
            weekday: self.weekday,
            hours: OpeningHours::read(&self.opens, &self.closes, sizes)?,
        })
    }
}

impl HoursForm {
    fn read(self) -> Result<OpeningHours, Invalid> {
        let sizes = (self.slot_minutes, self.capacity);
        OpeningHours::read(&self.opens, &self.closes, sizes)
    }
}

impl ExceptionForm {
    fn read(self) -> Result<Exception, Invalid> {
        let mut invalid = Invalid::default();
        let hours = read_all(&mut invalid, "hours", self.hours, HoursForm::read);
        let on = self.on;
        invalid.build(|| Ok(Exception { on, hours }))
    }
}

impl From<Opening> for OpeningForm {
    fn from(opening: Opening) -> Self {
        let (latitude, longitude) = opening.site.at.unzip();
        Self {
            place: opening.site.place,
            address: opening.site.address,
            commune: opening.site.commune,
            latitude,
            longitude,
            weekly: opening.weekly.into_iter().map(WeeklyForm::from).collect(),
            exceptions: opening
                .exceptions
                .into_iter()
                .map(ExceptionForm::from)
                .collect(),
        }
    }
}

impl From<WeeklyHours> for WeeklyForm {
    fn from(weekly: WeeklyHours) -> Self {
        let hours = HoursForm::from(weekly.hours);
        Self {
            weekday: weekly.weekday,
            opens: hours.opens,
            closes: hours.closes,
            slot_minutes: hours.slot_minutes,
            capacity: hours.capacity,
        }
    }
}

impl From<OpeningHours> for HoursForm {
    fn from(hours: OpeningHours) -> Self {
        Self {
            opens: hours.opens.format("%H:%M").to_string(),
            closes: hours.closes.format("%H:%M").to_string(),
            slot_minutes: hours.slot_minutes,
            capacity: hours.capacity,
        }
    }
}

impl From<Exception> for ExceptionForm {
    fn from(exception: Exception) -> Self {
        Self {
            on: exception.on,
            hours: exception.hours.into_iter().map(HoursForm::from).collect(),
        }
    }
}
