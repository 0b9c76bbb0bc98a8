//! Many places on a club's list.
use super::BATCH;
use crate::platform::db::Conn;
use crate::platform::db::schema::{donors, memberships};
use crate::platform::id::{OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

#[derive(Insertable)]
#[diesel(table_name = memberships, treat_none_as_default_value = false)]
struct MembershipRow {
    club: OrganisationId,
    person: PersonId,
    joined_on: NaiveDate,
    added_by: Option<PersonId>,
}

/// Puts people on a club's list; it becomes the main club of who has none.
pub(in crate::donors) fn join_all(
    conn: &mut Conn,
    club: OrganisationId,
    persons: &[PersonId],
    (joined_on, added_by): (NaiveDate, PersonId),
) -> QueryResult<()> {
    for part in persons.chunks(BATCH) {
        let row = |person: &PersonId| MembershipRow {
            club,
            person: *person,
            joined_on,
            added_by: Some(added_by),
        };
        let rows: Vec<MembershipRow> = part.iter().map(row).collect();
        crate::on_each!(conn => diesel::insert_into(memberships::table).values(&rows).on_conflict_do_nothing().execute(conn))?;
        let without = donors::table
            .filter(donors::person.eq_any(part))
            .filter(donors::main_club.is_null());
        diesel::update(without)
            .set(donors::main_club.eq(Some(club)))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes people off a club's list.
pub(in crate::donors) fn leave_all(
    conn: &mut Conn,
    club: OrganisationId,
    persons: &[PersonId],
) -> QueryResult<()> {
    for part in persons.chunks(BATCH) {
        let rows = memberships::table
            .filter(memberships::club.eq(club))
            .filter(memberships::person.eq_any(part));
        diesel::delete(rows).execute(conn)?;
        let main = donors::table
            .filter(donors::person.eq_any(part))
            .filter(donors::main_club.eq(Some(club)));
        diesel::update(main)
            .set(donors::main_club.eq(None::<OrganisationId>))
            .execute(conn)?;
    }
    Ok(())
}
