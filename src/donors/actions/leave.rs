//! Leaving: what says who somebody was goes, what was counted stays.
use crate::accounts;
use crate::donors::store;
use crate::people;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;

/// Erases a person at their own wish and ends every sign-in.
pub(in crate::donors) fn leave(
    conn: &mut Conn,
    person: PersonId,
    now: Moment,
) -> Result<(), Problem> {
    people::find(conn, person)?;
    store::forget(conn, person)?;
    people::erase(conn, person, now)?;
    accounts::end_all(conn, person, now)?;
    Ok(())
}
