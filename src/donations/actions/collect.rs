//! A bag collected: by one tap, or with everything that stands on it.
use super::{count, record, rules_at, tally};
use crate::blood::{BloodGroup, Component, UnitNumber, Volume};
use crate::donations::model::{Decision, Donation, DonationId};
use crate::donations::notices;
use crate::donations::rules::{self, Refusal};
use crate::donations::store::{self, NewDonation};
use crate::donors;
use crate::donors::model::{Gift, GiftId, GiftSource};
use crate::eligibility::RuleSet;
use crate::eligibility::screening::Sex;
use crate::people;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, PersonId};
use crate::platform::problem::Problem;
use crate::registrations::conclude;
use crate::registrations::model::{Deed, RegistrationState, Visit};

/// What is known of a bag when it is recorded.
#[derive(Debug, Clone)]
pub struct Collected {
    /// The new donation's id.
    pub id: DonationId,
    /// The id of its gift.
    pub gift: GiftId,
    /// What was given.
    pub component: Component,
    /// How much.
    pub volume: Volume,
    /// The number on the bag.
    pub unit_number: Option<UnitNumber>,
    /// The group found on it.
    pub blood_group: Option<BloodGroup>,
    /// The number of the paper certificate.
    pub certificate_serial: Option<String>,
    /// When it was drawn; none for now.
    pub collected_at: Option<Moment>,
}

