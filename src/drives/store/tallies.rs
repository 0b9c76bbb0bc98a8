//! Rows of sums, moved in the transaction of each fact.
use crate::drives::model::{Delta, ProgrammeId, TallyKey, UnitKind};
use crate::platform::db::schema::tallies;
use crate::platform::db::{Conn, Prepare};
use crate::platform::id::{DriveId, OrganisationId};
use chrono::{Datelike, NaiveDate};
use diesel::dsl::sum;
use diesel::prelude::*;
use diesel::upsert::excluded;

#[derive(Insertable)]
#[diesel(table_name = tallies, treat_none_as_default_value = false)]
struct Row {
    drive: DriveId,
    held_on: NaiveDate,
    body: OrganisationId,
    kind: UnitKind,
    month: i32,
    organiser: OrganisationId,
    programme: Option<ProgrammeId>,
    registered: i32,
    attended: i32,
    collected: i32,
    safe: i32,
    ml: i64,
    ml350plus: i32,
    first_time: i32,
    is_settled: bool,
}

/// Moves the sums by `delta`: one statement. What is taken back must have been recorded; if it was not, the whole
/// unit of work fails as our fault.
pub fn record(conn: &mut Conn, key: &TallyKey, delta: &Delta) -> QueryResult<()> {
    // The CHECKs hold for the row an upsert would insert too, so a delta below zero can only be an update.
    if takes_back(delta) {
        return match change(conn, key, delta)? {
            1 => Ok(()),
            _ => Err(diesel::result::Error::RollbackTransaction),
        };
    }
    let row = Row::of(key, delta);
    crate::on_each!(conn => diesel::insert_into(tallies::table)
        .values(&row)
        .on_conflict((tallies::drive, tallies::held_on, tallies::body, tallies::kind))
        .do_update()
        .set((
            tallies::registered.eq(tallies::registered + excluded(tallies::registered)),
            tallies::attended.eq(tallies::attended + excluded(tallies::attended)),
            tallies::collected.eq(tallies::collected + excluded(tallies::collected)),
            tallies::safe.eq(tallies::safe + excluded(tallies::safe)),
            tallies::ml.eq(tallies::ml + excluded(tallies::ml)),
            tallies::ml350plus.eq(tallies::ml350plus + excluded(tallies::ml350plus)),
            tallies::first_time.eq(tallies::first_time + excluded(tallies::first_time)),
            tallies::is_settled.eq(excluded(tallies::is_settled)),
        ))
        .prepared()
        .execute(conn))
    .map(drop)
}

/// The sums of a drive over all bodies, days and kinds.
pub(in crate::drives) fn of_drive(conn: &mut Conn, drive: DriveId) -> QueryResult<Sums> {
    tallies::table
        .filter(tallies::drive.eq(drive))
        .select((
            sum(tallies::registered),
            sum(tallies::attended),
            sum(tallies::collected),
        ))
        .first(conn)
        .map(|(registered, attended, collected): SumRow| Sums {
            registered: registered.unwrap_or_default(),
            attended: attended.unwrap_or_default(),
            collected: collected.unwrap_or_default(),
        })
}

type SumRow = (Option<i64>, Option<i64>, Option<i64>);

/// How a drive goes, in numbers without names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::drives) struct Sums {
    pub(in crate::drives) registered: i64,
    pub(in crate::drives) attended: i64,
    pub(in crate::drives) collected: i64,
}

fn takes_back(delta: &Delta) -> bool {
    let counts = [
        delta.registered,
        delta.attended,
        delta.collected,
        delta.safe,
        delta.ml350plus,
        delta.first_time,
    ];
    delta.ml < 0 || counts.iter().any(|count| *count < 0)
}

fn change(conn: &mut Conn, key: &TallyKey, delta: &Delta) -> QueryResult<usize> {
    let sums = tallies::table.find((key.drive, key.held_on, key.body, key.kind));
    crate::on_each!(conn => diesel::update(sums)
        .set((
            tallies::registered.eq(tallies::registered + delta.registered),
            tallies::attended.eq(tallies::attended + delta.attended),
            tallies::collected.eq(tallies::collected + delta.collected),
            tallies::safe.eq(tallies::safe + delta.safe),
            tallies::ml.eq(tallies::ml + delta.ml),
            tallies::ml350plus.eq(tallies::ml350plus + delta.ml350plus),
            tallies::first_time.eq(tallies::first_time + delta.first_time),
            tallies::is_settled.eq(false),
        ))
        .prepared()
        .execute(conn))
}

impl Row {
    fn of(key: &TallyKey, delta: &Delta) -> Self {
        Self {
            drive: key.drive,
            held_on: key.held_on,
            body: key.body,
            kind: key.kind,
            month: month_of(key.held_on),
            organiser: key.organiser,
            programme: key.programme,
            registered: delta.registered,
            attended: delta.attended,
            collected: delta.collected,
            safe: delta.safe,
            ml: delta.ml,
            ml350plus: delta.ml350plus,
            first_time: delta.first_time,
            is_settled: false,
        }
    }
}

/// 202605 for a day in May 2026.
fn month_of(day: NaiveDate) -> i32 {
    day.year() * 100 + i32::try_from(day.month()).unwrap_or_default()
}
