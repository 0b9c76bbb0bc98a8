//! Many gifts at once.
use super::BATCH;
use crate::blood::Component;
use crate::donors::model::{Gift, GiftId, GiftSource};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::gifts;
use crate::platform::id::{AnyId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

#[derive(Insertable)]
#[diesel(table_name = gifts, treat_none_as_default_value = false)]
struct GiftRow {
    id: GiftId,
    person: PersonId,
    component: Component,
    given_on: NaiveDate,
    source: GiftSource,
    donation: Option<AnyId>,
    place: Option<String>,
    created_by: Option<PersonId>,
    created_at: Moment,
}

/// Keeps gifts; the days that follow are the caller's.
pub(in crate::donors) fn add_gifts(conn: &mut Conn, new: &[Gift], now: Moment) -> QueryResult<()> {
    for part in new.chunks(BATCH) {
        let rows: Vec<GiftRow> = part
            .iter()
            .map(|gift| GiftRow {
                id: gift.id,
                person: gift.person,
                component: gift.component,
                given_on: gift.given_on,
                source: gift.source,
                donation: gift.donation,
                place: gift.place.clone(),
                created_by: gift.created_by,
                created_at: now,
            })
            .collect();
        crate::on_each!(conn => diesel::insert_into(gifts::table).values(&rows).execute(conn))?;
    }
    Ok(())
}

/// Drops imported gifts.
pub(in crate::donors) fn remove_gifts(conn: &mut Conn, ids: &[GiftId]) -> QueryResult<()> {
    for part in ids.chunks(BATCH) {
        let rows = gifts::table
            .filter(gifts::id.eq_any(part))
            .filter(gifts::source.eq(GiftSource::Imported));
        diesel::delete(rows).execute(conn)?;
    }
    Ok(())
}
