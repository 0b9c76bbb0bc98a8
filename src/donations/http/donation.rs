//! A bag with what stands on it.
use super::DonationView;
use super::outcome::out_of_range;
use super::show::open;
use crate::blood::{BloodGroup, Component, UnitNumber, Volume};
use crate::donations::actions::{self, Collected};
use crate::donations::rules::{self, UnitFault};
use crate::donations::store;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Body, Nurse, Once, Path, Problems, answer_once, created};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::platform::text::{Invalid, Line};
use crate::registrations::model::{Deed, Powers, RegistrationId};
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use serde::Deserialize;
use utoipa::ToSchema;

/// A bag that was collected.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DonationRequest {
    /// The number on the bag: ISBT 128, typed or scanned, or the facility's own code.
    #[schema(max_length = 40)]
    unit_number: Option<String>,
    /// What was given: `whole_blood`, `red_cells`, `plasma`, `platelets`, `granulocytes` or `stem_cells`.
    component: String,
    /// In millilitres.
    #[schema(minimum = 50, maximum = 700)]
    volume_ml: i32,
    /// The group found on the bag: `O+` to `AB-`.
    blood_group: Option<String>,
    /// When it was drawn, if not now.
    collected_at: Option<Moment>,
    /// The number of the facility's paper certificate.
    #[schema(max_length = 50)]
    certificate_serial: Option<String>,
}

/// Record a bag, or complete one that was tapped in.
#[utoipa::path(tag = "donations", request_body = DonationRequest, params(("id" = RegistrationId, Path)),
    responses((status = 201, body = DonationView), Problems))]
#[post("/registrations/{id}/donation")]
pub(crate) async fn record_donation(
    app: Data<App>,
    caller: Nurse,
    path: Path<RegistrationId>,
    once: Once,
    body: Body<DonationRequest>,
) -> Result<HttpResponse, Problem> {
    let once = once.over(&body);
    let (deed, powers) = (Deed::of(&app, caller.person()), Powers::from(&*caller));
    let (nation, collected) = (super::nation(&app)?, body.value.collected(&app)?);
    let keys = app.keys.clone();
    answer_once(&app, caller.person(), once, move |conn| {
        let visit = powers.visit_as(conn, path.0, &powers.nurse)?;
        let screening = store::screening_of(conn, path.0)?;
        let weight = screening.map(|one| open(&keys, &one)).transpose()?;
        let found = (&collected, weight.map(|found| found.weight_kg()));
        let donation = actions::collect(conn, &deed, (&visit, nation), found)?;
        created(DonationView::from(donation))
    })
    .await
}

impl DonationRequest {
    fn collected(self, app: &App) -> Result<Collected, Problem> {
        let mut invalid = Invalid::default();
        let unit_number = read_unit(self.unit_number.as_deref(), &mut invalid)?;
        let component = read_component(&self.component);
        let component = component.ok_or_else(|| invalid.refuse("component", component_choice()));
        let volume = Volume::parse(self.volume_ml);
        let volume = volume.ok_or_else(|| invalid.refuse("volume_ml", out_of_range()));
        let blood_group = read_group(self.blood_group.as_deref(), &mut invalid);
        let serial = self.certificate_serial.as_deref();
        let serial = serial.map(|raw| Line::parse(raw, 50));
        let serial = invalid.take_given("certificate_serial", serial);
        if self.collected_at.is_some_and(|at| at > app.now()) {
            invalid.refuse("collected_at", keys::FIELD_IN_THE_FUTURE);
        }
        let collected = invalid.build(|| {
            Ok(Collected {
                id: app.id(),
                gift: app.id(),
                component: component?,
                volume: volume?,
                unit_number,
                blood_group,
                certificate_serial: serial?.map(String::from),
                collected_at: self.collected_at,
            })
        });
        Ok(collected?)
    }
}

/// A misread number is refused at once and by name; anything else is noted beside the field.
pub(super) fn read_unit(
    raw: Option<&str>,
    invalid: &mut Invalid,
) -> Result<Option<UnitNumber>, Problem> {
    match raw.map(rules::unit_number).transpose() {
        Ok(number) => Ok(number),
        Err(UnitFault::Refused(refusal)) => Err(refusal.into()),
        Err(UnitFault::Field(phrase)) => {
            invalid.refuse("unit_number", phrase);
            Ok(None)
        }
    }
}

pub(super) fn read_component(raw: &str) -> Option<Component> {
    Component::parse(raw)
}

pub(super) fn component_choice() -> Phrase {
    let choices = "whole_blood, red_cells, plasma, platelets, granulocytes, stem_cells";
    Phrase::new(keys::FIELD_NOT_A_CHOICE).with("choices", choices)
}

/// The group, if one was given and can be read.
pub(super) fn read_group(raw: Option<&str>, invalid: &mut Invalid) -> Option<BloodGroup> {
    let raw = raw?;
    let group = BloodGroup::parse(raw);
    if group.is_none() {
        let choices = BloodGroup::ALL.map(BloodGroup::as_str).join(", ");
        let phrase = Phrase::new(keys::FIELD_NOT_A_CHOICE);
        invalid.refuse("blood_group", phrase.with("choices", choices));
    }
    group
}
