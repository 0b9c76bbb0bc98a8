//! One drive's counts, and the drives of a period.
use super::super::rules::{Filter, Sums};
use super::recorded::{SUMS, SumsRow, and_place, id, meant, place};
use crate::platform::db::schema::{declared_counts, donations, drives, organisations, tallies};
use crate::platform::db::{Conn, Uid};
use crate::platform::id::{DriveId, OrganisationId};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Date, Nullable, Text};

/// What totals need of a drive.
#[derive(Debug, Clone, Queryable)]
pub(in crate::totals) struct DriveRow {
    pub(in crate::totals) organiser: OrganisationId,
    pub(in crate::totals) name: String,
    pub(in crate::totals) state: String,
    pub(in crate::totals) target_units: Option<i32>,
}

/// This drive.
pub(in crate::totals) fn drive(conn: &mut Conn, id: DriveId) -> QueryResult<DriveRow> {
    drives::table
        .find(id)
        .select((
            drives::organiser,
            drives::name,
            drives::state,
            drives::target_units,
        ))
        .first(conn)
}

/// A line of the drive's tallies.
#[derive(Debug, Clone, Queryable)]
pub(in crate::totals) struct Held {
    pub(in crate::totals) body: OrganisationId,
    pub(in crate::totals) name: String,
    pub(in crate::totals) kind: String,
    pub(in crate::totals) registered: i32,
    pub(in crate::totals) attended: i32,
    pub(in crate::totals) collected: i32,
    pub(in crate::totals) safe: i32,
    pub(in crate::totals) ml: i64,
    pub(in crate::totals) ml350plus: i32,
    pub(in crate::totals) first_time: i32,
}

/// Every line of the drive's tallies, by body.
pub(in crate::totals) fn counted(conn: &mut Conn, id: DriveId) -> QueryResult<Vec<Held>> {
    tallies::table
        .inner_join(organisations::table.on(organisations::id.eq(tallies::body)))
        .filter(tallies::drive.eq(id))
        .order((
            organisations::search_name,
            tallies::body,
            tallies::kind,
            tallies::held_on,
        ))
        .select((
            tallies::body,
            organisations::name,
            tallies::kind,
            tallies::registered,
            tallies::attended,
            tallies::collected,
            tallies::safe,
            tallies::ml,
            tallies::ml350plus,
            tallies::first_time,
        ))
        .load(conn)
}

/// What the drive's people typed.
#[derive(Debug, Clone, Queryable)]
pub(in crate::totals) struct DeclaredCount {
    pub(in crate::totals) body: OrganisationId,
    pub(in crate::totals) name: String,
    pub(in crate::totals) kind: String,
    pub(in crate::totals) registered: Option<i32>,
    pub(in crate::totals) attended: Option<i32>,
    pub(in crate::totals) collected: i32,
    pub(in crate::totals) safe: Option<i32>,
    pub(in crate::totals) ml: Option<i64>,
}

/// Every declared count of the drive, by body.
pub(in crate::totals) fn declared(conn: &mut Conn, id: DriveId) -> QueryResult<Vec<DeclaredCount>> {
    declared_counts::table
        .inner_join(organisations::table.on(organisations::id.eq(declared_counts::mobilised_by)))
        .filter(declared_counts::drive.eq(id))
        .order((
            organisations::search_name,
            declared_counts::mobilised_by,
            declared_counts::kind,
        ))
        .select((
            declared_counts::mobilised_by,
            organisations::name,
            declared_counts::kind,
            declared_counts::registered,
            declared_counts::attended,
            declared_counts::collected,
            declared_counts::safe,
            declared_counts::ml,
        ))
        .load(conn)
}

/// Units of each blood group that was recorded; none where it was not.
pub(in crate::totals) fn groups(
    conn: &mut Conn,
    id: DriveId,
) -> QueryResult<Vec<(Option<String>, i64)>> {
    donations::table
        .filter(donations::drive.eq(id))
        .filter(donations::voided_at.is_null())
        .group_by(donations::blood_group)
        .select((donations::blood_group, diesel::dsl::count_star()))
        .order(donations::blood_group)
        .load(conn)
}

/// One drive of a report; of one place where places are told apart.
#[derive(Debug, Clone)]
pub(in crate::totals) struct Listed {
    pub(in crate::totals) id: DriveId,
    pub(in crate::totals) name: String,
    pub(in crate::totals) starts_on: NaiveDate,
    pub(in crate::totals) place: Option<OrganisationId>,
    pub(in crate::totals) sums: Sums,
}

#[derive(QueryableByName)]
struct ListedRow {
    #[diesel(sql_type = Uid)]
    id: DriveId,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Date)]
    starts_on: NaiveDate,
    #[diesel(sql_type = Nullable<Uid>)]
    place: Option<OrganisationId>,
    #[diesel(embed)]
    sums: SumsRow,
}

/// The drives of a scope and period that somebody came to, by day.
pub(in crate::totals) fn drives(conn: &mut Conn, filter: &Filter) -> QueryResult<Vec<Listed>> {
    let (meant, place, and_place) = (
        meant(filter.reach, "body"),
        place(filter),
        and_place(filter),
    );
    let text = format!(
        "SELECT d.id, d.name, d.starts_on, x.* FROM \
         (SELECT t.drive, {place} AS place, {SUMS} FROM tallies t WHERE {meant} GROUP BY t.drive{and_place}) x \
         JOIN drives d ON d.id = x.drive WHERE x.drives > 0 ORDER BY d.starts_on, d.id"
    );
    let rows: Vec<ListedRow> = diesel::sql_query(text)
        .bind::<Date, _>(filter.period.from)
        .bind::<Date, _>(filter.period.to)
        .bind::<Nullable<Uid>, _>(id(filter.reach))
        .load(conn)?;
    let listed = |row: ListedRow| Listed {
        id: row.id,
        name: row.name,
        starts_on: row.starts_on,
        place: row.place,
        sums: row.sums.into(),
    };
    Ok(rows.into_iter().map(listed).collect())
}
