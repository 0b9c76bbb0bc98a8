//! The words of reminders, and the facts that are asked again before they leave.
use super::rules::{Booking, Case, Group, Wish, may_remind};
use super::store;
use crate::donors;
use crate::donors::model::DonorFacts;
use crate::drives;
use crate::drives::model::{Near, NearDrive};
use crate::organisations;
use crate::people::{self, Purpose};
use crate::platform::config::RhNegative;
use crate::platform::db::Conn;
use crate::platform::http::link;
use crate::platform::language::{Language, Phrase, keys, say};
use crate::platform::notices::{self, Composed, Composing, Kinds, Letter, Notice, NoticeKind};
use crate::platform::problem::Problem;
use chrono::{NaiveDate, TimeDelta};

/// The kind of the message that one may give again.
pub(super) const RETURNED: NoticeKind =
    NoticeKind::named("eligibility-returned", notices::Purpose::Reminder);
/// What a link in a reminder stops, and what it lets its reader tell.
pub(super) const STOP: &str = "stop-reminders";
/// See [`STOP`].
pub(super) const ELSEWHERE: &str = "gave-elsewhere";
/// How far ahead drives are offered, and how many.
const AHEAD: TimeDelta = TimeDelta::days(30);
const OFFERED: usize = 3;

/// Adds what reminders may write.
pub fn notices(kinds: Kinds) -> Kinds {
    kinds.with(RETURNED, returned)
}

fn returned(
    conn: &mut Conn,
    composing: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    let Some(facts) = donors::facts(conn, notice.person)? else {
        return Ok(Composed::Drop("no donor"));
    };
    let Ok(due_on) = notice.about.parse() else {
        return Ok(Composed::Drop("no day"));
    };
    let case = case(conn, composing, notice, &facts, due_on)?;
    if let Err(reason) = may_remind(&case) {
        return Ok(Composed::Drop(reason));
    }
    let drives = offers(conn, composing, notice)?;
    let sender = match facts.main_club {
        Some(club) => organisations::brand(conn, club)?,
        None => composing.settings.site.name.clone(),
    };
    Ok(Composed::Send(letter(composing, notice, &drives, &sender)))
}

fn case(
    conn: &mut Conn,
    composing: &Composing<'_>,
    notice: &Notice,
    facts: &DonorFacts,
    due_on: NaiveDate,
) -> Result<Case, Problem> {
    let today = composing.now.date_in(composing.settings.site.time_zone);
    let wants = people::consents::has(conn, notice.person, Purpose::Reminders)?;
    let is_booked = store::has_booking(conn, notice.person, today)?;
    Ok(Case {
        due_on,
        available_from: facts.available_from,
        available_until: facts.available_until,
        today,
        wish: if wants { Wish::Wanted } else { Wish::Unwanted },
        booking: if is_booked {
            Booking::Live
        } else {
            Booking::None
        },
        group: group(conn, composing, facts)?,
    })
}

/// Rh− donors are reminded or kept in reserve as their body decides.
fn group(conn: &mut Conn, composing: &Composing<'_>, facts: &DonorFacts) -> Result<Group, Problem> {
    if !facts
        .blood_group
        .is_some_and(crate::blood::BloodGroup::is_rh_negative)
    {
        return Ok(Group::Reminded);
    }
    let decided = match facts.main_club {
        Some(club) => store::rh_policy(conn, club)?,
        None => None,
    };
    Ok(
        match decided.unwrap_or(composing.settings.reminders.rh_negative) {
            RhNegative::Reserve => Group::Kept,
            RhNegative::Remind => Group::Reminded,
        },
    )
}

/// The nearest open drives that still have places, where it is known where they live.
fn offers(
    conn: &mut Conn,
    composing: &Composing<'_>,
    notice: &Notice,
) -> Result<Vec<NearDrive>, Problem> {
    let Some(at) = people::find(conn, notice.person)?.coordinates else {
        return Ok(Vec::new());
    };
    let near = Near {
        at,
        within_km: composing.settings.reminders.within_km,
        from: composing.now,
        to: composing.now + AHEAD,
        limit: OFFERED,
    };
    Ok(drives::near(conn, &near)?)
}

fn letter(
    composing: &Composing<'_>,
    notice: &Notice,
    drives: &[NearDrive],
    sender: &str,
) -> Letter {
    let language = composing.to.language;
    let address = |page: &str, purpose: &str| {
        let token = link::token(composing.keys, purpose, notice.id.0);
        format!("{}/{page}/{token}", composing.settings.site.public_url)
    };
    let stop = address("u", STOP);
    let text = Phrase::new(keys::REMINDER_RETURNED_TEXT)
        .with("name", composing.to.given_name.clone())
        .with("drives", listed(composing, drives))
        .with("elsewhere", address("g", ELSEWHERE))
        .with("stop", stop.clone())
        .with("sender", sender.to_owned());
    Letter {
        subject: say(
            language,
            &Phrase::new(keys::REMINDER_RETURNED_SUBJECT).with("sender", sender.to_owned()),
        ),
        text: say(language, &text),
        unsubscribe: Some(stop),
        ..Letter::default()
    }
}

/// The drives one may go to, or that there are none yet.
fn listed(composing: &Composing<'_>, drives: &[NearDrive]) -> String {
    let language = composing.to.language;
    if drives.is_empty() {
        return say(language, &keys::REMINDER_NO_DRIVES.into());
    }
    let heading = say(language, &keys::REMINDER_DRIVES.into());
    let lines = drives.iter().map(|drive| line(composing, language, drive));
    let parts: Vec<String> = std::iter::once(heading).chain(lines).collect();
    parts.join("\n\n")
}

fn line(composing: &Composing<'_>, language: Language, drive: &NearDrive) -> String {
    let zone = drive
        .time_zone
        .parse()
        .unwrap_or(composing.settings.site.time_zone);
    let starts = drive.starts_at.with_timezone(&zone);
    let km = f64::from(i32::try_from(drive.distance_m).unwrap_or(i32::MAX)) / 1000.0;
    let phrase = Phrase::new(keys::REMINDER_DRIVE)
        .with("name", drive.name.clone())
        .with("place", format!("{}, {}", drive.place, drive.address))
        .with("day", language.long_date(starts.date_naive()))
        .with("hour", starts.format("%H:%M").to_string())
        .with("km", language.decimal(km, 1))
        .with("places", drive.places_left)
        .with(
            "link",
            format!("{}/d/{}", composing.settings.site.public_url, drive.drive),
        );
    say(language, &phrase)
}
