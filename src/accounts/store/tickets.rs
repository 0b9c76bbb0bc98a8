//! Rows of one-time tickets, by hash.
use crate::accounts::model::Ticket;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::tickets;
use crate::platform::id::PersonId;
use diesel::prelude::*;

/// Keeps a ticket in place of the person's unused ones.
pub(in crate::accounts) fn replace(conn: &mut Conn, ticket: &Ticket) -> QueryResult<()> {
    let unused = tickets::table
        .filter(tickets::person.eq(ticket.person))
        .filter(tickets::used_at.is_null());
    diesel::delete(unused).execute(conn)?;
    diesel::insert_into(tickets::table)
        .values((
            tickets::hash.eq(&ticket.hash),
            tickets::person.eq(ticket.person),
            tickets::expires_at.eq(ticket.expires_at),
            tickets::created_by.eq(ticket.created_by),
            tickets::created_at.eq(ticket.created_at),
        ))
        .execute(conn)
        .map(drop)
}

/// Uses a ticket up; answers whose it was. Of two that race, one finds it used.
pub(in crate::accounts) fn use_up(
    conn: &mut Conn,
    hash: &str,
    now: Moment,
) -> QueryResult<Option<PersonId>> {
    let unused = tickets::table
        .find(hash)
        .filter(tickets::used_at.is_null())
        .filter(tickets::expires_at.gt(now));
    diesel::update(unused)
        .set(tickets::used_at.eq(Some(now)))
        .returning(tickets::person)
        .get_result(conn)
        .optional()
}

/// Forgets tickets that ended before `before`.
pub(in crate::accounts) fn purge(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    diesel::delete(tickets::table.filter(tickets::expires_at.lt(before))).execute(conn)
}

/// Forgets a person's tickets.
pub(in crate::accounts) fn forget(conn: &mut Conn, person: PersonId) -> QueryResult<()> {
    diesel::delete(tickets::table.filter(tickets::person.eq(person)))
        .execute(conn)
        .map(drop)
}
