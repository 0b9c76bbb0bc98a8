//! Rows of what is counted.
use crate::platform::db::Conn;
use crate::platform::db::schema::indicators;
use diesel::prelude::*;

/// Something that is counted, with its names on screen.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = indicators)]
pub struct Indicator {
    /// Its name in the interface: `units_planned`.
    pub slug: String,
    /// In Vietnamese.
    pub name_vi: String,
    /// In English.
    pub name_en: String,
    /// What one of it is: `unit`, `VND`, `percent`.
    pub unit: String,
    /// Where it stands in reports; the lower the earlier.
    pub position: i32,
}

/// Adds an indicator; refused as existing when the slug is taken.
pub fn insert_indicator(conn: &mut Conn, new: &Indicator) -> QueryResult<()> {
    diesel::insert_into(indicators::table)
        .values(new.clone())
        .execute(conn)
        .map(drop)
}

/// All of them in the order of reports.
pub(in crate::organisations) fn list(conn: &mut Conn) -> QueryResult<Vec<Indicator>> {
    indicators::table
        .order((indicators::position, indicators::slug))
        .select(Indicator::as_select())
        .load(conn)
}

/// Whether something of this name is counted.
pub(in crate::organisations) fn exists(conn: &mut Conn, slug: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(indicators::table.find(slug))).get_result(conn)
}

/// The position after the last.
pub(in crate::organisations) fn next_position(conn: &mut Conn) -> QueryResult<i32> {
    let last: Option<i32> = indicators::table
        .select(diesel::dsl::max(indicators::position))
        .first(conn)?;
    Ok(last.unwrap_or_default() + 10)
}
