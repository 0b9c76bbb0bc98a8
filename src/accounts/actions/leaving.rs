//! Leaving for good: nothing is kept that lets somebody in.
use crate::accounts::rules::Refusal;
use crate::accounts::store::{codes, credentials, grants, sign_ins, tickets};
use crate::people;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::notices;
use crate::platform::problem::Problem;

/// Forgets a person's password, sign-ins, codes and roles; the last administrator hands over first.
pub fn leave(conn: &mut Conn, person: PersonId) -> Result<(), Problem> {
    if grants::admins(conn)? == [person] {
        return Err(Refusal::LastAdmin.into());
    }
    for lookup in people::contacts::lookups(conn, person)? {
        // A code sent to a telephone the family shares may be for somebody else.
        let owners = people::contacts::with_lookup(conn, &lookup)?;
        if owners.iter().all(|owner| *owner == person) {
            codes::forget(conn, &lookup)?;
        }
    }
    notices::forget(conn, person)?;
    credentials::forget(conn, person)?;
    sign_ins::forget(conn, person)?;
    tickets::forget(conn, person)?;
    Ok(grants::forget(conn, person)?)
}
