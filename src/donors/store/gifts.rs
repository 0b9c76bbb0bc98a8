//! Rows of gifts and deferrals.
use super::super::model::{DeferralId, Gift, NewDeferral};
use crate::blood::Component;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{deferrals, gifts};
use crate::platform::id::{AnyId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Keeps a gift.
pub(in crate::donors) fn add_gift(conn: &mut Conn, gift: &Gift, now: Moment) -> QueryResult<()> {
    diesel::insert_into(gifts::table)
        .values((gift, gifts::created_at.eq(now)))
        .execute(conn)
        .map(drop)
}

/// Whose gift stands for this donation; none when it was voided or never recorded.
pub(in crate::donors) fn gift_of(
    conn: &mut Conn,
    donation: AnyId,
) -> QueryResult<Option<PersonId>> {
    gifts::table
        .filter(gifts::donation.eq(Some(donation)))
        .filter(gifts::voided_at.is_null())
        .select(gifts::person)
        .first(conn)
        .optional()
}

/// Puts another day or component in a recorded gift's place.
pub(in crate::donors) fn change_gift(
    conn: &mut Conn,
    donation: AnyId,
    component: Component,
    given_on: NaiveDate,
) -> QueryResult<()> {
    diesel::update(gifts::table.filter(gifts::donation.eq(Some(donation))))
        .set((gifts::component.eq(component), gifts::given_on.eq(given_on)))
        .execute(conn)
        .map(drop)
}

/// A gift that never was; its row stays.
pub(in crate::donors) fn void_gift(
    conn: &mut Conn,
    donation: AnyId,
    now: Moment,
) -> QueryResult<()> {
    diesel::update(gifts::table.filter(gifts::donation.eq(Some(donation))))
        .set(gifts::voided_at.eq(Some(now)))
        .execute(conn)
        .map(drop)
}

/// Keeps a deferral.
pub(in crate::donors) fn add_deferral(
    conn: &mut Conn,
    deferral: &NewDeferral,
    now: Moment,
) -> QueryResult<()> {
    diesel::insert_into(deferrals::table)
        .values((deferral, deferrals::created_at.eq(now)))
        .execute(conn)
        .map(drop)
}

/// Every deferral that was not taken back, over or not, with its reason still sealed.
pub(in crate::donors) fn open_deferrals(
    conn: &mut Conn,
    person: PersonId,
) -> QueryResult<Vec<NewDeferral>> {
    deferrals::table
        .filter(deferrals::person.eq(person))
        .filter(deferrals::lifted_at.is_null())
        .order(deferrals::id)
        .select(NewDeferral::as_select())
        .load(conn)
}

/// Takes a deferral back; whom it bound, or none when it was taken back before.
pub(in crate::donors) fn lift_deferral(
    conn: &mut Conn,
    id: DeferralId,
    now: Moment,
) -> QueryResult<Option<PersonId>> {
    let row = deferrals::table
        .find(id)
        .filter(deferrals::lifted_at.is_null());
    let person = row.select(deferrals::person).first(conn).optional()?;
    diesel::update(row)
        .set(deferrals::lifted_at.eq(Some(now)))
        .execute(conn)?;
    Ok(person)
}
