//! Rows of six-digit codes. Tries are counted before a code is looked at, so that all processes together allow only so many.
use crate::accounts::model::CodePurpose;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::sign_in_codes;
use crate::platform::id::AnyId;
use diesel::prelude::*;

/// A code to be kept, by its hash.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = sign_in_codes)]
pub(in crate::accounts) struct NewCode {
    pub(in crate::accounts) id: AnyId,
    pub(in crate::accounts) lookup: String,
    pub(in crate::accounts) purpose: CodePurpose,
    pub(in crate::accounts) code_hash: String,
    pub(in crate::accounts) tries: i32,
    pub(in crate::accounts) expires_at: Moment,
    pub(in crate::accounts) created_at: Moment,
}

pub(in crate::accounts) fn insert(conn: &mut Conn, code: &NewCode) -> QueryResult<()> {
    diesel::insert_into(sign_in_codes::table)
        .values(code)
        .execute(conn)
        .map(drop)
}

/// How many codes this contact was sent since `since`.
pub(in crate::accounts) fn count_since(
    conn: &mut Conn,
    lookup: &str,
    since: Moment,
) -> QueryResult<i64> {
    sign_in_codes::table
        .filter(sign_in_codes::lookup.eq(lookup))
        .filter(sign_in_codes::created_at.gt(since))
        .count()
        .get_result(conn)
}

/// The contact's newest code for this purpose, its hash, if it may still be tried; takes one try off it.
pub(in crate::accounts) fn take_try(
    conn: &mut Conn,
    (lookup, purpose): (&str, CodePurpose),
    most: i32,
    now: Moment,
) -> QueryResult<Option<(AnyId, String)>> {
    let newest: Option<AnyId> = sign_in_codes::table
        .filter(sign_in_codes::lookup.eq(lookup))
        .filter(sign_in_codes::purpose.eq(purpose))
        .order((sign_in_codes::created_at.desc(), sign_in_codes::id.desc()))
        .select(sign_in_codes::id)
        .first(conn)
        .optional()?;
    let Some(id) = newest else { return Ok(None) };
    let alive = sign_in_codes::table
        .find(id)
        .filter(sign_in_codes::used_at.is_null())
        .filter(sign_in_codes::tries.lt(most))
        .filter(sign_in_codes::expires_at.gt(now));
    let hash = diesel::update(alive)
        .set(sign_in_codes::tries.eq(sign_in_codes::tries + 1))
        .returning(sign_in_codes::code_hash)
        .get_result(conn)
        .optional()?;
    Ok(hash.map(|hash| (id, hash)))
}

/// Uses a code up; false when it was used already.
pub(in crate::accounts) fn use_up(conn: &mut Conn, id: AnyId, now: Moment) -> QueryResult<bool> {
    let unused = sign_in_codes::table
        .find(id)
        .filter(sign_in_codes::used_at.is_null());
    diesel::update(unused)
        .set(sign_in_codes::used_at.eq(Some(now)))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Forgets codes that ended before `before`.
pub(in crate::accounts) fn purge(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    diesel::delete(sign_in_codes::table.filter(sign_in_codes::expires_at.lt(before))).execute(conn)
}

/// Forgets the codes sent to a contact.
pub(in crate::accounts) fn forget(conn: &mut Conn, lookup: &str) -> QueryResult<()> {
    diesel::delete(sign_in_codes::table.filter(sign_in_codes::lookup.eq(lookup)))
        .execute(conn)
        .map(drop)
}
