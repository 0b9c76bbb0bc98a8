//! Rows of telephone calls to donors: only ever added.
use crate::calls::model::{CallId, Tick};
use crate::platform::db::Conn;
use crate::platform::db::schema::{call_ticks, people};
use diesel::prelude::*;

/// Writes one telephone call.
pub(in crate::calls) fn insert_tick(conn: &mut Conn, tick: &Tick) -> QueryResult<()> {
    diesel::insert_into(call_ticks::table)
        .values(tick)
        .execute(conn)
        .map(drop)
}

/// Every telephone call made for a call with who made it, oldest first.
pub(in crate::calls) fn ticks(conn: &mut Conn, call: CallId) -> QueryResult<Vec<(Tick, String)>> {
    call_ticks::table
        .inner_join(people::table.on(people::id.eq(call_ticks::ticked_by)))
        .filter(call_ticks::call.eq(call))
        .order((call_ticks::ticked_at, call_ticks::id))
        .select((Tick::as_select(), people::name))
        .load(conn)
}
