//! Who vouches for calls, and which messages of a call do not get through; other subjects' tables, only read here.
use crate::calls::model::CallId;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{asks, grants, notices};
use crate::platform::http::Role;
use crate::platform::id::{OrganisationId, PersonId};
use diesel::dsl::{count_star, max, min};
use diesel::prelude::*;

/// Those who hold the role of a coordinator on this very body at this moment.
pub(in crate::calls) fn coordinators(
    conn: &mut Conn,
    body: OrganisationId,
    now: Moment,
) -> QueryResult<Vec<PersonId>> {
    grants::table
        .filter(grants::organisation.eq(Some(body)))
        .filter(grants::role.eq(Role::Coordinator))
        .filter(grants::revoked_at.is_null())
        .filter(grants::until.is_null().or(grants::until.gt(Some(now))))
        .select(grants::person)
        .distinct()
        .load(conn)
}

/// Messages of a call that a channel does not take.
#[derive(Debug, Clone, Queryable)]
pub(in crate::calls) struct Trouble {
    /// `waiting` for another try, or `dead`.
    pub(in crate::calls) state: String,
    /// How many.
    pub(in crate::calls) count: i64,
    /// Since when.
    pub(in crate::calls) since: Option<Moment>,
    /// What the channel said.
    pub(in crate::calls) error: Option<String>,
}

/// Asks of this call that did not get through so far.
pub(in crate::calls) fn trouble(
    conn: &mut Conn,
    call: CallId,
    kind: &str,
) -> QueryResult<Vec<Trouble>> {
    let theirs = asks::table.filter(asks::call.eq(call)).select(asks::person);
    notices::table
        .filter(notices::person.eq_any(theirs))
        .filter(notices::kind.eq(kind))
        .filter(notices::about.eq(call.to_string()))
        .filter(notices::state.eq_any(["waiting", "dead"]))
        .filter(notices::last_error.is_not_null())
        .group_by(notices::state)
        .order(notices::state)
        .select((
            notices::state,
            count_star(),
            min(notices::created_at),
            max(notices::last_error),
        ))
        .load(conn)
}
