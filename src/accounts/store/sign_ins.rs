//! Rows of sign-ins: one a device.
use crate::accounts::model::Session;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{people, refresh_tokens, sign_ins};
use crate::platform::id::{PersonId, SignInId};
use diesel::prelude::*;

/// A sign-in as its owner sees it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sign_ins)]
pub(in crate::accounts) struct SignIn {
    pub(in crate::accounts) id: SignInId,
    pub(in crate::accounts) label: String,
    pub(in crate::accounts) created_at: Moment,
    pub(in crate::accounts) used_at: Moment,
    pub(in crate::accounts) ends_at: Moment,
}

pub(in crate::accounts) fn insert(
    conn: &mut Conn,
    person: PersonId,
    session: &Session,
) -> QueryResult<()> {
    diesel::insert_into(sign_ins::table)
        .values((
            sign_ins::id.eq(session.id),
            sign_ins::person.eq(person),
            sign_ins::epoch.eq(0),
            sign_ins::label.eq(&session.label),
            sign_ins::created_at.eq(session.now),
            sign_ins::used_at.eq(session.now),
            sign_ins::idle_until.eq(session.idle_until),
            sign_ins::ends_at.eq(session.ends_at),
        ))
        .execute(conn)
        .map(drop)
}

/// Notes that a living sign-in was used, which keeps it from idling out; answers whose it is and its epoch.
pub(in crate::accounts) fn renew(
    conn: &mut Conn,
    id: SignInId,
    (now, idle_until): (Moment, Moment),
) -> QueryResult<Option<(PersonId, i32)>> {
    let gone = people::table
        .filter(people::erased_at.is_not_null())
        .select(people::id);
    let alive = sign_ins::table
        .find(id)
        .filter(sign_ins::revoked_at.is_null())
        .filter(sign_ins::idle_until.gt(now))
        .filter(sign_ins::ends_at.gt(now))
        .filter(sign_ins::person.ne_all(gone));
    diesel::update(alive)
        .set((
            sign_ins::used_at.eq(now),
            sign_ins::idle_until.eq(idle_until),
        ))
        .returning((sign_ins::person, sign_ins::epoch))
        .get_result(conn)
        .optional()
}

/// The person's living sign-ins, newest first.
pub(in crate::accounts) fn list(
    conn: &mut Conn,
    person: PersonId,
    now: Moment,
) -> QueryResult<Vec<SignIn>> {
    sign_ins::table
        .filter(sign_ins::person.eq(person))
        .filter(sign_ins::revoked_at.is_null())
        .filter(sign_ins::idle_until.gt(now))
        .filter(sign_ins::ends_at.gt(now))
        .order((sign_ins::created_at.desc(), sign_ins::id.desc()))
        .limit(200)
        .select(SignIn::as_select())
        .load(conn)
}

/// When this sign-in began.
pub(in crate::accounts) fn began(conn: &mut Conn, id: SignInId) -> QueryResult<Moment> {
    sign_ins::table
        .find(id)
        .select(sign_ins::created_at)
        .first(conn)
}

/// Ends one sign-in; its tokens stop at once. False when it is not a living one of this person.
pub(in crate::accounts) fn end(
    conn: &mut Conn,
    person: PersonId,
    id: SignInId,
    now: Moment,
) -> QueryResult<bool> {
    let live = sign_ins::table
        .find(id)
        .filter(sign_ins::person.eq(person))
        .filter(sign_ins::revoked_at.is_null());
    diesel::update(live)
        .set((
            sign_ins::revoked_at.eq(Some(now)),
            sign_ins::epoch.eq(sign_ins::epoch + 1),
        ))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Ends a sign-in whose token was stolen or copied.
pub(in crate::accounts) fn revoke(conn: &mut Conn, id: SignInId, now: Moment) -> QueryResult<()> {
    diesel::update(
        sign_ins::table
            .find(id)
            .filter(sign_ins::revoked_at.is_null()),
    )
    .set((
        sign_ins::revoked_at.eq(Some(now)),
        sign_ins::epoch.eq(sign_ins::epoch + 1),
    ))
    .execute(conn)
    .map(drop)
}

/// Signs a person out everywhere: their tokens stop at once. Answers how many sign-ins ended.
pub(in crate::accounts) fn end_all(
    conn: &mut Conn,
    person: PersonId,
    now: Moment,
) -> QueryResult<usize> {
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

/// Forgets a person's sign-ins and their tokens, and with them from which devices they came.
pub(in crate::accounts) fn forget(conn: &mut Conn, person: PersonId) -> QueryResult<()> {
    let theirs = sign_ins::table
        .filter(sign_ins::person.eq(person))
        .select(sign_ins::id);
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::sign_in.eq_any(theirs)))
        .execute(conn)?;
    diesel::delete(sign_ins::table.filter(sign_ins::person.eq(person)))
        .execute(conn)
        .map(drop)
}
