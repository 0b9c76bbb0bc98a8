//! The letters: each looks at the facts again before it leaves.
use super::words::{
    PLACE_CONFIRMED, PLACE_MOVED, PLACE_OFFERED, SESSION_CHANGED, SOON, TOMORROW, Words,
};
use super::{KEEP, at, begins};
use crate::drives;
use crate::drives::model::DriveState;
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
    let phrase = filled(with, &row, Phrase::new(words.text)).with("keep", keep);
    Ok(Composed::Send(Letter {
        calendar: Some(calendar(with, &row)),
        ..letter(with, conn, &row, (words.subject, phrase))?
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
    let phrase = filled(with, &row, Phrase::new(PLACE_OFFERED.text)).with("until", until);
    Ok(Composed::Send(letter(
        with,
        conn,
        &row,
        (PLACE_OFFERED.subject, phrase),
    )?))
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
    let text = Phrase::new(keys::MAIL_DRIVE_CANCELLED_TEXT)
        .with("name", with.to.given_name.as_str())
        .with("drive", drive.name.as_str())
        .with("day", drive.starts_on)
        .with("link", with.settings.site.public_url.as_str())
        .with("sender", organisations::brand(conn, drive.organiser)?);
    let subject =
        Phrase::new(keys::MAIL_DRIVE_CANCELLED_SUBJECT).with("drive", drive.name.as_str());
    Ok(Composed::Send(Letter {
        subject: say(with.to.language, &subject),
        text: say(with.to.language, &text),
        ..Letter::default()
    }))
}

/// Which registration a message is about.
pub(crate) fn registration_of(notice: &Notice) -> Result<RegistrationId, Problem> {
    let id = notice.about.split(':').next().unwrap_or_default();
    id.parse().map_err(Problem::internal)
}

fn filled(with: &Composing<'_>, row: &OwnRow, phrase: Phrase) -> Phrase {
    let begins = row.slot_starts_at.unwrap_or(row.session_starts_at);
    phrase
        .with("name", with.to.given_name.as_str())
        .with("drive", row.drive_name.as_str())
        .with("place", row.place.as_str())
        .with("address", row.address.as_str())
        .with("day", say_day(with.to.language, begins, &row.time_zone))
        .with("hour", hour(begins, zone(&row.time_zone)))
        .with("link", link(with, row))
}

fn letter(
    with: &Composing<'_>,
    conn: &mut Conn,
    row: &OwnRow,
    (subject, text): (Key, Phrase),
) -> Result<Letter, Problem> {
    let drive = drives::find(conn, row.registration.drive)?;
    let text = text.with("sender", organisations::brand(conn, drive.organiser)?);
    let subject = Phrase::new(subject).with("drive", row.drive_name.as_str());
    Ok(Letter {
        subject: say(with.to.language, &subject),
        text: say(with.to.language, &text),
        ..Letter::default()
    })
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
