//! The nearest donors who may be asked: all within a few kilometres, then within more, each answered by one covering index.
use super::super::reach::{Candidate, Need};
use crate::blood::BloodGroup;
use crate::platform::db::Conn;
use crate::platform::db::schema::donors;
use crate::platform::grid::cells_within;
use crate::platform::id::PersonId;
use crate::platform::text::Coordinates;
use diesel::prelude::*;

/// Where cities are densest, this holds some two thousand donors.
const FIRST_KM: f64 = 2.0;
/// Distances are whole metres, so somebody may live so much farther away than is said.
const ROUNDING_KM: f64 = 0.001;

/// The nearest donors who agreed to be called, have one of the groups, may give that day and were left in peace long
/// enough: exactly those, nearest first, then by id.
pub fn nearest(conn: &mut Conn, need: &Need) -> QueryResult<Vec<Candidate>> {
    let mut near = Need {
        within_km: FIRST_KM.min(need.within_km),
        ..need.clone()
    };
    loop {
        let rows = load(conn, &near)?;
        let mut found: Vec<Candidate> = measured(near.at, rows)
            .filter(|candidate| near.reaches(candidate.distance_m))
            .collect();
        if found.len() >= need.limit || near.within_km >= need.within_km {
            found.sort_unstable();
            found.truncate(need.limit);
            return Ok(found);
        }
        near.within_km *= times_as_far(found.len(), need.limit);
        near.within_km = near.within_km.min(need.within_km);
    }
}

/// How many times as far away those who are wanted are found, with a quarter to spare, if donors live there as densely
/// as here.
fn times_as_far(found: usize, wanted: usize) -> f64 {
    let share = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    match found {
        0 => 4.0,
        _ => (1.25 * share(wanted) / share(found)).sqrt(),
    }
}

/// Who, where, and which group.
pub(super) type Row = (PersonId, f64, f64, i16);

/// The predicate stands as it does in the index, and no column outside the index is read. A square of a city holds many
/// times as many donors as are wanted: the box leaves them in the database. One group after the other: a plan that
/// PostgreSQL keeps for any list of groups reads squares with all their donors.
fn load(conn: &mut Conn, need: &Need) -> QueryResult<Vec<Row>> {
    let within_km = need.within_km + ROUNDING_KM;
    let cells = cells_within(need.at, within_km);
    let (low, high) = need.at.surroundings(within_km);
    let is_young_enough = donors::available_until
        .is_null()
        .or(donors::available_until.ge(Some(need.on)));
    let near = donors::table
        .filter(donors::opted_in)
        .filter(donors::cell.eq_any(&cells))
        .filter(donors::available_from.le(need.on))
        .filter(donors::last_asked_on.lt(need.not_asked_since))
        .filter(is_young_enough)
        .filter(donors::latitude.between(low.latitude(), high.latitude()))
        .filter(donors::longitude.between(low.longitude(), high.longitude()))
        .select((
            donors::person,
            donors::latitude,
            donors::longitude,
            donors::blood,
        ));
    let mut rows = Vec::new();
    for group in &need.groups {
        let of_group = near.clone().filter(donors::blood.eq(group.index()));
        rows.extend(of_group.load::<Row>(conn)?);
    }
    Ok(rows)
}

/// These donors with how far away they are.
pub(super) fn measured(at: Coordinates, rows: Vec<Row>) -> impl Iterator<Item = Candidate> {
    rows.into_iter()
        .filter_map(move |(person, latitude, longitude, blood)| {
            let home = Coordinates::parse(latitude, longitude).ok()?;
            Some(Candidate {
                distance_m: at.metres_to(home),
                person,
                blood: BloodGroup::from_index(blood)?,
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_times_the_donors_are_looked_for_a_little_more_than_twice_as_far_away() {
        let times = times_as_far(100, 400);
        assert!((2.2..2.3).contains(&times), "{times}");
    }

    #[test]
    fn who_lacks_one_looks_farther_and_who_found_nobody_much_farther() {
        assert!(times_as_far(399, 400) > 1.1);
        assert!(times_as_far(0, 400) > 3.0);
    }
}
