//! The letters: each looks at the facts again before it leaves.
use super::words::{
    PLACE_CONFIRMED, PLACE_MOVED, PLACE_OFFERED, SESSION_CHANGED, SOON, TOMORROW, Words,
};
use super::{KEEP, at, begins};
use crate::drives;
use crate::drives::model::{Drive, DriveState};
use crate::organisations;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::link;
use crate::platform::id::DriveId;
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::notices::{Composed, Composing, Letter, Notice};
use crate::platform::problem::Problem;
use crate::registrations::model::RegistrationId;
use crate::registrations::store::{self, OwnRow};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// Writes the confirmation of a booking, with an entry for the calendar.
pub(super) fn compose_confirmed(
    conn: &mut Conn,
    with: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    compose_place(conn, with, notice, &PLACE_CONFIRMED)
}

/// Writes that a booking is at another hour now.
pub(super) fn compose_moved(
    conn: &mut Conn,
    with: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    compose_place(conn, with, notice, &PLACE_MOVED)
}

/// Writes that the session is held elsewhere or at other hours.
pub(super) fn compose_changed(
    conn: &mut Conn,
    with: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    compose_place(conn, with, notice, &SESSION_CHANGED)
}

/// Writes that the place is tomorrow's.
pub(super) fn compose_eve(
    conn: &mut Conn,
    with: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    let row = store::find_own_row(conn, registration_of(notice)?)?;
    let today = with.now.date_in(zone(&row.time_zone));
    if row.registration.held_on.pred_opt() != Some(today) {
        return Ok(Composed::Drop("it is no longer tomorrow"));
    }
    compose_place(conn, with, notice, &TOMORROW)
}

/// Writes that the hour is near.
pub(super) fn compose_soon(
    conn: &mut Conn,
    with: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    compose_place(conn, with, notice, &SOON)
}

fn compose_place(
    conn: &mut Conn,
    with: &Composing<'_>,
    notice: &Notice,
    words: &Words,
) -> Result<Composed, Problem> {
    let row = store::find_own_row(conn, registration_of(notice)?)?;
    let slot = row.registration.slot.map(|slot| slot.to_string());
    let hour = begins(row.slot_starts_at.unwrap_or(row.session_starts_at));
    let is_so = (words.is_for)(row.registration.state)
        && slot.as_deref() == notice.datum("slot")
        && Some(hour.as_str()) == notice.datum("begins")
        && notice
            .datum("place")
            .is_none_or(|told| told == at(&row.place, &row.address));
    if !is_so {
        return Ok(Composed::Drop("the booking is another one now"));
    }
    let drive = drives::find(conn, row.registration.drive)?;
    if !takes_place(drive.state) {
        return Ok(Composed::Drop("the drive does not take place"));
    }
    let token = link::token(with.keys, KEEP, notice.id.0);
    let keep = format!("{}/k/{token}", with.settings.site.public_url);
    let more = ("keep", keep.as_str());
    let letter = letter(conn, with, &row, (words, more))?;
    Ok(Composed::Send(Letter {
        calendar: Some(calendar(with, &row)),
        act: Some(keep),
        ..letter
    }))
}

fn takes_place(state: DriveState) -> bool {
    matches!(state, DriveState::Open | DriveState::Running)
}

/// Writes the offer of a place.
pub(super) fn compose_offered(
    conn: &mut Conn,
    with: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    let row = store::find_own_row(conn, registration_of(notice)?)?;
    let until = row.registration.offered_until;
    let Some(until) = until.filter(|until| *until > with.now) else {
        return Ok(Composed::Drop("nothing is offered any more"));
    };
    let until = hour(until, zone(&row.time_zone));
    let more = ("until", until.as_str());
    let letter = letter(conn, with, &row, (&PLACE_OFFERED, more))?;
    Ok(Composed::Send(letter))
}

/// Writes that a drive does not take place.
pub(super) fn compose_cancelled(
    conn: &mut Conn,
    with: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    let id: DriveId = notice.about.parse().map_err(Problem::internal)?;
    let drive = drives::find(conn, id)?;
    if drive.state != DriveState::Cancelled {
        return Ok(Composed::Drop("the drive takes place"));
    }
    let sender = organisations::brand(conn, drive.organiser)?;
    Ok(Composed::Send(no_drive(with, &drive, sender)))
}

fn no_drive(with: &Composing<'_>, drive: &Drive, sender: String) -> Letter {
    let site = &with.settings.site.public_url;
    let words = |key: Key| {
        let phrase = Phrase::new(key)
            .with("name", with.to.given_name.as_str())
            .with("drive", drive.name.as_str())
            .with("day", drive.starts_on)
            .with("link", site.as_str())
            .with("sender", sender.as_str());
        say(with.to.language, &phrase)
    };
    let subject = words(keys::MAIL_DRIVE_CANCELLED_SUBJECT);
    let text = words(keys::MAIL_DRIVE_CANCELLED_TEXT);
    let short = words(keys::MAIL_DRIVE_CANCELLED_SHORT);
    let page = format!("{site}/app/drives");
    Letter {
        data: BTreeMap::from([("drive", drive.name.clone())]),
        ..Letter::signed(sender, subject, text, (&short, page))
    }
}

/// Which registration a message is about.
pub(crate) fn registration_of(notice: &Notice) -> Result<RegistrationId, Problem> {
    let id = notice.about.split(':').next().unwrap_or_default();
    id.parse().map_err(Problem::internal)
}

/// In the name of the body that holds the drive.
fn letter(
    conn: &mut Conn,
    with: &Composing<'_>,
    row: &OwnRow,
    (words, (more, value)): (&Words, (&'static str, &str)),
) -> Result<Letter, Problem> {
    let drive = drives::find(conn, row.registration.drive)?;
    let sender = organisations::brand(conn, drive.organiser)?;
    let data = told(with, row);
    let filled = |key: Key| {
        let phrase = Phrase::new(key)
            .with("name", with.to.given_name.as_str())
            .with("address", row.address.as_str())
            .with("link", link(with, row))
            .with("sender", sender.as_str())
            .with(more, value);
        say(with.to.language, &phrase.with_all(&data))
    };
    let (subject, text) = (filled(words.subject), filled(words.text));
    let short = filled(words.short);
    let page = format!("{}/app/me/registrations", with.settings.site.public_url);
    Ok(Letter {
        data,
        ..Letter::signed(sender, subject, text, (&short, page))
    })
}

/// Where and when somebody is expected, for the words and for a provider's template.
fn told(with: &Composing<'_>, row: &OwnRow) -> BTreeMap<&'static str, String> {
    let begins = row.slot_starts_at.unwrap_or(row.session_starts_at);
    BTreeMap::from([
        ("drive", row.drive_name.clone()),
        ("place", row.place.clone()),
        ("day", say_day(with.to.language, begins, &row.time_zone)),
        ("hour", hour(begins, zone(&row.time_zone))),
    ])
}

fn link(with: &Composing<'_>, row: &OwnRow) -> String {
    format!(
        "{}/d/{}",
        with.settings.site.public_url, row.registration.drive
    )
}

fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(chrono_tz::Asia::Ho_Chi_Minh)
}

fn hour(at: Moment, zone: Tz) -> String {
    at.with_timezone(&zone).format("%H:%M").to_string()
}

fn say_day(language: Language, at: Moment, time_zone: &str) -> String {
    language.long_date(at.date_in(zone(time_zone)))
}

fn calendar(with: &Composing<'_>, row: &OwnRow) -> String {
    crate::registrations::calendar::event(row, &link(with, row), with.now)
}
