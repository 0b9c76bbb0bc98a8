//! What is said as the hour of a place comes near: the day before, and shortly before.
use super::{EVE, NewNotice, SOON, begins, notice};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::notices::{NoticeKind, queue_all};
use crate::registrations::actions::Deed;
use crate::registrations::model::RegistrationId;
use crate::registrations::store::{self, Ahead, Expected};
use chrono::{Days, NaiveDate, TimeDelta};
use diesel::QueryResult;
use serde_json::json;

/// People told in one unit of work.
const PAGE: i64 = 500;
/// A zone is at most a day ahead or behind.
const ANY_ZONE: Days = Days::new(1);

/// Tells a page of those who have a place tomorrow; answers where the next begins, none after the last.
pub(crate) fn tell_of_tomorrow(
    conn: &mut Conn,
    deed: &Deed,
    today: NaiveDate,
    after: Option<RegistrationId>,
) -> QueryResult<Option<RegistrationId>> {
    let tomorrow = today + Days::new(1);
    let ahead = Ahead {
        days: (tomorrow, tomorrow),
        hours: (deed.now, deed.now + TimeDelta::days(3)),
    };
    tell(conn, deed, (EVE, ahead), after)
}

/// The same for those whose hour is near.
pub(crate) fn tell_of_soon(
    conn: &mut Conn,
    deed: &Deed,
    today: NaiveDate,
    after: Option<RegistrationId>,
) -> QueryResult<Option<RegistrationId>> {
    let ahead = Ahead {
        days: (today - ANY_ZONE, today + ANY_ZONE),
        hours: (deed.now, deed.now + deed.hours.soon),
    };
    tell(conn, deed, (SOON, ahead), after)
}

fn tell(
    conn: &mut Conn,
    deed: &Deed,
    (kind, ahead): (NoticeKind, Ahead),
    after: Option<RegistrationId>,
) -> QueryResult<Option<RegistrationId>> {
    let page = store::list_expected(conn, ahead, after, PAGE)?;
    let rows = page
        .iter()
        .filter(|one| is_news(deed, kind, one))
        .map(|one| reminder(deed, kind, one));
    queue_all(conn, rows.collect(), deed.now)?;
    let is_full = i64::try_from(page.len()) == Ok(PAGE);
    Ok(page.last().filter(|_| is_full).map(|one| one.registration))
}

/// Who booked or moved within the last hours was just told when to come.
fn is_news(deed: &Deed, kind: NoticeKind, one: &Expected) -> bool {
    kind == EVE || one.changed_at <= one.begins - deed.hours.soon
}

/// The same place at the same hour is spoken of once.
fn reminder(deed: &Deed, kind: NoticeKind, one: &Expected) -> NewNotice {
    let about = format!("{}:{}", one.registration, one.begins.timestamp());
    let until: Moment = one.begins;
    NewNotice {
        data: json!({ "slot": one.slot.to_string(), "begins": begins(one.begins) }),
        ..notice(deed, kind, (one.person, about), until)
    }
}
