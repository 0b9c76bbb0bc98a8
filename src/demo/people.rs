//! Two thousand invented donors with histories, in the invented communes and clubs.
use super::cast::wrong;
use super::names::{dice, group, name, sex};
use super::stage::Stage;
use crate::blood::{BloodGroup, Component};
use crate::donors::model::{Gift, GiftSource};
use crate::donors::{self, joining, model::ALWAYS};
use crate::eligibility::{RuleSet, find_rules};
use crate::people::{self, ConsentChange, ConsentSource, Contact, Giver, NewPerson, Purpose};
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::Language;
use crate::platform::problem::Problem;
use crate::platform::text::{BirthDate, Coordinates, PersonName};
use anyhow::Context;
use chrono::{Datelike, Days, NaiveDate};

const DONORS: u64 = 2000;
const CHUNK: u64 = 100;
/// Parts of the work.
pub(super) const STEPS: u64 = DONORS / CHUNK;

/// Somebody of the demonstration, and the group that their bags are of.
#[derive(Clone, Copy)]
pub(super) struct Guest {
    pub(super) person: PersonId,
    pub(super) group: Option<BloodGroup>,
}

/// Somebody invented, ready to be written.
struct Invented {
    person: NewPerson,
    consents: Vec<ConsentChange>,
    gifts: Vec<Gift>,
    group: BloodGroup,
    club: Option<OrganisationId>,
}

