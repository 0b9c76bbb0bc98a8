//! The rare path's telephone: whom to call, who of the clubs is on duty and whose stock to ask for.
use super::picking::{Pick, Search};
use super::place_of;
use super::waves::Manner;
use crate::calls::letters::VOICE;
use crate::calls::model::{Answer, Call, CallPath, Tick, VoiceCall};
use crate::calls::rules::Refusal;
use crate::calls::store;
use crate::donors::reach::{self, Standby};
use crate::organisations::{self, Organisation, OrganisationKind};
use crate::people;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::problem::{Kind, Problem};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// More names are on no list: nobody telephones so many in a night.
pub(super) const LONGEST: usize = 100;

/// For whom the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::calls) enum Looker {
    /// A coordinator above the hospital, or the one it is.
    Coordinator,
    /// Somebody of the hospital.
    Hospital,
}

/// Somebody who could be telephoned.
#[derive(Debug, Clone)]
pub(in crate::calls) struct Listed {
    pub(in crate::calls) pick: Pick,
    pub(in crate::calls) given_name: String,
    /// The club they stand by for, and when they were tested.
    pub(in crate::calls) standby: Option<(OrganisationId, Option<NaiveDate>)>,
    /// Whether the call asked them, and what they said.
    #[expect(
        clippy::option_option,
        reason = "asked or not, and then answered or not"
    )]
    pub(in crate::calls) said: Option<Option<Answer>>,
    /// Each time somebody telephoned them, and who did.
    pub(in crate::calls) ticks: Vec<(Tick, String)>,
    /// Whether the gateway rang them up.
    pub(in crate::calls) voice: Option<VoiceCall>,
    pub(in crate::calls) may_reveal: bool,
}

/// A body whose duty answers the telephone.
#[derive(Debug, Clone)]
pub(in crate::calls) struct OnDuty {
    pub(in crate::calls) body: OrganisationId,
    pub(in crate::calls) name: String,
    pub(in crate::calls) phone: String,
    /// How many stand by for it who could give for this call now.
    pub(in crate::calls) standing_by: usize,
}

/// Everyone suitable in the scope of a rare call, resting or not: the reserve first, tested ones before the others,
/// then the nearest.
pub(in crate::calls) fn telephone_list(
    conn: &mut Conn,
    call: &Call,
    (now, manner): (Moment, &Manner),
    looker: Looker,
) -> Result<Vec<Listed>, Problem> {
    rare(call)?;
    let search = Search::of(conn, call, (now, manner))?;
    let need = search.need(LONGEST)?;
    let picks = search.candidates(conn, &need)?;
    let standby = by_person(reach::standing_by(conn, &need, search.duty())?);
    let persons: Vec<PersonId> = picks.iter().map(|pick| pick.person).collect();
    let names: HashMap<_, _> = people::given_names(conn, &persons)?.into_iter().collect();
    let said: HashMap<_, _> = store::said(conn, call.id, &persons)?.into_iter().collect();
    let ticks = store::ticks(conn, call.id)?;
    let rung = store::voice_calls(conn, call.id, VOICE.name)?;
    let listed = |pick: Pick| {
        let theirs = ticks.iter().filter(|(tick, _)| tick.person == pick.person);
        let standby = standby.get(&pick.person);
        let said = said.get(&pick.person).copied();
        Listed {
            pick,
            given_name: names.get(&pick.person).cloned().unwrap_or_default(),
            standby: standby.map(|one| (one.club, one.tested_on)),
            said,
            ticks: theirs.cloned().collect(),
            voice: rung.iter().find(|one| one.person == pick.person).copied(),
            may_reveal: looker == Looker::Coordinator
                || standby.is_some()
                || said == Some(Some(Answer::Yes)),
        }
    };
    Ok(picks.into_iter().map(listed).collect())
}

pub(super) fn rare(call: &Call) -> Result<(), Refusal> {
    if call.path == CallPath::Rare {
        Ok(())
    } else {
        Err(Refusal::NotRare)
    }
}

fn by_person(standby: Vec<Standby>) -> HashMap<PersonId, Standby> {
    standby
        .into_iter()
        .map(|one| (one.candidate.person, one))
        .collect()
}

/// The clubs of those on the list whose duty has a listed number.
pub(in crate::calls) fn on_duty(conn: &mut Conn, list: &[Listed]) -> Result<Vec<OnDuty>, Problem> {
    let mut clubs: BTreeMap<OrganisationId, usize> = BTreeMap::new();
    for (club, _) in list.iter().filter_map(|one| one.standby) {
        *clubs.entry(club).or_default() += 1;
    }
    let mut on_duty = Vec::new();
    for (club, standing_by) in clubs {
        let body = organisations::find(conn, club)?;
        if let Some(phone) = body.duty_phone {
            on_duty.push(OnDuty {
                body: club,
                name: body.name,
                phone,
                standing_by,
            });
        }
    }
    Ok(on_duty)
}

/// The nearest blood centre whose stock can be asked for.
pub(in crate::calls) fn stock_of(
    conn: &mut Conn,
    call: &Call,
) -> Result<Option<Organisation>, Problem> {
    let at = place_of(&organisations::find(conn, call.give_at)?)?;
    let centres = organisations::on_duty(conn, OrganisationKind::BloodCentre)?;
    Ok(centres.into_iter().min_by_key(|centre| {
        let metres = place_of(centre).map_or(i64::MAX, |place| at.metres_to(place));
        (metres, centre.id)
    }))
}

/// Whether the caller may see how this person is reached: coordinators whom the call concerns; the hospital who
/// accepted, and on the rare path who stands by.
pub(in crate::calls) fn may_reveal(
    conn: &mut Conn,
    call: &Call,
    (person, looker): (PersonId, Looker),
    (now, manner): (Moment, &Manner),
) -> Result<(), Problem> {
    let said = store::find_ask_of(conn, call.id, person)?;
    let is_asked = said.is_some();
    let accepted = said.is_some_and(|ask| ask.answer == Some(Answer::Yes));
    if accepted || (is_asked && looker == Looker::Coordinator) {
        return Ok(());
    }
    let list = match call.path {
        CallPath::Rare => telephone_list(conn, call, (now, manner), looker)?,
        CallPath::Ordinary => Vec::new(),
    };
    let listed = list.iter().find(|one| one.pick.person == person);
    match listed {
        Some(one) if one.may_reveal => Ok(()),
        None if !is_asked => Err((&Kind::NOT_FOUND).into()),
        Some(_) | None => Err(Refusal::NotAccepted.into()),
    }
}
