//! What people are told of their places: rows written where something happens to them.
mod letters;

use super::actions::Deed;
use super::model::{Registration, Visit};
use crate::drives::model::Drive;
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
/// The drive does not take place.
const CANCELLED: NoticeKind = NoticeKind::named("drive-cancelled", Purpose::Booking);

/// Tells who booked where and when to come.
pub(crate) fn confirm(
    conn: &mut Conn,
    deed: &Deed,
    new: &Registration,
    until: Moment,
) -> Result<(), Problem> {
    let about = new.id.to_string();
    let slot = new.slot.map(|slot| slot.to_string());
    let notice = NewNotice {
        data: json!({ "slot": slot }),
        ..notice(deed, CONFIRMED, (new.person, about), until)
    };
    queue(conn, notice, deed.now)?;
    Ok(())
}

/// The same for who took an offered place.
pub(crate) fn confirm_visit(conn: &mut Conn, deed: &Deed, visit: &Visit) -> Result<(), Problem> {
    let registration = &visit.registration;
    let about = registration.id.to_string();
    let until = end_of(&visit.drive);
    let notice = NewNotice {
        data: json!({ "slot": registration.slot.map(|slot| slot.to_string()) }),
        ..notice(deed, CONFIRMED, (registration.person, about), until)
    };
    queue(conn, notice, deed.now)?;
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
    visit: &Visit,
    until: Moment,
) -> Result<(), Problem> {
    let registration = &visit.registration;
    let about = format!("{}:{}", registration.id, deed.now.timestamp_micros());
    let notice = NewNotice {
        data: json!({ "slot": registration.slot.map(|slot| slot.to_string()) }),
        ..notice(deed, MOVED, (registration.person, about), until)
    };
    queue(conn, notice, deed.now)?;
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
        .with(OFFERED, letters::compose_offered)
        .with(CANCELLED, letters::compose_cancelled)
}
