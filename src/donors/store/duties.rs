//! For whom one person stands by, and who else does: for when they may be written to.
use super::super::model::{Months, Pledge};
use super::reserve::{COLUMNS, Row, pledge};
use crate::blood::BloodGroup;
use crate::platform::db::Conn;
use crate::platform::db::schema::{donors, reserve_pledges};
use crate::platform::id::{OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Everything somebody gave their word for.
pub(in crate::donors) fn duties(conn: &mut Conn, person: PersonId) -> QueryResult<Vec<Pledge>> {
    let rows: Vec<Row> = reserve_pledges::table
        .filter(reserve_pledges::person.eq(person))
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(pledge).collect())
}

/// In which clubs and months others of this group stand by who agreed to be called and may give on this day.
pub(in crate::donors) fn ready_beside(
    conn: &mut Conn,
    person: PersonId,
    (clubs, group): (&[OrganisationId], BloodGroup),
    day: NaiveDate,
) -> QueryResult<Vec<(OrganisationId, Months)>> {
    let is_young_enough = donors::available_until
        .is_null()
        .or(donors::available_until.ge(Some(day)));
    let rows: Vec<(OrganisationId, i32)> = reserve_pledges::table
        .inner_join(donors::table.on(donors::person.eq(reserve_pledges::person)))
        .filter(reserve_pledges::club.eq_any(clubs))
        .filter(reserve_pledges::person.ne(person))
        .filter(donors::blood_group.eq(Some(group)))
        .filter(donors::opted_in)
        .filter(donors::available_from.le(day))
        .filter(is_young_enough)
        .select((reserve_pledges::club, reserve_pledges::months))
        .load(conn)?;
    let ready = rows.into_iter();
    Ok(ready.map(|(club, months)| (club, Months(months))).collect())
}
