//! What was decided of a list's unsure and wrong rows, counted.
use crate::imports::model::{Decision, ImportId, Verdict};
use crate::platform::db::Conn;
use crate::platform::db::schema::import_rows;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// How many unsure and wrong rows have each decision; those under none wait for one.
pub(in crate::imports) fn decided(
    conn: &mut Conn,
    import: ImportId,
) -> QueryResult<Vec<(Option<Decision>, i64)>> {
    import_rows::table
        .filter(import_rows::import.eq(import))
        .filter(import_rows::verdict.eq_any([Verdict::Unsure, Verdict::Problem]))
        .group_by(import_rows::decision)
        .select((import_rows::decision, count_star()))
        .load(conn)
}
