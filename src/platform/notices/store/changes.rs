//! Each state a message was in, only ever added to.
use super::super::model::Channel;
use super::NoticeId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::notice_changes;
use crate::platform::db::{Conn, Prepare};
use crate::platform::id::AnyId;
use diesel::prelude::*;

/// What happened to a message.
#[derive(Debug, Clone)]
pub(in crate::platform::notices) struct Change {
    pub(in crate::platform::notices) id: AnyId,
    pub(in crate::platform::notices) state: &'static str,
    pub(in crate::platform::notices) channel: Option<Channel>,
    pub(in crate::platform::notices) detail: Option<String>,
    pub(in crate::platform::notices) at: Moment,
}

pub(in crate::platform::notices) fn put(
    conn: &mut Conn,
    notice: NoticeId,
    change: &Change,
) -> QueryResult<()> {
    let row = (
        notice_changes::id.eq(change.id),
        notice_changes::notice.eq(notice),
        notice_changes::state.eq(change.state),
        notice_changes::channel.eq(change.channel),
        notice_changes::detail.eq(&change.detail),
        notice_changes::changed_at.eq(change.at),
    );
    crate::on_each!(conn => diesel::insert_into(notice_changes::table).values(row).prepared().execute(conn)).map(drop)
}

/// One state a message was in.
#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = notice_changes)]
pub struct NoticeChange {
    /// `sending`, `sent`, `delivered`, `failed`, `later`, `refused`, `dropped` or `dead`.
    pub state: String,
    /// By which way.
    pub channel: Option<Channel>,
    /// What the other side said, or why.
    pub detail: Option<String>,
    /// When.
    pub changed_at: Moment,
}

/// Every state a message was in, the oldest first.
pub fn history(conn: &mut Conn, notice: NoticeId) -> QueryResult<Vec<NoticeChange>> {
    notice_changes::table
        .filter(notice_changes::notice.eq(notice))
        .order((notice_changes::changed_at, notice_changes::id))
        .select(NoticeChange::as_select())
        .load(conn)
}
