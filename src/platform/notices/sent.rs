//! What was sent to a person, for that person.
use super::NoticeId;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::notices;
use crate::platform::id::PersonId;
use diesel::prelude::*;

/// A message that left.
#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = notices)]
pub struct SentNotice {
    /// Its id.
    pub id: NoticeId,
    /// Which words.
    pub kind: String,
    /// When it left.
    #[diesel(select_expression = notices::settled_at.assume_not_null())]
    pub sent_at: Moment,
}

/// What was sent to this person, the newest first.
pub fn sent_to(
    conn: &mut Conn,
    person: PersonId,
    after: Option<(Moment, NoticeId)>,
    most: i64,
) -> QueryResult<Vec<SentNotice>> {
    let mut query = notices::table
        .filter(notices::person.eq(person))
        .filter(notices::state.eq("sent"))
        .filter(notices::settled_at.is_not_null())
        .into_boxed();
    if let Some((at, id)) = after {
        let same = notices::settled_at.eq(Some(at)).and(notices::id.lt(id));
        query = query.filter(notices::settled_at.lt(Some(at)).or(same).assume_not_null());
    }
    query
        .order((notices::settled_at.desc(), notices::id.desc()))
        .limit(most)
        .select(SentNotice::as_select())
        .load(conn)
}
