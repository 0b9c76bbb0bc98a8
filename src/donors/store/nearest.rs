//! The nearest donors who may be asked: squares of the grid, ring after ring, each answered by one covering index.
use super::super::reach::{Candidate, Need};
use crate::blood::BloodGroup;
use crate::platform::db::Conn;
use crate::platform::db::schema::donors;
use crate::platform::grid::cells_within;
use crate::platform::id::PersonId;
use crate::platform::text::Coordinates;
use diesel::prelude::*;

const FIRST_RING: usize = 4;
const LARGEST_RING: usize = 400;

/// The nearest donors who agreed to be called, have one of the groups, may give that day and were left in peace long
/// enough: exactly those, nearest first, then by id.
pub fn nearest(conn: &mut Conn, need: &Need) -> QueryResult<Vec<Candidate>> {
    let blood: Vec<i16> = need.groups.iter().map(|group| group.index()).collect();
    let cells = cells_within(need.at, need.within_km);
    let mut unread = cells.as_slice();
    let (mut found, mut ring) = (Vec::new(), FIRST_RING);
    while let Some((now, later)) = unread.split_at_checked(ring.min(unread.len()))
        && !now.is_empty()
    {
        let cells: Vec<i32> = now.iter().map(|(_, cell)| *cell).collect();
        found.extend(within(need, load(conn, need, &blood, cells)?));
        // Nothing in a square not read yet is nearer than the first of them says.
        let safe_m = later.first().map_or(i64::MAX, |(least, _)| *least);
        let is_safe = |one: &&Candidate| one.distance_m < safe_m;
        let safe = found.iter().filter(is_safe).count();
        if safe >= need.limit {
            break;
        }
        ring = match safe {
            0 => ring * 3,
            _ => next_ring(later, (safe, safe_m), need.limit),
        };
        (unread, ring) = (later, ring.min(LARGEST_RING));
    }
    found.sort_unstable();
    found.truncate(need.limit);
    Ok(found)
}

/// How many squares more hold what is wanted, with a quarter to spare, if donors live there as densely as those so many
/// within so many metres.
fn next_ring(unread: &[(i64, i32)], (found, within_m): (usize, i64), wanted: usize) -> usize {
    let area = |metres: i64, share: usize| {
        let share = i128::try_from(share).unwrap_or(i128::MAX);
        (i128::from(metres) * i128::from(metres)).saturating_mul(share)
    };
    let enough = area(within_m, wanted.saturating_mul(5));
    let is_needed = |(least, _): &&(i64, i32)| area(*least, found.saturating_mul(4)) <= enough;
    unread.iter().take_while(is_needed).count().max(1)
}

/// Who, where, and which group.
pub(super) type Row = (PersonId, f64, f64, i16);

/// The predicate stands as it does in the index, and no column outside the index is read.
fn load(conn: &mut Conn, need: &Need, blood: &[i16], cells: Vec<i32>) -> QueryResult<Vec<Row>> {
    donors::table
        .filter(donors::opted_in)
        .filter(donors::cell.eq_any(cells))
        .filter(donors::blood.eq_any(blood))
        .filter(donors::available_from.le(need.on))
        .filter(donors::last_asked_on.lt(need.not_asked_since))
        .filter(
            donors::available_until
                .is_null()
                .or(donors::available_until.ge(Some(need.on))),
        )
        .select((
            donors::person,
            donors::latitude,
            donors::longitude,
            donors::blood,
        ))
        .load(conn)
}

fn within(need: &Need, rows: Vec<Row>) -> impl Iterator<Item = Candidate> {
    measured(need.at, rows).filter(|candidate| need.reaches(candidate.distance_m))
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

    /// Squares a kilometre apart from each other.
    fn squares(many: i64) -> Vec<(i64, i32)> {
        (2..many + 2).map(|at| (at * 1000, 0)).collect()
    }

    #[test]
    fn four_times_the_donors_are_looked_for_about_twice_as_far_away() {
        assert_eq!(next_ring(&squares(30), (100, 2000), 400), 3);
        assert_eq!(next_ring(&squares(30), (1, 2000), 400), 30);
    }

    #[test]
    fn who_lacks_one_looks_at_one_square_at_least() {
        assert_eq!(next_ring(&[(9000, 1), (9001, 2)], (399, 2000), 400), 1);
    }
}
