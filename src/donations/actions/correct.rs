//! What was wrong is put right, what never was is voided, and the tests say what became of a bag.
use super::count;
use crate::blood::{BloodGroup, Component, UnitNumber, Volume};
use crate::donations::model::{Act, Donation, DonationId, UnitResult};
use crate::donations::notices;
use crate::donations::rules::{self, Refusal};
use crate::donations::store;
use crate::donors;
use crate::drives::model::Drive;
use crate::eligibility::RuleSet;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, OrganisationId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::Invalid;
use crate::registrations::model::{Deed, RegistrationState, Visit};
use crate::registrations::{change_body, restore};

/// What was wrong with a donation, and why it is changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Correction {
    pub(crate) reason: String,
    pub(crate) is_void: bool,
    pub(crate) component: Option<Component>,
    pub(crate) volume: Option<Volume>,
    pub(crate) unit_number: Option<UnitNumber>,
    pub(crate) blood_group: Option<BloodGroup>,
    pub(crate) certificate_serial: Option<String>,
    pub(crate) mobilised_by: Option<OrganisationId>,
}

/// Corrects or voids a donation: its history, the sums and the donor's days move together.
pub(crate) fn correct(
    conn: &mut Conn,
    deed: &Deed,
    (visit, nation): (&Visit, &'static RuleSet),
    (before, correction): (&Donation, &Correction),
) -> Result<Donation, Problem> {
    visit.may_change()?;
    if before.voided_at.is_some() {
        return Err(Refusal::Voided.into());
    }
    let act = if correction.is_void {
        Act::Voided
    } else {
        Act::Corrected
    };
    let why = (act, correction.reason.as_str());
    store::note(conn, deed.id(), why, before, (deed.by, deed.now))?;
    if correction.is_void {
        annul(conn, deed, (visit, nation), before)
    } else {
        put_right(conn, deed, (visit, nation), (before, correction))
    }
}

/// Voids a donation with this reason; one that was voided before stays as it is.
pub(crate) fn void(
    conn: &mut Conn,
    deed: &Deed,
    (visit, nation): (&Visit, &'static RuleSet),
    (donation, reason): (DonationId, &str),
) -> Result<(), Problem> {
    let before = store::find(conn, donation)?;
    if before.voided_at.is_some() {
        return Ok(());
    }
    let correction = Correction {
        reason: reason.to_owned(),
        is_void: true,
        ..Correction::default()
    };
    correct(conn, deed, (visit, nation), (&before, &correction)).map(drop)
}

fn annul(
    conn: &mut Conn,
    deed: &Deed,
    (visit, nation): (&Visit, &'static RuleSet),
    before: &Donation,
) -> Result<Donation, Problem> {
    let after = Donation {
        unit_key: None,
        voided_at: Some(deed.now),
        ..before.clone()
    };
    put(conn, (before, &after))?;
    donors::void_gift(conn, nation, AnyId(before.id.0), deed.now)?;
    let was = before.visit_was.unwrap_or(RegistrationState::CheckedIn);
    restore(conn, deed, visit, Some(was))?;
    count(conn, &visit.drive, (before, &after))?;
    Ok(after)
}

fn put_right(
    conn: &mut Conn,
    deed: &Deed,
    (visit, nation): (&Visit, &'static RuleSet),
    (before, correction): (&Donation, &Correction),
) -> Result<Donation, Problem> {
    if let Some(body) = correction.mobilised_by {
        change_body(conn, deed, visit, body)?;
    }
    let mut after = corrected(before, correction);
    if let Some(number) = &correction.unit_number {
        let facility = visit.drive.collected_by.unwrap_or(visit.drive.organiser);
        let key = rules::unit_key(facility, number);
        if before.unit_key.as_deref() != Some(&key) && store::is_unit_known(conn, &key)? {
            return Err(Refusal::UnitNumberUsed.into());
        }
        after.unit_key = Some(key);
    }
    put(conn, (before, &after))?;
    let given = (after.component, after.held_on);
    donors::move_gift(conn, nation, AnyId(after.id.0), given, deed.now)?;
    if let Some(group) = correction.blood_group {
        donors::confirm_group(conn, after.person, group)?;
    }
    count(conn, &visit.drive, (before, &after))?;
    Ok(after)
}

fn corrected(before: &Donation, correction: &Correction) -> Donation {
    let volume = correction.volume;
    let number = correction.unit_number.as_ref().map(ToString::to_string);
    let serial = correction.certificate_serial.clone();
    Donation {
        component: correction.component.unwrap_or(before.component),
        volume_ml: volume.map_or(before.volume_ml, Volume::ml),
        bag_ml: volume.map_or(before.bag_ml, Volume::bag_ml),
        unit_number: number.or_else(|| before.unit_number.clone()),
        blood_group: correction.blood_group.or(before.blood_group),
        certificate_serial: serial.or_else(|| before.certificate_serial.clone()),
        mobilised_by: correction.mobilised_by.unwrap_or(before.mobilised_by),
        ..before.clone()
    }
}

/// Writes a bag anew, unless somebody else just did.
pub(super) fn put(conn: &mut Conn, (before, after): (&Donation, &Donation)) -> Result<(), Problem> {
    if store::change(conn, before, after)? {
        Ok(())
    } else {
        Err(Problem::unavailable("the donation changed meanwhile").retry_after(1))
    }
}

/// Says what the tests found; the same again changes nothing.
pub(crate) fn set_result(
    conn: &mut Conn,
    deed: &Deed,
    visit: &Visit,
    (before, result): (&Donation, UnitResult),
) -> Result<Donation, Problem> {
    visit.may_change()?;
    if before.voided_at.is_some() {
        return Err(Refusal::Voided.into());
    }
    if before.result == Some(result) {
        return Ok(before.clone());
    }
    let why = (Act::Result, result.as_str());
    store::note(conn, deed.id(), why, before, (deed.by, deed.now))?;
    let after = Donation {
        result: Some(result),
        ..before.clone()
    };
    put(conn, (before, &after))?;
    count(conn, &visit.drive, (before, &after))?;
    if result == UnitResult::Safe {
        notices::tell_on_its_way(conn, deed, &visit.drive, &after)?;
    }
    Ok(after)
}

/// A bag of a drive by its number, and what the tests found.
#[derive(Debug, Clone)]
pub(crate) struct ResultOf {
    pub(crate) unit_number: UnitNumber,
    pub(crate) result: UnitResult,
}

/// The same for many bags of one drive: all of them, or none when a number is unknown.
pub(crate) fn set_results(
    conn: &mut Conn,
    deed: &Deed,
    drive: &Drive,
    results: &[ResultOf],
) -> Result<usize, Problem> {
    let facility = drive.collected_by.unwrap_or(drive.organiser);
    let mut invalid = Invalid::default();
    let mut changed = 0;
    for (position, one) in results.iter().enumerate() {
        let key = rules::unit_key(facility, &one.unit_number);
        let Some(before) = store::find_by_unit(conn, drive.id, &key)? else {
            let field = format!("results.{position}.unit_number");
            invalid.refuse(field, Phrase::new(keys::DONATION_UNKNOWN_UNIT));
            continue;
        };
        let visit = Visit::find(conn, before.registration)?;
        let after = set_result(conn, deed, &visit, (&before, one.result))?;
        changed += usize::from(after != before);
    }
    invalid.check()?;
    Ok(changed)
}
