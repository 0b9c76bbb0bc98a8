//! Messages of calls that are to leave: each thing is said to somebody once per call.
use super::{ASK, VERIFY, VOICE};
use crate::calls::model::{Ask, Call};
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::notices::{self, NewNotice, NoticeKind};
use crate::registrations::model::Deed;
use diesel::QueryResult;
use serde_json::json;

/// Queues the asks of a wave.
pub(in crate::calls) fn ask(
    conn: &mut Conn,
    deed: &Deed,
    call: &Call,
    asks: &[Ask],
) -> QueryResult<()> {
    let rows = asks.iter().map(|ask| asking(deed, call, ASK, ask));
    notices::queue_all(conn, rows.collect(), deed.now).map(drop)
}

/// Queues ringing up who was asked; false when they were before, for the same call.
pub(in crate::calls) fn ring(
    conn: &mut Conn,
    deed: &Deed,
    call: &Call,
    ask: &Ask,
) -> QueryResult<bool> {
    notices::queue(conn, asking(deed, call, VOICE, ask), deed.now)
}

fn asking(deed: &Deed, call: &Call, kind: NoticeKind, ask: &Ask) -> NewNotice {
    NewNotice {
        data: json!({ "ask": ask.id, "call": call.id }),
        expires_at: call.arrive_by,
        ..notice(deed, call, kind, ask.person)
    }
}

/// Queues asking coordinators for their word; each is asked once per call.
pub(in crate::calls) fn ask_to_verify(
    conn: &mut Conn,
    deed: &Deed,
    call: &Call,
    people: &[PersonId],
) -> QueryResult<()> {
    tell(conn, deed, call, VERIFY, people)
}

/// Queues an ending for these people; each ending is told once per call.
pub(in crate::calls) fn tell(
    conn: &mut Conn,
    deed: &Deed,
    call: &Call,
    kind: NoticeKind,
    people: &[PersonId],
) -> QueryResult<()> {
    let rows = people
        .iter()
        .map(|person| notice(deed, call, kind, *person));
    notices::queue_all(conn, rows.collect(), deed.now).map(drop)
}

fn notice(deed: &Deed, call: &Call, kind: NoticeKind, person: PersonId) -> NewNotice {
    NewNotice {
        id: deed.id(),
        kind,
        person,
        about: call.id.to_string(),
        data: json!({ "call": call.id }),
        secret: None,
        not_before: deed.now,
        expires_at: call.needed_by,
    }
}
