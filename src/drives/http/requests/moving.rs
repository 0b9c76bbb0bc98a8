//! What is sent to hold a session elsewhere or at other hours.
use super::{line, point};
use crate::drives::rules::SessionChange;
use crate::platform::clock::Moment;
use crate::platform::text::Invalid;
use serde::Deserialize;
use utoipa::ToSchema;

/// What changes of a session; what is left out stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionChangeRequest {
    #[schema(max_length = 200)]
    place: Option<String>,
    #[schema(max_length = 300)]
    address: Option<String>,
    #[schema(minimum = -90, maximum = 90)]
    latitude: Option<f64>,
    #[schema(minimum = -180, maximum = 180)]
    longitude: Option<f64>,
    /// Its slots move along by as much; so does the end, unless it is said.
    starts_at: Option<Moment>,
    ends_at: Option<Moment>,
}

impl SessionChangeRequest {
    /// The change, or everything that is wrong with it.
    pub fn read(&self) -> Result<SessionChange, Invalid> {
        let mut invalid = Invalid::default();
        let place = self.place.as_deref().map(|text| line(text, 200));
        let place = invalid.take_given("place", place);
        let address = self.address.as_deref().map(|text| line(text, 300));
        let address = invalid.take_given("address", address);
        let at = point(&mut invalid, self.latitude, self.longitude);
        invalid.build(|| {
            Ok(SessionChange {
                place: place?,
                address: address?,
                at: at?,
                starts_at: self.starts_at,
                ends_at: self.ends_at,
            })
        })
    }
}
