//! How much was written to somebody lately.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::notices;
use crate::platform::id::PersonId;
use crate::platform::notices::model::Purpose;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::HashMap;

/// How many messages of each purpose left to this person since then.
pub(in crate::platform::notices) fn sent_since(
    conn: &mut Conn,
    person: PersonId,
    since: Moment,
) -> QueryResult<HashMap<Purpose, i64>> {
    let rows: Vec<(Purpose, i64)> = notices::table
        .filter(notices::person.eq(person))
        .filter(notices::state.eq("sent"))
        .filter(notices::settled_at.gt(Some(since)))
        .group_by(notices::purpose)
        .select((notices::purpose, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
