//! What a person finds in their own list: what was sent, what was not, and why.
use super::NoticeId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::notices;
use crate::platform::db::{Conn, Json};
use crate::platform::id::PersonId;
use crate::platform::notices::model::{Channel, Purpose};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// What a message said, in short; no code and no link that acts for others.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Said {
    /// A few words; none where the message carried a secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// One sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Where a tap leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// In whose name.
    pub sender: String,
    /// Marks of what its reader must know to check it: the end of their number, the start of their mail address.
    #[serde(default)]
    pub marks: Vec<String>,
}

/// A message whose fate is known.
#[derive(Queryable, Debug, Clone)]
pub struct Message {
    /// Its id.
    pub id: NoticeId,
    /// Which words.
    pub kind: String,
    /// `sent`, `dropped` or `dead`.
    pub state: String,
    /// By which way it left.
    pub channel: Option<Channel>,
    /// Why it did not.
    pub reason: Option<String>,
    /// What it said.
    pub said: Option<Json>,
    /// By which it can be checked.
    pub code: Option<String>,
    /// When its fate was known.
    pub settled_at: Moment,
    /// When its reader opened the list.
    pub read_at: Option<Moment>,
}

impl Message {
    /// What it said, where it left.
    pub fn said(&self) -> Option<Said> {
        let Json(said) = self.said.as_ref()?;
        serde_json::from_value(said.clone()).ok()
    }
}

/// What was sent to this person or was not, the newest first.
pub fn inbox(
    conn: &mut Conn,
    person: PersonId,
    after: Option<(Moment, NoticeId)>,
    most: i64,
) -> QueryResult<Vec<Message>> {
    let mut query = notices::table
        .filter(notices::person.eq(person))
        .filter(notices::state.ne("waiting"))
        .filter(notices::settled_at.is_not_null())
        .into_boxed();
    if let Some((at, id)) = after {
        let same = notices::settled_at.eq(Some(at)).and(notices::id.lt(id));
        query = query.filter(notices::settled_at.lt(Some(at)).or(same).assume_not_null());
    }
    query
        .order((notices::settled_at.desc(), notices::id.desc()))
        .limit(most)
        .select((
            notices::id,
            notices::kind,
            notices::state,
            notices::channel,
            notices::reason,
            notices::said,
            notices::code,
            notices::settled_at.assume_not_null(),
            notices::read_at,
        ))
        .load(conn)
}

/// A message that left, found by its code.
#[derive(Queryable, Debug)]
pub(in crate::platform::notices) struct Coded {
    pub(in crate::platform::notices) kind: String,
    pub(in crate::platform::notices) purpose: Purpose,
    pub(in crate::platform::notices) said: Json,
    pub(in crate::platform::notices) sent_at: Moment,
}

pub(in crate::platform::notices) fn by_code(
    conn: &mut Conn,
    code: &str,
) -> QueryResult<Option<Coded>> {
    notices::table
        .filter(notices::code.eq(code))
        .filter(notices::said.is_not_null())
        .select((
            notices::kind,
            notices::purpose,
            notices::said.assume_not_null(),
            notices::settled_at.assume_not_null(),
        ))
        .filter(notices::settled_at.is_not_null())
        .first(conn)
        .optional()
}

/// How many messages that left wait to be read.
pub fn unread(conn: &mut Conn, person: PersonId) -> QueryResult<i64> {
    notices::table
        .filter(notices::person.eq(person))
        .filter(notices::state.eq("sent"))
        .filter(notices::read_at.is_null())
        .filter(notices::purpose.ne(Purpose::Code))
        .count()
        .get_result(conn)
}

/// Marks everything that left until this moment as read.
pub fn read_all(
    conn: &mut Conn,
    person: PersonId,
    until: Moment,
    now: Moment,
) -> QueryResult<usize> {
    let open = notices::table
        .filter(notices::person.eq(person))
        .filter(notices::state.eq("sent"))
        .filter(notices::read_at.is_null())
        .filter(notices::settled_at.le(Some(until)));
    diesel::update(open)
        .set(notices::read_at.eq(Some(now)))
        .execute(conn)
}
