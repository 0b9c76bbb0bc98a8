//! Taking a list back: what it made goes, unless somebody has used it since.
use super::{Reach, Target};
use crate::donations::{self, model::DonationId};
use crate::donors;
use crate::donors::joining::{self, TakenOut};
use crate::donors::model::{DeferralId, GiftId};
use crate::eligibility::{RuleSet, find_rules};
use crate::imports::model::{ImportId, ImportState};
use crate::imports::rules::refusal::Refusal;
use crate::imports::store::imports::{self, Import};
use crate::imports::store::made::{self, Made};
use crate::imports::store::{in_use, rows};
use crate::people;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::{Conn, plan_anew};
use crate::platform::id::PersonId;
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::problem::Problem;
use crate::registrations;
use crate::registrations::model::{Deed, Visit};
use std::collections::{BTreeSet, HashMap};

/// What became of a list that was taken back.
#[derive(Debug, Default)]
pub(in crate::imports) struct Taken {
    /// None when it had never been applied: then it is forgotten as a whole.
    pub(in crate::imports) import: Option<Import>,
    pub(in crate::imports) people: usize,
    pub(in crate::imports) memberships: usize,
    pub(in crate::imports) donations: usize,
    /// Who stays, by the row that brought them, and why.
    pub(in crate::imports) kept: Vec<(i32, PersonId, Key)>,
    /// What those who stay are called.
    pub(in crate::imports) names: HashMap<PersonId, String>,
}

/// Drops a list that waits, or takes an applied one back.
pub(in crate::imports) fn undo(
    conn: &mut Conn,
    app: &App,
    reach: &Reach,
    id: ImportId,
) -> Result<Taken, Problem> {
    plan_anew(conn)?;
    let import = imports::find(conn, id)?;
    let target = reach.target(conn, &import)?;
    let applied_at = match (import.state, import.applied_at) {
        (ImportState::Applied, Some(at)) => at,
        (ImportState::Undone, _) => return Err(Refusal::Over(ImportState::Undone).into()),
        _ => {
            imports::delete(conn, id)?;
            return Ok(Taken::default());
        }
    };
    let step = (ImportState::Applied, ImportState::Undone);
    if !imports::move_on(conn, id, step, app.now())? {
        return Err(Refusal::Over(ImportState::Undone).into());
    }
    let made = made::list(conn, id)?;
    let mut taken = match target {
        Target::Club(_) => take_list_back(conn, app, (&import, applied_at), &made)?,
        Target::Drive(_) => take_results_back(conn, app, reach, &made)?,
    };
    taken.names = names(conn, &taken.kept)?;
    taken.import = Some(imports::find(conn, id)?);
    Ok(taken)
}

fn names(
    conn: &mut Conn,
    kept: &[(i32, PersonId, Key)],
) -> Result<HashMap<PersonId, String>, Problem> {
    let mut names = HashMap::new();
    let persons: Vec<PersonId> = kept.iter().map(|(_, person, _)| *person).collect();
    for part in persons.chunks(1000) {
        names.extend(people::names(conn, part)?);
    }
    Ok(names)
}

fn take_list_back(
    conn: &mut Conn,
    app: &App,
    (import, applied_at): (&Import, Moment),
    made: &[Made],
) -> Result<Taken, Problem> {
    let reasons = in_use::reasons(conn, import.id, (import.organisation, applied_at))?;
    let of_new = || made.iter().filter(|one| one.is_new);
    let kept: Vec<(i32, PersonId, Key)> = of_new()
        .filter_map(|one| Some((one.number, one.person, *reasons.get(&one.person)?)))
        .collect();
    let stay: BTreeSet<PersonId> = kept.iter().map(|(_, person, _)| *person).collect();
    let out = TakenOut {
        gone: of_new()
            .map(|one| one.person)
            .filter(|person| !stay.contains(person))
            .collect(),
        ..taken_out(app, import, (made, &stay))
    };
    joining::take_out(conn, rules(app)?, &out)?;
    let gone: Vec<PersonId> = out.gone.iter().copied().collect();
    people::batch::remove_all(conn, &gone)?;
    Ok(Taken {
        people: gone.len(),
        memberships: out.joined.len(),
        donations: out.gifts.len(),
        kept,
        ..Taken::default()
    })
}

/// Places on the list and donations; who stays keeps their place.
fn taken_out(app: &App, import: &Import, (made, stay): (&[Made], &BTreeSet<PersonId>)) -> TakenOut {
    let left = made
        .iter()
        .filter(|one| one.is_joined && !stay.contains(&one.person));
    let given = || made.iter().filter_map(|one| Some((one.person, one.gift?)));
    TakenOut {
        club: import.organisation,
        joined: left.map(|one| one.person).collect(),
        gifts: given().map(|(_, gift)| GiftId(gift.0)).collect(),
        donors: given().map(|(person, _)| person).collect(),
        gone: BTreeSet::new(),
        now: app.now(),
    }
}

fn rules(app: &App) -> Result<&'static RuleSet, Problem> {
    find_rules(&app.settings.eligibility.rule_set).map_err(Problem::internal)
}

/// Bags are voided and visits put back; the people stay, because the voided records name them.
fn take_results_back(
    conn: &mut Conn,
    app: &App,
    reach: &Reach,
    made: &[Made],
) -> Result<Taken, Problem> {
    let (deed, nation) = (Deed::of(app, reach.person), rules(app)?);
    let reason = say(Language::Vi, &Phrase::new(keys::IMPORT_UNDONE_REASON));
    let mut taken = Taken::default();
    for one in made.iter().rev() {
        let Some(registration) = one.registration else {
            continue;
        };
        let visit = Visit::find(conn, registration)?;
        visit.may_change()?;
        if let Some(donation) = one.donation {
            let bag = (DonationId(donation.0), reason.as_str());
            donations::void(conn, &deed, (&visit, nation), bag)?;
            taken.donations += 1;
        }
        if let Some(deferral) = one.deferral {
            donors::lift_deferral(conn, nation, DeferralId(deferral.0), deed.now)?;
        }
        let visit = Visit::find(conn, registration)?;
        registrations::restore(conn, &deed, &visit, one.was)?;
        if one.is_new {
            taken
                .kept
                .push((one.number, one.person, keys::IMPORT_KEPT_RECORDED));
        }
    }
    taken.kept.reverse();
    Ok(taken)
}

/// Forgets what lists said that waited too long; says how many.
pub(in crate::imports) fn drop_expired(conn: &mut Conn, now: Moment) -> Result<usize, Problem> {
    let expired = imports::expired(conn, now)?;
    for id in &expired {
        let step = (ImportState::Checked, ImportState::Expired);
        if imports::move_on(conn, *id, step, now)? {
            rows::forget(conn, *id)?;
        }
    }
    Ok(expired.len())
}
