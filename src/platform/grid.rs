//! Who and what is near: which squares of the 0.05° grid lie around a place, so that an index can find neighbours.
use crate::platform::text::Coordinates;

const SIDE: f64 = 0.05;
const ROWS: i32 = 3600;
const COLUMNS: i32 = 7200;

/// Every square with a place within so many kilometres.
pub fn cells_within(at: Coordinates, kilometres: f64) -> Vec<i32> {
    let within_m = kilometres * 1000.0;
    let (row, column) = (index(at.latitude(), 90.0), index(at.longitude(), 180.0));
    let high = floor((within_m / Coordinates::EARTH_RADIUS_M).to_degrees() / SIDE) + 1;
    let mut near = Vec::new();
    for row in (row - high).max(0)..=(row + high).min(ROWS) {
        let wide = width(row, within_m);
        for column in (column - wide)..=(column + wide) {
            if least_m(at, row, column) <= within_m {
                near.push(Coordinates::CELL_ROW * row + column.rem_euclid(COLUMNS));
            }
        }
    }
    near
}

fn index(degrees: f64, origin: f64) -> i32 {
    floor((degrees + origin) / SIDE)
}

/// How many columns to look at on either side, in this row.
fn width(row: i32, within_m: f64) -> i32 {
    let (south, north) = edges(row);
    let shrink = south.cos().min(north.cos()).max(1e-9);
    let degrees = (within_m / (Coordinates::EARTH_RADIUS_M * shrink)).to_degrees();
    // The shortest way bends towards the pole: half as much again is always enough at our distances.
    floor(degrees * 1.5 / SIDE)
        .saturating_add(1)
        .min(COLUMNS / 2 - 1)
}

/// The southern and northern edge of a row, in radians.
fn edges(row: i32) -> (f64, f64) {
    let south = f64::from(row) * SIDE - 90.0;
    (south.to_radians(), (south + SIDE).to_radians())
}

/// Nothing in the square is nearer than this.
fn least_m(at: Coordinates, row: i32, column: i32) -> f64 {
    let (south, north) = edges(row);
    let (latitude, west) = (at.latitude().to_radians(), f64::from(column) * SIDE - 180.0);
    let rise = (south - latitude).max(latitude - north).max(0.0);
    let turn = (west - at.longitude())
        .max(at.longitude() - west - SIDE)
        .max(0.0);
    let shrink = latitude.cos() * south.cos().min(north.cos()).max(0.0);
    let half_turn = (turn.min(180.0) / 2.0).to_radians();
    let half_chord = (rise / 2.0).sin().powi(2) + shrink * half_turn.sin().powi(2);
    2.0 * Coordinates::EARTH_RADIUS_M * half_chord.clamp(0.0, 1.0).sqrt().asin()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float becomes the nearest number there is, never another"
)]
fn floor(number: f64) -> i32 {
    number.floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(latitude: f64, longitude: f64) -> Coordinates {
        Coordinates::parse(latitude, longitude).expect("a place")
    }

    #[test]
    fn a_ring_is_made_of_the_squares_around_and_no_others() {
        let at = place(21.0285, 105.8542);
        assert_eq!(cells_within(at, 0.1), [at.cell()]);
        let cells = cells_within(at, 30.0);
        assert!((100..200).contains(&cells.len()), "{}", cells.len());
    }

    #[test]
    fn the_ends_of_the_earth_have_squares_too() {
        for (latitude, longitude) in [(90.0, 180.0), (-90.0, -180.0), (0.0, 180.0)] {
            let at = place(latitude, longitude);
            let cells = cells_within(at, 10.0);
            assert!(cells.contains(&at.cell()), "{at:?}");
        }
    }

    proptest! {
        #[test]
        fn whoever_is_near_is_in_one_of_the_squares(
            latitude in -60.0..60.0_f64, longitude in -180.0..180.0_f64,
            north in -0.4..0.4_f64, east in -0.4..0.4_f64,
        ) {
            let at = place(latitude, longitude);
            let east = (longitude + east + 540.0).rem_euclid(360.0) - 180.0;
            let other = place(latitude + north, east);
            if at.metres_to(other) < 30_000 {
                prop_assert!(cells_within(at, 30.0).contains(&other.cell()));
            }
        }
    }
}
