//! Who could be meant by a row: by mark among everyone, by name among the people of one's own clubs or drive.
use super::ASKED;
use crate::blood::Component;
use crate::platform::db::Conn;
use crate::platform::db::schema::{
    consents, contacts, gifts, memberships, organisation_ancestors, people, registrations,
};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// Somebody who could be meant.
#[derive(Debug, Clone, Queryable)]
pub(in crate::imports) struct Person {
    pub(in crate::imports) id: PersonId,
    pub(in crate::imports) search_name: String,
    pub(in crate::imports) birth_date: Option<NaiveDate>,
    pub(in crate::imports) citizen: Option<String>,
}

macro_rules! persons {
    ($query:expr) => {
        $query.filter(people::erased_at.is_null()).select((
            people::id,
            people::search_name,
            people::birth_date,
            people::citizen_lookup,
        ))
    };
}

/// Among whom names are looked for.
#[derive(Debug, Clone)]
pub(in crate::imports) enum Scope {
    /// The people of the clubs below these bodies.
    Clubs(Vec<OrganisationId>),
    /// The people registered at a drive.
    Drive(DriveId),
}

/// Everyone with one of these marks of identity cards.
pub(in crate::imports) fn by_citizen(
    conn: &mut Conn,
    marks: &[String],
) -> QueryResult<Vec<Person>> {
    let mut found = Vec::new();
    for part in marks.chunks(ASKED) {
        let query = persons!(people::table.filter(people::citizen_lookup.eq_any(part)));
        found.extend(query.load::<Person>(conn)?);
    }
    Ok(found)
}

/// Everyone with one of these contacts.
pub(in crate::imports) fn by_contact(
    conn: &mut Conn,
    marks: &[String],
) -> QueryResult<Vec<Person>> {
    let mut found = Vec::new();
    for part in marks.chunks(ASKED) {
        let query = people::table
            .inner_join(contacts::table.on(contacts::person.eq(people::id)))
            .filter(contacts::lookup.eq_any(part));
        found.extend(persons!(query).load::<Person>(conn)?);
    }
    Ok(found)
}

/// Everyone of these folded names within the scope.
pub(in crate::imports) fn by_name(
    conn: &mut Conn,
    names: &[String],
    scope: &Scope,
) -> QueryResult<Vec<Person>> {
    let mut found = Vec::new();
    for part in names.chunks(ASKED) {
        let homonyms = people::table.filter(people::search_name.eq_any(part));
        let part: Vec<Person> = match scope {
            Scope::Clubs(bodies) => {
                let clubs = organisation_ancestors::table
                    .filter(organisation_ancestors::ancestor.eq_any(bodies))
                    .select(organisation_ancestors::descendant);
                // Joined, not asked whether there is one: without statistics PostgreSQL reads every member for that.
                let members = homonyms
                    .inner_join(memberships::table.on(memberships::person.eq(people::id)))
                    .filter(memberships::club.eq_any(clubs));
                persons!(members).distinct().load(conn)?
            }
            Scope::Drive(drive) => {
                let registered = registrations::table
                    .filter(registrations::drive.eq(drive))
                    .filter(registrations::person.eq(people::id));
                persons!(homonyms.filter(diesel::dsl::exists(registered))).load(conn)?
            }
        };
        found.extend(part);
    }
    Ok(found)
}

/// The marks of their contacts.
pub(in crate::imports) fn contacts_of(
    conn: &mut Conn,
    persons: &[PersonId],
) -> QueryResult<HashMap<PersonId, Vec<String>>> {
    let mut found: HashMap<PersonId, Vec<String>> = HashMap::new();
    for part in persons.chunks(ASKED) {
        let rows: Vec<(PersonId, String)> = contacts::table
            .filter(contacts::person.eq_any(part))
            .select((contacts::person, contacts::lookup))
            .load(conn)?;
        for (person, mark) in rows {
            found.entry(person).or_default().push(mark);
        }
    }
    Ok(found)
}

/// Which of them are on the club's list, or were.
pub(in crate::imports) fn members_of(
    conn: &mut Conn,
    club: OrganisationId,
    persons: &[PersonId],
) -> QueryResult<HashSet<PersonId>> {
    let mut found = HashSet::new();
    for part in persons.chunks(ASKED) {
        let rows: Vec<PersonId> = memberships::table
            .filter(memberships::club.eq(club))
            .filter(memberships::person.eq_any(part))
            .select(memberships::person)
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Which of them have an account of their own and have not agreed, by their newest word, to be seen by clubs.
pub(in crate::imports) fn unshared(
    conn: &mut Conn,
    persons: &[PersonId],
) -> QueryResult<HashSet<PersonId>> {
    let mut found = HashSet::new();
    for part in persons.chunks(ASKED) {
        let claimed: Vec<PersonId> = people::table
            .filter(people::id.eq_any(part))
            .filter(people::claimed_at.is_not_null())
            .select(people::id)
            .load(conn)?;
        let newest: HashMap<PersonId, bool> = consents::table
            .filter(consents::person.eq_any(&claimed))
            .filter(consents::purpose.eq("club_sharing"))
            .order((consents::given_at, consents::id))
            .select((consents::person, consents::is_granted))
            .load(conn)?
            .into_iter()
            .collect();
        let is_shared = |person: &PersonId| newest.get(person).copied().unwrap_or(false);
        found.extend(claimed.into_iter().filter(|person| !is_shared(person)));
    }
    Ok(found)
}

/// What is known of their donations.
pub(in crate::imports) fn gifts_of(
    conn: &mut Conn,
    persons: &[PersonId],
) -> QueryResult<HashMap<PersonId, Vec<(Component, NaiveDate)>>> {
    let mut found: HashMap<PersonId, Vec<_>> = HashMap::new();
    for part in persons.chunks(ASKED) {
        let rows: Vec<(PersonId, Component, NaiveDate)> = gifts::table
            .filter(gifts::person.eq_any(part))
            .filter(gifts::voided_at.is_null())
            .select((gifts::person, gifts::component, gifts::given_on))
            .load(conn)?;
        for (person, component, on) in rows {
            found.entry(person).or_default().push((component, on));
        }
    }
    Ok(found)
}

/// Names and birth dates of these people, to be shown masked; erased ones are left out.
pub(in crate::imports) fn shown(
    conn: &mut Conn,
    persons: &[PersonId],
) -> QueryResult<HashMap<PersonId, (String, Option<NaiveDate>)>> {
    let rows: Vec<(PersonId, String, Option<NaiveDate>)> = people::table
        .filter(people::id.eq_any(persons))
        .filter(people::erased_at.is_null())
        .select((people::id, people::name, people::birth_date))
        .load(conn)?;
    let shown = rows.into_iter().map(|(id, name, born)| (id, (name, born)));
    Ok(shown.collect())
}
