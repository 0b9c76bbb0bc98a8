//! Who vouches for calls, and which messages of a call do not get through; other subjects' tables, only read here.
use crate::calls::model::{CallId, HeldBack, Untaken, VoiceCall};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{asks, grants, notice_changes, notices};
use crate::platform::http::Role;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::notices::Channel;
use diesel::dsl::{count, count_star, max, min, sql};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

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

/// The messages of one kind to those a call asked.
macro_rules! asks_sent {
    ($call:expr, $kind:expr) => {
        notices::person
            .eq_any(
                asks::table
                    .filter(asks::call.eq($call))
                    .select(asks::person),
            )
            .and(notices::kind.eq($kind))
            .and(notices::about.eq($call.to_string()))
    };
}

/// What channels did not take of a call's asks, and did not take later either.
pub(in crate::calls) fn untaken(
    conn: &mut Conn,
    call: CallId,
    kind: &str,
) -> QueryResult<Vec<Untaken>> {
    notice_changes::table
        .inner_join(notices::table.on(notices::id.eq(notice_changes::notice)))
        .filter(asks_sent!(call, kind))
        .filter(notice_changes::state.eq_any(["failed", "dead"]))
        .filter(notice_changes::channel.is_not_null())
        .filter(
            notices::state
                .ne("sent")
                .or(notices::channel.ne(notice_changes::channel)),
        )
        .group_by(sql::<Text>("notices.state, notice_changes.channel"))
        .select((
            sql::<Text>("notices.state"),
            sql::<Nullable<Text>>("notice_changes.channel"),
            count(notice_changes::notice).aggregate_distinct(),
            min(notice_changes::changed_at),
            max(notice_changes::changed_at),
            max(notice_changes::detail),
        ))
        .load(conn)
}

/// When each channel last took one of a call's asks.
pub(in crate::calls) fn taken(
    conn: &mut Conn,
    call: CallId,
    kind: &str,
) -> QueryResult<Vec<(Channel, Moment)>> {
    let rows: Vec<(Option<Channel>, Option<Moment>)> = notices::table
        .filter(asks_sent!(call, kind))
        .filter(notices::state.eq("sent"))
        .group_by(notices::channel)
        .select((notices::channel, max(notices::settled_at)))
        .load(conn)?;
    let known = rows.into_iter().filter_map(|(channel, at)| channel.zip(at));
    Ok(known.collect())
}

/// The donors whom the gateway was to ring up for a call.
pub(in crate::calls) fn voice_calls(
    conn: &mut Conn,
    call: CallId,
    kind: &str,
) -> QueryResult<Vec<VoiceCall>> {
    notices::table
        .filter(asks_sent!(call, kind))
        .order((notices::created_at, notices::id))
        .select((notices::person, notices::created_at, notices::state))
        .load(conn)
}

/// The asks of a call whose readers sleep: how many, and when the first of them leaves.
pub(in crate::calls) fn held_back(
    conn: &mut Conn,
    call: CallId,
    (kind, reason): (&str, &str),
) -> QueryResult<HeldBack> {
    let (asks, until) = notices::table
        .filter(asks_sent!(call, kind))
        .filter(notices::state.eq("waiting"))
        .filter(notices::last_error.eq(Some(reason)))
        .select((count_star(), min(notices::due_at)))
        .first(conn)?;
    Ok(HeldBack { asks, until })
}
