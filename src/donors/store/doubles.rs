//! Whether somebody is known already. Reads people and their contacts, which no facade joins.
use crate::platform::db::Conn;
use crate::platform::db::schema::{contacts, memberships, people};
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;

/// Whether somebody of this folded name has one of these contacts.
pub(in crate::donors) fn has_contact_and_name(
    conn: &mut Conn,
    lookups: &[String],
    search_name: &str,
) -> QueryResult<bool> {
    let same = people::table
        .inner_join(contacts::table.on(contacts::person.eq(people::id)))
        .filter(contacts::lookup.eq_any(lookups))
        .filter(people::search_name.eq(search_name))
        .filter(people::erased_at.is_null());
    diesel::select(exists(same)).get_result(conn)
}

/// Whether somebody of this folded name and birth date can sign in by one of these contacts. Who was only listed by a
/// club cannot, and may still sign up.
pub(in crate::donors) fn has_signed_up(
    conn: &mut Conn,
    lookups: &[String],
    search_name: &str,
    birth_date: Option<NaiveDate>,
) -> QueryResult<bool> {
    let same = people::table
        .inner_join(contacts::table.on(contacts::person.eq(people::id)))
        .filter(contacts::lookup.eq_any(lookups))
        .filter(contacts::is_own.or(contacts::verified_at.is_not_null()))
        .filter(people::search_name.eq(search_name))
        .filter(people::birth_date.eq(birth_date))
        .filter(people::erased_at.is_null());
    diesel::select(exists(same)).get_result(conn)
}

/// Whether somebody has this identity number.
pub(in crate::donors) fn has_citizen_number(conn: &mut Conn, lookup: &str) -> QueryResult<bool> {
    let same = people::table
        .filter(people::citizen_lookup.eq(Some(lookup)))
        .filter(people::erased_at.is_null());
    diesel::select(exists(same)).get_result(conn)
}

/// Whether this club has somebody of this folded name and birth date.
pub(in crate::donors) fn is_in_club(
    conn: &mut Conn,
    club: OrganisationId,
    search_name: &str,
    birth_date: NaiveDate,
) -> QueryResult<bool> {
    let same = memberships::table
        .inner_join(people::table.on(people::id.eq(memberships::person)))
        .filter(memberships::club.eq(club))
        .filter(memberships::left_on.is_null())
        .filter(people::search_name.eq(search_name))
        .filter(people::birth_date.eq(Some(birth_date)))
        .filter(people::erased_at.is_null());
    diesel::select(exists(same)).get_result(conn)
}
