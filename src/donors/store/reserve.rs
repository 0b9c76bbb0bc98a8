//! Rows of those who stand by for emergencies, per club.
use super::super::model::{Months, Pledge, Reserved};
use crate::blood::BloodGroup;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{
    donors, memberships, organisation_ancestors, organisations, people, reserve_pledges,
};
use crate::platform::id::{OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

pub(super) type Row = (OrganisationId, PersonId, i32, bool, i32, Option<NaiveDate>);
type ListedRow = (String, String, Option<BloodGroup>, Option<String>, Row);

pub(super) const COLUMNS: (
    reserve_pledges::club,
    reserve_pledges::person,
    reserve_pledges::max_km,
    reserve_pledges::nights,
    reserve_pledges::months,
    reserve_pledges::tested_on,
) = (
    reserve_pledges::club,
    reserve_pledges::person,
    reserve_pledges::max_km,
    reserve_pledges::nights,
    reserve_pledges::months,
    reserve_pledges::tested_on,
);

pub(super) fn pledge((club, person, max_km, nights, months, tested_on): Row) -> Pledge {
    Pledge {
        club,
        person,
        max_km,
        nights,
        months: Months(months),
        tested_on,
    }
}

/// For which clubs somebody stands by, with the clubs' names.
pub(in crate::donors) fn pledges_of(
    conn: &mut Conn,
    person: PersonId,
) -> QueryResult<Vec<(Pledge, String)>> {
    let rows: Vec<(Row, String)> = reserve_pledges::table
        .inner_join(organisations::table.on(organisations::id.eq(reserve_pledges::club)))
        .filter(reserve_pledges::person.eq(person))
        .order((organisations::search_name, reserve_pledges::club))
        .select((COLUMNS, organisations::name))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(row, name)| (pledge(row), name))
        .collect())
}

/// Somebody's word for one club, if they gave it.
pub(in crate::donors) fn pledge_of(
    conn: &mut Conn,
    club: OrganisationId,
    person: PersonId,
) -> QueryResult<Option<Pledge>> {
    let row: Option<Row> = reserve_pledges::table
        .find((club, person))
        .select(COLUMNS)
        .first(conn)
        .optional()?;
    Ok(row.map(pledge))
}

/// Keeps a word; given again, it counts as it is given now.
pub(in crate::donors) fn put_pledge(
    conn: &mut Conn,
    pledge: &Pledge,
    (changed_by, now): (PersonId, Moment),
) -> QueryResult<()> {
    let change = (
        reserve_pledges::max_km.eq(pledge.max_km),
        reserve_pledges::nights.eq(pledge.nights),
        reserve_pledges::months.eq(pledge.months.0),
        reserve_pledges::tested_on.eq(pledge.tested_on),
        reserve_pledges::changed_by.eq(changed_by),
    );
    let row = (
        reserve_pledges::club.eq(pledge.club),
        reserve_pledges::person.eq(pledge.person),
        change,
        reserve_pledges::pledged_at.eq(now),
    );
    crate::on_each!(conn => diesel::insert_into(reserve_pledges::table)
        .values(row)
        .on_conflict((reserve_pledges::club, reserve_pledges::person))
        .do_update()
        .set(change)
        .execute(conn))
    .map(drop)
}

