//! Facts about this database itself: whose keys it was filled with, whether it holds the demo.
use super::db::Conn;
use super::db::schema::marks;
use crate::on_each;
use diesel::prelude::*;

/// The fingerprint of the keys that everything here is sealed with.
pub const KEYS: &str = "keys";
/// Stands where everything here is invented, to try the service with.
pub const DEMO: &str = "demo";
/// Stands once the first administrator was made in the browser.
pub const SETUP: &str = "setup";

/// What is written under this name, if anything.
pub fn find(conn: &mut Conn, name: &str) -> QueryResult<Option<String>> {
    marks::table
        .find(name)
        .select(marks::value)
        .first(conn)
        .optional()
}

/// Writes `value` under this name, over what stood there.
pub fn put(conn: &mut Conn, name: &str, value: &str) -> QueryResult<()> {
    let row = (marks::name.eq(name), marks::value.eq(value));
    on_each!(conn => diesel::insert_into(marks::table)
        .values(row)
        .on_conflict(marks::name)
        .do_update()
        .set(marks::value.eq(value))
        .execute(conn))
    .map(drop)
}

/// Writes `value` under this name if nothing stands there; says whether it did. Of two at once only one does.
pub fn put_first(conn: &mut Conn, name: &str, value: &str) -> QueryResult<bool> {
    let row = (marks::name.eq(name), marks::value.eq(value));
    on_each!(conn => diesel::insert_into(marks::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn))
    .map(|rows| rows == 1)
}
