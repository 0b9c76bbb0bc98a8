//! Whose day has come, as their coordinators see it.
use crate::blood::BloodGroup;
use crate::platform::db::Conn;
use crate::platform::db::schema::{donors, notices, organisation_ancestors, organisations, people};
use crate::platform::id::{OrganisationId, PersonId};
use crate::reminders::model::{Candidate, KINDS};
use chrono::NaiveDate;
use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;
use std::collections::HashMap;

/// Where somebody stands in the preview: by club, then by person.
pub(in crate::reminders) type Position = (String, OrganisationId, PersonId);

type Row = (
    (OrganisationId, String, String),
    (PersonId, String, bool),
    (bool, NaiveDate, Option<NaiveDate>, Option<BloodGroup>),
);

/// Donors of clubs below these bodies whose first day is one of these, after `after`.
pub(in crate::reminders) fn candidates(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    days: &[NaiveDate],
    (after, most): (Option<&Position>, i64),
) -> QueryResult<Vec<Candidate>> {
    let is_theirs = organisation_ancestors::table
        .filter(organisation_ancestors::descendant.eq(organisations::id))
        .filter(organisation_ancestors::ancestor.eq_any(bodies));
    let club = donors::main_club.eq(organisations::id.nullable());
    let mut query = donors::table
        .inner_join(organisations::table.on(club.assume_not_null()))
        .inner_join(people::table.on(people::id.eq(donors::person)))
        .filter(donors::available_from.eq_any(days))
        .filter(people::erased_at.is_null())
        .filter(exists(is_theirs))
        .into_boxed();
    if let Some((name, club, person)) = after {
        let same_club = organisations::id.eq(*club).and(donors::person.gt(*person));
        let later = organisations::id.gt(*club).or(same_club);
        let same_name = organisations::search_name.eq(name.clone()).and(later);
        query = query.filter(organisations::search_name.gt(name.clone()).or(same_name));
    }
    let order = (
        organisations::search_name,
        organisations::id,
        donors::person,
    );
    let page = query.order(order).limit(most);
    let rows: Vec<Row> = page.select(columns()).load(conn)?;
    Ok(rows.into_iter().map(candidate).collect())
}

#[auto_type]
fn columns() -> _ {
    let club = (
        organisations::id,
        organisations::name,
        organisations::search_name,
    );
    let who = (people::id, people::name, people::claimed_at.is_not_null());
    let donor = (
        donors::wants_reminders,
        donors::available_from,
        donors::available_until,
        donors::blood_group,
    );
    (club, who, donor)
}

fn candidate(((club, club_name, club_search), who, donor): Row) -> Candidate {
    let (person, name, is_claimed) = who;
    let (wants, available_from, available_until, group) = donor;
    Candidate {
        club,
        club_name,
        club_search,
        person,
        name: Some(name),
        is_claimed,
        wants,
        available_from,
        available_until,
        is_rh_negative: group.is_some_and(BloodGroup::is_rh_negative),
    }
}

/// What became of the reminders of these people, by person, kind and what each was about.
pub(in crate::reminders) fn told(
    conn: &mut Conn,
    people: &[PersonId],
) -> QueryResult<HashMap<(PersonId, String, String), String>> {
    let rows: Vec<(PersonId, String, String, String)> = notices::table
        .filter(notices::person.eq_any(people))
        .filter(notices::kind.eq_any(KINDS))
        .select((
            notices::person,
            notices::kind,
            notices::about,
            notices::state,
        ))
        .load(conn)?;
    let keyed = rows
        .into_iter()
        .map(|(person, kind, about, state)| ((person, kind, about), state));
    Ok(keyed.collect())
}
