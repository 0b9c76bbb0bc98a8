//! What people are told of their places: rows written where something happens to them.
mod ahead;
mod letters;
mod words;

pub(crate) use ahead::{tell_of_soon, tell_of_tomorrow};
pub(crate) use letters::registration_of;

use super::actions::Deed;
use super::model::{Registration, Visit};
use super::store::Context;
use crate::drives;
use crate::drives::model::{Drive, MovedSession};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::notices::{Kinds, NewNotice, NoticeKind, Purpose, queue, queue_all};
use crate::platform::problem::Problem;
use chrono::TimeDelta;
use serde_json::json;

/// The kinds of letter, as the outbox names them.
const CONFIRMED: NoticeKind = NoticeKind::named("booking-confirmed", Purpose::Booking);
/// A place is offered to who waited.
const OFFERED: NoticeKind = NoticeKind::named("place-offered", Purpose::Booking);
/// A booking is at another hour now.
const MOVED: NoticeKind = NoticeKind::named("booking-moved", Purpose::Booking);
/// Staff hold the session elsewhere or at other hours.
const CHANGED: NoticeKind = NoticeKind::named("session-changed", Purpose::Booking);
/// The place is tomorrow's.
const EVE: NoticeKind = NoticeKind::named("booking-tomorrow", Purpose::Booking);
/// The hour is near.
const SOON: NoticeKind = NoticeKind::named("booking-soon", Purpose::Booking);
/// What the links in messages about a place are for.
pub(crate) const KEEP: &str = "keep-booking";
/// The drive does not take place.
const CANCELLED: NoticeKind = NoticeKind::named("drive-cancelled", Purpose::Booking);

/// Tells who booked where and when to come.
pub(crate) fn confirm(
    conn: &mut Conn,
    deed: &Deed,
    context: &Context,
    new: &Registration,
) -> Result<(), Problem> {
    let hours = (context.starts_at, context.ends_at);
    let row = placed(deed, CONFIRMED, (new, new.id.to_string()), hours);
    queue(conn, row, deed.now)?;
    Ok(())
}

/// The same for who took an offered place.
pub(crate) fn confirm_visit(conn: &mut Conn, deed: &Deed, visit: &Visit) -> Result<(), Problem> {
    let registration = &visit.registration;
    let Some(slot) = registration.slot else {
        return Ok(());
    };
    let slot = drives::slots::find(conn, slot)?;
    let about = registration.id.to_string();
    let hours = (slot.starts_at, slot.session_ends_at);
    let row = placed(deed, CONFIRMED, (registration, about), hours);
    queue(conn, row, deed.now)?;
    Ok(())
}

/// Tells who waited that a place is theirs until then.
pub(crate) fn offer(
    conn: &mut Conn,
    deed: &Deed,
    waiting: &Registration,
    until: Moment,
) -> Result<(), Problem> {
    let about = format!("{}:{}", waiting.id, until.timestamp());
    queue(
        conn,
        notice(deed, OFFERED, (waiting.person, about), until),
        deed.now,
    )?;
    Ok(())
}

/// Tells who was moved when to come now.
pub(crate) fn moved(
    conn: &mut Conn,
    deed: &Deed,
    context: &Context,
    registration: &Registration,
) -> Result<(), Problem> {
    let about = this_time(deed, registration);
    let hours = (context.starts_at, context.ends_at);
    let row = placed(deed, MOVED, (registration, about), hours);
    queue(conn, row, deed.now)?;
    Ok(())
}

/// Tells who has a place at a session what is new about it.
pub(crate) fn session_changed(
    conn: &mut Conn,
    deed: &Deed,
    moved: &MovedSession,
    told: &[Registration],
) -> Result<(), Problem> {
    let mut rows = Vec::new();
    for registration in told {
        let Some(slot) = registration.slot else {
            continue;
        };
        let hours = (
            drives::slots::find(conn, slot)?.starts_at,
            moved.after.ends_at,
        );
        let about = this_time(deed, registration);
        let mut row = placed(deed, CHANGED, (registration, about), hours);
        // Of two changes in a row only the last is told: the first is no longer so.
        let place = at(&moved.after.place, &moved.after.address);
        if let Some(data) = row.data.as_object_mut() {
            data.insert("place".to_owned(), json!(place));
        }
        rows.push(row);
    }
    queue_all(conn, rows, deed.now)?;
    Ok(())
}

/// Tells everybody who was expected that the drive does not take place.
pub(crate) fn cancelled(
    conn: &mut Conn,
    deed: &Deed,
    drive: &Drive,
    people: Vec<PersonId>,
) -> Result<(), Problem> {
    let about = drive.id.to_string();
    let until = end_of(drive);
    let notices = people
        .into_iter()
        .map(|person| notice(deed, CANCELLED, (person, about.clone()), until));
    queue_all(conn, notices.collect(), deed.now)?;
    Ok(())
}

/// A message about a place as it stands: worthless once the place is another.
fn placed(
    deed: &Deed,
    kind: NoticeKind,
    (registration, about): (&Registration, String),
    (starts_at, until): (Moment, Moment),
) -> NewNotice {
    let slot = registration.slot.map(|slot| slot.to_string());
    NewNotice {
        data: json!({ "slot": slot, "begins": begins(starts_at) }),
        ..notice(deed, kind, (registration.person, about), until)
    }
}

/// How a message keeps the hour it speaks of.
fn begins(at: Moment) -> String {
    at.timestamp().to_string()
}

/// What may happen to a registration more than once.
fn this_time(deed: &Deed, registration: &Registration) -> String {
    format!("{}:{}", registration.id, deed.now.timestamp_micros())
}

/// A place and its address, as messages say them.
fn at(place: &str, address: &str) -> String {
    format!("{place}, {address}")
}

fn notice(
    deed: &Deed,
    kind: NoticeKind,
    (person, about): (PersonId, String),
    expires_at: Moment,
) -> NewNotice {
    NewNotice {
        id: deed.id(),
        kind,
        person,
        about,
        data: json!({}),
        secret: None,
        not_before: deed.now,
        expires_at,
    }
}

/// The midnight after the last day, wherever the drive is.
fn end_of(drive: &Drive) -> Moment {
    let day = drive.ends_on.and_time(chrono::NaiveTime::MIN).and_utc();
    Moment::from(day) + TimeDelta::days(2)
}

/// Adds the letters of this subject.
pub fn notices(kinds: Kinds) -> Kinds {
    kinds
        .with(CONFIRMED, letters::compose_confirmed)
        .with(MOVED, letters::compose_moved)
        .with(CHANGED, letters::compose_changed)
        .with(EVE, letters::compose_eve)
        .with(SOON, letters::compose_soon)
        .with(OFFERED, letters::compose_offered)
        .with(CANCELLED, letters::compose_cancelled)
}
