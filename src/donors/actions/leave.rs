//! Leaving: what says who somebody was goes, what was counted stays.
use crate::accounts;
use crate::donors::store;
use crate::people;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::idempotency;
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;

/// Erases a person at their own wish; they cannot come in any more.
pub(in crate::donors) fn leave(
    conn: &mut Conn,
    person: PersonId,
    now: Moment,
) -> Result<(), Problem> {
    people::find(conn, person)?;
    accounts::leave(conn, person)?;
    store::forget(conn, person)?;
    people::erase(conn, person, now)?;
    Ok(idempotency::forget(conn, person)?)
}
