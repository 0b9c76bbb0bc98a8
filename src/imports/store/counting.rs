//! Letting PostgreSQL count the tables that a large list fills; by itself it comes round to it within a minute.
use crate::platform::db::Conn;
use diesel::QueryResult;
use diesel::connection::SimpleConnection;

/// Counts them anew, so that what is asked next is planned for what is there. SQLite plans without.
pub(in crate::imports) fn count_anew(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Postgres(conn) => {
            conn.batch_execute("ANALYZE people, contacts, consents, donors, gifts, memberships")
        }
        Conn::Sqlite(_) => Ok(()),
    }
}
