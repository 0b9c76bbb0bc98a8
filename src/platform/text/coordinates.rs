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
    /// The earth taken as a ball.
    pub(in crate::platform) const EARTH_RADIUS_M: f64 = 6_371_000.0;
    /// What a cell's number grows by from one row to the next: more than the squares of a ring.
    pub(in crate::platform) const CELL_ROW: i32 = 32_768;

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

    /// The square of the 0.05° grid (about 5.5 km) it lies in.
    pub fn cell(self) -> i32 {
        step(self.latitude, 90.0) * Self::CELL_ROW
            + step(self.longitude, 180.0).rem_euclid(CELLS_ROUND)
    }

    /// Metres to another place as the crow flies.
    pub fn metres_to(self, other: Self) -> i64 {
        let (here, there) = (self.latitude.to_radians(), other.latitude.to_radians());
        let across = (there - here) / 2.0;
        let along = (other.longitude - self.longitude).to_radians() / 2.0;
        let half_chord = across.sin().powi(2) + here.cos() * there.cos() * along.sin().powi(2);
        whole(2.0 * Self::EARTH_RADIUS_M * half_chord.min(1.0).sqrt().asin())
    }

    /// The south-western and north-eastern corners of a box that holds everything within so many kilometres; around a
    /// pole and across the line where the day changes, it goes all the way round.
    pub fn surroundings(self, km: f64) -> (Self, Self) {
        let north = km * 1000.0 / Self::EARTH_RADIUS_M;
        let shrink = self.latitude.to_radians().cos();
        let (north, east) = (
            north.to_degrees(),
            (north.sin() / shrink).asin().to_degrees(),
        );
        let (south, north) = (self.latitude - north, self.latitude + north);
        let is_within = south > -90.0 && north < 90.0 && self.longitude.abs() + east <= 180.0;
        let (west, east) = if is_within {
            (self.longitude - east, self.longitude + east)
        } else {
            (-180.0, 180.0)
        };
        let corner = |latitude: f64, longitude: f64| Self {
            latitude: latitude.clamp(-90.0, 90.0),
            longitude,
        };
        (corner(south, west), corner(north, east))
    }
}

/// Squares of one ring of latitude.
const CELLS_ROUND: i32 = 7200;

fn step(degrees: f64, origin: f64) -> i32 {
    i32::try_from(whole(((degrees + origin) / 0.05).floor())).unwrap_or_default()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "degrees and distances on Earth are far below the largest whole number"
)]
fn whole(number: f64) -> i64 {
    number.round() as i64
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
    use proptest::prelude::*;

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
    fn hanoi_is_about_eleven_hundred_and_forty_kilometres_from_saigon() {
        let hanoi = Coordinates::parse(21.0285, 105.8542).expect("Hà Nội");
        let saigon = Coordinates::parse(10.7769, 106.7009).expect("Sài Gòn");
        assert!((1_130_000..1_150_000).contains(&hanoi.metres_to(saigon)));
        assert_eq!(hanoi.metres_to(hanoi), 0);
    }

    proptest! {
        #[test]
        fn the_surroundings_hold_every_place_within_the_distance(
            latitude in -90.0..90.0_f64, longitude in -180.0..180.0_f64,
            north in -0.5..0.5_f64, east in -0.5..0.5_f64, far in 1.0..500.0_f64,
        ) {
            let at = Coordinates { latitude, longitude };
            let other = Coordinates {
                latitude: (latitude + north * far / 50.0).clamp(-90.0, 90.0),
                longitude: (longitude + east * far / 50.0 + 540.0).rem_euclid(360.0) - 180.0,
            };
            let (low, high) = at.surroundings(far);
            let metres = at.metres_to(other);
            if i32::try_from(metres).is_ok_and(|metres| f64::from(metres) < far * 1000.0 - 1.0) {
                prop_assert!((low.latitude..=high.latitude).contains(&other.latitude));
                prop_assert!((low.longitude..=high.longitude).contains(&other.longitude));
            }
        }
    }

    #[test]
    fn the_surroundings_are_no_larger_than_they_must_be() {
        let hanoi = Coordinates::parse(21.0285, 105.8542).expect("Hà Nội");
        let (low, high) = hanoi.surroundings(10.0);
        for corner in [low, high] {
            let north = Coordinates::parse(corner.latitude(), hanoi.longitude()).expect("a place");
            let east = Coordinates::parse(hanoi.latitude(), corner.longitude()).expect("a place");
            for metres in [hanoi.metres_to(north), hanoi.metres_to(east)] {
                assert!((9_999..10_010).contains(&metres), "{metres}");
            }
        }
    }

    #[test]
    fn neighbours_share_a_cell_and_the_next_square_has_another() {
        let cell = |latitude, longitude| {
            Coordinates::parse(latitude, longitude)
                .expect("a place")
                .cell()
        };
        assert_eq!(cell(21.0285, 105.8542), cell(21.0299, 105.8599));
        assert_eq!(cell(21.0285, 105.9042), cell(21.0285, 105.8542) + 1);
        assert!(cell(21.06, 105.8542) > cell(21.0285, 105.9942));
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
