//! The words of reminders, and the facts that are asked again before they leave.
use super::actions;
use super::model::{About, ELSEWHERE, FOLLOW_UP, LATER, RETURN, RETURNED, Reason, STOP};
use super::rules::{Booking, Case, Club, Group, Told, Wish, may_follow, may_remind};
use super::store;
use crate::donors;
use crate::donors::model::DonorFacts;
use crate::drives::model::NearDrive;
use crate::organisations;
use crate::platform::clock::Moment;
use crate::platform::config::{RhNegative, Settings};
use crate::platform::db::Conn;
use crate::platform::http::link;
use crate::platform::id::OrganisationId;
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::notices::{self, Composed, Composing, Kinds, Letter, Notice};
use crate::platform::problem::Problem;

/// Adds what reminders may write.
pub fn notices(kinds: Kinds) -> Kinds {
    kinds
        .with(RETURNED, returned)
        .with(FOLLOW_UP, returned)
        .with(LATER, returned)
}

fn returned(
    conn: &mut Conn,
    composing: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    let Some(facts) = donors::facts(conn, notice.person)? else {
        return Ok(Composed::Drop("no donor"));
    };
    let Some(about) = About::read(&notice.about) else {
        return Ok(Composed::Drop("no day"));
    };
    let case = case(conn, composing, notice, (&facts, about))?;
    if let Err(reason) = may_remind(&case) {
        return Ok(Composed::Drop(reason.as_str()));
    }
    if let Some(reason) = overtaken(conn, notice, about)? {
        return Ok(Composed::Drop(reason.as_str()));
    }
    let near = actions::near_drives(conn, (composing.settings, composing.now), facts.at)?;
    let sender = match facts.main_club {
        Some(club) => organisations::brand(conn, club)?,
        None => composing.settings.site.name.clone(),
    };
    Ok(Composed::Send(letter(composing, notice, &near, sender)))
}

/// A second message follows a first one that left, and waits where somebody asked for later.
fn overtaken(conn: &mut Conn, notice: &Notice, about: About) -> Result<Option<Reason>, Problem> {
    if notice.kind != FOLLOW_UP.name {
        return Ok(None);
    }
    let first = About {
        after: None,
        ..about
    }
    .text();
    let told = notices::find_state(conn, notice.person, RETURNED.name, &first)?;
    let later = notices::find_state(conn, notice.person, LATER.name, &first)?;
    Ok(may_follow(told.as_deref(), later.as_deref()).err())
}

fn is_rare(facts: &DonorFacts) -> bool {
    facts
        .blood_group
        .is_some_and(crate::blood::BloodGroup::is_rh_negative)
}

fn case(
    conn: &mut Conn,
    composing: &Composing<'_>,
    notice: &Notice,
    (facts, about): (&DonorFacts, About),
) -> Result<Case, Problem> {
    let zone = composing.settings.site.time_zone;
    let today = composing.now.date_in(zone);
    let is_paused = match facts.main_club {
        Some(club) => store::pause_of(conn, club, today)?.is_some(),
        None => false,
    };
    let since = Moment::at_hour(about.due_on, 0, zone);
    let is_first = notice.kind == RETURNED.name;
    let was_told = match since.filter(|_| is_first) {
        Some(since) => store::was_told(conn, notice.person, &notice.about, since)?,
        None => false,
    };
    Ok(Case {
        due_on: about.due_on,
        available_from: facts.available_from,
        available_until: facts.available_until,
        today,
        wish: Wish::of(facts.wants_reminders),
        booking: Booking::of(store::has_booking(conn, notice.person, today)?),
        group: if is_rare(facts) {
            group(conn, composing.settings, facts.main_club)?
        } else {
            Group::Reminded
        },
        club: Club::of(is_paused),
        told: Told::of(was_told),
    })
}

/// Rh− donors are reminded or kept in reserve as their body decides.
pub(super) fn group(
    conn: &mut Conn,
    settings: &Settings,
    club: Option<OrganisationId>,
) -> Result<Group, Problem> {
    let decided = match club {
        Some(club) => store::rh_policy(conn, club)?,
        None => None,
    };
    Ok(match decided.unwrap_or(settings.reminders.rh_negative) {
        RhNegative::Reserve => Group::Kept,
        RhNegative::Remind => Group::Reminded,
    })
}

fn letter(
    composing: &Composing<'_>,
    notice: &Notice,
    near: &[NearDrive],
    sender: String,
) -> Letter {
    let address = |page: &str, purpose: &str| {
        let token = link::token(composing.keys, purpose, notice.id.0);
        format!("{}/{page}/{token}", composing.settings.site.public_url)
    };
    let (stop, book) = (address("u", STOP), address("r", RETURN));
    let (subject, text) = if notice.kind == RETURNED.name {
        (
            keys::REMINDER_RETURNED_SUBJECT,
            keys::REMINDER_RETURNED_TEXT,
        )
    } else {
        (keys::REMINDER_AGAIN_SUBJECT, keys::REMINDER_AGAIN_TEXT)
    };
    let words = |key: Key| {
        let phrase = Phrase::new(key)
            .with("name", composing.to.given_name.as_str())
            .with("drives", listed(composing, near))
            .with("book", book.as_str())
            .with("elsewhere", address("g", ELSEWHERE))
            .with("stop", stop.as_str())
            .with("sender", sender.as_str());
        say(composing.to.language, &phrase)
    };
    let (subject, text, short) = (words(subject), words(text), words(keys::REMINDER_SHORT));
    let page = format!("{}/app/drives", composing.settings.site.public_url);
    Letter {
        unsubscribe: Some(stop),
        act: Some(book),
        ..Letter::signed(sender, subject, text, (&short, page))
    }
}

/// The drives one may go to, or that there are none yet.
fn listed(composing: &Composing<'_>, near: &[NearDrive]) -> String {
    let language = composing.to.language;
    if near.is_empty() {
        return say(language, &keys::REMINDER_NO_DRIVES.into());
    }
    let heading = say(language, &keys::REMINDER_DRIVES.into());
    let lines = near.iter().map(|drive| line(composing, language, drive));
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
