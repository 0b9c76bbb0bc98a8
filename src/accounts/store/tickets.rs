//! Rows of one-time tickets, by hash.
use crate::accounts::rules::Ticket;
use crate::platform::db::Conn;
use crate::platform::db::schema::tickets;
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
