//! What calls write to donors. The message names the hospital and the place, never anybody's blood group.
use super::model::{Answer, Ask, AskId, Call, CallId, CallState};
use super::store;
use crate::organisations;
use crate::platform::db::Conn;
use crate::platform::http::link;
use crate::platform::id::PersonId;
use crate::platform::language::{Key, Phrase, keys, say};
use crate::platform::notices::{
    self, Composed, Composing, Kinds, Letter, NewNotice, Notice, NoticeKind, Purpose,
};
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use diesel::QueryResult;
use serde_json::json;

/// Somebody is asked to come.
pub(super) const ASK: NoticeKind = NoticeKind::named("call-ask", Purpose::Call);
/// Enough come; thank you.
pub(super) const FILLED: NoticeKind = NoticeKind::named("call-filled", Purpose::CallNews);
/// The call was taken back.
pub(super) const CANCELLED: NoticeKind = NoticeKind::named("call-cancelled", Purpose::CallNews);
/// Its time is over.
pub(super) const OVER: NoticeKind = NoticeKind::named("call-over", Purpose::CallNews);
/// A coordinator is asked to vouch for a request.
pub(super) const VERIFY: NoticeKind = NoticeKind::named("call-to-verify", Purpose::Account);
/// What the link of an ask is for.
pub(super) const ANSWER: &str = "answer-call";

/// Adds what calls may write.
pub fn notices(kinds: Kinds) -> Kinds {
    kinds
        .with(ASK, write_ask)
        .with(VERIFY, write_to_coordinator)
        .with(FILLED, write_end)
        .with(CANCELLED, write_end)
        .with(OVER, write_end)
}

/// Queues the asks of a wave.
pub(super) fn ask(conn: &mut Conn, deed: &Deed, call: &Call, asks: &[Ask]) -> QueryResult<()> {
    let rows = asks.iter().map(|ask| NewNotice {
        data: json!({ "ask": ask.id, "call": call.id }),
        ..notice(deed, call, ASK, ask.person)
    });
    notices::queue_all(conn, rows.collect(), deed.now).map(drop)
}

/// Queues asking coordinators for their word; each is asked once per call.
pub(super) fn ask_to_verify(
    conn: &mut Conn,
    deed: &Deed,
    call: &Call,
    people: &[PersonId],
) -> QueryResult<()> {
    let rows = people
        .iter()
        .map(|person| notice(deed, call, VERIFY, *person));
    notices::queue_all(conn, rows.collect(), deed.now).map(drop)
}

/// Queues an ending for these people; each ending is told once per call.
pub(super) fn tell(
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

fn find_call(conn: &mut Conn, notice: &Notice) -> QueryResult<Option<Call>> {
    let id = notice
        .datum("call")
        .and_then(|id| id.parse::<CallId>().ok());
    id.map(|id| store::find(conn, id)).transpose()
}

fn write_ask(
    conn: &mut Conn,
    composing: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    let Some(call) = find_call(conn, notice)? else {
        return Ok(Composed::Drop("no call"));
    };
    let Some(ask) = notice.datum("ask").and_then(|id| id.parse::<AskId>().ok()) else {
        return Ok(Composed::Drop("no ask"));
    };
    if call.state != CallState::Asking || call.arrive_by <= composing.now {
        return Ok(Composed::Drop("not asking"));
    }
    let link = answer_link(composing, ask);
    let text = words(conn, composing, &call, keys::CALL_ASK_TEXT)?.with("link", link);
    let subject = words(conn, composing, &call, keys::CALL_ASK_SUBJECT)?;
    Ok(Composed::Send(letter(composing, &subject, &text)))
}

fn write_to_coordinator(
    conn: &mut Conn,
    composing: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    let Some(call) = find_call(conn, notice)? else {
        return Ok(Composed::Drop("no call"));
    };
    if call.state != CallState::Submitted {
        return Ok(Composed::Drop("somebody gave their word"));
    }
    let site = &composing.settings.site.public_url;
    let link = format!("{site}/app/hospital/calls/{}", call.id);
    let subject = words(conn, composing, &call, keys::CALL_VERIFY_SUBJECT)?;
    let text = words(conn, composing, &call, keys::CALL_VERIFY_TEXT)?
        .with("units", call.units)
        .with("link", link);
    Ok(Composed::Send(letter(composing, &subject, &text)))
}

/// The address of the page that takes the answer.
fn answer_link(composing: &Composing<'_>, ask: AskId) -> String {
    let token = link::token(composing.keys, ANSWER, ask.0);
    format!("{}/a/{token}", composing.settings.site.public_url)
}

fn write_end(
    conn: &mut Conn,
    composing: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    let Some(call) = find_call(conn, notice)? else {
        return Ok(Composed::Drop("no call"));
    };
    let is_reopened = notice.is(FILLED) && call.state == CallState::Asking;
    let ask = store::find_ask_of(conn, call.id, notice.person)?;
    let comes = ask.is_some_and(|ask| ask.answer == Some(Answer::Yes));
    if is_reopened || (comes && !notice.is(CANCELLED)) {
        return Ok(Composed::Drop("no longer so"));
    }
    let (subject, text) = if notice.is(FILLED) {
        (keys::CALL_FILLED_SUBJECT, keys::CALL_FILLED_TEXT)
    } else if notice.is(CANCELLED) {
        (keys::CALL_CANCELLED_SUBJECT, keys::CALL_CANCELLED_TEXT)
    } else {
        (keys::CALL_OVER_SUBJECT, keys::CALL_OVER_TEXT)
    };
    let subject = words(conn, composing, &call, subject)?;
    let text = words(conn, composing, &call, text)?;
    Ok(Composed::Send(letter(composing, &subject, &text)))
}

fn words(conn: &mut Conn, composing: &Composing<'_>, call: &Call, key: Key) -> QueryResult<Phrase> {
    let zone = composing.settings.site.time_zone;
    let until = call.arrive_by.with_timezone(&zone);
    let day = composing.to.language.long_date(until.date_naive());
    Ok(Phrase::new(key)
        .with("name", composing.to.given_name.clone())
        .with("hospital", organisations::find(conn, call.hospital)?.name)
        .with("place", organisations::find(conn, call.give_at)?.name)
        .with("hour", until.format("%H:%M").to_string())
        .with("day", day)
        .with(
            "page",
            format!("{}/c/{}", composing.settings.site.public_url, call.id),
        )
        .with("sender", organisations::brand(conn, call.hospital)?))
}

fn letter(composing: &Composing<'_>, subject: &Phrase, text: &Phrase) -> Letter {
    let language = composing.to.language;
    Letter {
        subject: say(language, subject),
        text: say(language, text),
        ..Letter::default()
    }
}
