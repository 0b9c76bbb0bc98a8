//! The few counts on the front page.
use crate::platform::db::Conn;
use crate::platform::db::schema::{donors, drives, tallies};
use crate::platform::marks;
use chrono::{Datelike, NaiveDate, TimeDelta};
use diesel::dsl::sum;
use diesel::prelude::*;

/// How much is going on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    /// Drives that anyone may know of, from Monday to Sunday.
    pub(super) drives: i64,
    /// Units collected since the first of January.
    pub(super) units: i64,
    /// People who give or want to.
    pub(super) donors: i64,
    /// Whether all of it is invented.
    pub(super) is_demo: bool,
}

/// The numbers of the week and the year that hold `today`.
pub(super) fn numbers(conn: &mut Conn, today: NaiveDate) -> QueryResult<Numbers> {
    let monday = today - TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
    let sunday = monday + TimeDelta::days(6);
    let new_year = today.with_ordinal(1).unwrap_or(today);
    let drives = drives::table
        .filter(drives::starts_on.le(sunday))
        .filter(drives::ends_on.ge(monday))
        .filter(drives::is_hidden.eq(false))
        .filter(drives::state.eq_any(["open", "running", "completed", "signed"]))
        .count()
        .get_result(conn)?;
    let units: Option<i64> = tallies::table
        .filter(tallies::held_on.between(new_year, today))
        .select(sum(tallies::collected))
        .get_result(conn)?;
    Ok(Numbers {
        drives,
        units: units.unwrap_or(0),
        donors: donors::table.count().get_result(conn)?,
        is_demo: marks::find(conn, marks::DEMO)?.is_some(),
    })
}
