//! What readers of reminders do by their links: book, ask for later, tell of a gift.
use crate::donors::model::Gift;
use crate::drives::model::{Near, NearDrive, SlotId};
use crate::eligibility::RuleSet;
use crate::platform::clock::Moment;
use crate::platform::config::Settings;
use crate::platform::db::Conn;
use crate::platform::notices::{self, NewNotice, Notice};
use crate::platform::problem::Problem;
use crate::platform::text::Coordinates;
use crate::registrations::model::{Booking, Deed, Way};
use crate::reminders::model::{About, ELSEWHERE, LATER, Offer, RETURN, Standing};
use crate::reminders::rules;
use crate::reminders::store::{self, Used, UsedLink};
use crate::{donors, drives, people, registrations};
use chrono::TimeDelta;
use serde_json::json;

/// How far ahead drives are offered, how many, and how many hours of each.
const AHEAD: TimeDelta = TimeDelta::days(30);
const OFFERED: usize = 3;
const HOURS: i64 = 8;

/// The nearest open drives that still have places, where it is known where somebody lives.
pub(in crate::reminders) fn near_drives(
    conn: &mut Conn,
    (settings, now): (&Settings, Moment),
    at: Option<Coordinates>,
) -> Result<Vec<NearDrive>, Problem> {
    let Some(at) = at else {
        return Ok(Vec::new());
    };
    let near = Near {
        at,
        within_km: settings.reminders.within_km,
        from: now,
        to: now + AHEAD,
        limit: OFFERED,
    };
    Ok(drives::near(conn, &near)?)
}

/// Those drives with hours that still have places.
fn offers(
    conn: &mut Conn,
    (settings, now): (&Settings, Moment),
    at: Option<Coordinates>,
) -> Result<Vec<Offer>, Problem> {
    let mut offers = Vec::new();
    for drive in near_drives(conn, (settings, now), at)? {
        let slots = drives::slots::free(conn, drive.session, now, HOURS)?;
        offers.push(Offer { drive, slots });
    }
    Ok(offers)
}

/// How it stands with the reader of a reminder.
pub(in crate::reminders) fn standing(
    conn: &mut Conn,
    (settings, now): (&Settings, Moment),
    notice: &Notice,
) -> Result<Standing, Problem> {
    let today = now.date_in(settings.site.time_zone);
    if let Some(place) = store::expected_at(conn, notice.person, today)? {
        return Ok(Standing::Expected(place));
    }
    let facts = donors::facts(conn, notice.person)?;
    let Some(facts) = facts.filter(|facts| facts.may_give_on(today)) else {
        return Ok(Standing::NotYet);
    };
    match store::used(conn, notice.id, RETURN)? {
        Some(Used::Booked(_)) => Ok(Standing::Used),
        Some(Used::Otherwise) => Ok(Standing::Later),
        None => offers(conn, (settings, now), facts.at).map(Standing::Free),
    }
}

/// Books by the button behind a link. A link that did its work before does nothing more; one whose place was full does
/// its work later.
pub(in crate::reminders) fn book(
    conn: &mut Conn,
    deed: &Deed,
    notice: &Notice,
    slot: SlotId,
) -> Result<(), Problem> {
    // The link still works after they left for good.
    people::find(conn, notice.person)?;
    if store::used(conn, notice.id, RETURN)?.is_some() {
        return Ok(());
    }
    let wanted = Booking {
        id: deed.id(),
        drive: drives::slots::find(conn, slot)?.drive.id,
        slot,
        person: notice.person,
        mobilised_by: None,
        way: Way::Link,
    };
    let booked = registrations::book(conn, deed, &wanted)?;
    let link = UsedLink {
        registration: Some(booked.id),
        ..link(deed, notice, RETURN)
    };
    // Of two presses at once the second finds the person registered, or the link used: nothing of it stays.
    if store::mark_used(conn, &link)? {
        Ok(())
    } else {
        Err(Problem::unavailable("the link was used meanwhile").retry_after(1))
    }
}

fn link(deed: &Deed, notice: &Notice, purpose: &'static str) -> UsedLink {
    UsedLink {
        notice: notice.id,
        purpose,
        registration: None,
        used_at: deed.now,
    }
}

/// Asks again in a month: one message, on that day, never earlier.
pub(in crate::reminders) fn ask_later(
    conn: &mut Conn,
    deed: &Deed,
    settings: &Settings,
    notice: &Notice,
) -> Result<(), Problem> {
    if !store::mark_used(conn, &link(deed, notice, RETURN))? {
        return Ok(());
    }
    let Some(about) = About::read(&notice.about) else {
        return Ok(());
    };
    let zone = settings.site.time_zone;
    let day = rules::in_a_month(deed.now.date_in(zone));
    let at = Moment::at_hour(day, settings.reminders.hour, zone);
    let Some(at) = at else {
        return Ok(());
    };
    // Who puts it off once more is asked once more.
    let since = (day - about.due_on).num_days();
    let after = notice.is(LATER).then_some(since);
    let later = NewNotice {
        id: deed.id(),
        kind: LATER,
        person: notice.person,
        about: About { after, ..about }.text(),
        data: json!({}),
        secret: None,
        not_before: at,
        expires_at: at + TimeDelta::days(settings.reminders.look_back_days),
    };
    notices::queue(conn, later, deed.now)?;
    Ok(())
}

/// Whether the link of this message told of a gift before.
pub(in crate::reminders) fn has_told(conn: &mut Conn, notice: &Notice) -> Result<bool, Problem> {
    Ok(store::used(conn, notice.id, ELSEWHERE)?.is_some())
}

/// Keeps a gift given elsewhere; false when this link told of one before.
pub(in crate::reminders) fn tell_elsewhere(
    conn: &mut Conn,
    deed: &Deed,
    notice: &Notice,
    (rules, gift): (&RuleSet, &Gift),
) -> Result<bool, Problem> {
    if !store::mark_used(conn, &link(deed, notice, ELSEWHERE))? {
        return Ok(false);
    }
    donors::record_gift(conn, rules, gift, deed.now)?;
    Ok(true)
}
