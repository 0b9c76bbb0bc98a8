//! Whom a member of staff may see: the people of the clubs and drives under their bodies.
use super::super::model::Member;
use super::members::{people_and_facts, with_wishes};
use crate::platform::db::Conn;
use crate::platform::db::schema::{
    donors, drives, memberships, organisation_ancestors, people, registrations,
};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use diesel::dsl::exists;
use diesel::prelude::*;

/// The bodies and single drives for which somebody acts.
#[derive(Debug, Clone)]
pub(in crate::donors) struct Scope {
    pub(in crate::donors) bodies: Vec<OrganisationId>,
    pub(in crate::donors) drives: Vec<DriveId>,
}

/// Whether this person belongs to one of the clubs, or came to one of the drives. Reads the registrations, which are
/// another subject's to the right of this one: the desk must be able to act for who stands before it.
pub(in crate::donors) fn is_within(
    conn: &mut Conn,
    scope: &Scope,
    person: PersonId,
) -> QueryResult<bool> {
    let listed = memberships::table
        .inner_join(
            organisation_ancestors::table
                .on(organisation_ancestors::descendant.eq(memberships::club)),
        )
        .filter(memberships::person.eq(person))
        .filter(memberships::left_on.is_null())
        .filter(organisation_ancestors::ancestor.eq_any(&scope.bodies));
    if diesel::select(exists(listed)).get_result(conn)? {
        return Ok(true);
    }
    let held_by = organisation_ancestors::table
        .filter(
            organisation_ancestors::descendant
                .nullable()
                .eq(drives::organiser.nullable())
                .or(organisation_ancestors::descendant
                    .nullable()
                    .eq(drives::collected_by)),
        )
        .filter(organisation_ancestors::ancestor.eq_any(&scope.bodies));
    let came = registrations::table
        .inner_join(drives::table.on(drives::id.eq(registrations::drive)))
        .filter(registrations::person.eq(person))
        .filter(drives::id.eq_any(&scope.drives).or(exists(held_by)));
    diesel::select(exists(came)).get_result(conn)
}

/// People of the clubs under these bodies whose folded name holds `words`, after `after`, by name.
pub(in crate::donors) fn search(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    words: &str,
    (after, limit): (Option<(String, PersonId)>, i64),
) -> QueryResult<Vec<Member>> {
    let listed = memberships::table
        .inner_join(
            organisation_ancestors::table
                .on(organisation_ancestors::descendant.eq(memberships::club)),
        )
        .filter(memberships::person.eq(people::id))
        .filter(memberships::left_on.is_null())
        .filter(organisation_ancestors::ancestor.eq_any(bodies.to_vec()));
    let mut found = people_and_facts!()
        .filter(people::search_name.like(format!("%{words}%")))
        .filter(exists(listed))
        .order((people::search_name, people::id))
        .limit(limit)
        .into_boxed();
    if let Some((name, id)) = after {
        found = found.filter(
            people::search_name
                .gt(name.clone())
                .or(people::search_name.eq(name).and(people::id.gt(id))),
        );
    }
    let rows = found.load(conn)?;
    with_wishes(conn, rows)
}
