//! Sums of days that are over, as they were written down.
use super::super::rules::{Day, Filter, runs};
use super::recorded::{SumsRow, each_day};
use crate::organisations::declared::Period;
use crate::platform::db::Conn;
use crate::platform::db::schema::{settled_days, tallies};
use chrono::NaiveDate;
use diesel::dsl::not;
use diesel::prelude::*;

/// So many questions about days that are still open cost less than one about the whole period.
const MOST_RUNS: usize = 20;

/// Sums of each day. Of everybody, days that are over were summed before, and only the others are summed now.
pub(in crate::totals) fn days(conn: &mut Conn, filter: &Filter) -> QueryResult<Vec<Day>> {
    if !filter.is_of_everything() {
        return each_day(conn, filter);
    }
    let open = open(conn, filter.period)?;
    let runs = runs(&open);
    if runs.len() > MOST_RUNS {
        return each_day(conn, filter);
    }
    let mut days = settled(conn, filter.period)?;
    days.retain(|day| open.binary_search(&day.on).is_err());
    for period in runs {
        days.extend(each_day(conn, &Filter { period, ..*filter })?);
    }
    Ok(days)
}

/// Days whose tallies are not all in the sums written down, in their order.
fn open(conn: &mut Conn, period: Period) -> QueryResult<Vec<NaiveDate>> {
    tallies::table
        .filter(not(tallies::is_settled))
        .filter(tallies::held_on.between(period.from, period.to))
        .select(tallies::held_on)
        .distinct()
        .order(tallies::held_on)
        .load(conn)
}

/// The sums written down, also of days that were changed since.
fn settled(conn: &mut Conn, period: Period) -> QueryResult<Vec<Day>> {
    let rows: Vec<(NaiveDate, SumsRow)> = settled_days::table
        .filter(settled_days::held_on.between(period.from, period.to))
        .select((
            settled_days::held_on,
            (
                settled_days::drives,
                settled_days::registered,
                settled_days::attended,
                settled_days::collected,
                settled_days::emergency,
                settled_days::safe,
                settled_days::ml,
                settled_days::ml350plus,
                settled_days::first_time,
            ),
        ))
        .load(conn)?;
    let day = |(on, sums): (NaiveDate, SumsRow)| Day {
        on,
        place: None,
        sums: sums.into(),
    };
    Ok(rows.into_iter().map(day).collect())
}