/// Takes a word back; false when it was not given.
pub(in crate::donors) fn withdraw(
    conn: &mut Conn,
    club: OrganisationId,
    person: PersonId,
) -> QueryResult<bool> {
    diesel::delete(reserve_pledges::table.find((club, person)))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Takes back every word of this person but those for these clubs.
pub(in crate::donors) fn withdraw_others(
    conn: &mut Conn,
    person: PersonId,
    clubs: &[OrganisationId],
) -> QueryResult<()> {
    let others = reserve_pledges::table
        .filter(reserve_pledges::person.eq(person))
        .filter(reserve_pledges::club.ne_all(clubs));
    diesel::delete(others).execute(conn).map(drop)
}

/// Whether this person stands on the club's list.
pub(in crate::donors) fn is_member(
    conn: &mut Conn,
    club: OrganisationId,
    person: PersonId,
) -> QueryResult<bool> {
    let listed = memberships::table
        .find((club, person))
        .filter(memberships::left_on.is_null());
    diesel::select(diesel::dsl::exists(listed)).get_result(conn)
}

/// Whether this person agreed to be asked in an emergency.
pub(in crate::donors) fn is_calling(conn: &mut Conn, person: PersonId) -> QueryResult<bool> {
    let willing = donors::table.find(person).filter(donors::opted_in.eq(true));
    diesel::select(diesel::dsl::exists(willing)).get_result(conn)
}

/// Everyone who stands by for this body or one below it, once for each.
pub(in crate::donors) fn reserved(
    conn: &mut Conn,
    body: OrganisationId,
) -> QueryResult<Vec<Reserved>> {
    reserve_pledges::table
        .inner_join(
            organisation_ancestors::table
                .on(organisation_ancestors::descendant.eq(reserve_pledges::club)),
        )
        .inner_join(donors::table.on(donors::person.eq(reserve_pledges::person)))
        .inner_join(people::table.on(people::id.eq(reserve_pledges::person)))
        .left_join(organisations::table.on(organisations::id.nullable().eq(people::commune)))
        .filter(organisation_ancestors::ancestor.eq(body))
        .order(reserve_pledges::person)
        .select((
            reserve_pledges::person,
            donors::blood_group,
            (donors::available_from, donors::available_until),
            donors::opted_in,
            (donors::latitude, donors::longitude, donors::cell),
            reserve_pledges::nights,
            reserve_pledges::months,
            (people::commune, organisations::name.nullable()),
        ))
        .load(conn)
}

/// The clubs on whose lists somebody stands, by name.
pub(in crate::donors) fn clubs_of(
    conn: &mut Conn,
    person: PersonId,
) -> QueryResult<Vec<(OrganisationId, String)>> {
    memberships::table
        .inner_join(organisations::table.on(organisations::id.eq(memberships::club)))
        .filter(memberships::person.eq(person))
        .filter(memberships::left_on.is_null())
        .order((organisations::search_name, organisations::id))
        .select((organisations::id, organisations::name))
        .load(conn)
}

/// A name on a roster: what sorts it, the name, the group, the commune's name, and the word that was given.
pub(in crate::donors) type Listed = (String, String, Option<BloodGroup>, Option<String>, Pledge);

/// A club's roster by name, after the one named; of one group, of one commune.
pub(in crate::donors) fn roster(
    conn: &mut Conn,
    club: OrganisationId,
    (group, commune): (Option<BloodGroup>, Option<OrganisationId>),
    (after, limit): (Option<(String, PersonId)>, i64),
) -> QueryResult<Vec<Listed>> {
    let mut page = reserve_pledges::table
        .inner_join(people::table.on(people::id.eq(reserve_pledges::person)))
        .inner_join(donors::table.on(donors::person.eq(reserve_pledges::person)))
        .left_join(organisations::table.on(organisations::id.nullable().eq(people::commune)))
        .filter(reserve_pledges::club.eq(club))
        .select((
            people::search_name,
            people::name,
            donors::blood_group,
            organisations::name.nullable(),
            COLUMNS,
        ))
        .into_boxed();
    if let Some((name, id)) = after {
        let same = people::search_name.eq(name.clone()).and(people::id.gt(id));
        page = page.filter(people::search_name.gt(name).or(same));
    }
    if let Some(group) = group {
        page = page.filter(donors::blood_group.eq(Some(group)));
    }
    if let Some(commune) = commune {
        page = page.filter(people::commune.eq(Some(commune)));
    }
    let rows: Vec<ListedRow> = page
        .order((people::search_name, people::id))
        .limit(limit)
        .load(conn)?;
    let listed = |(key, name, group, commune, row)| (key, name, group, commune, pledge(row));
    Ok(rows.into_iter().map(listed).collect())
}
