//! Days that are over, summed once for everybody: a nation's year is read from 365 rows.
use crate::drives::model::UnitKind;
use crate::platform::db::Conn;
use crate::platform::db::schema::{settled_days, tallies};
use crate::platform::id::DriveId;
use chrono::NaiveDate;
use diesel::dsl::not;
use diesel::prelude::*;
use diesel::upsert::excluded;
use std::collections::HashSet;

type Counted = (DriveId, UnitKind, i32, i32, i32, i32, i64, i32, i32);

#[derive(Default, Insertable)]
#[diesel(table_name = settled_days)]
struct Sums {
    drives: i64,
    registered: i64,
    attended: i64,
    collected: i64,
    emergency: i64,
    safe: i64,
    ml: i64,
    ml350plus: i64,
    first_time: i64,
}

/// The oldest days before this one of which a tally is not settled.
pub(in crate::drives) fn unsettled(
    conn: &mut Conn,
    before: NaiveDate,
    most: i64,
) -> QueryResult<Vec<NaiveDate>> {
    tallies::table
        .filter(not(tallies::is_settled))
        .filter(tallies::held_on.lt(before))
        .select(tallies::held_on)
        .distinct()
        .order(tallies::held_on)
        .limit(most)
        .load(conn)
}

/// Sums a day up, as its tallies stand. They are locked by being marked, so whoever changes one afterwards takes the mark
/// away again, and a tally that comes in meanwhile has none: a day counts as settled only while all of them do.
pub(in crate::drives) fn settle(conn: &mut Conn, day: NaiveDate) -> QueryResult<()> {
    let sums = Sums::of(&mark(conn, day)?);
    crate::on_each!(conn => diesel::insert_into(settled_days::table)
        .values((settled_days::held_on.eq(day), sums))
        .on_conflict(settled_days::held_on)
        .do_update()
        .set((
            settled_days::drives.eq(excluded(settled_days::drives)),
            settled_days::registered.eq(excluded(settled_days::registered)),
            settled_days::attended.eq(excluded(settled_days::attended)),
            settled_days::collected.eq(excluded(settled_days::collected)),
            settled_days::emergency.eq(excluded(settled_days::emergency)),
            settled_days::safe.eq(excluded(settled_days::safe)),
            settled_days::ml.eq(excluded(settled_days::ml)),
            settled_days::ml350plus.eq(excluded(settled_days::ml350plus)),
            settled_days::first_time.eq(excluded(settled_days::first_time)),
        ))
        .execute(conn))
    .map(drop)
}

fn mark(conn: &mut Conn, day: NaiveDate) -> QueryResult<Vec<Counted>> {
    crate::on_each!(conn => diesel::update(tallies::table)
        .filter(tallies::held_on.eq(day))
        .set(tallies::is_settled.eq(true))
        .returning((
            tallies::drive,
            tallies::kind,
            tallies::registered,
            tallies::attended,
            tallies::collected,
            tallies::safe,
            tallies::ml,
            tallies::ml350plus,
            tallies::first_time,
        ))
        .load(conn))
}

impl Sums {
    fn of(rows: &[Counted]) -> Self {
        let mut sums = Self::default();
        let mut drives = HashSet::new();
        for (drive, kind, registered, attended, collected, safe, ml, ml350plus, first_time) in rows
        {
            if *attended > 0 || *collected > 0 {
                drives.insert(drive);
            }
            if *kind == UnitKind::Emergency {
                sums.emergency += i64::from(*collected);
            }
            sums.registered += i64::from(*registered);
            sums.attended += i64::from(*attended);
            sums.collected += i64::from(*collected);
            sums.safe += i64::from(*safe);
            sums.ml += ml;
            sums.ml350plus += i64::from(*ml350plus);
            sums.first_time += i64::from(*first_time);
        }
        sums.drives = i64::try_from(drives.len()).unwrap_or(i64::MAX);
        sums
    }
}
