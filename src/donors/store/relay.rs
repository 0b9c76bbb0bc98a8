//! Who leads a club and who stands by: for what leads are told, and for when people may be written to.
use super::super::model::Months;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{grants, reserve_pledges};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::notices::Reserve;
use diesel::prelude::*;

/// Those who lead this very club now.
pub(in crate::donors) fn leads(
    conn: &mut Conn,
    club: OrganisationId,
    now: Moment,
) -> QueryResult<Vec<PersonId>> {
    grants::table
        .filter(grants::organisation.eq(Some(club)))
        .filter(grants::role.eq("club_lead"))
        .filter(grants::revoked_at.is_null())
        .filter(grants::until.is_null().or(grants::until.gt(Some(now))))
        .select(grants::person)
        .distinct()
        .load(conn)
}

/// Whether somebody stands by in this month of the year, and whether at night too.
pub(in crate::donors) fn stands_by(
    conn: &mut Conn,
    person: PersonId,
    month: u32,
) -> QueryResult<Reserve> {
    let words: Vec<(bool, i32)> = reserve_pledges::table
        .filter(reserve_pledges::person.eq(person))
        .select((reserve_pledges::nights, reserve_pledges::months))
        .load(conn)?;
    let mut nights = words
        .into_iter()
        .filter_map(|(nights, months)| Months(months).has(month).then_some(nights));
    let first = nights.next();
    Ok(match first {
        None => Reserve::Outside,
        Some(first) if first || nights.any(|nights| nights) => Reserve::Nights,
        Some(_) => Reserve::Day,
    })
}
