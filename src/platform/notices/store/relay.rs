//! What a club's lead is asked to say by word of mouth, once a day for each of its people.
use super::Said;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{notices, relay_items};
use crate::platform::db::{Conn, Json};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::notices::model::{Channel, Purpose};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

crate::ids! {
    /// Names something a lead is asked to say.
    RelayId,
}

/// Something new for a lead to say.
#[derive(Debug, Clone, Copy, Insertable)]
#[diesel(table_name = relay_items)]
pub struct NewItem {
    /// Made by `app.id()`.
    pub id: RelayId,
    /// Whose lead.
    pub club: OrganisationId,
    /// To whom.
    pub person: PersonId,
    /// On which day.
    pub made_on: NaiveDate,
    /// This moment.
    pub created_at: Moment,
}

/// Something a lead is asked to say.
#[derive(Debug, Clone, Copy, Queryable, Selectable)]
#[diesel(table_name = relay_items)]
pub struct RelayItem {
    /// Its id.
    pub id: RelayId,
    /// To whom.
    pub person: PersonId,
    /// When they came on the list.
    pub created_at: Moment,
    /// When the lead said it was done.
    pub done_at: Option<Moment>,
}

impl RelayItem {
    /// Whether nobody asked for it: a lead said of their own accord that it was done.
    pub fn is_unasked(&self) -> bool {
        self.done_at == Some(self.created_at)
    }
}

/// Asks the lead, unless they are asked for this person today already.
pub fn add(conn: &mut Conn, item: &NewItem) -> QueryResult<()> {
    crate::on_each!(conn => diesel::insert_into(relay_items::table)
        .values(item)
        .on_conflict_do_nothing()
        .execute(conn))
    .map(drop)
}

/// What is to be said in a club, those not done first; done ones of the last days too.
pub fn list(
    conn: &mut Conn,
    club: OrganisationId,
    since: NaiveDate,
) -> QueryResult<Vec<RelayItem>> {
    relay_items::table
        .filter(relay_items::club.eq(club))
        .filter(relay_items::made_on.ge(since))
        .order((
            relay_items::done_at.is_not_null(),
            relay_items::made_on,
            relay_items::id,
        ))
        .limit(500)
        .select(RelayItem::as_select())
        .load(conn)
}

/// Ticks an item off, or takes the tick back; by whom and when is kept.
pub fn tick(conn: &mut Conn, id: RelayId, done: Option<(PersonId, Moment)>) -> QueryResult<()> {
    diesel::update(relay_items::table.find(id))
        .set((
            relay_items::done_by.eq(done.map(|(by, _)| by)),
            relay_items::done_at.eq(done.map(|(_, at)| at)),
        ))
        .execute(conn)
        .map(drop)
}

/// Takes back what nobody asked for.
pub fn remove(conn: &mut Conn, id: RelayId) -> QueryResult<()> {
    diesel::delete(relay_items::table.find(id))
        .execute(conn)
        .map(drop)
}

/// The clubs for whose leads something waits since that day.
pub fn clubs_waiting(conn: &mut Conn, since: NaiveDate) -> QueryResult<Vec<OrganisationId>> {
    relay_items::table
        .filter(relay_items::done_at.is_null())
        .filter(relay_items::made_on.ge(since))
        .select(relay_items::club)
        .distinct()
        .order(relay_items::club)
        .load(conn)
}

/// What a lead is asked to pass on to each of these people and is still worth saying; the newest of each.
pub fn to_say(
    conn: &mut Conn,
    people: &[PersonId],
    now: Moment,
) -> QueryResult<HashMap<PersonId, (Purpose, Said)>> {
    let rows: Vec<(PersonId, Purpose, Json)> = notices::table
        .filter(notices::person.eq_any(people))
        .filter(notices::channel.eq(Channel::Relay))
        .filter(notices::state.eq("sent"))
        .filter(notices::expires_at.gt(now))
        .filter(notices::said.is_not_null())
        .order((notices::settled_at, notices::id))
        .select((
            notices::person,
            notices::purpose,
            notices::said.assume_not_null(),
        ))
        .load(conn)?;
    let read = |(person, purpose, Json(said)): (PersonId, Purpose, Json)| {
        let said = serde_json::from_value(said).ok()?;
        Some((person, (purpose, said)))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}