/// Writes them; answers them in order.
pub(super) async fn invent(
    app: &App,
    stage: &Stage,
    told: &impl Fn(u64),
) -> anyhow::Result<Vec<Guest>> {
    let rules = find_rules(&app.settings.eligibility.rule_set)?;
    let mut guests = vec![Guest {
        person: stage.donor,
        group: None,
    }];
    own_entry(app, stage, rules).await?;
    for start in (0..DONORS).step_by(usize::try_from(CHUNK)?) {
        let chunk: Vec<Invented> = (start..start + CHUNK)
            .map(|n| invent_one(app, stage, n))
            .collect::<anyhow::Result<_>>()?;
        guests.extend(chunk.iter().map(|one| Guest {
            person: one.person.id,
            group: Some(one.group),
        }));
        app.db
            .write(move |conn| chunk.iter().try_for_each(|one| write(conn, rules, one)))
            .await
            .map_err(explain)?;
        told(1);
    }
    Ok(guests)
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
fn explain(problem: Problem) -> anyhow::Error {
    anyhow::anyhow!("{problem}: {}", problem.causes())
}

/// The donor one can sign in as has a history, and is on the list of a club.
async fn own_entry(app: &App, stage: &Stage, rules: &'static RuleSet) -> anyhow::Result<()> {
    let donor = stage.donor;
    let (gifts, now) = (own_history(app, donor), app.now());
    let club = stage.clubs.last().copied().context("no club")?;
    let enter = move |conn: &mut Conn| {
        gifts
            .iter()
            .try_for_each(|gift| donors::record_gift(conn, rules, gift, now))?;
        Ok::<_, Problem>(joining::join(conn, club, donor, (now.date_naive(), donor))?)
    };
    app.db.write(enter).await.map_err(explain)
}

/// The donor one can sign in as gave three times and may give again.
fn own_history(app: &App, person: PersonId) -> Vec<Gift> {
    let today = app.today();
    [130_u64, 300, 520]
        .into_iter()
        .map(|days| gift(app, person, today - Days::new(days)))
        .collect()
}

fn gift(app: &App, person: PersonId, given_on: NaiveDate) -> Gift {
    Gift {
        id: app.id(),
        person,
        component: Component::WholeBlood,
        given_on,
        source: GiftSource::Imported,
        donation: None,
        place: None,
        created_by: None,
    }
}

fn invent_one(app: &App, stage: &Stage, n: u64) -> anyhow::Result<Invented> {
    let id: PersonId = app.id();
    let home = usize::try_from(dice(n, 5, stage.communes.len() as u64))?;
    let (commune, (_, place)) = stage.communes.get(home).copied().context("no commune")?;
    let contact = Contact::parse(&reached_by(n)).map_err(wrong)?;
    let birth_date = BirthDate::new(birthday(app, n), app.today()).map_err(wrong)?;
    let person = NewPerson {
        id,
        name: PersonName::parse(&name(n)).map_err(wrong)?,
        birth_date: Some(birth_date),
        sex: Some(sex(n)),
        language: Language::Vi,
        commune: Some(commune),
        coordinates: Some(near(place, n)?),
        citizen_lookup: None,
        contacts: vec![people::contact(app, &contact, Giver::Themself)],
        created_at: app.now(),
    };
    let club = usize::try_from(dice(n, 6, 5))?;
    Ok(Invented {
        consents: consents(app, id, n),
        gifts: history(app, id, n),
        group: group(n),
        club: stage.clubs.get(club).copied(),
        person,
    })
}

/// Most have a mail address; some only a telephone number that nobody has, so that their club's lead tells them.
fn reached_by(n: u64) -> String {
    if dice(n, 24, 12) == 0 {
        format!("0900 00{n:04}")
    } else {
        format!("hienmau{n:04}@giothong.example")
    }
}

/// Between 18 and 58 years old.
fn birthday(app: &App, n: u64) -> NaiveDate {
    let years = i32::try_from(19 + dice(n, 7, 39)).unwrap_or(30);
    let day = NaiveDate::from_ymd_opt(app.today().year() - years, 1, 1).unwrap_or(ALWAYS);
    day + Days::new(dice(n, 8, 330))
}

/// Within about three kilometres of the commune's middle.
fn near((latitude, longitude): (f64, f64), n: u64) -> anyhow::Result<Coordinates> {
    let off =
        |salt| f64::from(u32::try_from(dice(n, salt, 600)).unwrap_or_default()) / 10_000.0 - 0.03;
    Coordinates::parse(latitude + off(9), longitude + off(10)).map_err(wrong)
}

/// All agreed that we keep their data, most to reminders and that their club knows, many to calls.
fn consents(app: &App, person: PersonId, n: u64) -> Vec<ConsentChange> {
    let yes = [
        (Purpose::Data, true),
        (Purpose::Reminders, dice(n, 11, 10) < 8),
        (Purpose::Calls, dice(n, 12, 10) < 7),
        (Purpose::ClubSharing, dice(n, 23, 10) < 8),
    ];
    yes.into_iter()
        .filter(|(_, is_granted)| *is_granted)
        .map(|(purpose, is_granted)| ConsentChange {
            id: app.id(),
            person,
            purpose,
            is_granted,
            text_version: Purpose::text_version(),
            source: ConsentSource::Themself,
            recorded_by: None,
            form: None,
            given_at: app.now(),
        })
        .collect()
}

/// Up to six gifts, at least twelve weeks apart; some end so that the day falls about today.
fn history(app: &App, person: PersonId, n: u64) -> Vec<Gift> {
    let last = 20 + dice(n, 13, 160);
    let times = dice(n, 14, 7);
    (0..times)
        .map(|k| {
            gift(
                app,
                person,
                app.today() - Days::new(last + k * (90 + dice(n, 15 + k, 120))),
            )
        })
        .collect()
}

fn write(conn: &mut Conn, rules: &RuleSet, one: &Invented) -> Result<(), Problem> {
    let (id, now) = (one.person.id, one.person.created_at);
    people::insert(conn, &one.person)?;
    people::claim(conn, id, now)?;
    one.consents
        .iter()
        .try_for_each(|change| joining::set_consent(conn, rules, change))?;
    one.gifts
        .iter()
        .try_for_each(|gift| donors::record_gift(conn, rules, gift, now))?;
    donors::confirm_group(conn, id, one.group)?;
    match one.club {
        Some(club) => Ok(joining::join(conn, club, id, (now.date_naive(), id))?),
        None => Ok(()),
    }
}