/// Records a bag with what stands on it, or completes one that was tapped in. `weight_kg` is what the screening found.
pub(crate) fn collect(
    conn: &mut Conn,
    deed: &Deed,
    (visit, nation): (&Visit, &'static RuleSet),
    (collected, weight_kg): (&Collected, Option<f64>),
) -> Result<Donation, Problem> {
    let rules = rules_at(conn, &visit.drive, nation, deed.now)?;
    let decision = store::screening_of(conn, visit.registration.id)?.map(|one| one.decision);
    if decision == Some(Decision::Deferred) {
        return Err(Refusal::DeferredHere.into());
    }
    let tapped = standing(conn, visit)?;
    if tapped.as_ref().is_some_and(|one| one.is_complete) {
        return Err(Refusal::AlreadyCollected.into());
    }
    fits(conn, visit, collected, (weight_kg, &rules))?;
    let key = free_key(conn, visit, (collected, tapped.as_ref()))?;
    let donation = match tapped {
        Some(tapped) => complete(conn, deed, (visit, nation), (&tapped, collected, key))?,
        None => write(conn, deed, (visit, nation), (collected, key))?.1,
    };
    if let Some(group) = collected.blood_group {
        donors::confirm_group(conn, visit.registration.person, group)?;
    }
    Ok(donation)
}

/// The bag of a visit that was not voided.
pub(super) fn standing(conn: &mut Conn, visit: &Visit) -> Result<Option<Donation>, Problem> {
    let bags = store::list_of(conn, visit.registration.id)?;
    Ok(bags.into_iter().find(|bag| bag.voided_at.is_none()))
}

pub(super) fn fits(
    conn: &mut Conn,
    visit: &Visit,
    collected: &Collected,
    (weight_kg, rules): (Option<f64>, &RuleSet),
) -> Result<(), Problem> {
    let sex = sex_of(conn, visit.registration.person)?;
    let wanted = (collected.component, collected.volume.ml());
    Ok(rules::may_give(weight_kg, wanted, sex, rules)?)
}

/// An erased person has none.
pub(super) fn sex_of(conn: &mut Conn, person: PersonId) -> Result<Option<Sex>, Problem> {
    let card = people::find(conn, person)?;
    Ok(card.sex.and_then(|sex| Sex::parse(sex.as_str())))
}

/// The key of the bag's number, when no other bag of the facility has it.
fn free_key(
    conn: &mut Conn,
    visit: &Visit,
    (collected, tapped): (&Collected, Option<&Donation>),
) -> Result<Option<String>, Problem> {
    let Some(number) = &collected.unit_number else {
        return Ok(None);
    };
    let facility = visit.drive.collected_by.unwrap_or(visit.drive.organiser);
    let key = rules::unit_key(facility, number);
    let is_own = tapped.is_some_and(|one| one.unit_key.as_deref() == Some(&key));
    if !is_own && store::is_unit_known(conn, &key)? {
        return Err(Refusal::UnitNumberUsed.into());
    }
    Ok(Some(key))
}

fn is_complete(conn: &mut Conn, visit: &Visit, collected: &Collected) -> Result<bool, Problem> {
    let has_all = collected.unit_number.is_some() && collected.blood_group.is_some();
    Ok(has_all && store::screening_of(conn, visit.registration.id)?.is_some())
}

pub(super) fn write(
    conn: &mut Conn,
    deed: &Deed,
    (visit, nation): (&Visit, &'static RuleSet),
    (collected, unit_key): (&Collected, Option<String>),
) -> Result<(Visit, Donation), Problem> {
    let person = visit.registration.person;
    let after = conclude(conn, deed, visit, RegistrationState::Collected)?;
    let known = donors::facts(conn, person)?;
    let is_first_time = known.is_none_or(|facts| facts.gifts == 0);
    let is_complete = is_complete(conn, visit, collected)?;
    let new = NewDonation {
        unit_key,
        is_complete,
        is_first_time,
        ..new(deed, visit, collected)
    };
    store::insert(conn, &new)?;
    donors::record_gift(conn, nation, &gift(deed, visit, collected), deed.now)?;
    let donation = store::find(conn, new.id)?;
    record(
        conn,
        &tally(&visit.drive, &donation),
        rules::counts(&donation),
    )?;
    notices::thank(conn, deed, &visit.drive, &donation)?;
    Ok((after, donation))
}

fn new(deed: &Deed, visit: &Visit, collected: &Collected) -> NewDonation {
    let registration = &visit.registration;
    NewDonation {
        id: collected.id,
        registration: registration.id,
        drive: visit.drive.id,
        person: registration.person,
        organiser: visit.drive.organiser,
        mobilised_by: registration.mobilised_by,
        held_on: registration.held_on,
        kind: visit.drive.kind.units(),
        component: collected.component,
        volume_ml: collected.volume.ml(),
        bag_ml: collected.volume.bag_ml(),
        blood_group: collected.blood_group,
        unit_number: collected.unit_number.as_ref().map(ToString::to_string),
        unit_key: None,
        certificate_serial: collected.certificate_serial.clone(),
        is_complete: false,
        is_first_time: false,
        collected_at: collected.collected_at.unwrap_or(deed.now),
        recorded_by: deed.by,
        created_at: deed.now,
        visit_was: Some(registration.state),
    }
}

fn gift(deed: &Deed, visit: &Visit, collected: &Collected) -> Gift {
    Gift {
        id: collected.gift,
        person: visit.registration.person,
        component: collected.component,
        given_on: visit.registration.held_on,
        source: GiftSource::Recorded,
        donation: Some(AnyId(collected.id.0)),
        place: None,
        created_by: Some(deed.by),
    }
}

fn complete(
    conn: &mut Conn,
    deed: &Deed,
    (visit, nation): (&Visit, &'static RuleSet),
    (tapped, collected, unit_key): (&Donation, &Collected, Option<String>),
) -> Result<Donation, Problem> {
    visit.may_change()?;
    let after = Donation {
        component: collected.component,
        volume_ml: collected.volume.ml(),
        bag_ml: collected.volume.bag_ml(),
        blood_group: collected.blood_group.or(tapped.blood_group),
        unit_number: collected.unit_number.as_ref().map(ToString::to_string),
        unit_key,
        certificate_serial: collected.certificate_serial.clone(),
        is_complete: is_complete(conn, visit, collected)?,
        collected_at: collected.collected_at.unwrap_or(tapped.collected_at),
        ..tapped.clone()
    };
    super::correct::put(conn, (tapped, &after))?;
    let given = (after.component, after.held_on);
    donors::move_gift(conn, nation, AnyId(after.id.0), given, deed.now)?;
    count(conn, &visit.drive, (tapped, &after))?;
    Ok(after)
}
