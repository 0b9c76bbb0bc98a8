//! The rows of the outbox. `due_at` is both when a notice may leave and, once taken, when its lease ends.
mod changes;
mod forget;
mod inbox;
mod lease;
pub mod receipts;
pub mod relay;
pub mod stops;
pub mod subscriptions;
mod uses;
mod week;
pub mod wishes;

use super::model::{NewNotice, Purpose};
use crate::platform::clock::Moment;
use crate::platform::db::schema::notices;
use crate::platform::db::{Conn, Json, Prepare};
use crate::platform::id::PersonId;
pub(super) use changes::{Change, put as put_change};
pub use changes::{NoticeChange, history};
use diesel::prelude::*;
pub(super) use forget::forget;
pub(super) use inbox::by_code;
pub use inbox::{Message, Said, inbox, read_all, unread};
pub use lease::{DeadNotice, dead, pending, retry};
pub(super) use lease::{Ending, Leaving, is_due, lease, leave, settle};
pub use subscriptions::{Subscription, SubscriptionId};
pub use uses::forget_old;
pub(super) use uses::{Room, Turn, take};
pub(super) use week::sent_since;
pub use wishes::Wishes;

crate::ids! {
    /// Names a message to a person.
    NoticeId,
}

#[derive(Insertable)]
#[diesel(table_name = notices, treat_none_as_default_value = false)]
pub(super) struct Row {
    id: NoticeId,
    kind: &'static str,
    person: PersonId,
    about: String,
    data: Json,
    secret: Option<String>,
    state: &'static str,
    due_at: Moment,
    expires_at: Moment,
    tries: i32,
    created_at: Moment,
    purpose: Purpose,
    urgency: i16,
}

impl Row {
    pub(super) fn of(notice: NewNotice, now: Moment) -> Self {
        Self {
            id: notice.id,
            kind: notice.kind.name,
            person: notice.person,
            about: notice.about,
            data: Json(notice.data),
            secret: notice.secret,
            state: "waiting",
            due_at: notice.not_before,
            expires_at: notice.expires_at,
            tries: 0,
            created_at: now,
            purpose: notice.kind.purpose,
            urgency: notice.kind.purpose.urgency(),
        }
    }
}

/// A notice this process holds until its lease ends.
#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = notices)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// Which words.
    pub kind: String,
    /// To whom.
    pub person: PersonId,
    /// What it is about.
    pub about: String,
    /// Ids and dates for the words.
    pub data: Json,
    /// Sealed with this row's id.
    pub secret: Option<String>,
    /// Worthless after.
    pub expires_at: Moment,
    /// Tries so far, this one too.
    pub tries: i32,
    /// By which its reader can check it; none before it first leaves.
    pub code: Option<String>,
}

/// One row, as most are: false when it is there already.
pub(super) fn insert_one(conn: &mut Conn, row: &Row) -> QueryResult<bool> {
    let new = crate::on_each!(conn => diesel::insert_into(notices::table).values(row).on_conflict_do_nothing().prepared().execute(conn));
    new.map(|rows| rows == 1)
}

pub(super) fn insert(conn: &mut Conn, rows: &[Row]) -> QueryResult<usize> {
    // Thirteen columns: SQLite binds at most 32,766 values in one statement.
    rows.chunks(1000).try_fold(0, |sum, chunk| {
        let new = crate::on_each!(conn => diesel::insert_into(notices::table).values(chunk).on_conflict_do_nothing().execute(conn))?;
        Ok(sum + new)
    })
}

/// What became of what was said to this person about this: `waiting`, `sent`, `dropped` or `dead`.
pub fn find_state(
    conn: &mut Conn,
    person: PersonId,
    kind: &str,
    about: &str,
) -> QueryResult<Option<String>> {
    notices::table
        .filter(notices::person.eq(person))
        .filter(notices::kind.eq(kind))
        .filter(notices::about.eq(about))
        .select(notices::state)
        .first(conn)
        .optional()
}

/// One message, whatever became of it.
pub fn find(conn: &mut Conn, id: NoticeId) -> QueryResult<Notice> {
    notices::table
        .find(id)
        .select(Notice::as_select())
        .first(conn)
}
