//! Who said stop, by the keyed hash of the contact, so that it outlives the person's entry and every list.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::stops;
use crate::platform::notices::model::Purpose;
use diesel::prelude::*;
use std::collections::HashSet;

/// Everything.
const ALL: &str = "all";

/// Why nothing more goes to a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// Its owner said so: holds for every way they are reached.
    Asked,
    /// The server of the address knows no such address: holds for it alone.
    Bounced,
}

crate::text_column! {
    pub StopReason {
        Asked => "asked",
        Bounced => "bounced",
    }
}

/// Stops one purpose, or all of them, for these contacts; again changes nothing.
pub fn put(
    conn: &mut Conn,
    lookups: &[String],
    purpose: Option<Purpose>,
    reason: StopReason,
    now: Moment,
) -> QueryResult<()> {
    let purpose = purpose.map_or(ALL, Purpose::as_str);
    for lookup in lookups {
        let row = (
            stops::lookup.eq(lookup),
            stops::purpose.eq(purpose),
            stops::reason.eq(reason),
            stops::stopped_at.eq(now),
        );
        crate::on_each!(conn => diesel::insert_into(stops::table).values(row).on_conflict_do_nothing().execute(conn))?;
    }
    Ok(())
}

/// Takes back what the owner of these contacts stopped: they agreed anew, by themself.
pub fn lift(conn: &mut Conn, lookups: &[String], purpose: Purpose) -> QueryResult<()> {
    let mine = stops::table
        .filter(stops::lookup.eq_any(lookups))
        .filter(stops::purpose.eq_any([ALL, purpose.as_str()]))
        .filter(stops::reason.eq(StopReason::Asked));
    diesel::delete(mine).execute(conn).map(drop)
}

/// Lets a contact be written to again after its code came back: the address works.
pub fn revive(conn: &mut Conn, lookup: &str) -> QueryResult<()> {
    let dead = stops::table
        .filter(stops::lookup.eq(lookup))
        .filter(stops::reason.eq(StopReason::Bounced));
    diesel::delete(dead).execute(conn).map(drop)
}

/// What was stopped for a contact, and why.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = stops)]
pub(in crate::platform::notices) struct Stopped {
    /// The mark of the contact.
    pub(in crate::platform::notices) lookup: String,
    purpose: String,
    reason: StopReason,
}

impl Stopped {
    /// Whether its owner said stop to this purpose or to everything.
    pub(in crate::platform::notices) fn forbids(&self, purpose: Purpose) -> bool {
        let holds = self.purpose == ALL || self.purpose == purpose.as_str();
        self.reason == StopReason::Asked && holds
    }

    /// Whether it cannot be written to any more.
    pub(in crate::platform::notices) fn is_dead(&self) -> bool {
        self.reason == StopReason::Bounced
    }
}

/// Those of these contacts whose owner said stop to this purpose or to everything.
pub fn asked_among(
    conn: &mut Conn,
    lookups: &[&str],
    purpose: Purpose,
) -> QueryResult<HashSet<String>> {
    let stopped = of(conn, lookups)?.into_iter();
    let asked = stopped.filter(|one| one.forbids(purpose));
    Ok(asked.map(|one| one.lookup).collect())
}

/// Everything that was stopped for these contacts.
pub(in crate::platform::notices) fn of(
    conn: &mut Conn,
    lookups: &[&str],
) -> QueryResult<Vec<Stopped>> {
    if lookups.is_empty() {
        return Ok(Vec::new());
    }
    stops::table
        .filter(stops::lookup.eq_any(lookups))
        .select(Stopped::as_select())
        .load(conn)
}
