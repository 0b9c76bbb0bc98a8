//! Clubs' lists: who belongs to which club, and what the club may see of them.
use super::super::model::{ALWAYS, Certainty, Member};
use crate::blood::BloodGroup;
use crate::platform::db::Conn;
use crate::platform::db::schema::{consents, donors, memberships, people};
use crate::platform::id::{OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;
use std::collections::HashMap;

/// A person beside their facts, as clubs and searches show them.
#[derive(Queryable)]
pub(super) struct Row {
    id: PersonId,
    name: String,
    search_name: String,
    birth_date: Option<NaiveDate>,
    is_claimed: bool,
    donor: Option<(Option<BloodGroup>, Certainty, NaiveDate, Option<NaiveDate>)>,
}

/// People who are still with us, left-joined to their facts, as [`Row`]s.
macro_rules! people_and_facts {
    () => {
        people::table
            .left_join(donors::table.on(donors::person.eq(people::id)))
            .filter(people::erased_at.is_null())
            .select((
                people::id,
                people::name,
                people::search_name,
                people::birth_date,
                people::claimed_at.is_not_null(),
                (
                    donors::blood_group,
                    donors::group_certainty,
                    donors::available_from,
                    donors::available_until,
                )
                    .nullable(),
            ))
    };
}
pub(super) use people_and_facts;

/// Which members of a club are asked for.
#[derive(Debug, Clone)]
pub(in crate::donors) struct MemberFilter {
    pub(in crate::donors) club: OrganisationId,
    /// The day for which it is asked whether they may give.
    pub(in crate::donors) on: NaiveDate,
    pub(in crate::donors) may_give: Option<bool>,
    pub(in crate::donors) group: Option<BloodGroup>,
    /// Part of a folded name.
    pub(in crate::donors) name: Option<String>,
}

diesel::alias!(consents as later: Later);

/// Members who let clubs see whether they may give; asked of the rows, or a filter would tell what a row hides.
#[diesel::dsl::auto_type(no_type_alias)]
fn shares_it() -> _ {
    let is_later = later
        .field(consents::given_at)
        .gt(consents::given_at)
        .or(later
            .field(consents::given_at)
            .eq(consents::given_at)
            .and(later.field(consents::id).gt(consents::id)));
    let overridden = later
        .filter(later.field(consents::person).eq(consents::person))
        .filter(later.field(consents::purpose).eq(consents::purpose))
        .filter(is_later);
    let agreed = consents::table
        .filter(consents::person.eq(people::id))
        .filter(consents::purpose.eq("club_sharing"))
        .filter(consents::is_granted.eq(true))
        .filter(diesel::dsl::not(exists(overridden)));
    people::claimed_at.is_null().or(exists(agreed))
}

/// A club's list, by name.
#[expect(
    clippy::too_many_lines,
    reason = "one question, put together filter by filter; in parts its types would be longer than itself"
)]
pub(in crate::donors) fn list(
    conn: &mut Conn,
    wanted: &MemberFilter,
    (after, limit): (Option<(String, PersonId)>, i64),
) -> QueryResult<Vec<Member>> {
    let members = memberships::table
        .filter(memberships::club.eq(wanted.club))
        .filter(memberships::left_on.is_null())
        .select(memberships::person);
    let mut page = people_and_facts!()
        .filter(people::id.eq_any(members))
        .order((people::search_name, people::id))
        .limit(limit)
        .into_boxed();
    if let Some((name, id)) = after {
        page = page.filter(
            people::search_name
                .gt(name.clone())
                .or(people::search_name.eq(name).and(people::id.gt(id))),
        );
    }
    if let Some(group) = wanted.group {
        page = page.filter(donors::blood_group.eq(Some(group)));
    }
    if let Some(name) = &wanted.name {
        page = page.filter(people::search_name.like(format!("%{name}%")));
    }
    if let Some(may_give) = wanted.may_give {
        // Of whom nothing is known, nothing stands in the way.
        let ready = donors::person
            .nullable()
            .is_null()
            .or(donors::available_from
                .nullable()
                .le(Some(wanted.on))
                .and(
                    donors::available_until
                        .is_null()
                        .or(donors::available_until.ge(Some(wanted.on))),
                )
                .assume_not_null());
        page = page.filter(shares_it());
        page = if may_give {
            page.filter(ready)
        } else {
            page.filter(diesel::dsl::not(ready))
        };
    }
    let rows = page.load(conn)?;
    with_wishes(conn, rows)
}

/// One person as the list shows them.
pub(in crate::donors) fn find_member(conn: &mut Conn, person: PersonId) -> QueryResult<Member> {
    let row: Row = people_and_facts!()
        .filter(people::id.eq(person))
        .first(conn)?;
    let mut members = with_wishes(conn, vec![row])?;
    members.pop().ok_or(diesel::result::Error::NotFound)
}

/// "May give" or "not yet" on this day, of each of these people who lets clubs see it.
pub fn shared(
    conn: &mut Conn,
    ids: &[PersonId],
    on: NaiveDate,
) -> QueryResult<HashMap<PersonId, bool>> {
    let rows: Vec<Row> = people_and_facts!()
        .filter(people::id.eq_any(ids))
        .load(conn)?;
    let members = with_wishes(conn, rows)?.into_iter();
    Ok(members
        .filter_map(|member| Some((member.person, member.may_give_on(on)?)))
        .collect())
}

/// Who signed in themself decides whether clubs see that they may give; of the others the club itself told us.
pub(super) fn with_wishes(conn: &mut Conn, rows: Vec<Row>) -> QueryResult<Vec<Member>> {
    let ids: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
    let newest: HashMap<PersonId, bool> = consents::table
        .filter(consents::person.eq_any(ids))
        .filter(consents::purpose.eq("club_sharing"))
        .order((consents::given_at, consents::id))
        .select((consents::person, consents::is_granted))
        .load(conn)?
        .into_iter()
        .collect();
    let member = |row: Row| {
        let is_shared = !row.is_claimed || newest.get(&row.id).copied().unwrap_or(false);
        let (blood_group, certainty, from, until) =
            row.donor
                .unwrap_or((None, Certainty::Unknown, ALWAYS, None));
        Member {
            person: row.id,
            name: row.name,
            search_name: row.search_name,
            birth_date: row.birth_date,
            is_claimed: row.is_claimed,
            blood_group,
            certainty,
            available: is_shared.then_some((from, until)),
        }
    };
    Ok(rows.into_iter().map(member).collect())
}

/// Puts a person on a club's list, from this day and by whom; it becomes their main club if they have none.
pub fn join(
    conn: &mut Conn,
    club: OrganisationId,
    person: PersonId,
    (joined_on, added_by): (NaiveDate, PersonId),
) -> QueryResult<()> {
    diesel::insert_into(memberships::table)
        .values((
            memberships::club.eq(club),
            memberships::person.eq(person),
            memberships::joined_on.eq(joined_on),
            memberships::added_by.eq(Some(added_by)),
        ))
        .execute(conn)?;
    diesel::update(
        donors::table
            .find(person)
            .filter(donors::main_club.is_null()),
    )
    .set(donors::main_club.eq(Some(club)))
    .execute(conn)
    .map(drop)
}
