//! What happens at the nurse's table and after it, over HTTP.
mod correct;
mod declared;
mod donation;
mod limits;
mod outcome;
mod results;
mod screening;
mod show;

pub(crate) use outcome::OutcomeRequest;

use super::actions;
use super::model::{Donation, DonationId, UnitResult};
use super::rules::Refusal;
use crate::blood::{BloodGroup, Component};
use crate::drives::model::UnitKind;
use crate::eligibility::RuleSet;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::Routes;
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::RegistrationId;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

const WRONG_CHECK_CHARACTER: Kind = Kind::new("unit-number-misread", 422);
const UNIT_NUMBER_USED: Kind = Kind::new("unit-number-used", 409);
const VOLUME_TOO_LARGE: Kind = Kind::new("volume-too-large", 409);
const ALREADY_COLLECTED: Kind = Kind::new("already-collected", 409);
const VOIDED: Kind = Kind::new("donation-voided", 409);
const DEFERRED_HERE: Kind = Kind::new("deferred-at-screening", 409);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::WrongCheckCharacter => (&WRONG_CHECK_CHARACTER).into(),
            Refusal::UnitNumberUsed => (&UNIT_NUMBER_USED).into(),
            Refusal::VolumeTooLarge(most) => Problem::from(&VOLUME_TOO_LARGE).with("most", most),
            Refusal::AlreadyCollected => (&ALREADY_COLLECTED).into(),
            Refusal::Voided => (&VOIDED).into(),
            Refusal::DeferredHere => (&DEFERRED_HERE).into(),
        }
    }
}

/// One bag.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DonationView {
    /// Which.
    id: DonationId,
    /// Of which visit.
    registration: RegistrationId,
    /// At which drive.
    drive: DriveId,
    /// The body it counts for.
    mobilised_by: OrganisationId,
    /// Local day of the session.
    held_on: NaiveDate,
    /// Planned or emergency.
    kind: UnitKind,
    /// What was given: `whole_blood`, `red_cells`, `plasma`, `platelets`, `granulocytes` or `stem_cells`.
    #[schema(value_type = String)]
    component: Component,
    /// In millilitres.
    volume_ml: i32,
    /// The size of the bag, in millilitres.
    bag_ml: Option<i32>,
    /// The group found on the bag: `O+` to `AB-`.
    blood_group: Option<&'static str>,
    /// The number on the bag.
    unit_number: Option<String>,
    /// The number of the facility's paper certificate.
    certificate_serial: Option<String>,
    /// Has screening, number and group.
    is_complete: bool,
    /// The first gift we know of.
    is_first_time: bool,
    /// What the tests said; null when not known yet or not for the caller.
    result: Option<UnitResult>,
    /// When it was drawn.
    collected_at: Moment,
    /// Since when it counts as never given.
    voided_at: Option<Moment>,
}

impl From<Donation> for DonationView {
    fn from(donation: Donation) -> Self {
        Self {
            id: donation.id,
            registration: donation.registration,
            drive: donation.drive,
            mobilised_by: donation.mobilised_by,
            held_on: donation.held_on,
            kind: donation.kind,
            component: donation.component,
            volume_ml: donation.volume_ml,
            bag_ml: donation.bag_ml,
            blood_group: donation.blood_group.map(BloodGroup::as_str),
            unit_number: donation.unit_number,
            certificate_serial: donation.certificate_serial,
            is_complete: donation.is_complete,
            is_first_time: donation.is_first_time,
            result: donation.result,
            collected_at: donation.collected_at,
            voided_at: donation.voided_at,
        }
    }
}

/// The nation's rules, as the settings name them.
fn nation(app: &App) -> Result<&'static RuleSet, Problem> {
    actions::national(&app.settings.eligibility.rule_set)
}

/// The endpoints of this subject.
pub fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(show::show_registration)
        .service(outcome::record_outcome)
        .service(limits::show_limits)
        .service(screening::screen_donor)
        .service(donation::record_donation)
        .service(correct::correct_donation)
        .service(results::record_result)
        .service(results::record_results)
        .service(declared::declare_counts);
}
