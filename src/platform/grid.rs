//! Who and what is near: the earth cut into squares of 0.05°, numbered, so that an index can find neighbours.
use crate::platform::text::Coordinates;

const SIDE: f64 = 0.05;
const ROWS: i32 = 3600;
const COLUMNS: i32 = 7200;
/// Between two rows' numbers there is room, so that a cell is one number.
const ROW_STEP: i32 = 32_768;
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// The square a place lies in, about 5.5 km high; for the `cell` columns.
pub fn cell_of(at: Coordinates) -> i32 {
    let (row, column) = place_of(at);
    number(row, column)
}

/// Metres between two places along the ground.
pub fn distance_m(one: Coordinates, other: Coordinates) -> f64 {
    let (from, to) = (one.latitude().to_radians(), other.latitude().to_radians());
    let turn = (one.longitude() - other.longitude()).to_radians();
    arc_m(from.cos() * to.cos(), from - to, turn)
}

/// Every square with a place within so many metres, nearest first, each with a distance nothing in it is nearer than.
pub fn cells_within(at: Coordinates, within_m: f64) -> Vec<(f64, i32)> {
    let (row, column) = place_of(at);
    let high = floor((within_m / EARTH_RADIUS_M).to_degrees() / SIDE) + 1;
    let mut near = Vec::new();
    for row in (row - high).max(0)..=(row + high).min(ROWS - 1) {
        let wide = width(row, within_m);
        for column in (column - wide)..=(column + wide) {
            let least = least_m(at, row, column);
            if least <= within_m {
                near.push((least, number(row, column)));
            }
        }
    }
    near.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    near
}

/// The haversine formula: `shrink` is the product of both latitudes' cosines.
fn arc_m(shrink: f64, rise: f64, turn: f64) -> f64 {
    let half = (rise / 2.0).sin().powi(2) + shrink * (turn / 2.0).sin().powi(2);
    2.0 * EARTH_RADIUS_M * half.clamp(0.0, 1.0).sqrt().asin()
}

fn place_of(at: Coordinates) -> (i32, i32) {
    let row = floor((at.latitude() + 90.0) / SIDE).clamp(0, ROWS - 1);
    let column = floor((at.longitude() + 180.0) / SIDE);
    (row, column)
}

fn number(row: i32, column: i32) -> i32 {
    row * ROW_STEP + column.rem_euclid(COLUMNS)
}

/// How many columns to look at on either side, in this row.
fn width(row: i32, within_m: f64) -> i32 {
    let (south, north) = edges(row);
    let shrink = south.cos().min(north.cos()).max(1e-9);
    let degrees = (within_m / (EARTH_RADIUS_M * shrink)).to_degrees();
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
    let (west, latitude) = (f64::from(column) * SIDE - 180.0, at.latitude().to_radians());
    let rise = (south - latitude).max(latitude - north).max(0.0);
    let turn = (west - at.longitude())
        .max(at.longitude() - west - SIDE)
        .max(0.0);
    let shrink = latitude.cos() * south.cos().min(north.cos()).max(0.0);
    arc_m(shrink, rise, turn.min(180.0).to_radians())
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
    fn from_ha_noi_to_thanh_pho_ho_chi_minh_it_is_1140_km() {
        let metres = distance_m(place(21.0285, 105.8542), place(10.7769, 106.7009));
        assert!((1_135_000.0..1_145_000.0).contains(&metres), "{metres}");
    }

    #[test]
    fn the_own_square_comes_first_and_touches_the_place() {
        let at = place(21.0285, 105.8542);
        let cells = cells_within(at, 30_000.0);
        assert_eq!(cells.first(), Some(&(0.0, cell_of(at))));
        assert!((100..200).contains(&cells.len()), "{}", cells.len());
    }

    #[test]
    fn the_ends_of_the_earth_have_squares_too() {
        for (latitude, longitude) in [(90.0, 180.0), (-90.0, -180.0), (0.0, 180.0)] {
            let at = place(latitude, longitude);
            let cells = cells_within(at, 10_000.0);
            assert!(cells.iter().any(|(_, cell)| *cell == cell_of(at)));
        }
    }

    proptest! {
        #[test]
        fn whoever_is_near_is_in_a_square_that_says_so(
            latitude in -60.0..60.0_f64, longitude in -180.0..180.0_f64,
            north in -0.4..0.4_f64, east in -0.4..0.4_f64,
        ) {
            let at = place(latitude, longitude);
            let east = (longitude + east + 540.0).rem_euclid(360.0) - 180.0;
            let other = place(latitude + north, east);
            let metres = distance_m(at, other);
            let cells = cells_within(at, 30_000.0);
            let found = cells.iter().find(|(_, cell)| *cell == cell_of(other));
            if metres <= 30_000.0 {
                let (least, _) = found.expect("its square");
                prop_assert!(*least <= metres + 1e-6);
            }
        }
    }
}
