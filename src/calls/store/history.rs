//! The history of calls: rows are only ever added.
use crate::calls::model::{Call, CallId, Step};
use crate::platform::db::Conn;
use crate::platform::db::schema::{call_changes, calls, people};
use diesel::prelude::*;

/// Writes what was done.
pub(in crate::calls) fn log(conn: &mut Conn, step: &Step) -> QueryResult<()> {
    diesel::insert_into(call_changes::table)
        .values(step)
        .execute(conn)
        .map(drop)
}

/// Moves a call from the state it was read in; false when somebody moved it meanwhile.
pub(in crate::calls) fn move_to(conn: &mut Conn, call: &Call, step: &Step) -> QueryResult<bool> {
    let moved = diesel::update(
        calls::table
            .find(call.id)
            .filter(calls::state.eq(call.state)),
    )
    .set((
        calls::state.eq(step.state),
        calls::changed_at.eq(step.changed_at),
    ))
    .execute(conn)?;
    if moved == 1 {
        log(conn, step)?;
    }
    Ok(moved == 1)
}

/// Its history with who did each step, oldest first.
pub(in crate::calls) fn steps(
    conn: &mut Conn,
    id: CallId,
) -> QueryResult<Vec<(Step, Option<String>)>> {
    call_changes::table
        .left_join(people::table.on(people::id.nullable().eq(call_changes::changed_by)))
        .filter(call_changes::call.eq(id))
        .order((call_changes::changed_at, call_changes::id))
        .select((Step::as_select(), people::name.nullable()))
        .load(conn)
}
