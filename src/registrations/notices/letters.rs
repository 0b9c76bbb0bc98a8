//! The letters: each looks at the facts again before it leaves.
use crate::drives;
use crate::drives::model::DriveState;
use crate::organisations;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::DriveId;
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::notices::{Composed, Composing, Letter, Notice};
use crate::platform::problem::Problem;
use crate::registrations::model::{RegistrationId, RegistrationState};
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

struct Words {
    subject: Key,
    text: Key,
}

const PLACE_CONFIRMED: Words = Words {
    subject: keys::MAIL_BOOKING_CONFIRMED_SUBJECT,
    text: keys::MAIL_BOOKING_CONFIRMED_TEXT,
};
const PLACE_MOVED: Words = Words {
    subject: keys::MAIL_BOOKING_MOVED_SUBJECT,
    text: keys::MAIL_BOOKING_MOVED_TEXT,
};
const PLACE_OFFERED: Words = Words {
    subject: keys::MAIL_PLACE_OFFERED_SUBJECT,
    text: keys::MAIL_PLACE_OFFERED_TEXT,
};

fn compose_place(
    conn: &mut Conn,
    with: &Composing<'_>,
    notice: &Notice,
    words: &Words,
) -> Result<Composed, Problem> {
    let row = store::find_own_row(conn, registration_of(notice)?)?;
    let slot = row.registration.slot.map(|slot| slot.to_string());
    let is_so = row.registration.state == RegistrationState::Booked
        && slot.as_deref() == notice.datum("slot");
    if !is_so {
        return Ok(Composed::Drop("the booking is another one now"));
    }
    let phrase = filled(with, &row, Phrase::new(words.text));
    Ok(Composed::Send(Letter {
        calendar: Some(calendar(with, &row)),
        ..letter(with, conn, &row, (words.subject, phrase))?
    }))
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

fn registration_of(notice: &Notice) -> Result<RegistrationId, Problem> {
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
