//! Rows of gifts.
use super::super::model::{Gift, GiftId, GiftSource};
use crate::blood::Component;
use crate::eligibility::Given;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::gifts;
use crate::platform::id::{AnyId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

#[derive(Queryable, Selectable)]
#[diesel(table_name = gifts)]
struct Row {
    id: GiftId,
    person: PersonId,
    component: Component,
    given_on: NaiveDate,
    source: GiftSource,
    donation: Option<AnyId>,
    place: Option<String>,
    created_by: Option<PersonId>,
}

impl From<Row> for Gift {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            person: row.person,
            component: row.component,
            given_on: row.given_on,
            source: row.source,
            donation: row.donation,
            place: row.place,
            created_by: row.created_by,
        }
    }
}

/// Keeps a gift.
pub(in crate::donors) fn add_gift(conn: &mut Conn, gift: &Gift, now: Moment) -> QueryResult<()> {
    diesel::insert_into(gifts::table)
        .values((
            gifts::id.eq(gift.id),
            gifts::person.eq(gift.person),
            gifts::component.eq(gift.component),
            gifts::given_on.eq(gift.given_on),
            gifts::source.eq(gift.source),
            gifts::donation.eq(gift.donation),
            gifts::place.eq(&gift.place),
            gifts::created_by.eq(gift.created_by),
            gifts::created_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

/// Every gift that counts.
pub(in crate::donors) fn history(conn: &mut Conn, person: PersonId) -> QueryResult<Vec<Given>> {
    let rows = gifts::table
        .filter(gifts::person.eq(person))
        .filter(gifts::voided_at.is_null())
        .order((gifts::given_on, gifts::id))
        .select((gifts::component, gifts::given_on))
        .load(conn)?;
    let given = |(component, on)| Given { component, on };
    Ok(rows.into_iter().map(given).collect())
}

/// Every gift that counts, the newest first, after `after`.
pub(in crate::donors) fn list_gifts(
    conn: &mut Conn,
    person: PersonId,
    (after, limit): (Option<(NaiveDate, GiftId)>, i64),
) -> QueryResult<Vec<Gift>> {
    let mut page = gifts::table
        .filter(gifts::person.eq(person))
        .filter(gifts::voided_at.is_null())
        .order((gifts::given_on.desc(), gifts::id.desc()))
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some((day, id)) = after {
        page = page.filter(
            gifts::given_on
                .lt(day)
                .or(gifts::given_on.eq(day).and(gifts::id.lt(id))),
        );
    }
    let rows = page.load(conn)?;
    Ok(rows.into_iter().map(Gift::from).collect())
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
    (component, given_on): (Component, NaiveDate),
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
