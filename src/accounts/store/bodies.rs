//! Bodies as the operator names them.
// Organisations own this table and stand right of accounts, which must know where a first role is to hold.
use crate::platform::db::Conn;
use crate::platform::db::schema::organisations;
use crate::platform::id::OrganisationId;
use diesel::prelude::*;

/// The body of this official code.
pub(in crate::accounts) fn with_code(
    conn: &mut Conn,
    code: &str,
) -> QueryResult<Option<OrganisationId>> {
    organisations::table
        .filter(organisations::code.eq(code))
        .select(organisations::id)
        .first(conn)
        .optional()
}

/// Whether there is a body of this id.
pub(in crate::accounts) fn exists(conn: &mut Conn, id: OrganisationId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(organisations::table.find(id))).get_result(conn)
}

/// The oldest body above which there is none.
pub(in crate::accounts) fn root(conn: &mut Conn) -> QueryResult<Option<OrganisationId>> {
    organisations::table
        .filter(organisations::parent.is_null())
        .order((organisations::created_at, organisations::id))
        .select(organisations::id)
        .first(conn)
        .optional()
}
