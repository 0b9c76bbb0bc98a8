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
        let safe = later.first().map_or(i64::MAX, |(least, _)| *least);
        if found
            .iter()
            .filter(|one: &&Candidate| one.distance_m < safe)
            .count()
            >= need.limit
        {
            break;
        }
        (unread, ring) = (later, (ring * 3).min(LARGEST_RING));
    }
    found.sort_unstable();
    found.truncate(need.limit);
    Ok(found)
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
