//! What a provider tells us afterwards of a message it took.
use super::{Change, NoticeId, put_change};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::notices;
use crate::platform::id::AnyId;
use crate::platform::notices::model::Channel;
use diesel::prelude::*;

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// It is on the telephone.
    Delivered,
    /// It never will be.
    Failed,
}

/// Keeps a receipt; false when no such message left by the gateway.
pub fn keep(
    conn: &mut Conn,
    (id, notice): (AnyId, NoticeId),
    receipt: Receipt,
    now: Moment,
) -> QueryResult<bool> {
    let left = notices::table
        .find(notice)
        .filter(notices::channel.eq(Channel::Gateway));
    let is_ours: bool = diesel::select(diesel::dsl::exists(left)).get_result(conn)?;
    if !is_ours {
        return Ok(false);
    }
    let word = match receipt {
        Receipt::Delivered => "delivered",
        Receipt::Failed => "failed",
    };
    put_change(
        conn,
        notice,
        &Change::new(id, word, Some(Channel::Gateway), now),
    )?;
    if receipt == Receipt::Failed {
        let sent = notices::table
            .find(notice)
            .filter(notices::state.eq("sent"));
        diesel::update(sent)
            .set((
                notices::state.eq("dead"),
                notices::last_error.eq(Some("the provider could not deliver it")),
            ))
            .execute(conn)?;
    }
    Ok(true)
}
