//! Browsers that show messages.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::push_subscriptions;
use crate::platform::id::PersonId;
use diesel::prelude::*;

crate::ids! {
    /// Names a browser that shows messages.
    SubscriptionId,
}

/// The most browsers one person has; the oldest goes when one more comes.
const MOST: i64 = 10;

/// A browser that shows messages.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = push_subscriptions, treat_none_as_default_value = false)]
pub struct Subscription {
    /// Made by the browser's app, so that sending it twice is harmless.
    pub id: SubscriptionId,
    /// Whose.
    pub person: PersonId,
    /// `keys.lookup("push", endpoint)`.
    pub lookup: String,
    /// Endpoint and keys as JSON, sealed with this row's id.
    pub sealed: String,
    /// Not before: the push service asked us to wait.
    pub waits_until: Option<Moment>,
    /// Since when.
    pub created_at: Moment,
}

/// Keeps a browser in place of what stood under its id or its address; false when the id is somebody else's.
pub fn put(conn: &mut Conn, new: &Subscription) -> QueryResult<bool> {
    let owner: Option<PersonId> = push_subscriptions::table
        .find(new.id)
        .select(push_subscriptions::person)
        .first(conn)
        .optional()?;
    if owner.is_some_and(|owner| owner != new.person) {
        return Ok(false);
    }
    let same = push_subscriptions::id
        .eq(new.id)
        .or(push_subscriptions::lookup.eq(&new.lookup));
    diesel::delete(push_subscriptions::table.filter(same)).execute(conn)?;
    diesel::insert_into(push_subscriptions::table)
        .values(new)
        .execute(conn)?;
    let all = of(conn, new.person)?;
    let many = i64::try_from(all.len()).unwrap_or(MOST);
    let too_many = usize::try_from(many - MOST).unwrap_or_default();
    for oldest in all.iter().take(too_many) {
        drop_one(conn, oldest.id)?;
    }
    Ok(true)
}

/// The browsers of a person, the oldest first.
pub fn of(conn: &mut Conn, person: PersonId) -> QueryResult<Vec<Subscription>> {
    push_subscriptions::table
        .filter(push_subscriptions::person.eq(person))
        .order((push_subscriptions::created_at, push_subscriptions::id))
        .select(Subscription::as_select())
        .load(conn)
}

/// Forgets a browser of this person; nothing happens where there is none.
pub fn remove(conn: &mut Conn, person: PersonId, id: SubscriptionId) -> QueryResult<()> {
    let own = push_subscriptions::table
        .find(id)
        .filter(push_subscriptions::person.eq(person));
    diesel::delete(own).execute(conn).map(drop)
}

pub(in crate::platform::notices) fn drop_one(
    conn: &mut Conn,
    id: SubscriptionId,
) -> QueryResult<()> {
    diesel::delete(push_subscriptions::table.find(id))
        .execute(conn)
        .map(drop)
}

/// Leaves a browser alone until then, as its push service asked.
pub(in crate::platform::notices) fn wait(
    conn: &mut Conn,
    id: SubscriptionId,
    until: Moment,
) -> QueryResult<()> {
    diesel::update(push_subscriptions::table.find(id))
        .set(push_subscriptions::waits_until.eq(Some(until)))
        .execute(conn)
        .map(drop)
}

pub(in crate::platform::notices) fn forget(conn: &mut Conn, person: PersonId) -> QueryResult<()> {
    let own = push_subscriptions::table.filter(push_subscriptions::person.eq(person));
    diesel::delete(own).execute(conn).map(drop)
}
