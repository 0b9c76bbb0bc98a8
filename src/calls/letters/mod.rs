//! What calls write to donors. The message names the hospital and the place, never anybody's blood group.
mod queue;

pub(super) use queue::{ask, ask_to_verify, ring, tell};

use super::model::{Answer, AskId, Call, CallId, CallState};
use super::store;
use crate::organisations;
use crate::platform::db::Conn;
use crate::platform::http::link;
use crate::platform::language::{Key, Phrase, keys, say};
use crate::platform::notices::{
    Channel, Composed, Composing, Kinds, Letter, Notice, NoticeKind, Purpose,
};
use crate::platform::problem::Problem;
use diesel::QueryResult;
use std::collections::BTreeMap;

/// Somebody is asked to come.
pub(super) const ASK: NoticeKind = NoticeKind::named("call-ask", Purpose::Call);
/// Somebody is rung up: the gateway says what the ask says.
pub(super) const VOICE: NoticeKind =
    NoticeKind::named("call-voice", Purpose::Call).only_by(Channel::Gateway);
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
        .with(ASK, write)
        .with(VOICE, write)
        .with(VERIFY, write)
        .with(FILLED, write)
        .with(CANCELLED, write)
        .with(OVER, write)
}

fn find_call(conn: &mut Conn, notice: &Notice) -> QueryResult<Option<Call>> {
    let id = notice.id_of::<CallId>("call");
    id.map(|id| store::find(conn, id)).transpose()
}

/// What one kind says: its words, where a tap leads, and the link by which its reader answers.
struct Says {
    subject: Key,
    text: Key,
    short: Key,
    page: String,
    act: Option<String>,
}

/// Looks at the call again, then says what is still so.
fn write(conn: &mut Conn, with: &Composing<'_>, notice: &Notice) -> Result<Composed, Problem> {
    let Some(call) = find_call(conn, notice)? else {
        return Ok(Composed::Drop("no call"));
    };
    let ask = store::find_ask_of(conn, call.id, notice.person)?;
    let answer = ask.and_then(|ask| ask.answer);
    let says = if notice.is(ASK) || notice.is(VOICE) {
        ask_says(with, notice, (&call, answer))
    } else if notice.is(VERIFY) {
        verify_says(with, &call)
    } else {
        end_says(with, notice, (&call, answer))
    };
    Ok(match says {
        Ok(says) => Composed::Send(letter(conn, with, &call, says)?),
        Err(reason) => Composed::Drop(reason),
    })
}

fn ask_says(
    with: &Composing<'_>,
    notice: &Notice,
    (call, answer): (&Call, Option<Answer>),
) -> Result<Says, &'static str> {
    let ask = notice.id_of::<AskId>("ask").ok_or("no ask")?;
    if call.state != CallState::Asking || call.arrive_by <= with.now {
        return Err("not asking");
    }
    // Somebody may have telephoned while the message waited for the morning.
    if answer.is_some() {
        return Err("answered meanwhile");
    }
    let token = link::token(with.keys, ANSWER, ask.0);
    Ok(Says {
        subject: keys::CALL_ASK_SUBJECT,
        text: keys::CALL_ASK_TEXT,
        short: keys::CALL_ASK_SHORT,
        page: public_page(with, call),
        act: Some(format!("{}/a/{token}", with.settings.site.public_url)),
    })
}

fn verify_says(with: &Composing<'_>, call: &Call) -> Result<Says, &'static str> {
    if call.state != CallState::Submitted {
        return Err("somebody gave their word");
    }
    let site = &with.settings.site.public_url;
    Ok(Says {
        subject: keys::CALL_VERIFY_SUBJECT,
        text: keys::CALL_VERIFY_TEXT,
        short: keys::CALL_VERIFY_SHORT,
        // Where coordinators give their word; the call's own screen is its hospital's.
        page: format!("{site}/app/coordinator/requests"),
        act: None,
    })
}

/// Who comes is told of no end but that the call was taken back.
fn end_says(
    with: &Composing<'_>,
    notice: &Notice,
    (call, answer): (&Call, Option<Answer>),
) -> Result<Says, &'static str> {
    let is_reopened = notice.is(FILLED) && call.state == CallState::Asking;
    if is_reopened || (answer == Some(Answer::Yes) && !notice.is(CANCELLED)) {
        return Err("no longer so");
    }
    let (subject, text, short) = end_words(notice);
    Ok(Says {
        subject,
        text,
        short,
        page: public_page(with, call),
        act: None,
    })
}

fn end_words(notice: &Notice) -> (Key, Key, Key) {
    if notice.is(FILLED) {
        (
            keys::CALL_FILLED_SUBJECT,
            keys::CALL_FILLED_TEXT,
            keys::CALL_FILLED_SHORT,
        )
    } else if notice.is(CANCELLED) {
        (
            keys::CALL_CANCELLED_SUBJECT,
            keys::CALL_CANCELLED_TEXT,
            keys::CALL_CANCELLED_SHORT,
        )
    } else {
        (
            keys::CALL_OVER_SUBJECT,
            keys::CALL_OVER_TEXT,
            keys::CALL_OVER_SHORT,
        )
    }
}

fn public_page(with: &Composing<'_>, call: &Call) -> String {
    format!("{}/c/{}", with.settings.site.public_url, call.id)
}

/// In the name of the hospital that called.
fn letter(
    conn: &mut Conn,
    with: &Composing<'_>,
    call: &Call,
    says: Says,
) -> Result<Letter, Problem> {
    let sender = organisations::brand(conn, call.hospital)?;
    let data = told(conn, with, call)?;
    let words = |key: Key| {
        let phrase = Phrase::new(key)
            .with("name", with.to.given_name.as_str())
            .with("sender", sender.as_str())
            .with("units", call.units)
            .with("page", public_page(with, call))
            .with("link", says.act.as_ref().unwrap_or(&says.page).as_str());
        say(with.to.language, &phrase.with_all(&data))
    };
    let (subject, text, short) = (words(says.subject), words(says.text), words(says.short));
    Ok(Letter {
        act: says.act,
        data,
        ..Letter::signed(sender, subject, text, (&short, says.page))
    })
}

/// Who calls, where to and until when, for the words and for a provider's template.
fn told(
    conn: &mut Conn,
    with: &Composing<'_>,
    call: &Call,
) -> QueryResult<BTreeMap<&'static str, String>> {
    let until = call.arrive_by.with_timezone(&with.settings.site.time_zone);
    let day = with.to.language.long_date(until.date_naive());
    Ok(BTreeMap::from([
        ("hospital", organisations::find(conn, call.hospital)?.name),
        ("place", organisations::find(conn, call.give_at)?.name),
        ("hour", until.format("%H:%M").to_string()),
        ("day", day),
    ]))
}
