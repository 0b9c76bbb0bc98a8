//! Rows of passwords: their hashes.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::credentials;
use crate::platform::id::PersonId;
use diesel::prelude::*;

/// The first of these people who has a password, with its hash.
pub(in crate::accounts) fn of_any(
    conn: &mut Conn,
    people: &[PersonId],
) -> QueryResult<Option<(PersonId, String)>> {
    credentials::table
        .filter(credentials::person.eq_any(people))
        .order(credentials::person)
        .select((credentials::person, credentials::password_hash))
        .first(conn)
        .optional()
}

/// Sets a person's password.
pub(in crate::accounts) fn set(
    conn: &mut Conn,
    person: PersonId,
    hash: &str,
    now: Moment,
) -> QueryResult<()> {
    diesel::delete(credentials::table.find(person)).execute(conn)?;
    diesel::insert_into(credentials::table)
        .values((
            credentials::person.eq(person),
            credentials::password_hash.eq(hash),
            credentials::changed_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

/// Puts `new` in place of `old`; false when the password was changed in the meantime.
pub(in crate::accounts) fn exchange(
    conn: &mut Conn,
    person: PersonId,
    old: &str,
    new: &str,
) -> QueryResult<bool> {
    let row = credentials::table
        .find(person)
        .filter(credentials::password_hash.eq(old));
    diesel::update(row)
        .set(credentials::password_hash.eq(new))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Forgets a person's password.
pub(in crate::accounts) fn forget(conn: &mut Conn, person: PersonId) -> QueryResult<()> {
    diesel::delete(credentials::table.find(person))
        .execute(conn)
        .map(drop)
}
