//! Rows of sign-ins and their refresh tokens.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::sign_ins;
use crate::platform::id::PersonId;
use diesel::prelude::*;

/// Signs a person out everywhere: their tokens stop at once. Answers how many sign-ins ended.
pub fn end_all(conn: &mut Conn, person: PersonId, now: Moment) -> QueryResult<usize> {
    let live = sign_ins::table
        .filter(sign_ins::person.eq(person))
        .filter(sign_ins::revoked_at.is_null());
    diesel::update(live)
        .set((
            sign_ins::revoked_at.eq(Some(now)),
            sign_ins::epoch.eq(sign_ins::epoch + 1),
        ))
        .execute(conn)
}
