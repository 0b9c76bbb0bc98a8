//! Rows of what ended bodies became.
use super::super::rules::{Succession, SuccessionKind};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::successions;
use crate::platform::id::{AnyId, OrganisationId};
use chrono::NaiveDate;
use diesel::prelude::*;

type Row = (
    OrganisationId,
    OrganisationId,
    SuccessionKind,
    NaiveDate,
    i32,
);

fn read((predecessor, successor, kind, on, share): Row) -> Succession {
    Succession {
        predecessor,
        successor,
        kind,
        on,
        share,
    }
}

/// Every succession.
pub(in crate::organisations) fn all(conn: &mut Conn) -> QueryResult<Vec<Succession>> {
    let rows: Vec<Row> = successions::table
        .order((successions::happened_on, successions::id))
        .select((
            successions::predecessor,
            successions::successor,
            successions::kind,
            successions::happened_on,
            successions::share,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(read).collect())
}

/// What the body became, and which bodies became it.
pub(in crate::organisations) fn came_from(
    conn: &mut Conn,
    id: OrganisationId,
) -> QueryResult<Vec<Succession>> {
    let rows: Vec<Row> = successions::table
        .filter(
            successions::predecessor
                .eq(id)
                .or(successions::successor.eq(id)),
        )
        .order((successions::happened_on, successions::id))
        .select((
            successions::predecessor,
            successions::successor,
            successions::kind,
            successions::happened_on,
            successions::share,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(read).collect())
}

/// Writes one succession.
pub(in crate::organisations) fn record(
    conn: &mut Conn,
    id: AnyId,
    succession: &Succession,
    now: Moment,
) -> QueryResult<()> {
    diesel::insert_into(successions::table)
        .values((
            successions::id.eq(id),
            successions::predecessor.eq(succession.predecessor),
            successions::successor.eq(succession.successor),
            successions::kind.eq(succession.kind),
            successions::happened_on.eq(succession.on),
            successions::share.eq(succession.share),
            successions::created_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}
