//! Rows of calls.
use crate::blood::{BloodGroup, Component};
use crate::calls::model::{Call, CallId, CallPath, CallState, Scope};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{
    asks, calls, organisation_ancestors, organisations, registrations,
};
use crate::platform::id::{AnyId, DriveId, OrganisationId};
use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// Writes a new call.
pub(in crate::calls) fn insert(conn: &mut Conn, call: &Call) -> QueryResult<()> {
    diesel::insert_into(calls::table)
        .values(call)
        .execute(conn)
        .map(drop)
}

/// The call; whether the caller may see it is asked elsewhere.
pub(in crate::calls) fn find(conn: &mut Conn, id: CallId) -> QueryResult<Call> {
    calls::table.find(id).select(Call::as_select()).first(conn)
}

/// What anyone may see of a call.
#[derive(Debug, Queryable)]
pub(in crate::calls) struct PublicCall {
    pub(in crate::calls) blood_group: BloodGroup,
    pub(in crate::calls) component: Component,
    pub(in crate::calls) units: i32,
    pub(in crate::calls) arrive_by: Moment,
    pub(in crate::calls) state: CallState,
    /// The name of the hospital that needs it.
    pub(in crate::calls) hospital: String,
    /// The name of the facility that draws it.
    pub(in crate::calls) place: String,
}

/// The call as anyone may see it, once somebody has vouched for it. The names of bodies are joined in, because an appeal
/// that goes round is looked at by many at once.
pub(in crate::calls) fn find_public(conn: &mut Conn, id: CallId) -> QueryResult<PublicCall> {
    let place = diesel::alias!(organisations as place);
    calls::table
        .inner_join(organisations::table.on(organisations::id.eq(calls::hospital)))
        .inner_join(place.on(place.field(organisations::id).eq(calls::give_at)))
        .filter(calls::id.eq(id))
        .filter(calls::drive.is_not_null())
        .select((
            calls::blood_group,
            calls::component,
            calls::units,
            calls::arrive_by,
            calls::state,
            organisations::name,
            place.field(organisations::name),
        ))
        .first(conn)
}

/// Notes the hidden drive in which the call holds its places.
pub(in crate::calls) fn open_drive(
    conn: &mut Conn,
    id: CallId,
    drive: DriveId,
    slot: AnyId,
) -> QueryResult<()> {
    diesel::update(calls::table.find(id))
        .set((calls::drive.eq(Some(drive)), calls::slot.eq(Some(slot))))
        .execute(conn)
        .map(drop)
}

/// Notes which way a call goes and how wide it asks.
pub(in crate::calls) fn widen(
    conn: &mut Conn,
    id: CallId,
    path: CallPath,
    scope: Scope,
) -> QueryResult<()> {
    diesel::update(calls::table.find(id))
        .set((calls::path.eq(path), calls::scope.eq(scope)))
        .execute(conn)
        .map(drop)
}

/// Whose turn it is: the asking's, a coordinator's who holds it up, somebody's who calls back.
#[derive(Debug, Clone, Copy, AsChangeset)]
#[diesel(table_name = calls, treat_none_as_null = true)]
#[expect(clippy::struct_field_names, reason = "columns of moments")]
pub(in crate::calls) struct Turn {
    pub(in crate::calls) paused_at: Option<Moment>,
    pub(in crate::calls) next_wave_at: Option<Moment>,
    pub(in crate::calls) called_back_at: Option<Moment>,
}

impl Turn {
    /// As the call has it.
    pub(in crate::calls) fn of(call: &Call) -> Self {
        Self {
            paused_at: call.paused_at,
            next_wave_at: call.next_wave_at,
            called_back_at: call.called_back_at,
        }
    }
}

/// Notes whose turn it is.
pub(in crate::calls) fn put_turn(conn: &mut Conn, id: CallId, turn: Turn) -> QueryResult<()> {
    diesel::update(calls::table.find(id))
        .set(turn)
        .execute(conn)
        .map(drop)
}

/// Calls of hospitals at or under these bodies, or that give there, newest first, after the one named.
pub(in crate::calls) fn list(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    after: Option<(Moment, CallId)>,
    limit: i64,
) -> QueryResult<Vec<Call>> {
    let below = || {
        organisation_ancestors::table
            .filter(organisation_ancestors::ancestor.eq_any(bodies.to_vec()))
            .select(organisation_ancestors::descendant)
    };
    let theirs = calls::hospital
        .eq_any(below())
        .or(calls::give_at.eq_any(below()));
    let mut page = calls::table.filter(theirs).into_boxed();
    if let Some((at, id)) = after {
        page = page.filter(
            calls::created_at
                .lt(at)
                .or(calls::created_at.eq(at).and(calls::id.lt(id))),
        );
    }
    page.order((calls::created_at.desc(), calls::id.desc()))
        .limit(limit)
        .select(Call::as_select())
        .load(conn)
}

/// Calls that still ask or wait although their time is over.
pub(in crate::calls) fn overdue(conn: &mut Conn, now: Moment) -> QueryResult<Vec<Call>> {
    calls::table
        .filter(calls::state.eq_any(["submitted", "verified", "asking"]))
        .filter(calls::needed_by.le(now))
        .order(calls::id)
        .limit(500)
        .select(Call::as_select())
        .load(conn)
}

/// Open calls that count on somebody who gave up their place elsewhere, or was sent away at another desk.
pub(in crate::calls) fn short_of_donors(conn: &mut Conn, now: Moment) -> QueryResult<Vec<Call>> {
    let gone = asks::table
        .inner_join(registrations::table.on(registrations::id.nullable().eq(asks::registration)))
        .filter(asks::call.eq(calls::id))
        .filter(asks::answer.eq(Some("yes")))
        .filter(sql::<Bool>(
            "registrations.state IN ('cancelled', 'deferred', 'left')",
        ));
    calls::table
        .filter(calls::state.eq_any([CallState::Asking, CallState::Filled]))
        .filter(calls::arrive_by.gt(now))
        .filter(exists(gone))
        .order(calls::id)
        .limit(500)
        .select(Call::as_select())
        .load(conn)
}
