//! Rows of refresh tokens: hashes, each good for one exchange.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::refresh_tokens;
use crate::platform::id::SignInId;
use diesel::dsl::max;
use diesel::prelude::*;

pub(in crate::accounts) fn insert(
    conn: &mut Conn,
    sign_in: SignInId,
    hash: &str,
    now: Moment,
) -> QueryResult<()> {
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::hash.eq(hash),
            refresh_tokens::sign_in.eq(sign_in),
            refresh_tokens::created_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

/// Spends a token, in one step: of two that race, one finds it spent.
pub(in crate::accounts) fn spend(
    conn: &mut Conn,
    hash: &str,
    now: Moment,
) -> QueryResult<Option<SignInId>> {
    let unspent = refresh_tokens::table
        .find(hash)
        .filter(refresh_tokens::spent_at.is_null());
    diesel::update(unspent)
        .set(refresh_tokens::spent_at.eq(Some(now)))
        .returning(refresh_tokens::sign_in)
        .get_result(conn)
        .optional()
}

/// A token that was spent before.
pub(in crate::accounts) struct Spent {
    pub(in crate::accounts) sign_in: SignInId,
    pub(in crate::accounts) at: Moment,
    /// Whether the token it was exchanged for is the newest of the sign-in.
    pub(in crate::accounts) is_predecessor: bool,
}

/// Whose token this was and when it was spent; none when it is no token of ours.
pub(in crate::accounts) fn find_spent(conn: &mut Conn, hash: &str) -> QueryResult<Option<Spent>> {
    let row: Option<(SignInId, Option<Moment>)> = refresh_tokens::table
        .find(hash)
        .select((refresh_tokens::sign_in, refresh_tokens::spent_at))
        .first(conn)
        .optional()?;
    let Some((sign_in, Some(at))) = row else {
        return Ok(None);
    };
    let newest: Option<Moment> = refresh_tokens::table
        .filter(refresh_tokens::sign_in.eq(sign_in))
        .select(max(refresh_tokens::created_at))
        .first(conn)?;
    Ok(Some(Spent {
        sign_in,
        at,
        is_predecessor: newest == Some(at),
    }))
}

/// Forgets tokens spent before `before`: their sign-ins have ended by then.
pub(in crate::accounts) fn purge(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::created_at.lt(before)))
        .execute(conn)
}
