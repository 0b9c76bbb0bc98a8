//! How somebody wants to be written to.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::contact_wishes;
use crate::platform::id::PersonId;
use crate::platform::notices::model::Channel;
use diesel::prelude::*;

/// What somebody said about how they are written to.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = contact_wishes, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Wishes {
    /// The way that comes first; none: what costs nothing.
    pub channel: Option<Channel>,
    /// Whether calls may ring at night.
    pub nights: bool,
    /// Where their day begins; none: as the site's.
    pub time_zone: Option<String>,
    /// When they said so.
    pub changed_at: Moment,
}

/// What this person said, if anything.
pub fn find(conn: &mut Conn, person: PersonId) -> QueryResult<Option<Wishes>> {
    contact_wishes::table
        .find(person)
        .select(Wishes::as_select())
        .first(conn)
        .optional()
}

/// Keeps what this person says, over what they said before.
pub fn put(conn: &mut Conn, person: PersonId, wishes: &Wishes) -> QueryResult<()> {
    let row = (contact_wishes::person.eq(person), wishes);
    crate::on_each!(conn => diesel::insert_into(contact_wishes::table)
        .values(row)
        .on_conflict(contact_wishes::person)
        .do_update()
        .set(wishes)
        .execute(conn))
    .map(drop)
}

pub(in crate::platform::notices) fn forget(conn: &mut Conn, person: PersonId) -> QueryResult<()> {
    diesel::delete(contact_wishes::table.find(person))
        .execute(conn)
        .map(drop)
}
