//! A place on the map, in degrees.

use serde::Serialize;

use crate::platform::language::{Phrase, keys};

/// A place on the map in degrees (WGS 84); both are finite and in range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Coordinates {
    latitude: f64,
    longitude: f64,
}

impl Coordinates {
    /// Both numbers, if they are a place on Earth.
    pub fn parse(latitude: f64, longitude: f64) -> Result<Self, Phrase> {
        within(latitude, 90)?;
        within(longitude, 180)?;
        Ok(Self {
            latitude,
            longitude,
        })
    }

    /// Degrees north of the equator, −90 to 90.
    pub const fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east of Greenwich, −180 to 180.
    pub const fn longitude(self) -> f64 {
        self.longitude
    }
}

/// Not a number is within nothing.
fn within(degrees: f64, limit: i32) -> Result<(), Phrase> {
    if degrees.abs() <= f64::from(limit) {
        Ok(())
    } else {
        Err(Phrase::new(keys::FIELD_OUT_OF_RANGE)
            .with("min", -limit)
            .with("max", limit))
    }
}

#[cfg(test)]
mod tests {
    use super::Coordinates;
    use crate::platform::language::{Language, say};

    #[test]
    fn a_place_on_earth_is_kept() {
        let hanoi = Coordinates::parse(21.0285, 105.8542).expect("Hà Nội");
        assert!(
            (hanoi.latitude() - 21.0285).abs() < 1e-9
                && (hanoi.longitude() - 105.8542).abs() < 1e-9
        );
        assert!(Coordinates::parse(-90.0, 180.0).is_ok());
    }

    #[test]
    fn no_place_on_earth_is_refused_with_the_range() {
        for (latitude, longitude, range) in [
            (105.8, 21.0, "between -90 and 90"),
            (0.0, 180.1, "between -180 and 180"),
            (f64::NAN, 0.0, "between -90 and 90"),
            (0.0, f64::NEG_INFINITY, "between -180 and 180"),
        ] {
            let refusal = Coordinates::parse(latitude, longitude).expect_err("a refusal");
            assert!(
                say(Language::En, &refusal).contains(range),
                "{latitude} {longitude}"
            );
        }
    }
}
