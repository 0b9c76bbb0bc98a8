//! What is said after a gift: thanks, how are you, and that it went on its way to patients. Never a result, a volume or
//! a group.
use super::model::{Donation, DonationId, UnitResult};
use super::store;
use crate::drives;
use crate::drives::model::Drive;
use crate::organisations;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::language::{Key, Phrase, keys, say};
use crate::platform::notices::{
    Composed, Composing, Kinds, Letter, NewNotice, Notice, NoticeKind, Purpose, queue_all,
};
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use chrono::{Days, TimeDelta};
use serde_json::json;

/// Thanks, on the same evening.
const THANKS: NoticeKind = NoticeKind::named("gift-thanks", Purpose::Thanks);
/// How are you, on the day after.
const CARE: NoticeKind = NoticeKind::named("gift-care", Purpose::FollowUp);
/// The gift went on its way to patients.
const ON_ITS_WAY: NoticeKind = NoticeKind::named("gift-on-its-way", Purpose::Thanks);
/// Thanks that come later than this are no thanks: a list of last month is not thanked for.
const THANKS_FOR: TimeDelta = TimeDelta::hours(12);
/// Later than this nobody is asked how they are.
const CARE_FOR: TimeDelta = TimeDelta::hours(24);
/// How long the word that it went on its way is worth sending.
const WAY_FOR: TimeDelta = TimeDelta::days(3);

/// Adds the letters of this subject.
pub fn notices(kinds: Kinds) -> Kinds {
    kinds
        .with(THANKS, thanks)
        .with(CARE, care)
        .with(ON_ITS_WAY, on_its_way)
}

/// Queues the thanks of the evening and the question of the day after; what comes too late for either is left out.
pub(super) fn thank(
    conn: &mut Conn,
    deed: &Deed,
    drive: &Drive,
    donation: &Donation,
) -> Result<(), Problem> {
    let zone = drive.zone();
    let next = donation.held_on + Days::new(1);
    let evening = Moment::at_hour(donation.held_on, deed.hours.evening, zone);
    let morning = Moment::at_hour(next, deed.hours.care, zone);
    let rows = [(THANKS, evening, THANKS_FOR), (CARE, morning, CARE_FOR)]
        .into_iter()
        .filter_map(|(kind, at, within)| {
            let until = at? + within;
            let row = notice(deed, kind, donation, (at?.max(deed.now), until));
            (until > deed.now).then_some(row)
        });
    queue_all(conn, rows.collect(), deed.now)?;
    Ok(())
}

/// Queues, for the next evening, the word that a gift went on its way to patients.
pub(super) fn tell_on_its_way(
    conn: &mut Conn,
    deed: &Deed,
    drive: &Drive,
    donation: &Donation,
) -> Result<(), Problem> {
    let today = deed.now.date_in(drive.zone());
    let evening = |day| Moment::at_hour(day, deed.hours.evening, drive.zone());
    let at = evening(today)
        .filter(|at| *at > deed.now)
        .or_else(|| evening(today + Days::new(1)));
    let at = at.unwrap_or(deed.now);
    let row = notice(deed, ON_ITS_WAY, donation, (at, at + WAY_FOR));
    queue_all(conn, vec![row], deed.now)?;
    Ok(())
}

fn notice(
    deed: &Deed,
    kind: NoticeKind,
    donation: &Donation,
    (not_before, expires_at): (Moment, Moment),
) -> NewNotice {
    NewNotice {
        id: deed.id(),
        kind,
        person: donation.person,
        about: donation.id.to_string(),
        data: json!({}),
        secret: None,
        not_before,
        expires_at,
    }
}

fn thanks(conn: &mut Conn, with: &Composing<'_>, notice: &Notice) -> Result<Composed, Problem> {
    let words = (
        keys::MAIL_GIFT_THANKS_SUBJECT,
        keys::MAIL_GIFT_THANKS_TEXT,
        keys::MAIL_GIFT_THANKS_SHORT,
    );
    write(conn, with, notice, words)
}

fn care(conn: &mut Conn, with: &Composing<'_>, notice: &Notice) -> Result<Composed, Problem> {
    let words = (
        keys::MAIL_GIFT_CARE_SUBJECT,
        keys::MAIL_GIFT_CARE_TEXT,
        keys::MAIL_GIFT_CARE_SHORT,
    );
    write(conn, with, notice, words)
}

fn on_its_way(conn: &mut Conn, with: &Composing<'_>, notice: &Notice) -> Result<Composed, Problem> {
    if found(conn, notice)?.result != Some(UnitResult::Safe) {
        return Ok(Composed::Drop("no longer so"));
    }
    let words = (
        keys::MAIL_GIFT_ON_ITS_WAY_SUBJECT,
        keys::MAIL_GIFT_ON_ITS_WAY_TEXT,
        keys::MAIL_GIFT_ON_ITS_WAY_SHORT,
    );
    write(conn, with, notice, words)
}

fn found(conn: &mut Conn, notice: &Notice) -> Result<Donation, Problem> {
    let id: DonationId = notice.about.parse().map_err(Problem::internal)?;
    Ok(store::find(conn, id)?)
}

fn write(
    conn: &mut Conn,
    with: &Composing<'_>,
    notice: &Notice,
    (subject, text, short): (Key, Key, Key),
) -> Result<Composed, Problem> {
    let donation = found(conn, notice)?;
    if donation.voided_at.is_some() {
        return Ok(Composed::Drop("the gift never was"));
    }
    let drive = drives::find(conn, donation.drive)?;
    let sender = organisations::brand(conn, drive.organiser)?;
    let help = help(conn, with, &drive)?;
    let words = |key: Key| {
        let phrase = Phrase::new(key)
            .with("name", with.to.given_name.as_str())
            .with("help", help.clone())
            .with("sender", sender.as_str());
        say(with.to.language, &phrase)
    };
    let (subject, text, short) = (words(subject), words(text), words(short));
    let page = format!("{}/app/me", with.settings.site.public_url);
    let letter = Letter::signed(sender, subject, text, (&short, page));
    Ok(Composed::Send(letter))
}

/// Whom to ring up: the facility that drew the blood, else whom the settings name.
fn help(conn: &mut Conn, with: &Composing<'_>, drive: &Drive) -> Result<Phrase, Problem> {
    let own = match drive.collected_by {
        Some(facility) => organisations::find(conn, facility)?.reaction_phone,
        None => None,
    };
    let named = with.settings.reminders.reaction_phone.clone();
    let phone = own.or_else(|| Some(named).filter(|phone| !phone.is_empty()));
    Ok(match phone {
        Some(phone) => Phrase::new(keys::MAIL_GIFT_HELP_PHONE).with("helpline", phone),
        None => keys::MAIL_GIFT_HELP_NOBODY.into(),
    })
}
