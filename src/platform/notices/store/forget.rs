//! What goes when a person does.
use super::{subscriptions, wishes};
use crate::platform::db::schema::notices;
use crate::platform::db::{Conn, Json};
use crate::platform::id::PersonId;
use diesel::prelude::*;

/// Forgets what was written to somebody, by which ways, and how they wished it. That something was sent stays.
pub(in crate::platform::notices) fn forget(conn: &mut Conn, person: PersonId) -> QueryResult<()> {
    subscriptions::forget(conn, person)?;
    wishes::forget(conn, person)?;
    diesel::update(notices::table.filter(notices::person.eq(person)))
        .set((
            notices::said.eq(None::<Json>),
            notices::code.eq(None::<String>),
            notices::secret.eq(None::<String>),
        ))
        .execute(conn)
        .map(drop)
}
